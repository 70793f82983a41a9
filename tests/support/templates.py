"""An undefined variable in a template of ours fails the test instead of printing nothing.

A variable that may be missing says so in the template: `{% if kind %}` or `{{ kind|default:"secondary" }}`.
Templates of Django and allauth play by looser rules and are let through.
"""

import inspect
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from django.template.base import FilterExpression

HOUSE = Path(__file__).resolve().parents[2] / "src" / "bocal"
FILTERS_THAT_EXPECT_NOTHING = {"default", "default_if_none", "yesno"}


class UndefinedVariable(AssertionError):
    """A template of ours prints a variable that nobody gave it."""


class NeverInvalid(str):
    """Stands where Django asks what to print for an undefined variable, and refuses."""

    __slots__ = ()

    def __new__(cls) -> "NeverInvalid":
        return super().__new__(cls, "%s")

    def __mod__(self, variable: object) -> Any:
        for frame in _frames():
            expression = frame.f_locals.get("self")
            if isinstance(expression, FilterExpression):
                if _expects_nothing(expression):
                    return expression.resolve(frame.f_locals["context"], ignore_failures=True)
                break
        origin = _template_being_rendered()
        if origin is not None and HOUSE in origin.parents:
            raise UndefinedVariable(f"« {variable} » is undefined in {origin.relative_to(HOUSE)}")
        return ""


def _expects_nothing(expression: FilterExpression) -> bool:
    return bool(expression.filters) and expression.filters[0][0].__name__ in FILTERS_THAT_EXPECT_NOTHING


def _template_being_rendered() -> Path | None:
    for frame in _frames():
        origin = getattr(frame.f_locals.get("self"), "origin", None)
        if frame.f_code.co_name.startswith("render") and origin is not None:
            return Path(str(origin.name))
    return None


def _frames() -> Iterator[FrameType]:
    frame = inspect.currentframe()
    while frame is not None:
        yield frame
        frame = frame.f_back
