"""What is true of every exit: the jars are there, ours, free, not promised to somebody else, and already made.

A complaint is the field it is about and its sentence. Complaints are generators, asked for once the lots are
locked (`hold`): while one person sells the last jar, nobody else gives it away.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bocal.craft.journal import is_free
from bocal.craft.measures import format_number
from bocal.journal.models import Decision, Lot
from bocal.kitchen.queries import batch_of, decisions_on
from bocal.recipes.models import Recipe
from bocal.shop.queries import Availability, availability, whereabouts
from bocal.territory.models import Place
from bocal.toolbox.refusals import Refused
from bocal.toolbox.times import paris_day, say_day

Complaint = tuple[str, str]

STOPPED = {
    Decision.Kind.BLOCK: gettext_lazy("Le lot %(lot)s est bloqué : ses pots ne sortent pas."),
    Decision.Kind.WITHDRAW: gettext_lazy("Le lot %(lot)s est retiré : ses pots ne sortent pas."),
    Decision.Kind.RECALL: gettext_lazy("Le lot %(lot)s est rappelé : ses pots ne sortent pas."),
    Decision.Kind.DESTROY: gettext_lazy("Le lot %(lot)s est à détruire : ses pots ne sortent pas."),
}


def hold(lots: Iterable[Lot]) -> None:
    """Lock these lots, in the order of their keys, until the transaction ends."""
    keys = {lot.pk for lot in lots}
    list(Lot.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))


def refuse(refusal: type[Refused], *complaints: Iterable[Complaint]) -> None:
    """Raise one refusal with every sentence, at the field when there is one alone; nothing when there is none."""
    found = [complaint for each in complaints for complaint in each]
    if found:
        sentences = list(dict.fromkeys(sentence for _field, sentence in found))
        raise refusal(sentences, field=found[0][0] if len(sentences) == 1 else None)


def about_jars(lot: Lot, jars: int) -> Iterator[Complaint]:
    """A whole number of jars of a jar lot."""
    if lot.kind != Lot.Kind.JAR:
        yield "lot", _("%(lot)s n'est pas un lot de pots.") % {"lot": lot.code}
    if jars <= 0:
        yield "jars", _("Dites combien de pots.")


def about_day(lot: Lot, happened_at: datetime, at: datetime) -> Iterator[Complaint]:
    """Not before the jars were made, not after they are written down."""
    day = paris_day(happened_at)
    if day > paris_day(at):
        yield "day", _("Le %(day)s est à venir : notez la sortie le jour même.") % {"day": say_day(day)}
    if day < lot.made_on:
        words = {"lot": lot.code, "day": say_day(lot.made_on)}
        yield "day", _("Le lot %(lot)s n'a été fait que le %(day)s.") % words


def about_owner(lot: Lot) -> Iterator[Complaint]:
    """Jars made of a client's produce go back to the client."""
    if lot.nature == Lot.Nature.CUSTOM:
        words = {"lot": lot.code, "owner": lot.owner.name}
        yield (
            "lot",
            _("Les pots du lot %(lot)s sont à %(owner)s (travail à façon) : rendez-les-lui.") % words,
        )


def about_freedom(lot: Lot, happened_at: datetime) -> Iterator[Complaint]:
    """Only free jars go to people, and not on a day when they were not free yet."""
    decisions = list(decisions_on(lot))
    state = decisions[-1].kind if decisions else None
    if not is_free(state):
        if state in STOPPED:
            sentence = str(STOPPED[Decision.Kind(state)])
        else:
            sentence = _("Le lot %(lot)s n'est pas encore libéré : ses pots ne sortent pas.")
        yield "lot", sentence % {"lot": lot.code}
        return
    released = next((each for each in decisions if each.kind == Decision.Kind.RELEASE), None)
    if released and paris_day(happened_at) < paris_day(released.decided_at):
        words = {"lot": lot.code, "day": say_day(paris_day(released.decided_at))}
        yield (
            "day",
            _("Le lot %(lot)s n'a été libéré que le %(day)s : ses pots n'ont pas pu sortir avant.") % words,
        )


def about_stock(asked: Mapping[Lot, int], place: Place, *, promises: bool = True) -> Iterator[Complaint]:
    """The jars are at that place (else, where they are) and, to be given to others, vouchers do not promise them."""
    found = availability(asked, place)
    for lot, jars in asked.items():
        known = found[lot.pk]
        if jars > known.held:
            yield "jars", _what_is_there(lot, known, place)
        elif promises and known.promised and jars > known.to_give:
            yield "jars", _what_is_promised(lot, known, place)


def about_promise(lot: Lot, jars: int, place: Place) -> Iterator[Complaint]:
    """What may be promised: jars nobody was promised, of a lot that is free or may become so, at a shelf."""
    state = decisions[-1].kind if (decisions := list(decisions_on(lot))) else None
    if state in STOPPED:
        yield "lot", str(STOPPED[Decision.Kind(state)]) % {"lot": lot.code}
    batch = batch_of(lot)
    if batch and batch.recipe_version.recipe.status == Recipe.Status.TRIAL:
        yield (
            "lot",
            _("« %(title)s » est encore à l'essai : on la goûte sur place, ses pots ne partent pas.")
            % {"title": batch.recipe_version.recipe.title},
        )
    if place.quarantine or place.kind in (Place.Kind.SITE, Place.Kind.GARAGE):
        yield (
            "place",
            _(
                "On ne retire pas de pots à %(place)s : choisissez une étagère, une réserve, le camion ou la boutique."
            )
            % {"place": place.name},
        )
    left = availability([lot])[lot.pk].to_promise
    if jars > left:
        yield (
            "jars",
            ngettext(
                "Il reste %(left)s pot du lot %(lot)s à promettre, pas plus.",
                "Il reste %(left)s pots du lot %(lot)s à promettre, pas plus.",
                left,
            )
            % {"left": format_number(left), "lot": lot.code},
        )


def _what_is_promised(lot: Lot, known: Availability, place: Place) -> str:
    return ngettext(
        "%(promised)s pot du lot %(lot)s est promis par bon de retrait : "
        "à %(place)s, il en reste %(left)s à donner ou à vendre.",
        "%(promised)s pots du lot %(lot)s sont promis par bons de retrait : "
        "à %(place)s, il en reste %(left)s à donner ou à vendre.",
        known.promised,
    ) % {
        "promised": format_number(known.promised),
        "lot": lot.code,
        "left": format_number(known.to_give),
        "place": place.name,
    }


def _what_is_there(lot: Lot, known: Availability, place: Place) -> str:
    said = ngettext(
        "Il y a %(held)s pot du lot %(lot)s à %(place)s, pas plus.",
        "Il y a %(held)s pots du lot %(lot)s à %(place)s, pas plus.",
        known.held,
    ) % {"held": format_number(max(0, known.held)), "lot": lot.code, "place": place.name}
    elsewhere = [
        f"{other.name} ({format_number(jars)})" for other, jars in whereabouts(lot) if other.pk != place.pk
    ]
    if not elsewhere:
        return said
    return f"{said} " + _("Il y en a à %(places)s : déplacez-les d'abord (Stock).") % {
        "places": ", ".join(elsewhere)
    }
