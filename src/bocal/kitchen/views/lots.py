"""One lot: what it is, where it is, what was decided, where it comes from and who got it; released, blocked, moved."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bocal.craft.journal import is_free, may_follow
from bocal.journal.models import Account, Balance, Decision, Lot, Movement, Transaction
from bocal.journal.queries import Trace, movements_of, trace_back, trace_forward
from bocal.kitchen import actions, queries
from bocal.kitchen.forms import DecisionForm, MoveForm
from bocal.kitchen.presentation import name_account, name_lot, say_quantity, state_named
from bocal.kitchen.views import BLOCKERS, LOT_READERS, MOVERS, id_in
from bocal.kitchen.views.tracing import Tree, origins_of, trace_file, uses_of
from bocal.people import roles
from bocal.people.middleware import Request
from bocal.people.models import Person
from bocal.toolbox.access import allow, allowed
from bocal.toolbox.acts import history_of
from bocal.toolbox.refusals import Refused
from bocal.toolbox.times import say_day, say_moment, say_moment_short

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@allow(*LOT_READERS)
@require_safe
def lot(request: Request, lot_id: UUID) -> HttpResponse:
    """The page of a lot or, with `?format=xlsx` or `?format=csv`, its trace as a file."""
    shown = _lot(lot_id)
    names = allowed(request, roles.COORDINATION, roles.DIRECTOR)
    back, forward = _traces(shown)
    tree = Tree.of([*back.lots, *forward.lots], persons=names)
    origins, uses = origins_of(shown, back, tree), uses_of(shown, forward, tree)
    if (wanted := request.GET.get("format")) in ("xlsx", "csv"):
        return trace_file(shown, origins, uses, wanted)
    state = shown.state
    context = {
        "lot": shown,
        "name": name_lot(shown),
        "state": state_named(state),
        "facts": _facts(shown),
        "whereabouts": _whereabouts(shown),
        "decisions": [_decision(each) for each in queries.decisions_on(shown)],
        "origins": origins,
        "uses": uses,
        "movements": [_movement(shown, each, names) for each in movements_of(shown)],
        "may_release": may_follow(state, Decision.Kind.RELEASE) and allowed(request, *roles.RELEASERS),
        "may_block": may_follow(state, Decision.Kind.BLOCK) and allowed(request, *BLOCKERS)
        if state
        else False,
        "history": history_of(shown),
    }
    return render(request, "kitchen/lot.html", context)


@allow(*BLOCKERS)
@get_or_post
def release(request: Request, lot_id: UUID) -> HttpResponse:
    """Release a lot. Operators read who can; only those whose role releases may decide."""
    shown = _jar_lot(lot_id)
    form = DecisionForm(
        request.POST or None,
        ask=_("Ce que vous avez vérifié"),
        hint=_("Couvercles, étanchéité, traitement thermique, étuvage : ce que vous écrivez libère le lot."),
        initial={"day": timezone.localdate()},
    )
    decides = allowed(request, *roles.RELEASERS)
    if request.method == "POST" and not decides:
        form.add_error(
            None,
            _("C'est une autre personne, dont c'est le rôle, qui libère un lot : demandez à l'une d'elles."),
        )
    elif _decided(form, actions.release_lot, lot=shown, by=request.person):
        messages.success(
            request, _("Le lot %(lot)s est libéré : ses pots peuvent partir.") % {"lot": shown.code}
        )
        return redirect("kitchen:lot", shown.pk)
    mine = not decides or not queries.may_release(shown, request.person)
    context = {
        **_deciding(shown, form),
        "mine": mine,
        "others": queries.releasers(timezone.localdate(), but=request.person) if mine else [],
    }
    return render(request, "kitchen/release.html", context)


@allow(*BLOCKERS)
@get_or_post
def block(request: Request, lot_id: UUID) -> HttpResponse:
    shown = _jar_lot(lot_id)
    form = DecisionForm(
        request.POST or None,
        ask=_("Pourquoi on le bloque"),
        hint=_("Un couvercle bombé, un doute sur l'autoclave, une analyse attendue…"),
        initial={"day": timezone.localdate()},
    )
    if _decided(form, actions.block_lot, lot=shown, by=request.person):
        messages.success(
            request, _("Le lot %(lot)s est bloqué : ses pots restent où ils sont.") % {"lot": shown.code}
        )
        return redirect("kitchen:lot", shown.pk)
    return render(request, "kitchen/block.html", _deciding(shown, form))


@allow(*MOVERS)
@get_or_post
def move(request: Request, lot_id: UUID) -> HttpResponse:
    """Carry some of a lot to another place."""
    shown = _lot(lot_id)
    if (sent := id_in(request.POST)) and Transaction.objects.filter(pk=sent).exists():
        return redirect("kitchen:lot", shown.pk)
    held = {
        row.account.place_id: row.quantity
        for row in _places(shown)
        if row.quantity > 0 and row.account.place_id
    }
    if not held:
        messages.error(request, _("Il n'y a plus rien de ce lot à déplacer."))
        return redirect("kitchen:lot", shown.pk)
    free = shown.kind != Lot.Kind.JAR or is_free(shown.state)
    form = MoveForm(request.POST or None, lot=shown, held=held, free=free)
    if form.is_valid():
        now = timezone.now()
        try:
            actions.move_lot(lot=shown, **form.cleaned_data, happened_at=now, by=request.person, at=now)
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            moved = say_quantity(shown, form.cleaned_data["quantity"])
            messages.success(
                request, _("%(moved)s à %(place)s.") % {"moved": moved, "place": form.cleaned_data["target"]}
            )
            return redirect("kitchen:lot", shown.pk)
    context = {
        "title": _("Déplacer : %(lot)s") % {"lot": name_lot(shown)},
        "lead": shown.code,
        "facts": _whereabouts(shown),
        "form": form,
        "submit": _("Déplacer"),
        "back": {"url": reverse("kitchen:lot", args=[shown.pk]), "label": shown.code},
        "kitchen": True,
    }
    return render(request, "form_page.html", context)


def _lot(lot_id: UUID) -> Any:
    """The lot with its `state` and its batch."""
    shown = queries.lot_with_batch(lot_id)
    if shown is None:
        raise Http404
    return shown


def _jar_lot(lot_id: UUID) -> Any:
    """Decisions are for jars: nothing else waits for one."""
    shown = _lot(lot_id)
    if shown.kind != Lot.Kind.JAR:
        raise Http404
    return shown


def _decided(form: DecisionForm, decide: Callable[..., Decision], *, lot: Lot, by: Person) -> bool:
    """Take the decision the form asks for; False while something is missing or refused."""
    if not form.is_valid():
        return False
    now, said = timezone.now(), form.cleaned_data
    try:
        decide(id=said["id"], lot=lot, by=by, decided_at=form.decided_at(now), at=now, reason=said["reason"])
    except Refused as refusal:
        form.add_refusal(refusal)
        return False
    return True


def _deciding(shown: Any, form: DecisionForm) -> dict[str, Any]:
    return {
        "lot": shown,
        "name": name_lot(shown),
        "state": state_named(shown.state),
        "facts": [*_facts(shown), *_whereabouts(shown)],
        "decisions": [_decision(each) for each in queries.decisions_on(shown)],
        "form": form,
    }


def _traces(shown: Lot) -> tuple[Trace, Trace]:
    """Backwards and forwards. A trace holds its own lot too: what nothing was made of, or from, needs only one."""
    if shown.batch_id is None:
        forward = trace_forward(shown)
        return forward, forward
    back = trace_back(shown)
    return back, trace_forward(shown) if shown.kind == Lot.Kind.SEMI_FINISHED else back


def _facts(shown: Lot) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [{"label": _("Lot"), "value": shown.code}]
    if shown.batch:
        made = shown.batch.made_in
        facts += [
            {"label": _("Fabrication"), "value": made.code, "url": reverse("kitchen:batch", args=[made.pk])},
            {"label": _("Faite le"), "value": say_day(shown.made_on)},
            {"label": _("Conduite par"), "value": made.operator},
        ]
        if made.intervention:
            where = f"{made.intervention.code} · {made.intervention.commune}"
            facts.append({"label": _("Pendant"), "value": where})
    elif line := getattr(shown, "collection_line", None):
        collection = line.collection
        url = reverse("surplus:collection", args=[collection.pk])
        facts += [
            {"label": _("Collecte"), "value": collection.code, "url": url},
            {"label": _("Le"), "value": say_day(shown.made_on)},
            {"label": _("Chez"), "value": collection.producer},
        ]
    facts += [
        {"label": _("Nature"), "value": shown.get_nature_display()},
        {"label": _("Appartient à"), "value": shown.owner},
    ]
    return facts


def _places(shown: Lot) -> list[Balance]:
    held = Balance.objects.filter(lot=shown, account__kind=Account.Kind.PLACE).exclude(quantity=0)
    return list(held.select_related("account__place").order_by("account__place__name"))


def _whereabouts(shown: Lot) -> list[dict[str, Any]]:
    return [
        {
            "label": name_account(row.account),
            "value": say_quantity(shown, row.quantity),
            "below_zero": row.quantity < 0,
        }
        for row in _places(shown)
    ]


def _decision(each: Decision) -> dict[str, Any]:
    return {
        "what": each.get_kind_display(),
        "state": state_named(each.kind),
        "when": say_moment(each.decided_at),
        "by": each.by,
        "reason": each.reason,
    }


def _movement(shown: Lot, moved: Movement, names: bool) -> dict[str, Any]:
    written = moved.transaction
    return {
        "when": say_moment_short(written.happened_at),
        "what": written.get_kind_display(),
        "correction": written.reverses_id is not None,
        "quantity": say_quantity(shown, moved.quantity),
        "source": name_account(moved.source, persons=names),
        "target": name_account(moved.target, persons=names),
    }
