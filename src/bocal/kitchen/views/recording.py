"""A batch recorded one step a screen, on a phone with wet hands.

What was said so far travels in the address: going back, reloading, losing the network for a minute, nothing is
lost. The last step shows where the kilos would go, and only then is anything written.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms.boundfield import BoundField
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from bocal.craft.measures import format_number
from bocal.kitchen import actions, queries
from bocal.kitchen.forms import BatchForm, CorrectBatchForm
from bocal.kitchen.models import Batch
from bocal.kitchen.views import WRITERS, id_in
from bocal.kitchen.views.balance import balance_card
from bocal.people.middleware import Request
from bocal.programme.models import Intervention
from bocal.recipes.queries import current_version
from bocal.toolbox.access import allow
from bocal.toolbox.refusals import Refused
from bocal.toolbox.times import say_moment

STEPS = (
    gettext_lazy("Quoi, quand, qui"),
    gettext_lazy("Ce qui entre"),
    gettext_lazy("Ce qui sort"),
    gettext_lazy("Relire"),
)
REVIEW = len(STEPS)
FRESH = timedelta(days=45)  # older produce is rarely what is in the pot


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_batch(request: Request) -> HttpResponse:
    """One step a screen. What was said so far travels in the address, so that going back loses nothing."""
    data = request.POST if request.method == "POST" else request.GET
    begun = id_in(data)
    if begun and (already := Batch.objects.filter(pk=begun).first()):
        return redirect("kitchen:batch", already.pk)
    intervention = _wanted_intervention(request.GET)
    form = BatchForm(
        data if begun else None, intervention=intervention, initial=_start(request, intervention)
    )
    if begun is None:
        return _show_step(request, form, 1)
    wanted = REVIEW if request.method == "POST" else _step(request.GET)
    form.is_valid()
    wrong = form.first_wrong_step(before=wanted)
    if wrong is None and wanted > 2 and not form.contents.inputs:
        form.add_error(None, _("Dites ce qui est entré dans la marmite : au moins un lot et son poids."))
        wrong = 2
    if wrong is not None or request.method != "POST":
        return _show_step(request, form, wrong or wanted)
    return _record(request, form)


def boxes_of(form: BatchForm | CorrectBatchForm, *, first: Collection[UUID] = ()) -> dict[str, Any]:
    """The boxes of what goes in and comes out; what is unlikely stays folded until something is in it."""
    likely, older = form.input_fields(first=first, fresh_since=timezone.localdate() - FRESH)
    others = form.jar_fields(*form.loads[1:])
    last = ("soup_ml", "waste_grams", "eaten_grams", "kept_at", "note")
    return {
        "input_fields": likely,
        "older_fields": older,
        "older_open": not likely or _is_used(older),
        "jar_fields": form.jar_fields(form.loads[0]),
        "other_load_fields": others,
        "other_loads_open": _is_used(others),
        "last_fields": [form[name] for name in last if name in form.fields],
    }


def _is_used(fields: list[BoundField]) -> bool:
    return any(field.value() or field.errors for field in fields)


def _record(request: Request, form: BatchForm) -> HttpResponse:
    now = timezone.now()
    said = form.cleaned_data
    try:
        made = actions.record_batch(
            id=said["id"],
            recipe_version=current_version(said["recipe"]),
            intervention=said["intervention"],
            operator=said["operator"],
            made_at=form.made_at(now),
            kept_at=said["kept_at"],
            note=said["note"],
            **form.quantities,
            by=request.person,
            at=now,
        )
    except Refused as refusal:
        form.add_refusal(refusal)
        return _show_step(request, form, form.step_of(refusal.field) or REVIEW)
    jars = sum(each.count for each in form.contents.jars)
    waiting = ngettext(
        "%(count)s pot attend en consigne d'être libéré.", "%(count)s pots attendent en consigne d'être libérés.", jars
    ) % {"count": format_number(jars)}  # fmt: skip
    messages.success(
        request,
        _("La fabrication %(code)s est notée.") % {"code": made.code} + (f" {waiting}" if jars else ""),
    )
    return redirect("kitchen:batch", made.pk)


def _show_step(request: Request, form: BatchForm, step: int) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "step": step,
        "steps": [
            {"number": number, "label": label, "state": _state(number, step)}
            for number, label in enumerate(STEPS, 1)
        ],
        "carried": form.carried(step) if form.is_bound else [],
        "sentences": form.non_field_errors(),
    }  # fmt: skip
    if step == 1:
        context["fields"] = [form[name] for name in form.FIRST]
    elif step == REVIEW:
        context |= _review(form)
    else:
        intervention = form.cleaned_data.get("intervention")
        context |= boxes_of(form, first=queries.lots_collected_for(intervention) if intervention else ())
    return render(request, "kitchen/batch_step.html", context)


def _state(number: int, step: int) -> str:
    """How a step stands beside the one on screen."""
    return "done" if number < step else "now" if number == step else "later"


def _review(form: BatchForm) -> dict[str, Any]:
    """Everything once more before it is recorded, with where the kilos go."""
    said, contents = form.cleaned_data, form.contents
    made_at = form.made_at(timezone.now())
    intervention = said.get("intervention")
    facts = [
        {"label": _("Recette"), "value": said["recipe"].title},
        {"label": _("Le"), "value": say_moment(made_at)},
        {"label": _("Conduite par"), "value": said["operator"]},
    ]
    if intervention:
        facts.append({"label": _("Pendant"), "value": f"{intervention.code} · {intervention.commune}"})
    if contents.jars and said.get("kept_at"):
        facts.append({"label": _("Pots gardés à"), "value": said["kept_at"]})
    return {"facts": facts, "contents": contents, "balance": balance_card(queries.balance_of(contents))}


def _step(data: QueryDict) -> int:
    """The step an address asks for, the nearest there is when it asks for another."""
    text = data.get("etape", "1")
    return min(max(int(text), 1), REVIEW) if text.isdecimal() and len(text) < 3 else 1


def _wanted_intervention(data: QueryDict) -> Intervention | None:
    try:
        return Intervention.objects.filter(pk=UUID(data.get("intervention", ""))).first()
    except ValueError:
        return None


def _start(request: Request, intervention: Intervention | None) -> dict[str, Any]:
    return {
        "intervention": intervention.pk if intervention else None,
        "day": min(intervention.day, timezone.localdate()) if intervention else timezone.localdate(),
        "operator": request.person.pk,
    }
