from django.apps import AppConfig


class FrontdoorConfig(AppConfig):
    name = "bocal.frontdoor"
    label = "frontdoor"
