"""An undefined variable in a template of ours fails the test instead of printing nothing."""

import inspect
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2] / "src" / "bocal"


class NeverInvalid(str):
    """Stands where Django asks what to print for an undefined variable; it refuses to be printed.

    Templates of Django and allauth play by looser rules and are let through.
    """

    __slots__ = ()

    def __new__(cls) -> "NeverInvalid":
        return super().__new__(cls, "%s")

    def __mod__(self, variable: object) -> str:
        origin = _template_being_rendered()
        if origin is not None and HOUSE in origin.parents:
            raise AssertionError(f"« {variable} » is undefined in {origin.relative_to(HOUSE)}")
        return ""


def _template_being_rendered() -> Path | None:
    frame = inspect.currentframe()
    while frame is not None:
        node = frame.f_locals.get("self")
        origin = getattr(node, "origin", None)
        if frame.f_code.co_name.startswith("render") and origin is not None:
            return Path(str(origin.name))
        frame = frame.f_back
    return None
