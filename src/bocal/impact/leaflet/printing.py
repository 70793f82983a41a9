"""From content to PDF, with typst: our fonts, nothing fetched, the same bytes for the same leaflet."""

import json
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import cast

import typst

from bocal.impact.leaflet.content import content
from bocal.impact.queries import Scope

_HERE = Path(__file__).parent
_TOOLBOX = _HERE.parent.parent / "toolbox"
_STAR = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><path fill="#e08a2e" '
    'd="M10 1l2.7 5.9 6.3.7-4.7 4.3 1.3 6.3L10 15l-5.6 3.2 1.3-6.3L1 7.6l6.3-.7z"/></svg>'
)


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(
        str(_HERE / "leaflet.typ"), font_paths=[str(_TOOLBOX / "fonts")], ignore_system_fonts=True
    )


def leaflet_pdf(scope: Scope, *, reconstructed: bool) -> bytes:
    """The leaflet of a scope as a two-page A4 PDF."""
    data = content(scope, reconstructed=reconstructed)
    data |= {"jar": (_TOOLBOX / "static" / "bocal" / "jar.svg").read_text(), "star": _STAR}
    pdf = _compiler().compile(
        format="pdf",
        sys_inputs={"data": json.dumps(data, default=str)},
        pdf_standards=["a-2a", "ua-1"],
        timestamp=datetime.combine(scope.period.last, time(12), tzinfo=UTC),
    )
    return cast(bytes, pdf)
