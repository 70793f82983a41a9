"""Addresses of *Reprendre un classeur*."""

from django.urls import path

from bocal.workbook import views

app_name = "workbook"
urlpatterns = [
    path("reglages/classeurs/", views.imports, name="imports"),
    path("reglages/classeurs/choisir/", views.upload, name="upload"),
    path("reglages/classeurs/reprendre/", views.confirm, name="confirm"),
]
