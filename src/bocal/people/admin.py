"""What the technical administrator may look at: accounts, roles, links, acts and files. Nothing of the trade."""

from django.contrib import admin

from bocal.people.models import ReadOnlyLink, Role, User
from bocal.people.technical import LookOnly
from bocal.toolbox.models import Act, StoredFile


@admin.register(User)
class UserAdmin(LookOnly):
    list_display = ("email", "is_active", "last_login")
    exclude = ("password",)


@admin.register(Role)
class RoleAdmin(LookOnly):
    list_display = ("person", "name", "house", "since", "until", "withdrawn_at")
    list_select_related = ("person", "house")


@admin.register(ReadOnlyLink)
class ReadOnlyLinkAdmin(LookOnly):
    list_display = ("label", "audience", "created_at", "expires_at", "revoked_at", "last_used_at")
    exclude = ("token_hash",)


@admin.register(Act)
class ActAdmin(LookOnly):
    list_display = ("at", "actor_pseudonym", "what", "subject_type", "subject_id")
    exclude = ("before", "after")


@admin.register(StoredFile)
class StoredFileAdmin(LookOnly):
    list_display = ("at", "name", "size", "media_type")
