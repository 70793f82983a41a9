"""A sale: how many of each lot on the shelf, at what price a jar or for what sum in all, and who buys."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bocal.craft import measures
from bocal.craft.apportioning import share_out
from bocal.people.models import Organisation, Person
from bocal.people.names import fold
from bocal.shop.actions import SaleLine
from bocal.shop.forms.shelf import ShelfMixin, moment_of
from bocal.shop.models import Sale
from bocal.shop.queries import Shelved, buyers, find_buyer
from bocal.toolbox.fields import DayField, DurationField, EurosField, MeasureField
from bocal.toolbox.forms import RecordForm
from bocal.toolbox.times import paris_day
from bocal.toolbox.widgets import SuggestedInput

MOST_CENTS_A_JAR = 100_00
MOST_CENTS = 10_000_00
MOST_MINUTES_A_JAR = 24 * 60
MOST_MINUTES = 1_000 * 60

Prices = Mapping[tuple[str, int | None], int]
"""What was last asked for one jar of each recipe and format."""


def _minutes(typed: measures.Typed) -> int:
    """A bare number is minutes here, where a jar is worth some: "30", "1 h 30"."""
    text = str(typed).strip()
    return measures.parse_minutes(f"{text} min" if text.isdecimal() else typed)


class MinutesField(DurationField):
    """Minutes typed as a number, or as a duration."""

    parse = staticmethod(_minutes)
    unit = gettext_lazy("min")
    example = "30"

    def say(self, value: int) -> str:
        return measures.format_minutes(value)

    def write(self, value: int) -> str:
        return str(value)


class SaleForm(ShelfMixin, RecordForm):
    """A sale from one shelf, in one currency."""

    buyer = forms.CharField(
        label=gettext_lazy("À qui"),
        required=False,
        max_length=120,
        widget=SuggestedInput(buyers),
        help_text=gettext_lazy("Vide : vente anonyme. Un nom tient le compte temps de la personne."),
    )
    day = DayField(label=gettext_lazy("Vendu le"))

    def __init__(
        self,
        data: Any = None,
        *,
        shelf: Sequence[Shelved],
        currency: str,
        prices: Prices,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial={"day": timezone.localdate(), **(initial or {})})
        self.currency = currency
        self.put_on_shelf(shelf)
        for each in shelf:
            label = _("Prix d'un pot (%(lot)s)") % {"lot": each.lot.code}
            price = prices.get((each.lot.label, each.lot.capacity_ml))
            self.fields[f"price_{each.lot.pk}"] = self._priced(label, price, of_one=True)
        self.fields["whole"] = self._priced(_("Somme reçue pour le tout"), None, of_one=False)
        self.fields["whole"].help_text = _(
            "Prix libre ? Notez ce qui a été donné. Vide : les prix ci-dessus."
        )

    def _priced(self, label: str, initial: int | None, *, of_one: bool) -> MeasureField:
        said: dict[str, Any] = {"label": label, "required": False, "initial": initial}
        if self.currency == Sale.Currency.EUROS:
            return EurosField(max_value=MOST_CENTS_A_JAR if of_one else MOST_CENTS, **said)
        return MinutesField(max_value=MOST_MINUTES_A_JAR if of_one else MOST_MINUTES, **said)

    def clean_buyer(self) -> Person | Organisation | None:
        typed = self.cleaned_data["buyer"]
        if not fold(typed):
            return None
        if found := find_buyer(typed):
            return found
        raise ValidationError(_unknown(typed), code="unknown")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("whole") is None and "whole" not in self.errors:
            for each, _jars in self.asked():
                name = f"price_{each.lot.pk}"
                if self.cleaned_data.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Dites le prix d'un pot, ou 0 s'il est offert."))
        return cleaned

    @property
    def lines(self) -> list[SaleLine]:
        """Lots, jars and what was paid for them, once all is clean."""
        asked = list(self.asked())
        worth = [self._price_of(each) * jars for each, jars in asked]
        whole: int | None = self.cleaned_data["whole"]
        if whole is not None:
            worth = share_out(whole, worth if any(worth) else [jars for _each, jars in asked])
        return [SaleLine(each.lot, jars, amount) for (each, jars), amount in zip(asked, worth, strict=True)]

    @property
    def reckoned(self) -> tuple[int, int | None]:
        """Jars and sum of what is understood so far; no sum while a price is missing."""
        asked = list(self.asked())
        whole: int | None = self.cleaned_data.get("whole")
        priced = all(self.cleaned_data.get(f"price_{each.lot.pk}") is not None for each, _jars in asked)
        if whole is None and priced:
            whole = sum(self._price_of(each) * jars for each, jars in asked)
        return sum(jars for _each, jars in asked), whole

    def _price_of(self, each: Shelved) -> int:
        return self.cleaned_data.get(f"price_{each.lot.pk}") or 0

    @property
    def bought_by(self) -> dict[str, Any]:
        """The buyer as the action takes her."""
        buyer = self.cleaned_data["buyer"]
        return {
            "buyer_person": buyer if isinstance(buyer, Person) else None,
            "buyer_organisation": buyer if isinstance(buyer, Organisation) else None,
        }

    def sold_at(self, now: datetime) -> datetime:
        return moment_of(self.cleaned_data["day"], now)


class CorrectSaleForm(SaleForm):
    """The sale as it really was, and why."""

    reason = forms.CharField(label=gettext_lazy("Pourquoi cette correction"), max_length=300)

    def __init__(self, *args: Any, sale: Sale, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sale = sale

    def sold_at(self, now: datetime) -> datetime:
        """The hour of the sale, unless it was on another day."""
        day = self.cleaned_data["day"]
        return self.sale.sold_at if day == paris_day(self.sale.sold_at) else moment_of(day, now)


def _unknown(typed: str) -> str:
    names = {fold(name): name for name in buyers()}
    close = [names[found] for found in get_close_matches(fold(typed), names, n=3, cutoff=0.6)]
    said = _("Nous ne connaissons pas « %(name)s ».") % {"name": typed}
    if close:
        known = _(" ou ").join(f"« {name} »" for name in close)
        said = f"{said} " + _("Vouliez-vous dire %(names)s ?") % {"names": known}
    return f"{said} " + _("Laissez vide pour une vente anonyme.")
