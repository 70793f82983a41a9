"""One entry of hours: its page, corrected, withdrawn, put back, its confirmation taken back.

Whoever gave the hours opens it too, and may change it until a structure has confirmed it.
"""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bocal.craft.measures import format_minutes
from bocal.people.middleware import Request
from bocal.programme import actions, queries
from bocal.programme.forms import CorrectHoursForm, WithdrawForm
from bocal.programme.models import Hours
from bocal.programme.presentation import say_standing
from bocal.programme.views.doors import attempt, by, get_or_post, hours_keepers, hours_seen
from bocal.toolbox.access import allow
from bocal.toolbox.acts import history_of
from bocal.toolbox.refusals import Refused
from bocal.toolbox.times import say_day


@allow.signed_in
@get_or_post
def entry(request: Request, hours_id: UUID) -> HttpResponse:
    """What was noted, its history, and what corrects it."""
    hours = _entry(request, hours_id)
    form = CorrectHoursForm(request.POST or None, initial=vars(hours))
    if hours.intervention_id:
        del form.fields["day"]  # the intervention dates them
    if request.method == "POST":
        _refuse_unless_theirs(request, hours)
        if attempt(form, lambda: actions.correct_hours(hours=hours, **form.cleaned_data, **by(request))):
            messages.success(request, _("Les heures sont corrigées."))
            return redirect("programme:entry", hours.id)
    context = {
        "hours": hours,
        "form": form if _is_theirs(request, hours) and not hours.withdrawn_at else None,
        "details": _details(hours),
        "standing": say_standing(hours),
        "theirs": _is_theirs(request, hours),
        "keeps": _keeps(request),
        "history": history_of(hours),
    }
    return render(request, "programme/entry.html", context)


@allow.signed_in
@get_or_post
def withdraw(request: Request, hours_id: UUID) -> HttpResponse:
    """Take the hours out of the figures, and say why."""
    hours = _entry(request, hours_id)
    _refuse_unless_theirs(request, hours)
    form = WithdrawForm(request.POST or None)
    if attempt(form, lambda: actions.withdraw_hours(hours=hours, **form.cleaned_data, **by(request))):
        messages.success(request, _("Les heures sont retirées. Elles restent ici, et peuvent être remises."))
        return redirect("programme:entry", hours.id)
    return render(
        request, "programme/withdraw_hours.html", {"hours": hours, "form": form, "details": _details(hours)}
    )


@allow.signed_in
@require_POST
def restore(request: Request, hours_id: UUID) -> HttpResponse:
    """Undo a withdrawal."""
    hours = _entry(request, hours_id)
    _refuse_unless_theirs(request, hours)
    try:
        actions.restore_hours(hours=hours, **by(request))
        messages.success(request, _("Les heures sont remises."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("programme:entry", hours.id)


@hours_keepers
@require_POST
def unconfirm(request: Request, hours_id: UUID) -> HttpResponse:
    """Undo a confirmation."""
    hours = actions.undo_validation(hours=_entry(request, hours_id), **by(request))
    messages.success(request, _("Ces heures sont de nouveau à confirmer."))
    return redirect("programme:entry", hours.id)


def _entry(request: Request, hours_id: UUID) -> Hours:
    """Hours that one may not see do not exist for one."""
    known = queries.hours_whatever_their_state().filter(pk=hours_id)
    if not (_keeps(request) or request.roles & {"director", "treasurer"}):
        known = known.filter(person=request.person)
    if (found := hours_seen(request, known).first()) is None:
        raise Http404
    return found


def _keeps(request: Request) -> bool:
    return bool(request.roles & {"coordination", "referent"})


def _is_theirs(request: Request, hours: Hours) -> bool:
    """Theirs to change: the keepers' always, one's own until a structure has confirmed them."""
    return _keeps(request) or (hours.person_id == request.person.id and not hours.validated_at)


def _refuse_unless_theirs(request: Request, hours: Hours) -> None:
    if not _is_theirs(request, hours):
        raise PermissionDenied(
            _("Une structure a confirmé ces heures : demandez-lui, ou à la coordination, de les corriger.")
        )


def _details(hours: Hours) -> list[dict[str, str]]:
    said = {
        _("Personne"): hours.person.name,
        _("Jour"): capfirst(say_day(hours.day)),
        _("Durée"): format_minutes(hours.minutes),
        _("Tâche"): capfirst(str(hours.get_task_display())),
        _("Nature"): capfirst(str(hours.get_nature_display())),
        _("Intervention"): f"{hours.intervention.label}, {hours.intervention.commune.name}"
        if hours.intervention
        else "",
        _("Confirmées par"): hours.house.name if hours.house else "",
    }
    return [{"label": label, "value": value} for label, value in said.items() if value]
