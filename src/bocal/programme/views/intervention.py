"""One intervention: its page, where everything about it meets, and what changes it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bocal.people.middleware import Request
from bocal.programme import actions, queries
from bocal.programme.forms import AttendanceForm, CancelForm, InterventionForm
from bocal.programme.models import Intervention
from bocal.programme.presentation import (
    details_of,
    say_counts,
    say_entry,
    say_hours,
    say_natures,
    say_state,
    say_where,
    total_by_nature,
)
from bocal.programme.views.doors import (
    attempt,
    by,
    get_or_post,
    may_plan,
    may_record,
    planners,
    readers,
    recorders,
    refuse_unless,
    sees,
    the_intervention,
)
from bocal.territory.queries import outside_sentence
from bocal.toolbox.acts import history_of
from bocal.toolbox.sections import sections_of

Status = Intervention.Status


@readers
@require_safe
def page(request: Request, intervention_id: UUID) -> HttpResponse:
    """Everything about one intervention; the apps above lend their sections to it."""
    shown = the_intervention(intervention_id)
    today = timezone.localdate()
    given = list(queries.hours_on(shown))
    counts = queries.counts_of(shown)
    context = {
        "intervention": shown,
        "hour": say_hours(shown),
        "where": say_where(shown),
        "state": say_state(shown, today),
        "planned": shown.status == Status.PLANNED,
        "may_hold": shown.status == Status.PLANNED and shown.day <= today and may_record(request, shown),
        "late": shown.status == Status.PLANNED and shown.day < today,
        "details": details_of(shown),
        "bands": say_counts(counts),
        "heads": sum(counts.values()) if counts else None,
        "entries": [say_entry(hours) for hours in given if sees(request, hours)],
        "natures": say_natures(total_by_nature(given)),
        "evaluation": getattr(shown, "evaluation", None),
        "words": list(queries.words_of(shown)),
        "may_plan": may_plan(request, shown),
        "may_record": may_record(request, shown),
        "sections": sections_of("intervention", request, shown),
    }
    return render(request, "programme/intervention.html", context)


@readers
@require_safe
def history(request: Request, intervention_id: UUID) -> HttpResponse:
    """Who did what to it; the page of the intervention unfolds it when it is asked for."""
    shown = the_intervention(intervention_id)
    return render(request, "programme/history.html", {"intervention": shown, "history": history_of(shown)})


@planners
@get_or_post
def correct(request: Request, intervention_id: UUID) -> HttpResponse:
    """Change what is said of it."""
    shown = the_intervention(intervention_id)
    refuse_unless(may_plan(request, shown))
    form = InterventionForm(request.POST or None, initial=_as_typed(shown))
    if corrected := attempt(form, lambda: _correct(request, shown, dict(form.cleaned_data))):
        outside = outside_sentence(corrected.commune) if corrected.commune != shown.commune else ""
        messages.success(request, " ".join(filter(None, [_("C'est corrigé."), outside])))
        return redirect("programme:intervention", shown.id)
    return render(request, "programme/intervention_form.html", {"form": form, "intervention": shown})


@recorders
@get_or_post
def hold(request: Request, intervention_id: UUID) -> HttpResponse:
    """It took place; who came can be said in the same breath."""
    shown = the_intervention(intervention_id)
    refuse_unless(may_record(request, shown))
    form = AttendanceForm(request.POST if request.method == "POST" else None)
    if attempt(form, lambda: _hold(request, shown, form.cleaned_data["counts"])):
        messages.success(request, _("« %(label)s » a eu lieu : c'est noté.") % {"label": shown.label})
        return redirect("programme:intervention", shown.id)
    context = {
        "intervention": shown,
        "form": form,
        "title": _("Elle a eu lieu"),
        "lead": _("Si vous savez déjà combien de personnes sont venues, dites-le ici ; sinon, laissez vide."),
        "submit": _("Noter qu'elle a eu lieu"),
    }
    return render(request, "programme/one_form.html", context)


@planners
@get_or_post
def cancel(request: Request, intervention_id: UUID) -> HttpResponse:
    """It does not take place, and why."""
    shown = the_intervention(intervention_id)
    refuse_unless(may_plan(request, shown))
    form = CancelForm(request.POST or None)
    if attempt(
        form,
        lambda: actions.cancel_intervention(intervention=shown, **form.cleaned_data, **by(request)),
    ):
        said = _("« %(label)s » est annulée. Elle reste dans l'agenda, et peut être rouverte.")
        messages.success(request, said % {"label": shown.label})
        return redirect("programme:intervention", shown.id)
    context = {
        "intervention": shown,
        "form": form,
        "title": _("Annuler cette intervention"),
        "lead": _("Elle reste dans l'agenda, et compte parmi les annulées."),
        "submit": _("Annuler l'intervention"),
    }
    return render(request, "programme/one_form.html", context)


@planners
@require_POST
def reopen(request: Request, intervention_id: UUID) -> HttpResponse:
    """Undo: held or cancelled, it is planned again."""
    shown = the_intervention(intervention_id)
    refuse_unless(may_plan(request, shown))
    actions.reopen_intervention(intervention=shown, **by(request))
    messages.success(request, _("« %(label)s » est de nouveau prévue.") % {"label": shown.label})
    return redirect("programme:intervention", shown.id)


def _correct(request: Request, shown: Intervention, said: dict[str, Any]) -> Intervention:
    said["partner"] = actions.partner_named(name=said["partner"], **by(request))
    return actions.correct_intervention(intervention=shown, **said, **by(request))


def _hold(request: Request, shown: Intervention, counts: dict[str, int]) -> Intervention:
    held = actions.hold_intervention(intervention=shown, **by(request))
    return actions.record_attendance(intervention=held, counts=counts, **by(request)) if counts else held


def _as_typed(shown: Intervention) -> dict[str, Any]:
    """The intervention as its form shows it."""
    names = (
        "kind",
        "title",
        "day",
        "starts_at",
        "ends_at",
        "commune",
        "site",
        "lead_house",
        "orienting_partner",
    )
    flags = ("open_to_public", "free_of_charge", "priority_neighbourhood")
    return {name: getattr(shown, name) for name in (*names, *flags)} | {
        "partner": shown.partner.name if shown.partner else "",
        "houses": list(shown.houses.all()),
    }
