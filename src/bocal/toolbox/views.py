"""The gallery: every component of the house on one page, for whoever builds or tests a screen."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from bocal.toolbox.access import allow
from bocal.toolbox.fields import CountField, DayField, DurationField, EurosField, KilosField, TimeField
from bocal.toolbox.forms import FilterForm, PeriodMixin, RecordForm, RowForm, rows_of
from bocal.toolbox.lists import Column, ListPage
from bocal.toolbox.templatetags.icons import drawn_icons

NATURES = [("gift", "Don"), ("purchase", "Achat"), ("glean", "Glanage"), ("exchange", "Échange")]

NAVIGATION = [
    {"label": "La semaine", "icon": "calendar3-week", "url": "/", "current": True, "count": 0},
    {"label": "Surplus", "icon": "basket3", "url": "#", "current": False, "count": 3},
    {"label": "Agenda", "icon": "calendar-event", "url": "#", "current": False, "count": 0},
    {"label": "Cuisine", "icon": "fire", "url": "#", "current": False, "count": 2},
    {"label": "Stock", "icon": "box-seam", "url": "#", "current": False, "count": 0},
    {"label": "Boutique", "icon": "shop", "url": "#", "current": False, "count": 0},
    {"label": "Équipe", "icon": "people", "url": "#", "current": False, "count": 0},
    {"label": "Chiffres", "icon": "bar-chart-line", "url": "#", "current": False, "count": 0},
    {"label": "Réglages", "icon": "gear", "url": "#", "current": False, "count": 0, "foot": True},
]

DAYS = [
    {
        "name": "lun.",
        "number": 23,
        "full": "lundi 23 novembre 2026",
        "events": [
            {
                "title": "Travail à façon : 140 kg de poires",
                "url": "#",
                "text": "Saint-Donat-sur-l'Herbasse · Verger de la Mésange",
                "word": "262 pots en attente, pas avant le mardi 1er décembre",
                "kind": "wait",
            }
        ],
    },
    {
        "name": "auj.",
        "number": 24,
        "today": True,
        "full": "mardi 24 novembre 2026, aujourd'hui",
        "events": [
            {
                "title": "Animation soupe, salle des fêtes",
                "url": "#",
                "text": "Peyrins · 14 h – 17 h · 11 inscrits sur 12 · équipe complète",
                "word": "départ 13 h 10",
                "icon": "truck",
            }
        ],
    },
    {
        "name": "ven.",
        "number": 27,
        "full": "vendredi 27 novembre 2026",
        "events": [],
        "nothing": "Camion libre : l'offre de courges tiendrait ici",
    },
]

TODOS = [
    {
        "title": "60 kg de courges, jusqu'à jeudi midi",
        "text": "Ferme des Quatre Saules, Hostun · don · 3 possibilités",
        "word": "2 jours",
        "kind": "hot",
    },
    {
        "title": "Lot L26-314-01 à libérer",
        "text": "Velouté de potimarron, 48 pots · étuvage terminé le jeudi 19",
        "word": "tout est vert",
        "kind": "ok",
    },
    {
        "title": "Lot L26-320-02 bloqué",
        "text": "Poivronnade, 31 pots · décision à prendre",
        "word": "pH 4,62",
        "kind": "no",
    },
    {"title": "14 heures à confirmer", "text": "5 bénévoles, animation de Triors du jeudi 19"},
]

FIGURES = [
    {"number": "47", "label": "animations", "change": "+6 sur 2025"},
    {"number": "1 412 kg", "label": "transformés", "change": "+188 kg"},
    {"number": "1 036", "label": "pots réalisés", "change": "+140"},
    {"number": "486", "label": "participants", "change": "+31"},
    {"number": "1 068 h", "label": "de bénévolat", "change": "−12 h", "less": True},
    {"number": "22", "label": "communes", "change": "+2"},
]

DETAILS = [
    {"label": "Producteur", "value": "Ferme des Quatre Saules", "url": "#"},
    {"label": "Pesée", "value": "60 kg de courges butternut"},
    {"label": "État", "word": "à libérer", "kind": "wait"},
    {"label": "Où", "value": "Maison des Ors, Romans-sur-Isère"},
]

HISTORY = [
    {
        "sentence": "Mardi 24 novembre à 8 h 12, Nadia a corrigé la collecte.",
        "reason": "la balance affichait la caisse",
        "changes": [{"field": "poids", "old": "62 kg", "new": "60 kg"}],
    },
    {"sentence": "Lundi 23 novembre à 17 h 40, Michel a noté la collecte.", "reason": "", "changes": []},
]

BARS = [
    {"label": "sur place", "number": "186", "percent": 60, "url": "#"},
    {"label": "maison de quartier", "number": "310", "percent": 100, "url": "#"},
    {"label": "vente en euros", "number": "124", "percent": 40, "url": ""},
    {"label": "casse", "number": "3", "percent": 1, "url": ""},
]

MONTHS = [("janvier", 62), ("février", 48), ("mars", 95), ("avril", 120), ("mai", 88), ("juin", 156)]
CHART = {
    "title": "Les pots du semestre",
    "columns": [{"label": "Mois"}, {"label": "Pots", "numeric": True}],
    "rows": [[{"text": month}, {"text": str(jars), "numeric": True}] for month, jars in MONTHS],
    "source": "D'après les fabrications notées.",
}

COLLECTIONS = [
    {
        "day": "mar. 24 nov.",
        "producer": producer,
        "produce": produce,
        "grams": grams,
        "state": state,
        "kind": kind,
    }
    for producer, produce, grams, state, kind in [
        ("Ferme des Quatre Saules", "courges butternut", 60_000, "notée", ""),
        ("Verger de la Mésange", "poires Williams", 140_500, "en cuisine", "wait"),
        ("Les Jardins du Vercors", "poivrons", 18_250, "libérée", "ok"),
        ("GAEC du Chalon", "tomates trop mûres", 7_400, "bloquée", "no"),
    ]
    * 7
]

COLUMNS = [
    Column("Producteur", "producer", url=lambda row: "#"),
    Column("Jour", "day"),
    Column("Produit", "produce"),
    Column("Pesée", "grams", kind="kilos"),
    Column("État", "state", chip=lambda row: row["kind"]),
]


EMPTY = {
    "title": "Aucune collecte pour l'instant",
    "sentence": "Une collecte se note dès qu'elle est pesée.",
    "action": "Noter une collecte",
    "url": "#",
}


class CollectionFilter(PeriodMixin, FilterForm):
    nature = forms.ChoiceField(label="Nature", choices=[("", "Toutes"), *NATURES])


class SampleForm(RecordForm):
    """One field of each kind."""

    layout = (
        ("Ce qui a été récupéré", ("producer", "produce", "kilos", "day", "hour", "nature")),
        ("Pour la suite", ("price", "duration", "people", "certified", "note", "photo")),
    )
    producer = forms.ChoiceField(
        label="Producteur", choices=[("", "Choisir"), ("1", "Ferme des Quatre Saules")]
    )
    produce = forms.CharField(label="Produit", help_text="Comme on le dirait au téléphone.", max_length=80)
    kilos = KilosField(label="Poids net")
    day = DayField(label="Jour de la collecte")
    hour = TimeField(label="Heure", required=False)
    nature = forms.ChoiceField(label="Nature", choices=NATURES, widget=forms.RadioSelect)
    price = EurosField(label="Payé", required=False)
    duration = DurationField(label="Temps passé", required=False)
    people = CountField(label="Personnes", required=False)
    certified = forms.BooleanField(label="Produit certifié bio", required=False)
    note = forms.CharField(label="Remarque", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    photo = forms.FileField(label="Photo du bon", required=False)


class SampleRow(RowForm):
    produce = forms.CharField(label="Produit", max_length=80)
    kilos = KilosField(label="Poids net")


@allow.public
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component, in every state; for developers and tests only."""
    if not settings.DEBUG:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    messages.success(request, "La collecte est notée : 60 kg de courges.")
    messages.warning(request, "Il ne reste qu'une personne qui peut libérer un lot.")
    messages.error(request, "Le lot L26-320-02 n'est pas libéré.")
    found = ListPage.read(request, COLLECTIONS, COLUMNS, filters=CollectionFilter(request.GET), empty=EMPTY)
    context = {
        "navigation": NAVIGATION,
        "bottom_navigation": [{**NAVIGATION[0], "label": "Semaine"}, *NAVIGATION[1:4]],
        "demonstration": True,
        "days": DAYS,
        "todos": TODOS,
        "figures": FIGURES,
        "details": DETAILS,
        "history": HISTORY,
        "bars": BARS,
        "chart": {**CHART, "svg": render_to_string("gallery_chart.html")},
        "tabs": [
            {"label": "À venir", "url": "#", "current": True, "count": 3},
            {"label": "Passées", "url": "#", "current": False, "count": 0},
        ],
        "sentences": ["Il manque le pH de la marmite.", "Le traitement thermique n'est pas noté."],
        "form": SampleForm(sent),
        "lines": rows_of(SampleRow, prefix="lines", data=sent, extra=2),
        "icons": sorted(drawn_icons()),
        **found.context,
    }
    return render(request, "gallery.html", context)
