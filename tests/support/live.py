"""The demonstration behind a real server and a real browser."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandlerMixin
from django.utils import timezone
from playwright.sync_api import Page

from bocal.people.queries import user_with_role
from bocal.toolbox.times import paris_day

As = Callable[[str], Page]


@pytest.fixture(scope="session", autouse=True)
def static_files_are_kept() -> Iterator[None]:
    """A browser asks once for each style sheet and script, as it does of the server of the house."""
    serve = StaticFilesHandlerMixin.serve

    def serve_to_keep(self: Any, request: Any) -> Any:
        response = serve(self, request)
        response["Cache-Control"] = "max-age=3600"
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandlerMixin, "serve", serve_to_keep)
        yield


@pytest.fixture
def live_demonstration(transactional_db: None, _demonstration_copy: tuple[Callable[[], None], ...]) -> None:
    """The server of this test serves the demonstration, to change as it likes."""
    put_there, _put_back = _demonstration_copy
    put_there()


@pytest.fixture
def as_role(live_demonstration: None, page: Page, enter: Callable[..., None]) -> As:
    """`as_role("operator")`: the page of this test, entered as who holds that role; "" is nobody in particular."""

    def enter_as(role: str) -> Page:
        page.context.clear_cookies()
        if role:
            user = user_with_role(role, on=paris_day(timezone.now()))
            assert user is not None
            enter(user)
        return page

    return enter_as
