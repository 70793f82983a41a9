"""Persons, organisations, who may do what, and what they were trained to.

Names of persons live in `Person` and `FormerIdentity`, nowhere else: everything else keeps the key or the
pseudonym, so that a person can be erased without touching a figure. Houses (the four structures), producers,
partners and the legal entity that signs and sells are organisations.
"""

from datetime import date

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from bocal.people.names import NAME_LENGTH, SEARCH_NAME_LENGTH
from bocal.territory.models import Commune, Place
from bocal.toolbox.models import Record


class Organisation(Record):
    """A house, a producer, a partner (commune, CCAS, association…) or the legal entity itself."""

    class Kind(models.TextChoices):
        HOUSE = "house", _("structure")
        PRODUCER = "producer", _("producteur·rice")
        PARTNER = "partner", _("partenaire")
        LEGAL_ENTITY = "legal_entity", _("entité qui signe et vend")

    name = models.CharField(_("nom"), max_length=NAME_LENGTH)
    search_name = models.CharField(max_length=SEARCH_NAME_LENGTH, db_index=True, editable=False)
    kind = models.CharField(_("genre"), max_length=12, choices=Kind)
    subtype = models.CharField(
        _("type"), max_length=60, blank=True, help_text=_("centre social, ferme, CCAS…")
    )
    commune = models.ForeignKey(
        Commune, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("commune")
    )
    organic = models.BooleanField(_("en bio"), null=True, blank=True)
    shelf = models.ForeignKey(
        Place,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="houses",
        verbose_name=_("étagère"),
    )
    siret = models.CharField(_("SIRET"), max_length=14, blank=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    active = models.BooleanField(_("en relation"), default=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "search_name"], name="one_organisation_of_a_kind_per_name"
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind="legal_entity", active=True),
                name="one_legal_entity_signs_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Person(Record):
    """Someone: volunteer, employee, accordeur, resident. The only place where a person's name stands."""

    class Status(models.TextChoices):
        VOLUNTEER = "volunteer", _("bénévole")
        ACCORDEUR = "accordeur", _("accordeur·euse")
        EMPLOYEE = "employee", _("salarié·e")
        PARTICIPANT = "participant", _("participant·e")
        SYSTEM = "system", _("Bocal")

    name = models.CharField(_("nom"), max_length=NAME_LENGTH)
    search_name = models.CharField(max_length=SEARCH_NAME_LENGTH, db_index=True, editable=False)
    pseudonym = models.CharField(_("pseudonyme"), max_length=12, unique=True, editable=False)
    status = models.CharField(_("statut"), max_length=12, choices=Status, default=Status.VOLUNTEER)
    house = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("structure"),
    )
    email = models.EmailField(_("adresse e-mail"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    active = models.BooleanField(_("en activité"), default=True)

    class Meta:
        verbose_name = _("personne")
        verbose_name_plural = _("personnes")
        constraints = [
            models.UniqueConstraint(fields=["search_name"], name="one_person_per_name"),
        ]

    def __str__(self) -> str:
        return self.name


class FormerIdentity(Record):
    """What a person was called, or how she was reached, before a correction. Erased with her name."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="former_identities")
    name = models.CharField(_("nom"), max_length=NAME_LENGTH)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    until = models.DateTimeField(_("jusqu'au"))

    class Meta:
        verbose_name = _("ancienne identité")
        verbose_name_plural = _("anciennes identités")

    def __str__(self) -> str:
        return self.name


class CountedTrainings(models.Manager["Training"]):
    """The trainings that count: those taken back, noted by mistake, stay out of every list and figure."""

    def get_queryset(self) -> models.QuerySet["Training"]:
        return super().get_queryset().filter(withdrawn_at=None)


class Training(Record):
    """What a person was trained to, when, and until when. Taken back when noted by mistake, never lost."""

    class Subject(models.TextChoices):
        WORKSHOP = "workshop", _("animation")
        AUTOCLAVE = "autoclave", _("conduite de l'autoclave")
        HYGIENE = "hygiene", _("hygiène alimentaire")
        DRIVING = "driving", _("permis B")

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="trainings", verbose_name=_("personne")
    )
    subject = models.CharField(_("formé·e à"), max_length=12, choices=Subject)
    on = models.DateField(_("le"))
    until = models.DateField(_("valable jusqu'au"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("retirée le"), null=True, editable=False)

    objects = CountedTrainings()
    with_withdrawn = models.Manager["Training"]()

    class Meta:
        verbose_name = _("formation")
        verbose_name_plural = _("formations")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "subject", "on"],
                condition=Q(withdrawn_at=None),
                name="one_training_per_person_subject_and_day",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("on")), name="a_training_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} ({self.on:%d/%m/%Y})"


class UserManager(BaseUserManager["User"]):
    """Users are created for a person, by who gives access; nobody signs up alone."""

    def get_queryset(self) -> models.QuerySet["User"]:
        """With the person: every request asks for both."""
        return super().get_queryset().select_related("person")

    def create_user(self, email: str, person: Person, **fields: object) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), person=person, **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser, Record):
    """A door key: an address that can receive a code, for one person. What it opens is said by her roles alone."""

    email = models.EmailField(_("adresse e-mail"), unique=True)
    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, related_name="user", verbose_name=_("personne")
    )
    is_active = models.BooleanField(_("peut entrer"), default=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("accès")
        verbose_name_plural = _("accès")

    def __str__(self) -> str:
        return self.email

    @cached_property
    def is_staff(self) -> bool:
        """Django's administration asks: is this the technical administrator today?"""
        given = self.person.roles.filter(name=Role.Name.ADMIN)
        return any(role.is_held_on(timezone.localdate()) for role in given)

    def has_perm(self, permission: str, record: models.Model | None = None) -> bool:
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_staff


class Role(Record):
    """A role held by a person, for one house when it is a house's role, from a day to another, both included.

    `until` ends it with its last day; `withdrawn_at` ends it at once.
    """

    class Name(models.TextChoices):
        COORDINATION = "coordination", _("coordination")
        OPERATOR = "operator", _("opérateur·rice")
        REFERENT = "referent", _("référent·e alimentation")
        VOLUNTEER = "volunteer", _("bénévole")
        SHOP = "shop", _("boutique")
        TREASURER = "treasurer", _("trésorerie")
        DIRECTOR = "director", _("direction")
        ADMIN = "admin", _("administration technique")

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="roles", verbose_name=_("personne")
    )
    name = models.CharField(_("rôle"), max_length=12, choices=Name)
    house = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="roles",
        verbose_name=_("structure"),
    )
    since = models.DateField(_("depuis le"))
    until = models.DateField(_("jusqu'au"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, editable=False)

    class Meta:
        verbose_name = _("rôle")
        verbose_name_plural = _("rôles")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="referent") | Q(house__isnull=False), name="a_referent_belongs_to_a_house"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="a_role_ends_after_it_began"
            ),
            models.UniqueConstraint(
                fields=["person", "name"],
                condition=Q(until=None, house=None, withdrawn_at=None),
                name="one_open_role_of_a_name_per_person",
            ),
            models.UniqueConstraint(
                fields=["person", "name", "house"],
                condition=Q(until=None, withdrawn_at=None),
                name="one_open_role_of_a_name_per_house",
            ),
        ]

    def __str__(self) -> str:
        return self.get_name_display()

    def is_held_on(self, day: date) -> bool:
        """The same rule as `queries.held_on`, for a role already read."""
        return self.withdrawn_at is None and self.since <= day and (self.until is None or day <= self.until)


class ReadOnlyLink(Record):
    """A time-limited link for an inspector or a funder: reads, never writes, can be cut at once."""

    class Audience(models.TextChoices):
        INSPECTOR = "inspector", _("contrôle (DDPP)")
        FUNDER = "funder", _("financeur")

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    audience = models.CharField(_("pour"), max_length=12, choices=Audience)
    label = models.CharField(_("à qui il est donné"), max_length=120)
    created_at = models.DateTimeField(_("créé le"))
    created_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("créé par")
    )
    expires_at = models.DateTimeField(_("valable jusqu'au"))
    revoked_at = models.DateTimeField(_("coupé le"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("dernière visite"), null=True, blank=True)

    class Meta:
        verbose_name = _("lien de consultation")
        verbose_name_plural = _("liens de consultation")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="a_link_expires_after_it_is_made"
            ),
        ]

    def __str__(self) -> str:
        return self.label
