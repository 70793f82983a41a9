"""Acts: each action writes down what it did, and any record tells its history in sentences.

An action registers what it does once, as the end of a sentence that begins with who did it:

    register_act("surplus.offer_recorded", _("a noté l'offre"))

then calls `record_act` in the same transaction as its change. `history_of` reads it back. Acts hold keys and
pseudonyms only; whoever knows the names of persons lends them with `name_actors_with`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from django.db import models
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from bocal.craft import measures
from bocal.toolbox.models import Act
from bocal.toolbox.times import say_day, say_hour, say_moment

LEADING_ELSEWHERE = (models.ForeignKey, models.ManyToManyField)
Names = Callable[[Collection[UUID]], Mapping[UUID, str]]

# The house names an integer after its unit: `grams`, `net_grams`, `cents`…
MEASURES: Mapping[str, Callable[[int], str]] = {
    "grams": measures.format_grams,
    "millilitres": measures.format_millilitres,
    "cents": measures.format_cents,
    "minutes": measures.format_minutes,
}


class Actor(Protocol):
    """Whoever acts: a person, seen from down here."""

    id: Any
    pseudonym: Any


class Change(NamedTuple):
    """One field, before and after, in words; nothing is an empty text."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class HistoryLine:
    """One act as a sentence, with what it changed."""

    at: datetime
    sentence: str
    changes: tuple[Change, ...]
    reason: str

    def __str__(self) -> str:
        return self.sentence


_sentences: dict[str, str | Promise] = {}
_key_labels: dict[str, str | Promise] = {}
_names_of: Names | None = None


def register_act(code: str, sentence: str | Promise) -> str:
    """Give an act its sentence, without its subject: "a noté l'offre". Returns the code, to name it once."""
    if code in _sentences and _sentences[code] is not sentence:
        raise ValueError(f"two sentences for the act {code}")
    _sentences[code] = sentence
    return code


def register_key(key: str, label: str | Promise) -> str:
    """Say what a key of a snapshot that is no field of the record is called on screen. Returns the key."""
    if key in _key_labels and _key_labels[key] != label:
        raise ValueError(f"two labels for the key {key}")
    _key_labels[key] = label
    return key


def name_actors_with(names_of: Names) -> None:
    """Lend the names of persons: called once, when the app that holds them is ready."""
    global _names_of
    _names_of = names_of


def record_act(
    *,
    what: str,
    subject: models.Model,
    by: Actor | None,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Act:
    """Write down an act; `by` is None when Bocal itself acts."""
    if what not in _sentences:
        raise LookupError(f"the act {what} has no sentence: register_act first")
    return Act.objects.create(
        at=at,
        actor_id=by.id if by else None,
        actor_pseudonym=by.pseudonym if by else "",
        what=what,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        before=before,
        after=after,
        reason=reason,
    )


def snapshot(subject: models.Model, *names: str) -> dict[str, Any]:
    """These fields (all that people fill in, when none is named) as an act keeps them: keys, never names."""
    fields = {field.name: field for field in subject._meta.concrete_fields}
    wanted = names or [name for name, field in fields.items() if field.editable]
    return {name: getattr(subject, fields[name].attname) for name in wanted}


def history_of(subject: models.Model) -> list[HistoryLine]:
    """The acts on this record, newest first, in sentences."""
    model = type(subject)
    acts = list(
        Act.objects.filter(subject_type=model._meta.label_lower, subject_id=subject.pk).order_by("-at", "-id")
    )
    names = _names_of({act.actor_id for act in acts if act.actor_id}) if _names_of else {}
    compared = [side for act in acts if act.before and act.after for side in (act.before, act.after)]
    labels = _labels_of_keys(model, compared)
    return [
        HistoryLine(
            at=act.at,
            sentence=_sentence(act, names),
            changes=tuple(changes(act.before, act.after, model, labels)),
            reason=act.reason,
        )
        for act in acts
    ]


def changes(
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    model: type[models.Model] | None = None,
    labels: Mapping[str, str] | None = None,
) -> list[Change]:
    """What differs between two snapshots, field by field, in words; nothing when one of them is missing.

    `model` lends the verbose names, `labels` what the keys of other records stand for.
    """
    if not before or not after:
        return []
    fields = _fields(model)
    return [
        Change(
            _label(name, fields),
            _in_words(before.get(name), name, fields.get(name), labels or {}),
            _in_words(after.get(name), name, fields.get(name), labels or {}),
        )
        for name in _in_order({*before, *after}, fields)
        if before.get(name) != after.get(name)
    ]


def _sentence(act: Act, names: Mapping[UUID, str]) -> str:
    who = (names.get(act.actor_id) or act.actor_pseudonym) if act.actor_id else _("Bocal")
    return _("%(when)s, %(who)s %(did)s.") % {
        "when": capfirst(say_moment(act.at)),
        "who": who or _("quelqu'un"),
        "did": _sentences.get(act.what) or _("a modifié cette fiche"),
    }


def _label(name: str, fields: Mapping[str, "models.Field[Any, Any]"]) -> str:
    return str(fields[name].verbose_name if name in fields else _key_labels.get(name, name.replace("_", " ")))


def _fields(model: type[models.Model] | None) -> dict[str, "models.Field[Any, Any]"]:
    return {field.name: field for field in (*model._meta.fields, *model._meta.many_to_many)} if model else {}


def _in_order(names: Iterable[str], fields: Iterable[str]) -> list[str]:
    """The order of the record's own fields, since the database need not keep that of a snapshot."""
    known = list(fields)
    return sorted(names, key=lambda name: (known.index(name) if name in known else len(known), name))


def _labels_of_keys(model: type[models.Model], sides: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """What the keys of other records in these snapshots stand for today: one query per table."""
    keys: dict[type[models.Model], set[str]] = {}
    for name, field in _fields(model).items():
        if isinstance(field, LEADING_ELSEWHERE):
            values = (side[name] for side in sides if side.get(name))
            each = (one for value in values for one in (value if isinstance(value, list) else [value]))
            keys.setdefault(field.related_model, set()).update(map(str, each))
    labels: dict[str, str] = {}
    for related, found in keys.items():
        labels.update(
            (str(key), str(record)) for key, record in related._default_manager.in_bulk(found).items()
        )
    return labels


def _in_words(
    value: Any, name: str, field: "models.Field[Any, Any] | None", labels: Mapping[str, str]
) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, list):
        return ", ".join(_in_words(one, name, field, labels) for one in value)
    if isinstance(field, LEADING_ELSEWHERE):
        return labels.get(str(value), _("une fiche disparue"))
    if field and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateTimeField) and (instant := parse_datetime(str(value))):
        return say_moment(instant)
    if isinstance(field, models.DateField) and (day := parse_date(str(value))):
        return say_day(day)
    if isinstance(field, models.TimeField) and (hour := parse_time(str(value))):
        return say_hour(hour)
    if isinstance(value, int):
        return MEASURES.get(name.rpartition("_")[2], measures.format_number)(value)
    return str(value)
