"""The hours of the team: a whole crew noted at once, the list and what waits in it for a structure's word."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from bocal.craft.measures import format_minutes, format_number
from bocal.people.middleware import Request
from bocal.people.queries import everybody, houses
from bocal.programme import actions, queries
from bocal.programme.forms import HoursFilterForm, SharedHoursForm, complete_rows, hours_rows
from bocal.programme.forms.hours import PEOPLE_LIST
from bocal.programme.models import Hours, Intervention
from bocal.programme.presentation import say_entry, say_natures
from bocal.programme.views.doors import (
    KEEPERS,
    by,
    get_or_post,
    hours_keepers,
    hours_readers,
    hours_seen,
    houses_seen,
    may_record,
    recorders,
    refuse_unless,
    the_intervention,
)
from bocal.toolbox.access import allowed
from bocal.toolbox.forms import Rows
from bocal.toolbox.lists import Column, ListPage, export_of
from bocal.toolbox.refusals import Refused

Kind, Task = Intervention.Kind, Hours.Task

USUAL_TASK = {
    Kind.WORKSHOP: Task.WORKSHOP,
    Kind.COLLECTION: Task.COLLECTION,
    Kind.GLEANING: Task.COLLECTION,
    Kind.MAINTENANCE: Task.CLEANING,
}

COLUMNS = (
    Column(gettext_lazy("Jour"), "day", kind="day"),
    Column(gettext_lazy("Personne"), "person.name"),
    Column(gettext_lazy("Structure"), "person.house.name"),
    Column(gettext_lazy("Durée"), "minutes", kind="duration"),
    Column(gettext_lazy("Tâche"), "get_task_display"),
    Column(gettext_lazy("Nature"), "get_nature_display"),
    Column(gettext_lazy("Intervention"), "intervention.label"),
    Column(gettext_lazy("N°"), "intervention.code"),
    Column(gettext_lazy("Commune"), "intervention.commune.name"),
    Column(gettext_lazy("Confirmées par"), "house.name"),
)


# --- A crew at once -----------------------------------------------------------------------------


@recorders
@get_or_post
def of_crew(request: Request, intervention_id: UUID) -> HttpResponse:
    """Who gave hours to this intervention."""
    shown = the_intervention(intervention_id)
    refuse_unless(may_record(request, shown))
    return _crew(request, shown)


@hours_keepers
@get_or_post
def of_a_day(request: Request) -> HttpResponse:
    """Who gave hours on a day, to no intervention: a meeting, the shop, a big cleaning."""
    return _crew(request, None)


def _crew(request: Request, shown: Intervention | None) -> HttpResponse:
    people = {person.search_name: person for person in everybody().filter(active=True)}
    sent = request.POST if request.method == "POST" else None
    shared = SharedHoursForm(sent, initial=_usual(shown))
    if shown:
        del shared.fields["day"]
    rows = hours_rows(people, sent)
    if sent is not None and all([shared.is_valid(), rows.is_valid()]):
        given = _give(request, rows, shared.cleaned_data, shown)
        if given:
            _tell(request, given)
            return redirect("programme:intervention", shown.id) if shown else redirect("programme:hours")
    context = {
        "intervention": shown,
        "form": shared,
        "rows": rows,
        "people": people.values(),
        "people_list": PEOPLE_LIST,
    }
    return render(request, "programme/crew_hours.html", context)


def _usual(shown: Intervention | None) -> dict[str, Any]:
    """What is likely: the hours of the intervention and the task of its kind; today for anything else."""
    if shown is None:
        return {"day": timezone.localdate(), "task": Task.MEETING}
    usual: dict[str, Any] = {"task": USUAL_TASK.get(Kind(shown.kind), Task.OTHER)}
    if shown.starts_at and shown.ends_at:
        lasted = datetime.combine(date.min, shown.ends_at) - datetime.combine(date.min, shown.starts_at)
        usual["minutes"] = lasted // timedelta(minutes=1)
    return usual


def _give(request: Request, rows: Rows, shared: dict[str, Any], shown: Intervention | None) -> list[Hours]:
    """All lines or none: those that are refused say why, where they stand."""
    where = {"intervention": shown} if shown else {"day": shared["day"]}
    given: list[Hours] = []
    with transaction.atomic():
        for row, line in complete_rows(rows, shared):
            try:
                given.append(actions.record_hours(**line, **where, **by(request)))
            except Refused as refusal:
                row.add_refusal(refusal)
        refused = any(row.errors for row in rows.forms)
        transaction.set_rollback(refused)
    return [] if refused else given


def _tell(request: Request, given: list[Hours]) -> None:
    people = len({hours.person_id for hours in given})
    said = ngettext("%(people)s personne", "%(people)s personnes", people) % {"people": format_number(people)}
    total = format_minutes(sum(hours.minutes for hours in given))
    messages.success(request, _("C'est noté : %(people)s, %(total)s.") % {"people": said, "total": total})
    for hours in given:
        if queries.same_task_twice(hours):
            messages.warning(
                request,
                _(
                    "%(person)s avait déjà « %(task)s » ce jour-là : les deux sont gardées, voyez si c'est juste."
                )
                % {"person": hours.person.name, "task": hours.get_task_display()},
            )


# --- The list -----------------------------------------------------------------------------------


@hours_readers
@require_safe
def listed(request: Request) -> HttpResponse:
    """Everyone's hours, or those of one's structures."""
    filters = HoursFilterForm(request.GET)
    seen = houses_seen(request)
    if seen is not None:
        filters.fields["house"].queryset = houses().filter(pk__in=seen)  # type: ignore[attr-defined]
    rows = hours_seen(request, queries.hours(_narrowed(filters.values)))
    title = _("Heures de l'équipe")
    if exported := export_of(request, rows, COLUMNS, title=title, filename="heures"):
        return exported
    page = ListPage.read(request, rows, (), filters=filters, empty=_nothing(request))
    keeps = allowed(request, *KEEPERS)
    entries = [
        say_entry(hours, confirmable=keeps and _may_confirm(request, hours))
        for hours in page.page.object_list
    ]
    context = {
        **page.context,
        "title": title,
        "entries": entries,
        "confirmable": any(entry["confirmable"] for entry in entries),
        "natures": say_natures(queries.minutes_by_nature(rows)),
        "keeps": keeps,
    }
    return render(request, "programme/hours.html", context)


@hours_keepers
@require_POST
def confirm(request: Request) -> HttpResponse:
    """The ticked hours, or all of the page, in the name of the structure they wait for."""
    ticked = request.POST.getlist("all" if "everything" in request.POST else "hours")
    wanted = queries.hours_to_confirm().filter(pk__in=[key for key in ticked if _is_uuid(key)])
    confirmed = homeless = 0
    for hours in hours_seen(request, wanted):
        house = queries.house_to_confirm(hours)
        if house is None:
            homeless += 1
        elif _may_confirm(request, hours):
            actions.validate_hours(hours=hours, house=house, **by(request))
            confirmed += 1
    if confirmed:
        said = ngettext("%(n)s ligne d'heures confirmée.", "%(n)s lignes d'heures confirmées.", confirmed)
        messages.success(request, said % {"n": format_number(confirmed)})
    elif not homeless:
        messages.info(request, _("Rien à confirmer : cochez d'abord des heures."))
    if homeless:
        messages.warning(
            request, _("Certaines personnes n'ont pas de structure : dites laquelle sur leur fiche.")
        )
    return redirect(f"{reverse('programme:hours')}?{request.GET.urlencode()}".rstrip("?"))


def _may_confirm(request: Request, hours: Hours) -> bool:
    if hours.validated_at or hours.withdrawn_at or hours.nature not in queries.CONFIRMED_BY_A_HOUSE:
        return False
    if "coordination" in request.roles:
        return True
    house = queries.house_to_confirm(hours)
    return house is not None and house.pk in request.house_ids


def _narrowed(wanted: dict[str, Any]) -> queries.HoursFilters:
    house = wanted.get("house")
    return queries.HoursFilters(
        name=wanted.get("name", ""),
        house_ids=[house.id] if house else None,
        nature=wanted.get("nature", ""),
        task=wanted.get("task", ""),
        state=wanted.get("state", ""),
        first=wanted.get("from"),
        last=wanted.get("to"),
    )


def _nothing(request: Request) -> dict[str, str]:
    keeps = allowed(request, *KEEPERS)
    return {
        "title": _("Aucune heure notée"),
        "sentence": _("Les heures se notent à chaque intervention, pour toute l'équipe à la fois."),
        "action": _("Voir l'agenda") if keeps else "",
        "url": reverse("programme:past") if keeps else "",
        "icon": "calendar-event",
    }


def _is_uuid(typed: str) -> bool:
    try:
        UUID(typed)
    except ValueError:
        return False
    return True
