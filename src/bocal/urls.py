"""Every address of Bocal: one line per app, each keeps its own addresses in its `urls.py`."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("compte/", include("allauth.urls")),
    path("technique/", admin.site.urls),
]
