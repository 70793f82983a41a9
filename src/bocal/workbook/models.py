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
    imported_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("importé par"))

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return self.filename


class ImportedRow(Record):
    """A numbered row of a workbook (I001, R001, F001) as it was read: the same number with other content is refused."""

    sheet = models.CharField(_("feuille"), max_length=40)
    number = models.CharField(_("n°"), max_length=120)
    content = models.JSONField(_("contenu"))
    source = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="numbered_rows")

    class Meta:
        verbose_name = _("ligne reprise")
        verbose_name_plural = _("lignes reprises")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="one_imported_row_per_sheet_and_number"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.number}"
