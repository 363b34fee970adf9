"""Keep libraries from writing to the terminal: only the command line does that."""

from __future__ import annotations


def quiet_transformers() -> None:
    """Silence transformers' progress bars and advice for this process; its errors still arrive as exceptions."""
    from transformers.utils import logging

    logging.disable_progress_bar()
    logging.set_verbosity_error()
