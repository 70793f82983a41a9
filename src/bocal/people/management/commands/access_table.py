"""`bocal access-table`: which role may open which address, as the reference shows it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bocal.people.routes import as_markdown


class Command(BaseCommand):
    help = "Écrit la table des adresses et des rôles : dans un fichier, ou ici."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "-o", "--output", type=Path, help="le fichier à écrire (docs/reference/access.md)"
        )

    def handle(self, *, output: Path | None, **options: Any) -> None:
        if output is None:
            self.stdout.write(as_markdown(), ending="")
        else:
            output.write_text(as_markdown())
