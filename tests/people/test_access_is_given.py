"""Accounts, dated roles and read-only links: given, ended, never leaving the house without a key."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from bocal.people import actions, queries
from bocal.people.models import Person, ReadOnlyLink, User
from bocal.toolbox.acts import history_of
from bocal.toolbox.ids import new_id
from tests.people.factories import LONG_AGO, NOW, TODAY, a_house, a_person, somebody_who

pytestmark = pytest.mark.django_db


def names_held(person: Person, days: int = 0) -> list[str]:
    return [role.name for role in queries.roles_held(person, on=TODAY + timedelta(days=days))]


def test_a_role_is_held_from_its_first_to_its_last_day() -> None:
    """Six-month contracts: both ends included."""
    person = a_person()
    actions.give_role(
        id=new_id(),
        person=person,
        name="coordination",
        since=TODAY,
        until=TODAY + timedelta(days=3),
        by=None,
        at=NOW,
    )
    assert [names_held(person, days) for days in (-1, 0, 3, 4)] == [
        [],
        ["coordination"],
        ["coordination"],
        [],
    ]


def test_a_role_is_not_given_twice_over_the_same_days() -> None:
    """A second one is refused while the first runs, and welcome afterwards."""
    person, by_id = a_person(), new_id()
    first = actions.give_role(
        id=by_id, person=person, name="shop", since=TODAY, until=TODAY + timedelta(days=3), by=None, at=NOW
    )
    assert actions.give_role(id=by_id, person=person, name="shop", since=TODAY, by=None, at=NOW) == first
    with pytest.raises(actions.UnableToGiveAccess, match="déjà"):
        actions.give_role(id=new_id(), person=person, name="shop", since=LONG_AGO, by=None, at=NOW)
    actions.give_role(
        id=new_id(), person=person, name="shop", since=TODAY + timedelta(days=4), by=None, at=NOW
    )
    assert person.roles.count() == 2


def test_a_referent_is_one_of_a_house_and_only_a_referent_is() -> None:
    """The house is asked for where it means something and put aside elsewhere."""
    person, ors, nicolas = a_person(), a_house("Les Ors"), a_house("Saint-Nicolas")
    with pytest.raises(actions.UnableToGiveAccess, match="quelle structure"):
        actions.give_role(id=new_id(), person=person, name="referent", since=TODAY, by=None, at=NOW)
    for house in (ors, nicolas):
        actions.give_role(
            id=new_id(), person=person, name="referent", house=house, since=TODAY, by=None, at=NOW
        )
    shop = actions.give_role(id=new_id(), person=person, name="shop", house=ors, since=TODAY, by=None, at=NOW)
    assert shop.house is None


@pytest.mark.parametrize("name", ["inspector", "roi", ""])
def test_only_the_roles_of_the_house_are_given(name: str) -> None:
    """An inspector comes by a link; nobody becomes king."""
    with pytest.raises(actions.UnableToGiveAccess):
        actions.give_role(id=new_id(), person=a_person(), name=name, since=TODAY, by=None, at=NOW)


def test_a_role_taken_away_ends_at_once_and_says_why() -> None:
    """Withdrawn means now, even when it was given this morning."""
    person = a_person()
    role = actions.give_role(id=new_id(), person=person, name="treasurer", since=TODAY, by=None, at=NOW)
    actions.withdraw_role(role=role, by=None, at=NOW, reason="donné par erreur")
    assert names_held(person) == []
    assert history_of(role)[0].reason == "donné par erreur"


def test_ending_a_role_fixes_its_last_day() -> None:
    """The last day still counts; an end before the beginning is no end."""
    person = a_person()
    role = actions.give_role(id=new_id(), person=person, name="operator", since=TODAY, by=None, at=NOW)
    with pytest.raises(actions.UnableToGiveAccess, match="avant d'avoir commencé"):
        actions.end_role(role=role, on=LONG_AGO, by=None, at=NOW)
    actions.end_role(role=role, on=TODAY, by=None, at=NOW)
    assert [names_held(person, days) for days in (0, 1)] == [["operator"], []]


def test_the_last_administrator_cannot_be_taken_away() -> None:
    """By no way: role withdrawn, role ended, access closed, person no longer active."""
    director = somebody_who("director")
    [role] = queries.roles_held(director, on=TODAY)
    ways = [
        lambda: actions.withdraw_role(role=role, by=None, at=NOW),
        lambda: actions.end_role(role=role, on=TODAY + timedelta(days=30), by=None, at=NOW),
        lambda: actions.close_access(person=director, by=None, at=NOW),
        lambda: actions.correct_person(person=director, active=False, by=None, at=NOW),
    ]
    for way in ways:
        with pytest.raises(actions.UnableToGiveAccess, match="Plus personne"):
            way()
    director.refresh_from_db()
    assert director.active
    assert names_held(director, days=365) == ["director"]
    somebody_who("admin")
    actions.close_access(person=director, by=None, at=NOW)
    assert not User.objects.get(person=director).is_active


def test_warnings_until_two_can_administer_and_two_can_release() -> None:
    """The warning counts persons who can really enter today."""
    assert len(queries.access_warnings(on=TODAY)) == 2
    director = somebody_who("director")
    assert [sentence.startswith("Une seule") for sentence in queries.access_warnings(on=TODAY)] == [
        True,
        True,
    ]
    somebody_who("coordination")
    [only] = queries.access_warnings(on=TODAY)
    assert "donner les accès" in only
    somebody_who("admin")
    assert queries.access_warnings(on=TODAY) == []
    actions.close_access(person=director, by=None, at=NOW)
    assert len(queries.access_warnings(on=TODAY)) == 2


def test_an_address_opens_one_door() -> None:
    """Case and spaces put aside; somebody else's address is refused; one's own can change."""
    nadia, michel = a_person("Nadia"), a_person("Michel")
    user = actions.open_access(person=nadia, email="  Nadia@Exemple.FR ", by=None, at=NOW)
    assert user.email == "nadia@exemple.fr"
    with pytest.raises(actions.UnableToGiveAccess, match="quelqu'un d'autre"):
        actions.open_access(person=michel, email="NADIA@exemple.fr", by=None, at=NOW)
    actions.open_access(person=nadia, email="n.benali@exemple.fr", by=None, at=NOW)
    assert list(EmailAddress.objects.filter(user=user).values_list("email", "verified")) == [
        ("n.benali@exemple.fr", True)
    ]
    actions.open_access(person=michel, email="nadia@exemple.fr", by=None, at=NOW)


def test_nobody_enters_who_is_no_longer_active() -> None:
    """An access is opened for active persons, never for Bocal itself."""
    gone = a_person(active=False)
    with pytest.raises(actions.UnableToGiveAccess, match="plus en activité"):
        actions.open_access(person=gone, email="parti@exemple.fr", by=None, at=NOW)
    with pytest.raises(actions.UnableToGiveAccess, match="Bocal"):
        actions.open_access(person=queries.system_person(), email="bocal@exemple.fr", by=None, at=NOW)


def test_a_link_is_shown_once_and_kept_as_a_hash() -> None:
    """Sent twice, the form makes one link and never shows its token again."""
    by, key = a_person(), new_id()
    said = {"audience": "funder", "label": "CAF de la Drôme", "expires_at": NOW + timedelta(days=30)}
    link, token = actions.make_link(id=key, by=by, at=NOW, **said)
    assert len(token) >= 43
    assert actions.make_link(id=key, by=by, at=NOW, **said) == (link, "")
    assert token not in str(list(ReadOnlyLink.objects.values()))
    assert queries.link_for(token, at=NOW) == link


def test_a_link_that_is_cut_or_past_its_day_opens_nothing() -> None:
    """Unknown, cut, past: the same nothing."""
    link, token = actions.make_link(
        id=new_id(),
        audience="inspector",
        label="DDPP",
        expires_at=NOW + timedelta(days=2),
        by=a_person(),
        at=NOW,
    )
    assert queries.link_for(token, at=NOW + timedelta(days=2)) is None
    assert queries.link_for("inconnu", at=NOW) is None
    actions.cut_link(link=link, by=link.created_by, at=NOW)
    assert queries.link_for(token, at=NOW) is None
    assert queries.living_link(str(link.pk), at=NOW) is None


@pytest.mark.parametrize(
    ("audience", "label", "days"),
    [("roi", "x", 1), ("funder", " ", 1), ("funder", "x", 0), ("funder", "x", 367)],
)
def test_a_link_says_for_whom_and_for_how_long(audience: str, label: str, days: int) -> None:
    """An audience of the house, somebody it is given to, at most a year."""
    with pytest.raises(actions.UnableToGiveAccess):
        actions.make_link(
            id=new_id(),
            audience=audience,
            label=label,
            expires_at=NOW + timedelta(days=days),
            by=a_person(),
            at=NOW,
        )


def test_people_are_seen_by_those_who_should() -> None:
    """Coordination and direction see everybody, a référente her house, the others themselves."""
    ors, nicolas = a_house("Les Ors"), a_house("Saint-Nicolas")
    of_ors, of_nicolas = a_person("Une des Ors", house=ors), a_person("Un de Nicolas", house=nicolas)
    cast = {
        role: somebody_who(role)
        for role in ("coordination", "director", "operator", "shop", "treasurer", "admin")
    }
    cast["referent"] = somebody_who("referent", house=ors)
    volunteer = somebody_who("volunteer", house=ors)

    def seen_by(person: Person) -> set[Person]:
        held = queries.roles_held(person, on=TODAY)
        asker = queries.Asked(
            person,
            frozenset(role.name for role in held),
            frozenset(role.house_id for role in held if role.house_id),
        )
        return set(queries.visible_people(asker))

    everybody = {of_ors, of_nicolas, volunteer, *cast.values()}
    assert everybody <= seen_by(cast["coordination"])
    assert everybody <= seen_by(cast["director"])
    assert seen_by(cast["referent"]) == {of_ors, volunteer, cast["referent"]}
    for role in ("operator", "shop", "treasurer", "admin"):
        assert seen_by(cast[role]) == {cast[role]}
    assert seen_by(volunteer) == {volunteer}
    assert set(queries.visible_people(queries.Asked(None, frozenset({"inspector"}), frozenset()))) == set()
