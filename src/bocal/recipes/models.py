"""Recipe cards and their versions, and the jar formats they are filled in.

A recipe goes from *essai* (tasting only) through *à valider* to *validée*. A version never changes: writing
the card anew makes a new version, and each batch keeps the version it followed.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bocal.people.models import Person
from bocal.toolbox.models import Record


class JarFormat(Record):
    """A jar we fill: its capacity and the name people give it."""

    capacity_ml = models.PositiveIntegerField(_("contenance (ml)"), unique=True)
    name = models.CharField(_("nom"), max_length=60, blank=True)
    active = models.BooleanField(_("utilisé"), default=True)

    class Meta:
        verbose_name = _("format")
        verbose_name_plural = _("formats")
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity_ml__gt=0, capacity_ml__lte=10_000), name="a_jar_holds_up_to_ten_litres"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.capacity_ml} ml"


class Recipe(Record):
    """A recipe of the range, known by its title."""

    class Status(models.TextChoices):
        TRIAL = "trial", _("essai")
        TO_VALIDATE = "to_validate", _("à valider")
        VALIDATED = "validated", _("validée")
        RETIRED = "retired", _("retirée")

    class Family(models.TextChoices):
        JAM = "jam", _("confiture")
        COMPOTE = "compote", _("compote et fruits au sirop")
        CHUTNEY = "chutney", _("chutney et aigre-doux")
        SAUCE = "sauce", _("coulis et sauce")
        SOUP = "soup", _("soupe et velouté")
        SPREAD = "spread", _("caviar et tartinable")
        OTHER = "other", _("autre")

    title = models.CharField(_("titre"), max_length=120)
    search_name = models.CharField(max_length=120, unique=True, editable=False)
    family = models.CharField(_("famille"), max_length=8, choices=Family, default=Family.OTHER)
    status = models.CharField(_("état"), max_length=12, choices=Status, default=Status.TRIAL)

    class Meta:
        verbose_name = _("recette")
        verbose_name_plural = _("recettes")

    def __str__(self) -> str:
        return self.title


class RecipeVersion(Record):
    """The card as written one day. Quantities are for one kilo of prepared produce."""

    recipe = models.ForeignKey(
        Recipe, on_delete=models.PROTECT, related_name="versions", verbose_name=_("recette")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    produce = models.CharField(_("produits"), max_length=200, blank=True)
    ingredients = models.JSONField(_("ingrédients"), default=list)  # [{"name": str, "grams_per_kilo": int}]
    steps = models.TextField(_("étapes"), blank=True)
    allergens = models.CharField(_("allergènes"), max_length=200, blank=True)
    season = models.CharField(_("saison"), max_length=60, blank=True)
    author = models.CharField(_("autrice ou auteur"), max_length=120, blank=True)
    written_at = models.DateTimeField(_("écrite le"))
    written_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("écrite par")
    )

    class Meta:
        verbose_name = _("version de recette")
        verbose_name_plural = _("versions de recette")
        constraints = [
            models.UniqueConstraint(fields=["recipe", "number"], name="one_version_per_recipe_and_number"),
        ]

    def __str__(self) -> str:
        return f"{self.recipe_id} v{self.number}"
