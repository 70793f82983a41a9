"""Filling an empty database with the demonstration, in one transaction."""

from datetime import date, datetime, timedelta
from importlib.resources import as_file, files

from django.db import transaction
from django.utils.translation import gettext as _

from bocal.frontdoor.demonstration.cast import record_cannery, record_cast
from bocal.frontdoor.demonstration.fortnight import record_fortnight
from bocal.journal.actions import open_journal
from bocal.parameters.actions import mark_demonstration
from bocal.parameters.queries import is_demonstration
from bocal.people.models import Person
from bocal.people.queries import everybody, system_person
from bocal.toolbox.ids import new_id
from bocal.toolbox.refusals import Refused
from bocal.toolbox.times import paris_day
from bocal.workbook.actions import import_season
from bocal.workbook.reading import open_workbook, read_season
from bocal.workbook.reading.files import fingerprint_of_file

OPENED_ON = date(2019, 1, 1)
WORKBOOK = "classeur-2017-2018.xlsx"


class UnableToDemonstrate(Refused):
    """The demonstration only ever goes into an empty database."""


@transaction.atomic
def load_demonstration(*, at: datetime) -> bool:
    """Load the demonstration as of `at`; False when it is there already, refused in a real cannery's database."""
    if is_demonstration():
        return False
    if everybody().exists():
        raise UnableToDemonstrate(
            _("Cette base est celle d'une vraie conserverie : la démonstration n'y entre pas.")
        )
    today = paris_day(at)
    by = system_person()
    mark_demonstration(since=today, at=at)
    record_cannery(by=by, at=at)
    open_journal(opened_on=OPENED_ON, at=at)
    _import_the_season(by, at)
    cast = record_cast(since=today - timedelta(days=400), by=by, at=at)
    record_fortnight(cast, today=today, at=at)
    return True


def _import_the_season(by: Person, at: datetime) -> None:
    with as_file(files(__package__) / "data" / WORKBOOK) as path:
        season = read_season(open_workbook(path))
        season.reconstructed = True
        import_season(
            season, id=new_id(), filename=WORKBOOK, file_hash=fingerprint_of_file(path), by=by, at=at
        )
