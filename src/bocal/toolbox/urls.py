"""The gallery's address. The toolbox has no page for people."""

from django.urls import path

from bocal.toolbox import views

urlpatterns = [
    path("galerie/", views.gallery, name="gallery"),
]
