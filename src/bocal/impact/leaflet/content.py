"""What the leaflet of a period says: figures from the records, texts from the coordinator."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bocal.craft.figures import CHANNELS, DEFINITIONS, Figures
from bocal.craft.measures import format_number
from bocal.impact.leaflet.drawing import Spot, map_svg
from bocal.impact.leaflet.texts import PLACES, slug_of
from bocal.impact.presentation import beside_its_label
from bocal.impact.queries import Scope, figures, records
from bocal.parameters.queries import texts
from bocal.people import queries as people
from bocal.territory.models import Commune
from bocal.toolbox.times import say_period

KEY_FIGURES = (
    "workshops",
    "volunteer_hours",
    "participants",
    "trained_volunteers_involved",
    "communes_visited",
)
RESULTS = ("kg_transformed", "litres_of_soup", "jars_made")
MOST_COMMUNES_LISTED = 30
RECONSTRUCTED_SAID = gettext_lazy(
    "Saison reprise d'un classeur : seuls ses totaux ont été publiés, le détail de ses lignes a été "
    "reconstitué."
)


@dataclass(frozen=True, slots=True)
class Visit:
    """A commune and how many times it was visited."""

    commune: Commune
    count: int


def current_texts() -> dict[str, str]:
    """The text of each place: the last one written, else the one Bocal comes with."""
    rewritten = texts({slug_of(place) for place in PLACES})
    return {place: rewritten.get(slug_of(place)) or str(told.text) for place, told in PLACES.items()}


def visits(scope: Scope) -> list[Visit]:
    """The communes visited, the most visited first."""
    counts = dict(records.visits(scope).order_by().values_list("commune").annotate(count=Count("id")))
    communes = Commune.objects.in_bulk(list(counts))
    found = [Visit(communes[code], count) for code, count in counts.items()]
    return sorted(found, key=lambda visit: (-visit.count, visit.commune.search_name))


def content(scope: Scope, *, reconstructed: bool) -> dict[str, Any]:
    """Everything the template of the leaflet needs, as plain data."""
    reckoned = figures(scope)
    wordings = current_texts()
    visited = visits(scope)
    return {
        "texts": wordings,
        "author": people.cannery().name,
        "period": say_period(scope.period.first, scope.period.last),
        "did": _("Ce que nous avons fait"),
        "steps": _lines(wordings["steps"]),
        "objectives": _lines(wordings["objectives"]),
        "prizes": _lines(wordings["prizes"]),
        "structures": [house.name for house in people.houses()],
        "key_figures": [_figure(reckoned, key) for key in KEY_FIGURES if key in reckoned],
        "results": [_figure(reckoned, key) for key in RESULTS if key in reckoned],
        "distribution": _distribution(reckoned),
        "communes": [_listed(visit) for visit in visited[:MOST_COMMUNES_LISTED]],
        "more_communes": _more(len(visited) - MOST_COMMUNES_LISTED),
        "map": _map(visited),
        "map_words": _map_words(visited),
        "proof": _("Chaque chiffre est compté par Bocal sur ce qui a été noté au fil des interventions."),
        "reconstructed": str(RECONSTRUCTED_SAID) if reconstructed else "",
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _figure(reckoned: Figures, key: str) -> dict[str, str]:
    return {"number": beside_its_label(key, reckoned[key]), "label": _(DEFINITIONS[key].label)}


def _distribution(reckoned: Figures) -> list[dict[str, Any]]:
    channels = [
        {"label": _(CHANNELS[kind]), "jars": jars, "number": format_number(jars)}
        for kind, jars in reckoned.jars_by_channel.items()
    ]
    if left := reckoned["jars_in_stock"]:
        channels.append({"label": _("encore en stock"), "jars": max(left, 0), "number": format_number(left)})
    return channels


def _listed(visit: Visit) -> dict[str, str]:
    return {"name": visit.commune.name, "visits": f"× {visit.count}" if visit.count > 1 else ""}


def _more(count: int) -> str:
    return ngettext("et %(n)d autre", "et %(n)d autres", count) % {"n": count} if count > 0 else ""


def _map(visited: list[Visit]) -> str:
    spots = {
        commune.code: Spot(commune.name, commune.latitude, commune.longitude)
        for commune in Commune.objects.filter(in_territory=True)
        if commune.latitude is not None and commune.longitude is not None
    }
    for visit in visited:
        commune = visit.commune
        if commune.latitude is not None and commune.longitude is not None:
            spots[commune.code] = Spot(commune.name, commune.latitude, commune.longitude, visit.count)
    return map_svg(list(spots.values()), _map_words(visited))


def _map_words(visited: list[Visit]) -> str:
    return ngettext("Carte de la commune visitée", "Carte des %(n)d communes visitées", len(visited)) % {
        "n": len(visited)
    }
