"""Forms record once, say refusals where they belong, and lose nothing that was typed."""

from typing import Any
from uuid import UUID

import pytest
from django import forms
from django.http import QueryDict

from bocal.toolbox.fields import CountField, KilosField
from bocal.toolbox.forms import FilterForm, PeriodMixin, RecordForm, RowForm, rows_of
from bocal.toolbox.ids import new_id
from bocal.toolbox.refusals import Refused

TORN = "La page s'est abîmée en route. Rechargez-la, puis recommencez."


class Offer(RecordForm):
    """A form as an app would write it."""

    layout = (("Quoi", ("product", "weight")), ("Quand", ("day", "not_there")))
    product = forms.CharField()
    weight = KilosField()
    day = forms.CharField(required=False)
    note = forms.CharField(required=False)


class Weighing(RowForm):
    """A line of a form with several."""

    product = forms.CharField()
    weight = KilosField()
    unit = forms.ChoiceField(choices=[("kg", "kg"), ("crate", "caisse")], initial="kg", required=False)
    organic = forms.BooleanField(required=False)


def sent(**fields: object) -> QueryDict:
    """As a browser sends it."""
    query = QueryDict(mutable=True)
    for name, value in fields.items():
        query[name] = str(value)
    return query


def test_each_form_that_is_shown_brings_its_own_id_and_keeps_it() -> None:
    form = Offer()
    shown = form["id"].value()
    assert UUID(shown).version == 7
    assert f'<input type="hidden" name="id" value="{shown}"' in str(form["id"])
    assert Offer()["id"].value() != shown


def test_the_id_that_was_sent_is_the_one_that_is_recorded() -> None:
    made = new_id()
    form = Offer(sent(id=made, product="courgette", weight="60"))
    assert form.is_valid()
    assert form.cleaned_data["id"] == made


@pytest.mark.parametrize("spoilt", ["", "1", "'; DROP TABLE offers", "\x00", "9" * 10_000])
def test_a_spoilt_id_is_said_above_the_form_where_it_can_be_read(spoilt: str) -> None:
    form = Offer(sent(id=spoilt, product="courgette", weight="60"))
    assert not form.is_valid()
    assert form.non_field_errors() == [TORN]
    assert "id" not in form.errors
    assert form["product"].value() == "courgette"


def test_sections_group_the_fields_and_forget_none() -> None:
    told = [(section.title, [field.name for field in section.fields]) for section in Offer().sections]
    assert told == [("", ["note"]), ("Quoi", ["product", "weight"]), ("Quand", ["day"])]


def test_a_form_without_a_layout_is_one_section() -> None:
    class Plain(RecordForm):
        word = forms.CharField()

    assert [(section.title, len(section.fields)) for section in Plain().sections] == [("", 1)]


def test_a_refusal_is_shown_above_the_form_or_at_its_field() -> None:
    form = Offer(sent(id=new_id(), product="courgette", weight="60"))
    assert form.is_valid()
    form.add_refusal(Refused("Le camion est pris.", "L'étagère est pleine."))
    form.add_refusal(Refused("Trop lourd pour le camion.", field="weight"))
    form.add_refusal(Refused("Autre chose.", field="not_a_field"))
    assert form.non_field_errors() == ["Le camion est pris.", "L'étagère est pleine.", "Autre chose."]
    assert form.errors["weight"] == ["Trop lourd pour le camion."]
    assert form["product"].value() == "courgette"


def rows(*lines: dict[str, str], **options: Any) -> Any:
    """The lines as a browser sends them, some with their untouched choices."""
    fields: dict[str, object] = {"rows-TOTAL_FORMS": len(lines), "rows-INITIAL_FORMS": 0}
    for place, line in enumerate(lines):
        fields |= {f"rows-{place}-{name}": value for name, value in {"id": str(new_id()), **line}.items()}
    return rows_of(Weighing, prefix="rows", data=sent(**fields), **options)


def test_blank_lines_are_nothing_wherever_they_stand() -> None:
    lines = rows(
        {"product": "", "weight": " ", "unit": "kg"},
        {"product": "courgette", "weight": "60", "unit": "kg"},
        {"product": "", "weight": "", "unit": "kg"},
        {"product": "poire", "weight": "12,5", "unit": "crate", "organic": "on"},
    )
    assert lines.is_valid()
    assert [(row["product"], row["weight"]) for row in lines.filled] == [
        ("courgette", 60_000),
        ("poire", 12_500),
    ]
    assert all(isinstance(row["id"], UUID) for row in lines.filled)


def test_a_line_half_filled_is_asked_for_the_rest() -> None:
    lines = rows({"product": "courgette", "weight": ""}, {"product": "", "weight": ""})
    assert not lines.is_valid()
    assert list(lines.errors[0]) == ["weight"]
    assert lines.errors[1] == {}


