"""A page shows what upper apps lend it, in order, and leaves out what they do not want to show."""

import pytest

from bocal.toolbox import sections
from bocal.toolbox.sections import register_section, sections_of


@pytest.fixture(autouse=True)
def _nothing_lent_yet(monkeypatch):
    monkeypatch.setattr(sections, "_builders", {})


def lending(template):
    return lambda request, subject: {"template": template, "context": {"subject": subject}}


def test_sections_come_in_order_with_what_they_show(rf):
    register_section("intervention", 20, lending("batches.html"))
    register_section("intervention", 10, lending("collections.html"))
    register_section("person", 10, lending("hours.html"))
    register_section("intervention", 30, lambda request, subject: None)
    assert sections_of("intervention", rf.get("/"), "A26-031") == [
        {"template": "collections.html", "context": {"subject": "A26-031"}},
        {"template": "batches.html", "context": {"subject": "A26-031"}},
    ]


def test_a_page_nobody_lends_to_has_none(rf):
    assert sections_of("intervention", rf.get("/"), None) == []


def test_two_sections_in_one_place_are_a_mistake_the_same_twice_is_not():
    builder = lending("batches.html")
    register_section("intervention", 20, builder)
    register_section("intervention", 20, builder)
    with pytest.raises(ValueError, match="place 20"):
        register_section("intervention", 20, lending("jars.html"))
