"""What is asked of the range: the cards, the version to cook from today, the formats in use."""

from collections.abc import Sequence

from django.db.models import Count, OuterRef, QuerySet, Subquery

from bocal.people.names import fold
from bocal.recipes.models import JarFormat, Recipe, RecipeVersion
from bocal.toolbox.models import Act


def recipes(*, text: str = "", status: str = "", family: str = "") -> QuerySet[Recipe]:
    """The range by title, each with the number of its current version and how many batches followed it."""
    found = Recipe.objects.annotate(
        batch_count=Count("versions__batches", distinct=True),
        version_number=Subquery(_versions_of(OuterRef("pk")).values("number")[:1]),
        season=Subquery(_versions_of(OuterRef("pk")).values("season")[:1]),
    ).order_by("search_name")
    if text:
        found = found.filter(search_name__contains=fold(text))
    if status:
        found = found.filter(status=status)
    if family:
        found = found.filter(family=family)
    return found


def cookable_recipes() -> QuerySet[Recipe]:
    """What may be chosen for a new batch: everything but what was put away."""
    return Recipe.objects.exclude(status=Recipe.Status.RETIRED).order_by("search_name")


def current_version(recipe: Recipe) -> RecipeVersion:
    """The card as it is written today."""
    return recipe.versions.order_by("-number")[0]


def versions_of(recipe: Recipe) -> Sequence[RecipeVersion]:
    """Every version of a card, the newest first."""
    return list(recipe.versions.select_related("written_by").order_by("-number"))


def validated_by(recipe: Recipe) -> Act | None:
    """The act that made the recipe *validée*, while it still is."""
    if recipe.status != Recipe.Status.VALIDATED:
        return None
    changes = Act.objects.filter(
        subject_type=Recipe._meta.label_lower, subject_id=recipe.pk, after__status=Recipe.Status.VALIDATED
    )
    return changes.order_by("-at").first()


def jar_formats(*, at_hand: bool = True) -> QuerySet[JarFormat]:
    """The formats from the smallest, those put away left out unless they are asked for."""
    formats = JarFormat.objects.order_by("capacity_ml")
    return formats.filter(active=True) if at_hand else formats


def _versions_of(recipe: OuterRef) -> QuerySet[RecipeVersion]:
    return RecipeVersion.objects.filter(recipe=recipe).order_by("-number")
