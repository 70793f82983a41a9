"""A file that is far too large is refused from its announced size, with a sentence, before anything reads it.

The body is then poured away, within reason: a browser that is cut off while it is still sending shows
« connexion réinitialisée » instead of our sentence.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

Handler = Callable[[HttpRequest], HttpResponse]

POURED_AWAY_AT_MOST = 300 * 1024 * 1024
MOUTHFUL = 256 * 1024


def refuse_what_is_too_large(get_response: Handler) -> Handler:
    """Middleware: answers 413 to a request heavier than `LARGEST_UPLOAD_IN_BYTES`."""

    def middleware(request: HttpRequest) -> HttpResponse:
        announced = _announced_size(request)
        if announced <= settings.LARGEST_UPLOAD_IN_BYTES:
            return get_response(request)
        _pour_away(request, announced)
        sentence = _(
            "Ce fichier pèse %(size)s et Bocal en accepte %(limit)s au plus. Rien n'a été enregistré : "
            "revenez à la page précédente, ce que vous y avez écrit vous attend, et choisissez un fichier plus léger."
        ) % {"size": filesizeformat(announced), "limit": filesizeformat(settings.LARGEST_UPLOAD_IN_BYTES)}
        return render(request, "413.html", {"sentence": sentence}, status=413)

    return middleware


def _announced_size(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _pour_away(request: HttpRequest, announced: int) -> None:
    left = min(announced, POURED_AWAY_AT_MOST)
    while left > 0 and (mouthful := request.read(min(MOUTHFUL, left))):
        left -= len(mouthful)
