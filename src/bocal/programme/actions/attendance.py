"""Who came: heads by age band, without names.

What is written down replaces what was there; the history keeps both. A total with its children is enough, the rest
is then of unknown age. Nobody counted is no row at all; nobody came is a row that says zero.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bocal.craft.measures import format_number
from bocal.people.models import Person
from bocal.programme.actions.interventions import locked
from bocal.programme.models import MOST_HEADS, Attendance, Intervention
from bocal.toolbox.acts import record_act, register_act
from bocal.toolbox.refusals import Refused

Band = Attendance.Band

COUNTED = register_act("programme.attendance_counted", gettext_lazy("a compté les présences"))
UNCOUNTED = register_act("programme.attendance_uncounted", gettext_lazy("a effacé le comptage des présences"))


class UnableToCountAttendance(Refused):
    """The heads do not add up, or nobody can have come yet."""


def head_count(*, total: int | None, bands: Mapping[str, int | None]) -> dict[str, int]:
    """The count of each band from a total and the bands that were counted; the rest is of unknown age."""
    counts = {band: count for band, count in bands.items() if count is not None}
    counted = sum(counts.values())
    if total is None or (total == counted and counts):
        return counts
    if counted > total:
        raise UnableToCountAttendance(_too_many(counts, total), field="total")
    return counts | {Band.UNKNOWN: counts.get(Band.UNKNOWN, 0) + total - counted}


@transaction.atomic
def record_attendance(
    *, intervention: Intervention, counts: Mapping[str, int], by: Person, at: datetime
) -> Intervention:
    """Write down how many came in each age band; an empty count says that nobody counted."""
    intervention = locked(intervention)
    _refuse_what_cannot_be(intervention, counts)
    before = _counts_of(intervention)
    after = {band: counts[band] for band in Band.values if band in counts}
    if after == before:
        return intervention
    Attendance.objects.filter(intervention=intervention).exclude(band__in=after).delete()
    for band, count in after.items():
        Attendance.objects.update_or_create(intervention=intervention, band=band, defaults={"count": count})
    record_act(
        what=COUNTED if after else UNCOUNTED,
        subject=intervention,
        by=by,
        at=at,
        before=_said(before),
        after=_said(after),
    )
    return intervention


def _counts_of(intervention: Intervention) -> dict[str, int]:
    counts = dict(Attendance.objects.filter(intervention=intervention).values_list("band", "count"))
    return {band: counts[band] for band in Band.values if band in counts}


def _said(counts: Mapping[str, int]) -> dict[str, int]:
    """The counts under the names that the history shows."""
    return {str(Band(band).label): count for band, count in counts.items()}


def _refuse_what_cannot_be(intervention: Intervention, counts: Mapping[str, int]) -> None:
    if intervention.status == Intervention.Status.PLANNED:
        raise UnableToCountAttendance(
            _("Notez d'abord que l'intervention a eu lieu : les présences viennent ensuite.")
        )
    if strangers := set(counts) - set(Band.values):
        raise UnableToCountAttendance(
            _("Tranche d'âge inconnue : %(names)s.") % {"names": ", ".join(sorted(strangers))}
        )
    if any(count < 0 for count in counts.values()):
        raise UnableToCountAttendance(_("Un nombre de personnes ne peut pas être négatif."))
    if (total := sum(counts.values())) > MOST_HEADS:
        raise UnableToCountAttendance(
            _(
                "%(total)s personnes, c'est plus qu'une intervention ne peut en recevoir (%(most)s au plus) : vérifiez."
            )
            % {"total": format_number(total), "most": format_number(MOST_HEADS)},
            field="total",
        )


def _too_many(counts: Mapping[str, int], total: int) -> str:
    if set(counts) == {Band.CHILDREN}:
        return _("Il y a plus d'enfants (%(children)s) que de personnes en tout (%(total)s).") % {
            "children": format_number(counts[Band.CHILDREN]),
            "total": format_number(total),
        }
    return _("Les tranches d'âge font %(counted)s personnes, plus que le total (%(total)s).") % {
        "counted": format_number(sum(counts.values())),
        "total": format_number(total),
    }
