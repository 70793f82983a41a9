"""How the key figures fare as the years pile up: 10 000, 100 000, then a million movements.

    BOCAL_DATA=/some/empty/folder python benchmarks/figures.py [--sizes 10000 100000 1000000] [--plans]

The cannery of `benchmarks.generate` (5 000 movements a year, some eight times the season of 2017-2018), with what
figures also count: each batch in an intervention, a few interventions without batch, four persons' hours and two head
counts each, collections and exits. The same questions are asked of its last eighteen months. Wall and CPU time
are both shown: on a busy machine the second is the fairer one. The last column is how much longer the largest
size takes than the smallest: flat is about 1. `--plans` prints how SQLite goes about each figure.
"""

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bocal.settings")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.transaction import atomic  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.generate import FIRST_DAY, Cannery, Cooked, Rows  # noqa: E402
from bocal.craft.figures import CHANNELS, Period  # noqa: E402
from bocal.impact.queries import Scope, cross_table, figures, pulse, through_time  # noqa: E402
from bocal.impact.registers import REGISTERS  # noqa: E402
from bocal.journal.models import Movement, Transaction  # noqa: E402
from bocal.kitchen.models import Batch  # noqa: E402
from bocal.people.actions import record_person, record_training  # noqa: E402
from bocal.people.models import Organisation, Person, Training  # noqa: E402
from bocal.programme.models import Attendance, Hours, Intervention  # noqa: E402
from bocal.recipes.actions import find_or_write_recipe  # noqa: E402
from bocal.recipes.queries import current_version  # noqa: E402
from bocal.shop.models import Exit  # noqa: E402
from bocal.surplus.models import Collection, CollectionLine  # noqa: E402
from bocal.territory.models import Commune, Place  # noqa: E402
from bocal.toolbox.ids import new_id  # noqa: E402

ASKED = 15
CEILINGS = {"figures": 150}
VOLUNTEERS = 40

Times = tuple[float, float, float]  # median wall, 95th percentile wall, median CPU, in milliseconds


class Programme:
    """What happens around the batches: where, with whom, for how many."""

    def __init__(self) -> None:
        self.dice = random.Random(3)
        self.communes = list(Commune.objects.filter(in_territory=True).values_list("code", flat=True))
        self.count = 0

    def settle_in(self, cannery: Cannery) -> None:
        """The volunteers, half of them trained, and a recipe; the cannery has settled in by then."""
        with atomic():
            self.houses = list(
                Organisation.objects.filter(kind=Organisation.Kind.HOUSE).values_list("id", flat=True)
            )
            self.volunteers = [
                record_person(
                    id=new_id(), name=f"Bénévole {n}", status=Person.Status.VOLUNTEER, by=None, at=FIRST_DAY
                )
                for n in range(VOLUNTEERS)
            ]
            for person in self.volunteers[::2]:
                record_training(
                    id=new_id(), person=person, subject=Training.Subject.WORKSHOP, on=FIRST_DAY.date(),
                    by=cannery.operator, at=FIRST_DAY,
                )  # fmt: skip
            recipe = find_or_write_recipe("Soupe", by=cannery.operator, at=FIRST_DAY)
            self.version = current_version(recipe).pk

    def around(self, rows: Rows, cooked: Cooked) -> None:
        """The intervention a batch was made in; every third time also one without batch."""
        kinds = Intervention.Kind
        workshop = self._intervention(rows, cooked, kinds.WORKSHOP)
        rows.add(
            Batch, id=new_id(), code=cooked.code, intervention=workshop, recipe_version=self.version,
            operator=cooked.operator.pk, made_at=cooked.made_at, account=cooked.account_id,
            transaction=cooked.transaction_id, kept_at=None, note="", imported=False, recorded_at=cooked.made_at,
        )  # fmt: skip
        if self.count % 3 == 0:
            self._intervention(rows, cooked, self.dice.choice([kinds.RENTAL, kinds.GLEANING, kinds.WORKSHOP]))

    def _intervention(self, rows: Rows, cooked: Cooked, kind: str) -> object:
        self.count += 1
        key, day = new_id(), cooked.made_at.date()
        status = Intervention.Status.CANCELLED if self.count % 25 == 0 else Intervention.Status.DONE
        rows.add(
            Intervention, id=key, code=f"A{self.count:06}", title="", kind=kind, status=status, day=day,
            starts_at=None, ends_at=None, commune=self.dice.choice(self.communes), place=None, site="", partner=None,
            lead_house=self.dice.choice(self.houses), open_to_public=True, priority_neighbourhood=False,
            free_of_charge=True, orienting_partner="", cancelled_reason="", imported=False,
            recorded_at=cooked.made_at,
        )  # fmt: skip
        for band in (Attendance.Band.CHILDREN, Attendance.Band.ADULTS):
            rows.add(Attendance, id=new_id(), intervention=key, band=band, count=self.dice.randint(2, 9))
        for person in self.dice.sample(self.volunteers, 4):
            nature = self.dice.choice([Hours.Nature.VOLUNTEER, Hours.Nature.VOLUNTEER, Hours.Nature.CREDITED])
            rows.add(
                Hours, id=new_id(), person=person.pk, intervention=key, day=day,
                minutes=self.dice.randrange(60, 300, 15), task=Hours.Task.COOKING, nature=nature, house=None,
                validated_at=None, validated_by=None, withdrawn_at=None, recorded_at=cooked.made_at,
            )  # fmt: skip
        return key

    def catch_up(self) -> None:
        """Give collections and exits their own rows, beside the journal's."""
        rows = Rows()
        kept_at = Place.objects.get(name="Camion").pk
        received = Movement.objects.filter(
            transaction__kind=Transaction.Kind.COLLECTION, transaction__collection_line=None
        ).values_list("transaction", "lot", "source__organisation", "transaction__happened_at")
        for transaction, lot, producer, at in received.iterator():
            rows.add(
                Collection, id=transaction, code=f"C{transaction.hex[-18:]}", producer=producer, collected_at=at,
                place=kept_at, intervention=None, offer=None, imported=False, recorded_at=at,
            )  # fmt: skip
            rows.add(
                CollectionLine, id=transaction, collection=transaction, lot=lot, transaction=transaction,
                motive="surplus",
            )  # fmt: skip
        gone = Transaction.objects.filter(kind__in=CHANNELS, exit=None, reverses=None)
        for key in gone.values_list("pk", flat=True).iterator():
            rows.add(Exit, id=key, transaction=key, sale=None, recipient="", imported=False, replaces=None)
        with atomic():
            rows.write()


