from django.apps import AppConfig
from django.contrib.admin import apps as django_admin
from django.utils.translation import gettext_lazy as _


class TechnicalConfig(django_admin.AdminConfig):
    """Django's administration, behind the door of the house."""

    default = False
    default_site = "bocal.people.technical.TechnicalSite"


class PeopleConfig(AppConfig):
    default = True
    name = "bocal.people"
    label = "people"
    verbose_name = _("personnes")

    def ready(self) -> None:
        from bocal.people import catalogue  # noqa: F401  declares the settings that people read
        from bocal.people.queries import names_of
        from bocal.toolbox.acts import name_actors_with

        name_actors_with(names_of)
