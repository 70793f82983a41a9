"""The kitchen lends the page of an intervention what was cooked there."""

from django.apps import AppConfig


class KitchenConfig(AppConfig):
    name = "bocal.kitchen"
    label = "kitchen"

    def ready(self) -> None:
        from bocal.kitchen.views.lent import batches_for
        from bocal.toolbox.sections import register_section

        register_section("intervention", 30, batches_for)
