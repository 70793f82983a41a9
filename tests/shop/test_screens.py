"""The screens of the shop, through the eyes of each role: what is shown, sent, refused, exported, and what it costs."""

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.people.factories import signed_in, somebody_who
from tests.programme.factories import NOW
from tests.shop.factories import a_sale, a_voucher, an_exit, free_jars, the_shop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def coordination() -> Client:
    return signed_in(somebody_who("coordination"))


def test_pages_open(coordination: Client) -> None:
    lot = free_jars()
    sale, left, voucher = a_sale(), an_exit(lot), a_voucher(lot)
    pages = {
        "home": [],
        "sales": [],
        "share": [],
        "exits": [],
        "vouchers": [],
        "issue": [],
        "sale": [sale.pk],
        "cancel_sale": [sale.pk],
        "correct_sale": [sale.pk],
        "exit": [left.pk],
        "cancel_exit": [left.pk],
        "correct_exit": [left.pk],
        "voucher": [voucher.pk],
        "cancel_voucher": [voucher.pk],
    }
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for name, arguments in pages.items():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            response = coordination.get(reverse(f"shop:{name}", args=arguments))
        print(name, response.status_code, len(captured))
        assert response.status_code == 200, name
    response = coordination.get(reverse("shop:voucher_sheet"), {"lot": lot.pk})
    assert voucher.code in response.content.decode()
