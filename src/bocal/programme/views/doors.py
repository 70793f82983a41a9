"""Who opens which screen of the programme, and what is theirs to change.

The coordination writes everything; a référent·e what her structures lead or share; the operator what happens on the
truck. The direction reads. Nobody sees the hours of a person who is not of her structures.
"""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bocal.people.middleware import Request
from bocal.programme.models import Hours, Intervention
from bocal.programme.queries import given_for, house_to_confirm, is_of_houses
from bocal.toolbox.access import allow
from bocal.toolbox.forms import ChangeForm
from bocal.toolbox.refusals import Refused

T = TypeVar("T")

get_or_post = require_http_methods(["GET", "HEAD", "POST"])

READERS = ("coordination", "director", "operator", "referent")
readers = allow(*READERS)
PLANNERS = ("coordination", "referent")
planners = allow(*PLANNERS)
recorders = allow("coordination", "referent", "operator")
hours_readers = allow("coordination", "director", "referent", "treasurer")
KEEPERS = ("coordination", "referent")
hours_keepers = allow(*KEEPERS)

ALL_HOUSES = frozenset({"coordination", "director", "treasurer"})


def by(request: Request) -> dict[str, Any]:
    """Who acts, and when."""
    return {"by": request.person, "at": timezone.now()}


def attempt(form: ChangeForm, act: Callable[[], T]) -> T | None:
    """What a form asks for, done whole or not at all, and only when it is valid.

    A refusal is shown on the form, which keeps what was typed.
    """
    if not form.is_valid():
        return None
    try:
        with transaction.atomic():
            return act()
    except Refused as refusal:
        form.add_refusal(refusal)
        return None


def may_plan(request: Request, intervention: Intervention) -> bool:
    """May the one who asks correct, hold, cancel or reopen this intervention?"""
    if "coordination" in request.roles:
        return True
    return "referent" in request.roles and is_of_houses(intervention, request.house_ids)


def may_record(request: Request, intervention: Intervention) -> bool:
    """May she note who came, the hours and what was said?"""
    return "operator" in request.roles or may_plan(request, intervention)


def the_intervention(intervention_id: UUID) -> Intervention:
    """The one the address names, with what every page about it shows."""
    known = Intervention.objects.select_related("commune", "lead_house", "partner", "evaluation")
    return get_object_or_404(known.prefetch_related("houses"), id=intervention_id)


def refuse_unless(allowed: bool) -> None:
    """An intervention of other structures is read, not changed."""
    if not allowed:
        raise PermissionDenied(
            _(
                "Cette intervention est menée par une autre structure : la coordination peut la corriger pour vous."
            )
        )


def houses_seen(request: Request) -> frozenset[Any] | None:
    """The structures whose hours may be seen; None for all of them."""
    return None if request.roles & ALL_HOUSES else request.house_ids


def sees(request: Request, hours: Hours) -> bool:
    """Are these hours of her structures, or her own?"""
    if (house_ids := houses_seen(request)) is None or hours.person_id == request.person.id:
        return True
    house = house_to_confirm(hours)
    return house is not None and house.pk in house_ids


def hours_seen(request: Request, found: QuerySet[Hours]) -> QuerySet[Hours]:
    """The same of a whole list."""
    if (house_ids := houses_seen(request)) is None:
        return found
    return found.filter(given_for(house_ids) | Q(person=request.person))
