"""What the machine says to Bocal: every environment variable, read once, strictly.

A value that cannot be understood, or a `BOCAL_…` name that nobody knows, is refused with a sentence that says what
to write instead: a misspelt setting that is silently ignored is how a season's data ends up in another folder.
All complaints are given at once. `docs/reference/settings.md` describes each name; a test keeps the two together.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from bocal.toolbox.refusals import Refused

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")
SHORTEST_SECRET = 50
T = TypeVar("T")
YES, NO = {"1", "true", "oui", "yes", "on"}, {"", "0", "false", "non", "no", "off"}


class UnableToReadSettings(Refused):
    """The environment of the process says something that Bocal cannot follow."""


@dataclass(frozen=True, kw_only=True)
class Environment:
    """The settings of one installation, already understood."""

    data: Path
    database_url: str
    secret_key: str
    address: str
    hosts: tuple[str, ...]
    email_url: str
    email_from: str
    debug: bool

    @property
    def https(self) -> bool:
        return self.address.startswith("https://")

    @property
    def host(self) -> str:
        return urlsplit(self.address).hostname or "localhost"


def _folder(value: str) -> Path:
    path = Path(value).expanduser().resolve()
    if path.exists() and not path.is_dir():
        raise ValueError("ce doit être un dossier, pas un fichier")
    return path


def _database(value: str) -> str:
    if value and urlsplit(value).scheme not in {"postgres", "postgresql"}:
        raise ValueError("attendu « postgres://… », ou rien du tout pour SQLite dans le dossier de données")
    return value


def _secret(value: str) -> str:
    if value and len(value) < SHORTEST_SECRET:
        raise ValueError(f"au moins {SHORTEST_SECRET} caractères, ou rien du tout pour que Bocal en tire une")
    return value


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError("attendu une adresse comme « https://bocal.exemple.fr », sans rien derrière le nom")
    if parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise ValueError("hors de cette machine, l'adresse doit commencer par « https:// »")
    return f"{parts.scheme}://{parts.netloc}"


def _hosts(value: str) -> tuple[str, ...]:
    hosts = tuple(host.strip() for host in value.split(",") if host.strip())
    if any("/" in host or "*" in host or " " in host for host in hosts):
        raise ValueError("attendu des noms de machine séparés par des virgules, sans « * » ni « / »")
    return hosts


def _email_url(value: str) -> str:
    if value and urlsplit(value).scheme not in {"smtp", "smtp+tls", "smtp+ssl"}:
        raise ValueError("attendu « smtp+tls://utilisateur:motdepasse@serveur:587 », ou rien pour un dossier")
    return value


def _email_from(value: str) -> str:
    if "@" not in parseaddr(value)[1]:
        raise ValueError("attendu une adresse comme « Bocal <bocal@exemple.fr> »")
    return value


def _yes_or_no(value: str) -> bool:
    if value.lower() not in YES | NO:
        raise ValueError("attendu « oui » ou « non »")
    return value.lower() in YES


class _Reader:
    """Takes variables one by one, remembers every complaint and speaks once at the end."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.asked: set[str] = set()
        self.complaints: list[str] = []

    def take(self, name: str, default: str, understand: Callable[[str], T]) -> T:
        self.asked.add(name)
        value = self.environ.get(name, default)
        try:
            return understand(value)
        except ValueError as error:
            shown = "" if "SECRET" in name or "URL" in name else f" (« {value} »)"
            self.complaints.append(f"Réglage {name}{shown} : {error}.")
            return understand(default)

    def speak(self) -> None:
        strangers = sorted(
            name for name in self.environ if name.startswith("BOCAL_") and name not in self.asked
        )
        known = ", ".join(sorted(self.asked))
        self.complaints += [
            f"Réglage {name} inconnu ; ceux que Bocal connaît : {known}." for name in strangers
        ]
        if self.complaints:
            raise UnableToReadSettings(*self.complaints)


def read_environment(environ: Mapping[str, str]) -> Environment:
    """Understand every variable or refuse them all, each with its sentence."""
    reader = _Reader(environ)
    environment = Environment(
        data=reader.take("BOCAL_DATA", "./var", _folder),
        database_url=reader.take("DATABASE_URL", "", _database),
        secret_key=reader.take("BOCAL_SECRET_KEY", "", _secret),
        address=reader.take("BOCAL_ADDRESS", "http://localhost:8000", _address),
        hosts=reader.take("BOCAL_HOSTS", "", _hosts),
        email_url=reader.take("BOCAL_EMAIL_URL", "", _email_url),
        email_from=reader.take("BOCAL_EMAIL_FROM", "Bocal <bocal@localhost>", _email_from),
        debug=reader.take("BOCAL_DEBUG", "non", _yes_or_no),
    )
    if environment.debug and environment.https:
        reader.complaints.append(
            "Réglage BOCAL_DEBUG : jamais avec une adresse « https:// », il montrerait tout à tous."
        )
    reader.speak()
    return environment
