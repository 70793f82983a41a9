"""What each key figure counts, in the words shown beside it.

The keys are those of `bocal figures --json`. Custom processing of a client's own produce (*façon*) is never
inside any figure but its own two.
"""

from dataclasses import dataclass
from enum import StrEnum

from bocal.craft.messages import gettext_noop as _


class Unit(StrEnum):
    """In what a figure is held: whole numbers only, the display divides."""

    COUNT = "count"
    MINUTES = "minutes"
    HOURS = "hours"  # held in minutes
    KILOS = "kilos"  # held in grams
    LITRES = "litres"  # held in millilitres
    EUROS = "euros"  # held in cents

    def for_people(self, quantity: int) -> int | float:
        """The quantity in the unit's own name: 1 600.0 hours, 1 900.0 kilos, 844 jars."""
        return quantity / _HELD_IN[self] if self in _HELD_IN else quantity


_HELD_IN = {Unit.HOURS: 60, Unit.KILOS: 1000, Unit.LITRES: 1000, Unit.EUROS: 100}


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One key: its label and how it reads beside a single one, its definition, what dates it, and whether
    the leaflet prints it.
    """

    key: str
    unit: Unit
    label: str
    label_of_one: str
    definition: str
    dated_by: str
    leaflet: bool = False

    def label_for(self, quantity: int) -> str:
        """The label as French agrees it: the plural begins at two."""
        return self.label_of_one if self.unit.for_people(abs(quantity)) < 2 else self.label


_INTERVENTION = _("le jour de l'intervention")
_BATCH = _("le jour de la fabrication")

_ALL = (
    KeyFigure(
        "workshops",
        Unit.COUNT,
        _("animations"),
        _("animation"),
        _(
            "Animations tenues, et rien d'autre : ni collectes, ni locations, ni travail à façon. Une "
            "animation annulée ne compte pas."
        ),
        _INTERVENTION,
        leaflet=True,
    ),
    KeyFigure(
        "workshops_cancelled",
        Unit.COUNT,
        _("animations annulées"),
        _("animation annulée"),
        _("Animations qui étaient prévues et n'ont pas eu lieu."),
        _INTERVENTION,
    ),
    KeyFigure(
        "services_done",
        Unit.COUNT,
        _("prestations réalisées"),
        _("prestation réalisée"),
        _("Travaux à façon et locations menés à bien."),
        _INTERVENTION,
    ),
    KeyFigure(
        "volunteer_hours",
        Unit.HOURS,
        _("heures de bénévolat"),
        _("heure de bénévolat"),
        _(
            "Heures de nature « bénévole ». Les heures créditées en temps, les heures salariées et le "
            "temps des participants n'y sont jamais."
        ),
        _("le jour de l'intervention, ou le jour déclaré"),
        leaflet=True,
    ),
    KeyFigure(
        "participants",
        Unit.COUNT,
        _("participants aux animations"),
        _("participant aux animations"),
        _(
            "Présences aux animations tenues. Qui vient deux fois compte deux fois ; les enfants sont "
            "compris."
        ),
        _INTERVENTION,
        leaflet=True,
    ),
    KeyFigure(
        "trained_volunteers_involved",
        Unit.COUNT,
        _("bénévoles impliqués et formés à l'animation"),
        _("bénévole impliqué et formé à l'animation"),
        _(
            "Personnes différentes qui ont donné des heures bénévoles dans la période et ont été formées "
            "à l'animation au plus tard son dernier jour."
        ),
        _("les heures de la période"),
        leaflet=True,
    ),
    KeyFigure(
        "communes_visited",
        Unit.COUNT,
        _("communes visitées"),
        _("commune visitée"),
        _(
            "Communes différentes où s'est tenue une animation ou une sortie ouverte au public. Le "
            "garage, les locations et les collectes privées ne comptent pas."
        ),
        _INTERVENTION,
        leaflet=True,
    ),
    KeyFigure(
        "kg_collected",
        Unit.KILOS,
        _("kilos récupérés"),
        _("kilo récupéré"),
        _("Poids reçu dans les collectes : dons, glanages, achats et échanges."),
        _("le jour de la collecte"),
    ),
    KeyFigure(
        "kg_transformed",
        Unit.KILOS,
        _("kilos de fruits et légumes récupérés puis transformés"),
        _("kilo de fruits et légumes récupéré puis transformé"),
        _(
            "Poids des produits collectés qui sont entrés en fabrication. Les épluchures et ce qui a été "
            "mangé sur place sont compris ; ce qui a été trié avant ne l'est pas."
        ),
        _BATCH,
        leaflet=True,
    ),
    KeyFigure(
        "litres_of_soup",
        Unit.LITRES,
        _("litres de soupes et veloutés"),
        _("litre de soupes et veloutés"),
        _("Soupe faite en marmite pour être servie, pas en pots."),
        _BATCH,
        leaflet=True,
    ),
    KeyFigure(
        "jars_made",
        Unit.COUNT,
        _("pots réalisés"),
        _("pot réalisé"),
        _("Pots remplis, fermés et gardés."),
        _BATCH,
        leaflet=True,
    ),
    KeyFigure(
        "jars_by_channel",
        Unit.COUNT,
        _("ce que les pots sont devenus"),
        _("ce que le pot est devenu"),
        _(
            "Les sorties, jusqu'au dernier jour de la période, des pots faits dans la période. Un bon de "
            "retrait ne compte que lorsque le pot est remis ; un pot déposé sur une étagère est encore "
            "en stock."
        ),
        _("chaque sortie"),
    ),
    KeyFigure(
        "jars_in_stock",
        Unit.COUNT,
        _("pots en stock"),
        _("pot en stock"),
        _(
            "Pots faits dans la période et encore là le dernier jour : ajoutés aux sorties, ils font les "
            "pots réalisés."
        ),
        _("le dernier jour de la période"),
    ),
    KeyFigure(
        "euros",
        Unit.EUROS,
        _("ventes en euros"),
        _("ventes en euros"),
        _("Recettes en euros des pots vendus dans la période, quelle que soit leur fabrication."),
        _("le jour de la vente"),
    ),
    KeyFigure(
        "minutes",
        Unit.MINUTES,
        _("ventes en temps"),
        _("ventes en temps"),
        _(
            "Minutes reçues pour les pots vendus dans la période. Jamais ajoutées aux euros, jamais "
            "converties."
        ),
        _("le jour de la vente"),
    ),
    KeyFigure(
        "kg_facon",
        Unit.KILOS,
        _("kilos travaillés à façon"),
        _("kilo travaillé à façon"),
        _(
            "Poids des produits des clients entrés en fabrication. Ils restent au client et ne sont dans "
            "aucun autre chiffre."
        ),
        _BATCH,
    ),
    KeyFigure(
        "jars_facon",
        Unit.COUNT,
        _("pots à façon"),
        _("pot à façon"),
        _("Pots faits pour un client, avec ses propres produits."),
        _BATCH,
    ),
)

DEFINITIONS: dict[str, KeyFigure] = {figure.key: figure for figure in _ALL}

CHANNELS: dict[str, str] = {
    "on_the_spot": _("sur place"),
    "to_house": _("maison de quartier"),
    "to_producer": _("producteur"),
    "sale_euros": _("vente en euros"),
    "sale_minutes": _("vente en temps"),
    "sample": _("échantillon témoin"),
    "breakage": _("casse"),
    "to_association": _("don à une association"),
    "destruction": _("destruction"),
}
"""Journal kind of an exit -> channel of `jars_by_channel`, in the order of the leaflet."""
