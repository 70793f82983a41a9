"""The list behind each key figure: which records, in which columns.

The rows of a register come from `queries.records`, the same querysets the figures are summed from, so a list
adds up to its figure whatever the period and the filters.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bocal.craft.figures import CHANNELS, Unit
from bocal.impact.queries import records
from bocal.impact.queries.scope import Scope
from bocal.journal.models import Account, Lot, Movement
from bocal.toolbox.access import allowed, roles_of
from bocal.toolbox.lists import Column
from bocal.toolbox.times import paris_day

KINDS = {
    Unit.COUNT: "number",
    Unit.MINUTES: "number",
    Unit.HOURS: "duration",
    Unit.KILOS: "kilos",
    Unit.LITRES: "litres",
    Unit.EUROS: "euros",
}
"""How the toolbox's lists write a quantity of each unit."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a cell leads: one page for the whole column, and which record of it for each row."""

    page: str
    record: str

    def __call__(self, row: Any) -> str | None:
        key = getattr(row, self.record)
        return reverse(self.page, args=[key]) if key else None

    def opens_for(self, request: HttpRequest) -> bool:
        """Whether the page is open to the one who asks."""
        view = resolve(reverse(self.page, args=[UUID(int=0)])).func
        return allowed(request, *(roles_of(view) or ()))


@dataclass(frozen=True, slots=True)
class Register:
    """The records of one figure and how to show them. Each row has its `quantity` in the last column."""

    rows: Callable[[Scope], QuerySet[Any]]
    columns: tuple[Column, ...]

    def columns_for(self, request: HttpRequest) -> list[Column]:
        """The columns, with links only to pages that the one who asks may open."""
        return [
            replace(column, url=None)
            if isinstance(column.url, Link) and not column.url.opens_for(request)
            else column
            for column in self.columns
        ]

    def total(self, scope: Scope) -> int:
        """What the rows add up to: the figure itself."""
        return int(self.rows(scope).aggregate(total=Coalesce(Sum("quantity"), 0))["total"])


def _day_of(movement: Movement) -> date:
    return paris_day(movement.transaction.happened_at)


def _who(account: Account) -> str:
    if account.organisation:
        return account.organisation.name
    if account.person:
        return account.person.pseudonym
    if account.place:
        return account.place.name
    return account.get_sink_display() or account.name


def _channel(movement: Movement) -> Any:
    return movement.transaction.get_kind_display()


_TO_LOT = Link("kitchen:lot", "lot_id")
_TO_ITSELF = Link("programme:intervention", "pk")
_TO_INTERVENTION = Link("programme:intervention", "intervention_id")


def _quantity(label: str | Promise, kind: str = "number") -> Column:
    return Column(label, "quantity", kind=kind)


_OUTING = (
    Column(_("jour"), "day", kind="day"),
    Column(_("n°"), "code", url=_TO_ITSELF),
    Column(_("type"), "get_kind_display"),
    Column(_("commune"), "commune.name"),
    Column(_("lieu"), "site"),
    Column(_("partenaire"), "partner.name"),
    Column(_("structure"), "lead_house.name"),
)
_NOTED_AT = (
    Column(_("jour"), "intervention.day", kind="day"),
    Column(_("intervention"), "intervention.code", url=_TO_INTERVENTION),
    Column(_("commune"), "intervention.commune.name"),
    Column(_("structure"), "intervention.lead_house.name"),
)
_PRODUCE = (
    Column(_("jour"), _day_of, kind="day"),
    Column(_("lot"), "lot.code", url=_TO_LOT),
    Column(_("produit"), "lot.label"),
    Column(_("nature"), "lot.get_nature_display"),
)
_MADE = (
    Column(_("jour"), _day_of, kind="day"),
    Column(_("lot"), "lot.code", url=_TO_LOT),
    Column(_("fabrication"), "lot.batch.made_in.code"),
    Column(_("recette"), "lot.label"),
)
_EXIT = (
    Column(_("jour"), _day_of, kind="day"),
    Column(_("lot"), "lot.code", url=_TO_LOT),
    Column(_("recette"), "lot.label"),
    Column(_("sortie"), _channel),
    Column(_("à qui"), lambda movement: _who(movement.target)),
)
_SALE = (
    Column(_("jour"), _day_of, kind="day"),
    Column(_("caisse ou compte"), lambda movement: _who(movement.target)),
    Column(_("acheteur"), lambda movement: _who(movement.source)),
)


def _outings(records_of: Callable[[Scope], QuerySet[Any]]) -> Register:
    def rows(scope: Scope) -> QuerySet[Any]:
        chosen = records_of(scope).select_related("commune", "partner", "lead_house")
        return chosen.order_by("day", "code", "id")

    return Register(rows, (*_OUTING, _quantity(_("compte pour"))))


def _movements(
    records_of: Callable[[Scope], QuerySet[Movement]],
    columns: tuple[Column, ...],
    label: str | Promise,
    kind: str,
) -> Register:
    def rows(scope: Scope) -> QuerySet[Movement]:
        related = ["transaction", "lot", "lot__batch__made_in"]
        for end in ("source", "target"):
            related += [f"{end}__organisation", f"{end}__person", f"{end}__place"]
        return records_of(scope).select_related(*related).order_by("transaction__happened_at", "id")

    return Register(rows, (*columns, _quantity(label, kind)))


