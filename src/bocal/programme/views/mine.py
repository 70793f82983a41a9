"""My hours: what I gave, what is coming, and a line more. Nobody else's hours stand here."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bocal.craft.measures import format_minutes
from bocal.people.middleware import Request
from bocal.programme import actions, queries
from bocal.programme.forms import MyHoursForm
from bocal.programme.models import Hours, Intervention
from bocal.programme.presentation import by_month, choices_of, say_entry, say_natures
from bocal.programme.views.doors import READERS, attempt, by, get_or_post
from bocal.toolbox.access import allow, allowed
from bocal.toolbox.lists import Column, ListPage, export_of
from bocal.toolbox.times import say_day

DAYS_AHEAD = 60
DAYS_BACK = 30

COLUMNS = (
    Column(gettext_lazy("Jour"), "day", kind="day"),
    Column(gettext_lazy("Durée"), "minutes", kind="duration"),
    Column(gettext_lazy("Tâche"), "get_task_display"),
    Column(gettext_lazy("Nature"), "get_nature_display"),
    Column(gettext_lazy("Intervention"), "intervention.label"),
    Column(gettext_lazy("Commune"), "intervention.commune.name"),
    Column(gettext_lazy("Confirmées par"), "house.name"),
)


@allow.signed_in
@require_safe
def mine(request: Request) -> HttpResponse:
    """What I gave this year and before, and where I could come."""
    today = timezone.localdate()
    rows = queries.hours(queries.HoursFilters(person_id=request.person.id))
    title = _("Mes heures")
    if exported := export_of(request, rows, COLUMNS, title=title, filename="mes-heures"):
        return exported
    page = ListPage.read(request, rows, (), empty={})
    coming = queries.coming(DAYS_AHEAD, today=today).filter(kind__in=queries.CREWED)
    this_year = queries.HoursFilters(person_id=request.person.id, first=date(today.year, 1, 1))
    context = {
        **page.context,
        "title": title,
        "year": str(today.year),
        "entries": [say_entry(hours) for hours in page.page.object_list],
        "natures": say_natures(queries.minutes_by_nature(queries.hours(this_year))),
        "months": by_month(coming, today, opens=allowed(request, *READERS)),
    }
    return render(request, "programme/mine.html", context)


@allow.signed_in
@get_or_post
def declare(request: Request) -> HttpResponse:
    """Hours I gave: at an intervention of these last weeks, or on a day of mine."""
    today = timezone.localdate()
    recent = {str(row.id): row for row in _recent(today)}
    form = MyHoursForm(
        request.POST or None, person=request.person, interventions=choices_of(recent.values()), today=today
    )
    if given := attempt(form, lambda: _give(request, form.cleaned_data, recent)):
        messages.success(
            request,
            _("Merci ! %(minutes)s, le %(day)s : c'est noté.")
            % {"minutes": format_minutes(given.minutes), "day": say_day(given.day)},
        )
        return redirect("programme:mine")
    context = {"form": form, "back": reverse("programme:mine")}
    return render(request, "programme/declare.html", context)


def _recent(today: date) -> list[Intervention]:
    held = queries.interventions(
        filters=queries.Filters(first=today - timedelta(days=DAYS_BACK), last=today)
    ).exclude(status=Intervention.Status.CANCELLED)
    return list(held.order_by("-day", "code"))


def _give(request: Request, said: dict[str, Any], recent: dict[str, Intervention]) -> Hours:
    what = {name: said[name] for name in ("id", "minutes", "task", "nature")}
    chosen = recent.get(said["intervention"])
    where = {"intervention": chosen} if chosen else {"day": said["day"]}
    return actions.record_hours(person=request.person, **what, **where, **by(request))
