from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "bocal.territory"
    label = "territory"
