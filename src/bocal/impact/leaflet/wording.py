"""Words as the leaflet can print them, and its period as people say it.

The leaflet is an accessible PDF: a letter our font does not have would stop it. Emoji and other alphabets that
somebody typed in a name are left out of print, accents our font lacks are taken off, and a word without end gets
places where it may be broken.
"""

import re
import unicodedata
from calendar import monthrange
from datetime import date

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from bocal.craft.figures import Period
from bocal.toolbox.times import say_period

# The characters of Atkinson Hyperlegible Next, all weights.
FONT_HAS = (
    "\u0020-\u007e\u00a0-\u00ac\u00ae-\u00b4\u00b6-\u0107\u010a-\u0113\u0116-\u011b\u011e-\u0123\u0126\u0127"
    "\u012a\u012b\u012e-\u0133\u0136\u0137\u0139-\u013e\u0141-\u0148\u0150-\u0155\u0158-\u015b\u015e-\u0165"
    "\u016a\u016b\u016e-\u017e\u0218-\u021b\u1e80-\u1e85\u1e9e\u1ef2\u1ef3\u2009\u2013\u2014\u2018-\u201a"
    "\u201c-\u201e\u2020\u2022\u2026\u2039\u203a\u20ac\u2122\u2212"
)
LONGEST_WORD = 24

_NOT_PRINTED = re.compile(rf"[^{re.escape(FONT_HAS).replace(re.escape('-'), '-')}\n]")
_STAND_INS = str.maketrans({"\u202f": "\u00a0", "\u2010": "-", "\u2011": "-", "\u2015": "\u2014", "\t": " "})
_LONG_WORD = re.compile(rf"[^\s'’-]{{{LONGEST_WORD + 1},}}")
_BREAK = "\u200b"


def printable(text: str) -> str:
    """The text without what our font cannot show; never a reason not to print."""
    plain = unicodedata.normalize("NFC", text).translate(_STAND_INS)
    shown = _NOT_PRINTED.sub(lambda found: _without_accents(found[0]), plain)
    tidy = re.sub(r" {2,}", " ", shown)
    return "\n".join(line.strip(" ") for line in tidy.split("\n")).strip()


def breakable(text: str) -> str:
    """The same text, where a word longer than any real one may be cut."""
    return _LONG_WORD.sub(lambda word: _cut(word[0]), text)


def say_months(period: Period) -> str:
    """ "de juillet 2017 à décembre 2018", "en mai 2018", "en 2018"; day by day when months are not whole."""
    first, last = period.first, period.last
    if first.day != 1 or last.day != monthrange(last.year, last.month)[1]:
        return say_period(first, last)
    if (first.month, last.month) == (1, 12) and first.year == last.year:
        return _("en %(year)s") % {"year": first.year}
    if (first.year, first.month) == (last.year, last.month):
        return _("en %(month)s") % {"month": _month(first)}
    start = str(MONTHS[first.month]) if first.year == last.year else _month(first)
    since = _("d'%(month)s") if start[0] in "ao" else _("de %(month)s")
    return _("%(since)s à %(until)s") % {"since": since % {"month": start}, "until": _month(last)}


def _month(day: date) -> str:
    return f"{MONTHS[day.month]} {day.year}"


def _without_accents(letter: str) -> str:
    return _NOT_PRINTED.sub("", unicodedata.normalize("NFKD", letter))


def _cut(word: str) -> str:
    return _BREAK.join(word[start : start + LONGEST_WORD] for start in range(0, len(word), LONGEST_WORD))
