"""`{% icon "basket3" %}`: one drawing of the vendored sprite, beside the word it illustrates.

An icon is silent for screen readers, since a word always stands beside it; where none can, name it:
`{% icon "search" label=_("Chercher") %}`. The sprite holds what `frontend/icons.txt` lists.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

SPRITE = "vendor/bootstrap-icons-1.13.2/icons.svg"
DRAWING = '<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><use href="{}#{}"></use></svg>'
NAMED_DRAWING = (
    '<svg class="icon" viewBox="0 0 16 16" role="img" aria-label="{}"><use href="{}#{}"></use></svg>'
)


class UnknownIcon(LookupError):
    """The sprite has no such drawing."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"no icon {name!r} in the sprite: add it to frontend/icons.txt and run frontend/vendor.sh"
        )


@cache
def drawn_icons() -> frozenset[str]:
    """The names the sprite holds."""
    sprite = Path(__file__).parents[1] / "static" / SPRITE
    return frozenset(re.findall(r'<symbol id="([^"]+)"', sprite.read_text()))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    return draw_icon(name, str(label))


@lru_cache(maxsize=512)
def draw_icon(name: str, label: str = "") -> SafeString:
    """The drawing, made once in a process: a list shows the same one on every row."""
    if name not in drawn_icons():
        raise UnknownIcon(name)
    if label:
        return format_html(NAMED_DRAWING, label, static(SPRITE), name)
    return format_html(DRAWING, static(SPRITE), name)
