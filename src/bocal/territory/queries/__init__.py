"""Every read about the ground: which commune somebody meant, how far it is, the lists that the screens show."""

from .finding import (
    AmbiguousCommune,
    UnknownCommune,
    find_commune,
    names_to_type,
    outside_sentence,
    suggest_communes,
)
from .listing import (
    communes_of_epci,
    count_of_territory,
    epcis_around,
    group_communes,
    list_communes,
    list_groups,
    list_places,
    places_in_service,
)
from .mapping import distance_between, outlines, point_of

__all__ = [
    "AmbiguousCommune",
    "UnknownCommune",
    "communes_of_epci",
    "count_of_territory",
    "distance_between",
    "epcis_around",
    "find_commune",
    "group_communes",
    "list_communes",
    "list_groups",
    "list_places",
    "names_to_type",
    "outlines",
    "outside_sentence",
    "places_in_service",
    "point_of",
    "suggest_communes",
]
