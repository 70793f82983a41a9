"""Addresses of the range and of the jar formats."""

from django.urls import path

from bocal.recipes import views

app_name = "recipes"

urlpatterns = [
    path("recettes/", views.recipes, name="recipes"),
    path("recettes/nouvelle/", views.new_recipe, name="new_recipe"),
    path("recettes/<uuid:recipe_id>/", views.recipe, name="recipe"),
    path("recettes/<uuid:recipe_id>/corriger/", views.correct_recipe, name="correct_recipe"),
    path("recettes/<uuid:recipe_id>/etat/", views.change_status, name="change_status"),
    path("reglages/formats/", views.jar_formats, name="jar_formats"),
    path("reglages/formats/nouveau/", views.new_jar_format, name="new_jar_format"),
    path("reglages/formats/<uuid:format_id>/", views.jar_format, name="jar_format"),
]
