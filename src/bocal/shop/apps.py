from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "bocal.shop"
    label = "shop"
