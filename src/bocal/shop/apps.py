"""The shop lends the page of an intervention what became of the jars made there."""

from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "bocal.shop"
    label = "shop"

    def ready(self) -> None:
        from bocal.shop.views.lent import jars_of
        from bocal.toolbox.sections import register_section

        register_section("intervention", 40, jars_of)
