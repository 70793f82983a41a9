from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "bocal.people"
    label = "people"
    verbose_name = _("personnes")

    def ready(self) -> None:
        from bocal.people.queries import names_of
        from bocal.toolbox.acts import name_actors_with

        name_actors_with(names_of)
