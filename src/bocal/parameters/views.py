"""Réglages › Valeurs: what the cannery decided, from when, why; a change takes over from its day on."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bocal.craft import measures
from bocal.parameters import actions, catalogue, queries
from bocal.parameters.catalogue import Declared, Kind
from bocal.parameters.forms import ChangeSettingForm
from bocal.toolbox.access import allow, allowed
from bocal.toolbox.acts import history_of
from bocal.toolbox.refusals import Refused

READERS = ("coordination", "director", "admin")
DECIDERS = ("coordination", "director")


@allow(*READERS)
@require_safe
def settings(request: HttpRequest) -> HttpResponse:
    written = queries.settings_on(timezone.localdate())
    lines = [
        {
            "declared": declared,
            "value": say(
                declared, written[declared.key].value if declared.key in written else declared.default
            ),
            "since": written[declared.key].since if declared.key in written else None,
        }
        for declared in catalogue.catalogue()
    ]
    return render(request, "parameters/settings.html", {"lines": lines})


@allow(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def setting(request: HttpRequest, key: str) -> HttpResponse:
    """One setting: its values over time, and for who decides the form of the next."""
    declared = _declared(key)
    may_decide = allowed(request, *DECIDERS)
    form = ChangeSettingForm(request.POST or None, declared=declared) if may_decide else None
    if form and form.is_valid():
        try:
            actions.change_setting(key=key, by=request.person, at=timezone.now(), **form.cleaned_data)  # type: ignore[attr-defined]
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Le réglage est changé."))
            return redirect("parameters:setting", key)
    return render(request, "parameters/setting.html", _page_of(declared, form, timezone.localdate()))


def say(declared: Declared, value: Any) -> str:
    """A value as people read it, with its unit."""
    match declared.kind:
        case Kind.EUROS:
            return measures.format_cents(value)
        case Kind.MINUTES:
            return measures.format_minutes(value)
        case Kind.WHOLE:
            return f"{measures.format_number(value)}{measures.NBSP}{declared.unit}".strip()
    return str(value)


def _declared(key: str) -> Declared:
    try:
        return catalogue.declared(key)
    except KeyError:
        raise Http404 from None


def _page_of(declared: Declared, form: ChangeSettingForm | None, today: date) -> dict[str, Any]:
    rows = queries.values_of(declared.key)
    values = [{"row": row, "value": say(declared, row.value), "to_come": row.since > today} for row in rows]
    history = [line for row in rows for line in history_of(row) if line.changes]
    return {
        "declared": declared,
        "default": say(declared, declared.default),
        "values": values,
        "form": form,
        "history": history,
    }
