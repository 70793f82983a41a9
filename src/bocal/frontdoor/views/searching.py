"""One search box: a lot code, a person, a place, a recipe. A scanned lot or voucher goes straight to its page."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bocal.frontdoor import queries
from bocal.people.views.organisations import address_of
from bocal.shop.queries import voucher_of_code
from bocal.toolbox.access import SIGNED_IN, allow, allowed, roles_of

TITLES = {
    "lot": gettext_lazy("Lots"),
    "intervention": gettext_lazy("Interventions"),
    "person": gettext_lazy("Personnes"),
    "organisation": gettext_lazy("Structures, producteurs et partenaires"),
    "place": gettext_lazy("Lieux"),
    "recipe": gettext_lazy("Recettes"),
}


@allow.signed_in
def search(request: HttpRequest) -> HttpResponse:
    """What was found, kind by kind, of what the one who asks may open."""
    text = request.GET.get("q", "")[:200]
    for page in _pages_coded(text):
        if may_open(request, page):
            return redirect(page)
    found = [_shown(request, each) for each in queries.search(text, request)]  # type: ignore[arg-type]
    return render(
        request, "frontdoor/search.html", {"text": text, "found": [each for each in found if each["rows"]]}
    )


def _pages_coded(text: str) -> Iterator[str]:
    """The page of the lot or of the voucher that has exactly that code."""
    if lot := queries.lot_coded(text):
        yield reverse("kitchen:lot", args=[lot.pk])
    if voucher := voucher_of_code(text):
        yield reverse("shop:voucher", args=[voucher.pk])


def may_open(request: HttpRequest, url: str) -> bool:
    """Whether who asks may open the page at `url`."""
    roles = roles_of(resolve(url.partition("?")[0]).func) or frozenset()
    return SIGNED_IN in roles or allowed(request, *roles)


def _shown(request: HttpRequest, found: queries.Found) -> dict[str, Any]:
    rows = [_row(found.kind, record) for record in found.records]
    return {"title": TITLES[found.kind], "rows": [row for row in rows if may_open(request, row["url"])]}


def _row(kind: str, record: Any) -> dict[str, str]:
    match kind:
        case "lot":
            return {
                "title": record.code,
                "text": record.label,
                "url": reverse("kitchen:lot", args=[record.pk]),
            }
        case "intervention":
            url = reverse("programme:intervention", args=[record.pk])
            return {"title": record.title or record.code, "text": record.code, "url": url}
        case "person":
            return {
                "title": record.name,
                "text": record.get_status_display(),
                "url": reverse("people:person", args=[record.pk]),
            }
        case "organisation":
            return {"title": record.name, "text": record.get_kind_display(), "url": address_of(record)}
        case "place":
            text = (
                f"{record.get_kind_display()} · {record.commune.name}"
                if record.commune
                else record.get_kind_display()
            )
            return {"title": record.name, "text": text, "url": reverse("territory:place", args=[record.pk])}
        case _:
            return {
                "title": record.title,
                "text": _("recette"),
                "url": reverse("recipes:recipe", args=[record.pk]),
            }
