"""Words of the kitchen: the state of a lot, a quantity, the name of whoever has it.

Colour never speaks alone: each state has its word, its kind (the theme's colour and shape) and its icon.
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bocal.craft.measures import NBSP, format_grams, format_millilitres, format_number
from bocal.journal.models import Account, Decision, Lot


class State(NamedTuple):
    """A state as a chip shows it."""

    word: str | Promise
    kind: str
    icon: str


STATES = {
    Decision.Kind.START: State(gettext_lazy("à libérer"), "wait", "hourglass-split"),
    Decision.Kind.RELEASE: State(gettext_lazy("libéré"), "ok", "shield-check"),
    Decision.Kind.BLOCK: State(gettext_lazy("bloqué"), "no", "lock"),
    Decision.Kind.WITHDRAW: State(gettext_lazy("retiré"), "no", "slash-circle"),
    Decision.Kind.RECALL: State(gettext_lazy("rappelé"), "no", "exclamation-triangle"),
    Decision.Kind.DESTROY: State(gettext_lazy("détruit"), "no", "trash3"),
    Decision.Kind.PRIOR: State(gettext_lazy("antérieur à Bocal"), "", "clock-history"),
}


def state_named(state: str | None) -> State | None:
    """The chip of a lot's last decision; none for a lot nothing was decided about."""
    return STATES[Decision.Kind(state)] if state else None


def say_quantity(lot: Lot, quantity: int) -> str:
    """ "14,6 kg", "20 pots", "6,5 litres"."""
    if lot.unit == Lot.Unit.PIECE:
        jars = ngettext("%(count)s pot", "%(count)s pots", abs(quantity)) % {"count": format_number(quantity)}
        return jars.replace(" ", NBSP)
    return format_millilitres(quantity) if lot.unit == Lot.Unit.MILLILITRE else format_grams(quantity)


def name_lot(lot: Lot) -> str:
    """ "Velouté de courge, 385 ml", with the load when there were several."""
    if lot.capacity_ml is None:
        return lot.label
    jar = f"{lot.label}, {lot.capacity_ml}{NBSP}ml"
    return (
        jar
        if lot.thermal_load == 1
        else _("%(jar)s, charge %(load)d") % {"jar": jar, "load": lot.thermal_load}
    )


def name_account(account: Account, *, persons: bool = False) -> str:
    """Who or what has it. Residents keep their names to themselves, unless `persons` says otherwise."""
    if account.place:
        return account.place.name
    if account.organisation:
        return account.organisation.name
    if account.person:
        return account.person.name if persons else _("une personne")
    if account.kind == Account.Kind.SINK:
        return str(account.get_sink_display())
    return account.name or str(account.get_kind_display())
