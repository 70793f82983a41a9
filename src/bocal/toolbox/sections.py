"""Sections that an upper app lends to the page of a lower one, which may not import it.

The page of an intervention shows its collections and its batches without knowing what those are. The app that
knows registers a builder once it is ready (`AppConfig.ready`), and the page draws what it is lent, in order:

    register_section("intervention", 20, collections_of)      # collections_of(request, intervention)
    {% for section in sections %}{% include section.template with section=section.context %}{% endfor %}
"""

from collections.abc import Callable, Mapping
from typing import Any, TypedDict

from django.http import HttpRequest

Builder = Callable[[HttpRequest, Any], "LentSection | None"]


class LentSection(TypedDict):
    """A template and what it reads under the name `section`."""

    template: str
    context: Mapping[str, Any]


_builders: dict[str, dict[int, Builder]] = {}


def register_section(page: str, order: int, builder: Builder) -> None:
    """Lend a section to a page; the builder gives None when it has nothing to show to the one who asks."""
    lent = _builders.setdefault(page, {})
    if lent.get(order, builder) is not builder:
        raise ValueError(f"two sections at place {order} of the page {page}")
    lent[order] = builder


def sections_of(page: str, request: HttpRequest, subject: Any) -> list[LentSection]:
    """What was lent to this page for this record, in order."""
    built = (builder(request, subject) for _order, builder in sorted(_builders.get(page, {}).items()))
    return [section for section in built if section is not None]
