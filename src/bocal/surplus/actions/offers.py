"""An offer is a promise: it is noted, answered, corrected, and counted nowhere.

« 60 kg of courgettes, Thursday before noon » becomes *acceptée* (for an intervention or not), *déclinée* with
words for the producer, and *collectée* once a collection was made of it. An offer whose time is over is simply past.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bocal.craft.measures import format_grams
from bocal.journal.models import Lot
from bocal.people.models import Organisation, Person
from bocal.people.names import tidy
from bocal.programme.models import Intervention
from bocal.surplus.models import MOST_GRAMS, Motive, Offer
from bocal.toolbox.acts import record_act, register_act, snapshot
from bocal.toolbox.refusals import Complaint, Refused, refuse
from bocal.toolbox.turns import take_turn

RECORDED = register_act("surplus.offer_recorded", gettext_lazy("a noté l'offre"))
CORRECTED = register_act("surplus.offer_corrected", gettext_lazy("a corrigé l'offre"))
ACCEPTED = register_act("surplus.offer_accepted", gettext_lazy("a accepté l'offre"))
DECLINED = register_act("surplus.offer_declined", gettext_lazy("a décliné l'offre"))
REOPENED = register_act("surplus.offer_reopened", gettext_lazy("a remis l'offre à décider"))
COLLECTED = register_act("surplus.offer_collected", gettext_lazy("a noté la collecte de cette offre"))

OF_OFFER = (
    "producer", "product", "grams", "nature", "motive", "available_from", "available_until", "note",
)  # fmt: skip


class UnableToRecordOffer(Refused):
    """What was said of the offer cannot be true."""


class UnableToAnswerOffer(Refused):
    """The offer cannot be answered that way any more."""


@transaction.atomic
def record_offer(
    *,
    id: UUID,
    producer: Organisation,
    product: str,
    grams: int,
    available_until: datetime,
    by: Person,
    at: datetime,
    nature: str = Lot.Nature.GIFT,
    motive: str = Motive.SURPLUS,
    available_from: datetime | None = None,
    note: str = "",
) -> Offer:
    """Write down what a producer says there is, and until when."""
    take_turn(id)
    if already := Offer.objects.filter(pk=id).first():
        return already
    offer = Offer(
        id=id,
        producer=producer,
        product=tidy(product),
        grams=grams,
        nature=nature,
        motive=motive,
        available_from=available_from,
        available_until=available_until,
        note=note.strip(),
        recorded_at=at,
        recorded_by=by,
    )
    refuse(UnableToRecordOffer, _about(offer))
    offer.save(force_insert=True)
    record_act(what=RECORDED, subject=offer, by=by, at=at, after=snapshot(offer, *OF_OFFER))
    return offer


@transaction.atomic
def correct_offer(*, offer: Offer, by: Person, at: datetime, **changes: Any) -> Offer:
    """Change what an offer says while nothing was collected of it."""
    if offer.status == Offer.Status.COLLECTED:
        raise UnableToAnswerOffer(_("Cette offre est collectée : corrigez la collecte, pas la promesse."))
    before = snapshot(offer, *OF_OFFER)
    for name in OF_OFFER:
        if name in changes:
            setattr(offer, name, changes[name])
    offer.product, offer.note = tidy(offer.product), offer.note.strip()
    refuse(UnableToRecordOffer, _about(offer))
    offer.save(update_fields=OF_OFFER)
    after = snapshot(offer, *OF_OFFER)
    if before != after:
        record_act(what=CORRECTED, subject=offer, by=by, at=at, before=before, after=after)
    return offer


@transaction.atomic
def answer_offer(
    *,
    offer: Offer,
    accepted: bool,
    by: Person,
    at: datetime,
    answer: str = "",
    intervention: Intervention | None = None,
) -> Offer:
    """Accept an offer, for an intervention or not, or decline it with words the producer can be told."""
    if offer.status == Offer.Status.COLLECTED:
        raise UnableToAnswerOffer(_("Cette offre est déjà collectée."))
    answer = answer.strip()
    if not accepted and not answer:
        raise UnableToAnswerOffer(
            _("Dites en quelques mots pourquoi on ne la prend pas : c'est ce qu'on répondra."), field="answer"
        )
    if len(answer) > (longest := Offer._meta.get_field("answer").max_length or 0):
        raise UnableToAnswerOffer(
            _("Réponse trop longue : %(most)d signes au plus.") % {"most": longest}, field="answer"
        )
    if accepted and intervention and _is_cancelled(intervention):
        raise UnableToAnswerOffer(
            _("Cette intervention est annulée : choisissez-en une autre."), field="intervention"
        )
    status = Offer.Status.ACCEPTED if accepted else Offer.Status.DECLINED
    return _turn(
        offer, status, ACCEPTED if accepted else DECLINED,
        answer=answer, intervention=intervention if accepted else None, by=by, at=at,
    )  # fmt: skip


def reopen_offer(*, offer: Offer, by: Person, at: datetime) -> Offer:
    """Take an answer back: the offer waits for a decision again."""
    if offer.status == Offer.Status.COLLECTED:
        raise UnableToAnswerOffer(_("Cette offre est déjà collectée."))
    return _turn(offer, Offer.Status.OPEN, REOPENED, answer="", intervention=None, by=by, at=at)


def mark_offer_collected(*, offer: Offer, by: Person, at: datetime) -> Offer:
    """Say that a collection was made of it; called by the collection itself."""
    return _turn(
        offer,
        Offer.Status.COLLECTED,
        COLLECTED,
        answer=offer.answer,
        intervention=offer.intervention,
        by=by,
        at=at,
    )


@transaction.atomic
def _turn(
    offer: Offer,
    status: str,
    what: str,
    *,
    answer: str,
    intervention: Intervention | None,
    by: Person,
    at: datetime,
) -> Offer:
    fields = ("status", "answer", "intervention")
    before = snapshot(offer, *fields)
    offer.status, offer.answer, offer.intervention = status, answer, intervention
    after = snapshot(offer, *fields)
    if before != after:
        offer.save(update_fields=fields)
        record_act(what=what, subject=offer, by=by, at=at, before=before, after=after)
    return offer


def _is_cancelled(intervention: Intervention) -> bool:
    return Intervention.objects.filter(pk=intervention.pk, status=Intervention.Status.CANCELLED).exists()


def _about(offer: Offer) -> Iterator[Complaint]:
    if not offer.product:
        yield "product", _("Dites quel produit est offert.")
    elif len(offer.product) > (longest := Offer._meta.get_field("product").max_length or 0):
        yield "product", _("Ce nom de produit est trop long : %(most)d signes au plus.") % {"most": longest}
    if offer.grams <= 0:
        yield "grams", _("Une offre pèse quelque chose : notez un poids, même à peu près.")
    elif offer.grams > MOST_GRAMS:
        yield (
            "grams",
            _("%(kilos)s en une offre, c'est trop pour le camion : %(most)s au plus. Vérifiez le poids.")
            % {
                "kilos": format_grams(offer.grams),
                "most": format_grams(MOST_GRAMS),
            },
        )
    if offer.available_from and offer.available_until <= offer.available_from:
        yield "available_until", _("« À prendre avant » doit venir après « à partir de ».")
    if offer.nature == Lot.Nature.MADE:
        yield "nature", _("Dites si c'est un don, un achat, un glanage, un échange ou du travail à façon.")
