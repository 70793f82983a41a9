"""What every app's rows have in common, the acts that tell their history, and files kept by their hash."""

from typing import Any, NoReturn

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from bocal.toolbox.ids import new_id


class Record(models.Model):
    """A row whose key is made before it is saved, by the form or the phone that records it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class AlreadyWritten(Exception):
    """An append-only row was about to be changed or deleted: a mistake in the program, never in the data."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that are added and read, nothing else."""

    def update(self, **fields: object) -> NoReturn:
        raise AlreadyWritten(f"{self.model._meta.label} rows are never updated")

    def delete(self) -> NoReturn:
        raise AlreadyWritten(f"{self.model._meta.label} rows are never deleted")


class AppendOnly(Record):
    """A record that is written once. Where it matters, triggers in the database say the same louder."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise AlreadyWritten(f"{self._meta.label} {self.pk} is written once")
        super().save(*args, **{**options, "force_insert": True})

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise AlreadyWritten(f"{self._meta.label} {self.pk} is never deleted")


class Act(AppendOnly):
    """Who did what, when, to which record, what it said before and after, and why.

    The actor is a pseudonym and `before`/`after` hold keys, never names, so that a person can be forgotten
    and the history still stand.
    """

    at = models.DateTimeField(_("le"))
    actor_id = models.UUIDField(_("par"), null=True)
    actor_pseudonym = models.CharField(_("pseudonyme"), max_length=12, blank=True)
    what = models.CharField(_("acte"), max_length=80)
    subject_type = models.CharField(_("genre de fiche"), max_length=60)
    subject_id = models.UUIDField(_("fiche"))
    before = models.JSONField(_("avant"), null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("après"), null=True, encoder=DjangoJSONEncoder)
    reason = models.TextField(_("motif"), blank=True)

    class Meta:
        verbose_name = _("acte")
        verbose_name_plural = _("actes")
        indexes = [models.Index(fields=["subject_type", "subject_id", "at"], name="act_by_subject")]

    def __str__(self) -> str:
        return f"{self.what} {self.subject_type} {self.subject_id}"


class StoredFile(AppendOnly):
    """A file somebody gave: its bytes lie under their hash outside the database (see `toolbox.files`)."""

    hash = models.CharField(_("empreinte"), max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("taille"))
    name = models.CharField(_("nom"), max_length=255)
    media_type = models.CharField(_("type"), max_length=100)
    uploaded_by = models.UUIDField(_("déposé par"), null=True)
    at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("fichier")
        verbose_name_plural = _("fichiers")

    def __str__(self) -> str:
        return self.name
