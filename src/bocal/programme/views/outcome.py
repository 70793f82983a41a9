"""What came of an intervention: who came, the smileys, the words of residents."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bocal.people.middleware import Request
from bocal.programme import actions, queries
from bocal.programme.forms import AttendanceForm, EvaluationForm, WordForm
from bocal.programme.models import Intervention, ResidentWord
from bocal.programme.views.doors import (
    attempt,
    by,
    get_or_post,
    may_record,
    recorders,
    refuse_unless,
    the_intervention,
)


@recorders
@get_or_post
def attendance(request: Request, intervention_id: UUID) -> HttpResponse:
    """How many came."""
    shown = the_intervention(intervention_id)
    refuse_unless(may_record(request, shown))
    counted = AttendanceForm.showing(queries.counts_of(shown))
    form = AttendanceForm(request.POST if request.method == "POST" else None, initial=counted)
    if attempt(
        form,
        lambda: actions.record_attendance(
            intervention=shown, counts=form.cleaned_data["counts"], **by(request)
        ),
    ):
        messages.success(request, _("Les présences sont notées."))
        return redirect("programme:intervention", shown.id)
    context = {
        "intervention": shown,
        "form": form,
        "title": _("Qui est venu"),
        "lead": _("Des nombres, jamais de noms. 0 si personne n'est venu ; vide si personne n'a compté."),
        "submit": _("Noter les présences"),
    }
    return render(request, "programme/one_form.html", context)


@recorders
@get_or_post
def evaluation(request: Request, intervention_id: UUID) -> HttpResponse:
    """Three smileys and a word."""
    shown = the_intervention(intervention_id)
    refuse_unless(may_record(request, shown))
    known = getattr(shown, "evaluation", None)
    counted = {name: getattr(known, name) for name in EvaluationForm.SMILEYS} if known else {}
    form = EvaluationForm(request.POST or None, initial=counted)
    if attempt(form, lambda: _evaluate(request, shown, form)):
        messages.success(request, _("C'est noté. Merci à celles et ceux qui ont répondu !"))
        return redirect("programme:intervention", shown.id)
    context = {
        "intervention": shown,
        "form": form,
        "title": _("Ce qu'on en a pensé"),
        "lead": _("Comptez les gommettes sous chaque visage, et gardez une phrase qui vous a marqué·e."),
        "submit": _("Noter l'évaluation"),
    }
    return render(request, "programme/one_form.html", context)


@recorders
@get_or_post
def word(request: Request, word_id: UUID) -> HttpResponse:
    """A word, corrected."""
    kept = _word(request, word_id)
    form = WordForm(request.POST or None, initial={"text": kept.text, "may_be_quoted": kept.may_be_quoted})
    if attempt(form, lambda: actions.correct_word(word=kept, **form.cleaned_data, **by(request))):
        messages.success(request, _("La parole est corrigée."))
        return redirect("programme:intervention", kept.intervention_id)
    return render(
        request, "programme/word.html", {"form": form, "word": kept, "intervention": kept.intervention}
    )


@recorders
@require_POST
def withdraw_word(request: Request, word_id: UUID) -> HttpResponse:
    """It is shown nowhere any more; its own page offers to put it back."""
    kept = actions.withdraw_word(word=_word(request, word_id), **by(request))
    messages.success(request, _("La parole est retirée : elle n'est plus montrée nulle part."))
    return redirect("programme:word", kept.id)


@recorders
@require_POST
def restore_word(request: Request, word_id: UUID) -> HttpResponse:
    """Undo a withdrawal."""
    kept = actions.restore_word(word=_word(request, word_id), **by(request))
    messages.success(request, _("La parole est remise."))
    return redirect("programme:intervention", kept.intervention_id)


def _evaluate(request: Request, shown: Intervention, form: EvaluationForm) -> Intervention:
    said: dict[str, Any] = form.cleaned_data
    if form.smileys is not None:
        actions.record_evaluation(intervention=shown, **(form.smileys | by(request)))
    if said["text"]:
        what = {name: said[name] for name in ("id", "text", "may_be_quoted")}
        actions.record_word(intervention=shown, **what, **by(request))
    return shown


def _word(request: Request, word_id: UUID) -> ResidentWord:
    found = get_object_or_404(ResidentWord.objects.select_related("intervention__commune"), id=word_id)
    refuse_unless(may_record(request, found.intervention))
    return found
