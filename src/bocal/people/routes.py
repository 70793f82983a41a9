"""Every address of the house with the roles it is open to, read from the router itself.

`bocal access-table` writes it to `docs/reference/access.md`; a test compares the two and knocks at every door.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from bocal.people.roles import ROLES
from bocal.toolbox.access import PUBLIC, SIGNED_IN, roles_of


class UnguardedRoute(LookupError):
    """A view without `allow`: nobody decided who may open it."""


class Route(NamedTuple):
    """One address: how it is written, its name, the names of its parts, and the roles it is open to."""

    path: str
    name: str
    parts: tuple[str, ...]
    roles: frozenset[str] | None
    callback: Any

    @property
    def app(self) -> str:
        return self.name.partition(":")[0] if ":" in self.name else ""

    def is_open_to(self, role: str) -> bool:
        """Whether somebody with this role (none at all: an empty text) may knock here."""
        if self.roles is None:
            raise UnguardedRoute(f"/{self.path} does not say who may open it")
        if PUBLIC in self.roles:
            return True
        with_account = bool(role) and not ROLES[role].by_link
        return role in self.roles or (SIGNED_IN in self.roles and with_account)


def routes() -> list[Route]:
    """Every route, in the order of the router."""
    return list(_walk(get_resolver().url_patterns, "", ()))


def as_markdown() -> str:
    """The table of routes and roles, one section per app."""
    found = routes()
    lines = [
        "# Who may open what",
        "",
        "Written by `bocal access-table`; a test compares it with the router. ● may open, · may not. *all*: anybody,",
        "without account. Roles that come by a link read and never write. What a person sees on a page she may open",
        "is narrowed further: a référent·e to her house, a volunteer to herself.",
    ]
    for app in dict.fromkeys(route.app for route in found):
        lines += ["", f"## {app or 'entering'}", "", *_table([route for route in found if route.app == app])]
    return "\n".join(lines) + "\n"


def _table(found: Sequence[Route]) -> Iterator[str]:
    yield f"| address | all | {' | '.join(ROLES)} |"
    yield "|---|:-:|" + ":-:|" * len(ROLES)
    for route in found:
        marks = ["●" if route.is_open_to(role) else "·" for role in ("", *ROLES)]
        yield f"| `/{route.path}` | {' | '.join(marks)} |"


def _walk(
    patterns: Sequence[URLPattern | URLResolver], prefix: str, spaces: tuple[str, ...]
) -> Iterator[Route]:
    for pattern in patterns:
        written = prefix + _as_written(pattern)
        if isinstance(pattern, URLResolver):
            deeper = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _walk(pattern.url_patterns, written, deeper)
        else:
            yield Route(
                path=written,
                name=":".join([*spaces, pattern.name or ""]),
                parts=_parts(pattern),
                roles=roles_of(pattern.callback),
                callback=pattern.callback,
            )


def _as_written(pattern: URLPattern | URLResolver) -> str:
    """The pattern as an address: without the marks of a regular expression."""
    return str(pattern.pattern).removeprefix("^").removesuffix("$").replace("|", "\\|")


def _parts(pattern: URLPattern) -> tuple[str, ...]:
    if isinstance(pattern.pattern, RoutePattern):
        return tuple(pattern.pattern.converters)
    return tuple(pattern.pattern.regex.groupindex)
