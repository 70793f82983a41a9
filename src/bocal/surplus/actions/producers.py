"""A producer rings for the first time: she is written down with her offer, by name, in the same breath."""

from datetime import datetime
from difflib import get_close_matches

from django.utils.translation import gettext as _

from bocal.people.actions import record_organisation
from bocal.people.models import Organisation, Person
from bocal.people.names import fold, tidy
from bocal.people.queries import find_organisation, producers
from bocal.toolbox.ids import new_id
from bocal.toolbox.refusals import Refused


class UnknownProducer(Refused):
    """Nobody is known under that name, and nobody said that it is a new one."""


def find_or_record_producer(*, name: str, is_new: bool, by: Person, at: datetime) -> Organisation:
    """The producer of that name; an unknown one is only written down when somebody says she is new."""
    if known := find_organisation(Organisation.Kind.PRODUCER, name):
        return known
    name = tidy(name)
    if not fold(name):
        raise UnknownProducer(_("Dites chez qui."), field="producer")
    if not is_new:
        raise UnknownProducer(_unknown(name), field="producer")
    return record_organisation(id=new_id(), kind=Organisation.Kind.PRODUCER, name=name, by=by, at=at)


def _unknown(name: str) -> str:
    names = {producer.search_name: producer.name for producer in producers()}
    close = [names[found] for found in get_close_matches(fold(name), names, n=3, cutoff=0.6)]
    known = (
        _(" Vouliez-vous dire %(names)s ?") % {"names": _(" ou ").join(f"« {each} »" for each in close)}
        if close
        else ""
    )
    return (
        _("Nous ne connaissons pas encore « %(name)s ».") % {"name": name}
        + known
        + " "
        + _("Si c'est une nouvelle ferme, cochez la case et enregistrez.")
    )
