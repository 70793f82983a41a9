"""Who may enter and do what: accounts, dated roles, and links that read. Each change is an act of its own.

Nothing here may leave the house without anybody to give access: the last administrator can be replaced, not
removed. An account that is closed loses its passkeys with it, which is also how a lost phone is dealt with.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bocal.people import queries, roles
from bocal.people.actions.once import insert_once
from bocal.people.models import Organisation, Person, ReadOnlyLink, Role, User
from bocal.people.names import NAME_LENGTH, tidy
from bocal.toolbox.acts import record_act, register_act, snapshot
from bocal.toolbox.ids import new_id
from bocal.toolbox.refusals import Refused
from bocal.toolbox.times import paris_day, say_day

ACCESS_OPENED = register_act("people.access_opened", gettext_lazy("a ouvert un accès à cette personne"))
ADDRESS_CHANGED = register_act(
    "people.access_address_changed", gettext_lazy("a changé l'adresse d'accès de cette personne")
)
ACCESS_CLOSED = register_act("people.access_closed", gettext_lazy("a fermé l'accès de cette personne"))
ROLE_GIVEN = register_act("people.role_given", gettext_lazy("a donné ce rôle"))
ROLE_ENDED = register_act("people.role_ended", gettext_lazy("a fixé la fin de ce rôle"))
ROLE_WITHDRAWN = register_act("people.role_withdrawn", gettext_lazy("a retiré ce rôle tout de suite"))
LINK_MADE = register_act("people.link_made", gettext_lazy("a créé ce lien"))
LINK_CUT = register_act("people.link_cut", gettext_lazy("a coupé ce lien"))

LONGEST_LINK_DAYS = 366


class UnableToGiveAccess(Refused):
    """This access cannot be given, changed or taken so."""


# --- Accounts -----------------------------------------------------------------------------------


@transaction.atomic
def open_access(*, person: Person, email: str, by: Person | None, at: datetime) -> User:
    """Let a person in with a code sent to this address; again with another address changes it."""
    email = email.strip().lower()
    if not person.active:
        raise UnableToGiveAccess(
            _("%(person)s n'est plus en activité : corrigez d'abord sa fiche.") % {"person": person}
        )
    if person.status == Person.Status.SYSTEM:
        raise UnableToGiveAccess(_("Bocal n'est pas une personne : il n'a pas d'accès."))
    _one_at_a_time(person)
    if User.objects.filter(email=email).exclude(person=person).exists():
        raise UnableToGiveAccess(_("Cette adresse ouvre déjà l'accès de quelqu'un d'autre."), field="email")
    user = User.objects.select_for_update(of=("self",)).filter(person=person).first()
    if user is None:
        user = User.objects.create_user(email, person)
        record_act(what=ACCESS_OPENED, subject=person, by=by, at=at)
    elif not user.is_active or user.email != email:
        what = ADDRESS_CHANGED if user.is_active else ACCESS_OPENED
        user.email, user.is_active = email, True
        user.save(update_fields=["email", "is_active"])
        record_act(what=what, subject=person, by=by, at=at)
    _keep_one_address(user)
    return user


@transaction.atomic
def close_access(*, person: Person, by: Person | None, at: datetime, reason: str = "") -> None:
    """Shut a person's door at once, on every device."""
    shut_door(person=person, by=by, at=at, reason=reason)


def shut_door(*, person: Person, by: Person | None, at: datetime, reason: str = "") -> None:
    """Part of a transaction: the account is closed, its passkeys are gone."""
    user = User.objects.select_for_update(of=("self",)).filter(person=person, is_active=True).first()
    if user is None:
        return
    with _somebody_still_administers(on=paris_day(at)):
        user.is_active = False
        user.save(update_fields=["is_active"])
    Authenticator.objects.filter(user=user).delete()
    record_act(what=ACCESS_CLOSED, subject=person, by=by, at=at, reason=reason)


def _one_at_a_time(person: Person) -> None:
    """Whatever concerns the access of one person waits for its turn."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)


def _keep_one_address(user: User) -> None:
    """allauth keeps addresses in a table of its own: exactly the one that was given, trusted."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )


# --- Roles --------------------------------------------------------------------------------------


@transaction.atomic
def give_role(
    *,
    id: UUID,
    person: Person,
    name: str,
    since: date,
    until: date | None = None,
    house: Organisation | None = None,
    by: Person | None,
    at: datetime,
) -> Role:
    """Give a role from a day on; the same id twice gives back the first."""
    _one_at_a_time(person)
    if existing := Role.objects.filter(pk=id).first():
        return existing
    if name not in roles.HELD:
        raise UnableToGiveAccess(_("Ce rôle n'existe pas."), field="name")
    if name == roles.REFERENT and house is None:
        raise UnableToGiveAccess(_("Dites pour quelle structure."), field="house")
    if until and until < since:
        raise UnableToGiveAccess(_("Un rôle ne peut pas finir avant d'avoir commencé."), field="until")
    held_for = house if name == roles.REFERENT else None
    if same := _overlapping(person, name, held_for, since, until):
        raise UnableToGiveAccess(
            _("%(person)s a déjà ce rôle, depuis le %(since)s.")
            % {"person": person, "since": say_day(same.since)},
            field="name",
        )
    role = Role.objects.create(id=id, person=person, name=name, house=held_for, since=since, until=until)
    record_act(what=ROLE_GIVEN, subject=role, by=by, at=at, after=snapshot(role))
    return role


