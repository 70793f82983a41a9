"""How the journal's questions fare as the years pile up: 10 000, 100 000, then a million movements.

    BOCAL_DATA=/some/empty/folder python benchmarks/journal.py [--sizes 10000 100000 1000000]

One database grows; after each size the same questions are asked of lots drawn from its last year. Wall and CPU
time are both shown: on a busy machine the second is the fairer one. The last column is how much longer the
largest size takes than the smallest: flat is about 1.
"""

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bocal.settings")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db.transaction import atomic, set_rollback  # noqa: E402

from benchmarks.generate import Cannery  # noqa: E402
from bocal.craft.journal import LotId, exit_  # noqa: E402
from bocal.journal import actions, queries, triggers  # noqa: E402
from bocal.journal.models import Account, Lot, Movement  # noqa: E402
from bocal.toolbox.ids import new_id  # noqa: E402

DRAWN = 40
CEILINGS = {
    "trace back": 50,
    "trace forward": 50,
    "stock of a place, 200 live lots": 50,
    "lots awaiting release": 50,
}

Times = tuple[float, float, float]  # median wall, 95th percentile wall, median CPU, in milliseconds


def questions(cannery: Cannery) -> dict[str, Callable[[], object]]:
    """What is asked; each call draws its own lot from the last year's."""
    dice = random.Random(2)
    shelf = Account.objects.select_related("place").get(pk=cannery.shelf)
    last_jars, last_raw = cannery.jar_lots[-370:-20], cannery.raw_lots[-370:-20]

    def jars() -> Lot:
        return Lot.objects.get(pk=dice.choice(last_jars))

    def raw() -> Lot:
        return Lot.objects.get(pk=dice.choice(last_raw))

    def give_one() -> None:
        lot = LotId(dice.choice(list(cannery.live))[0])
        with atomic():
            actions.record_transaction(
                id=new_id(), kind="to_house", by=cannery.operator, happened_at=cannery.now, at=cannery.now,
                legs=exit_(lot=lot, quantity=1, source=cannery.shelf, target=cannery.houses[0]),
            )  # fmt: skip
            set_rollback(True)

    return {
        "trace back": lambda: queries.trace_back(jars()),
        "trace forward": lambda: queries.trace_forward(raw()),
        "stock of a place, 200 live lots": lambda: list(queries.stock_of(shelf.place)),
        "stock of every place": lambda: list(queries.stock_by_place()),
        "balance of a batch": lambda: queries.batch_balance(jars().batch),
        "history of a lot": lambda: list(queries.movements_of(jars())),
        "lots awaiting release": lambda: list(queries.jar_lots_kept("start")),
        "places below zero": lambda: list(queries.negative_balances()),
        "record one gift (not committed)": give_one,
    }


def measured(question: Callable[[], object]) -> Times:
    walls, cpus = [], []
    question()
    for _time in range(DRAWN):
        wall, cpu = time.perf_counter(), time.process_time()
        question()
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
    return statistics.median(walls), sorted(walls)[int(0.95 * DRAWN)], statistics.median(cpus)


def report(sizes: list[int], found: dict[str, list[Times]]) -> bool:
    """Print the table; False when a ceiling is passed."""
    print(
        f"\n{'median / 95th percentile / CPU, ms':36}"
        + "".join(f"{size:>26,}" for size in sizes)
        + "   growth (CPU)"
    )
    kept = True
    for name, times in found.items():
        cells = "".join(f"{f'{wall:.1f} / {worst:.1f} / {cpu:.1f}':>26}" for wall, worst, cpu in times)
        passed = name in CEILINGS and times[-1][0] > CEILINGS[name]
        kept = kept and not passed
        print(f"{name:36}{cells}{times[-1][2] / times[0][2]:>12.2f}{'   TOO SLOW' if passed else ''}")
    return kept


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    sizes = parser.parse_args().sizes
    call_command("migrate", verbosity=0, interactive=False)
    cannery = Cannery()
    found: dict[str, list[Times]] = {}
    for size in sizes:
        began = time.perf_counter()
        cannery.work_until(size)
        live = sum(1 for _row in queries.stock_of(Account.objects.get(pk=cannery.shelf).place))
        print(
            f"{Movement.objects.count():,} movements, {cannery.batches:,} batches, until {cannery.now:%Y}, "
            f"{live} live lots on the shelf: written in {time.perf_counter() - began:.0f} s"
        )
        for name, question in questions(cannery).items():
            found.setdefault(name, []).append(measured(question))
    assert triggers.missing() == []
    assert queries.differences() == []
    return 0 if report(sizes, found) else 1


if __name__ == "__main__":
    sys.exit(main())
