"""`bocal demonstration`: fill an empty database with the demonstration."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from bocal.frontdoor.demonstration import load_demonstration


class Command(BaseCommand):
    """Load the demonstration, once."""

    help = "Charge la démonstration dans une base vide : la saison 2017-2018 et une quinzaine vivante."

    def handle(self, *args: Any, **options: Any) -> None:
        if load_demonstration(at=timezone.now()):
            self.stdout.write(_("Démonstration chargée : données inventées, une entrée par rôle."))
        else:
            self.stdout.write(_("La démonstration est déjà là."))
