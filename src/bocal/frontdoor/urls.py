"""Addresses of the front door."""

from django.urls import path

from bocal.frontdoor.views import helping, searching, settings, week

app_name = "frontdoor"
urlpatterns = [
    path("", week.home, name="home"),
    path("semaine/", week.week, name="week"),
    path("chercher", searching.search, name="search"),
    path("aide/", helping.index, name="help"),
    path("aide/<slug:slug>/", helping.page, name="help_page"),
    path("reglages/", settings.settings, name="settings"),
]