def questions(cannery: Cannery) -> dict[str, Callable[[], object]]:
    """What is asked of the last eighteen months."""
    last = cannery.now.date()
    period = Period(last - timedelta(days=548), last)
    scope = Scope(period)
    house = Scope(period, house_ids=frozenset(cannery_houses()[:1]))
    exits = REGISTERS["jars_by_channel"]
    return {
        "figures": lambda: figures(scope),
        "figures of one house": lambda: figures(house),
        "figures of the year so far, and before": lambda: pulse(Period(date(last.year, 1, 1), last)),
        "a page of exits, its count, its total": lambda: (
            list(exits.rows(scope)[:25]),
            exits.rows(scope).count(),
            exits.total(scope),
        ),
        "table by structure": lambda: cross_table(scope),
        "month by month": lambda: through_time(scope),
    }


def cannery_houses() -> list[object]:
    houses = Organisation.objects.filter(kind=Organisation.Kind.HOUSE).order_by("search_name")
    return list(houses.values_list("id", flat=True))


def measured(question: Callable[[], object]) -> Times:
    walls, cpus = [], []
    question()
    for _time in range(ASKED):
        wall, cpu = time.perf_counter(), time.process_time()
        question()
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
    return statistics.median(walls), sorted(walls)[int(0.95 * ASKED)], statistics.median(cpus)


def report(sizes: list[int], found: dict[str, list[Times]]) -> bool:
    """Print the table; False when a ceiling is passed."""
    print(
        f"\n{'median / 95th percentile / CPU, ms':40}"
        + "".join(f"{size:>26,}" for size in sizes)
        + "   growth"
    )
    kept = True
    for name, times in found.items():
        cells = "".join(f"{f'{wall:.1f} / {worst:.1f} / {cpu:.1f}':>26}" for wall, worst, cpu in times)
        passed = name in CEILINGS and times[-1][0] > CEILINGS[name]
        kept = kept and not passed
        print(f"{name:40}{cells}{times[-1][2] / times[0][2]:>9.2f}{'   TOO SLOW' if passed else ''}")
    return kept


def plans(question: Callable[[], object]) -> Iterator[str]:
    """Each statement of a question, the milliseconds it takes, and how the database goes about it."""
    with CaptureQueriesContext(connection) as captured:
        question()
    for statement in captured:
        sql = statement["sql"]
        yield f"\n{1000 * float(statement['time']):.0f} ms  {sql[:200]}…"
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            yield from (f"      {step[3]}" for step in cursor.fetchall())


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--plans", action="store_true")
    asked = parser.parse_args()
    call_command("migrate", verbosity=0, interactive=False)
    programme = Programme()
    cannery = Cannery(each_batch=programme.around)
    programme.settle_in(cannery)
    found: dict[str, list[Times]] = {}
    for size in asked.sizes:
        began = time.perf_counter()
        cannery.work_until(size)
        programme.catch_up()
        print(
            f"{Movement.objects.count():,} movements, {cannery.batches:,} batches, {Hours.objects.count():,} hours, "
            f"until {cannery.now:%Y}: written in {time.perf_counter() - began:.0f} s"
        )
        for name, question in questions(cannery).items():
            found.setdefault(name, []).append(measured(question))
    if asked.plans:
        for name in ("figures", "figures of the year so far, and before"):
            print(f"\n== {name}", *plans(questions(cannery)[name]), sep="\n")
    return 0 if report(asked.sizes, found) else 1


if __name__ == "__main__":
    sys.exit(main())
