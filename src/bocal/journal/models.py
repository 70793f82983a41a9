"""One ledger for kilos, jars, euros and minutes.

Whatever moves is a `Movement` of a quantity of one resource (a lot or a currency) from one account to
another, inside a `Transaction` that says what happened, when, and who wrote it down. Movements balance by
construction: what leaves an account enters another. Rows of this app are facts: triggers refuse to change
or delete them (`triggers/`), a mistake is corrected by a reversing transaction, and a lot's state follows
from its dated `Decision`s alone. `Balance` is kept by a trigger for speed and can be rebuilt at any time.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bocal.people.models import Organisation, Person
from bocal.territory.models import Place
from bocal.toolbox.models import Record


class Opening(models.Model):
    """The day this cannery began to write in Bocal. One row, written once.

    Only what was made before that day may be recorded as « antérieur à Bocal », without release.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    opened_on = models.DateField(_("tient son journal depuis le"))
    recorded_at = models.DateTimeField(_("noté le"))

    class Meta:
        verbose_name = _("ouverture du journal")
        verbose_name_plural = _("ouverture du journal")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="the_journal_opens_once")]

    def __str__(self) -> str:
        return f"{self.opened_on:%d/%m/%Y}"


class Account(Record):
    """Where things are or go: a place, a party, a batch, a sink, a till, a time account.

    Nothing of an account ever changes. The name is only for what no other row names: a batch, a till,
    « anonyme ».
    """

    class Kind(models.TextChoices):
        PLACE = "place", _("lieu")
        PARTY = "party", _("tiers")
        BATCH = "batch", _("fabrication")
        SINK = "sink", _("sortie sans retour")
        TILL = "till", _("caisse")
        TIME = "time", _("compte temps")

    class Sink(models.TextChoices):
        WASTE = "waste", _("déchets")
        EATEN = "eaten", _("mangé sur place")
        BREAKAGE = "breakage", _("casse")
        SAMPLES = "samples", _("échantillons et analyses")
        DESTRUCTION = "destruction", _("destruction")
        STOCKTAKE = "stocktake", _("écart d'inventaire")

    kind = models.CharField(_("genre"), max_length=8, choices=Kind)
    name = models.CharField(_("nom"), max_length=120, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="accounts")
    quarantine = models.BooleanField(_("consigne"), default=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="accounts"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="accounts")
    sink = models.CharField(_("sortie"), max_length=12, choices=Sink, blank=True)
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="owned_accounts",
        help_text="Of a batch: whose produce it transforms; a batch never mixes owners.",
    )  # fmt: skip

    class Meta:
        verbose_name = _("compte")
        verbose_name_plural = _("comptes")
        constraints = [
            models.CheckConstraint(
                name="an_account_is_what_its_kind_says",
                condition=(
                    Q(kind="place", place__isnull=False, organisation=None, person=None, sink="", owner=None)
                    | Q(kind="party", place=None, sink="", owner=None, quarantine=False)
                    & ~Q(organisation__isnull=False, person__isnull=False)
                    | Q(kind="batch", place=None, organisation=None, person=None, sink="", quarantine=False)
                    & Q(owner__isnull=False)
                    | Q(kind="sink", place=None, organisation=None, person=None, owner=None, quarantine=False)
                    & ~Q(sink="")
                    | Q(kind="till", organisation=None, person=None, sink="", owner=None, quarantine=False)
                    | Q(kind="time", place=None, sink="", owner=None, quarantine=False)
                    & ~Q(organisation__isnull=False, person__isnull=False)
                ),
            ),
            models.UniqueConstraint(
                fields=["place", "kind"], condition=Q(place__isnull=False), name="one_account_per_place"
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                condition=Q(organisation__isnull=False),
                name="one_account_per_organisation",
            ),
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(person__isnull=False), name="one_account_per_person"
            ),
            models.UniqueConstraint(fields=["sink"], condition=~Q(sink=""), name="one_account_per_sink"),
            models.UniqueConstraint(
                fields=["kind", "name"],
                condition=Q(place=None, organisation=None, person=None, sink=""),
                name="one_account_per_name_when_nothing_else_names_it",
            ),
            models.CheckConstraint(
                name="an_account_can_be_named",
                condition=~Q(name="", place=None, organisation=None, person=None, sink=""),
            ),
        ]

    def __str__(self) -> str:
        """The name of what the account stands for: names of persons and places live there, not here."""
        return str(self.place or self.organisation or self.person or self.name or self.get_sink_display())


