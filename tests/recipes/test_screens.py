"""The range on screen: written, scaled to the kilos at hand, corrected without losing a version."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bocal.recipes.models import JarFormat, Recipe
from bocal.recipes.queries import current_version
from bocal.toolbox.ids import new_id
from tests.people.factories import signed_in, somebody_who
from tests.recipes.factories import a_format, a_recipe

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordination():
    return signed_in(somebody_who("coordination", "Coordinatrice C."))


def said(response):
    return response.content.decode()


def a_card(*ingredients, **typed):
    form = {
        "id": str(new_id()), "title": "Chutney de poire", "family": "chutney", "steps": "Couper.\nCuire deux heures.",
        "ingredients-TOTAL_FORMS": str(len(ingredients)), "ingredients-INITIAL_FORMS": "0",
        "ingredients-MIN_NUM_FORMS": "0", "ingredients-MAX_NUM_FORMS": "50",
    } | typed  # fmt: skip
    for number, (name, grams) in enumerate(ingredients):
        line = {"id": str(new_id()), "name": name, "grams_per_kilo": grams}
        form |= {f"ingredients-{number}-{field}": value for field, value in line.items()}
    return form


def test_a_recipe_is_written_and_scaled_to_the_kilos_at_hand(coordination):
    answer = coordination.post(
        reverse("recipes:new_recipe"), a_card(("vinaigre", "200"), ("sucre", "250"), ("", ""))
    )
    recipe = Recipe.objects.get()
    assert (answer.url, recipe.status) == (reverse("recipes:recipe", args=[recipe.pk]), Recipe.Status.TRIAL)
    page = said(coordination.get(answer.url + "?kg=12,5"))
    assert "2,5\u00a0kg" in page
    assert "3,125\u00a0kg" in page
    assert "Cuire deux heures." in page


@pytest.mark.parametrize("kilos", ["0", "-2", "beaucoup", "9999999999", ""])
def test_kilos_that_are_none_give_the_card_for_one(coordination, kilos):
    recipe = a_recipe()
    answer = coordination.get(reverse("recipes:recipe", args=[recipe.pk]), {"kg": kilos})
    assert answer.status_code == 200
    assert "Pour 1\u00a0kg" in said(answer)


def test_a_recipe_sent_twice_is_written_once(coordination):
    form = a_card(("sucre", "250"))
    first, second = (coordination.post(reverse("recipes:new_recipe"), form) for _time in range(2))
    assert first.url == second.url
    assert Recipe.objects.count() == 1


def test_what_cannot_be_keeps_what_was_typed(coordination):
    a_recipe("Chutney de poire")
    page = said(coordination.post(reverse("recipes:new_recipe"), a_card(("sucre", "250"))))
    assert "déjà dans la gamme" in page
    assert "Cuire deux heures." in page
    page = said(
        coordination.post(reverse("recipes:new_recipe"), a_card(("sucre", "beaucoup"), title="Autre"))
    )
    assert 'value="beaucoup"' in page
    assert Recipe.objects.count() == 1


def test_a_corrected_card_shows_the_new_version_and_keeps_the_old(coordination):
    recipe = a_recipe()
    url = reverse("recipes:correct_recipe", args=[recipe.pk])
    assert 'value="oignon"' in said(coordination.get(url))
    coordination.post(url, a_card(("oignon", "150"), title=recipe.title, family="soup", steps="Autrement."))
    assert current_version(recipe).number == 2
    page = said(coordination.get(reverse("recipes:recipe", args=[recipe.pk])))
    assert "150 g" in page
    assert "version 1" in page
    old = said(coordination.get(reverse("recipes:recipe", args=[recipe.pk]) + "?version=1&kg=2"))
    assert "Vous lisez la version 1" in old
    assert "200 g" in old
    assert coordination.get(reverse("recipes:recipe", args=[recipe.pk]) + "?version=abc").status_code == 200


def test_a_recipe_is_validated_by_somebody_some_day(coordination):
    recipe = a_recipe(status=Recipe.Status.TO_VALIDATE)
    url = reverse("recipes:change_status", args=[recipe.pk])
    coordination.post(url, {"id": str(new_id()), "status": "validated", "reason": "Goûtée à dix"})
    page = said(coordination.get(reverse("recipes:recipe", args=[recipe.pk])))
    assert "par Coordinatrice C." in page
    assert "Goûtée à dix" in page
    coordination.post(url, {"id": str(new_id()), "status": "n'importe quoi"})
    recipe.refresh_from_db()
    assert recipe.status == Recipe.Status.VALIDATED


def test_formats_are_added_renamed_and_put_away(coordination):
    coordination.post(
        reverse("recipes:new_jar_format"), {"id": str(new_id()), "capacity_ml": "385", "name": "pot"}
    )
    jar = JarFormat.objects.get()
    assert "385 ml" in said(coordination.get(reverse("recipes:jar_formats")))
    again = said(
        coordination.post(reverse("recipes:new_jar_format"), {"id": str(new_id()), "capacity_ml": "385"})
    )
    assert "déjà dans la liste" in again
    huge = said(
        coordination.post(reverse("recipes:new_jar_format"), {"id": str(new_id()), "capacity_ml": "99999"})
    )
    assert "au plus" in huge
    coordination.post(reverse("recipes:jar_format", args=[jar.pk]), {"id": str(new_id()), "name": "bocal"})
    jar.refresh_from_db()
    assert (jar.name, jar.active) == ("bocal", False)
    assert "mis de côté" in said(coordination.get(reverse("recipes:jar_formats")))


def test_the_list_answers_its_filters_and_leaves_as_a_file(coordination):
    a_recipe()
    url = reverse("recipes:recipes")
    assert "Velouté de courge" in said(coordination.get(url + "?text=veloute&status=validated&family=soup"))
    assert "Rien ne correspond" in said(coordination.get(url + "?status=trial"))
    assert "Velouté de courge" in coordination.get(url + "?format=csv").content.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("role", "reads", "writes"), [("operator", 200, 200), ("director", 200, 403), ("shop", 403, 403)]
)
def test_who_reads_and_who_writes(role, reads, writes):
    client = signed_in(somebody_who(role))
    assert client.get(reverse("recipes:recipes")).status_code == reads
    assert client.get(reverse("recipes:new_recipe")).status_code == writes


def test_the_lists_cost_the_same_whatever_their_length(coordination):
    recipe = a_recipe()
    a_format()
    addresses = [
        reverse("recipes:recipes"),
        reverse("recipes:recipe", args=[recipe.pk]),
        reverse("recipes:jar_formats"),
    ]
    for address in addresses:
        coordination.get(address)
    before = [queries_of(coordination, address) for address in addresses]
    for number in range(30):
        a_recipe(f"Soupe {number}")
        a_format(400 + number)
    assert [queries_of(coordination, address) for address in addresses] == before
    assert max(before) <= 15


def queries_of(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
