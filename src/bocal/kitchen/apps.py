from django.apps import AppConfig


class KitchenConfig(AppConfig):
    name = "bocal.kitchen"
    label = "kitchen"
