"""`bocal leaflet`: the two-page leaflet of a period, as a PDF."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from bocal.impact.leaflet.printing import leaflet_pdf
from bocal.impact.management.scoping import UnableToReadScope, add_scope_arguments, scope_of
from bocal.impact.queries import records


class Command(BaseCommand):
    """Write the leaflet of a period to a file."""

    help = "La plaquette d'une période : deux pages A4, chiffres comptés, textes de la coordination."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_scope_arguments(parser)
        parser.add_argument("-o", "--output", required=True, type=Path, metavar="FICHIER.pdf")

    def handle(self, *args: Any, **options: Any) -> None:
        scope = scope_of(options)
        output: Path = options["output"]
        if not output.parent.is_dir():
            raise UnableToReadScope(_("Le dossier « %(folder)s » n'existe pas.") % {"folder": output.parent})
        output.write_bytes(leaflet_pdf(scope, reconstructed=records.reconstructed(scope)))
        self.stdout.write(_("Plaquette écrite : %(path)s") % {"path": output})
