"""Dated settings: what the cannery decided, from when, why, and who decided it.

A setting is never overwritten: a new row takes over from its day on, so that any past figure can be
explained with the value that held that day. Nothing a handbook marks unverified is a constant in code.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bocal.toolbox.models import Record


class Setting(Record):
    """One value of one setting, valid from `since` until a later row of the same key."""

    key = models.SlugField(_("réglage"), max_length=80)
    value = models.JSONField(_("valeur"))
    since = models.DateField(_("à partir du"))
    source = models.TextField(_("source"))
    verified = models.BooleanField(_("source vérifiée"), default=False)
    decided_by = models.UUIDField(_("décidé par"), null=True)
    recorded_at = models.DateTimeField(_("noté le"))

    class Meta:
        verbose_name = _("réglage")
        verbose_name_plural = _("réglages")
        constraints = [
            models.UniqueConstraint(fields=["key", "since"], name="one_value_of_a_setting_per_day"),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.since:%d/%m/%Y})"


class Text(Record):
    """A text of the leaflet that the coordinator may rewrite; figures are never in here.

    `slug` names the place of the text on the leaflet (see `impact.leaflet`); the last row wins and the
    earlier ones are its history.
    """

    slug = models.SlugField(_("emplacement"), max_length=80)
    body = models.TextField(_("texte"))
    recorded_at = models.DateTimeField(_("noté le"))
    recorded_by = models.UUIDField(_("noté par"), null=True)

    class Meta:
        verbose_name = _("texte")
        verbose_name_plural = _("textes")
        indexes = [models.Index(fields=["slug", "recorded_at"], name="text_by_slug")]

    def __str__(self) -> str:
        return self.slug
