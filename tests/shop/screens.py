"""The screens of the shop as tests ask for them and send them back."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from bocal.journal.models import Lot
from bocal.toolbox.ids import new_id
from tests.programme.factories import TODAY


def page(client: Client, screen: str = "home", *args: Any, **query: Any) -> str:
    response = client.get(reverse(f"shop:{screen}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def send(client: Client, screen: str, *args: Any, query: str = "", **typed: Any) -> str:
    """What the browser shows after the form is sent."""
    address = f"{reverse(f'shop:{screen}', args=args)}{query}"
    response = client.post(address, {"id": new_id(), "day": TODAY} | typed, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def line(lot: Lot, jars: Any, price: Any = "") -> dict[str, Any]:
    """The boxes of one lot of the shelf."""
    return {f"jars_{lot.pk}": jars, f"price_{lot.pk}": price}


def words_of(html: str) -> str:
    """What is read on a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " ").replace("&#x27;", "'").split())
