"""The upload of a workbook, and the confirmation of what its preview said."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bocal.toolbox.forms import RecordForm


class UploadForm(RecordForm):
    """A file, and whether its lines were reconstructed."""

    file = forms.FileField(
        label=_("Le classeur de la saison"),
        help_text=_(
            "Un fichier .xlsx. Bocal le vérifie et vous montre ce qu'il reprendrait ; rien n'est changé."
        ),
        allow_empty_file=True,  # what is empty is refused as what it is: no workbook
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    reconstructed = forms.BooleanField(
        label=_("Ses lignes ont été reconstituées à partir de totaux publiés"),
        help_text=_("Bocal le dira partout où elles se voient."),
        required=False,
    )


class ConfirmForm(RecordForm):
    """The file that was checked, to take in."""

    stored = forms.UUIDField(widget=forms.HiddenInput)
    reconstructed = forms.BooleanField(required=False, widget=forms.HiddenInput)
