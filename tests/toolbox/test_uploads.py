"""A file that is far too large gets a sentence, from its announced size alone."""

from io import BytesIO

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from bocal.toolbox.uploads import refuse_what_is_too_large


def answer(request: HttpRequest) -> HttpResponse:
    return refuse_what_is_too_large(lambda _: HttpResponse("reçu"))(request)


def test_an_ordinary_form_passes(rf: RequestFactory) -> None:
    assert answer(rf.post("/", {"kilos": "12,5"})).content.decode() == "reçu"


def test_a_file_of_200_megabytes_is_refused_with_a_sentence(rf: RequestFactory) -> None:
    response = answer(rf.post("/", CONTENT_LENGTH=str(200 * 1024 * 1024), **{"wsgi.input": BytesIO()}))

    assert response.status_code == 413
    assert "Ce fichier pèse 200,0\xa0Mio et Bocal en accepte 20,0\xa0Mio" in response.content.decode()


def test_what_was_sent_is_poured_away_so_that_the_browser_reads_the_answer(rf: RequestFactory) -> None:
    body = BytesIO(b"x" * 1_000_000)

    answer(rf.post("/", CONTENT_LENGTH="30000000", **{"wsgi.input": body}))

    assert body.read() == b""


@pytest.mark.parametrize("announced", ["", "beaucoup"])
def test_a_size_that_is_no_number_is_left_to_django(rf: RequestFactory, announced: str) -> None:
    assert answer(rf.post("/", CONTENT_LENGTH=announced)).status_code == 200
