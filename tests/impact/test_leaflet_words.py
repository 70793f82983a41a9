"""Words as the leaflet prints them: only letters of our font, long words cut, periods as people say them."""

import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from bocal.craft.figures import Period
from bocal.impact.leaflet.wording import FONT_HAS, LONGEST_WORD, breakable, printable, say_months

FONTS = Path(__file__).parents[2] / "src" / "bocal" / "toolbox" / "fonts"


def test_every_letter_we_keep_is_in_our_font() -> None:
    letters = "".join(
        chr(code)
        for code in range(0x21, 0x2300)
        if re.match(f"[{FONT_HAS}]", chr(code)) and chr(code) not in '"\\'
    )
    source = (
        f'#set document(title: "x")\n#set text(lang: "fr", font: "Atkinson Hyperlegible Next")\n#"{letters}"'
    )
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    pdf = typst.Compiler(source.encode(), font_paths=fonts).compile(
        format="pdf", pdf_standards=["a-2a", "ua-1"]
    )
    assert pdf is not None
    assert pdf.startswith(b"%PDF")


@given(st.text(max_size=200))
def test_printable_text_holds_only_what_the_font_has_and_is_stable(text: str) -> None:
    shown = printable(text)
    assert re.fullmatch(f"[{FONT_HAS}\n]*", shown)
    assert printable(shown) == shown


@given(st.text(max_size=200))
def test_nothing_that_can_be_printed_is_lost(text: str) -> None:
    known = [each for each in unicodedata.normalize("NFC", text) if re.match(f"[{FONT_HAS}]", each)]
    shown = iter(printable(text))
    assert all(letter in shown for letter in known if letter not in " \u00a0\u2009")  # in the same order


@given(st.text(alphabet="ab-' ", max_size=120))
def test_a_long_word_can_be_broken_and_reads_the_same(text: str) -> None:
    broken = breakable(text)
    assert broken.replace("\u200b", "") == text
    assert all(len(piece) <= LONGEST_WORD for piece in re.split(r"[\s'\u200b-]", broken))


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2017, 7, 1), date(2018, 12, 31), "de juillet 2017 à décembre 2018"),
        (date(2018, 1, 1), date(2018, 12, 31), "en 2018"),
        (date(2018, 8, 1), date(2018, 10, 31), "d'août à octobre 2018"),
        (date(2018, 3, 1), date(2018, 4, 30), "de mars à avril 2018"),
        (date(2024, 2, 1), date(2024, 2, 29), "en février 2024"),
        (date(2024, 2, 1), date(2024, 2, 28), "du jeudi 1er février 2024 au mercredi 28 février 2024"),
        (date(2018, 5, 2), date(2018, 5, 2), "le mercredi 2 mai 2018"),
    ],
)
def test_a_period_is_said_as_people_say_it(first: date, last: date, words: str) -> None:
    assert say_months(Period(first, last)) == words
