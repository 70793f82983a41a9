"""`bocal figures`: the key figures of a period, for a person or as JSON."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from bocal.craft.figures import CHANNELS, DEFINITIONS
from bocal.craft.measures import format_number
from bocal.impact.management.scoping import add_scope_arguments, scope_of
from bocal.impact.presentation import as_json, number_and_label
from bocal.impact.queries import Scope, figures
from bocal.toolbox.times import say_period


class Command(BaseCommand):
    """Print the key figures of a period."""

    help = "Chiffres clés d'une période, par structure ou commune si besoin."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_scope_arguments(parser)
        parser.add_argument("--json", action="store_true", help=_("en JSON, une clé par chiffre"))

    def handle(self, *args: Any, **options: Any) -> None:
        scope = scope_of(options)
        if options["json"]:
            answer = as_json(figures(scope), scope.period)
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
        else:
            self.print_for_people(scope)

    def print_for_people(self, scope: Scope) -> None:
        """One figure a line, number first."""
        reckoned = figures(scope)
        self.stdout.write(say_period(scope.period.first, scope.period.last))
        for key in DEFINITIONS:
            if key != "jars_by_channel" and key in reckoned:
                number, label = number_and_label(key, reckoned[key])
                self.stdout.write(f"{number:>12}  {label}")
        for kind, jars in reckoned.jars_by_channel.items():
            self.stdout.write(f"{format_number(jars):>12}  {_('pots')} : {_(CHANNELS[kind])}")
