"""Recipes and formats as the tests need them, written by the real actions."""

from typing import Any

from bocal.craft.recipes.scaling import Ingredient
from bocal.people.queries import system_person
from bocal.recipes.actions import Card, add_jar_format, write_recipe
from bocal.recipes.models import JarFormat, Recipe, RecipeVersion
from bocal.recipes.queries import current_version
from bocal.toolbox.ids import new_id
from tests.programme.factories import NOW

A_CARD = Card(
    produce="courge",
    ingredients=(Ingredient("oignon", 100), Ingredient("sel", 8)),
    steps="Éplucher.\nCuire.\nMixer.",
    allergens="lait",
    season="octobre à février",
    author="Hélène",
)


def a_recipe(title: str = "Velouté de courge", **said: Any) -> Recipe:
    """A recipe that may be released, unless said otherwise."""
    known = Recipe.objects.filter(title=title).first()
    facts: dict[str, Any] = {
        "family": Recipe.Family.SOUP,
        "card": A_CARD,
        "status": Recipe.Status.VALIDATED,
        "at": NOW,
    }
    return known or write_recipe(id=new_id(), title=title, by=system_person(), **(facts | said))


def a_version(title: str = "Velouté de courge", **said: Any) -> RecipeVersion:
    return current_version(a_recipe(title, **said))


def a_format(capacity_ml: int = 385) -> JarFormat:
    known = JarFormat.objects.filter(capacity_ml=capacity_ml).first()
    return known or add_jar_format(id=new_id(), capacity_ml=capacity_ml, by=system_person(), at=NOW)