@transaction.atomic
def end_role(*, role: Role, on: date, by: Person | None, at: datetime, reason: str = "") -> Role:
    """Say which day is the last of a role."""
    role = Role.objects.select_for_update(of=("self",)).get(pk=role.pk)
    if on < role.since:
        raise UnableToGiveAccess(
            _("Un rôle ne peut pas finir avant d'avoir commencé : retirez-le."), field="on"
        )
    if role.until == on:
        return role
    before = snapshot(role)
    with _somebody_still_administers(on=max(on + timedelta(days=1), paris_day(at))):
        role.until = on
        role.save(update_fields=["until"])
    record_act(
        what=ROLE_ENDED, subject=role, by=by, at=at, before=before, after=snapshot(role), reason=reason
    )
    return role


@transaction.atomic
def withdraw_role(*, role: Role, by: Person | None, at: datetime, reason: str = "") -> Role:
    """Take a role away at once."""
    role = Role.objects.select_for_update(of=("self",)).get(pk=role.pk)
    if role.withdrawn_at is None:
        with _somebody_still_administers(on=paris_day(at)):
            role.withdrawn_at = at
            role.save(update_fields=["withdrawn_at"])
        record_act(what=ROLE_WITHDRAWN, subject=role, by=by, at=at, reason=reason)
    return role


def _overlapping(
    person: Person, name: str, house: Organisation | None, since: date, until: date | None
) -> Role | None:
    """The same role already given for some day of this period."""
    given = Role.objects.filter(person=person, name=name, house=house, withdrawn_at=None)
    given = given.filter(Q(until=None) | Q(until__gte=since))
    return (given.filter(since__lte=until) if until else given).first()


@contextmanager
def _somebody_still_administers(*, on: date) -> Iterator[None]:
    """Refuse what happens inside when it takes the last administrator away."""
    some = queries.able(roles.ADMINISTRATORS, on=on)
    yield
    if some and not queries.able(roles.ADMINISTRATORS, on=on):
        raise UnableToGiveAccess(
            _(
                "Plus personne ne pourrait donner les accès : "
                "donnez d'abord ce rôle à quelqu'un d'autre qui peut entrer."
            )
        )


# --- Links that read ----------------------------------------------------------------------------


@transaction.atomic
def make_link(
    *, id: UUID, audience: str, label: str, expires_at: datetime, by: Person, at: datetime
) -> tuple[ReadOnlyLink, str]:
    """Make a link for an inspector or a funder, with its token; the same id twice gives the token no more."""
    if existing := ReadOnlyLink.objects.filter(pk=id).first():
        return existing, ""
    label = tidy(label)
    if not label or len(label) > NAME_LENGTH:
        raise UnableToGiveAccess(_("Dites à qui ce lien est donné, en quelques mots."), field="label")
    if audience not in roles.BY_LINK:
        raise UnableToGiveAccess(
            _("Un lien est fait pour un contrôle ou pour un financeur."), field="audience"
        )
    if not at < expires_at <= at + timedelta(days=LONGEST_LINK_DAYS):
        raise UnableToGiveAccess(_("Un lien vaut d'un jour à un an."), field="until")
    token = secrets.token_urlsafe(32)
    link, new = insert_once(
        ReadOnlyLink(
            id=id,
            token_hash=queries.hash_of(token),
            audience=audience,
            label=label,
            created_at=at,
            created_by=by,
            expires_at=expires_at,
        )
    )
    if not new:
        return link, ""
    record_act(what=LINK_MADE, subject=link, by=by, at=at)
    return link, token


@transaction.atomic
def cut_link(*, link: ReadOnlyLink, by: Person, at: datetime) -> ReadOnlyLink:
    """Close a link at once, for every session it opened."""
    link = ReadOnlyLink.objects.select_for_update().get(pk=link.pk)
    if link.revoked_at is None:
        link.revoked_at = at
        link.save(update_fields=["revoked_at"])
        record_act(what=LINK_CUT, subject=link, by=by, at=at)
    return link


def link_of_the_demonstration(*, audience: str, at: datetime) -> ReadOnlyLink:
    """The link behind the one-click entry of an inspector or a funder; made when none is living."""
    living = queries.living_links(at=at).filter(audience=audience, created_by=queries.system_person()).first()
    if living:
        return living
    link, _token = make_link(
        id=new_id(),
        audience=audience,
        label=_("Démonstration"),
        expires_at=at + timedelta(days=30),
        by=queries.system_person(),
        at=at,
    )
    return link


def note_visit(*, link: ReadOnlyLink, at: datetime) -> None:
    """Remember that the link was used; who gave it wants to know."""
    ReadOnlyLink.objects.filter(pk=link.pk).update(last_used_at=at)
