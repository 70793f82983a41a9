from django.apps import AppConfig


class ParametersConfig(AppConfig):
    name = "bocal.parameters"
    label = "parameters"
