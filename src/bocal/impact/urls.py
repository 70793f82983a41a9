"""Addresses of *Chiffres*."""

from django.urls import path

from bocal.impact import views

app_name = "impact"
urlpatterns = [
    path("", views.key_figures, name="figures"),
    path("mois/", views.months, name="months"),
    path("tableau/", views.table, name="table"),
    path("plaquette.pdf", views.leaflet, name="leaflet"),
    path("plaquette/textes/", views.texts, name="texts"),
    path("sorties/<slug:kind>/", views.channel_records, name="channel"),
    path("<slug:key>/", views.figure_records, name="records"),
]
