"""Six pictures of the demonstration, each taken by a test: what the documentation shows is what people see.

`make test` opens the pages, reads the words that must stand there and takes the pictures into a folder of its own.
With `SCREENSHOTS=1` they are laid in `docs/images`, always as of the same day (CONTRIBUTING.md).
"""

import os
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pytest
import time_machine
from playwright.sync_api import Page, ViewportSize, expect

from tests.support.browser import LAPTOP, PHONE
from tests.support.live import As

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
KEPT = os.environ.get("SCREENSHOTS") == "1"
A_TUESDAY_OF_AUTUMN = datetime(2026, 9, 29, 7, 30, tzinfo=UTC)
HEAVIEST_IN_BYTES = 300_000


def the_week(page: Page) -> None:
    page.goto("/")


def the_published_season(page: Page) -> None:
    page.goto("/chiffres/?from=2017-07-01&to=2018-12-31")


def a_batch_half_written(page: Page) -> None:
    page.goto("/cuisine/fabrications/nouvelle/")
    page.select_option("[name=recipe]", label="Compote de pomme")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label(re.compile("^pomme")).first.fill("1,8")


def a_lot_from_farm_to_people(page: Page) -> None:
    page.goto("/stock/")
    page.locator("main tr", has_text="Chutney de poire").first.get_by_role("link").last.click()


def a_sale_about_to_be_taken(page: Page) -> None:
    page.goto("/boutique/")
    page.locator("main [name^=jars_]").first.fill("2")


@dataclass(frozen=True)
class Picture:
    name: str
    role: str
    size: ViewportSize
    opens: Callable[[Page], None]
    words: tuple[str, ...]
    theme: Literal["light", "dark"] = "light"


PICTURES = (
    Picture("semaine", "coordination", LAPTOP, the_week, ("Bonjour Nadia", "À décider", "60 kg de courge")),
    Picture("semaine-telephone", "coordination", PHONE, the_week, ("À décider", "à libérer", "Cette semaine")),
    Picture("chiffres", "coordination", LAPTOP, the_published_season, ("1 900", "844", "Animations et habitants")),
    Picture("fabrication-telephone", "operator", PHONE, a_batch_half_written, ("Ce qui entre", "il reste 2 kg")),
    Picture(
        "lot", "coordination", LAPTOP, a_lot_from_farm_to_people,
        ("D'où il vient", "Maraîchage des Alluvions", "Où il est allé"), theme="dark",
    ),
    Picture("boutique-telephone", "shop", PHONE, a_sale_about_to_be_taken, ("P'tite Coopé", "En temps", "7,00 €")),
)  # fmt: skip


@pytest.fixture(scope="session", autouse=True)
def same_day_every_time() -> Iterator[None]:
    """Pictures that are kept change when the screens do, not with the calendar."""
    if KEPT:
        with time_machine.travel(A_TUESDAY_OF_AUTUMN, tick=True):
            yield
    else:
        yield


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "device_scale_factor": 1.5}


def rows_of(png: bytes) -> list[bytes]:
    """The rows of pixels of a picture, as the file holds them."""
    at, packed = 8, b""
    while at < len(png):
        size, kind = int.from_bytes(png[at : at + 4], "big"), png[at + 4 : at + 8]
        packed += png[at + 8 : at + 8 + size] if kind == b"IDAT" else b""
        at += size + 12
    pixels, height = zlib.decompress(packed), int.from_bytes(png[20:24], "big")
    width = len(pixels) // height
    return [pixels[start : start + width] for start in range(0, len(pixels), width)]


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_picture_shows_what_it_is_about(picture: Picture, as_role: As, tmp_path: Path) -> None:
    page = as_role(picture.role)
    page.set_viewport_size(picture.size)
    page.emulate_media(color_scheme=picture.theme, reduced_motion="reduce")
    picture.opens(page)
    for word in picture.words:
        expect(page.locator("main")).to_contain_text(word)

    png = page.screenshot(path=(IMAGES if KEPT else tmp_path) / f"{picture.name}.png", animations="disabled")

    assert len(set(rows_of(png))) > picture.size["height"] / 2, "hardly anything is drawn on it"
    assert len(png) < HEAVIEST_IN_BYTES


def test_the_documentation_has_every_picture_and_no_other() -> None:
    assert {image.stem for image in IMAGES.glob("*.png")} == {picture.name for picture in PICTURES}
