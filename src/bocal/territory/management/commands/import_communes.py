"""`bocal import-communes [FILE] [--territory CODE…]`: the communes of France, from the shipped file or a newer one."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bocal.craft.measures import format_number
from bocal.territory.actions import CommunesLoaded, UnableToReadCommunes, load_communes
from bocal.territory.actions.communes_file import SHIPPED_COMMUNES
from bocal.territory.queries import count_of_territory

GONE_SHOWN = 10


class Command(BaseCommand):
    help = (
        "Charge les communes de France, ou les met à jour ; le même fichier une seconde fois ne change rien."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            default=SHIPPED_COMMUNES,
            help="un CSV, compressé (gzip) ou non ; sans lui, le fichier livré avec Bocal",
        )
        parser.add_argument(
            "--territory",
            nargs="+",
            metavar="CODE",
            help="les intercommunalités du territoire, par leur SIREN ; sans elles, il reste ce qu'il est",
        )

    def handle(self, *args: Any, file: Path, territory: list[str] | None, **options: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError:
            raise UnableToReadCommunes(_("Le fichier « %s » ne peut pas être lu.") % file) from None
        for sentence in sentences(load_communes(content=content, territory=territory)):
            self.stdout.write(sentence)


def sentences(loaded: CommunesLoaded) -> list[str]:
    """What a file changed, and what the territory is now."""
    said = [
        ngettext("%s commune nouvelle", "%s communes nouvelles", loaded.new) % format_number(loaded.new),
        ngettext("%s modifiée", "%s modifiées", loaded.changed) % format_number(loaded.changed),
        ngettext("%s inchangée", "%s inchangées", loaded.unchanged) % format_number(loaded.unchanged),
    ]
    return [f"{', '.join(said)}.", *_said_of_gone(loaded.gone), _said_of_territory()]


def _said_of_gone(gone: tuple[str, ...]) -> list[str]:
    if not gone:
        return []
    sentence = ngettext(
        "%(count)s n'est plus dans le fichier, gardée hors du territoire : %(names)s.",
        "%(count)s ne sont plus dans le fichier, gardées hors du territoire : %(names)s.",
        len(gone),
    )
    names = ", ".join(gone[:GONE_SHOWN]) + ("…" if len(gone) > GONE_SHOWN else "")
    return [sentence % {"count": format_number(len(gone)), "names": names}]


def _said_of_territory() -> str:
    ours = count_of_territory()
    return ngettext(
        "%s commune dans le territoire.", "%s communes dans le territoire.", ours
    ) % format_number(ours)
