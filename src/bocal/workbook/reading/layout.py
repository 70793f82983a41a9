"""The workbook of a season: its sheets, their columns, and what each column holds.

Headers are compared folded (case, accents, spaces), in any order; a few other spellings are known. What the
words of a column stand for is said here once, for reading and for writing the blank workbook.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bocal.journal.models import Lot, Transaction
from bocal.people.models import Person
from bocal.programme.models import Hours, Intervention
from bocal.surplus.models import Motive
from bocal.workbook.reading import cells
from bocal.workbook.reading.cells import Cleaner

KINDS = {
    "animation": Intervention.Kind.WORKSHOP,
    "travail à façon": Intervention.Kind.PROCESSING,
    "location": Intervention.Kind.RENTAL,
    "collecte": Intervention.Kind.COLLECTION,
    "glanage": Intervention.Kind.GLEANING,
    "entretien": Intervention.Kind.MAINTENANCE,
    "façon": Intervention.Kind.PROCESSING,
    "sortie de collecte": Intervention.Kind.COLLECTION,
    "sortie de glanage": Intervention.Kind.GLEANING,
    "entretien du camion": Intervention.Kind.MAINTENANCE,
}
STATUSES = {
    "réalisée": Intervention.Status.DONE,
    "annulée": Intervention.Status.CANCELLED,
    "prévue": Intervention.Status.PLANNED,
    "réalisé": Intervention.Status.DONE,
    "annulé": Intervention.Status.CANCELLED,
    "prévu": Intervention.Status.PLANNED,
}
PERSON_STATUSES = {
    "bénévole": Person.Status.VOLUNTEER,
    "accordeur": Person.Status.ACCORDEUR,
    "salarié": Person.Status.EMPLOYEE,
    "participant": Person.Status.PARTICIPANT,
    "accordeuse": Person.Status.ACCORDEUR,
    "salariée": Person.Status.EMPLOYEE,
    "participante": Person.Status.PARTICIPANT,
}
TASKS = {
    "cuisine": Hours.Task.COOKING,
    "animation": Hours.Task.WORKSHOP,
    "mise en pots": Hours.Task.JARRING,
    "transport": Hours.Task.TRANSPORT,
    "collecte": Hours.Task.COLLECTION,
    "nettoyage": Hours.Task.CLEANING,
    "réunion": Hours.Task.MEETING,
    "boutique": Hours.Task.SHOP,
    "autre": Hours.Task.OTHER,
}
NATURES_OF_HOURS = {
    "bénévole": Hours.Nature.VOLUNTEER,
    "accordeur (crédité en temps)": Hours.Nature.CREDITED,
    "salarié": Hours.Nature.PAID,
    "participant": Hours.Nature.PARTICIPANT,
    "bénévolat": Hours.Nature.VOLUNTEER,
    "accordeur": Hours.Nature.CREDITED,
    "salariée": Hours.Nature.PAID,
    "participante": Hours.Nature.PARTICIPANT,
}
NATURES_OF_PRODUCE = {
    "don": Lot.Nature.GIFT,
    "achat": Lot.Nature.PURCHASE,
    "glanage": Lot.Nature.GLEAN,
    "échange": Lot.Nature.EXCHANGE,
    "travail à façon": Lot.Nature.CUSTOM,
    "façon": Lot.Nature.CUSTOM,
}
MOTIVES = {
    "surplus": Motive.SURPLUS,
    "hors calibre": Motive.UNDERSIZED,
    "trop mûr": Motive.OVERRIPE,
    "abîmé": Motive.DAMAGED,
    "autre": Motive.OTHER,
}
CHANNELS = {
    "sur place": Transaction.Kind.ON_THE_SPOT,
    "maison de quartier": Transaction.Kind.TO_HOUSE,
    "producteur": Transaction.Kind.TO_PRODUCER,
    "vente en euros": Transaction.Kind.SALE_EUROS,
    "vente en temps": Transaction.Kind.SALE_MINUTES,
    "échantillon témoin": Transaction.Kind.SAMPLE,
    "casse": Transaction.Kind.BREAKAGE,
    "don à une association": Transaction.Kind.TO_ASSOCIATION,
    "destruction": Transaction.Kind.DESTRUCTION,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the attribute it fills, its header, its cleaner, and whether it may be empty."""

    attribute: str
    header: str
    clean: Cleaner
    required: bool = True
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its title, its columns, and the attribute that numbers its rows."""

    title: str
    columns: tuple[Column, ...]
    key: str = ""
    also: tuple[str, ...] = field(default=())


def _optional(attribute: str, header: str, clean: Cleaner, *also: str) -> Column:
    return Column(attribute, header, clean, required=False, also=also)


HOUSES = Sheet(
    "Maisons",
    (
        Column("name", "Nom", cells.text),
        _optional("subtype", "Type", cells.text),
        _optional("commune", "Commune", cells.text),
    ),
    key="name",
    also=("Structures",),
)
PRODUCERS = Sheet(
    "Producteurs",
    (
        Column("name", "Nom", cells.text),
        _optional("commune", "Commune", cells.text),
        _optional("organic", "Bio", cells.yes_or_no),
    ),
    key="name",
)
PERSONS = Sheet(
    "Bénévoles",
    (
        Column("name", "Nom", cells.text),
        _optional("house", "Maison", cells.text, "Structure"),
        _optional("trained_on", "Formé à l'animation le", cells.day, "Formée à l'animation le"),
        _optional("status", "Statut", cells.one_of(PERSON_STATUSES)),
    ),
    key="name",
    also=("Personnes",),
)
INTERVENTIONS = Sheet(
    "Interventions",
    (
        Column("number", "N°", cells.text, also=("Numéro", "No", "N")),
        Column("day", "Date", cells.day),
        Column("kind", "Type", cells.one_of(KINDS)),
        Column("commune", "Commune", cells.text),
        _optional("site", "Lieu", cells.text),
        _optional("partner", "Partenaire", cells.text),
        _optional("house", "Maison référente", cells.text, "Structure référente"),
        Column("status", "Statut", cells.one_of(STATUSES)),
        _optional("participants", "Participants", cells.pieces),
        _optional("children", "dont enfants", cells.pieces),
    ),
    key="number",
)
HOURS = Sheet(
    "Heures",
    (
        Column("intervention", "Intervention", cells.text),
        Column("person", "Personne", cells.text),
        Column("minutes", "Heures", cells.minutes_of_hours),
        Column("task", "Tâche", cells.one_of(TASKS)),
        Column("nature", "Nature", cells.one_of(NATURES_OF_HOURS)),
    ),
)
COLLECTIONS = Sheet(
    "Récupérations",
    (
        Column("number", "N°", cells.text, also=("Numéro", "No", "N")),
        Column("day", "Date", cells.day),
        Column("producer", "Producteur", cells.text),
        Column("product", "Produit", cells.text),
        Column("grams", "Kg", cells.grams, also=("Kilos", "Poids (kg)")),
        Column("nature", "Nature", cells.one_of(NATURES_OF_PRODUCE)),
        _optional("motive", "Motif", cells.one_of(MOTIVES)),
    ),
    key="number",
    also=("Collectes",),
)
BATCHES = Sheet(
    "Fabrications",
    (
        Column("number", "N°", cells.text, also=("Numéro", "No", "N")),
        Column("intervention", "Intervention", cells.text),
        Column("recipe", "Recette", cells.text),
        _optional("capacity_ml", "Format (ml)", cells.pieces, "Format"),
        _optional("jars", "Pots", cells.pieces),
        _optional("soup_ml", "Litres", cells.millilitres),
        _optional("waste_grams", "Déchets kg", cells.grams, "Déchets (kg)"),
        _optional("eaten_grams", "Mangé sur place kg", cells.grams, "Mangé sur place (kg)"),
    ),
    key="number",
)
INGREDIENTS = Sheet(
    "Matières",
    (
        Column("batch", "Fabrication", cells.text),
        Column("collection", "Récupération", cells.text, also=("Collecte",)),
        Column("grams", "Kg", cells.grams, also=("Kilos", "Poids (kg)")),
    ),
)
EXITS = Sheet(
    "Distributions",
    (
        Column("day", "Date", cells.day),
        Column("batch", "Fabrication", cells.text),
        Column("channel", "Canal", cells.one_of(CHANNELS)),
        _optional("recipient", "Destinataire", cells.text),
        Column("jars", "Pots", cells.pieces),
        _optional("cents", "Euros", cells.cents),
        _optional("minutes", "Minutes", cells.whole_minutes),
    ),
)
EVALUATIONS = Sheet(
    "Évaluations",
    (
        Column("intervention", "Intervention", cells.text),
        Column("unhappy", "Pas content", cells.pieces),
        Column("neutral", "Moyen", cells.pieces),
        Column("happy", "Content", cells.pieces),
        _optional("word", "Parole", cells.text),
    ),
    key="intervention",
)

SHEETS: tuple[Sheet, ...] = (
    HOUSES,
    PRODUCERS,
    PERSONS,
    INTERVENTIONS,
    HOURS,
    COLLECTIONS,
    BATCHES,
    INGREDIENTS,
    EXITS,
    EVALUATIONS,
)

PARENTS: Mapping[str, str] = {
    HOURS.title: "intervention",
    EVALUATIONS.title: "intervention",
    INGREDIENTS.title: "batch",
    EXITS.title: "batch",
}
"""Sheets whose rows hang on a numbered row: title -> the attribute that names it."""
