from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "bocal.people"
    label = "people"
