"""*Aide*: one page for each thing people do, in the order of a season."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from bocal.toolbox.access import allow

PAGES = {
    "commencer": (_("Commencer"), _("entrer, se repérer, chercher")),
    "offres-et-collectes": (
        _("Noter une offre, peser une collecte"),
        _("du coup de fil du producteur au camion"),
    ),
    "interventions": (
        _("Prévoir et tenir une intervention"),
        _("animation, travail à façon, location, sortie"),
    ),
    "heures": (_("Noter et confirmer les heures"), _("chaque heure compte une fois, dans la bonne nature")),
    "fabrications": (_("Noter une fabrication"), _("ce qui entre, ce qui sort, où sont passés les kilos")),
    "liberer": (_("Libérer ou bloquer un lot"), _("aucun pot ne part avant d'être libéré")),
    "partager-et-vendre": (
        _("Partager, vendre, promettre des pots"),
        _("sur place, aux maisons, en euros, en temps"),
    ),
    "corriger": (_("Corriger sans rien perdre"), _("ce qui se change, ce qui s'annule, l'historique")),
    "chiffres": (
        _("Lire les chiffres, imprimer la plaquette"),
        _("chaque chiffre s'ouvre sur ce qui le fait"),
    ),
    "classeur": (_("Reprendre un classeur"), _("une saison tenue dans un tableur")),
    "acces": (_("Donner un accès"), _("rôles, clés, liens de consultation")),
    "recettes": (_("Écrire une recette"), _("de l'essai à la recette validée")),
}


@allow.signed_in
def index(request: HttpRequest) -> HttpResponse:
    """The pages of help."""
    pages = [{"slug": slug, "title": title, "text": text} for slug, (title, text) in PAGES.items()]
    return render(request, "frontdoor/help.html", {"pages": pages})


@allow.signed_in
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of help."""
    if slug not in PAGES:
        raise Http404
    context = {"title": PAGES[slug][0], "text": f"frontdoor/help/{slug}.html"}
    return render(request, "frontdoor/help_page.html", context)
