"""What people type about recipes: a card with its ingredients, its standing, a jar format."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bocal.craft.recipes.scaling import Ingredient
from bocal.recipes.actions import LARGEST_JAR_ML, SMALLEST_JAR_ML, Card
from bocal.recipes.models import Recipe, RecipeVersion
from bocal.toolbox.fields import CountField, KilosField
from bocal.toolbox.forms import FilterForm, RecordForm, RowForm

MOST_GRAMS_PER_KILO = 5_000
MOST_KILOS_AT_HAND = 5_000_000


class RecipeForm(RecordForm):
    """A card, less its ingredients, which are lines beside it."""

    title = forms.CharField(label=_("Titre"), max_length=120)
    family = forms.ChoiceField(label=_("Famille"), choices=Recipe.Family.choices)
    produce = forms.CharField(label=_("Produits"), max_length=200, required=False)
    season = forms.CharField(
        label=_("Saison"), max_length=60, required=False, help_text=_("par exemple « août à octobre »")
    )
    allergens = forms.CharField(
        label=_("Allergènes"),
        max_length=200,
        required=False,
        help_text=_("céleri, moutarde, lait, gluten, fruits à coque, sulfites… ou « aucun »"),
    )
    author = forms.CharField(label=_("De qui vient-elle"), max_length=120, required=False)
    steps = forms.CharField(
        label=_("Étapes"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("une étape par ligne"),
    )

    TEXTS = ("produce", "season", "allergens", "author", "steps")

    def card(self, rows: list[dict[str, Any]]) -> Card:
        """The card that was typed, with its ingredients."""
        ingredients = tuple(Ingredient(row["name"], row["grams_per_kilo"]) for row in rows)
        return Card(ingredients=ingredients, **{name: self.cleaned_data[name] for name in self.TEXTS})

    @classmethod
    def of(cls, recipe: Recipe, version: RecipeVersion) -> dict[str, Any]:
        """What the form shows of a card that is corrected."""
        texts = {name: getattr(version, name) for name in cls.TEXTS}
        return {"title": recipe.title, "family": recipe.family, **texts}


class IngredientForm(RowForm):
    """One ingredient for one kilo of prepared produce."""

    name = forms.CharField(label=_("Ingrédient"), max_length=80)
    grams_per_kilo = CountField(
        label=_("Pour 1 kg de produits préparés"), min_value=1, max_value=MOST_GRAMS_PER_KILO
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        grams = self.fields["grams_per_kilo"]
        if isinstance(grams, CountField):
            grams.unit = _("g")


class StatusForm(RecordForm):
    """Where the recipe stands, and why it moves."""

    status = forms.ChoiceField(label=_("État"), choices=Recipe.Status.choices)
    reason = forms.CharField(label=_("Pourquoi"), max_length=300, required=False)


class KilosForm(forms.Form):
    """The kilos at hand, in the address of the card (`?kg=25`)."""

    kg = KilosField(label=_("Pour"), required=False, min_value=1, max_value=MOST_KILOS_AT_HAND)


class RecipeFilterForm(FilterForm):
    """Which recipes to list."""

    text = forms.CharField(label=_("Titre"), max_length=60)
    family = forms.ChoiceField(label=_("Famille"), choices=[("", _("toutes")), *Recipe.Family.choices])
    status = forms.ChoiceField(label=_("État"), choices=[("", _("tous")), *Recipe.Status.choices])


class JarFormatForm(RecordForm):
    """A jar that is filled."""

    capacity_ml = CountField(label=_("Contenance"), min_value=SMALLEST_JAR_ML, max_value=LARGEST_JAR_ML)
    name = forms.CharField(
        label=_("Nom"), max_length=60, required=False, help_text=_("« pot à confiture », « bocal à joint »…")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        capacity = self.fields["capacity_ml"]
        if isinstance(capacity, CountField):
            capacity.unit = _("ml")


class CorrectJarFormatForm(RecordForm):
    """Its name, and whether it is still filled; its capacity never changes."""

    name = forms.CharField(label=_("Nom"), max_length=60, required=False)
    active = forms.BooleanField(label=_("On le remplit encore"), required=False)
