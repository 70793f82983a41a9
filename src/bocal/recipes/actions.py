"""What can be done to the range: write a card, write it anew, change its standing, add a jar format.

A version of a card is written once. Correcting it writes the next version, so a batch of last year still shows
the card it followed. The acts say who validated a recipe and when.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bocal.craft.recipes.families import guess_family
from bocal.craft.recipes.scaling import Ingredient
from bocal.people.models import Person
from bocal.people.names import NAME_LENGTH, fold, tidy
from bocal.recipes.models import JarFormat, Recipe, RecipeVersion
from bocal.toolbox.acts import record_act, register_act, register_key, snapshot
from bocal.toolbox.ids import new_id
from bocal.toolbox.refusals import Refused
from bocal.toolbox.turns import take_turn

WRITTEN = register_act("recipes.written", gettext_lazy("a écrit la recette"))
REWRITTEN = register_act("recipes.rewritten", gettext_lazy("a corrigé la recette"))
STATUS_CHANGED = register_act("recipes.status_changed", gettext_lazy("a changé l'état de la recette"))
FORMAT_ADDED = register_act("recipes.format_added", gettext_lazy("a ajouté le format"))
FORMAT_CORRECTED = register_act("recipes.format_corrected", gettext_lazy("a corrigé le format"))
VERSION = register_key("version", gettext_lazy("version"))

SMALLEST_JAR_ML = 20
LARGEST_JAR_ML = 10_000
OF_RECIPE = ("title", "family", "status")


class UnableToWriteRecipe(Refused):
    """The card cannot be written as it was given."""


class UnableToAddJarFormat(Refused):
    """The format is not one of a jar."""


@dataclass(frozen=True, kw_only=True)
class Card:
    """What a card says; quantities are for one kilo of prepared produce."""

    produce: str = ""
    ingredients: tuple[Ingredient, ...] = ()
    steps: str = ""
    allergens: str = ""
    season: str = ""
    author: str = ""


@transaction.atomic
def write_recipe(
    *,
    id: UUID,
    title: str,
    family: str,
    card: Card,
    status: str = Recipe.Status.TRIAL,
    by: Person,
    at: datetime,
) -> Recipe:
    """Write a new recipe and the first version of its card."""
    take_turn(id)
    if existing := Recipe.objects.filter(id=id).first():
        return existing
    title = _checked_title(title)
    recipe = Recipe.objects.create(id=id, title=title, search_name=fold(title), family=family, status=status)
    _write_version(recipe, version_id=new_id(), card=card, by=by, at=at)
    record_act(what=WRITTEN, subject=recipe, by=by, at=at, after=snapshot(recipe, *OF_RECIPE))
    return recipe


@transaction.atomic
def rewrite_recipe(
    *, id: UUID, recipe: Recipe, title: str, family: str, card: Card, by: Person, at: datetime
) -> RecipeVersion:
    """Correct a card: the title and the family are the recipe's, all the rest is a new version named `id`."""
    take_turn(id)
    if existing := RecipeVersion.objects.filter(id=id).first():
        return existing
    before = {**snapshot(recipe, *OF_RECIPE), VERSION: _last_number(recipe)}
    recipe.title = _checked_title(title, except_for=recipe)
    recipe.search_name = fold(recipe.title)
    recipe.family = family
    recipe.save(update_fields=["title", "search_name", "family"])
    version = _write_version(recipe, version_id=id, card=card, by=by, at=at)
    after = {**snapshot(recipe, *OF_RECIPE), VERSION: version.number}
    record_act(what=REWRITTEN, subject=recipe, by=by, at=at, before=before, after=after)
    return version


@transaction.atomic
def change_recipe_status(
    *, recipe: Recipe, status: str, by: Person, at: datetime, reason: str = ""
) -> Recipe:
    """Move a recipe along: *essai*, *à valider*, *validée*, *retirée*, and back."""
    if recipe.status == status:
        return recipe
    before = snapshot(recipe, "status")
    recipe.status = status
    recipe.save(update_fields=["status"])
    after = snapshot(recipe, "status")
    record_act(what=STATUS_CHANGED, subject=recipe, by=by, at=at, before=before, after=after, reason=reason)
    return recipe


