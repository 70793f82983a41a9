"""Which commune did somebody mean? One exactly, or a refusal that suggests.

All of France is known, and many names are borne twice. The territory comes first, then the department of where one
already is, then the departments around. Bocal never guesses beyond that: "Romans" is two communes far away and the
beginning of the nearest town, so it asks.
"""

from collections.abc import Collection, Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from bocal.craft.communes import Spoken, nearest_names, understand
from bocal.territory.models import Commune
from bocal.toolbox.refusals import Refused

AROUND = ("26", "07", "38")  # the departments a truck based in Romans reaches
SUGGESTIONS = 3
SUGGESTED_WHILE_TYPING = 10
LONGEST_QUOTE = 60

NEARBY = Q(in_territory=True) | Q(department__in=AROUND)


class UnknownCommune(Refused):
    """No commune of France is called so; `suggestions` are the names that were perhaps meant, ready to be typed."""

    def __init__(self, sentence: str, suggestions: Collection[str] = ()) -> None:
        self.suggestions = tuple(suggestions)
        super().__init__(sentence, field="commune")


class AmbiguousCommune(UnknownCommune):
    """Several communes are called so, and nothing tells which was meant."""


def find_commune(text: str, near: Commune | None = None) -> Commune:
    """The one commune that `text` names, however it is spelt, with or without its postcode or department.

    `near` is a commune one already knows about, such as the producer's: among homonyms, its department wins.
    """
    typed = " ".join(text.split())
    spoken = understand(typed)
    if not spoken.name and not spoken.postcode:
        raise UnknownCommune(_("Écrivez le nom d'une commune."))
    bearing = _bearing(spoken)
    fitting = [commune for commune in bearing if _fits(commune, spoken)]
    if not fitting:
        raise _unknown(typed, bearing or _nearest(spoken.name))
    best = _preferred(fitting, near)
    if not (spoken.postcode or spoken.department or _is_nearby(best[0])):
        best = [*_called_so_around_here(spoken.name), *best]
    if len(best) > 1:
        raise _ambiguous(typed, best)
    return best[0]


def suggest_communes(text: str, *, most: int = SUGGESTED_WHILE_TYPING) -> list[Commune]:
    """What to offer while somebody types: names that begin so, or have a word that does; the nearest places first."""
    spoken = understand(text)
    if spoken.postcode and not spoken.name:
        found = Commune.objects.filter(postcodes__contains=spoken.postcode)
    elif len(spoken.name) >= 2:
        found = Commune.objects.filter(
            Q(search_name__startswith=spoken.name) | Q(search_name__contains=f" {spoken.name}")
        )
    else:
        return []
    return _in_order([commune for commune in found if _fits(commune, spoken)], spoken.name)[:most] or (
        _nearest(spoken.name) if len(spoken.name) >= 4 else []
    )


def names_to_type(communes: Collection[Commune]) -> dict[str, str]:
    """By INSEE code, what to type to mean exactly that commune: its name, or its name with the department."""
    namesakes: dict[str, list[Commune]] = {}
    folded = {commune.search_name for commune in communes}
    for commune in Commune.objects.filter(NEARBY, search_name__in=folded):
        namesakes.setdefault(commune.search_name, []).append(commune)

    def alone(commune: Commune) -> bool:
        return _is_nearby(commune) and _preferred(namesakes[commune.search_name]) == [commune]

    return {
        commune.code: commune.name if alone(commune) else f"{commune.name} ({commune.department})"
        for commune in communes
    }


def outside_sentence(commune: Commune) -> str:
    """What to say of a commune that is accepted although outside the territory; nothing when it is inside."""
    if commune.in_territory:
        return ""
    where = ", ".join(part for part in (commune.department, commune.epci_name) if part)
    return _("%(name)s (%(where)s) est en dehors du territoire ; c'est accepté.") % {
        "name": commune.name,
        "where": where,
    }


# --- What was meant ----------------------------------------------------------------------------------------------


