"""Every address of Bocal: one line per app, each keeps its own addresses in its `urls.py`."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("bocal.frontdoor.urls")),
    path("", include("bocal.territory.urls")),
    path("", include("bocal.parameters.urls")),
    path("", include("bocal.people.urls")),
    path("", include("bocal.recipes.urls")),
    path("", include("bocal.programme.urls")),
    path("", include("bocal.surplus.urls")),
    path("", include("bocal.kitchen.urls")),
    path("", include("bocal.shop.urls")),
    path("chiffres/", include("bocal.impact.urls")),
    path("", include("bocal.workbook.urls")),
    path("", include("bocal.toolbox.urls")),
    path("technique/", admin.site.urls),
]
