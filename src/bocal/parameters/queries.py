"""Reads of settings and texts: the value that held on a day, and how it came to be so."""

from collections.abc import Collection
from datetime import date
from typing import Any

from bocal.parameters.catalogue import declared
from bocal.parameters.models import Setting, Text

DEMONSTRATION = "demonstration"
RECONSTRUCTED = "reconstructed_history"


def setting(key: str, on: date) -> Any:
    """The value of a declared setting that held on that day; its default before the first was written."""
    default = declared(key).default
    row = (
        Setting.objects.filter(key=key, since__lte=on)
        .order_by("-since")
        .values_list("value", flat=True)
        .first()
    )
    return default if row is None else row


def settings_on(on: date) -> dict[str, Setting]:
    """The written value of each setting that held on that day, by key."""
    rows = Setting.objects.filter(since__lte=on).order_by("since")
    return {row.key: row for row in rows}


def values_of(key: str) -> list[Setting]:
    """Every value a setting was given, the newest first."""
    return list(Setting.objects.filter(key=key).order_by("-since"))


def is_demonstration() -> bool:
    """Whether this database was marked, when it was made, as a demonstration. The mark is never taken off."""
    return Setting.objects.filter(key=DEMONSTRATION).exists()


def reconstructed_periods() -> list[tuple[date, date]]:
    """The periods whose lines were reconstructed: only their totals were ever published."""
    rows = Setting.objects.filter(key=RECONSTRUCTED).order_by("since").values_list("value", flat=True)
    return [(date.fromisoformat(value["from"]), date.fromisoformat(value["to"])) for value in rows]


def texts(slugs: Collection[str]) -> dict[str, str]:
    """The last wording of each of these texts; those never rewritten are absent."""
    rows = Text.objects.filter(slug__in=slugs).order_by("recorded_at", "id")
    return {row.slug: row.body for row in rows}


def wordings_of(slug: str) -> list[Text]:
    """Every wording a text had, the newest first."""
    return list(Text.objects.filter(slug=slug).order_by("-recorded_at", "-id"))
