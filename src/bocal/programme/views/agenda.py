"""The agenda: what is coming, what is past, and a new intervention."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bocal.people.middleware import Request
from bocal.people.queries import houses
from bocal.programme import actions, queries
from bocal.programme.forms import InterventionFilterForm, NewInterventionForm
from bocal.programme.models import Intervention
from bocal.programme.presentation import by_month
from bocal.programme.views.doors import PLANNERS, attempt, by, get_or_post, planners, readers
from bocal.territory.queries import outside_sentence
from bocal.toolbox.access import allowed
from bocal.toolbox.lists import Column, ListPage, export_of
from bocal.toolbox.times import say_day

COLUMNS = (
    Column(gettext_lazy("N°"), "code"),
    Column(gettext_lazy("Jour"), "day", kind="day"),
    Column(gettext_lazy("Type"), "get_kind_display"),
    Column(gettext_lazy("Titre"), "title"),
    Column(gettext_lazy("État"), "get_status_display"),
    Column(gettext_lazy("Commune"), "commune.name"),
    Column(gettext_lazy("Lieu"), "site"),
    Column(gettext_lazy("Partenaire ou client"), "partner.name"),
    Column(gettext_lazy("Structure référente"), "lead_house.name"),
    Column(
        gettext_lazy("Structures associées"), lambda row: ", ".join(house.name for house in row.houses.all())
    ),
    Column(gettext_lazy("Participants"), "participants", kind="number"),
    Column(gettext_lazy("Heures notées"), "minutes_given", kind="duration"),
)


@readers
@require_safe
def coming(request: Request) -> HttpResponse:
    """From today on, nearest first."""
    return _agenda(request, past=False)


@readers
@require_safe
def past(request: Request) -> HttpResponse:
    """Before today, latest first."""
    return _agenda(request, past=True)


def _agenda(request: Request, *, past: bool) -> HttpResponse:
    today = timezone.localdate()
    filters = InterventionFilterForm(request.GET)
    wanted = filters.values
    rows = queries.interventions(filters=_narrowed(wanted)).prefetch_related("houses")
    if not wanted.keys() & {"from", "to"}:  # a period that was asked for is shown whole
        rows = rows.filter(day__lt=today) if past else rows.filter(day__gte=today)
    if past:
        rows = rows.order_by("-day", "starts_at", "code")
    title = _("Interventions passées") if past else _("Agenda")
    if exported := export_of(request, rows, COLUMNS, title=title, filename="interventions"):
        return exported
    listed = ListPage.read(request, rows, (), filters=filters, empty=_nothing(request, past=past))
    context = {
        **listed.context,
        "title": title,
        "months": by_month(listed.page.object_list, today),
        "tabs": _tabs(request, past=past),
        "may_plan": allowed(request, *PLANNERS),
    }
    return render(request, "programme/agenda.html", context)


@planners
@get_or_post
def new(request: Request) -> HttpResponse:
    """Plan an intervention, or note one that was held."""
    form = NewInterventionForm(request.POST or None, initial=_proposed(request))
    if made := attempt(form, lambda: _plan(request, dict(form.cleaned_data))):
        messages.success(request, _noted(made))
        return redirect("programme:intervention", made.id)
    return render(request, "programme/intervention_form.html", {"form": form, "intervention": None})


def _plan(request: Request, said: dict[str, Any]) -> Intervention:
    said["partner"] = actions.partner_named(name=said["partner"], **by(request))
    return actions.plan_intervention(**said, **by(request))


def _narrowed(wanted: dict[str, Any]) -> queries.Filters:
    house, commune, group = wanted.get("house"), wanted.get("commune"), wanted.get("group")
    return queries.Filters(
        kind=wanted.get("kind", ""),
        status=wanted.get("status", ""),
        house_ids=[house.id] if house else None,
        commune_code=commune.code if commune else "",
        group_id=group.id if group else None,
        first=wanted.get("from"),
        last=wanted.get("to"),
    )


def _tabs(request: Request, *, past: bool) -> list[dict[str, Any]]:
    """What is coming, for everyone and for each structure of who asks; what is past."""
    coming = reverse("programme:agenda")
    asked = request.GET.get("house", "")
    hers = {str(house.id): house.name for house in houses().filter(pk__in=request.house_ids)}
    return [
        {"label": _("À venir"), "url": coming, "current": not past and asked not in hers, "count": 0},
        *(
            {"label": name, "url": f"{coming}?house={key}", "current": not past and asked == key, "count": 0}
            for key, name in hers.items()
        ),
        {"label": _("Passées"), "url": reverse("programme:past"), "current": past, "count": 0},
    ]


def _nothing(request: Request, *, past: bool) -> dict[str, str]:
    may_plan = allowed(request, *PLANNERS)
    return {
        "title": _("Rien n'a encore eu lieu") if past else _("Rien n'est prévu"),
        "sentence": _(
            "Animations, locations, sorties : tout ce qu'on note ensuite s'accroche à l'une d'elles."
        ),
        "action": _("Noter une intervention") if may_plan else "",
        "url": reverse("programme:new") if may_plan else "",
        "icon": "calendar-plus",
    }


def _proposed(request: Request) -> dict[str, Any]:
    """What a new form begins with: today, or the day and kind of the address; the structure of who writes."""
    kind = request.GET.get("kind", "")
    return {
        "kind": kind if kind in Intervention.Kind.values else Intervention.Kind.WORKSHOP,
        "day": request.GET.get("day") or None,
        "lead_house": next(iter(request.house_ids), None),
    }


def _noted(made: Intervention) -> str:
    sentences = [
        _("« %(label)s » est dans l'agenda, le %(day)s.") % {"label": made.label, "day": say_day(made.day)},
        outside_sentence(made.commune),
    ]
    if made.status == Intervention.Status.DONE:
        sentences.append(_("Notez maintenant qui est venu et les heures."))
    elif made.day < timezone.localdate():
        sentences.append(_("Ce jour est passé : dites si elle a eu lieu."))
    return " ".join(filter(None, sentences))
