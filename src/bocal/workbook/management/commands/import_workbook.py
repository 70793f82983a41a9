"""`bocal import-workbook`: take in a season from the spreadsheet they have, or check it."""

from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from bocal.people.queries import system_person
from bocal.toolbox.ids import new_id
from bocal.workbook.actions import Report, check_season, import_season
from bocal.workbook.reading.files import fingerprint_of_file, open_workbook
from bocal.workbook.reading.rows import read_season


class Command(BaseCommand):
    """Import a workbook, whole or not at all."""

    help = "Reprend une saison depuis son classeur : tout, ou rien avec les raisons."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FICHIER.xlsx")
        parser.add_argument("--check", action="store_true", help=_("vérifie sans rien changer"))
        parser.add_argument(
            "--reconstructed",
            action="store_true",
            help=_(
                "les lignes ont été reconstituées à partir de totaux publiés : Bocal le dira partout où "
                "elles se voient"
            ),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        season = read_season(open_workbook(path))
        season.reconstructed = options["reconstructed"]
        act = check_season if options["check"] else partial(import_season, id=new_id())
        report = act(
            season,
            filename=path.name,
            file_hash=fingerprint_of_file(path),
            by=system_person(),
            at=timezone.now(),
        )
        self.tell(report, checked=options["check"])

    def tell(self, report: Report, *, checked: bool) -> None:
        """Say what was done, or would be."""
        for warning in report.warnings:
            self.stdout.write(_("À vérifier : %(warning)s") % {"warning": warning})
        for name in report.ignored:
            self.stdout.write(_("Non repris : « %(name)s »") % {"name": name})
        if report.nothing_new:
            self.stdout.write(
                _("Rien de nouveau : tout ce classeur est déjà dans Bocal. Rien n'a été changé.")
            )
            return
        if report.reconstructed:
            self.stdout.write(report.reconstructed_said)
        for sheet, count in report.new.items():
            self.stdout.write(f"{count:>7}  {sheet}")
        if checked:
            self.stdout.write(_("Ce classeur peut être repris. Rien n'a été changé."))
        else:
            self.stdout.write(_("Classeur repris."))
