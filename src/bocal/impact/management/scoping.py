"""`--from`, `--to`, `--house`, `--commune`, `--group`: the same words for every command that speaks of a period."""

from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from bocal.craft.communes import fold_name
from bocal.craft.figures import Period, PeriodTurnedRound
from bocal.impact.queries import Scope, common_communes
from bocal.people.models import Organisation
from bocal.people.queries import find_organisation, houses
from bocal.territory.models import CommuneGroup
from bocal.territory.queries import find_commune
from bocal.toolbox.refusals import Refused
from bocal.toolbox.times import parse_day, say_day


class UnableToReadScope(Refused):
    """The period or a filter of the command line was not understood."""


def add_scope_arguments(parser: ArgumentParser) -> None:
    """Add the five options."""
    parser.add_argument(
        "--from", dest="first", required=True, metavar="AAAA-MM-JJ", help=_("premier jour, compris")
    )
    parser.add_argument(
        "--to", dest="last", required=True, metavar="AAAA-MM-JJ", help=_("dernier jour, compris")
    )
    parser.add_argument(
        "--house", action="append", default=[], metavar="NOM", help=_("structure (répétable)")
    )
    parser.add_argument(
        "--commune",
        action="append",
        default=[],
        metavar="NOM",
        help=_("commune, nom ou code INSEE (répétable)"),
    )
    parser.add_argument(
        "--group", action="append", default=[], metavar="NOM", help=_("groupe de communes (répétable)")
    )


def scope_of(options: Mapping[str, Any]) -> Scope:
    """The scope the options ask for, or a refusal that says what to write."""
    first, last = _day(options["first"]), _day(options["last"])
    try:
        period = Period(first, last)
    except PeriodTurnedRound:
        raise UnableToReadScope(
            _("La période finit avant de commencer : du %(first)s au %(last)s.")
            % {"first": say_day(first), "last": say_day(last)}
        ) from None
    chosen_houses = frozenset(_house(name).id for name in options["house"])
    communes = [find_commune(name).code for name in options["commune"]]
    groups = [_group(name) for name in options["group"]]
    return Scope(period, chosen_houses or None, common_communes(communes, groups))


def _day(typed: str) -> date:
    try:
        return parse_day(typed)
    except ValueError:
        raise UnableToReadScope(
            _("« %(typed)s » n'est pas un jour : écrivez 2018-12-31.") % {"typed": typed}
        ) from None


def _house(name: str) -> Organisation:
    house = find_organisation(Organisation.Kind.HOUSE, name)
    if house is None:
        known = ", ".join(each.name for each in houses())
        raise UnableToReadScope(
            _("Aucune structure ne s'appelle « %(name)s ». Les structures : %(known)s.")
            % {"name": name, "known": known}
        )
    return house


def _group(name: str) -> UUID:
    known = dict(CommuneGroup.objects.order_by("name").values_list("id", "name"))
    for id, written in known.items():
        if fold_name(written) == fold_name(name):
            return id
    raise UnableToReadScope(
        _("Aucun groupe de communes ne s'appelle « %(name)s ». Les groupes : %(known)s.")
        % {"name": name, "known": ", ".join(known.values()) or _("aucun")}
    )
