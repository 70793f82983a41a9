"""`bocal start`: the first day of a real cannery. Asks what it must, or takes it all as options for a script."""

import sys
from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandParser
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bocal.frontdoor.actions import FirstHouse, Newcomer, UnableToStart, start_cannery
from bocal.people.queries import access_warnings
from bocal.toolbox.times import parse_day, say_day

ROMANS = "Romans-sur-Isère"
FOUR_HOUSES = (
    FirstHouse("Maison de quartier des Ors", "centre social", ROMANS),
    FirstHouse("Maison de quartier Saint-Nicolas", "centre social", ROMANS),
    FirstHouse("Maison Citoyenne Noël Guichard", "centre social", ROMANS),
    FirstHouse("Accorderie de Romans", "espace de vie sociale", ROMANS),
)


def _day(typed: str) -> date:
    try:
        return parse_day(typed)
    except ValueError as error:
        raise ArgumentTypeError(
            _("« %s » n'est pas un jour ; écrivez par exemple 01/07/2026") % typed
        ) from error


class Command(BaseCommand):
    help = "Commence une vraie conserverie dans une base vide ; pose les questions nécessaires."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cannery", help="nom de l'entité qui signe et vend")
        parser.add_argument("--admin", help="prénom et nom de la première personne qui donnera les accès")
        parser.add_argument("--email", help="son adresse e-mail")
        parser.add_argument("--second-admin", help="prénom et nom de la seconde (conseillé)")
        parser.add_argument("--second-email", help="son adresse e-mail")
        parser.add_argument(
            "--house",
            action="append",
            metavar="NOM",
            help="une structure ; à répéter. Sans cette option : les trois maisons de quartier et l'Accorderie",
        )
        parser.add_argument(
            "--opened-on",
            type=_day,
            help="jour depuis lequel le journal est tenu ; ce qui est plus ancien est « antérieur à Bocal »",
        )

    def handle(self, **options: Any) -> None:
        self.asking = sys.stdin.isatty()
        told = self._complete(options)
        opened_on = told["opened_on"] or timezone.localdate()
        administrators = [Newcomer(told["admin"], told["email"])]
        if told["second_admin"]:
            administrators.append(Newcomer(told["second_admin"], told["second_email"]))
        start_cannery(
            cannery=told["cannery"],
            houses=[FirstHouse(name) for name in told["house"]] if told["house"] else FOUR_HOUSES,
            administrators=administrators,
            opened_on=opened_on,
            at=timezone.now(),
        )
        self._say_how_to_enter(told["cannery"], opened_on)

    # --- What must be known -----------------------------------------------------------------------

    def _complete(self, options: dict[str, Any]) -> dict[str, Any]:
        """The options, completed by asking where somebody is there to answer."""
        told = dict(options)
        told["cannery"] = told["cannery"] or self._ask(_("Nom de l'entité qui signe et vend"))
        if self.asking and not told["house"]:
            told["house"] = self._ask_houses()
        told["admin"] = told["admin"] or self._ask(
            _("Première personne qui donnera les accès, prénom et nom")
        )
        told["email"] = told["email"] or self._ask(_("Son adresse e-mail"))
        if self.asking and not told["second_admin"]:
            told["second_admin"] = self._ask(_("Seconde personne (conseillé ; Entrée pour plus tard)"))
        if told["second_admin"] and not told["second_email"]:
            told["second_email"] = self._ask(_("Son adresse e-mail"))
        _refuse_what_is_missing(told)
        return told

    def _ask(self, question: str) -> str:
        if not self.asking:
            return ""
        try:
            return input(f"{question} : ").strip()
        except EOFError:
            raise UnableToStart(_("Vous n'avez pas tout dit : rien n'a été écrit.")) from None

    def _ask_houses(self) -> list[str]:
        self.stdout.write(_("Structures qui portent la conserverie (Entrée garde celles-ci) :"))
        for house in FOUR_HOUSES:
            self.stdout.write(f"  {house.name}")
        names = []
        while name := self._ask(_("Autre structure, une par ligne ; Entrée pour finir")):
            names.append(name)
        return names

    # --- What to do next --------------------------------------------------------------------------

    def _say_how_to_enter(self, cannery: str, opened_on: date) -> None:
        self.stdout.write(
            _("%(cannery)s est prête. Le journal est tenu depuis le %(day)s.")
            % {"cannery": cannery, "day": say_day(opened_on)}
        )
        self.stdout.write(
            _("Lancez « bocal serve », ouvrez %(address)s et donnez votre adresse : un code vous est envoyé.")
            % {"address": f"{settings.ENVIRONMENT.address}{reverse('account_login')}"}
        )
        if folder := getattr(settings, "EMAIL_FILE_PATH", None):
            self.stdout.write(
                _(
                    "Aucun serveur d'e-mail n'est réglé : les codes sont des fichiers de %(folder)s. "
                    "Pour de vrais e-mails, réglez BOCAL_EMAIL_URL."
                )
                % {"folder": folder}
            )
        self.stdout.write(
            _(
                "Puis dans Réglages : ouvrez un accès à la coordination, notez les lieux, corrigez les structures."
            )
        )
        for warning in access_warnings(on=timezone.localdate()):
            self.stdout.write(_("Attention. %(warning)s") % {"warning": warning})


def _refuse_what_is_missing(told: dict[str, Any]) -> None:
    missing = [
        _("Il manque %(what)s : %(option)s.") % {"what": what, "option": option}
        for option, what, value in (
            ("--cannery", _("le nom de l'entité qui signe et vend"), told["cannery"]),
            ("--admin", _("le nom de la première personne qui donnera les accès"), told["admin"]),
            ("--email", _("son adresse e-mail"), told["email"]),
            (
                "--second-email",
                _("l'adresse de la seconde"),
                told["second_email"] or not told["second_admin"],
            ),
        )
        if not value
    ]
    wrong = [
        _("« %(email)s » n'est pas une adresse e-mail.") % {"email": email}
        for email in (told["email"], told["second_email"])
        if email and not _is_address(email)
    ]
    if missing or wrong:
        raise UnableToStart(missing, wrong)


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
