"""Cards are written, corrected without losing what they said, and move from *essai* to *validée*."""

from datetime import timedelta

import pytest

from bocal.craft.recipes.scaling import Ingredient
from bocal.people.queries import system_person
from bocal.recipes.actions import (
    Card,
    UnableToAddJarFormat,
    UnableToWriteRecipe,
    add_jar_format,
    change_recipe_status,
    correct_jar_format,
    find_or_add_jar_formats,
    find_or_write_recipe,
    rewrite_recipe,
    write_recipe,
)
from bocal.recipes.models import JarFormat, Recipe, RecipeVersion
from bocal.recipes.queries import (
    cookable_recipes,
    current_version,
    jar_formats,
    recipes,
    validated_by,
    versions_of,
)
from bocal.toolbox.acts import history_of
from bocal.toolbox.ids import new_id
from tests.programme.factories import NOW
from tests.recipes.factories import A_CARD, a_format, a_recipe

pytestmark = pytest.mark.django_db


def test_a_recipe_sent_twice_is_written_once():
    key = new_id()
    facts = {
        "title": "Coulis de tomate",
        "family": Recipe.Family.SAUCE,
        "card": A_CARD,
        "by": system_person(),
        "at": NOW,
    }
    assert write_recipe(id=key, **facts) == write_recipe(id=key, **facts)
    assert RecipeVersion.objects.count() == 1


def test_a_new_recipe_is_on_trial():
    recipe = write_recipe(
        id=new_id(), title="Ketchup", family=Recipe.Family.SAUCE, card=Card(), by=system_person(), at=NOW
    )
    assert recipe.status == Recipe.Status.TRIAL


@pytest.mark.parametrize("title", ["", "   ", "x" * 121])
def test_a_recipe_needs_a_title_that_can_be_read(title):
    with pytest.raises(UnableToWriteRecipe) as refusal:
        write_recipe(
            id=new_id(), title=title, family=Recipe.Family.OTHER, card=Card(), by=system_person(), at=NOW
        )
    assert refusal.value.field == "title"


def test_the_same_title_in_other_letters_is_the_same_recipe():
    a_recipe("Velouté de courge")
    with pytest.raises(UnableToWriteRecipe, match="déjà dans la gamme"):
        write_recipe(
            id=new_id(),
            title="VELOUTE  DE COURGE",
            family=Recipe.Family.SOUP,
            card=Card(),
            by=system_person(),
            at=NOW,
        )


def test_an_emoji_title_is_a_title():
    assert a_recipe("Confiture d'été 🍑").search_name


def test_a_corrected_card_is_a_new_version_and_the_old_one_stays():
    recipe = a_recipe()
    first = current_version(recipe)
    card = Card(produce="potimarron", ingredients=(Ingredient("oignon", 120),), steps="Autrement.")
    rewrite_recipe(
        id=new_id(), recipe=recipe, title="Velouté de potimarron", family=recipe.family, card=card,
        by=system_person(), at=NOW + timedelta(days=1),
    )  # fmt: skip
    now, before = versions_of(recipe)
    assert (now.number, now.produce, before) == (2, "potimarron", first)
    assert before.ingredients == [
        {"name": "oignon", "grams_per_kilo": 100},
        {"name": "sel", "grams_per_kilo": 8},
    ]
    change = history_of(recipe)[0].changes[0]
    assert (change.old, change.new) == ("Velouté de courge", "Velouté de potimarron")


def test_a_correction_sent_twice_makes_one_version():
    recipe, key = a_recipe(), new_id()
    for _time in range(2):
        rewrite_recipe(
            id=key,
            recipe=recipe,
            title=recipe.title,
            family=recipe.family,
            card=A_CARD,
            by=system_person(),
            at=NOW,
        )
    assert [version.number for version in versions_of(recipe)] == [2, 1]


def test_who_validated_a_recipe_is_known_while_it_is_validated():
    recipe = a_recipe(status=Recipe.Status.TO_VALIDATE)
    assert validated_by(recipe) is None
    change_recipe_status(
        recipe=recipe, status=Recipe.Status.VALIDATED, by=system_person(), at=NOW, reason="Goûtée"
    )
    act = validated_by(recipe)
    assert act is not None
    assert (act.actor_id, act.reason, act.at) == (system_person().pk, "Goûtée", NOW)
    change_recipe_status(recipe=recipe, status=Recipe.Status.TRIAL, by=system_person(), at=NOW)
    assert validated_by(recipe) is None


def test_saying_the_same_status_again_leaves_no_trace():
    recipe = a_recipe()
    before = len(history_of(recipe))
    change_recipe_status(recipe=recipe, status=recipe.status, by=system_person(), at=NOW)
    assert len(history_of(recipe)) == before


def test_a_recipe_put_away_is_not_offered_for_cooking():
    recipe = a_recipe()
    change_recipe_status(recipe=recipe, status=Recipe.Status.RETIRED, by=system_person(), at=NOW)
    assert not cookable_recipes().exists()
    assert recipes().get() == recipe


def test_an_imported_title_finds_its_recipe_or_writes_one_to_validate():
    known = a_recipe("Confiture de prune")
    assert find_or_write_recipe("  CONFITURE de prune ", by=system_person(), at=NOW) == known
    new = find_or_write_recipe("Soupe de légumes", by=system_person(), at=NOW)
    assert (new.status, new.family) == (Recipe.Status.TO_VALIDATE, Recipe.Family.SOUP)
    assert current_version(new).number == 1


def test_the_range_is_searched_without_accents():
    a_recipe("Velouté de courge")
    a_recipe("Coulis de tomate", family=Recipe.Family.SAUCE)
    assert [recipe.title for recipe in recipes(text="VELOUTE")] == ["Velouté de courge"]
    assert [recipe.title for recipe in recipes(family=Recipe.Family.SAUCE)] == ["Coulis de tomate"]


@pytest.mark.parametrize("capacity_ml", [0, 19, 10_001])
def test_a_jar_holds_what_a_jar_holds(capacity_ml):
    with pytest.raises(UnableToAddJarFormat, match="entre 20 et 10000 ml"):
        add_jar_format(id=new_id(), capacity_ml=capacity_ml, by=system_person(), at=NOW)


def test_a_format_is_there_once():
    a_format(385)
    with pytest.raises(UnableToAddJarFormat, match="déjà dans la liste"):
        add_jar_format(id=new_id(), capacity_ml=385, by=system_person(), at=NOW)


def test_a_format_put_away_keeps_its_history():
    jar = a_format(385)
    correct_jar_format(jar_format=jar, name="bocal à vis", active=False, by=system_person(), at=NOW)
    assert not jar_formats().exists()
    assert jar_formats(at_hand=False).get() == jar
    assert len(history_of(jar)) == 2


def test_formats_only_a_spreadsheet_knew_are_added():
    a_format(385)
    find_or_add_jar_formats([212, 385, 212], by=system_person(), at=NOW)
    assert list(JarFormat.objects.order_by("capacity_ml").values_list("capacity_ml", flat=True)) == [212, 385]
