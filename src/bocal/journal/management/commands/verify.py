"""`bocal verify`, for the night: what must always hold, and what somebody should look at in the morning."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bocal.craft.measures import format_number
from bocal.journal.models import Movement
from bocal.journal.queries import negative_balances
from bocal.journal.queries.verification import faults

SHOWN = 20


class Command(BaseCommand):
    """Check the journal; leave with 1 when something that must hold does not."""

    help = "Vérifie le journal : protections, soldes, corrections, libérations. À lancer chaque nuit."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(faults())
        for title, lines in found:
            self.stdout.write(f"{title} ({len(lines)}) :")
            for line in lines[:SHOWN]:
                self.stdout.write(f"  {line}")
        self._say_what_is_below_zero()
        if found:
            raise CommandError(_("Le journal n'est pas en ordre."))
        movements = Movement.objects.count()
        self.stdout.write(
            ngettext(
                "Le journal est en ordre : %(count)s mouvement vérifié.",
                "Le journal est en ordre : %(count)s mouvements vérifiés.",
                movements,
            )
            % {"count": format_number(movements)}
        )

    def _say_what_is_below_zero(self) -> None:
        """It happened, so it is no fault of the journal; somebody forgot to note something."""
        below = list(negative_balances())
        if below:
            self.stdout.write(_("À regarder, des lieux ont donné plus qu'ils n'avaient :"))
        for row in below[:SHOWN]:
            self.stdout.write(f"  {row.account} : {format_number(row.quantity)} {row.lot}")
