"""The kitchen: a batch turns collected produce into jars, soup, waste and what was eaten on the spot.

A batch is a row here and an account in the journal: its inputs enter that account, its outputs leave it as
new lots. The quantities are in the journal only. A corrected batch reverses its transaction and points to a
new one; `batch.transaction` is always the one that holds.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bocal.journal.models import Account, Transaction
from bocal.people.models import Person
from bocal.programme.models import Intervention
from bocal.recipes.models import RecipeVersion
from bocal.territory.models import Place
from bocal.toolbox.models import Record


class Batch(Record):
    """One fabrication: a recipe cooked once, by one operator, in one intervention."""

    code = models.CharField(_("n°"), max_length=20, unique=True)
    intervention = models.ForeignKey(
        Intervention,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="batches",
        verbose_name=_("intervention"),
    )
    recipe_version = models.ForeignKey(
        RecipeVersion, on_delete=models.PROTECT, related_name="batches", verbose_name=_("recette")
    )
    operator = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="batches", verbose_name=_("conduite par")
    )
    made_at = models.DateTimeField(_("faite le"), db_index=True)
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="made_in")
    transaction = models.OneToOneField(Transaction, on_delete=models.PROTECT, related_name="batch")
    kept_at = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("pots gardés à"),
        help_text="Empty when nothing of the batch was kept.",
    )  # fmt: skip
    note = models.TextField(_("remarque"), blank=True)
    imported = models.BooleanField(_("repris d'un classeur"), default=False)
    recorded_at = models.DateTimeField(_("noté le"))

    class Meta:
        verbose_name = _("fabrication")
        verbose_name_plural = _("fabrications")

    def __str__(self) -> str:
        return self.code
