"""Where the places of the gazetteer are (``data/places.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def coordinates() -> dict[str, tuple[float, float]]:
    """Longitude and latitude in degrees, to a tenth, of each place by its English name; not of far-away ones."""
    text = resources.files("sahelsum").joinpath("data/places.toml").read_text(encoding="utf-8")
    return {name: (longitude, latitude) for name, (latitude, longitude) in tomllib.loads(text)["places"].items()}
