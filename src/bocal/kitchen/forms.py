"""What people type in the kitchen: a batch in four steps, its correction, a release, a block, a move.

The fields of a batch follow what there is: one box per lot at hand, one per jar format and thermal load.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bocal.craft.measures import NBSP, format_grams
from bocal.journal.models import Lot
from bocal.kitchen.actions.checks import MOST_GRAMS, MOST_JARS, MOST_SOUP_ML
from bocal.kitchen.contents import Contents
from bocal.kitchen.models import Batch
from bocal.kitchen.queries import operators, produce_at_hand, quarantine_places, storing_places
from bocal.people.models import Person
from bocal.programme.models import Intervention
from bocal.recipes.models import JarFormat, Recipe
from bocal.recipes.queries import cookable_recipes, jar_formats
from bocal.surplus.forms import InterventionField
from bocal.territory.models import Place
from bocal.toolbox.fields import CountField, DayField, KilosField, LitresField, TimeField
from bocal.toolbox.forms import FilterForm, PeriodMixin, RecordForm
from bocal.toolbox.times import at_hour, paris_day, say_day_short

LOADS = (1, 2, 3)
USUAL_HOUR = time(12)


class ContentsMixin(forms.Form):
    """One box per lot at hand, one per jar format and load, and the rest of what comes out."""

    def offer(
        self,
        lots: Iterable[Lot],
        formats: Iterable[JarFormat],
        *,
        remain: Mapping[UUID, int],
        loads: Sequence[int] = LOADS,
    ) -> None:
        """Add the boxes; `remain` is the most that may be taken of each lot."""
        self.loads = loads
        self.lots = {lot.pk: lot for lot in lots}
        self.formats = list(formats)
        for lot in self.lots.values():
            most = remain[lot.pk]
            self.fields[f"input_{lot.pk}"] = KilosField(
                label=f"{lot.label} · {lot.code}",
                required=False,
                max_value=most,
                help_text=_("il reste %(kilos)s, %(day)s")
                % {"kilos": format_grams(most), "day": say_day_short(lot.made_on)},
            )
        for jar_format in self.formats:
            for load in loads:
                self.fields[f"jars_{jar_format.capacity_ml}_{load}"] = _jars_field(jar_format, load)
        self.fields |= {
            "soup_ml": LitresField(label=_("Soupe servie en vrac"), required=False, max_value=MOST_SOUP_ML),
            "waste_grams": KilosField(label=_("Épluchures et pertes"), required=False, max_value=MOST_GRAMS),
            "eaten_grams": KilosField(label=_("Mangé sur place"), required=False, max_value=MOST_GRAMS),
        }

    def input_fields(
        self, *, first: Collection[UUID] = (), fresh_since: date
    ) -> tuple[list[BoundField], list[BoundField]]:
        """The boxes of what goes in: those to see first, then the freshest; and, apart, what has been there long."""
        likely: list[BoundField] = []
        older: list[BoundField] = []
        in_order = sorted(
            self.lots.values(), key=lambda lot: (lot.pk in first, lot.made_on, lot.code), reverse=True
        )
        for lot in in_order:
            shown = lot.pk in first or lot.made_on >= fresh_since
            (likely if shown else older).append(self[f"input_{lot.pk}"])
        return likely, older

    def jar_fields(self, *loads: int) -> list[BoundField]:
        return [self[f"jars_{each.capacity_ml}_{load}"] for load in loads for each in self.formats]

    @property
    def contents(self) -> Contents:
        """What was typed, once it is clean."""
        said = self.cleaned_data
        return Contents.of(
            inputs=[(lot, grams) for key, lot in self.lots.items() if (grams := said.get(f"input_{key}"))],
            jars=list(self._jars()),
            soup_ml=said.get("soup_ml") or 0,
            waste_grams=said.get("waste_grams") or 0,
            eaten_grams=said.get("eaten_grams") or 0,
        )

    @property
    def quantities(self) -> dict[str, Any]:
        """The same as the actions take it."""
        contents = self.contents
        return {
            "inputs": [(each.lot, each.grams) for each in contents.inputs],
            "jars": [(each.capacity_ml, each.count, each.thermal_load) for each in contents.jars],
            "soup_ml": contents.soup_ml,
            "waste_grams": contents.waste_grams,
            "eaten_grams": contents.eaten_grams,
        }

    def _jars(self) -> Iterator[tuple[int, int, int]]:
        for jar_format in self.formats:
            for load in self.loads:
                if count := self.cleaned_data.get(f"jars_{jar_format.capacity_ml}_{load}"):
                    yield jar_format.capacity_ml, count, load


class BatchForm(ContentsMixin, RecordForm):
    """A batch, one step after the other: what is cooked, what goes in, what comes out."""

    recipe = forms.ModelChoiceField(
        cookable_recipes(), label=gettext_lazy("Recette"), empty_label=gettext_lazy("choisissez")
    )
    intervention = InterventionField(label=gettext_lazy("Pendant quelle intervention"))
    day = DayField(label=gettext_lazy("Le"))
    hour = TimeField(label=gettext_lazy("à"), required=False)
    operator = forms.ModelChoiceField(
        Person.objects.none(), label=gettext_lazy("Conduite par"), empty_label=None
    )
    kept_at = forms.ModelChoiceField(
        Place.objects.none(),
        label=gettext_lazy("Pots gardés en consigne à"),
        required=False,
        empty_label=None,
    )
    note = forms.CharField(
        label=gettext_lazy("Remarque"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    FIRST = ("recipe", "intervention", "day", "hour", "operator")
    LAST = ("soup_ml", "waste_grams", "eaten_grams", "kept_at", "note")

    def __init__(self, *args: Any, intervention: Intervention | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        today = timezone.localdate()
        at_hand = list(produce_at_hand())
        self.offer(at_hand, jar_formats(), remain={lot.pk: lot.remain for lot in at_hand})  # type: ignore[attr-defined]
        _choose(self, "operator", operators(today))
        _choose(self, "kept_at", quarantine_places())
        interventions = self.fields["intervention"]
        if isinstance(interventions, InterventionField):
            interventions.offer_around(today, also=intervention)

    def names_of(self, step: int) -> list[str]:
        """The fields of one step."""
        if step == 1:
            return list(self.FIRST)
        if step == 2:
            return [f"input_{key}" for key in self.lots]
        return [field.name for field in self.jar_fields(*self.loads)] + list(self.LAST)

    def first_wrong_step(self, *, before: int) -> int | None:
        """The first step before this one that has something to put right."""
        return next((step for step in range(1, before) if set(self.names_of(step)) & set(self.errors)), None)

    def step_of(self, field: str | None) -> int | None:
        """Where a field is; none for one that no step shows."""
        return next((step for step in (1, 2, 3) if field in self.names_of(step)), None)

    def carried(self, step: int) -> list[tuple[str, str]]:
        """What the other steps say, to be carried along: names and what was typed."""
        shown = set(self.names_of(step)) if step < 4 else set()
        typed = ((name, str(self.data.get(name, ""))) for name in self.fields if name not in shown)
        return [(name, text) for name, text in typed if text]

    def made_at(self, now: datetime) -> datetime:
        """The hour that was said; else now for today, and noon for another day."""
        day, hour = self.cleaned_data["day"], self.cleaned_data["hour"]
        if hour is None and day == paris_day(now):
            return now
        return at_hour(day, hour or USUAL_HOUR)


class CorrectBatchForm(ContentsMixin, RecordForm):
    """The quantities of a batch anew, and why."""

    reason = forms.CharField(label=gettext_lazy("Pourquoi cette correction"), max_length=300)

    def __init__(self, data: Any = None, *, batch: Batch, contents: Contents) -> None:
        initial = {
            **{f"input_{each.lot.pk}": each.grams for each in contents.inputs},
            **{f"jars_{each.capacity_ml}_{each.thermal_load}": each.count for each in contents.jars},
            "soup_ml": contents.soup_ml or None,
            "waste_grams": contents.waste_grams or None,
            "eaten_grams": contents.eaten_grams or None,
        }
        super().__init__(data, initial=initial)
        taken = {each.lot.pk: each.grams for each in contents.inputs}
        at_hand = {lot.pk: lot for lot in produce_at_hand().filter(owner=batch.account.owner_id)}
        remain = {key: lot.remain + taken.get(key, 0) for key, lot in at_hand.items()}  # type: ignore[attr-defined]
        lots = {each.lot.pk: each.lot for each in contents.inputs} | at_hand
        formats = {each.capacity_ml: each for each in jar_formats(at_hand=False)}
        used = {each.capacity_ml for each in contents.jars}
        self.offer(
            lots.values(),
            [each for each in formats.values() if each.active or each.capacity_ml in used],
            remain=taken | remain,
            loads=sorted({*LOADS, *(each.thermal_load for each in contents.jars)}),
        )


class SheetForm(RecordForm):
    """What a batch says without a quantity."""

    recipe = forms.ModelChoiceField(Recipe.objects.none(), label=gettext_lazy("Recette"))
    intervention = InterventionField(label=gettext_lazy("Pendant quelle intervention"))
    note = forms.CharField(
        label=gettext_lazy("Remarque"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, batch: Batch) -> None:
        recipe = batch.recipe_version.recipe
        kept = {"recipe": recipe.pk, "intervention": batch.intervention_id, "note": batch.note}
        super().__init__(data, initial=kept)
        same = Recipe.objects.filter(pk=recipe.pk)
        _choose(self, "recipe", (cookable_recipes() | same).order_by("search_name"))
        interventions = self.fields["intervention"]
        if isinstance(interventions, InterventionField):
            interventions.offer_around(paris_day(batch.made_at), also=batch.intervention)


class DecisionForm(RecordForm):
    """A dated decision and its written reason."""

    reason = forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    day = DayField(label=gettext_lazy("Le"))
    hour = TimeField(label=gettext_lazy("à"), required=False)

    def __init__(self, *args: Any, ask: str, hint: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].label = ask
        self.fields["reason"].help_text = hint

    def decided_at(self, now: datetime) -> datetime:
        day, hour = self.cleaned_data["day"], self.cleaned_data["hour"]
        if hour is None and day == paris_day(now):
            return now
        return at_hour(day, hour or USUAL_HOUR)


class ReasonForm(RecordForm):
    """Why something is taken back."""

    reason = forms.CharField(label=gettext_lazy("Pourquoi"), max_length=300)


class MoveForm(RecordForm):
    """How much of a lot goes from where to where."""

    source = forms.ModelChoiceField(Place.objects.none(), label=gettext_lazy("De"), empty_label=None)
    target = forms.ModelChoiceField(
        Place.objects.none(), label=gettext_lazy("Vers"), empty_label=gettext_lazy("choisissez")
    )

    def __init__(self, *args: Any, lot: Lot, held: Mapping[UUID, int], free: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        jars = lot.unit == Lot.Unit.PIECE
        field = CountField if jars else KilosField
        self.fields["quantity"] = field(
            label=_("Combien de pots") if jars else _("Combien"),
            min_value=1,
            max_value=max(held.values(), default=1),
        )
        _choose(self, "source", Place.objects.filter(pk__in=held).order_by("name", "id"))
        _choose(self, "target", storing_places() if free else quarantine_places())
        if not free:
            self.fields["target"].help_text = _("Pas encore libéré : en consigne seulement.")


class BatchFilterForm(PeriodMixin, FilterForm):
    """Which batches to list."""

    text = forms.CharField(label=gettext_lazy("Recette, lot ou n°"), max_length=60)


class StockFilterForm(FilterForm):
    """What to look for on the shelves."""

    text = forms.CharField(label=gettext_lazy("Produit ou lot"), max_length=60)
    place = forms.ModelChoiceField(
        storing_places(), label=gettext_lazy("Lieu"), empty_label=gettext_lazy("partout")
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Quoi"),
        choices=[
            ("", gettext_lazy("tout")),
            ("jars", gettext_lazy("pots")),
            ("produce", gettext_lazy("produits")),
        ],
    )


def _jars_field(jar_format: JarFormat, load: int) -> CountField:
    label = f"{jar_format.capacity_ml}{NBSP}ml"
    if jar_format.name:
        label = f"{label} · {jar_format.name}"
    if load > 1:
        label = _("%(jar)s, charge %(load)d") % {"jar": label, "load": load}
    field = CountField(label=label, required=False, max_value=MOST_JARS)
    field.unit = _("pots")
    return field


def _choose(form: forms.Form, name: str, choices: Any) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = choices
