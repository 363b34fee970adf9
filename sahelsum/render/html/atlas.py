"""The map: outlines of countries (``data/outlines.json``, public domain) and places on one flat drawing."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from sahelsum.render.view_site import SitePlace

UNITS_PER_DEGREE = 20
MIDDLE_LATITUDE = 14.0
"""Degrees north. Distances are right here: the drawing is a plate carrée with this as its standard parallel."""
USUAL_FRAME = (-18.5, 1.5, 25.0, 28.0)
"""West, south, east and north of what is shown in any case: from Dakar to Darfur."""
WIDEST_FRAME = (-25.5, -2.5, 42.5, 38.5)
MARGIN_DEGREES = 1.5
LABELLED = {
    "Mauritania": (-11.0, 20.2), "Mali": (-1.6, 18.6), "Niger": (9.6, 18.0), "Chad": (18.4, 15.4),
    "Burkina Faso": (-0.6, 11.9), "Senegal": (-14.8, 15.1), "Nigeria": (7.6, 9.6), "Algeria": (2.5, 24.3),
    "Libya": (17.5, 25.2), "Sudan": (29.5, 16.0), "Ghana": (-1.2, 7.6), "Côte d’Ivoire": (-5.4, 7.5),
    "Guinea": (-10.8, 10.6), "Benin": (2.3, 8.4), "Cameroon": (12.6, 5.4), "Togo": (0.95, 8.1),
    "Central African Republic": (20.6, 6.6), "Western Sahara": (-13.4, 24.9), "Morocco": (-6.2, 31.6),
    "Tunisia": (9.3, 34.3), "Egypt": (29.5, 26.5), "Liberia": (-9.6, 6.1), "Sierra Leone": (-11.8, 8.4),
    "South Sudan": (30.2, 7.4), "Ethiopia": (39.0, 8.4), "Guinea-Bissau": (-14.9, 12.1), "Gabon": (11.8, -0.9),
    "DR Congo": (23.5, 0.5), "Eritrea": (38.3, 16.0),
}  # fmt: skip
"""Where the names of countries are written, so that few of them cross a border or a capital."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A country. ``path``: in the language of SVG."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Label:
    """A name and the place of its middle."""

    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map."""

    name: str
    title: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Atlas:
    """The drawing. ``frame``: left, top, width and height of what is shown, as SVG has it."""

    frame: tuple[int, int, int, int]
    outlines: tuple[Outline, ...]
    labels: tuple[Label, ...]
    spots: tuple[Spot, ...]
    elsewhere: tuple[SitePlace, ...]
    """Places that are not on the map."""


def atlas(places: Sequence[SitePlace]) -> Atlas:
    """The map of some places, wide enough for all of them that are near the Sahel."""
    spots = tuple(_spots(places))
    return Atlas(
        frame=_frame(place.position for place in places if place.position),
        outlines=_outlines(),
        labels=tuple(Label(name, *projected(*where)) for name, where in LABELLED.items()),
        spots=spots,
        elsewhere=tuple(place for place in places if place.position is None),
    )


def projected(longitude: float, latitude: float) -> tuple[float, float]:
    """Where a point is drawn."""
    x = longitude * math.cos(math.radians(MIDDLE_LATITUDE)) * UNITS_PER_DEGREE
    return round(x, 1), round(-latitude * UNITS_PER_DEGREE, 1)


def _spots(places: Sequence[SitePlace]) -> Iterator[Spot]:
    for place in places:
        if place.position:
            named = f"{place.name}, {place.country}" if place.country else place.name
            yield Spot(place.name, named, *projected(*place.position))


def _frame(positions: Iterable[tuple[float, float]]) -> tuple[int, int, int, int]:
    west, south, east, north = USUAL_FRAME
    for longitude, latitude in positions:
        west, east = min(west, longitude - MARGIN_DEGREES), max(east, longitude + MARGIN_DEGREES)
        south, north = min(south, latitude - MARGIN_DEGREES), max(north, latitude + MARGIN_DEGREES)
    left, top = projected(max(west, WIDEST_FRAME[0]), min(north, WIDEST_FRAME[3]))
    right, bottom = projected(min(east, WIDEST_FRAME[2]), max(south, WIDEST_FRAME[1]))
    return round(left), round(top), round(right - left), round(bottom - top)


@cache
def _outlines() -> tuple[Outline, ...]:
    text = resources.files("sahelsum").joinpath("data/outlines.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    steps = data["steps_to_a_degree"]
    return tuple(
        Outline(name, "".join(_path(ring, steps) for ring in rings)) for name, rings in data["countries"].items()
    )


def _path(ring: Sequence[int], steps: int) -> str:
    """A ring as a path. Points are rounded each by itself, so that errors do not add up."""
    x = y = 0
    points = []
    for dx, dy in zip(ring[::2], ring[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append("{:g} {:g}".format(*projected(x / steps, y / steps)))
    return f"M{'L'.join(points)}Z"
