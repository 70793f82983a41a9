"""*Réglages*: everything that is decided once, in one page; each sees what she may open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bocal.frontdoor.views.searching import may_open
from bocal.toolbox.access import allow

REGISTERS = "people:organisations"

GROUPS = (
    (
        _("La maison"),
        (
            (_("Structures"), _("les maisons de quartier et l'Accorderie"), REGISTERS, ("structures",)),
            (_("Entité qui signe et vend"), _("elle possède les lots et vend"), REGISTERS, ("entite",)),
            (_("Lieux"), _("camion, réserves, étagères, consigne, boutique"), "territory:places", ()),
            (_("Accès et rôles"), _("qui entre, pour faire quoi, et les liens de consultation"), "people:access", ()),
        ),
    ),
    (
        _("Avec qui"),
        (
            (_("Producteurs et productrices"), _("les fermes"), REGISTERS, ("producteurs",)),
            (_("Partenaires"), _("communes, CCAS, associations, écoles"), REGISTERS, ("partenaires",)),
            (_("Communes"), _("celles du territoire, et toutes les autres"), "territory:communes", ()),
            (_("Groupes de communes"), _("pour les bilans : « Drôme des Collines »…"), "territory:groups", ()),
        ),
    ),
    (
        _("La cuisine"),
        (
            (_("Recettes"), _("de l'essai à la recette validée"), "recipes:recipes", ()),
            (_("Formats de pots"), _("les contenances que l'on remplit"), "recipes:jar_formats", ()),
        ),
    ),
    (
        _("Les chiffres"),
        (
            (_("Textes de la plaquette"), _("les mots sont à vous, les chiffres sont comptés"), "impact:texts", ()),
            (_("Reprendre un classeur"), _("une saison tenue dans un tableur"), "workbook:imports", ()),
            (_("Valeurs datées"), _("ce que la maison a décidé, depuis quand, et pourquoi"), "parameters:settings", ()),
        ),
    ),
    (
        _("Comprendre"),
        ((_("Aide"), _("une page par geste"), "frontdoor:help", ()),),
    ),
)  # fmt: skip


@allow("coordination", "director", "admin")
def settings(request: HttpRequest) -> HttpResponse:
    """The groups of settings that who asks may open."""
    groups = []
    for title, rows in GROUPS:
        shown = [
            {"title": label, "text": text, "url": url}
            for label, text, name, args in rows
            if may_open(request, url := reverse(name, args=args))
        ]
        if shown:
            groups.append({"title": title, "rows": shown})
    return render(request, "frontdoor/settings.html", {"groups": groups})
