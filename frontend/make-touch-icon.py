"""Draws the jar as the picture a phone puts among its own: `touch-icon.png`, 180 pixels, from `jar.svg`.

    .venv/bin/python frontend/make-touch-icon.py

Run it after changing the jar. typst draws, as it does the leaflet; it knows no CSS variables, so the colours the
theme would lend are written out.
"""

import re
from pathlib import Path

import typst

DRAWINGS = Path(__file__).parents[1] / "src" / "bocal" / "toolbox" / "static" / "bocal"
PAPER = "#fbf8f2"
PAGE = """
#set page(width: 180pt, height: 180pt, margin: 0pt, fill: rgb("%s"))
#place(center + horizon, image(bytes(sys.inputs.jar), format: "svg", height: 138pt))
"""


def main() -> None:
    jar = re.sub(r"var\(--[a-z-]+, (#[0-9a-f]+)\)", r"\1", (DRAWINGS / "jar.svg").read_text())
    picture = typst.compile((PAGE % PAPER).encode(), format="png", ppi=72, sys_inputs={"jar": jar})
    (DRAWINGS / "touch-icon.png").write_bytes(picture)


if __name__ == "__main__":
    main()
