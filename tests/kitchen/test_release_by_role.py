"""Who may release: a role that releases, and never an operator, though she did not make the batch."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bocal.journal.models import Decision, Lot
from bocal.journal.queries import jar_lots_kept
from bocal.people.queries import user_with_role
from bocal.toolbox.ids import new_id
from tests.people.factories import signed_in


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize(("role", "status"), [("operator", 200), ("shop", 403), ("coordination", 302)])
def test_only_a_role_that_releases_decides(role: str, status: int) -> None:
    lot = jar_lots_kept(Decision.Kind.START).first()
    assert isinstance(lot, Lot)
    user = user_with_role(role, on=timezone.localdate())
    assert user
    answer = signed_in(user.person, Client()).post(
        reverse("kitchen:release", args=[lot.pk]),
        {"id": new_id(), "reason": "Pots contrôlés.", "day": timezone.localdate().isoformat()},
    )
    assert answer.status_code == status
    assert Decision.objects.filter(lot=lot, kind="release").exists() is (status == 302)
