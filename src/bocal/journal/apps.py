from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "bocal.journal"
    label = "journal"
