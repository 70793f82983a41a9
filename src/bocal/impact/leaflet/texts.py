"""The texts of the leaflet and their places.

What Bocal comes with says what the founding leaflet says; the coordinator may rewrite every text. Nothing in
here is a figure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

Words = str | Any  # a sentence, translated when it is shown


@dataclass(frozen=True, slots=True)
class TextPlace:
    """One place of the leaflet: its label on the form, the text it starts with, how long it may be.

    `most_lines` is for places read line by line, such as the steps.
    """

    label: Words
    text: Words
    longest: int
    rows: int = 3
    help: Words = ""
    most_lines: int | None = None


PLACES: Mapping[str, TextPlace] = {
    "title": TextPlace(_("Titre"), _("La conserverie mobile et solidaire"), 60, rows=1),
    "subtitle": TextPlace(
        _("Sous-titre"),
        _(
            "Un camion, une cuisine, des habitants : les fruits et légumes de nos fermes finissent en "
            "bocaux, pas à la benne."
        ),
        180,
        rows=2,
    ),
    "how": TextPlace(
        _("Comment ça marche"),
        _(
            "Le projet est mené par la Coopération, dans son Groupe Projet Alimentation, qui tient la "
            "feuille de route. "
            "Un véhicule équipé d'une cuisine et d'un laboratoire va de commune en commune :"
        ),
        420,
        rows=4,
    ),
    "steps": TextPlace(
        _("Les étapes"),
        _(
            "On récupère chez les producteurs en circuit court les fruits et légumes de qualité, en "
            "surplus ou écartés de la vente.\n"
            "On les cuisine avec les habitants, et on les met en bocaux.\n"
            "On partage : sur place, dans les maisons de quartier, avec les producteurs, ou à la P'tite "
            "Coopé, en euros et en temps."
        ),
        600,
        rows=5,
        help=_("Une par ligne, quatre au plus."),
        most_lines=4,
    ),
    "objectives": TextPlace(
        _("Les quatre objectifs"),
        _(
            "Expérimenter la transformation avec les habitants, et développer une gamme de recettes.\n"
            "Faire évoluer les façons de manger et d'acheter, d'abord avec celles et ceux qui ont peu.\n"
            "Gouverner ensemble, producteurs et mangeurs, et inventer un modèle économique équitable, "
            "viable, créateur d'emplois.\n"
            "Renforcer le lien entre ville et campagne : habitants, producteurs, acteurs locaux."
        ),
        700,
        rows=6,
        help=_("Un par ligne, quatre au plus."),
        most_lines=4,
    ),
    "prizes": TextPlace(
        _("Prix et distinctions"),
        _(
            "Lauréate « coup de cœur » ESS de Mag2Lyon\n"
            "Lauréate d'AG2R La Mondiale et de la Carsat\n"
            "« Coup de cœur » aux Trophées de l'entreprise de Valence Romans\n"
            "Lauréate économie circulaire de la Région Auvergne-Rhône-Alpes"
        ),
        500,
        rows=5,
        help=_("Un par ligne, six au plus."),
        most_lines=6,
    ),
    "value_name": TextPlace(_("Une valeur"), _("Solidarité"), 40, rows=1),
    "value": TextPlace(
        _("Ce que cette valeur veut dire"),
        _(
            "Agir ensemble crée des liens entre la ville et la campagne, entre habitants et producteurs. "
            "De nouvelles solidarités naissent."
        ),
        320,
        rows=3,
    ),
    "principle_name": TextPlace(_("Un principe d'intervention"), _("Développement durable"), 40, rows=1),
    "principle": TextPlace(
        _("Ce que ce principe veut dire"),
        _(
            "Lutter contre le gaspillage alimentaire, développer les circuits courts, et le bio pour le "
            "plus grand nombre."
        ),
        320,
        rows=3,
    ),
    "contact": TextPlace(
        _("Pour nous joindre"), _("Demandez la coordination dans l'une de nos structures."), 200, rows=2
    ),
}


def slug_of(place: str) -> str:
    """The name a place's text is kept under, among all the texts of the house."""
    return f"leaflet_{place}"


def lines_of(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
