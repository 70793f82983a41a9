"""Surplus: what producers offer, and what was really collected.

An offer is a promise, editable and counted nowhere. A collection is a fact: its weighed lines are lots moved
by the journal from the producer to the place that keeps them. A corrected line reverses its transaction and
points to a new one; `line.transaction` is always the one that holds.
"""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bocal.craft.measures import format_grams
from bocal.journal.models import Lot, Transaction
from bocal.people.models import Organisation, Person
from bocal.programme.models import Intervention
from bocal.territory.models import Place
from bocal.toolbox.models import Record

MOST_GRAMS = 5_000_000  # five tonnes: more than the truck carries in a day


class Motive(models.TextChoices):
    """Why the produce could not be sold."""

    SURPLUS = "surplus", _("surplus")
    UNDERSIZED = "undersized", _("hors calibre")
    OVERRIPE = "overripe", _("trop mûr")
    DAMAGED = "damaged", _("abîmé")
    OTHER = "other", _("autre")


class Offer(Record):
    """« 60 kg of courgettes, Thursday before noon »: what a producer says there is, and until when."""

    class Status(models.TextChoices):
        OPEN = "open", _("à décider")
        ACCEPTED = "accepted", _("acceptée")
        DECLINED = "declined", _("déclinée")
        COLLECTED = "collected", _("collectée")

    producer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="offers", verbose_name=_("producteur·rice")
    )
    product = models.CharField(_("produit"), max_length=80)
    grams = models.PositiveIntegerField(_("poids annoncé"))
    nature = models.CharField(_("nature"), max_length=8, choices=Lot.Nature, default=Lot.Nature.GIFT)
    motive = models.CharField(_("motif"), max_length=10, choices=Motive, default=Motive.SURPLUS)
    available_from = models.DateTimeField(_("à prendre à partir du"), null=True, blank=True)
    available_until = models.DateTimeField(_("à prendre avant"))
    status = models.CharField(_("état"), max_length=9, choices=Status, default=Status.OPEN)
    answer = models.CharField(_("réponse"), max_length=300, blank=True)
    intervention = models.ForeignKey(
        Intervention,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="offers",
        verbose_name=_("pour"),
    )
    note = models.TextField(_("remarque"), blank=True)
    recorded_at = models.DateTimeField(_("notée le"))
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("notée par")
    )

    class Meta:
        verbose_name = _("offre de surplus")
        verbose_name_plural = _("offres de surplus")
        constraints = [
            models.CheckConstraint(condition=Q(grams__gt=0), name="an_offer_weighs_something"),
            models.CheckConstraint(
                condition=Q(available_from=None) | Q(available_until__gt=F("available_from")),
                name="an_offer_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} ({format_grams(self.grams)})"

    def is_past(self, at: datetime) -> bool:
        """Nobody answered in time: the produce is no longer there to take."""
        return self.status in (self.Status.OPEN, self.Status.ACCEPTED) and self.available_until < at


class Collection(Record):
    """One collection at one producer's, one day; it may say which intervention it is for."""

    code = models.CharField(_("n°"), max_length=20, unique=True)
    producer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="collections", verbose_name=_("producteur·rice")
    )
    collected_at = models.DateTimeField(_("collectée le"), db_index=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", verbose_name=_("gardée à"))
    intervention = models.ForeignKey(
        Intervention,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="collections",
        verbose_name=_("pour"),
    )
    offer = models.ForeignKey(
        Offer, on_delete=models.PROTECT, null=True, blank=True, related_name="collections"
    )
    imported = models.BooleanField(_("repris d'un classeur"), default=False)
    recorded_at = models.DateTimeField(_("noté le"))

    class Meta:
        verbose_name = _("collecte")
        verbose_name_plural = _("collectes")

    def __str__(self) -> str:
        return self.code


class CollectionLine(Record):
    """One weighing: a lot, why it could not be sold, and the transaction that holds for it."""

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="lines")
    lot = models.OneToOneField(Lot, on_delete=models.PROTECT, related_name="collection_line")
    transaction = models.OneToOneField(Transaction, on_delete=models.PROTECT, related_name="collection_line")
    motive = models.CharField(_("motif"), max_length=10, choices=Motive, default=Motive.SURPLUS)

    class Meta:
        verbose_name = _("pesée")
        verbose_name_plural = _("pesées")

    def __str__(self) -> str:
        return str(self.lot_id)
