"""Django's `migrate`, for every database of the installation at once unless one is named."""

from typing import Any

from django.core.management import CommandParser, call_command
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS, connections

from bocal.toolbox.ephemeral import EPHEMERAL


class Command(migrate.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database=None)

    def get_check_kwargs(self, options: dict[str, Any]) -> Any:
        return super().get_check_kwargs(options | {"database": options["database"] or DEFAULT_DB_ALIAS})

    def handle(self, *args: Any, **options: Any) -> None:
        if options["database"]:
            super().handle(*args, **options)
            return
        super().handle(*args, **options | {"database": DEFAULT_DB_ALIAS})
        if options["app_label"]:
            return
        if EPHEMERAL in connections:
            super().handle(*args, **options | {"database": EPHEMERAL, "app_label": "sessions"})
        call_command(
            "createcachetable",
            database=EPHEMERAL if EPHEMERAL in connections else DEFAULT_DB_ALIAS,
            verbosity=0,
        )
