from django.apps import AppConfig


class ImpactConfig(AppConfig):
    name = "bocal.impact"
    label = "impact"
