"""The surplus lends the page of an intervention what was collected for it."""

from django.apps import AppConfig


class SurplusConfig(AppConfig):
    name = "bocal.surplus"
    label = "surplus"

    def ready(self) -> None:
        from bocal.surplus.views.lent import collections_for
        from bocal.toolbox.sections import register_section

        register_section("intervention", 20, collections_for)
