"""What must always hold, looked at again from the rows alone, whatever the triggers let through.

Each check returns the faults it found, one line each; nothing found is nothing to say. Meant for the night:
some of them read the whole journal.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bocal.craft.journal import FREE_STATES, SAFE_SINKS, may_follow
from bocal.journal import triggers
from bocal.journal.models import Account, Balance, Decision, Lot, Movement, Opening, Transaction
from bocal.journal.queries.balances import differences

Faults = Iterable[str]
Check = Callable[[], Faults]

_NOT_ZERO = """
    SELECT COALESCE(lot.code, balance.currency), SUM(balance.quantity)
    FROM journal_balance AS balance LEFT JOIN journal_lot AS lot ON lot.id = balance.lot_id
    GROUP BY COALESCE(lot.code, balance.currency) HAVING SUM(balance.quantity) <> 0
"""
_NOT_UNDONE = """
    SELECT root
    FROM (
        SELECT COALESCE(written.reverses_id, written.id) AS root, moved.lot_id, moved.currency,
               moved.target_id AS account_id, moved.quantity
        FROM journal_transaction AS written JOIN journal_movement AS moved ON moved.transaction_id = written.id
        WHERE written.reverses_id IS NOT NULL
           OR EXISTS (SELECT 1 FROM journal_transaction AS undoing WHERE undoing.reverses_id = written.id)
        UNION ALL
        SELECT COALESCE(written.reverses_id, written.id), moved.lot_id, moved.currency, moved.source_id, -moved.quantity
        FROM journal_transaction AS written JOIN journal_movement AS moved ON moved.transaction_id = written.id
        WHERE written.reverses_id IS NOT NULL
           OR EXISTS (SELECT 1 FROM journal_transaction AS undoing WHERE undoing.reverses_id = written.id)
    ) AS sides
    GROUP BY root, lot_id, currency, account_id HAVING SUM(quantity) <> 0
"""


def guards_in_place() -> Faults:
    return triggers.missing()


def no_loose_ends() -> Faults:
    """SQLite keeps foreign keys only for the connections that ask for it; PostgreSQL always does."""
    if connection.vendor != "sqlite":
        return []
    return [f"{table} {row} → {parent}" for table, row, parent, _key in _rows("PRAGMA foreign_key_check")]


def no_empty_transaction() -> Faults:
    moved = Movement.objects.filter(transaction=OuterRef("pk"))
    return [str(key) for key in Transaction.objects.filter(~Exists(moved)).values_list("pk", flat=True)]


def balances_are_those_of_the_movements() -> Faults:
    for one in differences():
        yield f"{one.account} {one.resource} : {one.kept} / {one.rebuilt}"


def every_resource_sums_to_zero() -> Faults:
    return [f"{resource} : {surplus}" for resource, surplus in _rows(_NOT_ZERO)]


def every_jar_is_in_one_place() -> Faults:
    """With the sum at zero: nobody gave jars that she never had.

    A jar's own batch did, that is how jars come; so may a stocktake, and a place (see `negative_balances`).
    """
    below = Balance.objects.filter(lot__kind=Lot.Kind.JAR, quantity__lt=0)
    may_be = (
        Q(account=F("lot__batch"))
        | Q(account__kind=Account.Kind.PLACE)
        | Q(account__sink=Account.Sink.STOCKTAKE)
    )
    elsewhere = below.exclude(may_be)
    return [f"{code} : {left}" for code, left in elsewhere.values_list("lot__code", "quantity")]


def corrections_undo_what_they_correct() -> Faults:
    return sorted({str(root) for (root,) in _rows(_NOT_UNDONE)})


def decisions_follow_one_another() -> Faults:
    decisions = Decision.objects.order_by("lot", "sequence").values_list(
        "lot__code", "sequence", "kind", "by_id", "decided_at"
    )
    for code, taken in groupby(decisions.iterator(), key=lambda decision: decision[0]):
        state: str | None = None
        started: tuple[UUID, datetime] | None = None
        for rank, (_code, sequence, kind, by_id, decided_at) in enumerate(taken, start=1):
            if sequence != rank or not may_follow(state, kind):
                yield f"{code} {sequence} {kind}"
            if kind == Decision.Kind.START:
                started = (by_id, decided_at)
            if kind == Decision.Kind.RELEASE and started and (by_id == started[0] or decided_at < started[1]):
                yield f"{code} {sequence} {kind}"
            state = kind


def prior_lots_are_older_than_the_journal() -> Faults:
    prior = Lot.objects.filter(decisions__kind=Decision.Kind.PRIOR)
    if opening := Opening.objects.first():
        prior = prior.filter(made_on__gte=opening.opened_on)
    return list(prior.values_list("code", flat=True))


def unreleased_jars_never_left() -> Faults:
    """Jars that never were free, and yet went where only free jars go."""
    safe = Q(target__kind=Account.Kind.BATCH) | Q(target__quarantine=True) | Q(target__sink__in=SAFE_SINKS)
    freed = Decision.objects.filter(lot=OuterRef("lot"), kind__in=FREE_STATES)
    gone = Movement.objects.filter(~safe, ~Exists(freed), lot__kind=Lot.Kind.JAR)
    return sorted(set(gone.values_list("lot__code", flat=True)))


def quarantines_are_what_their_places_say() -> Faults:
    places = Account.objects.filter(kind=Account.Kind.PLACE)
    return list(places.exclude(quarantine=F("place__quarantine")).values_list("place__name", flat=True))


CHECKS: Mapping[str | Promise, Check] = {
    gettext_lazy("Protections absentes ou modifiées"): guards_in_place,
    gettext_lazy("Lignes qui renvoient à rien"): no_loose_ends,
    gettext_lazy("Opérations sans mouvement"): no_empty_transaction,
    gettext_lazy("Soldes différents des mouvements"): balances_are_those_of_the_movements,
    gettext_lazy("Sommes qui ne sont pas nulles"): every_resource_sums_to_zero,
    gettext_lazy("Pots venus de nulle part"): every_jar_is_in_one_place,
    gettext_lazy("Corrections qui ne défont pas ce qu'elles corrigent"): corrections_undo_what_they_correct,
    gettext_lazy("Décisions qui ne se suivent pas"): decisions_follow_one_another,
    gettext_lazy("Lots « antérieurs à Bocal » trop récents"): prior_lots_are_older_than_the_journal,
    gettext_lazy("Pots sortis sans avoir jamais été libérés"): unreleased_jars_never_left,
    gettext_lazy("Consignes qui ne sont pas celles de leur lieu"): quarantines_are_what_their_places_say,
}


def faults() -> Iterator[tuple[str, list[str]]]:
    """Every check that found something, with what it found."""
    for title, check in CHECKS.items():
        if found := list(check()):
            yield _(str(title)), found


def _rows(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
