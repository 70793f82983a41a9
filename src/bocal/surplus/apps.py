from django.apps import AppConfig


class SurplusConfig(AppConfig):
    name = "bocal.surplus"
    label = "surplus"
