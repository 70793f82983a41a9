"""What was imported: one row per workbook taken in, under the fingerprint of its cleaned rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bocal.people.models import Person
from bocal.toolbox.models import Record


class Import(Record):
    """A workbook that was taken in whole. The fingerprint is of its rows after cleaning, not of its bytes."""

    fingerprint = models.CharField(_("empreinte du contenu"), max_length=64, unique=True)
    filename = models.CharField(_("fichier"), max_length=255)
    file_hash = models.CharField(_("empreinte du fichier"), max_length=64)
    rows = models.JSONField(_("lignes par feuille"))
    reconstructed = models.BooleanField(_("lignes reconstituées"), default=False)
    imported_at = models.DateTimeField(_("importé le"))
    imported_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("importé par")
    )

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return self.filename


class ImportedRow(Record):
    """A row of a workbook as it was read, under its number, its name, or the number it hangs on.

    The same number with other content is refused by a later import, and both are shown.
    """

    sheet = models.CharField(_("feuille"), max_length=40)
    number = models.CharField(_("n°"), max_length=255)
    rank = models.PositiveIntegerField(_("rang"), default=0)
    content = models.JSONField(_("contenu"))
    source = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="imported_rows")

    class Meta:
        verbose_name = _("ligne reprise")
        verbose_name_plural = _("lignes reprises")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "number", "rank"], name="one_imported_row_per_sheet_number_and_rank"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.number}"
