"""A box for each lot on a shelf: how many jars of it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from bocal.kitchen.presentation import name_lot
from bocal.shop.queries import Shelved
from bocal.toolbox.fields import CountField
from bocal.toolbox.times import at_hour, paris_day

USUAL_HOUR = time(18)


class Row(NamedTuple):
    """One lot of the shelf, with the boxes of its line."""

    shelved: Shelved
    name: str
    jars: BoundField
    price: BoundField | None = None


class ShelfMixin(forms.Form):
    """One box per lot of a shelf, named `jars_<lot>`."""

    shelf: Sequence[Shelved] = ()

    def put_on_shelf(self, shelf: Sequence[Shelved]) -> None:
        """Add a box for each lot."""
        self.shelf = shelf
        for each in shelf:
            label = _("Pots de %(lot)s") % {"lot": f"{name_lot(each.lot)} ({each.lot.code})"}
            self.fields[f"jars_{each.lot.pk}"] = CountField(label=label, required=False)

    @property
    def rows(self) -> list[Row]:
        return [
            Row(
                each,
                name_lot(each.lot),
                self[f"jars_{each.lot.pk}"],
                self[f"price_{each.lot.pk}"] if f"price_{each.lot.pk}" in self.fields else None,
            )
            for each in self.shelf
        ]

    @property
    def beside_shelf(self) -> list[BoundField]:
        """The boxes that stand on no line of the shelf."""
        return [field for field in self.visible_fields() if not field.name.startswith(("jars_", "price_"))]

    def asked(self) -> Iterator[tuple[Shelved, int]]:
        """The lots of which some jars are taken."""
        for each in self.shelf:
            if jars := self.cleaned_data.get(f"jars_{each.lot.pk}"):
                yield each, jars

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        boxes = {f"jars_{each.lot.pk}" for each in self.shelf}
        gone = [name for name in self.data if name.startswith("jars_") and name not in boxes]
        if any(str(self.data[name]).strip() for name in gone):
            self.add_error(
                None, _("Des pots que vous aviez choisis ne sont plus sur cette étagère : relisez la liste.")
            )
        elif not any(self.asked()) and not boxes & set(self.errors):
            self.add_error(None, _("Dites combien de pots : au moins un."))
        return cleaned


def moment_of(day: Any, now: datetime) -> datetime:
    """Now for today; the hour that exits have when nobody knows it, for another day."""
    return now if day == paris_day(now) else at_hour(day, USUAL_HOUR)
