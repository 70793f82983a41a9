"""Addresses of the front door."""

from django.urls import path

from bocal.frontdoor.views import searching, settings, week

app_name = "frontdoor"
urlpatterns = [
    path("", week.home, name="home"),
    path("semaine/", week.week, name="week"),
    path("chercher", searching.search, name="search"),
    path("reglages/", settings.settings, name="settings"),
]