class Lot(Record):
    """A quantity of one thing that keeps its identity: produce of one collection, jars of one batch…"""

    class Kind(models.TextChoices):
        RAW = "raw", _("produit brut")
        SUPPLY = "supply", _("fourniture")
        SEMI_FINISHED = "semi_finished", _("semi-fini")
        BULK = "bulk", _("vrac servi")
        JAR = "jar", _("pots")
        WASTE = "waste", _("pertes")
        EATEN = "eaten", _("mangé sur place")

    class Unit(models.TextChoices):
        GRAM = "g", _("g")
        MILLILITRE = "ml", _("ml")
        PIECE = "piece", _("pièces")

    class Nature(models.TextChoices):
        GIFT = "gift", _("don")
        PURCHASE = "purchase", _("achat")
        GLEAN = "glean", _("glanage")
        EXCHANGE = "exchange", _("échange")
        CUSTOM = "custom", _("travail à façon")
        MADE = "made", _("fabriqué")

    code = models.CharField(_("lot"), max_length=24)
    kind = models.CharField(_("genre"), max_length=14, choices=Kind)
    unit = models.CharField(_("unité"), max_length=5, choices=Unit)
    label = models.CharField(_("produit"), max_length=120)
    nature = models.CharField(_("nature"), max_length=8, choices=Nature)
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="lots", verbose_name=_("propriétaire")
    )
    batch = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, related_name="outputs", verbose_name=_("fabrication"),
        help_text="The batch account this lot came out of; empty for what was collected or bought.",
    )  # fmt: skip
    capacity_ml = models.PositiveIntegerField(_("contenance (ml)"), null=True)
    thermal_load = models.PositiveSmallIntegerField(_("charge"), default=1)
    made_on = models.DateField(_("du"), db_index=True)
    recorded_at = models.DateTimeField(_("noté le"))

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        constraints = [
            models.UniqueConstraint(fields=["code"], name="one_lot_per_code"),
            models.CheckConstraint(
                name="a_lot_has_a_known_unit_and_nature",
                condition=Q(
                    unit__in=["g", "ml", "piece"],
                    nature__in=["gift", "purchase", "glean", "exchange", "custom", "made"],
                ),
            ),
            models.CheckConstraint(
                name="a_jar_lot_comes_from_a_batch_in_pieces",
                condition=~Q(kind="jar") | Q(unit="piece", batch__isnull=False, capacity_ml__isnull=False),
            ),
            models.CheckConstraint(
                name="what_a_batch_makes_names_its_batch",
                condition=Q(kind__in=["raw", "supply"], batch=None)
                | Q(kind__in=["semi_finished", "bulk", "jar", "waste", "eaten"], batch__isnull=False),
            ),
            models.CheckConstraint(
                name="made_nature_means_made_in_a_batch",
                condition=Q(batch=None) & ~Q(nature="made")
                | Q(batch__isnull=False, nature__in=["made", "custom"]),
            ),
            models.CheckConstraint(
                name="only_jars_leave_a_batch_in_pieces",
                condition=Q(batch=None) | Q(kind="jar") | ~Q(unit="piece") & Q(capacity_ml=None),
            ),
            models.UniqueConstraint(
                fields=["batch", "capacity_ml", "thermal_load"], condition=Q(kind="jar"),
                name="one_jar_lot_per_batch_format_and_load",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.code


class Decision(Record):
    """A dated decision on a lot. The last one, by sequence number, is the lot's state."""

    class Kind(models.TextChoices):
        START = "start", _("mise en fabrication")
        RELEASE = "release", _("libération")
        BLOCK = "block", _("blocage")
        WITHDRAW = "withdraw", _("retrait")
        RECALL = "recall", _("rappel")
        DESTROY = "destroy", _("destruction")
        PRIOR = "prior", _("antérieur à Bocal")

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("lot"))
    sequence = models.PositiveSmallIntegerField(_("rang"))
    kind = models.CharField(_("décision"), max_length=8, choices=Kind)
    decided_at = models.DateTimeField(_("décidé le"))
    recorded_at = models.DateTimeField(_("noté le"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("par"))
    reason = models.TextField(_("motif"))

    class Meta:
        verbose_name = _("décision")
        verbose_name_plural = _("décisions")
        constraints = [
            models.UniqueConstraint(fields=["lot", "sequence"], name="one_decision_per_lot_and_rank"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_decision_says_why"),
            models.CheckConstraint(
                condition=Q(sequence=1, kind__in=["start", "prior"])
                | Q(sequence__gt=1) & ~Q(kind__in=["start", "prior"]),
                name="a_lot_starts_once_or_is_prior",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.sequence} {self.kind}"


class Transaction(Record):
    """What happened, when, and who wrote it down; the movements say how much went where.

    Its row is written after its movements and seals them: none can be added once it is there.
    """

    class Kind(models.TextChoices):
        COLLECTION = "collection", _("collecte")
        BATCH = "batch", _("fabrication")
        TRANSFER = "transfer", _("déplacement")
        ON_THE_SPOT = "on_the_spot", _("sur place")
        TO_HOUSE = "to_house", _("maison de quartier")
        TO_PRODUCER = "to_producer", _("producteur")
        SALE_EUROS = "sale_euros", _("vente en euros")
        SALE_MINUTES = "sale_minutes", _("vente en temps")
        SAMPLE = "sample", _("échantillon témoin")
        BREAKAGE = "breakage", _("casse")
        TO_ASSOCIATION = "to_association", _("don à une association")
        DESTRUCTION = "destruction", _("destruction")
        TO_CLIENT = "to_client", _("remise au client")
        STOCKTAKE = "stocktake", _("écart d'inventaire")

    kind = models.CharField(_("genre"), max_length=14, choices=Kind)
    happened_at = models.DateTimeField(_("le"))
    recorded_at = models.DateTimeField(_("noté le"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("noté par"))
    note = models.TextField(_("remarque"), blank=True)
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="reversed_by", verbose_name=_("corrige")
    )

    class Meta:
        verbose_name = _("opération")
        verbose_name_plural = _("opérations")
        indexes = [models.Index(fields=["kind", "happened_at"], name="transaction_by_kind_and_day")]
        constraints = [
            models.CheckConstraint(
                name="a_transaction_is_of_a_known_kind",
                condition=Q(
                    kind__in=[
                        "collection",
                        "batch",
                        "transfer",
                        "on_the_spot",
                        "to_house",
                        "to_producer",
                        "sale_euros",
                        "sale_minutes",
                        "sample",
                        "breakage",
                        "to_association",
                        "destruction",
                        "to_client",
                        "stocktake",
                    ]
                ),
            ),
            models.CheckConstraint(
                condition=~Q(reverses=F("id")), name="a_transaction_does_not_reverse_itself"
            ),
            models.CheckConstraint(condition=Q(reverses=None) | ~Q(note=""), name="a_correction_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_at:%d/%m/%Y}"


class Movement(Record):
    """A quantity of one resource leaving an account and entering another."""

    class Currency(models.TextChoices):
        EUR = "EUR", _("euros (centimes)")
        MIN = "MIN", _("minutes")

    transaction = models.ForeignKey(Transaction, on_delete=models.PROTECT, related_name="movements")
    lot = models.ForeignKey(
        Lot, on_delete=models.PROTECT, null=True, related_name="movements", verbose_name=_("lot")
    )
    currency = models.CharField(_("monnaie"), max_length=3, choices=Currency, blank=True)
    quantity = models.PositiveBigIntegerField(_("quantité"))
    source = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="departures", verbose_name=_("de")
    )
    target = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="arrivals", verbose_name=_("vers")
    )

    class Meta:
        verbose_name = _("mouvement")
        verbose_name_plural = _("mouvements")
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="a_movement_moves_something"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="a_movement_leaves_for_elsewhere"),
            models.CheckConstraint(
                condition=Q(lot__isnull=False, currency="") | Q(lot=None, currency__in=["EUR", "MIN"]),
                name="a_movement_moves_a_lot_or_a_currency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.currency or self.lot_id}"


class Balance(models.Model):
    """What an account holds of a resource now: a row as long as it is not zero.

    Written by trigger only, rebuilt by `rebuild_balances`.
    """

    # The constraints below are its indexes: one more would be paid by every movement.
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="balances", db_index=False)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, related_name="balances")
    currency = models.CharField(max_length=3, blank=True)
    quantity = models.BigIntegerField()

    class Meta:
        verbose_name = _("solde")
        verbose_name_plural = _("soldes")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "lot"], condition=Q(lot__isnull=False), name="one_balance_per_lot"
            ),
            models.UniqueConstraint(
                fields=["account", "currency"], condition=Q(lot=None), name="one_balance_per_currency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.quantity}"
