"""Reading a leaflet or a page as somebody who has only its text, or its tags."""

import io
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from pypdf import PdfReader


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, every run of spaces one plain space."""
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def words_of(html: str) -> str:
    """The words of a page, without tags, every run of spaces one plain space."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", html)))


def squeezed(text: str) -> str:
    """The text without any space: a name cut at the end of a line reads the same."""
    return re.sub(r"\s+", "", text)


def alternatives(element: Any) -> Iterator[str]:
    """Every alternative text of a tagged PDF."""
    node = element.get_object()
    if isinstance(node, list):
        for child in node:
            yield from alternatives(child)
    elif isinstance(node, dict):
        if "/Alt" in node:
            yield str(node["/Alt"])
        if "/K" in node:
            yield from alternatives(node["/K"])
