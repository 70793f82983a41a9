"""What people said of it: three smileys counted at the end, and the words of residents.

Words carry no name, and are quoted only with permission. Both can be corrected; a word can be taken back.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bocal.craft.measures import format_number
from bocal.people.models import Person
from bocal.programme.actions.interventions import locked
from bocal.programme.models import LONGEST_WORD, MOST_HEADS, Evaluation, Intervention, ResidentWord
from bocal.toolbox.acts import record_act, register_act, snapshot
from bocal.toolbox.refusals import Refused
from bocal.toolbox.turns import take_turn

EVALUATED = register_act("programme.evaluation_recorded", gettext_lazy("a noté l'évaluation"))
WORD_RECORDED = register_act("programme.word_recorded", gettext_lazy("a noté une parole d'habitant·e"))
WORD_CORRECTED = register_act("programme.word_corrected", gettext_lazy("a corrigé une parole d'habitant·e"))
WORD_WITHDRAWN = register_act("programme.word_withdrawn", gettext_lazy("a retiré une parole d'habitant·e"))
WORD_RESTORED = register_act("programme.word_restored", gettext_lazy("a remis une parole d'habitant·e"))

SMILEYS = ("unhappy", "neutral", "happy")


class UnableToRecordEvaluation(Refused):
    """Nobody can have given these smileys."""


class UnableToRecordWord(Refused):
    """There is nothing to keep, or too much."""


@transaction.atomic
def record_evaluation(
    *, intervention: Intervention, unhappy: int, neutral: int, happy: int, by: Person, at: datetime
) -> Evaluation:
    """Write down the three counts, in place of those that were there."""
    intervention = locked(intervention)
    given = (unhappy, neutral, happy)
    _refuse_smileys(intervention, given)
    evaluation = Evaluation.objects.filter(intervention=intervention).first() or Evaluation(
        intervention=intervention
    )
    before = None if evaluation._state.adding else _in_french(evaluation, *SMILEYS)
    evaluation.unhappy, evaluation.neutral, evaluation.happy = given
    if (after := _in_french(evaluation, *SMILEYS)) != before:
        evaluation.recorded_at = at
        evaluation.save()
        record_act(what=EVALUATED, subject=intervention, by=by, at=at, before=before, after=after)
    return evaluation


@transaction.atomic
def record_word(
    *, id: UUID, intervention: Intervention, text: str, may_be_quoted: bool, by: Person, at: datetime
) -> ResidentWord:
    """Keep what a resident said."""
    take_turn(id)
    if already := ResidentWord.objects.filter(pk=id).first():
        return already
    word = ResidentWord(
        id=id, intervention=intervention, text=_tidied(text), may_be_quoted=may_be_quoted, recorded_at=at
    )
    word.save(force_insert=True)
    _record_word_act(WORD_RECORDED, word, by=by, at=at, after=_in_french(word, "may_be_quoted"))
    return word


@transaction.atomic
def correct_word(
    *, word: ResidentWord, text: str, may_be_quoted: bool, by: Person, at: datetime
) -> ResidentWord:
    """Change what was written, or the permission to quote it."""
    word = _locked(word)
    before = _in_french(word, "text", "may_be_quoted")
    word.text, word.may_be_quoted = _tidied(text), may_be_quoted
    if (after := _in_french(word, "text", "may_be_quoted")) != before:
        word.save()
        _record_word_act(WORD_CORRECTED, word, by=by, at=at, before=before, after=after)
    return word


@transaction.atomic
def withdraw_word(*, word: ResidentWord, by: Person, at: datetime) -> ResidentWord:
    """Take a word back: it is shown and quoted nowhere any more."""
    word = _locked(word)
    if not word.withdrawn_at:
        word.withdrawn_at = at
        word.save(update_fields=["withdrawn_at"])
        _record_word_act(WORD_WITHDRAWN, word, by=by, at=at)
    return word


@transaction.atomic
def restore_word(*, word: ResidentWord, by: Person, at: datetime) -> ResidentWord:
    """Undo a withdrawal."""
    word = _locked(word)
    if word.withdrawn_at:
        word.withdrawn_at = None
        word.save(update_fields=["withdrawn_at"])
        _record_word_act(WORD_RESTORED, word, by=by, at=at)
    return word


def _locked(word: ResidentWord) -> ResidentWord:
    return ResidentWord.objects.select_for_update(of=("self",)).select_related("intervention").get(pk=word.pk)


def _record_word_act(
    what: str,
    word: ResidentWord,
    *,
    by: Person,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """On the intervention, whose page tells the history."""
    record_act(what=what, subject=word.intervention, by=by, at=at, before=before, after=after)


def _in_french(record: Evaluation | ResidentWord, *names: str) -> dict[str, Any]:
    """A snapshot under the names of its fields: it is told on another record, which does not know them."""
    called = {field.name: str(field.verbose_name) for field in record._meta.concrete_fields}
    return {called[name]: value for name, value in snapshot(record, *names).items()}


def _tidied(text: str) -> str:
    tidied = text.strip()
    if not tidied:
        raise UnableToRecordWord(_("Écrivez ce que la personne a dit."), field="text")
    if len(tidied) > LONGEST_WORD:
        raise UnableToRecordWord(
            _("C'est trop long : %(most)s caractères au plus. Gardez la phrase qui compte.")
            % {"most": LONGEST_WORD},
            field="text",
        )
    return tidied


def _refuse_smileys(intervention: Intervention, given: tuple[int, int, int]) -> None:
    if intervention.status == Intervention.Status.PLANNED:
        raise UnableToRecordEvaluation(
            _("Notez d'abord que l'intervention a eu lieu : l'évaluation vient ensuite.")
        )
    if min(given) < 0:
        raise UnableToRecordEvaluation(_("Un nombre de réponses ne peut pas être négatif."))
    if not sum(given):
        raise UnableToRecordEvaluation(_("Comptez au moins une réponse."), field="happy")
    if sum(given) > MOST_HEADS:
        raise UnableToRecordEvaluation(
            _("%(total)s réponses, c'est trop pour une intervention (%(most)s au plus) : vérifiez.")
            % {"total": format_number(sum(given)), "most": format_number(MOST_HEADS)},
            field="happy",
        )
