"""Jars that leave a place without being sold: shared, given, tasted, broken. Several lots in one go."""

from typing import Any
from uuid import uuid5

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bocal.people.middleware import Request
from bocal.programme.models import Intervention
from bocal.programme.views.doors import attempt, by, get_or_post
from bocal.shop import actions, queries
from bocal.shop.forms import ShareForm
from bocal.shop.models import Exit
from bocal.shop.presentation import say_jars
from bocal.shop.views import GIVERS
from bocal.shop.views.doors import reach, tabs, wanted, wanted_id
from bocal.territory.models import Place
from bocal.toolbox.access import allow


@allow(*GIVERS)
@never_cache
@get_or_post
def share(request: Request) -> HttpResponse:
    """`?lieu=` says from where, `?intervention=` puts the jars made there first."""
    places = queries.places_with_jars(among=reach(request))
    intervention = _intervention(request)
    if not places:
        return render(request, "shop/nothing_to_share.html", tabs(request, "share"))
    made_there = queries.jars_made_in(intervention) if intervention else {}
    place = _place(request, [each for each, _jars in places], made_there)
    shelf = sorted(queries.jars_at(place), key=lambda each: each.lot.pk not in made_there)
    form = ShareForm(
        request.POST if request.method == "POST" else None, shelf=shelf, initial=_start(intervention)
    )
    if shared := attempt(form, lambda: _share(request, form, place)):
        jars = say_jars(sum(jars for _each, jars in form.asked()))
        messages.success(request, _("C'est noté : %(jars)s de %(place)s.") % {"jars": jars, "place": place})
        return redirect(_after(shared, intervention))
    context = {
        **tabs(request, "share"),
        "form": form,
        "place": place,
        "places": [
            {"label": each.name, "url": _address(each, intervention), "current": each == place, "count": jars}
            for each, jars in places
        ],
        "intervention": intervention,
        "made_there": set(made_there),
        "action": _address(place, intervention),
    }
    return render(request, "shop/share.html", context)


def _share(request: Request, form: ShareForm, place: Place) -> list[Exit]:
    """One exit a lot, each under an id of its own that follows from the form's."""
    said = by(request)
    return [
        actions.record_exit(
            id=uuid5(form.cleaned_data["id"], str(each.lot.pk)), lot=each.lot, jars=jars, source=place,
            channel=form.cleaned_data["channel"], happened_at=form.happened_at(said["at"]),
            **form.received_by, **said,
        )
        for each, jars in form.asked()
    ]  # fmt: skip


def _intervention(request: Request) -> Intervention | None:
    found = Intervention.objects.select_related("commune", "lead_house")
    return wanted(found, request.GET.get("intervention"))


def _place(request: Request, places: list[Place], made_there: dict[Any, dict[Any, int]]) -> Place:
    """The place asked for; else the one that holds most of what was made there; else the first."""
    wanted = wanted_id(request.GET.get("lieu"))
    if named := next((place for place in places if place.pk == wanted), None):
        return named
    return max(places, key=lambda place: sum(held.get(place.pk, 0) for held in made_there.values()))


def _start(intervention: Intervention | None) -> dict[str, Any]:
    return {"house": intervention.lead_house_id} if intervention else {}


def _address(place: Place, intervention: Intervention | None) -> str:
    kept = f"&intervention={intervention.pk}" if intervention else ""
    return f"{reverse('shop:share')}?lieu={place.pk}{kept}"


def _after(shared: list[Exit], intervention: Intervention | None) -> str:
    """Back to the intervention, to the one exit, or to all of them."""
    if intervention:
        return reverse("programme:intervention", args=[intervention.pk])
    return reverse("shop:exit", args=[shared[0].pk]) if len(shared) == 1 else reverse("shop:exits")
