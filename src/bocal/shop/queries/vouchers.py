"""Vouchers: who waits for jars, of which lot, where, and whether there are enough for all who were promised."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from bocal.journal.models import Account, Balance, Decision, Lot
from bocal.recipes.models import Recipe
from bocal.shop.models import Voucher
from bocal.territory.models import Place

PROMISABLE: tuple[str, ...] = (Decision.Kind.START, Decision.Kind.RELEASE, Decision.Kind.PRIOR)
"""The states of a lot whose jars may be promised: free, or on the way to be."""


@dataclass(frozen=True, slots=True)
class Promised:
    """A lot with more jars promised than there are."""

    lot: Lot
    promised: int
    left: int


def vouchers(
    *,
    text: str = "",
    status: str = "",
    place: Place | None = None,
    lot: Lot | None = None,
    places: set[UUID] | None = None,
) -> QuerySet[Voucher]:
    """Vouchers, the newest first, each with the `state` of its lot; `places` are those one is limited to."""
    found = _with_state(Voucher.objects.select_related("lot", "place", "transaction"))
    if text:
        code = Q(code__iexact=code_typed(text)) if code_typed(text) else Q()
        found = found.filter(
            code | Q(lot__code__icontains=text) | Q(lot__label__icontains=text) | Q(holder__icontains=text)
        )
    if status:
        found = found.filter(status=status)
    if place:
        found = found.filter(place=place)
    if lot:
        found = found.filter(lot=lot)
    if places is not None:
        found = found.filter(place__in=places)
    return found.order_by("-recorded_at", "-id")


def waiting_for(lot: Lot) -> QuerySet[Voucher]:
    """The vouchers of a lot that wait, by place."""
    return vouchers(lot=lot, status=Voucher.Status.WAITING).order_by("place__name", "recorded_at", "id")


def voucher_named(voucher_id: UUID) -> Voucher | None:
    """One voucher with all its page says of it."""
    found = _with_state(Voucher.objects.filter(pk=voucher_id))
    return found.select_related("lot", "place", "transaction__exit", "transaction__by").first()


def voucher_of_code(typed: str) -> Voucher | None:
    """The voucher of a code, however it is typed or read aloud."""
    code = code_typed(typed)
    return _with_state(Voucher.objects.select_related("lot", "place")).filter(code=code).first()


def code_typed(typed: str) -> str:
    """The code as it is printed, from what somebody typed: "acde fghj" is ACDE-FGHJ; empty when it is none."""
    letters = re.sub(r"[^A-Z0-9]", "", typed.upper())
    return f"{letters[:4]}-{letters[4:]}" if len(letters) == 8 else ""


def promisable_lots() -> QuerySet[Lot]:
    """The jar lots that may still be promised, the newest first, each with its `state` and the jars `to_promise`."""
    held = Balance.objects.filter(lot=OuterRef("pk"), account__kind=Account.Kind.PLACE).order_by()
    waiting = Voucher.objects.filter(lot=OuterRef("pk"), status=Voucher.Status.WAITING).order_by()
    on_trial = Recipe.objects.filter(versions__batches__account=OuterRef("batch"), status=Recipe.Status.TRIAL)
    jars = Lot.objects.filter(kind=Lot.Kind.JAR).exclude(nature=Lot.Nature.CUSTOM)
    return (
        jars.annotate(
            state=_last_decision("pk"),
            left=_or_zero(held.values("lot").annotate(sum=Sum("quantity")).values("sum")),
            promised=_or_zero(waiting.values("lot").annotate(sum=Sum("jars")).values("sum")),
            on_trial=Exists(on_trial),
        )
        .annotate(to_promise=F("left") - F("promised"))
        .filter(to_promise__gt=0, on_trial=False, state__in=PROMISABLE)
        .order_by("-made_on", "code")
    )


def overpromised() -> Iterator[Promised]:
    """Lots with fewer jars left than vouchers promise: some were broken, sampled or destroyed since."""
    waiting = Voucher.objects.filter(status=Voucher.Status.WAITING).order_by()
    promised = dict(waiting.values_list("lot").annotate(jars=Sum("jars")))
    held = Balance.objects.filter(lot__in=promised, account__kind=Account.Kind.PLACE).order_by()
    left = dict(held.values_list("lot").annotate(jars=Sum("quantity")))
    short = [key for key, jars in promised.items() if left.get(key, 0) < jars]
    for lot in Lot.objects.filter(pk__in=short).order_by("code"):
        yield Promised(lot=lot, promised=promised[lot.pk], left=max(0, left.get(lot.pk, 0)))


def _with_state(found: QuerySet[Voucher]) -> QuerySet[Voucher]:
    return found.annotate(state=_last_decision("lot"))


def _last_decision(lot: str) -> Subquery:
    decisions = Decision.objects.filter(lot=OuterRef(lot)).order_by("-sequence")
    return Subquery(decisions.values("kind")[:1])


def _or_zero(sums: QuerySet[Any, Any]) -> Coalesce:
    """The sum that this query gives for the lot; zero when it gives none."""
    return Coalesce(Subquery(sums), 0)
