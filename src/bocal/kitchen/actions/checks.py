"""What cannot be true of a batch, and where its inputs are taken from.

A complaint is a sentence and the field it is about. Inputs are taken from wherever the lot is kept, the fullest
place first.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bocal.craft.journal import LotId, Portion
from bocal.craft.measures import format_grams, format_number
from bocal.journal.models import Account, Balance, Lot
from bocal.kitchen.contents import Contents, Input, Jars
from bocal.recipes.actions import LARGEST_JAR_ML, SMALLEST_JAR_ML
from bocal.territory.models import Place
from bocal.toolbox.refusals import Complaint
from bocal.toolbox.times import paris_day, say_day

MOST_JARS = 5_000
MOST_SOUP_ML = 2_000_000
MOST_GRAMS = 5_000_000
MOST_LOADS = 20


Kept = Mapping[UUID, Sequence[tuple[UUID, int]]]


def hold(lots: Iterable[Lot]) -> None:
    """Until this transaction ends, nobody else takes from these lots: what was read of them stays true."""
    keys = [lot.pk for lot in lots]
    list(Lot.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))


def kept_in_places(lots: Collection[Lot]) -> Kept:
    """Of each lot, how much is at hand in which account, the fullest place first; held until we are done."""
    hold(lots)
    found: dict[UUID, list[tuple[UUID, int]]] = {lot.pk: [] for lot in lots}
    at_hand = Balance.objects.filter(lot__in=found, account__kind=Account.Kind.PLACE, quantity__gt=0)
    for lot_id, account_id, quantity in at_hand.order_by("-quantity", "account_id").values_list(
        "lot_id", "account_id", "quantity"
    ):
        found[lot_id].append((account_id, quantity))
    return found


def take(inputs: Iterable[Input], kept: Kept) -> list[Portion]:
    """Portions that make up each input, from the fullest place on; enough must be kept."""
    portions = []
    for each in inputs:
        wanted = each.grams
        for account_id, quantity in kept[each.lot.pk]:
            taken = min(wanted, quantity)
            if taken:
                portions.append(Portion(LotId(each.lot.pk), taken, account_id))
            wanted -= taken
        if wanted:
            raise ValueError(f"{wanted} g of {each.lot} are not kept anywhere")
    return portions


def about_contents(contents: Contents, *, made_at: datetime, at: datetime) -> Iterator[Complaint]:
    """What cannot be, whatever is in stock."""
    if made_at > at:
        yield (
            "day",
            _("Le %(day)s est à venir : une fabrication se note quand elle est faite.")
            % {"day": say_day(paris_day(made_at))},
        )
    if not contents.inputs:
        yield None, _("Dites ce qui est entré dans la marmite : au moins un lot et son poids.")
    yield from _about_inputs(contents.inputs, made_at)
    yield from _about_jars(contents.jars)
    if not 0 <= contents.soup_ml <= MOST_SOUP_ML:
        yield (
            "soup_ml",
            _("Soupe servie : au plus %(most)s litres en une fabrication.")
            % {"most": format_number(MOST_SOUP_ML // 1000)},
        )
    for field, grams in (("waste_grams", contents.waste_grams), ("eaten_grams", contents.eaten_grams)):
        if not 0 <= grams <= MOST_GRAMS:
            yield field, _("Entre 0 et %(most)s.") % {"most": format_grams(MOST_GRAMS)}
    for half in contents.semi_finished:
        if not half.label or not 0 < half.grams <= MOST_GRAMS:
            yield "semi_finished", _("Un semi-fini a un nom et pèse plus de 0 kg.")


def about_stock(inputs: Iterable[Input], kept: Kept) -> Iterator[Complaint]:
    """What is asked of a lot beyond what remains of it."""
    for each in inputs:
        remains = sum(quantity for _account, quantity in kept[each.lot.pk])
        if each.grams > remains:
            yield (
                f"input_{each.lot.pk}",
                _("%(lot)s : il reste %(remains)s, vous en mettez %(wanted)s.")
                % {
                    "lot": f"{each.lot.label} ({each.lot.code})",
                    "remains": format_grams(remains),
                    "wanted": format_grams(each.grams),
                },
            )


def _about_inputs(inputs: Sequence[Input], made_at: datetime) -> Iterator[Complaint]:
    seen: set[UUID] = set()
    for each in inputs:
        lot, field = each.lot, f"input_{each.lot.pk}"
        if each.grams <= 0:
            yield field, _("%(lot)s : notez plus de 0 kg, ou laissez vide.") % {"lot": lot.label}
        if lot.unit != Lot.Unit.GRAM:
            yield (
                field,
                _("%(lot)s ne se pèse pas : on ne peut pas le remettre en marmite.") % {"lot": lot.label},
            )
        if lot.pk in seen:
            yield field, _("%(lot)s (%(code)s) est compté deux fois.") % {"lot": lot.label, "code": lot.code}
        seen.add(lot.pk)
        if paris_day(made_at) < lot.made_on:
            yield (
                "day",
                _(
                    "%(lot)s (%(code)s) n'est là que depuis le %(day)s : la fabrication ne peut pas être avant."
                )
                % {
                    "lot": lot.label,
                    "code": lot.code,
                    "day": say_day(lot.made_on),
                },
            )
    owners = sorted({each.lot.owner.name for each in inputs})
    if len(owners) > 1:
        yield (
            None,
            _("On ne mélange pas les produits de plusieurs propriétaires dans une marmite (%(owners)s).")
            % {"owners": ", ".join(owners)},
        )


def _about_jars(jars: Sequence[Jars]) -> Iterator[Complaint]:
    seen: set[tuple[int, int]] = set()
    for each in jars:
        field = f"jars_{each.capacity_ml}_{each.thermal_load}"
        if each.count <= 0:
            yield (
                field,
                _("Pots de %(ml)d ml : notez au moins un pot, ou laissez vide.") % {"ml": each.capacity_ml},
            )
        if each.count > MOST_JARS:
            yield (
                field,
                ngettext(
                    "%(count)s pot de %(ml)d ml en une fabrication, c'est trop : %(most)s au plus.",
                    "%(count)s pots de %(ml)d ml en une fabrication, c'est trop : %(most)s au plus.",
                    each.count,
                )
                % {
                    "count": format_number(each.count),
                    "ml": each.capacity_ml,
                    "most": format_number(MOST_JARS),
                },
            )
        if not SMALLEST_JAR_ML <= each.capacity_ml <= LARGEST_JAR_ML:
            yield None, _("Un pot de %(ml)d ml n'existe pas.") % {"ml": each.capacity_ml}
        if not 1 <= each.thermal_load <= MOST_LOADS:
            yield None, _("Les charges se comptent de 1 à %(most)d.") % {"most": MOST_LOADS}
        if (each.capacity_ml, each.thermal_load) in seen:
            yield (
                field,
                _("Les pots de %(ml)d ml de la charge %(load)d sont comptés deux fois.")
                % {
                    "ml": each.capacity_ml,
                    "load": each.thermal_load,
                },
            )
        seen.add((each.capacity_ml, each.thermal_load))


def about_keeping(contents: Contents, kept_at: Place | None, prior: bool) -> Iterable[Complaint]:
    """Where jars and half-made things are put: jars that are not released wait in a quarantine place."""
    if not contents.jars and not contents.semi_finished:
        return
    if kept_at is None:
        yield (
            "kept_at",
            _(
                "Il n'y a pas encore de lieu de consigne pour garder les pots avant leur libération : "
                "ajoutez-en un dans Réglages › Lieux."
            ),
        )
    elif contents.jars and not kept_at.quarantine and not prior:
        yield (
            "kept_at",
            _("%(place)s n'est pas un lieu de consigne : les pots y attendent d'être libérés.")
            % {"place": kept_at.name},
        )
