"""What becomes of the jars: shares, vouchers and sales.

Each exit is a journal transaction; the rows here add what the journal does not know: to whom it was promised,
under which sale, what it replaces. One sale line is one transaction whose legs cross (jars out, euros or minutes
in). Whether an exit or a sale still holds is the journal's word: it does until its transaction is reversed.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bocal.journal.models import Lot, Transaction
from bocal.people.models import Organisation, Person
from bocal.territory.models import Place
from bocal.toolbox.models import Record


class Exit(Record):
    """Jars that left for good: a share, a sale line, a sample, a breakage. The journal has the quantities."""

    transaction = models.OneToOneField(Transaction, on_delete=models.PROTECT, related_name="exit")
    sale = models.ForeignKey(
        "Sale", on_delete=models.PROTECT, null=True, blank=True, related_name="lines", verbose_name=_("vente")
    )
    recipient = models.CharField(
        _("à qui"), max_length=120, blank=True, help_text="As written when it is no known organisation."
    )
    imported = models.BooleanField(_("repris d'un classeur"), default=False)
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("remplace"),
    )

    class Meta:
        verbose_name = _("sortie")
        verbose_name_plural = _("sorties")

    def __str__(self) -> str:
        return str(self.transaction_id)


class Sale(Record):
    """One passage at the shop: lines in euros or in minutes, to a named or anonymous buyer."""

    class Currency(models.TextChoices):
        EUROS = "EUR", _("en euros")
        MINUTES = "MIN", _("en temps")

    code = models.CharField(_("n°"), max_length=20, unique=True)
    currency = models.CharField(_("paiement"), max_length=3, choices=Currency)
    sold_at = models.DateTimeField(_("vendu le"), db_index=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", verbose_name=_("à"))
    buyer_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="purchases"
    )
    buyer_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="purchases"
    )
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("remplace"),
    )
    recorded_at = models.DateTimeField(_("noté le"))
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("vente")
        verbose_name_plural = _("ventes")
        constraints = [
            models.CheckConstraint(
                condition=Q(buyer_person=None) | Q(buyer_organisation=None),
                name="a_sale_has_one_buyer_at_most",
            ),
            models.CheckConstraint(
                condition=Q(currency__in=["EUR", "MIN"]), name="a_sale_is_in_euros_or_in_minutes"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Voucher(Record):
    """A *bon de retrait*: jars promised, before release too, reserved at a named place, counted when handed over."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("en attente")
        REDEEMED = "redeemed", _("remis")
        CANCELLED = "cancelled", _("annulé")

    code = models.CharField(_("n°"), max_length=12, unique=True)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="vouchers", verbose_name=_("lot"))
    jars = models.PositiveSmallIntegerField(_("pots"))
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="+", verbose_name=_("à retirer à")
    )
    holder = models.CharField(
        _("pour"), max_length=60, blank=True, help_text="First name or nothing: no more is needed."
    )
    status = models.CharField(_("état"), max_length=9, choices=Status, default=Status.WAITING)
    transaction = models.OneToOneField(
        Transaction, on_delete=models.PROTECT, null=True, blank=True, related_name="voucher"
    )
    recorded_at = models.DateTimeField(_("noté le"))

    class Meta:
        verbose_name = _("bon de retrait")
        verbose_name_plural = _("bons de retrait")
        indexes = [
            models.Index(fields=["lot", "place"], condition=Q(status="waiting"), name="promise_of_a_lot")
        ]
        constraints = [
            models.CheckConstraint(condition=Q(jars__gt=0), name="a_voucher_promises_jars"),
            models.CheckConstraint(
                condition=Q(status="redeemed", transaction__isnull=False)
                | ~Q(status="redeemed") & Q(transaction=None),
                name="a_redeemed_voucher_has_its_transaction",
            ),
        ]

    def __str__(self) -> str:
        return self.code