def _attendances(scope: Scope) -> QuerySet[Any]:
    counted = records.attendances(scope).select_related("intervention__commune", "intervention__lead_house")
    return counted.order_by("intervention__day", "intervention__code", "band")


def _hours(scope: Scope) -> QuerySet[Any]:
    given = records.volunteer_hours(scope)
    related = ("person", "intervention__commune", "intervention__lead_house")
    return given.select_related(*related).order_by("day", "person__pseudonym", "id")


def _trained(scope: Scope) -> QuerySet[Any]:
    given = records.trained_volunteer_hours(scope)
    people = given.values("person", "person__pseudonym", "person__house__name")
    return people.annotate(given=Sum("minutes"), first=Min("day"), quantity=Value(1)).order_by(
        "person__pseudonym"
    )


def _communes(scope: Scope) -> QuerySet[Any]:
    visits = records.visits(scope).values("commune", "commune__name", "commune__epci_name")
    return visits.annotate(visits=Count("id"), first=Min("day"), quantity=Value(1)).order_by(
        "commune__name", "commune"
    )


def _in_stock(scope: Scope) -> QuerySet[Lot]:
    def sum_by_lot(movements: QuerySet[Movement]) -> Any:
        sums = movements.filter(lot=OuterRef("pk")).order_by().values("lot").annotate(sum=Sum("quantity"))
        return Coalesce(Subquery(sums.values("sum")), 0)

    made = records.jars_made(scope).values("lot")
    lots = Lot.objects.filter(id__in=made).select_related("batch__made_in")
    counted = lots.annotate(made=sum_by_lot(records.jars_made(scope)), gone=sum_by_lot(records.exits(scope)))
    return counted.annotate(quantity=F("made") - F("gone")).exclude(Q(quantity=0)).order_by("made_on", "code")


REGISTERS: dict[str, Register] = {
    "workshops": _outings(records.workshops),
    "workshops_cancelled": _outings(records.workshops_cancelled),
    "services_done": _outings(records.services_done),
    "volunteer_hours": Register(
        _hours,
        (
            Column(_("jour"), "day", kind="day"),
            Column(_("personne"), "person.pseudonym"),
            Column(_("tâche"), "get_task_display"),
            Column(_("intervention"), "intervention.code", url=_TO_INTERVENTION),
            Column(_("commune"), "intervention.commune.name"),
            _quantity(_("durée"), "duration"),
        ),
    ),
    "participants": Register(
        _attendances, (*_NOTED_AT, Column(_("tranche d'âge"), "get_band_display"), _quantity(_("personnes")))
    ),
    "trained_volunteers_involved": Register(
        _trained,
        (
            Column(_("personne"), "person__pseudonym"),
            Column(_("structure"), "person__house__name"),
            Column(_("première fois"), "first", kind="day"),
            Column(_("heures données"), "given", kind="duration"),
            _quantity(_("compte pour")),
        ),
    ),
    "communes_visited": Register(
        _communes,
        (
            Column(_("commune"), "commune__name"),
            Column(_("intercommunalité"), "commune__epci_name"),
            Column(_("première visite"), "first", kind="day"),
            Column(_("visites"), "visits", kind="number"),
            _quantity(_("compte pour")),
        ),
    ),
    "kg_collected": _movements(
        records.collected,
        (*_PRODUCE, Column(_("producteur·rice"), lambda movement: _who(movement.source))),
        _("poids"),
        "kilos",
    ),
    "kg_transformed": _movements(
        records.transformed,
        (*_PRODUCE, Column(_("fabrication"), lambda movement: movement.target.name)),
        _("poids"),
        "kilos",
    ),
    "litres_of_soup": _movements(records.soup, _MADE, _("volume"), "litres"),
    "jars_made": _movements(records.jars_made, _MADE, _("pots"), "number"),
    "jars_by_channel": _movements(records.exits, _EXIT, _("pots"), "number"),
    "jars_in_stock": Register(
        _in_stock,
        (
            Column(_("du"), "made_on", kind="day"),
            Column(_("lot"), "code", url=Link("kitchen:lot", "pk")),
            Column(_("recette"), "label"),
            Column(_("faits"), "made", kind="number"),
            Column(_("sortis"), "gone", kind="number"),
            _quantity(_("restent")),
        ),
    ),
    "euros": _movements(lambda scope: records.takings(scope, "EUR"), _SALE, _("euros"), "euros"),
    "minutes": _movements(lambda scope: records.takings(scope, "MIN"), _SALE, _("minutes"), "number"),
    "kg_facon": _movements(records.transformed_for_clients, _PRODUCE, _("poids"), "kilos"),
    "jars_facon": _movements(records.jars_made_for_clients, _MADE, _("pots"), "number"),
}


def channel_register(kind: str) -> Register:
    """The exits of one channel."""
    if kind not in CHANNELS:
        raise KeyError(kind)
    return _movements(
        lambda scope: records.exits(scope).filter(transaction__kind=kind), _EXIT, _("pots"), "number"
    )
