"""Which articles the page across articles is about, from the settings."""

from __future__ import annotations

from sahelsum.app.settings import Settings
from sahelsum.errors import ConfigError
from sahelsum.language.english import folded
from sahelsum.language.names import known_names
from sahelsum.records import FactKind
from sahelsum.records.folder import Selection
from sahelsum.suggest import did_you_mean


def selection_of(settings: Settings) -> Selection:
    """What the settings choose.

    Raises:
        ConfigError: a country is none that the articles' countries are named by.
    """
    return Selection(settings.since, tuple(map(_country, settings.countries)), settings.actors)


def _country(given: str) -> str:
    """The English name of a country, given in any letter case, with or without accents, or in German."""
    countries = [entry for entry in known_names().values() if entry.kind is FactKind.COUNTRY]
    wanted = folded(given.replace("'", "’"))
    for entry in countries:
        if wanted in {folded(form) for forms in entry.forms.values() for form in forms if "*" not in form}:
            return entry.name
    names = sorted(entry.name for entry in countries)
    raise ConfigError(
        f"--country {given}: there is no country of that name. {did_you_mean(given, names)}".rstrip(),
        hint="Give its English name, such as --country Mali.",
    )
