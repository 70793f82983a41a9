"""`bocal rebuild-balances`: reckon every running balance anew from the movements."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bocal.craft.measures import format_number
from bocal.journal.actions import rebuild_balances
from bocal.journal.queries import differences


class Command(BaseCommand):
    """Say what was wrong, then write all balances again."""

    help = "Recalcule tous les soldes à partir des mouvements."

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = len(differences())
        rebuild_balances()
        if wrong:
            self.stdout.write(
                ngettext("%(count)s solde était faux.", "%(count)s soldes étaient faux.", wrong)
                % {"count": format_number(wrong)}
            )
        else:
            self.stdout.write(_("Les soldes étaient justes."))
