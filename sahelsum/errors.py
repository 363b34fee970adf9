"""Every error a user can meet: one root, one exit code each, messages written for the person who reads them.

A message says what failed, in which file, what was expected, and what to type next. Only the command line turns an
error into text and an exit status.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command line; documented in the README and in ``sahelsum --help``."""

    OK = 0
    ARTICLES_FAILED = 1
    USAGE = 2
    FINDINGS = 3
    MODEL_UNAVAILABLE = 4
    INTERRUPTED = 130


class SahelsumError(Exception):
    """The root of all errors meant for the user."""

    exit_code: ExitCode = ExitCode.ARTICLES_FAILED

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


class InputError(SahelsumError):
    """An article cannot be read, or is not what was asked for."""


class ConfigError(SahelsumError):
    """A setting, a model card or a command line argument is wrong."""

    exit_code = ExitCode.USAGE


class ModelUnavailableError(SahelsumError):
    """A model is unknown, not on this machine, damaged, or refused for safety."""

    exit_code = ExitCode.MODEL_UNAVAILABLE


class EngineError(SahelsumError):
    """A model ran and gave something that cannot be used."""


class InputTooLongError(EngineError):
    """A text is longer than the model's limit: the stages split before, so this is never a silent cut."""


class OutputError(SahelsumError):
    """A result cannot be written, or must not replace what is there."""
