"""The programme: interventions, who came, the hours given, and what people said of it.

An intervention is planned, then done or cancelled; nothing of it is deleted, and every change is an act that
keeps before and after. Attendance is counted by head and age band, without names.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bocal.people.models import Organisation, Person
from bocal.territory.models import Commune, Place
from bocal.toolbox.models import Record

DAY_IN_MINUTES = 24 * 60
MOST_HEADS = 2000  # a truck and its team receive no more; a larger count is a slip of the finger
LONGEST_WORD = 500  # a resident's word is a sentence or two


class Intervention(Record):
    """One outing of the truck or the team: workshop, custom processing, rental, collection, gleaning, upkeep."""

    class Kind(models.TextChoices):
        WORKSHOP = "workshop", _("animation")
        PROCESSING = "processing", _("travail à façon")
        RENTAL = "rental", _("location")
        COLLECTION = "collection", _("sortie de collecte")
        GLEANING = "gleaning", _("sortie de glanage")
        MAINTENANCE = "maintenance", _("entretien du camion")

    class Status(models.TextChoices):
        PLANNED = "planned", _("prévue")
        DONE = "done", _("réalisée")
        CANCELLED = "cancelled", _("annulée")

    code = models.CharField(_("n°"), max_length=20, unique=True)
    title = models.CharField(_("titre"), max_length=120, blank=True)
    kind = models.CharField(_("type"), max_length=12, choices=Kind)
    status = models.CharField(_("état"), max_length=9, choices=Status, default=Status.PLANNED)
    day = models.DateField(_("jour"), db_index=True)
    starts_at = models.TimeField(_("début"), null=True, blank=True)
    ends_at = models.TimeField(_("fin"), null=True, blank=True)
    commune = models.ForeignKey(
        Commune, on_delete=models.PROTECT, related_name="interventions", verbose_name=_("commune")
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("lieu enregistré")
    )
    site = models.CharField(_("lieu"), max_length=120, blank=True)
    partner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="partnered_interventions",
        verbose_name=_("partenaire ou client"),
    )  # fmt: skip
    lead_house = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="led_interventions",
        verbose_name=_("structure référente"),
    )  # fmt: skip
    houses = models.ManyToManyField(
        Organisation, related_name="interventions", blank=True, verbose_name=_("structures associées")
    )
    open_to_public = models.BooleanField(_("ouverte au public"), default=True)
    priority_neighbourhood = models.BooleanField(_("quartier prioritaire"), default=False)
    free_of_charge = models.BooleanField(_("gratuite"), default=True)
    orienting_partner = models.CharField(_("public orienté par"), max_length=120, blank=True)
    cancelled_reason = models.CharField(_("motif d'annulation"), max_length=200, blank=True)
    imported = models.BooleanField(_("repris d'un classeur"), default=False)
    recorded_at = models.DateTimeField(_("noté le"))

    class Meta:
        verbose_name = _("intervention")
        verbose_name_plural = _("interventions")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="an_intervention_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> str:
        """What it is called on screen: its title, else its kind and where it happens."""
        kind = capfirst(str(Intervention.Kind(self.kind).label))
        return self.title or (f"{kind}, {self.site}" if self.site else kind)


class Attendance(Record):
    """How many came, by age band; « enfants » alone is accepted, the rest is then unknown or adult."""

    class Band(models.TextChoices):
        CHILDREN = "children", _("enfants")
        TEENAGERS = "teenagers", _("jeunes")
        ADULTS = "adults", _("adultes")
        SENIORS = "seniors", _("personnes âgées")
        UNKNOWN = "unknown", _("âge non noté")

    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="attendances")
    band = models.CharField(_("tranche d'âge"), max_length=10, choices=Band)
    count = models.PositiveSmallIntegerField(_("personnes"))

    class Meta:
        verbose_name = _("présence")
        verbose_name_plural = _("présences")
        constraints = [
            models.UniqueConstraint(
                fields=["intervention", "band"], name="one_count_per_intervention_and_band"
            ),
            models.CheckConstraint(condition=Q(count__lte=MOST_HEADS), name="a_head_count_is_believable"),
        ]

    def __str__(self) -> str:
        return f"{self.count} {self.get_band_display()}"


class Hours(Record):
    """Hours of one person for one task of one nature; an hour counts once, in one nature."""

    class Task(models.TextChoices):
        COOKING = "cooking", _("cuisine")
        WORKSHOP = "workshop", _("animation")
        JARRING = "jarring", _("mise en pots")
        TRANSPORT = "transport", _("transport")
        COLLECTION = "collection", _("collecte")
        CLEANING = "cleaning", _("nettoyage")
        MEETING = "meeting", _("réunion")
        SHOP = "shop", _("boutique")
        OTHER = "other", _("autre")

    class Nature(models.TextChoices):
        VOLUNTEER = "volunteer", _("bénévole")
        CREDITED = "credited", _("accordeur (crédité en temps)")
        PAID = "paid", _("salarié")
        PARTICIPANT = "participant", _("participant")

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="hours", verbose_name=_("personne")
    )
    intervention = models.ForeignKey(
        Intervention,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hours",
        verbose_name=_("intervention"),
    )
    day = models.DateField(_("jour"), db_index=True)
    minutes = models.PositiveSmallIntegerField(_("durée"))
    task = models.CharField(_("tâche"), max_length=10, choices=Task)
    nature = models.CharField(_("nature"), max_length=11, choices=Nature)
    house = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="validated_hours",
        verbose_name=_("structure qui confirme"),
    )  # fmt: skip
    validated_at = models.DateTimeField(_("confirmées le"), null=True, blank=True)
    validated_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmées par"),
    )
    withdrawn_at = models.DateTimeField(_("retirées le"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("noté le"))

    class Meta:
        verbose_name = _("heures")
        verbose_name_plural = _("heures")
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gt=0, minutes__lte=DAY_IN_MINUTES), name="hours_fit_in_a_day"
            ),
            models.CheckConstraint(
                condition=Q(validated_at=None, validated_by=None)
                | Q(validated_at__isnull=False, validated_by__isnull=False),
                name="validated_hours_say_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["nature", "day"], name="hours_by_nature_and_day")]

    def __str__(self) -> str:
        return f"{self.minutes} min"


class Evaluation(Record):
    """Three smileys, counted, at the end of one intervention."""

    intervention = models.OneToOneField(Intervention, on_delete=models.PROTECT, related_name="evaluation")
    unhappy = models.PositiveSmallIntegerField(_("pas content"))
    neutral = models.PositiveSmallIntegerField(_("moyen"))
    happy = models.PositiveSmallIntegerField(_("content"))
    recorded_at = models.DateTimeField(_("noté le"))

    class Meta:
        verbose_name = _("évaluation")
        verbose_name_plural = _("évaluations")

    def __str__(self) -> str:
        return f"{self.unhappy}/{self.neutral}/{self.happy}"


class ResidentWord(Record):
    """What a resident said, without a name; quoted only with permission."""

    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="words")
    text = models.TextField(_("parole"), max_length=LONGEST_WORD)
    may_be_quoted = models.BooleanField(_("peut être citée"), default=False)
    withdrawn_at = models.DateTimeField(_("retirée le"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("noté le"))

    class Meta:
        verbose_name = _("parole d'habitant·e")
        verbose_name_plural = _("paroles d'habitant·e·s")

    def __str__(self) -> str:
        return self.text[:60]
