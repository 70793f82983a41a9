"""No page asks the database more than fifteen times, whoever opens it and however much there is."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bocal.people.queries import user_with_role
from tests.people.factories import signed_in
from tests.support.every_page import every_page

CEILING = 15


@pytest.mark.usefixtures("demonstration")
def test_no_page_asks_more_than_fifteen_times() -> None:
    clients: dict[str, Client] = {"": Client()}
    costly: list[str] = []
    for address, role, route in every_page():
        if role and role not in clients:
            user = user_with_role(role, on=timezone.localdate())
            assert user
            clients[role] = signed_in(user.person, Client())
        clients[role].get(address)  # what is looked up once in a process is not this page's cost
        with CaptureQueriesContext(
            connection,
        ) as asked:
            clients[role].get(address)
        if len(asked) > CEILING:
            costly.append(f"{len(asked)} queries: {address} ({route.name})")
    assert costly == []
