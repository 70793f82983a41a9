from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "bocal.programme"
    label = "programme"
