"""How an intervention is said on screen: its hour, its place, its state in a word, the agenda by month and day."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.dates import MONTHS, WEEKDAYS_ABBR
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bocal.craft.measures import NBSP, format_minutes, format_number
from bocal.programme.models import Attendance, Hours, Intervention
from bocal.programme.queries import CONFIRMED_BY_A_HOUSE
from bocal.toolbox.times import say_day, say_day_short, say_hour

Status = Intervention.Status

MIDDOT = " · "


def say_hours(intervention: Intervention) -> str:
    """ "14 h – 17 h", "à partir de 14 h", or nothing."""
    if not intervention.starts_at:
        return ""
    if not intervention.ends_at:
        return _("à partir de %(hour)s") % {"hour": say_hour(intervention.starts_at)}
    return f"{say_hour(intervention.starts_at)}{NBSP}– {say_hour(intervention.ends_at)}"


def say_where(intervention: Intervention) -> str:
    """ "Peyrins, salle des fêtes"."""
    return ", ".join(filter(None, [intervention.commune.name, intervention.site]))


def say_state(intervention: Intervention, today: date) -> dict[str, str]:
    """Its state as a chip: what was planned and is past waits for a word."""
    if intervention.status == Status.PLANNED and intervention.day < today:
        return _chip(_("a-t-elle eu lieu ?"), "wait")
    word = str(Status(intervention.status).label)
    if intervention.status == Status.PLANNED:
        return _chip(word, icon="calendar-event")
    return _chip(word, "ok" if intervention.status == Status.DONE else "no")


def say_heads(total: int) -> str:
    """ "12 participants"; nobody is a number too."""
    return ngettext("%(total)s participant", "%(total)s participants", total) % {
        "total": format_number(total)
    }


def say_counts(counts: dict[str, int]) -> list[dict[str, str]]:
    """The bands of a count, as pairs for the page."""
    return [
        {"label": str(Attendance.Band(band).label), "value": format_number(heads)}
        for band, heads in counts.items()
    ]


def total_by_nature(given: Iterable[Hours]) -> dict[str, int]:
    """The minutes of each nature; natures are never added together."""
    totals = Counter[str]()
    for hours in given:
        totals[hours.nature] += hours.minutes
    return {nature: totals[nature] for nature in Hours.Nature.values if nature in totals}


def say_natures(minutes: Mapping[str, int]) -> list[dict[str, str]]:
    """The total of each nature of hours, as pairs for the page."""
    return [
        {"label": capfirst(str(Hours.Nature(nature).label)), "value": format_minutes(total)}
        for nature, total in minutes.items()
    ]


def say_standing(hours: Hours) -> dict[str, str] | None:
    """Where hours stand, as a chip; hours nobody has to confirm say nothing."""
    if hours.withdrawn_at:
        return _chip(_("retirées"), "no")
    if hours.validated_at:
        return _chip(_("confirmées"), "ok")
    imported = hours.intervention is not None and hours.intervention.imported
    if imported or hours.nature not in CONFIRMED_BY_A_HOUSE:
        return None
    return _chip(_("à confirmer"), "wait")


def say_entry(hours: Hours, *, confirmable: bool = False) -> dict[str, Any]:
    """One entry of hours as a line of a table, in words."""
    at = hours.intervention
    return {
        "id": hours.id,
        "url": reverse("programme:entry", args=[hours.id]),
        "name": hours.person.name,
        "day": say_day_short(hours.day, year=True),
        "duration": format_minutes(hours.minutes),
        "task": str(Hours.Task(hours.task).label),
        "nature": str(Hours.Nature(hours.nature).label),
        "where": f"{at.label}, {at.commune.name}" if at else "",
        "standing": say_standing(hours),
        "confirmable": confirmable,
    }


def choices_of(interventions: Iterable[Intervention]) -> dict[str, str]:
    """Interventions to choose from: "Mercredi 25 novembre 2026 : Animation soupe, Peyrins"."""
    return {
        str(row.id): f"{capfirst(say_day(row.day))}{NBSP}: {row.label}, {row.commune.name}"
        for row in interventions
    }


def details_of(intervention: Intervention) -> list[dict[str, str]]:
    """What, where, with and for whom, as pairs for the page; what is not known is left out."""
    yes = [
        (intervention.open_to_public, _("ouverte au public")),
        (intervention.free_of_charge, _("gratuite")),
        (intervention.priority_neighbourhood, _("en quartier prioritaire")),
    ]
    said = {
        _("Type"): capfirst(str(intervention.get_kind_display())),
        _("Partenaire ou client"): intervention.partner.name if intervention.partner else "",
        _("Structure référente"): intervention.lead_house.name if intervention.lead_house else "",
        _("Structures associées"): ", ".join(house.name for house in intervention.houses.all()),
        _("Public"): capfirst(", ".join(word for is_so, word in yes if is_so)),
        _("Public orienté par"): intervention.orienting_partner,
        _("Motif d'annulation"): intervention.cancelled_reason,
    }
    return [{"label": label, "value": value} for label, value in said.items() if value]


def _chip(word: str, kind: str = "", icon: str = "") -> dict[str, str]:
    return {"word": word, "kind": kind, "icon": icon}


@dataclass(frozen=True)
class Month:
    """A month of the agenda, and its days as `components/day.html` draws them."""

    name: str
    days: list[dict[str, Any]]


def by_month(interventions: Iterable[Intervention], today: date, *, opens: bool = True) -> list[Month]:
    """The rows of `queries.interventions`, in their order, under their months and days.

    `opens` says whether whoever reads may open an intervention's page.
    """
    return [
        Month(
            name=f"{capfirst(str(MONTHS[month]))}{NBSP}{year}",
            days=[
                _day(day, list(rows), today, opens) for day, rows in groupby(of_month, lambda row: row.day)
            ],
        )
        for (year, month), of_month in groupby(interventions, lambda row: (row.day.year, row.day.month))
    ]


def _day(day: date, rows: list[Intervention], today: date, opens: bool) -> dict[str, Any]:
    return {
        "name": _("auj.") if day == today else f"{WEEKDAYS_ABBR[day.weekday()]}.",
        "number": day.day,
        "today": day == today,
        "full": say_day(day),
        "events": [_event(row, today, opens) for row in rows],
    }


def _event(row: Any, today: date, opens: bool) -> dict[str, str]:
    """`row` carries the `participants` and `minutes_given` that `queries.interventions` lends it."""
    said = [
        say_where(row),
        say_hours(row),
        row.partner.name if row.partner else "",
        row.lead_house.name if row.lead_house else "",
        say_heads(row.participants) if row.participants is not None else "",
        _("%(hours)s notées") % {"hours": format_minutes(row.minutes_given)} if row.minutes_given else "",
    ]
    return {
        "title": row.label,
        "url": reverse("programme:intervention", args=[row.id]) if opens else "",
        "text": MIDDOT.join(filter(None, said)),
        **(_chip("") if _goes_without_saying(row, today) else say_state(row, today)),
    }


def _goes_without_saying(row: Intervention, today: date) -> bool:
    """In an agenda, what is to come is planned and what is past was held."""
    return row.status == (Status.PLANNED if row.day >= today else Status.DONE)
