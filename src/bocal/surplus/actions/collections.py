"""A collection is a fact: each weighing is a lot, moved by the journal from the producer to the place that keeps it.

A wrong weight is reversed and recorded anew on the same lot, never below what already left the place; a
weighing that should not be there is reversed alone. The collection itself only says which intervention it is for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bocal.craft.journal import LotId, Portion
from bocal.craft.journal import collection as collected
from bocal.craft.measures import format_grams
from bocal.journal.actions import (
    create_lot,
    party_account,
    place_account,
    record_transaction,
    reverse_transaction,
)
from bocal.journal.models import Balance, Lot, Transaction
from bocal.people.models import Organisation, Person
from bocal.people.names import tidy
from bocal.people.queries import cannery
from bocal.programme.models import Intervention
from bocal.surplus.actions.offers import mark_offer_collected
from bocal.surplus.models import MOST_GRAMS, Collection, CollectionLine, Motive, Offer
from bocal.territory.models import Place
from bocal.toolbox.acts import record_act, register_act, register_key, snapshot
from bocal.toolbox.codes import next_code
from bocal.toolbox.ids import new_id
from bocal.toolbox.refusals import Complaint, Refused, refuse
from bocal.toolbox.times import paris_day, say_day
from bocal.toolbox.turns import take_turn

RECORDED = register_act("surplus.collection_recorded", gettext_lazy("a noté la collecte"))
RELINKED = register_act("surplus.collection_relinked", gettext_lazy("a changé l'intervention de la collecte"))
LINE_CORRECTED = register_act("surplus.line_corrected", gettext_lazy("a corrigé une pesée"))
LINE_CANCELLED = register_act("surplus.line_cancelled", gettext_lazy("a annulé une pesée"))
WEIGHING = register_key("weighing", gettext_lazy("pesée"))

NATURES = (Lot.Nature.GIFT, Lot.Nature.PURCHASE, Lot.Nature.GLEAN, Lot.Nature.EXCHANGE, Lot.Nature.CUSTOM)


class UnableToRecordCollection(Refused):
    """What was said of the collection cannot be true."""


class UnableToCorrectCollection(Refused):
    """The weighing cannot be corrected that way."""


@dataclass(frozen=True, kw_only=True)
class CollectedLine:
    """One weighing as it is recorded."""

    product: str
    grams: int
    nature: str = Lot.Nature.GIFT
    motive: str = Motive.SURPLUS


@transaction.atomic
def record_collection(
    *,
    id: UUID,
    producer: Organisation,
    collected_at: datetime,
    place: Place,
    lines: Sequence[CollectedLine],
    by: Person,
    at: datetime,
    intervention: Intervention | None = None,
    offer: Offer | None = None,
    code: str | None = None,
    imported: bool = False,
) -> Collection:
    """Write down what was taken from a producer, weighing by weighing. Without `code` one is made: `C26-014`."""
    take_turn(id)
    if already := Collection.objects.filter(pk=id).first():
        return already
    day = paris_day(collected_at)
    refuse(UnableToRecordCollection, _about_collection(collected_at, lines, at))
    if code and Collection.objects.filter(code=code).exists():
        raise UnableToRecordCollection(
            _("Le n° %(code)s est déjà celui d'une autre collecte.") % {"code": code}
        )
    collection = Collection.objects.create(
        id=id,
        code=code or next_code(Collection.objects.all(), letter="C", day=day),
        producer=producer,
        collected_at=collected_at,
        place=place,
        intervention=intervention,
        offer=offer,
        imported=imported,
        recorded_at=at,
    )
    for line in lines:
        _record_line(collection, line, by=by, at=at)
    if offer:
        mark_offer_collected(offer=offer, by=by, at=at)
    record_act(
        what=RECORDED, subject=collection, by=by, at=at,
        after={"code": collection.code, "grams": sum(line.grams for line in lines)},
    )  # fmt: skip
    return collection


@transaction.atomic
def correct_collection_line(
    *, id: UUID, line: CollectionLine, grams: int, reason: str, by: Person, at: datetime
) -> CollectionLine:
    """Weigh anew: the old weighing is reversed and the new one, named `id`, holds from the same moment on."""
    take_turn(id)
    Lot.objects.select_for_update(no_key=True).get(pk=line.lot_id)  # nobody cooks it while we look
    line.refresh_from_db(fields=["transaction"])
    if Transaction.objects.filter(pk=id).exists():
        return line
    refuse(UnableToCorrectCollection, _about_correction(line, grams, reason))
    was = grams_of(line)
    reverse_transaction(id=new_id(), transaction=line.transaction, by=by, at=at, reason=reason)
    line.transaction = _record_weighing(line.collection, line.lot, grams, transaction_id=id, by=by, at=at)
    line.save(update_fields=["transaction"])
    record_act(
        what=LINE_CORRECTED, subject=line.collection, by=by, at=at, reason=reason,
        before={WEIGHING: _said(line, was)}, after={WEIGHING: _said(line, grams)},
    )  # fmt: skip
    return line


@transaction.atomic
def cancel_collection_line(
    *, id: UUID, line: CollectionLine, reason: str, by: Person, at: datetime
) -> CollectionLine:
    """Take a weighing back: it never happened. Refused once something of it left the place."""
    take_turn(id)
    Lot.objects.select_for_update(no_key=True).get(pk=line.lot_id)  # nobody cooks it while we look
    line.refresh_from_db(fields=["transaction"])
    if Transaction.objects.filter(pk=id).exists():
        return line
    refuse(UnableToCorrectCollection, _about_correction(line, 0, reason, cancelling=True))
    was = grams_of(line)
    reverse_transaction(id=id, transaction=line.transaction, by=by, at=at, reason=reason)
    record_act(
        what=LINE_CANCELLED, subject=line.collection, by=by, at=at, reason=reason,
        before={WEIGHING: _said(line, was)}, after={WEIGHING: _said(line, 0)},
    )  # fmt: skip
    return line


@transaction.atomic
def relink_collection(
    *, collection: Collection, intervention: Intervention | None, by: Person, at: datetime
) -> Collection:
    """Say which intervention a collection is for, or that it is for none."""
    before = snapshot(collection, "intervention")
    collection.intervention = intervention
    after = snapshot(collection, "intervention")
    if before != after:
        collection.save(update_fields=["intervention"])
        record_act(what=RELINKED, subject=collection, by=by, at=at, before=before, after=after)
    return collection


def grams_of(line: CollectionLine) -> int:
    """What the weighing that holds says."""
    return int(line.transaction.movements.get().quantity)


def _said(line: CollectionLine, grams: int) -> str:
    """A weighing in the history: which one, and what it says."""
    return f"{line.lot.label} ({line.lot.code}) : {format_grams(grams)}"


def _record_line(collection: Collection, line: CollectedLine, *, by: Person, at: datetime) -> None:
    lot = create_lot(
        id=new_id(),
        kind=Lot.Kind.RAW,
        unit=Lot.Unit.GRAM,
        label=tidy(line.product),
        nature=line.nature,
        owner=_owner(line, collection),
        made_on=paris_day(collection.collected_at),
        at=at,
    )
    weighing = _record_weighing(collection, lot, line.grams, transaction_id=new_id(), by=by, at=at)
    CollectionLine.objects.create(collection=collection, lot=lot, transaction=weighing, motive=line.motive)


def _owner(line: CollectedLine, collection: Collection) -> Organisation:
    """Produce brought for custom processing stays its client's: the intervention's, else the producer herself."""
    if line.nature != Lot.Nature.CUSTOM:
        return cannery()
    client = collection.intervention.partner if collection.intervention else None
    return client or collection.producer


def _record_weighing(
    collection: Collection, lot: Lot, grams: int, *, transaction_id: UUID, by: Person, at: datetime
) -> Transaction:
    weighed = Portion(LotId(lot.pk), grams, place_account(collection.place).pk)
    return record_transaction(
        id=transaction_id,
        kind=Transaction.Kind.COLLECTION,
        legs=collected(portions=[weighed], producer=party_account(organisation=collection.producer).pk),
        happened_at=collection.collected_at,
        by=by,
        at=at,
    )


def _about_collection(
    collected_at: datetime, lines: Sequence[CollectedLine], at: datetime
) -> Iterator[Complaint]:
    if collected_at > at:
        yield (
            "day",
            _("Le %(day)s est à venir : une collecte se note quand elle est faite.")
            % {"day": say_day(paris_day(collected_at))},
        )
    if not lines:
        yield None, _("Notez au moins une pesée : un produit et son poids.")
    for line in lines:
        yield from _about_line(line)


def _about_line(line: CollectedLine) -> Iterator[Complaint]:
    product = tidy(line.product)
    if not product:
        yield None, _("Dites ce qui a été pesé.")
    elif len(product) > (longest := Lot._meta.get_field("label").max_length or 0):
        yield None, _("Ce nom de produit est trop long : %(most)d signes au plus.") % {"most": longest}
    yield from _about_weight(product, line.grams)
    if line.nature not in NATURES:
        yield None, _("Dites si c'est un don, un achat, un glanage, un échange ou du travail à façon.")


def _about_weight(product: str, grams: int) -> Iterator[Complaint]:
    if grams <= 0:
        yield None, _("%(product)s : une pesée compte plus de 0 kg.") % {"product": product}
    elif grams > MOST_GRAMS:
        yield (
            None,
            _("%(product)s : %(kilos)s, c'est trop pour une pesée (%(most)s au plus). Vérifiez le poids.")
            % {
                "product": product,
                "kilos": format_grams(grams),
                "most": format_grams(MOST_GRAMS),
            },
        )


def _about_correction(
    line: CollectionLine, grams: int, reason: str, *, cancelling: bool = False
) -> Iterator[Complaint]:
    if not reason.strip():
        yield "reason", _("Dites en quelques mots pourquoi : l'historique le garde.")
    if Transaction.objects.filter(reverses=line.transaction).exists():
        yield None, _("Cette pesée est déjà annulée.")
        return
    if not cancelling:
        yield from _about_weight(line.lot.label, grams)
    gone = grams_of(line) - _grams_still_there(line)
    if grams < gone:
        yield (
            ("grams" if not cancelling else None),
            _(
                "%(gone)s de ce lot ont déjà quitté %(place)s (cuisinés ou déplacés) : "
                "la pesée ne peut pas descendre en dessous. Corrigez d'abord la fabrication ou le déplacement."
            )
            % {"gone": format_grams(gone), "place": line.collection.place.name},
        )


def _grams_still_there(line: CollectionLine) -> int:
    kept = Balance.objects.filter(lot=line.lot, account=place_account(line.collection.place))
    return kept.values_list("quantity", flat=True).first() or 0
