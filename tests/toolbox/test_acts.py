"""Acts are written once and read back as sentences, without a name in them."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.utils.translation import gettext_lazy

from bocal.parameters.models import Setting
from bocal.territory.models import Commune, Place
from bocal.toolbox import acts
from bocal.toolbox.acts import Change, changes, history_of, record_act, register_act, register_key, snapshot
from bocal.toolbox.ids import new_id
from bocal.toolbox.models import Act, AlreadyWritten

NOON = datetime(2026, 11, 26, 11, 0, tzinfo=UTC)
NBSP = "\u00a0"


@dataclass
class Someone:
    """An actor, as the toolbox sees one."""

    pseudonym: str
    id: UUID = field(default_factory=new_id)


@pytest.fixture(autouse=True)
def _acts_of_these_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts, "_sentences", {})
    monkeypatch.setattr(acts, "_names_of", None)
    register_act("test.opened", gettext_lazy("a ouvert le réglage"))
    register_act("test.corrected", gettext_lazy("a corrigé le réglage"))


@pytest.fixture
def camille() -> Someone:
    return Someone("colibri")


@pytest.fixture
def setting() -> Setting:
    return Setting(key="share", value=50, since=date(2026, 1, 1), source="conseil", recorded_at=NOON)


@pytest.mark.django_db
def test_a_history_is_told_newest_first_with_what_changed_and_why(setting: Setting, camille: Someone) -> None:
    before = snapshot(setting, "source", "verified", "since")
    record_act(what="test.opened", subject=setting, by=camille, at=NOON, after=before)
    setting.source, setting.verified, setting.since = "l'assemblée", True, date(2026, 2, 1)
    record_act(
        what="test.corrected",
        subject=setting,
        by=None,
        at=NOON.replace(day=27),
        before=before,
        after=snapshot(setting, "source", "verified", "since"),
        reason="relu en réunion",
    )

    corrected, opened = history_of(setting)

    assert str(opened) == f"Jeudi 26 novembre 2026 à 12{NBSP}h, colibri a ouvert le réglage."
    assert opened.changes == ()
    assert str(corrected) == f"Vendredi 27 novembre 2026 à 12{NBSP}h, Bocal a corrigé le réglage."
    assert corrected.reason == "relu en réunion"
    assert corrected.changes == (
        Change("à partir du", "jeudi 1er janvier 2026", "dimanche 1er février 2026"),
        Change("source", "conseil", "l'assemblée"),
        Change("source vérifiée", "non", "oui"),
    )


@pytest.mark.django_db
def test_whoever_knows_the_names_lends_them_and_the_forgotten_keep_their_pseudonym(
    setting: Setting, camille: Someone
) -> None:
    forgotten = Someone("mésange")
    acts.name_actors_with(lambda ids: {camille.id: "Camille D'Été"} if camille.id in ids else {})
    record_act(what="test.opened", subject=setting, by=camille, at=NOON)
    record_act(what="test.corrected", subject=setting, by=forgotten, at=NOON.replace(day=27))
    told = [str(line) for line in history_of(setting)]
    assert "mésange a corrigé" in told[0]
    assert "Camille D'Été a ouvert" in told[1]


@pytest.mark.django_db
def test_each_record_has_its_own_history(setting: Setting, camille: Someone) -> None:
    other = Setting(key="share", value=40, since=date(2026, 3, 1), recorded_at=NOON)
    record_act(what="test.opened", subject=other, by=camille, at=NOON)
    assert history_of(setting) == []
    assert len(history_of(other)) == 1


@pytest.mark.django_db
def test_an_act_whose_code_is_gone_is_still_told(
    setting: Setting, camille: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_act(what="test.opened", subject=setting, by=camille, at=NOON)
    monkeypatch.setattr(acts, "_sentences", {})
    assert "colibri a modifié cette fiche." in str(history_of(setting)[0])


@pytest.mark.django_db
def test_keys_are_told_as_what_they_stand_for_in_one_query_per_table(
    camille: Someone, django_assert_num_queries: object
) -> None:
    communes = [
        Commune.objects.create(
            code=f"T{n:04}", name=f"Village {n}", search_name=f"village {n}", department="26"
        )
        for n in range(6)
    ]
    place = Place(name="Garage", kind=Place.Kind.GARAGE, commune=communes[0])
    for commune in communes[1:]:
        before = snapshot(place, "commune", "kind")
        place.commune = commune
        record_act(
            what="test.corrected",
            subject=place,
            by=camille,
            at=NOON,
            before=before,
            after=snapshot(place, "commune", "kind"),
        )
    with django_assert_num_queries(2):  # type: ignore[operator]
        lines = history_of(place)
    assert lines[0].changes == (Change("commune", "Village 4", "Village 5"),)
    assert lines[-1].changes == (Change("commune", "Village 0", "Village 1"),)


@pytest.mark.django_db
def test_an_act_without_a_sentence_is_refused_before_it_is_written(
    setting: Setting, camille: Someone
) -> None:
    with pytest.raises(LookupError, match="no sentence"):
        record_act(what="test.unheard_of", subject=setting, by=camille, at=NOON)
    assert not Act.objects.exists()


def test_one_code_has_one_sentence() -> None:
    with pytest.raises(ValueError, match="two sentences"):
        register_act("test.opened", "a fermé le réglage")


@pytest.mark.django_db
def test_an_act_is_neither_changed_nor_deleted(setting: Setting, camille: Someone) -> None:
    act = record_act(what="test.opened", subject=setting, by=camille, at=NOON)
    act.reason = "autre"
    with pytest.raises(AlreadyWritten):
        act.save()
    with pytest.raises(AlreadyWritten):
        act.delete()
    with pytest.raises(AlreadyWritten):
        Act.objects.all().update(reason="autre")
    with pytest.raises(AlreadyWritten):
        Act.objects.all().delete()
    assert Act.objects.get().reason == ""
    with pytest.raises(AlreadyWritten):
        Act.objects.bulk_update([act], ["reason"])


def test_a_snapshot_keeps_keys_and_refuses_a_field_that_is_not() -> None:
    place = Place(name="Réserve", kind=Place.Kind.STORE, commune_id="26281")
    assert snapshot(place, "name", "commune") == {"name": "Réserve", "commune": "26281"}
    assert set(snapshot(place)) == {"name", "kind", "commune", "address", "quarantine", "active"}
    assert snapshot(place, "search_name") == {"search_name": ""}
    with pytest.raises(KeyError):
        snapshot(place, "colour")


def test_changes_are_said_in_words_of_their_kind() -> None:
    assert changes(
        {
            "kind": "store",
            "quarantine": True,
            "address": "",
            "net_grams": 3500,
            "price_cents": 250,
            "tags": ["a"],
        },
        {
            "kind": "truck",
            "quarantine": False,
            "address": "Quai",
            "net_grams": 1,
            "price_cents": 0,
            "tags": [],
        },
        Place,
    ) == [
        Change("genre", "réserve", "camion"),
        Change("adresse", "", "Quai"),
        Change("consigne", "oui", "non"),
        Change("net grams", f"3,5{NBSP}kg", f"0,001{NBSP}kg"),
        Change("price cents", f"2,50{NBSP}€", f"0,00{NBSP}€"),
        Change("tags", "a", ""),
    ]


def test_a_field_that_appears_or_leaves_is_a_change() -> None:
    assert changes({"a": 1}, {"b": True}) == [Change("a", "1", ""), Change("b", "", "oui")]


@pytest.mark.parametrize(
    ("before", "after"), [(None, {"a": 1}), ({"a": 1}, None), ({}, {"a": 1}), (None, None)]
)
def test_a_birth_or_an_end_is_no_list_of_changes(
    before: dict[str, int] | None, after: dict[str, int] | None
) -> None:
    assert changes(before, after) == []


def test_a_moment_is_told_on_a_paris_clock_and_a_vanished_key_says_so() -> None:
    told = changes(
        {"recorded_at": "2026-11-26T11:00:00Z", "key": "a"},
        {"recorded_at": "n'importe quoi", "key": "a"},
        Setting,
    )
    assert told == [Change("noté le", f"jeudi 26 novembre 2026 à 12{NBSP}h", "n'importe quoi")]
    assert changes({"commune": "26281"}, {"commune": None}, Place) == [
        Change("commune", "une fiche disparue", "")
    ]


def test_a_key_that_is_no_field_says_what_it_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts, "_key_labels", {})
    key = register_key("waste_grams", gettext_lazy("pertes"))
    assert register_key("waste_grams", gettext_lazy("pertes")) == key
    assert changes({key: 1_500, "other_key": 1}, {key: 2_000, "other_key": 2}) == [
        Change("other key", "1", "2"),
        Change("pertes", f"1,5{NBSP}kg", f"2{NBSP}kg"),
    ]
    with pytest.raises(ValueError, match="two labels"):
        register_key("waste_grams", gettext_lazy("déchets"))
