"""Dated settings: declared, changed from a day on, explained, and the past keeps the value of its day."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bocal.parameters import actions, catalogue, queries
from bocal.parameters.catalogue import Kind, declare
from bocal.parameters.models import Setting
from bocal.toolbox.acts import history_of
from bocal.toolbox.ids import new_id
from tests.people.factories import NOW, TODAY, a_person, signed_in, somebody_who

KEY = "link_days"


def change(
    value: Any, since: date = TODAY, key: str = KEY, source: str = "conseil du 3 juin", **said: Any
) -> Setting:
    return actions.change_setting(
        id=new_id(), key=key, value=value, since=since, source=source, by=None, at=NOW, **said
    )


@pytest.fixture
def declared(monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting of each kind, for this test only."""
    monkeypatch.setattr(catalogue, "_declared", dict(catalogue._declared))
    common = {"help": "", "source": "test"}
    declare("a_price", kind=Kind.EUROS, label="un prix", default=1250, **common)
    declare("a_shift", kind=Kind.MINUTES, label="une durée", default=90, **common)
    declare("a_name", kind=Kind.TEXT, label="un nom", default="la monnaie-temps", **common)


@pytest.mark.django_db
def test_the_past_keeps_the_value_of_its_day() -> None:
    """The default until the first decision, then each value from its day on."""
    default = catalogue.declared(KEY).default
    change(60, TODAY)
    change(90, TODAY + timedelta(days=10))
    values = [queries.setting(KEY, TODAY + timedelta(days=days)) for days in (-1, 0, 9, 10)]
    assert values == [default, 60, 60, 90]


@pytest.mark.django_db
def test_a_second_value_for_the_same_day_corrects_the_first() -> None:
    """One value a day, and the mistake stays in the history."""
    first = change(60)
    second = change(66)
    assert (first.pk, queries.setting(KEY, TODAY)) == (second.pk, 66)
    [difference] = history_of(second)[0].changes
    assert (difference.old, difference.new) == ("60", "66")
    change(66)
    assert len(history_of(second)) == 2


@pytest.mark.django_db
def test_sent_twice_it_is_changed_once() -> None:
    """The form's id makes the second send a repetition."""
    key = new_id()
    said = {"id": key, "key": KEY, "value": 40, "since": TODAY, "source": "x", "by": a_person(), "at": NOW}
    assert actions.change_setting(**said) == actions.change_setting(**said)
    assert Setting.objects.get().decided_by == said["by"].pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", [{"value": 0}, {"value": 367}, {"value": "30"}, {"value": True}, {"value": 30, "source": " "}]
)
def test_a_value_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    """Out of bounds, not a number, or from nowhere."""
    with pytest.raises(actions.UnableToChangeSetting):
        change(**wrong)
    assert not Setting.objects.exists()


@pytest.mark.django_db
def test_a_setting_nobody_reads_cannot_be_set() -> None:
    """A misspelt key is a mistake of the program, and a page that is not there."""
    with pytest.raises(KeyError):
        change(1, key="lnk_days")
    with pytest.raises(KeyError):
        queries.setting("lnk_days", TODAY)
    client = signed_in(somebody_who("coordination"))
    assert client.get(reverse("parameters:setting", args=["lnk_days"])).status_code == 404


def test_a_key_is_declared_once() -> None:
    """Two apps cannot mean two things by one name."""
    with pytest.raises(ValueError, match=KEY):
        declare(KEY, kind=Kind.WHOLE, label="", help="", default=1, source="")


@pytest.mark.django_db
def test_a_setting_is_changed_on_its_page() -> None:
    """The page shows the value in words, takes the next one, and keeps both."""
    client = signed_in(somebody_who("director", "Diane Morel"))
    address = reverse("parameters:setting", args=[KEY])
    tomorrow = timezone.localdate() + timedelta(days=1)
    sent = {"id": new_id(), "value": "45", "since": tomorrow.isoformat(), "source": "conseil du 3 juin"}
    refused = client.post(address, {**sent, "value": "4500"})
    assert "de 1 à 366" in refused.content.decode()
    assert client.post(address, sent).status_code == 302
    shown = client.get(address).content.decode()
    assert "45\u00a0jours" in shown
    assert "à venir" in shown
    assert "conseil du 3 juin" in shown
    assert "30\u00a0jours" in client.get(reverse("parameters:settings")).content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("declared")
@pytest.mark.parametrize(
    ("key", "typed", "kept", "shown"),
    [
        ("a_price", "12,5", 1250, "12,50\u00a0€"),
        ("a_shift", "2 h 30", 150, "2\u00a0h\u00a030"),
        ("a_name", "la noisette", "la noisette", "la noisette"),
    ],
)
def test_each_kind_is_typed_and_shown_its_own_way(key: str, typed: str, kept: Any, shown: str) -> None:
    """Euros, durations and words."""
    client = signed_in(somebody_who("coordination"))
    address = reverse("parameters:setting", args=[key])
    client.post(address, {"id": new_id(), "value": typed, "since": TODAY.isoformat(), "source": "x"})
    assert queries.setting(key, TODAY) == kept
    assert shown in client.get(address).content.decode()


@pytest.mark.django_db
def test_who_only_looks_cannot_change() -> None:
    """The technical administrator reads the values, without a form, and a form sent all the same changes nothing."""
    client: Client = signed_in(somebody_who("admin"))
    address = reverse("parameters:setting", args=[KEY])
    assert client.get(address).context["form"] is None
    client.post(address, {"id": new_id(), "value": "45", "since": TODAY.isoformat(), "source": "x"})
    assert not Setting.objects.exists()


@pytest.mark.django_db
def test_the_mark_of_a_demonstration_is_put_once_for_ever() -> None:
    """Marked twice, it is marked."""
    assert not queries.is_demonstration()
    for _time in range(2):
        actions.mark_demonstration(since=TODAY, at=NOW)
    assert queries.is_demonstration()
    assert Setting.objects.count() == 1


@pytest.mark.django_db
def test_a_text_is_rewritten_and_its_former_wordings_stay() -> None:
    """The last wording wins; the others are its history; an endless one is refused."""
    assert queries.texts(["value"]) == {}
    for number, body in enumerate(("La solidarité", "  La solidarité, ensemble ")):
        at = NOW + timedelta(minutes=number)
        actions.rewrite_text(id=new_id(), slug="value", body=body, by=a_person(f"Auteur {number}"), at=at)
    assert queries.texts(["value", "other"]) == {"value": "La solidarité, ensemble"}
    assert [text.body for text in queries.wordings_of("value")] == [
        "La solidarité, ensemble",
        "La solidarité",
    ]
    with pytest.raises(actions.UnableToRewriteText, match="trop long"):
        actions.rewrite_text(id=new_id(), slug="value", body="x" * 3000, by=None, at=NOW)
