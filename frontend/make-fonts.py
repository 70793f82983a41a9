"""Makes the fonts that npm does not carry in the shape we need; run by `vendor.sh --fonts`.

    make-fonts.py NODE_MODULES/@fontsource FOLDER_OF_TTF FIGURES.woff2

- TTF files for the PDFs (typst reads no woff2), the Latin and extended Latin halves joined again.
- "Bocal Figures": the digits in extra bold, the zero without its slash. The slash helps in a lot
  code and disturbs in "1 900 kg" written large. Needs `pip install fonttools brotli`.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TYPEFACE = "atkinson-hyperlegible-next"
STYLES = {"Regular": "400-normal", "Italic": "400-italic", "SemiBold": "600-normal", "Bold": "700-normal",
          "BoldItalic": "700-italic", "ExtraBold": "800-normal"}  # fmt: skip
MUST_HAVE = "€œŒæ\u00a0–—…’«»·−×½°éÉçÇ"
FIGURES = "0123456789\u00a0 ,.+−-"
FAMILY, POSTSCRIPT = "Bocal Figures", "BocalFigures-ExtraBold"


def whole(files: Path, style: str) -> TTFont:
    """One style as a plain TTF: fontsource serves it in two halves."""
    with TemporaryDirectory() as folder:
        halves = []
        for part in ("latin", "latin-ext"):
            font = TTFont(files / f"{TYPEFACE}-{part}-{style}.woff2")
            font.flavor, drawn = None, font["head"].modified
            halves.append(f"{folder}/{part}.ttf")
            font.save(halves[-1])
        font = Merger().merge(halves)
    font.recalcTimestamp = False  # the same typeface gives the same bytes
    font["head"].created = font["head"].modified = drawn
    missing = [letter for letter in MUST_HAVE if ord(letter) not in font.getBestCmap()]
    if missing:
        raise SystemExit(f"{style} lacks {missing}")
    return font


def without_slash(font: TTFont) -> None:
    """Redraws the zero: its outline, and the same oval smaller, turned round, as the hole."""
    glyphs, name = font.getGlyphSet(), font.getBestCmap()[ord("0")]
    drawing = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(drawing)
    ends = [place for place, (verb, _) in enumerate(drawing.value) if verb == "closePath"]
    outline, hole = DecomposingRecordingPen(glyphs), TTGlyphPen(glyphs)
    outline.value = drawing.value[: ends[0] + 1]

    left, top, right, bottom = _box(outline)
    hole_left, hole_top, hole_right, hole_bottom = _box(drawing, start=ends[0] + 1)
    wide, high = (hole_right - hole_left) / (right - left), (hole_top - hole_bottom) / (top - bottom)
    outline.replay(hole)
    # A mirrored copy runs the other way round, which is what makes a hole.
    mirror = TransformPen(hole, (-wide, 0, 0, high, (hole_left + hole_right) / 2 + wide * (left + right) / 2,
                                 (hole_top + hole_bottom) / 2 - high * (top + bottom) / 2))  # fmt: skip
    outline.replay(mirror)
    font["glyf"][name] = hole.glyph()


def _box(drawing: DecomposingRecordingPen, start: int = 0) -> tuple[float, float, float, float]:
    points = [point for _, arguments in drawing.value[start:] for point in arguments if point]
    across, up = [x for x, _ in points], [y for _, y in points]
    return min(across), max(up), max(across), min(up)


def figures(extra_bold: TTFont, target: Path) -> None:
    options = Options(layout_features=["tnum", "kern"], name_IDs=["*"], notdef_outline=True)
    cutter = Subsetter(options)
    cutter.populate(text=FIGURES)
    cutter.subset(extra_bold)
    without_slash(extra_bold)
    for record in list(extra_bold["name"].names):
        if record.nameID in (1, 4, 16):
            extra_bold["name"].setName(
                FAMILY, record.nameID, record.platformID, record.platEncID, record.langID
            )
        elif record.nameID == 6:
            extra_bold["name"].setName(POSTSCRIPT, 6, record.platformID, record.platEncID, record.langID)
    extra_bold.save(target / "BocalFigures-ExtraBold.ttf")


def main(packages: str, ttf_folder: str, figures_on_screen: str) -> None:
    files, target = Path(packages) / TYPEFACE / "files", Path(ttf_folder)
    target.mkdir(parents=True, exist_ok=True)
    for name, style in STYLES.items():
        whole(files, style).save(target / f"AtkinsonHyperlegibleNext-{name}.ttf")
    figures(whole(files, STYLES["ExtraBold"]), target)
    screen = TTFont(target / "BocalFigures-ExtraBold.ttf", recalcTimestamp=False)
    screen.flavor = "woff2"
    screen.save(figures_on_screen)


if __name__ == "__main__":
    main(*sys.argv[1:])