def find_or_write_recipe(title: str, *, by: Person, at: datetime) -> Recipe:
    """The recipe of that title, however it is spelt; written as *à valider* when it is new, its family guessed."""
    if known := Recipe.objects.filter(search_name=fold(title)).first():
        return known
    return write_recipe(
        id=new_id(),
        title=title,
        family=guess_family(title),
        card=Card(),
        status=Recipe.Status.TO_VALIDATE,
        by=by,
        at=at,
    )


@transaction.atomic
def add_jar_format(*, id: UUID, capacity_ml: int, name: str = "", by: Person, at: datetime) -> JarFormat:
    """Add a jar that will be filled; a format of that capacity is only ever there once."""
    take_turn(id)
    if existing := JarFormat.objects.filter(id=id).first():
        return existing
    if not SMALLEST_JAR_ML <= capacity_ml <= LARGEST_JAR_ML:
        raise UnableToAddJarFormat(
            _("Un pot contient entre %(least)d et %(most)d ml.")
            % {"least": SMALLEST_JAR_ML, "most": LARGEST_JAR_ML},
            field="capacity_ml",
        )
    if JarFormat.objects.filter(capacity_ml=capacity_ml).exists():
        raise UnableToAddJarFormat(
            _("Le format de %(ml)d ml est déjà dans la liste.") % {"ml": capacity_ml}, field="capacity_ml"
        )
    jar = JarFormat.objects.create(id=id, capacity_ml=capacity_ml, name=tidy(name)[:60])
    record_act(what=FORMAT_ADDED, subject=jar, by=by, at=at, after=snapshot(jar))
    return jar


@transaction.atomic
def correct_jar_format(
    *, jar_format: JarFormat, name: str, active: bool, by: Person, at: datetime
) -> JarFormat:
    """Rename a format, or put it away; its capacity never changes, jars were filled with it."""
    before = snapshot(jar_format)
    jar_format.name, jar_format.active = tidy(name)[:60], active
    after = snapshot(jar_format)
    if before != after:
        jar_format.save(update_fields=["name", "active"])
        record_act(what=FORMAT_CORRECTED, subject=jar_format, by=by, at=at, before=before, after=after)
    return jar_format


def find_or_add_jar_formats(capacities_ml: Iterable[int], *, by: Person, at: datetime) -> None:
    """Every capacity that was really filled is a format, even one that only a spreadsheet knew."""
    wanted = set(capacities_ml)
    known = set(JarFormat.objects.filter(capacity_ml__in=wanted).values_list("capacity_ml", flat=True))
    for capacity_ml in sorted(wanted - known):
        add_jar_format(id=new_id(), capacity_ml=capacity_ml, by=by, at=at)


def _checked_title(title: str, *, except_for: Recipe | None = None) -> str:
    title = tidy(title)
    if not fold(title):
        raise UnableToWriteRecipe(_("Donnez un titre à la recette."), field="title")
    if len(title) > NAME_LENGTH:
        raise UnableToWriteRecipe(
            _("Ce titre est trop long : %(most)d signes au plus.") % {"most": NAME_LENGTH}, field="title"
        )
    same = Recipe.objects.filter(search_name=fold(title))
    if except_for is not None:
        same = same.exclude(id=except_for.id)
    if known := same.first():
        raise UnableToWriteRecipe(
            _("« %(title)s » est déjà dans la gamme : corrigez sa fiche.") % {"title": known.title},
            field="title",
        )
    return title


def _write_version(
    recipe: Recipe, *, version_id: UUID, card: Card, by: Person, at: datetime
) -> RecipeVersion:
    return RecipeVersion.objects.create(
        id=version_id,
        recipe=recipe,
        number=_last_number(recipe) + 1,
        produce=card.produce,
        ingredients=[asdict(ingredient) for ingredient in card.ingredients],
        steps=card.steps,
        allergens=card.allergens,
        season=card.season,
        author=card.author,
        written_at=at,
        written_by=by,
    )


def _last_number(recipe: Recipe) -> int:
    last: int | None = recipe.versions.aggregate(last=Max("number"))["last"]
    return last or 0
