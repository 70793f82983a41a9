"""Every write on settings and texts. What held before is never overwritten, except to put a day's own value right."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bocal.parameters import catalogue
from bocal.parameters.catalogue import Declared, Kind
from bocal.parameters.models import Setting, Text
from bocal.parameters.queries import DEMONSTRATION, RECONSTRUCTED
from bocal.toolbox.acts import Actor, record_act, register_act, snapshot
from bocal.toolbox.ids import new_id
from bocal.toolbox.refusals import Refused

SETTING_CHANGED = register_act("parameters.setting_changed", gettext_lazy("a changé ce réglage"))
SETTING_CORRECTED = register_act("parameters.setting_corrected", gettext_lazy("a corrigé ce réglage"))
TEXT_REWRITTEN = register_act("parameters.text_rewritten", gettext_lazy("a récrit ce texte"))

LONGEST_TEXT = 2_000


class UnableToChangeSetting(Refused):
    """This setting cannot take this value."""


class UnableToRewriteText(Refused):
    """This text cannot be written so."""


@transaction.atomic
def change_setting(
    *,
    id: UUID,
    key: str,
    value: Any,
    since: date,
    source: str,
    verified: bool = False,
    by: Actor | None,
    at: datetime,
) -> Setting:
    """Give a setting a value from a day on. A second value for the same day corrects the first."""
    if existing := Setting.objects.filter(pk=id).first():
        return existing
    _refuse_a_wrong_value(catalogue.declared(key), value, source)
    said = {"value": value, "source": source.strip(), "verified": verified}
    same_day = Setting.objects.select_for_update().filter(key=key, since=since).first()
    if same_day is None:
        setting = Setting.objects.create(
            id=id, key=key, since=since, decided_by=by.id if by else None, recorded_at=at, **said
        )
        record_act(what=SETTING_CHANGED, subject=setting, by=by, at=at, after=snapshot(setting, *said))
        return setting
    before = snapshot(same_day, *said)
    if before != said:
        Setting.objects.filter(pk=same_day.pk).update(**said)
        record_act(what=SETTING_CORRECTED, subject=same_day, by=by, at=at, before=before, after=said)
        same_day.refresh_from_db()
    return same_day


@transaction.atomic
def mark_demonstration(*, since: date, at: datetime) -> None:
    """Mark a new database as a demonstration, for ever: it can never become a real cannery's."""
    Setting.objects.get_or_create(
        key=DEMONSTRATION,
        defaults={
            "id": new_id(),
            "value": True,
            "since": since,
            "source": "bocal",
            "verified": True,
            "recorded_at": at,
        },
    )


@transaction.atomic
def note_reconstructed(*, first: date, last: date, source: str, at: datetime) -> None:
    """Note that the lines of these days were reconstructed from published totals, to say so wherever they show."""
    Setting.objects.get_or_create(
        key=RECONSTRUCTED,
        since=first,
        defaults={
            "id": new_id(),
            "value": {"from": first.isoformat(), "to": last.isoformat()},
            "source": source,
            "verified": True,
            "recorded_at": at,
        },
    )


@transaction.atomic
def rewrite_text(*, id: UUID, slug: str, body: str, by: Actor | None, at: datetime) -> Text:
    """Write a text anew; the wording before stays in its history."""
    if existing := Text.objects.filter(pk=id).first():
        return existing
    body = body.strip()
    if len(body) > LONGEST_TEXT:
        raise UnableToRewriteText(
            _("Ce texte est trop long : %(length)d caractères, %(most)d au plus.")
            % {"length": len(body), "most": LONGEST_TEXT},
            field="body",
        )
    text = Text.objects.create(id=id, slug=slug, body=body, recorded_at=at, recorded_by=by.id if by else None)
    record_act(what=TEXT_REWRITTEN, subject=text, by=by, at=at)
    return text


def _refuse_a_wrong_value(declared: Declared, value: Any, source: str) -> None:
    if not source.strip():
        raise UnableToChangeSetting(
            _("Dites d'où vient cette valeur : une décision, un texte, un devis…"), field="source"
        )
    if declared.kind is Kind.TEXT:
        if not isinstance(value, str) or not value.strip():
            raise UnableToChangeSetting(_("Il manque la valeur."), field="value")
        return
    if not isinstance(value, int) or isinstance(value, bool):
        raise UnableToChangeSetting(_("Il manque un nombre."), field="value")
    if not declared.least <= value <= declared.most:
        raise UnableToChangeSetting(
            _("Ce réglage va de %(least)s à %(most)s.") % {"least": declared.least, "most": declared.most},
            field="value",
        )
