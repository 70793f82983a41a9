"""Addresses of the settings."""

from django.urls import path

from bocal.parameters import views

app_name = "parameters"

urlpatterns = [
    path("reglages/valeurs/", views.settings, name="settings"),
    path("reglages/valeurs/<slug:key>/", views.setting, name="setting"),
]
