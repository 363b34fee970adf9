"""The ``sahelsum`` command: finds the sub-command, and turns errors into one sentence and an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from typing import Any

import click

from sahelsum import __version__
from sahelsum.cli.interrupt import STOPPED, heeded
from sahelsum.errors import ExitCode, SahelsumError

# Sub-commands are imported when they are asked for, so that each starts with only what it needs.
COMMANDS = {
    "run": "sahelsum.cli.run:run_command",
    "translate": "sahelsum.cli.translate:translate_command",
    "summarize": "sahelsum.cli.summarize:summarize_command",
    "check": "sahelsum.cli.check:check_command",
    "explain": "sahelsum.cli.explain:explain_command",
    "inspect": "sahelsum.cli.inspect:inspect_command",
    "site": "sahelsum.cli.site:site_command",
    "correct": "sahelsum.cli.correct:correct_command",
    "export": "sahelsum.cli.export:export_command",
    "glossary": "sahelsum.cli.glossary:glossary_group",
    "models": "sahelsum.cli.models:models_group",
    "config": "sahelsum.cli.config:config_group",
    "memory": "sahelsum.cli.memory:memory_group",
    "evaluate": "sahelsum.cli.evaluate:evaluate_command",
    "doctor": "sahelsum.cli.doctor:doctor_command",
    "completion": "sahelsum.cli.completion:completion_command",
}


class SahelsumGroup(click.Group):
    """Loads its commands lazily and ends every failure with a message and a documented exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - Click's signature
        """Name the commands in the order in which people need them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name].split(":")
        command = getattr(import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{COMMANDS[cmd_name]} is not a command")
        return command

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run, and exit as ``sahelsum --help`` documents. Without ``standalone_mode`` errors pass through."""
        if not extra.pop("standalone_mode", True):
            return super().main(*args, **{**extra, "standalone_mode": False})
        sys.exit(_exit_code(lambda: super(SahelsumGroup, self).main(*args, **{**extra, "standalone_mode": False})))


def _exit_code(call: Any) -> int:
    try:
        result = call()
        if sys.stdout is not None:
            sys.stdout.flush()  # what fails here is told like all else
    except SystemExit:
        # Click ends so, and only so, when the reader of a pipe, such as `head`, has seen enough.
        return ExitCode.OK
    except (KeyboardInterrupt, click.Abort):
        click.echo(f"\n{STOPPED}", err=True, nl=False)
        return ExitCode.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last line of defence: no traceback for the user
        return _told(error)
    return result if isinstance(result, int) else ExitCode.OK


def _told(error: Exception) -> int:
    """Say what went wrong; the exit code for it."""
    if isinstance(error, click.ClickException):
        error.show()
        return error.exit_code
    if isinstance(error, SahelsumError):
        click.echo(f"Error: {error}", err=True)
        return error.exit_code
    if isinstance(error, BrokenPipeError):
        _forget_output()
        return ExitCode.OK  # as above: whoever reads has seen enough
    if isinstance(error, OSError) and error.filename is None:
        # Standard output is full or closed; files have a name, and errors of their own.
        _say_quietly(f"Error: The output cannot be written: {error.strerror or error}.")
        _forget_output()
        return ExitCode.ARTICLES_FAILED
    return _report_bug(error)


def _say_quietly(message: str) -> None:
    with suppress(OSError):
        click.echo(message, err=True)


def _forget_output() -> None:
    """Send what is left in the buffer nowhere, or Python would fail once more at its end."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _forgive_encodings() -> None:
    """Letters that the console's code page lacks are written as ``?`` instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="replace")


def _report_bug(error: Exception) -> int:
    click.echo(f"Error: sahelsum met something it was not prepared for: {type(error).__name__}: {error}.", err=True)
    click.echo("This is a mistake in sahelsum. Please report it with the lines below.", err=True)
    last = traceback.extract_tb(error.__traceback__)[-1]
    click.echo(f"  sahelsum {__version__}, {last.filename}:{last.lineno} in {last.name}", err=True)
    return ExitCode.ARTICLES_FAILED


@click.group(cls=SahelsumGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="sahelsum", message="%(prog)s %(version)s")
def cli() -> None:
    """English digests of German articles about the Sahel, made on your own machine.

    \b
    Examples:
      sahelsum run seeds/                      digests of all articles in a folder, into outputs/
      sahelsum run seeds/ --translator PATH    with another model: alias, hub id or folder
      sahelsum site                            the digests of outputs/ as pages for a browser
      sahelsum inspect article.txt             what is read, and how it is cut into sentences
      echo 'Guten Tag.' | sahelsum translate   translate standard input
      sahelsum doctor                          is everything in place?

    \b
    Exit codes:
      0    all good
      1    some or all articles failed, or something could not be read or written; the message says what
      2    wrong usage or configuration
      3    findings: of check, or under run --strict
      4    a model is not available, or does not work
      130  interrupted; run again to go on
    """


def main() -> None:
    """Entry point of the installed command."""
    _forgive_encodings()
    with heeded():
        cli(prog_name="sahelsum")
