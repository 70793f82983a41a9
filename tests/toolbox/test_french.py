"""The filters of templates say numbers and days the French way, and nothing at all for what was not counted."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template

from bocal.toolbox.templatetags.french import FILTERS

EVENING = datetime(2026, 7, 14, 22, 30, tzinfo=UTC)


def shown(expression: str, value: Any) -> str:
    rendered = Template("{% load french %}{{ value|" + expression + " }}").render(Context({"value": value}))
    return rendered.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("expression", "value", "text"),
    [
        ("kilos", 1_900_000, "1 900 kg"),
        ("litres", 100_000, "100 litres"),
        ("euros", 1_250, "12,50 €"),
        ("duration", 870, "14 h 30"),
        ("number", 1_900, "1 900"),
        ("number", 0, "0"),
        ("number:1", Decimal("3.14"), "3,1"),
        ("percent", 0.125, "12,5 %"),
        ("day", date(2026, 11, 26), "jeudi 26 novembre 2026"),
        ("day", date(2026, 11, 1), "dimanche 1er novembre 2026"),
        ("day", EVENING, "mercredi 15 juillet 2026"),
        ("day_short", date(2026, 11, 26), "jeu. 26 nov."),
        ('day_short:"year"', EVENING, "mer. 15 juil. 2026"),
        ("day_time", EVENING, "mercredi 15 juillet 2026 à 0 h 30"),
        ("hour", time(14, 30), "14 h 30"),
        ("hour", EVENING, "0 h 30"),
    ],
)
def test_values_are_shown_the_french_way(expression: str, value: Any, text: str) -> None:
    assert shown(expression, value) == text


@pytest.mark.parametrize("name", FILTERS)
def test_what_was_not_counted_shows_nothing(name: str) -> None:
    assert shown(name, None) == ""
    assert shown(name, "") == ""
