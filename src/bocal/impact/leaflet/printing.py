"""From content to PDF, with typst: our fonts, nothing fetched, the same bytes for the same leaflet."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, cast

import typst

from bocal.impact.leaflet.content import content
from bocal.impact.queries import Scope

_HERE = Path(__file__).parent
_FONTS = _HERE.parent.parent / "toolbox" / "fonts"


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FONTS)])


@cache
def _drawings() -> dict[str, str]:
    return {drawing.stem: drawing.read_text("utf-8") for drawing in (_HERE / "drawings").glob("*.svg")}


def leaflet_pdf(scope: Scope, *, reconstructed: bool) -> bytes:
    """The leaflet of a scope as a two-page A4 PDF, archivable and accessible."""
    return pdf_of(content(scope, reconstructed=reconstructed), scope.period.last)


def pdf_of(told: Mapping[str, Any], day: date) -> bytes:
    """The PDF of some content, dated of a day. A compiler serves one thread at a time, and costs little to make."""
    compiler = typst.Compiler(str(_HERE / "leaflet.typ"), font_paths=_fonts())
    pdf = compiler.compile(
        format="pdf",
        sys_inputs={"data": json.dumps({**told, "drawings": _drawings()})},
        pdf_standards=["a-2a", "ua-1"],
        timestamp=datetime.combine(day, time(12), tzinfo=UTC),
    )
    return cast(bytes, pdf)
