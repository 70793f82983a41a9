"""What stands on the shelves and may still be given or sold: what is there, less what vouchers promise.

A promise holds jars twice: where they are to be collected, and in the lot as a whole, since they may still have
to be carried there.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from bocal.craft.journal import is_free
from bocal.journal.models import Account, Balance, Lot
from bocal.journal.queries import with_state
from bocal.kitchen.queries import storing_places
from bocal.people.models import Organisation
from bocal.programme.models import Intervention
from bocal.shop.models import Voucher
from bocal.territory.models import Place


@dataclass(frozen=True, slots=True)
class Availability:
    """Jars of one lot: those one place holds, those left anywhere, and what vouchers promise of both."""

    held: int = 0
    left: int = 0
    promised_here: int = 0
    promised: int = 0

    @property
    def to_give(self) -> int:
        """How many jars may leave that place for somebody who holds no voucher."""
        return max(0, min(self.held - self.promised_here, self.left - self.promised))

    def with_back(self, jars: int) -> "Availability":
        """The same, these jars back where they were."""
        return replace(self, held=self.held + jars, left=self.left + jars)

    @property
    def to_promise(self) -> int:
        """How many jars of the lot nobody was promised."""
        return max(0, self.left - self.promised)


@dataclass(frozen=True, slots=True)
class Shelved:
    """A lot of jars at a place, its state, and what may be done with it."""

    lot: Lot
    state: str | None
    jars: Availability

    @property
    def is_free(self) -> bool:
        return is_free(self.state)

    @property
    def is_ours(self) -> bool:
        """Jars made of a client's produce are the client's."""
        return self.lot.nature != Lot.Nature.CUSTOM

    @property
    def to_give(self) -> int:
        """How many jars may be given to people or sold."""
        return self.jars.to_give if self.is_free and self.is_ours else 0


def availability(lots: Iterable[Lot], place: Place | None = None) -> dict[UUID, Availability]:
    """For each of these lots, the jars at `place`, those left, and those promised: two queries in all."""
    keys = {lot.pk for lot in lots}
    kept = Balance.objects.filter(lot__in=keys, account__kind=Account.Kind.PLACE).order_by().values("lot")
    held = {
        row["lot"]: (row["here"], row["left"])
        for row in kept.annotate(
            here=Sum("quantity", filter=Q(account__place=place), default=0),
            left=Sum("quantity", default=0),
        )
    }
    waiting = Voucher.objects.filter(lot__in=keys, status=Voucher.Status.WAITING).order_by().values("lot")
    promised = {
        row["lot"]: (row["here"], row["anywhere"])
        for row in waiting.annotate(
            here=Sum("jars", filter=Q(place=place), default=0), anywhere=Sum("jars", default=0)
        )
    }
    nothing = (0, 0)
    return {key: Availability(*held.get(key, nothing), *promised.get(key, nothing)) for key in keys}


def jars_at(place: Place) -> list[Shelved]:
    """The jar lots a place holds, by name, the oldest lot of each first."""
    return _shelved(Q(pk__in=_held_at(place)), place)


def jars_at_before(place: Place, sold: Mapping[Lot, int]) -> list[Shelved]:
    """What the place would hold had these jars not left it: those of a sale one is about to correct."""
    back = {lot.pk: jars for lot, jars in sold.items()}
    there = _shelved(Q(pk__in=_held_at(place)) | Q(pk__in=back), place)
    return [replace(each, jars=each.jars.with_back(back.get(each.lot.pk, 0))) for each in there]


def jars_by_lot(portions: Iterable[tuple[Lot, int]]) -> dict[Lot, int]:
    """The jars asked of each lot, all lines together."""
    lots: dict[UUID, Lot] = {}
    asked: dict[UUID, int] = {}
    for lot, jars in portions:
        lots[lot.pk] = lot
        asked[lot.pk] = asked.get(lot.pk, 0) + jars
    return {lots[key]: jars for key, jars in asked.items()}


def jars_made_in(intervention: Intervention) -> dict[UUID, dict[UUID, int]]:
    """Of the jars made there and left somewhere: by lot, how many at each place."""
    held = Balance.objects.filter(
        lot__batch__made_in__intervention=intervention,
        lot__kind=Lot.Kind.JAR,
        account__kind=Account.Kind.PLACE,
        quantity__gt=0,
    )
    found: dict[UUID, dict[UUID, int]] = {}
    for lot_id, place_id, jars in held.values_list("lot", "account__place", "quantity"):
        found.setdefault(lot_id, {})[place_id] = jars
    return found


def jar_lots_somewhere() -> QuerySet[Lot]:
    """The lots that a place still holds jars of, the newest first."""
    held = Balance.objects.filter(account__kind=Account.Kind.PLACE, lot__isnull=False, quantity__gt=0)
    jars = Lot.objects.filter(kind=Lot.Kind.JAR, pk__in=held.values("lot"))
    return jars.order_by("-made_on", "code")


def places_with_jars(*, among: Collection[UUID] | None = None) -> list[tuple[Place, int]]:
    """The places that hold jars, by name, each with how many; `among` are those one is limited to."""
    held = Balance.objects.filter(
        account__kind=Account.Kind.PLACE, lot__kind=Lot.Kind.JAR, quantity__gt=0
    ).order_by()
    if among is not None:
        held = held.filter(account__place__in=among)
    jars = dict(held.values_list("account__place").annotate(jars=Sum("quantity")))
    return [(place, jars[place.pk]) for place in Place.objects.filter(pk__in=jars).order_by("name", "id")]


def selling_places(*, shops_only: bool) -> list[Place]:
    """Where jars may be sold: the shops first, then (unless only those) wherever some stand."""
    found = storing_places().filter(quarantine=False)
    if shops_only:
        return list(found.filter(kind=Place.Kind.SHOP))
    held = Balance.objects.filter(lot__kind=Lot.Kind.JAR, quantity__gt=0, account__kind=Account.Kind.PLACE)
    found = found.filter(Q(kind=Place.Kind.SHOP) | Q(pk__in=held.values("account__place")))
    return sorted(found, key=lambda place: place.kind != Place.Kind.SHOP)


def collecting_places() -> QuerySet[Place]:
    """Where jars may be collected: every place that stores and is no quarantine."""
    return storing_places().filter(quarantine=False)


def shelves_of(houses: Collection[UUID]) -> set[UUID]:
    """The shelves of these houses."""
    shelves = Organisation.objects.filter(pk__in=houses, shelf__isnull=False)
    return set(shelves.values_list("shelf", flat=True))


def _held_at(place: Place) -> QuerySet[Balance, Any]:
    held = Balance.objects.filter(account__kind=Account.Kind.PLACE, account__place=place, quantity__gt=0)
    return held.filter(lot__isnull=False).values("lot")


def _shelved(which: Q, place: Place) -> list[Shelved]:
    lots = with_state(Lot.objects.filter(which, kind=Lot.Kind.JAR)).select_related("owner")
    found = list(lots.order_by("label", "made_on", "code"))
    known = availability(found, place)
    return [Shelved(lot, lot.state, known[lot.pk]) for lot in found]  # type: ignore[attr-defined]
