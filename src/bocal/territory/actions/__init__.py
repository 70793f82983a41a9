"""Every write about the ground: communes loaded from a file, groups of communes, places."""

from .communes import CommunesLoaded, load_communes, load_shipped_communes
from .communes_file import UnableToReadCommunes
from .groups import (
    UnableToChangeGroup,
    UnableToRecordGroup,
    add_to_group,
    change_group,
    record_group,
    remove_from_group,
)
from .places import (
    UnableToChangePlace,
    UnableToRecordPlace,
    change_place,
    put_place_back,
    record_place,
    retire_place,
)

__all__ = [
    "CommunesLoaded",
    "UnableToChangeGroup",
    "UnableToChangePlace",
    "UnableToReadCommunes",
    "UnableToRecordGroup",
    "UnableToRecordPlace",
    "add_to_group",
    "change_group",
    "change_place",
    "load_communes",
    "load_shipped_communes",
    "put_place_back",
    "record_group",
    "record_place",
    "remove_from_group",
    "retire_place",
]
