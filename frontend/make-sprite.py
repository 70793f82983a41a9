"""Draws one SVG sprite of the icons named in a list.

    make-sprite.py ICONS.txt FOLDER_OF_SVGS > icons.svg

Only the icons a page may show travel to the phones: some ten kilobytes instead of a megabyte.
"""

import re
import sys
from pathlib import Path

DRAWING = re.compile(r'<svg[^>]*viewBox="(?P<box>[^"]+)"[^>]*>(?P<body>.*)</svg>', re.DOTALL)


def names(listing: Path) -> list[str]:
    lines = (line.strip() for line in listing.read_text().splitlines())
    return sorted({line for line in lines if line and not line.startswith("#")})


def symbol(name: str, folder: Path) -> str:
    drawing = DRAWING.search((folder / f"{name}.svg").read_text())
    if drawing is None:
        raise SystemExit(f"{name}.svg is not a drawing this script understands")
    body = " ".join(drawing["body"].split())
    return f'<symbol id="{name}" viewBox="{drawing["box"]}">{body}</symbol>'


def main(listing: str, folder: str) -> None:
    symbols = [symbol(name, Path(folder)) for name in names(Path(listing))]
    sprite = ['<svg xmlns="http://www.w3.org/2000/svg" fill="currentColor">', *symbols, "</svg>", ""]
    sys.stdout.write("\n".join(sprite))


if __name__ == "__main__":
    main(*sys.argv[1:])
