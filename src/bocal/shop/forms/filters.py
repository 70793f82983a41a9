"""What to look for in the lists of the shop."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from bocal.journal.models import Transaction
from bocal.kitchen.queries import storing_places
from bocal.shop.actions import CHANNELS
from bocal.shop.models import Sale, Voucher
from bocal.toolbox.forms import FilterForm, PeriodMixin

Kind = Transaction.Kind

STANDING = [
    ("", gettext_lazy("toutes")),
    ("standing", gettext_lazy("qui tiennent")),
    ("cancelled", gettext_lazy("annulées")),
]


class _PlaceField(forms.ModelChoiceField):
    def __init__(self, label: Any) -> None:
        super().__init__(storing_places(), label=label, empty_label=gettext_lazy("partout"))


class SaleFilterForm(PeriodMixin, FilterForm):
    """Which sales to list."""

    currency = forms.ChoiceField(
        label=gettext_lazy("Paiement"), choices=[("", gettext_lazy("tous")), *Sale.Currency.choices]
    )
    place = _PlaceField(gettext_lazy("Vendu à"))
    state = forms.ChoiceField(label=gettext_lazy("État"), choices=STANDING)
    text = forms.CharField(label=gettext_lazy("N°, produit, lot ou structure"), max_length=60)


class ExitFilterForm(PeriodMixin, FilterForm):
    """Which exits to list."""

    channel = forms.ChoiceField(
        label=gettext_lazy("Devenus"),
        choices=[
            ("", gettext_lazy("tout")),
            *((kind.value, kind.label) for kind in (*CHANNELS, Kind.SALE_EUROS, Kind.SALE_MINUTES)),
        ],
    )
    place = _PlaceField(gettext_lazy("Pris à"))
    state = forms.ChoiceField(label=gettext_lazy("État"), choices=STANDING)
    text = forms.CharField(label=gettext_lazy("Lot, produit ou à qui"), max_length=60)


class VoucherFilterForm(FilterForm):
    """Which vouchers to list."""

    status = forms.ChoiceField(
        label=gettext_lazy("État"), choices=[("", gettext_lazy("tous")), *Voucher.Status.choices]
    )
    place = _PlaceField(gettext_lazy("À retirer à"))
    text = forms.CharField(label=gettext_lazy("N°, lot, produit ou prénom"), max_length=60)
