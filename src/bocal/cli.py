"""The `bocal` command: Django's commands and our own, with the manners that Bocal promises.

An empty data folder is migrated before the command runs. A command may be written with dashes. The exit code is
0 when it is done, 1 when it failed, 2 when it was refused, with the reasons on standard error.
"""

import os
import sys
from collections.abc import Sequence

from bocal.toolbox.refusals import Refused

DONE, FAILED, REFUSED = 0, 1, 2

# Commands that never open the database; the one that may always bring its own up to date; the one that inspects.
WITHOUT_RECORDS = {
    "help", "version", "check", "makemessages", "compilemessages", "makemigrations", "migrate", "access_table"
}  # fmt: skip
DISPOSABLE = {"demonstration"}
INSPECTING = {"verify"}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the value is the exit code of the process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bocal.settings")
    words = list(sys.argv if argv is None else argv)
    if len(words) > 1 and not words[1].startswith("-"):
        words[1] = words[1].replace("-", "_")
    try:
        return _run(words)
    except Refused as refusal:
        for sentence in refusal.sentences:
            print(sentence, file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return FAILED


def _run(words: list[str]) -> int:
    import django
    from django.core.management import ManagementUtility, get_commands

    django.setup()
    command = words[1] if len(words) > 1 else "help"
    if command in get_commands().keys() - WITHOUT_RECORDS and "--help" not in words:
        _make_ready(command, ours=str(get_commands()[command]).startswith("bocal."))
    ManagementUtility(["bocal", *words[1:]]).execute()
    return DONE


def _make_ready(command: str, *, ours: bool) -> None:
    """Fill an empty database; in front of an old or unguarded one, refuse."""
    from bocal.journal import triggers
    from bocal.toolbox import schema

    if command in DISPOSABLE or schema.is_empty():
        schema.bring_up_to_date()
    if ours and command not in INSPECTING:
        schema.refuse_if_outdated()
        triggers.refuse_if_missing()
