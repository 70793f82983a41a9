"""*La semaine*: three questions answered without a click."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from bocal.craft.measures import format_grams, format_minutes, format_number
from bocal.frontdoor import queries
from bocal.frontdoor.navigation import landing_page
from bocal.frontdoor.queries import Waiting, Week
from bocal.impact.presentation import written
from bocal.impact.queries import Beat
from bocal.people.roles import ADMINISTRATORS
from bocal.programme.models import Intervention
from bocal.programme.queries import HoursState, HoursToConfirm
from bocal.toolbox.access import allow, allowed
from bocal.toolbox.times import paris_day, say_day, say_day_short, say_hour, say_moment_short

Todo = dict[str, str]

PRESSING_DAYS = 3
WEEK_ROLES = ("coordination", "director")
SHORT = {
    "workshops": __("animations"),
    "kg_transformed": __("transformés"),
    "jars_made": __("pots réalisés"),
    "participants": __("participants"),
    "volunteer_hours": __("de bénévolat"),
    "communes_visited": __("communes"),
}
KINDS_OF_STATUS = {"done": "ok", "cancelled": "no", "planned": ""}


@allow.public
def home(request: HttpRequest) -> HttpResponseBase:
    """Where everybody begins: the week for who runs the cannery, her own first page for anybody else."""
    if allowed(request, *WEEK_ROLES):
        return week(request)
    if page := landing_page(request):
        return redirect(page)
    if not request.user.is_authenticated:
        return redirect("account_login")
    return render(request, "frontdoor/no_role.html")


@allow(*WEEK_ROLES)
def week(request: HttpRequest) -> HttpResponse:
    """What waits, what happens this week, how we are doing."""
    now = timezone.now()
    today = paris_day(now)
    waiting, this_week = queries.waiting(today=today, at=now), queries.week_of(today)
    vars(request)["waiting"] = {
        "surplus": len(waiting.offers),
        "kitchen": len(waiting.lots.to_release) + len(waiting.lots.stopped),
    }
    return render(
        request,
        "frontdoor/week.html",
        {
            "first_name": request.person.name.split()[0],  # type: ignore[attr-defined]
            "today": say_day(today),
            "week_number": today.isocalendar().week,
            "to_decide": _to_decide(waiting, now),
            "to_remember": _to_remember(waiting, this_week, _about_access(request)),
            "days": [_day(day, planned, today) for day, planned in this_week.days],
            "figures": [_figure(beat, today) for beat in queries.year_so_far(today)],
        },
    )


def _to_decide(waiting: Waiting, now: datetime) -> list[Todo]:
    rows = [
        _todo(
            _("%(weight)s de %(product)s, jusqu'au %(until)s")
            % {
                "weight": format_grams(offer.grams),
                "product": offer.product,
                "until": say_moment_short(offer.available_until),
            },
            f"{offer.producer.name} · {offer.get_nature_display()}",
            reverse("surplus:offer", args=[offer.pk]),
            _time_left(offer.available_until, now),
            "hot" if _days_left(offer.available_until, now) <= PRESSING_DAYS else "",
        )
        for offer in waiting.offers
    ]
    rows += [
        _todo(
            _("Lot %(lot)s à libérer") % {"lot": lot.code},
            f"{lot.label}, {_jars(lot)} · {say_day_short(lot.made_on)}",
            reverse("kitchen:lot", args=[lot.pk]),
            _("à libérer"),
            "wait",
            "hourglass-split",
        )
        for lot in waiting.lots.to_release
    ]
    rows += [
        _todo(
            _("Lot %(lot)s bloqué") % {"lot": lot.code},
            f"{lot.label}, {_jars(lot)} · {_('décision à prendre')}",
            reverse("kitchen:lot", args=[lot.pk]),
            _("bloqué"),
            "no",
            "slash-circle",
        )
        for lot in waiting.lots.stopped
    ]
    if waiting.hours.persons:
        rows.append(_hours_to_confirm(waiting.hours))
    return rows


def _hours_to_confirm(hours: HoursToConfirm) -> Todo:
    return _todo(
        _("%(duration)s à confirmer") % {"duration": format_minutes(hours.minutes)},
        ngettext("%(n)s personne", "%(n)s personnes", hours.persons) % {"n": format_number(hours.persons)},
        f"{reverse('programme:hours')}?state={HoursState.TO_CONFIRM}",
    )


def _to_remember(waiting: Waiting, this_week: Week, about_access: str) -> list[Todo]:
    rows = [
        _todo(
            _("%(code)s : a-t-elle eu lieu ?") % {"code": _called(outing)},
            _when_and_where(outing),
            _page_of(outing),
        )
        for outing in this_week.overdue
    ]
    rows += [
        _todo(
            _("%(code)s : il manque %(what)s")
            % {"code": _called(found.intervention), "what": _lacking(found)},
            _when_and_where(found.intervention),
            _page_of(found.intervention),
        )
        for found in waiting.incomplete
    ]
    rows += [
        _todo(
            _("%(code)s : il manque la fabrication") % {"code": _called(workshop)},
            _when_and_where(workshop),
            _page_of(workshop),
        )
        for workshop in waiting.uncooked
    ]
    rows += [_todo(warning, "", about_access) for warning in waiting.access]
    return rows


def _about_access(request: HttpRequest) -> str:
    """Where access is given; for who may not give any, the page that says who does."""
    if allowed(request, *ADMINISTRATORS):
        return reverse("people:access")
    return reverse("frontdoor:help_page", args=["acces"])


def _todo(title: str, text: str, url: str, word: str = "", kind: str = "", icon: str = "") -> Todo:
    """A row of `components/todo.html`."""
    return {"title": title, "text": text, "url": url, "word": word, "kind": kind, "icon": icon}


def _when_and_where(intervention: Intervention) -> str:
    return f"{say_day_short(intervention.day)} · {intervention.commune.name}"


def _page_of(intervention: Intervention) -> str:
    return reverse("programme:intervention", args=[intervention.pk])


def _lacking(found: Any) -> str:
    words = [
        (_("les présences"), found.attendance),
        (_("les heures"), found.hours),
        (_("l'évaluation"), found.evaluation),
    ]
    return ", ".join(word for word, lacks in words if lacks)


def _day(day: date, planned: list[Intervention], today: date) -> dict[str, Any]:
    short, number = say_day_short(day).split(" ")[:2]
    return {
        "name": _("auj.") if day == today else short,
        "number": number,
        "today": day == today,
        "full": say_day(day),
        "events": [_event(intervention) for intervention in planned],
        "nothing": _("Camion libre") if day >= today and day.weekday() < 5 else "",
    }


def _event(intervention: Intervention) -> dict[str, Any]:
    hours = ""
    if intervention.starts_at:
        hours = say_hour(intervention.starts_at)
        if intervention.ends_at:
            hours += f" – {say_hour(intervention.ends_at)}"
    about = [
        intervention.commune.name,
        intervention.site,
        hours,
        intervention.lead_house.name if intervention.lead_house else "",
    ]
    event = {
        "title": _called(intervention),
        "text": " · ".join(filter(None, about)),
        "url": _page_of(intervention),
        "word": "",
        "kind": "",
        "icon": "",
    }
    if intervention.status != Intervention.Status.PLANNED:
        event |= {
            "word": intervention.get_status_display(),
            "kind": KINDS_OF_STATUS[intervention.status],
            "icon": "check-lg" if intervention.status == Intervention.Status.DONE else "x-lg",
        }
    return event


def _called(intervention: Intervention) -> str:
    return intervention.title or f"{str(intervention.get_kind_display()).capitalize()} {intervention.code}"


def _figure(beat: Beat, today: date) -> dict[str, Any]:
    sign = "+" if beat.change > 0 else ""
    return {
        "number": written(beat.key, beat.now),
        "label": SHORT[beat.key],
        "url": reverse("impact:records", args=[beat.key]),
        "change": _("%(change)s sur %(year)s")
        % {"change": sign + written(beat.key, beat.change), "year": today.year - 1},
        "less": beat.change <= 0,
    }


def _jars(lot: Any) -> str:
    return ngettext("%(n)s pot", "%(n)s pots", lot.jars) % {"n": format_number(lot.jars)}


def _days_left(until: datetime, now: datetime) -> int:
    return (paris_day(until) - paris_day(now)).days


def _time_left(until: datetime, now: datetime) -> str:
    days = _days_left(until, now)
    if days == 0:
        return _("aujourd'hui")
    return ngettext("%(n)d jour", "%(n)d jours", days) % {"n": days}
