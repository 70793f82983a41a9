"""What people type about a setting: its new value, from when, and where it comes from."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bocal.parameters.catalogue import Declared, Kind
from bocal.toolbox.fields import CountField, DayField, DurationField, EurosField
from bocal.toolbox.forms import RecordForm

FIELDS: dict[Kind, type[forms.Field]] = {
    Kind.WHOLE: CountField,
    Kind.EUROS: EurosField,
    Kind.MINUTES: DurationField,
    Kind.TEXT: forms.CharField,
}


class ChangeSettingForm(RecordForm):
    """A value from a day on; the field is the one its kind asks for."""

    since = DayField(label=_("À partir du"), initial=timezone.localdate)
    source = forms.CharField(
        label=_("D'où vient cette valeur"),
        max_length=300,
        help_text=_("Une décision et sa date, un texte, un devis."),
    )
    verified = forms.BooleanField(label=_("Quelqu'un a vérifié la source"), required=False)
    field_order = ["id", "value", "since", "source", "verified"]

    def __init__(self, *args: Any, declared: Declared, **options: Any) -> None:
        super().__init__(*args, **options)
        field = FIELDS[declared.kind](label=_("Nouvelle valeur"))
        if declared.kind is not Kind.TEXT and declared.unit:
            field.unit = declared.unit  # type: ignore[attr-defined]
        self.fields["value"] = field
        self.order_fields(self.field_order)
