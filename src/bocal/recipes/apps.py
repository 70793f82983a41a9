from django.apps import AppConfig


class RecipesConfig(AppConfig):
    name = "bocal.recipes"
    label = "recipes"
