"""``sahelsum completion``: the shell script that completes commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion_command(ctx: click.Context, /, shell: str) -> None:
    """Print the completion script of a shell.

    \b
    Examples:
      sahelsum completion bash >> ~/.bashrc
      sahelsum completion zsh > ~/.zfunc/_sahelsum
      sahelsum completion fish > ~/.config/fish/completions/sahelsum.fish
    """
    completion = get_completion_class(shell)
    if completion is None:
        raise click.UsageError(f"Click knows no completion for {shell}.")
    click.echo(completion(ctx.find_root().command, {}, "sahelsum", "_SAHELSUM_COMPLETE").source())
