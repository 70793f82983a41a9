"""The four registers of organisations on screen: their addresses, their words, and the fields each keeps."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bocal.people.models import Organisation


@dataclass(frozen=True)
class Register:
    """One kind of organisation, as people see it in Réglages."""

    slug: str
    kind: Organisation.Kind
    title: str | Promise
    lead: str | Promise
    add: str | Promise
    new_title: str | Promise
    fields: tuple[str, ...]
    examples: str | Promise


REGISTERS = {
    register.slug: register
    for register in (
        Register(
            slug="structures",
            kind=Organisation.Kind.HOUSE,
            title=_("Structures"),
            lead=_("Les maisons de quartier et l'Accorderie qui portent la conserverie."),
            add=_("Ajouter une structure"),
            new_title=_("Nouvelle structure"),
            fields=("subtype", "commune", "shelf", "email", "phone"),
            examples=_("centre social, espace de vie sociale…"),
        ),
        Register(
            slug="producteurs",
            kind=Organisation.Kind.PRODUCER,
            title=_("Producteurs et productrices"),
            lead=_("Celles et ceux dont on sauve les surplus."),
            add=_("Ajouter une ferme"),
            new_title=_("Nouvelle ferme"),
            fields=("subtype", "commune", "organic", "email", "phone", "siret"),
            examples=_("ferme, GAEC, verger, jardin…"),
        ),
        Register(
            slug="partenaires",
            kind=Organisation.Kind.PARTNER,
            title=_("Partenaires"),
            lead=_("Communes, CCAS, associations : qui accueille, oriente ou commande."),
            add=_("Ajouter un partenaire"),
            new_title=_("Nouveau partenaire"),
            fields=("subtype", "commune", "email", "phone", "siret"),
            examples=_("commune, CCAS, épicerie sociale, école…"),
        ),
        Register(
            slug="entite",
            kind=Organisation.Kind.LEGAL_ENTITY,
            title=_("Entité qui signe et vend"),
            lead=_("Elle possède les lots, signe les contrats et vend les pots. Une seule à la fois."),
            add=_("Noter l'entité"),
            new_title=_("Entité qui signe et vend"),
            fields=("subtype", "commune", "siret", "email", "phone"),
            examples=_("association, coopérative…"),
        ),
    )
}


def register_of(organisation: Organisation) -> Register:
    """The register an organisation stands in."""
    return next(register for register in REGISTERS.values() if register.kind == organisation.kind)
