"""`bocal serve`: opens Bocal to browsers of this machine, or to the proxy in front of it.

One process with a few threads, on purpose: SQLite has one writer, a page costs a few hundredths of a second, and
a small machine keeps its memory (`docs/decisions/0004-one-process.md`).
"""

import socket
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.utils.translation import gettext as _
from gunicorn.app.base import BaseApplication

from bocal.parameters.queries import is_demonstration
from bocal.toolbox import statics


class Command(BaseCommand):
    help = "Ouvre Bocal dans le navigateur ; Ctrl+C pour fermer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="numéro du port (8000)")
        parser.add_argument(
            "--host", default="127.0.0.1", help="adresse d'écoute : cette machine seulement, sauf demande"
        )
        parser.add_argument("--threads", type=int, default=8, help="pages servies en même temps (8)")

    def handle(self, *, host: str, port: int, threads: int, **options: Any) -> None:
        _refuse_if_taken(host, port)
        statics.gather()
        how_to_enter = _how_to_enter()
        connections.close_all()  # a connection must not be shared with the process that will serve
        Server(host, port, threads, opened=lambda: self._say(host, port, how_to_enter)).run()

    def _say(self, host: str, port: int, how_to_enter: str) -> None:
        name = "localhost" if host.startswith("127.") else host
        address = f"http://{name}:{port}"
        self.stdout.write(_("Bocal est ouvert : %(address)s (Ctrl+C pour fermer)") % {"address": address})
        self.stdout.write(how_to_enter)
        self.stdout.flush()


def _how_to_enter() -> str:
    if is_demonstration():
        return _("Pour entrer : choisissez un rôle sur la page d'accueil, un clic suffit.")
    return _("Pour entrer : écrivez votre adresse e-mail, Bocal y envoie un code.")


class Server(BaseApplication):
    """Gunicorn, told in Python what its command line would be told."""

    def __init__(self, host: str, port: int, threads: int, opened: Any) -> None:
        self.told = {
            "bind": f"{host}:{port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": threads,
            "preload_app": True,
            "graceful_timeout": 10,
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": lambda arbiter: opened(),
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.told.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIHandler:
        return WSGIHandler()


def _refuse_if_taken(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                _(
                    "Le port %(port)d est déjà pris sur cette machine. Essayez « bocal serve --port "
                    "%(other)d »."
                )
                % {"port": port, "other": port + 1}
            ) from error
