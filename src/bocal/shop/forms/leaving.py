"""Jars that leave without being sold: what becomes of them, who receives them, when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from bocal.journal.models import Lot, Movement, Transaction
from bocal.kitchen.presentation import name_lot
from bocal.kitchen.queries import storing_places
from bocal.people.models import Organisation
from bocal.people.queries import find_organisation, houses, organisations, producers
from bocal.shop.forms.choosing import choose
from bocal.shop.forms.shelf import ShelfMixin, moment_of
from bocal.shop.queries import Shelved, jar_lots_somewhere
from bocal.territory.models import Place
from bocal.toolbox.fields import CountField, DayField
from bocal.toolbox.forms import RecordForm
from bocal.toolbox.times import paris_day
from bocal.toolbox.widgets import SuggestedInput

Kind = Transaction.Kind

GIVEN = (Kind.ON_THE_SPOT, Kind.TO_HOUSE, Kind.TO_PRODUCER, Kind.TO_ASSOCIATION)
LOST = (Kind.SAMPLE, Kind.BREAKAGE, Kind.DESTRUCTION)

NAMES: dict[str, tuple[str, str]] = {
    Kind.TO_PRODUCER: ("producer", Organisation.Kind.PRODUCER),
    Kind.TO_ASSOCIATION: ("association", Organisation.Kind.PARTNER),
}
"""For each channel that takes a name: its box, and the kind of organisation looked for."""


def _producers() -> list[str]:
    return [producer.name for producer in producers()]


def _partners() -> list[str]:
    return list(organisations(Organisation.Kind.PARTNER).filter(active=True).values_list("name", flat=True))


class LeavingMixin(forms.Form):
    """What becomes of jars, for whom and when. A name nobody knows is kept as it is written."""

    channel = forms.ChoiceField(label=gettext_lazy("Ce qu'ils deviennent"), widget=forms.RadioSelect)
    house = forms.ModelChoiceField(
        houses(),
        label=gettext_lazy("Quelle maison"),
        required=False,
        empty_label=gettext_lazy("maison non précisée"),
    )
    producer = forms.CharField(
        label=gettext_lazy("Quel producteur"),
        required=False,
        max_length=120,
        widget=SuggestedInput(_producers),
    )
    association = forms.CharField(
        label=gettext_lazy("Quelle association"),
        required=False,
        max_length=120,
        widget=SuggestedInput(_partners),
    )
    day = DayField(label=gettext_lazy("Le"))

    def offer_channels(self, *, client: bool) -> None:
        """The ways out; the client's only where there are jars of a client."""
        kinds = [*GIVEN, *([Kind.TO_CLIENT] if client else []), *LOST]
        self.fields["channel"].choices = [(kind.value, capfirst(kind.label)) for kind in kinds]  # type: ignore[attr-defined]

    @property
    def received_by(self) -> dict[str, Any]:
        """Who receives, as the action takes it."""
        channel = self.cleaned_data["channel"]
        if channel == Kind.TO_HOUSE:
            return {"organisation": self.cleaned_data["house"]}
        if channel not in NAMES:
            return {}
        box, kind = NAMES[channel]
        typed = self.cleaned_data[box]
        known = find_organisation(kind, typed) if typed else None
        return {"organisation": known, "recipient": "" if known else typed}


class ShareForm(LeavingMixin, ShelfMixin, RecordForm):
    """Jars of several lots of one place that leave together."""

    def __init__(
        self, data: Any = None, *, shelf: Sequence[Shelved], initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(
            data, initial={"day": timezone.localdate(), "channel": Kind.ON_THE_SPOT, **(initial or {})}
        )
        self.put_on_shelf(shelf)
        self.offer_channels(client=any(not each.is_ours for each in shelf))

    def happened_at(self, now: datetime) -> datetime:
        return moment_of(self.cleaned_data["day"], now)


class LotField(forms.ModelChoiceField):
    """A jar lot, by its name and its code."""

    def label_from_instance(self, lot: Any) -> str:
        return f"{name_lot(lot)} · {lot.code}"


class CorrectExitForm(LeavingMixin, RecordForm):
    """One exit as it really was, and why."""

    lot = LotField(Lot.objects.none(), label=gettext_lazy("Quels pots"), empty_label=None)
    jars = CountField(label=gettext_lazy("Combien de pots"), min_value=1)
    source = forms.ModelChoiceField(Place.objects.none(), label=gettext_lazy("Pris à"), empty_label=None)
    reason = forms.CharField(label=gettext_lazy("Pourquoi cette correction"), max_length=300)

    field_order = ("lot", "jars", "source", "channel", "house", "producer", "association", "day", "reason")

    def __init__(self, data: Any = None, *, moved: Movement, places: set[Any] | None = None) -> None:
        super().__init__(data, initial=_as_it_was(moved))
        self.moved = moved
        here = storing_places() if places is None else storing_places().filter(pk__in=places)
        choose(self, "lot", (jar_lots_somewhere() | Lot.objects.filter(movements=moved)).distinct())
        choose(self, "source", (here | Place.objects.filter(accounts=moved.source)).distinct())
        self.offer_channels(client=bool(moved.lot and moved.lot.nature == Lot.Nature.CUSTOM))

    def happened_at(self, now: datetime) -> datetime:
        """The hour it had, unless it was on another day."""
        was, day = self.moved.transaction.happened_at, self.cleaned_data["day"]
        return was if day == paris_day(was) else moment_of(day, now)


def _as_it_was(moved: Movement) -> dict[str, Any]:
    written, receiver = moved.transaction, moved.target.organisation
    name = receiver.name if receiver else written.exit.recipient
    box = NAMES.get(written.kind, ("", ""))[0]
    return {
        "lot": moved.lot_id,
        "jars": moved.quantity,
        "source": moved.source.place_id,
        "channel": written.kind,
        "day": paris_day(written.happened_at),
        "house": receiver.pk if receiver and written.kind == Kind.TO_HOUSE else None,
        **({box: name} if box else {}),
    }
