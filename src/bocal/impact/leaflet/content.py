"""What the leaflet of a period says: figures from the records, texts from the coordinator."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bocal.craft.figures import CHANNELS, Figures
from bocal.craft.measures import format_number
from bocal.impact.leaflet.drawing import Area, frame_of, map_svg, tint
from bocal.impact.leaflet.texts import PLACES, lines_of, slug_of
from bocal.impact.leaflet.wording import breakable, printable, say_months
from bocal.impact.presentation import number_and_label
from bocal.impact.queries import Scope, figures, records
from bocal.parameters.queries import texts
from bocal.people import queries as people
from bocal.territory.models import Commune
from bocal.territory.queries import outlines

KEY_FIGURES = (
    "workshops",
    "volunteer_hours",
    "participants",
    "trained_volunteers_involved",
    "communes_visited",
)
RESULTS = ("kg_transformed", "litres_of_soup", "jars_made")
MOST_COMMUNES_LISTED = 80
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


def visits(scope: Scope) -> dict[str, int]:
    """How many times each commune was visited, by code."""
    return dict(records.visits(scope).order_by().values_list("commune").annotate(count=Count("id")))


def communes_with(codes: Collection[str]) -> dict[str, Commune]:
    """The communes of the territory, and these, by code."""
    territory = Commune.objects.filter(in_territory=True)  # apart, each half of the question has its index
    found = Commune.objects.filter(Q(code__in=territory.values("code")) | Q(code__in=codes))
    drawn = found.only("code", "name", "search_name", "longitude", "latitude").order_by("code")
    return {commune.code: commune for commune in drawn}


def _visited(counts: Mapping[str, int], communes: Mapping[str, Commune]) -> list[Visit]:
    """The communes visited, the most visited first."""
    found = [Visit(communes[code], count) for code, count in counts.items()]
    return sorted(found, key=lambda visit: (-visit.count, visit.commune.search_name))


def content(scope: Scope, *, reconstructed: bool) -> dict[str, Any]:
    """Everything the template of the leaflet needs, as plain data that our font can print."""
    reckoned = figures(scope)
    counts = visits(scope)
    communes = communes_with(counts.keys())
    visited = _visited(counts, communes)
    areas = _areas(counts, communes)
    told = {
        "texts": _texts(),
        "author": people.cannery().name,
        "period": say_months(scope.period),
        "structures": [house.name for house in people.houses()],
        "key_figures": [_figure(reckoned, key) for key in KEY_FIGURES if key in reckoned],
        "results": [_figure(reckoned, key) for key in RESULTS if key in reckoned],
        "distribution": _distribution(reckoned),
        "communes": _listed(visited, areas),
        "tints": _tints(visited),
        "map_words": _map_words(visited),
        "reconstructed": str(RECONSTRUCTED_SAID) if reconstructed else "",
        "words": _words(),
    }
    return {**_in_print(told), "map": map_svg(list(areas.values()), _map_words(visited))}


def _words() -> dict[str, str]:
    """The headings and the fine print."""
    return {
        "how": _("Comment ça marche ?"),
        "objectives": _("Quatre objectifs, qui tiennent ensemble"),
        "some_objectives": _("Nos objectifs, qui tiennent ensemble"),
        "value": _("Zoom sur une valeur"),
        "principle": _("Zoom sur un principe"),
        "prizes": _("Une innovation sociale reconnue"),
        "did": _("Ce que nous avons fait"),
        "key_figures": _("Chiffres clés"),
        "results": _("Quels résultats ?"),
        "distribution": _("Où vont les pots ?"),
        "communes": _("Les communes visitées"),
        "listed": _("Où nous sommes allés"),
        "proof": _("Chaque chiffre est compté par Bocal, sur ce qui a été noté au fil des interventions."),
        "map_credit": _("Carte : INSEE, La Poste, DGCL, DILA, IGN – Licence Ouverte."),
        "truck": _("Un camion cuisine, son auvent ouvert, et quelqu'un qui cuisine"),
        "jar": _("Un bocal"),
        "drawing": _("Dessin"),
    }


def _texts() -> dict[str, Any]:
    """The coordinator's words; those written line by line as lists, no longer than their place."""
    typed = current_texts()
    return {
        place: lines_of(typed[place])[: told.most_lines] if told.most_lines else typed[place]
        for place, told in PLACES.items()
    }


def _in_print(told: Any) -> Any:
    """The same data, every text of it printable and breakable."""
    if isinstance(told, str):
        return breakable(printable(told))
    if isinstance(told, dict):
        return {key: _in_print(value) for key, value in told.items()}
    return [_in_print(value) for value in told] if isinstance(told, list) else told


def _figure(reckoned: Figures, key: str) -> dict[str, str]:
    number, label = number_and_label(key, reckoned[key])
    return {"number": number, "label": label}


def _distribution(reckoned: Figures) -> list[dict[str, Any]]:
    channels = [
        {"label": _(CHANNELS[kind]), "jars": jars, "number": format_number(jars)}
        for kind, jars in reckoned.jars_by_channel.items()
    ]
    if left := reckoned["jars_in_stock"]:
        channels.append({"label": _("encore en stock"), "jars": max(left, 0), "number": format_number(left)})
    return channels


def _listed(visited: list[Visit], areas: Mapping[str, Area]) -> dict[str, Any]:
    """The names of the communes, with how many times; those too far for the map say so."""
    frame = frame_of(list(areas.values()))
    shown = {code for code, area in areas.items() if frame is not None and frame.shows(area)}
    names = [
        {
            "name": visit.commune.name,
            "visits": f"×\u00a0{visit.count}" if visit.count > 1 else "",
            "away": "" if visit.commune.code in shown else _("hors carte"),
        }
        for visit in visited[:MOST_COMMUNES_LISTED]
    ]
    more = len(visited) - MOST_COMMUNES_LISTED
    return {
        "names": names,
        "more": ngettext("et %(n)d autre", "et %(n)d autres", more) % {"n": more} if more > 0 else "",
        "none": "" if visited else _("Aucune pendant cette période."),
    }


def _tints(visited: list[Visit]) -> list[dict[str, str]]:
    """What the colours of the map mean, for those it shows."""
    said = {tint(1): _("une fois"), tint(2): _("2 à 4 fois"), tint(5): _("5 fois ou plus")}
    there = {tint(visit.count) for visit in visited}
    return [{"colour": colour, "label": label} for colour, label in said.items() if colour in there]


def _areas(counts: Mapping[str, int], communes: Mapping[str, Commune]) -> dict[str, Area]:
    """The territory and what was visited, which alone is named; a commune without coordinates cannot be drawn."""
    rings = outlines()
    return {
        code: Area(
            printable(commune.name) if code in counts else "",
            (commune.longitude, commune.latitude),
            rings.get(code, ()),
            counts.get(code, 0),
        )
        for code, commune in communes.items()
        if commune.longitude is not None and commune.latitude is not None
    }


def _map_words(visited: list[Visit]) -> str:
    if not visited:
        return _("Carte du territoire")
    return ngettext("Carte de la commune visitée", "Carte des %(n)d communes visitées", len(visited)) % {
        "n": len(visited)
    }
