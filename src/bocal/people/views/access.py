"""Réglages › Accès: who can enter, with which roles, and the links that read. Says when one key is too few."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bocal.people import actions, queries, roles
from bocal.people.forms import AddressForm, EndRoleForm, LinkForm, OpenAccessForm, RoleForm
from bocal.people.middleware import Request
from bocal.people.models import Person, ReadOnlyLink, Role, User
from bocal.toolbox.access import allow
from bocal.toolbox.acts import history_of
from bocal.toolbox.lists import Column, respond_with_list
from bocal.toolbox.refusals import Refused
from bocal.toolbox.times import paris_day_bounds

GIVERS = roles.ADMINISTRATORS

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


# --- Who can enter --------------------------------------------------------------------------------


def _roles_in_words(user: User) -> str:
    today = timezone.localdate()
    held = [role for role in user.person.roles.all() if role.is_held_on(today)]
    return ", ".join(f"{role} ({role.house})" if role.house else str(role) for role in held)


COLUMNS = (
    Column(
        gettext_lazy("Qui"),
        "person.name",
        url=lambda user: reverse("people:access_of", args=[user.person_id]),
    ),
    Column(gettext_lazy("Adresse e-mail"), "email"),
    Column(gettext_lazy("Rôles aujourd'hui"), _roles_in_words),
    Column(gettext_lazy("Dernière entrée"), "last_login", kind="moment"),
    Column(gettext_lazy("Accès"), lambda user: _("ouvert") if user.is_active else _("fermé")),
)


@allow(*GIVERS)
@require_safe
def access(request: Request) -> HttpResponse:
    return respond_with_list(
        request,
        template="people/access.html",
        rows=queries.doors().prefetch_related("person__roles__house"),
        columns=COLUMNS,
        title=_("Accès"),
        filename="acces",
        empty={
            "title": _("Personne ne peut encore entrer"),
            "sentence": _("Ouvrez un accès à deux personnes au moins."),
            "action": _("Ouvrir un accès"),
            "url": reverse("people:open_access"),
        },
        context={
            "warnings": queries.access_warnings(on=timezone.localdate()),
            "links": [_link_line(link) for link in queries.links()],
        },
    )


@allow(*GIVERS)
@get_or_post
def open_access(request: Request) -> HttpResponse:
    form = OpenAccessForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            welcomed = actions.welcome(
                role_id=said["id"],
                person=said["person"],
                name=said["name"],
                email=said["email"],
                role=said["role"],
                house=said["house"],
                since=said["since"],
                until=said["until"],
                **_by(request),
            )
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(
                request, _("%(person)s peut entrer avec un code envoyé à son adresse.") % {"person": welcomed}
            )
            return redirect("people:access_of", welcomed.pk)
    return render(request, "people/access_form.html", {"form": form})


@allow(*GIVERS)
@require_safe
def access_of(request: Request, person_id: UUID) -> HttpResponse:
    return _show(request, _person(person_id))


@allow(*GIVERS)
@require_POST
def change_address(request: Request, person_id: UUID) -> HttpResponse:
    """Change the address that receives the code, or open again an access that was closed."""
    shown, form = _person(person_id), AddressForm(request.POST)
    if form.is_valid():
        try:
            actions.open_access(person=shown, email=form.cleaned_data["email"], **_by(request))
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("%(person)s entre avec cette adresse.") % {"person": shown})
            return redirect("people:access_of", shown.pk)
    return _show(request, shown, address=form)


@allow(*GIVERS)
@require_POST
def close_access(request: Request, person_id: UUID) -> HttpResponse:
    shown = _person(person_id)
    try:
        actions.close_access(person=shown, **_by(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("L'accès est fermé, sur tous les appareils."))
    return redirect("people:access_of", shown.pk)


# --- Roles ----------------------------------------------------------------------------------------


@allow(*GIVERS)
@require_POST
def give_role(request: Request, person_id: UUID) -> HttpResponse:
    shown, form = _person(person_id), RoleForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.give_role(
                id=said["id"],
                person=shown,
                name=said["role"],
                house=said["house"],
                since=said["since"],
                until=said["until"],
                **_by(request),
            )
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Le rôle est donné."))
            return redirect("people:access_of", shown.pk)
    return _show(request, shown, giving=form)


@allow(*GIVERS)
@get_or_post
def end_role(request: Request, role_id: UUID) -> HttpResponse:
    """Fix the last day of a role, and see its history."""
    role = get_object_or_404(Role.objects.select_related("person", "house"), pk=role_id)
    form = EndRoleForm(request.POST or None, initial={"on": role.until} if role.until else None)
    if form.is_valid():
        try:
            actions.end_role(role=role, on=form.cleaned_data["on"], **_by(request))
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("La fin du rôle est notée."))
            return redirect("people:access_of", role.person_id)
    return render(request, "people/role.html", {"form": form, "role": role, "history": history_of(role)})


@allow(*GIVERS)
@require_POST
def withdraw_role(request: Request, role_id: UUID) -> HttpResponse:
    role = get_object_or_404(Role, pk=role_id)
    try:
        actions.withdraw_role(role=role, **_by(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Le rôle est retiré."))
    return redirect("people:access_of", role.person_id)


# --- Links that read ------------------------------------------------------------------------------


@allow(*GIVERS)
@never_cache
@get_or_post
def new_link(request: Request) -> HttpResponse:
    """Make a link and show it, this once: only its hash is kept."""
    form = LinkForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        until = said["until"]
        try:
            link, token = actions.make_link(
                id=said["id"],
                audience=said["audience"],
                label=said["label"],
                expires_at=paris_day_bounds(until, until)[1],
                **_by(request),
            )
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            address = request.build_absolute_uri(reverse("people:open_link", args=[token])) if token else ""
            return render(request, "people/link_made.html", {"link": link, "address": address})
    return render(request, "people/link_form.html", {"form": form})


@allow(*GIVERS)
@require_POST
def cut_link(request: Request, link_id: UUID) -> HttpResponse:
    link = actions.cut_link(link=get_object_or_404(ReadOnlyLink, pk=link_id), **_by(request))
    messages.success(request, _("Le lien « %(label)s » est coupé.") % {"label": link})
    return redirect("people:access")


# --- What these views share -----------------------------------------------------------------------


def _person(person_id: UUID) -> Person:
    """Anybody who may be let in; whoever gives access chooses among all."""
    return get_object_or_404(queries.everybody(), pk=person_id)


def _show(
    request: Request, shown: Person, *, address: AddressForm | None = None, giving: RoleForm | None = None
) -> HttpResponse:
    user = User.objects.filter(person=shown).first()
    today = timezone.localdate()
    context = {
        "shown": shown,
        "door": user,
        "address": address or AddressForm(initial={"email": user.email if user else shown.email}),
        "giving": giving or RoleForm(),
        "roles": [{"role": role, "now": role.is_held_on(today)} for role in queries.roles_ever(shown)],
        "history": history_of(shown),
    }
    return render(request, "people/access_of.html", context)


def _link_line(link: ReadOnlyLink) -> dict[str, Any]:
    """A link with the chip that says whether it still opens."""
    if link.revoked_at:
        word, kind = _("coupé"), "no"
    elif link.expires_at <= timezone.now():
        word, kind = _("passé"), ""
    else:
        word, kind = _("ouvert"), "ok"
    return {"link": link, "word": word, "kind": kind}


def _by(request: Request) -> dict[str, Any]:
    return {"by": request.person, "at": timezone.now()}
