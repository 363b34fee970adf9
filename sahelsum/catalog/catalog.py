"""The model cards that can be chosen by alias, from sahelsum itself and from the user's configuration folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from sahelsum import paths
from sahelsum.catalog.cardfile import parse_card, read_table
from sahelsum.catalog.cards import LocatedModel, ModelCard, Task
from sahelsum.catalog.fetch import fetch_model
from sahelsum.catalog.localcard import CARD_NAME, card_for_directory
from sahelsum.catalog.locate import Place, commit_of, find_files, locate_model
from sahelsum.errors import ConfigError, ModelUnavailableError
from sahelsum.suggest import did_you_mean

MODELS_FOLDER = "models"
AUTO = "auto"
EXTRACTIVE = "extractive"


class Origin(StrEnum):
    """Where a card comes from."""

    BUNDLED = "bundled"
    USER = "user"


@dataclass(frozen=True, slots=True)
class Entry:
    """A card with its file. ``replaces_bundled``: sahelsum has a card with the same alias, and this one wins."""

    card: ModelCard
    origin: Origin
    file: Path
    replaces_bundled: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """A card file that could not be used, under the alias it has or was probably meant to have."""

    alias: str
    file: Path
    message: str


@dataclass(frozen=True, slots=True)
class Catalog:
    """All usable cards by alias, and the files that are not usable."""

    entries: dict[str, Entry]
    problems: tuple[Problem, ...]
    bundled_dir: Path
    user_dir: Path

    @classmethod
    def load(cls, bundled_dir: Path | None = None, user_dir: Path | None = None) -> Self:
        """Read ``*.toml`` and ``*/card.toml`` in ``bundled_dir`` and in ``models/`` of ``user_dir``.

        Args:
            bundled_dir: sahelsum's own models folder; None: where it is installed.
            user_dir: the user's configuration folder; None: the usual one.

        A card that cannot be used becomes a :class:`Problem` and never keeps the others from being used.
        """
        bundled_dir = bundled_dir or paths.bundled_models_dir()
        user_dir = user_dir or paths.config_dir()
        bundled, bundled_problems = _read_folder(bundled_dir, Origin.BUNDLED)
        user, user_problems = _read_folder(user_dir / MODELS_FOLDER, Origin.USER)
        winners = {
            alias: Entry(entry.card, entry.origin, entry.file, replaces_bundled=alias in bundled)
            for alias, entry in user.items()
        }
        return cls(bundled | winners, (*bundled_problems, *user_problems), bundled_dir, user_dir)

    def cards(self, task: Task | None = None) -> list[ModelCard]:
        """The cards for a task (None: all), by task, then bundled ones first, then by alias."""
        chosen = [entry for entry in self.entries.values() if task in {None, entry.card.task}]
        chosen.sort(key=lambda entry: (entry.card.task != Task.TRANSLATE, not _is_bundled(entry), entry.card.alias))
        return [entry.card for entry in chosen]

    def get(self, alias: str) -> Entry:
        """The entry of an alias, or of the hub name of a card, whatever its task.

        Raises:
            ConfigError: the user has a card for it that is broken, so that taking another would be a surprise.
            ModelUnavailableError: no such alias; the message has the nearest ones and the list.
        """
        entry = self._entry(alias)
        if entry is None:
            raise self._unknown(alias, self.cards())
        return entry

    def is_folder(self, name_or_path: str) -> bool:
        """True if :meth:`resolve` would take this as the path of a folder, not as a name."""
        return self._entry(name_or_path) is None and (
            _looks_like_path(name_or_path) or paths.expanded(name_or_path).is_dir()
        )

    def resolve(self, name_or_path: str, task: Task) -> ModelCard:
        """The card meant by an alias, by the hub name of a card, or by the path of a model folder.

        An alias goes before a folder of the same name; write ``./name`` for the folder.

        Raises:
            ConfigError: the model is for another task, or its card is broken.
            ModelUnavailableError: nothing has that name, or the folder cannot be loaded safely.
        """
        if self.is_folder(name_or_path):
            return card_for_directory(paths.expanded(name_or_path), task)
        entry = self._entry(name_or_path)
        if entry is None:
            raise self._unknown(name_or_path, self.cards(task))
        card = entry.card
        if card.task is not task:
            raise ConfigError(
                f"The model {card.alias!r} is there to {card.task}, not to {task}.",
                hint=f"Choose one of: {', '.join(other.alias for other in self.cards(task))}.",
            )
        return card

    def resolve_summarizer(self, name: str) -> ModelCard | None:
        """Like :meth:`resolve` for the ``summarizer`` setting; None stands for the extractive method.

        ``auto`` is the first bundled summarizer of articles, or None if there is none: one that only shortens sentences
        is asked for by name. ``extractive`` is None.
        """
        if name == EXTRACTIVE:
            return None
        if name != AUTO:
            return self.resolve(name, Task.SUMMARIZE)
        bundled = (card for card in self.cards(Task.SUMMARIZE) if _is_bundled(self.entries[card.alias]))
        return next((card for card in bundled if card.unit == "article"), None)

    def locate(self, card: ModelCard, *, offline: bool, cache: Path) -> LocatedModel:
        """Find the weights of a card on this machine. Never downloads; see :func:`~.locate.locate_model`."""
        return locate_model(card, models_dir=self.models_dir(card), config=self.user_dir, cache=cache, offline=offline)

    def fetch(self, card: ModelCard, *, offline: bool, cache: Path) -> LocatedModel:
        """Download a model unless it is here and sound; see :func:`~.fetch.fetch_model`."""
        return fetch_model(card, models_dir=self.models_dir(card), config=self.user_dir, cache=cache, offline=offline)

    def find(self, card: ModelCard) -> Place | None:
        """Where the files of a model are, unchecked and at once; None if they are not here, or it is a server's."""
        place = find_files(card, models_dir=self.models_dir(card), config=self.user_dir)
        return place if place is not None and place.directory.is_dir() else None

    def commit_of(self, card: ModelCard) -> str:
        """The commit used of a hub model: its card's, else the recorded one, else an empty string."""
        return commit_of(card, self.user_dir)

    @property
    def user_models_dir(self) -> Path:
        """Where the user's own cards are looked for. May not exist."""
        return self.user_dir / MODELS_FOLDER

    def models_dir(self, card: ModelCard) -> Path:
        """The folder that ``location.bundled`` of a card counts from: the one that its card file was found in."""
        entry = self.entries.get(card.alias)
        return self.user_models_dir if entry and entry.origin is Origin.USER else self.bundled_dir

    def _entry(self, name: str) -> Entry | None:
        """The entry with this alias or hub name; a broken card is an error, so that it never hides behind another."""
        for problem in self.problems:
            if problem.alias == name:
                raise ConfigError(problem.message)
        if name in self.entries:
            return self.entries[name]
        return next((entry for entry in self.entries.values() if entry.card.location.hub == name), None)

    def _unknown(self, name: str, known: Iterable[ModelCard]) -> ModelUnavailableError:
        aliases = [card.alias for card in known]
        broken = ", ".join(str(problem.file) for problem in self.problems)
        return ModelUnavailableError(
            f"No model is called {name!r}, and there is no such folder.",
            hint=" ".join(
                part
                for part in (
                    did_you_mean(name, aliases),
                    f"Known: {', '.join(aliases)}.",
                    f"Cards that cannot be used: {broken}." if broken else "",
                    f"For another model give its folder, or put a card into {self.user_models_dir}.",
                )
                if part
            ),
        )


def _is_bundled(entry: Entry) -> bool:
    return entry.origin is Origin.BUNDLED and entry.card.location.bundled is not None


def _looks_like_path(name: str) -> bool:
    return name.startswith((".", "~", "/", "\\")) or "\\" in name or Path(name).is_absolute()


def _card_files(folder: Path) -> Iterator[Path]:
    yield from sorted(file for file in folder.glob("*.toml") if not file.name.startswith("."))
    yield from sorted(folder.glob(f"*/{CARD_NAME}"))


def _read_folder(folder: Path, origin: Origin) -> tuple[dict[str, Entry], list[Problem]]:
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    for file in _card_files(folder):
        alias = file.parent.name if file.name == CARD_NAME else file.stem
        try:
            table = read_table(file)
            alias = str(table.get("alias", alias))
            card = parse_card(table, file)
            if alias in entries:
                raise ConfigError(f"{file}: the alias {alias!r} is already that of {entries[alias].file}.")
            entries[alias] = Entry(card, origin, file)
        except ConfigError as error:
            problems.append(Problem(alias, file, str(error)))
    return entries, problems
