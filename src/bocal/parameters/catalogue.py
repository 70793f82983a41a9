"""The settings that exist: each app declares its own, so that nobody can set what nothing reads.

    CREDIT = declare("hour_value", kind=Kind.EUROS, label=_("valeur d'une heure"), ..., default=1200)

A declared setting has a default with its source, and says whether the source was checked; the first dated value
written by the cannery takes over from its day on.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise


class Kind(StrEnum):
    """What a value is, hence how it is typed and shown."""

    WHOLE = "whole"
    EUROS = "euros"
    MINUTES = "minutes"
    TEXT = "text"


@dataclass(frozen=True)
class Declared:
    """A setting that something reads."""

    key: str
    kind: Kind
    label: str | Promise
    help: str | Promise
    default: Any
    source: str | Promise
    verified: bool = False
    unit: str | Promise = ""
    least: int = 0
    most: int = 1_000_000


_declared: dict[str, Declared] = {}


def declare(key: str, **said: Any) -> Declared:
    """Add a setting to the catalogue; a key is declared once."""
    if key in _declared:
        raise ValueError(f"the setting {key} is declared twice")
    _declared[key] = Declared(key=key, **said)
    return _declared[key]


def declared(key: str) -> Declared:
    """The setting under this key; `KeyError` when nothing reads it."""
    return _declared[key]


def catalogue() -> list[Declared]:
    """All settings, by label."""
    return sorted(_declared.values(), key=lambda setting: str(setting.label))
