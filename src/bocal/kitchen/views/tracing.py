"""A trace as a tree that reads on a phone, and as a file: where a lot comes from, where it went.

Backwards: a lot, the lots its batch took in, down to who gave them. Forwards: who has some of it, and the batches
it went into, down to who has what they made.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bocal.journal.models import Account, Lot
from bocal.journal.queries import Holding, Trace
from bocal.kitchen.models import Batch
from bocal.kitchen.presentation import name_account, name_lot, say_quantity
from bocal.toolbox.exports import CSV, XLSX, Heading, download, to_csv, to_xlsx
from bocal.toolbox.times import paris_day, say_day_short


@dataclass
class Node:
    """One line of the tree: what, how much, when, where a click leads, and what hangs under it."""

    title: str
    detail: str = ""
    url: str = ""
    code: str = ""
    icon: str = ""
    children: list["Node"] = field(default_factory=list)


@dataclass(frozen=True)
class Tree:
    """What every line needs to know: the batches by their account, and whether persons are named."""

    batches: dict[UUID, Batch]
    persons: bool

    @classmethod
    def of(cls, lots: Iterable[Lot], *, persons: bool) -> "Tree":
        accounts = {lot.batch_id for lot in lots if lot.batch_id}
        found = Batch.objects.filter(account__in=accounts).select_related("recipe_version__recipe")
        return cls({batch.account_id: batch for batch in found}, persons)

    def lot(self, lot: Lot, detail: str) -> Node:
        return Node(name_lot(lot), detail, reverse("kitchen:lot", args=[lot.pk]), lot.code, _icon(lot))

    def batch(self, account: Account, detail: str) -> Node:
        if made := self.batches.get(account.pk):
            title = made.recipe_version.recipe.title
            return Node(title, detail, reverse("kitchen:batch", args=[made.pk]), made.code, "fire")
        return Node(account.name, detail, icon="fire")

    def holder(self, held: Holding) -> Node:
        icon = {Account.Kind.PLACE: "geo-alt", Account.Kind.PARTY: "people"}.get(
            Account.Kind(held.account.kind), "recycle"
        )
        detail = say_quantity(held.lot, abs(held.quantity))
        if held.account.kind != Account.Kind.PLACE:  # what is on a shelf is there now; the rest happened once
            detail = f"{detail} · {_between(held)}"
        return Node(name_account(held.account, persons=self.persons), detail, icon=icon)


def origins_of(lot: Lot, trace: Trace, tree: Tree) -> list[Node]:
    """What the lot was made from, and who gave it."""
    if lot.batch_id is None:
        return [tree.holder(held) for held in trace.origins if held.lot.pk == lot.pk]
    nodes = []
    for held in trace.into_batches:
        if held.account.pk == lot.batch_id:
            node = tree.lot(held.lot, say_quantity(held.lot, held.quantity))
            node.children = origins_of(held.lot, trace, tree)
            nodes.append(node)
    return nodes


def uses_of(lot: Lot, trace: Trace, tree: Tree) -> list[Node]:
    """Who has some of the lot, and what was made with it."""
    nodes = [tree.holder(held) for held in trace.destinations if held.lot.pk == lot.pk]
    for held in trace.into_batches:
        if held.lot.pk != lot.pk:
            continue
        made = tree.batch(held.account, f"{say_quantity(lot, held.quantity)} · {_between(held)}")
        for output in trace.lots:
            if output.batch_id == held.account.pk:
                node = tree.lot(output, "")
                node.children = uses_of(output, trace, tree)
                made.children.append(node)
        nodes.append(made)
    return nodes


def trace_file(lot: Lot, origins: list[Node], uses: list[Node], wanted: str) -> HttpResponse:
    """The tree as a table, one line a branch, for a control or a recall."""
    headings = [Heading(_("Sens"), "text"), Heading(_("Rang"), "number"), Heading(_("Quoi ou qui"), "text")]
    headings += [Heading(_("N°"), "text"), Heading(_("Combien, quand"), "text")]
    rows: list[list[Any]] = [
        *([_("vient de"), depth, node.title, node.code, node.detail] for depth, node in _walk(origins)),
        *([_("est allé à"), depth, node.title, node.code, node.detail] for depth, node in _walk(uses)),
    ]
    if wanted == "xlsx":
        return download(to_xlsx(lot.code, headings, rows), filename=f"trace-{lot.code}.xlsx", media_type=XLSX)
    return download(to_csv(headings, rows), filename=f"trace-{lot.code}.csv", media_type=CSV)


def _walk(nodes: Iterable[Node], depth: int = 1) -> Iterator[tuple[int, Node]]:
    for node in nodes:
        yield depth, node
        yield from _walk(node.children, depth + 1)


def _between(held: Holding) -> str:
    first, last = paris_day(held.first_at), paris_day(held.last_at)
    if first == last:
        return say_day_short(first, year=True)
    return _("du %(first)s au %(last)s") % {
        "first": say_day_short(first, year=True),
        "last": say_day_short(last, year=True),
    }


def _icon(lot: Lot) -> str:
    return {Lot.Kind.JAR: "box-seam", Lot.Kind.RAW: "basket3", Lot.Kind.WASTE: "recycle"}.get(
        Lot.Kind(lot.kind), "droplet"
    )
