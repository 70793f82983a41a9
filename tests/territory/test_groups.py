"""Groups of communes: made once, renamed, filled, emptied, with their history."""

import pytest

from bocal.territory import actions, queries
from bocal.territory.models import CommuneGroup
from bocal.toolbox.acts import history_of
from bocal.toolbox.ids import new_id
from tests.territory.factories import NOW, SOMEBODY, a_commune, a_group

pytestmark = pytest.mark.django_db


def test_sending_twice_makes_one_group() -> None:
    id = new_id()
    first = a_group(id=id, communes=[a_commune()])
    assert a_group("Autre nom", id=id) == first
    assert CommuneGroup.objects.get(id=id).name == "Pays de Romans"
    assert len(history_of(first)) == 1


@pytest.mark.parametrize("name", ["", "   ", "-", "drome des collines", "DRÔME  DES-COLLINES", "x" * 121])
def test_a_name_that_is_empty_taken_or_too_long_is_refused(name: str) -> None:
    with pytest.raises(actions.UnableToRecordGroup) as refused:
        a_group(name)
    assert refused.value.field == "name"
    with pytest.raises(actions.UnableToChangeGroup):
        actions.change_group(group=a_group(), name=name, note="", by=SOMEBODY, at=NOW)


def test_a_group_may_keep_its_own_name() -> None:
    group = a_group(note="convention 2026")
    actions.change_group(group=group, name=" pays de romans ", note="convention 2027", by=SOMEBODY, at=NOW)
    group.refresh_from_db()
    assert (group.name, group.note) == ("pays de romans", "convention 2027")
    actions.change_group(group=group, name=group.name, note=group.note, by=SOMEBODY, at=NOW)
    assert len(history_of(group)) == 2  # nothing changed the second time: nothing to tell


def test_communes_come_and_go_and_the_history_names_them() -> None:
    group, romans, peyrins = a_group(), a_commune(), a_commune("Peyrins")
    assert actions.add_to_group(group=group, communes=[romans, peyrins], by=SOMEBODY, at=NOW) == [
        romans,
        peyrins,
    ]
    assert actions.add_to_group(group=group, communes=[romans], by=SOMEBODY, at=NOW) == []
    assert actions.remove_from_group(group=group, communes=[romans], by=SOMEBODY, at=NOW) == [romans]
    assert actions.remove_from_group(group=group, communes=[romans], by=SOMEBODY, at=NOW) == []
    assert queries.group_communes(group) == [peyrins]
    assert ["ajouté des communes" in line.sentence for line in history_of(group)] == [False, True, False]


def test_names_with_emoji_and_apostrophes_are_kept_as_typed() -> None:
    name = 'L’été 🍅 d\'"Œuilly" <b>'
    assert a_group(name).name == name


def test_groups_are_listed_with_their_size() -> None:
    a_group("Aînés", communes=[a_commune(), a_commune("Peyrins")])
    sizes = {group.name: group.size for group in queries.list_groups()}
    assert sizes == {"Aînés": 2, "Drôme des Collines": 47}
