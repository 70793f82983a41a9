"""The ground: communes of France, groups of communes for reports, and the places the cannery uses."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bocal.toolbox.models import Record


class Commune(models.Model):
    """A commune, under its INSEE code; loaded from the shipped file, never typed.

    `search_name` and `former_names` are folded (see `craft.communes`); the former names, those of the communes
    it was made of, stand between bars: "|miribel|montrigaud|".
    """

    code = models.CharField(_("code INSEE"), max_length=5, primary_key=True)
    name = models.CharField(_("nom"), max_length=80)
    search_name = models.CharField(_("nom pour la recherche"), max_length=80, db_index=True)
    postcodes = models.CharField(_("codes postaux"), max_length=255, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True)
    department = models.CharField(_("département"), max_length=3, db_index=True)
    epci_code = models.CharField(_("code de l'intercommunalité"), max_length=9, blank=True, db_index=True)
    epci_name = models.CharField(_("intercommunalité"), max_length=120, blank=True)
    latitude = models.FloatField(_("latitude"), null=True)
    longitude = models.FloatField(_("longitude"), null=True)
    former_names = models.TextField(_("anciens noms, pour la recherche"), blank=True)
    in_territory = models.BooleanField(_("dans le territoire"), default=False)

    class Meta:
        verbose_name = _("commune")
        verbose_name_plural = _("communes")
        indexes = [  # Django asks "WHERE in_territory", for which SQLite uses only an index of that condition
            models.Index(
                fields=["code"], condition=models.Q(in_territory=True), name="communes_of_the_territory"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CommuneGroup(Record):
    """A named group of communes for reports, such as « Drôme des Collines »."""

    name = models.CharField(_("nom"), max_length=120, unique=True)
    note = models.TextField(_("d'où vient cette liste"), blank=True)
    communes = models.ManyToManyField(Commune, related_name="groups", verbose_name=_("communes"))

    class Meta:
        verbose_name = _("groupe de communes")
        verbose_name_plural = _("groupes de communes")

    def __str__(self) -> str:
        return self.name


class Place(Record):
    """A place that can hold things (truck, store, shelf, shop) or receive an intervention (site).

    A quarantine place (*consigne*) keeps jars that are not released; whether a place is one never changes
    once the journal has an account for it.
    """

    class Kind(models.TextChoices):
        TRUCK = "truck", _("camion")
        STORE = "store", _("réserve")
        SHELF = "shelf", _("étagère")
        SHOP = "shop", _("boutique")
        SITE = "site", _("lieu d'intervention")
        GARAGE = "garage", _("garage")

    name = models.CharField(_("nom"), max_length=120)
    search_name = models.CharField(max_length=255, db_index=True, editable=False)
    kind = models.CharField(_("genre"), max_length=8, choices=Kind)
    commune = models.ForeignKey(
        Commune, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("commune")
    )
    address = models.CharField(_("adresse"), max_length=255, blank=True)
    quarantine = models.BooleanField(_("consigne"), default=False)
    active = models.BooleanField(_("en service"), default=True)

    class Meta:
        verbose_name = _("lieu")
        verbose_name_plural = _("lieux")
        constraints = [
            models.CheckConstraint(
                condition=Q(quarantine=False) | Q(kind__in=["truck", "store", "shelf"]),
                name="only_a_storing_place_can_be_quarantine",
            ),
        ]

    def __str__(self) -> str:
        return self.name