def test_a_line_that_was_offered_counts_when_it_is_left_and_not_when_it_is_emptied() -> None:
    offered = [{"product": "courgette", "weight": 60_000}, {"product": "poire", "weight": 5_000}]
    fields: dict[str, object] = {"rows-TOTAL_FORMS": 2, "rows-INITIAL_FORMS": 2}
    fields |= {"rows-0-id": new_id(), "rows-0-product": "courgette", "rows-0-weight": "60"}
    fields |= {"rows-1-id": new_id(), "rows-1-product": "", "rows-1-weight": ""}
    lines = rows_of(Weighing, prefix="rows", data=sent(**fields), initial=offered)
    assert lines.is_valid()
    assert [row["product"] for row in lines.filled] == ["courgette"]


def test_lines_copied_in_the_page_get_ids_of_their_own_that_stay_when_sent_again() -> None:
    model = str(new_id())
    copies = [{"id": model, "product": product, "weight": "1"} for product in ("courgette", "poire", "ail")]
    first, again = rows(*copies), rows(*copies)
    assert first.is_valid()
    assert again.is_valid()
    ids = [row["id"] for row in first.filled]
    assert str(ids[0]) == model
    assert len(set(ids)) == 3
    assert ids == [row["id"] for row in again.filled]


def test_a_line_whose_id_was_spoilt_is_said_above_it() -> None:
    lines = rows({"id": "1", "product": "poire", "weight": "1"})
    assert not lines.is_valid()
    assert lines.errors[0] == {"__all__": [TORN]}


def test_lines_are_shown_with_blank_ones_to_fill() -> None:
    shown = rows_of(Weighing, prefix="rows", extra=2, initial=[{"product": "courgette"}])
    assert len(shown.forms) == 3
    assert len({form["id"].value() for form in shown.forms}) == 3


def test_too_many_lines_and_a_torn_page_get_a_sentence() -> None:
    many = rows(*[{"product": f"p{n}", "weight": "1"} for n in range(6)], most=5)
    assert not many.is_valid()
    assert "5" in many.non_form_errors()[0]
    torn = rows_of(Weighing, prefix="rows", data=sent(product="x"))
    assert not torn.is_valid()
    assert torn.non_form_errors() == [TORN]
    absurd = rows_of(
        Weighing, prefix="rows", data=sent(**{"rows-TOTAL_FORMS": 10**9, "rows-INITIAL_FORMS": 0})
    )
    assert not absurd.is_valid()
    assert len(absurd.forms) <= 100


def test_a_refusal_about_the_lines_is_shown_above_them() -> None:
    lines = rows({"product": "courgette", "weight": "60"})
    assert lines.is_valid()
    lines.add_refusal(Refused("Plus de kilos que de collecte."))
    assert lines.non_form_errors() == ["Plus de kilos que de collecte."]


class Collections(PeriodMixin, FilterForm):
    """The filters of a list."""

    nature = forms.ChoiceField(choices=[("gift", "don"), ("purchase", "achat")])
    at_least = CountField(label="au moins")
    word = forms.CharField()


def test_filters_are_read_from_the_address() -> None:
    form = Collections(QueryDict("from=2017-07-01&to=&nature=gift&at_least=3&page=2"))
    assert {name: str(value) for name, value in form.values.items()} == {
        "from": "2017-07-01",
        "nature": "gift",
        "at_least": "3",
    }
    assert form.ignored == []


def test_an_address_without_filters_filters_nothing() -> None:
    form = Collections(QueryDict(""))
    assert form.values == {}
    assert form.ignored == []


def test_junk_is_kept_as_typed_and_said_to_be_ignored() -> None:
    form = Collections(QueryDict("from=31/02/2018&nature=vol&at_least=10000&word=ok"))
    assert form.values == {"word": "ok"}
    assert len(form.ignored) == 3
    assert form.ignored[0] == (
        "« 31/02/2018 » n'est pas un jour du calendrier. Écrivez par exemple 03/02/2018. Ce filtre est ignoré."
    )
    assert form["from"].value() == "31/02/2018"
    assert form["at_least"].value() == "10000"


def test_a_period_turned_round_filters_nothing_and_says_why() -> None:
    form = Collections(QueryDict("from=2018-12-31&to=2017-07-01&word=ok"))
    assert form.values == {"word": "ok"}
    assert "avant de commencer" in form.ignored[0]


@pytest.mark.parametrize(
    "query", ["from=%00", "nature=%F0%9F%A5%92", "word=" + "x" * 5000, "from=a&from=b", "%FF=%FF"]
)
def test_no_address_breaks_a_list(query: str) -> None:
    form = Collections(QueryDict(query))
    assert set(form.values) <= {"word"}
    assert all(sentence.endswith("Ce filtre est ignoré.") for sentence in form.ignored)
