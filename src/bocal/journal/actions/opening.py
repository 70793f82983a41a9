"""The day the journal opens: what was made before it may come in without a release, nothing after."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bocal.journal.actions.refusals import said_in_french
from bocal.journal.models import Opening
from bocal.toolbox.refusals import Refused
from bocal.toolbox.times import say_day


class UnableToOpenJournal(Refused):
    """The journal opens once, and not in the future."""


def open_journal(*, opened_on: date, at: datetime) -> Opening:
    """Open the journal; saying the same day again changes nothing."""
    if existing := Opening.objects.first():
        if existing.opened_on == opened_on:
            return existing
        raise UnableToOpenJournal(
            _("Le journal est déjà ouvert depuis le %(day)s.") % {"day": say_day(existing.opened_on)}
        )
    with said_in_french(UnableToOpenJournal), transaction.atomic():
        return Opening.objects.create(opened_on=opened_on, recorded_at=at)