def _bearing(spoken: Spoken) -> list[Commune]:
    """The communes of that name; failing that, those made of a commune of that name; or those of that postcode."""
    if not spoken.name:
        return list(Commune.objects.filter(postcodes__contains=spoken.postcode)) or list(
            Commune.objects.filter(code=spoken.postcode)
        )
    return list(Commune.objects.filter(search_name=spoken.name)) or list(
        Commune.objects.filter(former_names__contains=f"|{spoken.name}|")
    )


def _fits(commune: Commune, spoken: Spoken) -> bool:
    """Does what was written beside the name agree? A CEDEX postcode agrees with its department."""
    if spoken.department:
        return commune.department == spoken.department
    if not spoken.postcode or not spoken.name:
        return True
    return spoken.postcode in commune.postcodes.split() or spoken.postcode[:2] == commune.department[:2]


def _preferred(communes: Iterable[Commune], near: Commune | None = None) -> list[Commune]:
    """Those of the first circle that holds any: the territory, the department of `near`, around, France."""
    communes = list(communes)
    circles = (
        [commune for commune in communes if commune.in_territory],
        [commune for commune in communes if near and commune.department == near.department],
        [commune for commune in communes if _is_nearby(commune)],
        communes,
    )
    return next(circle for circle in circles if circle)


def _is_nearby(commune: Commune) -> bool:
    return commune.in_territory or commune.department in AROUND


def _called_so_around_here(name: str) -> list[Commune]:
    """Communes of the territory that people around here call by that shorter, or older, name."""
    called_so = Q(search_name__startswith=f"{name} ") | Q(former_names__contains=f"|{name}|")
    return list(Commune.objects.filter(called_so, in_territory=True))


def _nearest(name: str) -> list[Commune]:
    """The communes whose names are most like this one: around here, or anywhere when they begin alike."""
    beginning = name[: max(3, len(name) * 2 // 3)]
    within_reach = Commune.objects.filter(NEARBY | Q(search_name__startswith=beginning))
    communes: dict[str, Commune] = {}
    for commune in _in_order(
        within_reach.only("code", "name", "search_name", "department", "in_territory", "population")
    ):
        communes.setdefault(commune.search_name, commune)
    return [communes[found] for found in nearest_names(name, communes, most=SUGGESTIONS)]


def _in_order(communes: Iterable[Commune], beginning: str = "") -> list[Commune]:
    """The territory, then around, then the rest; the larger first, those that begin as typed before the others."""

    def rank(commune: Commune) -> tuple[bool, bool, bool, int]:
        return (
            not commune.in_territory,
            not _is_nearby(commune),
            not commune.search_name.startswith(beginning),
            -(commune.population or 0),
        )

    return sorted(communes, key=rank)


# --- What is said ------------------------------------------------------------------------------------------------


def _unknown(typed: str, meant: list[Commune]) -> UnknownCommune:
    names = _to_type(meant)
    if not names:
        return UnknownCommune(
            _("Bocal ne connaît pas de commune « %s ». Vérifiez l'orthographe, ou écrivez son code postal.")
            % _quoted(typed)
        )
    return UnknownCommune(
        _("Bocal ne connaît pas de commune « %(typed)s ». Vouliez-vous dire %(names)s ?")
        % {"typed": _quoted(typed), "names": _either(names)},
        names,
    )


def _ambiguous(typed: str, communes: list[Commune]) -> AmbiguousCommune:
    names = _to_type(_in_order(communes))
    shown = [*names, _("une autre commune")] if len(communes) > SUGGESTIONS else names
    return AmbiguousCommune(
        _("« %(typed)s » peut être %(names)s. Écrivez le nom entier, avec le département s'il le faut.")
        % {"typed": _quoted(typed), "names": _either(shown)},
        names,
    )


def _to_type(communes: list[Commune]) -> list[str]:
    shown = communes[:SUGGESTIONS]
    names = names_to_type(shown)
    return [names[commune.code] for commune in shown]


def _quoted(typed: str) -> str:
    return typed if len(typed) <= LONGEST_QUOTE else f"{typed[:LONGEST_QUOTE]}…"


def _either(names: list[str]) -> str:
    *others, last = names
    return _("%(others)s ou %(last)s") % {"others": ", ".join(others), "last": last} if others else last
