"""Vouchers: how many, of which jars, to be collected where; and why one is taken back."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bocal.craft.measures import format_number
from bocal.journal.models import Lot
from bocal.kitchen.presentation import name_lot
from bocal.shop.forms.choosing import choose
from bocal.shop.queries import promisable_lots
from bocal.territory.models import Place
from bocal.toolbox.fields import CountField
from bocal.toolbox.forms import RecordForm

MOST_AT_ONCE = 60


class PromisableField(forms.ModelChoiceField):
    """A lot, with how many of its jars may still be promised."""

    def label_from_instance(self, lot: Any) -> str:
        left = ngettext("%(left)s pot à promettre", "%(left)s pots à promettre", lot.to_promise)
        return f"{name_lot(lot)} · {lot.code} · {left % {'left': format_number(lot.to_promise)}}"


class IssueForm(RecordForm):
    """One voucher, or a sheet of them, all alike."""

    lot = PromisableField(
        Lot.objects.none(), label=gettext_lazy("Quels pots"), empty_label=gettext_lazy("à choisir")
    )
    jars = CountField(label=gettext_lazy("Pots par bon"), min_value=1, initial=1)
    count = CountField(label=gettext_lazy("Combien de bons"), min_value=1, max_value=MOST_AT_ONCE, initial=1)
    place = forms.ModelChoiceField(
        Place.objects.none(), label=gettext_lazy("À retirer à"), empty_label=gettext_lazy("à choisir")
    )
    holder = forms.CharField(
        label=gettext_lazy("Pour"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Un prénom, ou rien : le bon suffit."),
    )

    def __init__(self, *args: Any, places: Iterable[Place], **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "lot", promisable_lots())
        choose(
            self, "place", Place.objects.filter(pk__in=[each.pk for each in places]).order_by("name", "id")
        )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("holder") and self.cleaned_data.get("count", 1) > 1:
            self.add_error("holder", _("Un nom va sur un seul bon : faites-les un par un, ou laissez vide."))
        return cleaned


class FetchForm(RecordForm):
    """From where the missing jars of a voucher are brought."""

    source = forms.ModelChoiceField(
        Place.objects.none(), label=gettext_lazy("Les apporter de"), empty_label=None
    )

    def __init__(self, *args: Any, places: Iterable[Place], **options: Any) -> None:
        super().__init__(*args, **options)
        choose(
            self, "source", Place.objects.filter(pk__in=[each.pk for each in places]).order_by("name", "id")
        )


class ReasonForm(RecordForm):
    """Why something is taken back."""

    reason = forms.CharField(label=gettext_lazy("Pourquoi"), max_length=300)
