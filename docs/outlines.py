"""Outlines of countries for the map of the reading room, from Natural Earth (public domain), simplified.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz package/countries-50m.json
    python docs/outlines.py package/countries-50m.json sahelsum/data/outlines.json

``world-atlas`` is Natural Earth 4.1 at 1:50 million as TopoJSON: arcs that neighbours share, so that a border that is
simplified fits on both sides.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

Point = tuple[float, float]
"""Longitude and latitude in degrees."""
REGION = (-26.0, -3.0, 43.0, 39.0)
"""West, south, east and north: the Sahel, with all of Africa that is written about beside it."""
TOLERANCE_DEGREES = 0.04
"""Under a pixel where the region is 1,000 pixels wide."""
SCALE = 50
"""Steps to a degree in the file."""
SMALLEST_DEGREES = 0.15
"""Islands smaller than this cannot be seen."""
NAMES = {
    "Cabo Verde": "Cape Verde",
    "Central African Rep.": "Central African Republic",
    "Congo": "Republic of the Congo",
    "Côte d'Ivoire": "Côte d’Ivoire",
    "Dem. Rep. Congo": "DR Congo",
    "Eq. Guinea": "Equatorial Guinea",
    "S. Sudan": "South Sudan",
    "São Tomé and Principe": "São Tomé and Príncipe",
    "W. Sahara": "Western Sahara",
}
"""Names of Natural Earth that ``data/names.toml`` has otherwise."""


@click.command()
@click.argument("atlas", type=click.Path(exists=True, path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
def main(atlas: Path, target: Path) -> None:
    """Write the outlines of ATLAS, a TopoJSON file, to TARGET."""
    topology = json.loads(atlas.read_text(encoding="utf-8"))
    arcs = [_simplified(_positions(arc, topology["transform"])) for arc in topology["arcs"]]
    countries = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        rings = [_steps(ring) for ring in _rings(geometry, arcs)]
        if kept := [ring for ring in rings if len(ring) > 6]:
            name = geometry["properties"]["name"]
            countries[NAMES.get(name, name)] = kept
    licence = (
        "Made with Natural Earth (naturalearthdata.com), public domain; by docs/outlines.py from world-atlas 2.0.2"
    )
    content = {"licence": licence, "steps_to_a_degree": SCALE, "countries": dict(sorted(countries.items()))}
    target.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def _positions(arc: Sequence[Sequence[int]], transform: dict[str, list[float]]) -> list[Point]:
    """The points of an arc, which TopoJSON has as steps from one to the next."""
    (scale_x, scale_y), (west, south) = transform["scale"], transform["translate"]
    points, x, y = [], 0, 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * scale_x + west, y * scale_y + south))
    return points


def _simplified(points: list[Point]) -> list[Point]:
    """Fewer points, none of those left out farther than the tolerance from the line (Douglas and Peucker 1973)."""
    if len(points) < 3:
        return points
    distances = [_distance(point, points[0], points[-1]) for point in points[1:-1]]
    farthest = max(range(len(distances)), key=distances.__getitem__)
    if distances[farthest] <= TOLERANCE_DEGREES:
        return [points[0], points[-1]]
    return _simplified(points[: farthest + 2])[:-1] + _simplified(points[farthest + 1 :])


def _distance(point: Point, start: Point, end: Point) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy)
    if not length:
        return math.dist(point, start)
    along = max(0.0, min(1.0, ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length**2))
    return math.dist(point, (start[0] + along * dx, start[1] + along * dy))


def _rings(geometry: dict[str, Any], arcs: list[list[Point]]) -> list[list[Point]]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    rings = (_clipped(_ring(ring, arcs)) for polygon in polygons for ring in polygon)
    return [ring for ring in rings if ring and _extent(ring) >= SMALLEST_DEGREES]


def _ring(numbers: Sequence[int], arcs: list[list[Point]]) -> list[Point]:
    """Arcs one after the other; a number under zero stands for an arc backwards (its complement)."""
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def _extent(ring: Sequence[Point]) -> float:
    return max(max(point[axis] for point in ring) - min(point[axis] for point in ring) for axis in (0, 1))


def _clipped(ring: list[Point]) -> list[Point]:
    """The part of a ring inside the region (Sutherland and Hodgman 1974)."""
    for axis, border, sign in ((0, REGION[0], 1), (1, REGION[1], 1), (0, REGION[2], -1), (1, REGION[3], -1)):
        inside: list[Point] = []
        for before, point in zip(ring[-1:] + ring[:-1], ring, strict=True):
            here, there = (sign * (each[axis] - border) >= 0 for each in (point, before))
            if here != there:
                inside.append(_crossing(before, point, axis, border))
            if here:
                inside.append(point)
        ring = inside
    return ring


def _crossing(start: Point, end: Point, axis: int, border: float) -> Point:
    share = (border - start[axis]) / (end[axis] - start[axis])
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])


def _steps(ring: Sequence[Point]) -> list[int]:
    """The first point in steps from 0° 0°, each other in steps from the one before; points that fall together once."""
    found: list[int] = []
    last = (0, 0)
    for longitude, latitude in ring:
        here = round(longitude * SCALE), round(latitude * SCALE)
        if here != last or not found:
            found += [here[0] - last[0], here[1] - last[1]]
        last = here
    return found


if __name__ == "__main__":
    main()
