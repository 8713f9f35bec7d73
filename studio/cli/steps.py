"""Steps of the film's history: undo, redo."""

from __future__ import annotations

from pathlib import Path

import click

from studio.cli import door
from studio.cli.talk import say
from studio.errors import Refused
from studio.project.changes import Changes


@click.command()
@door.film_argument
def undo(film: Path) -> None:
    """Take the newest edit back, whether the window or a command made it."""
    with door.opened(film, writable=True) as project:
        text = project.undo_text()
        if not text:
            raise Refused("There is no edit to take back.", "The film is as it was made.")
        changes = project.undo()
    _tell("Took back", text, changes)


@click.command()
@door.film_argument
def redo(film: Path) -> None:
    """Make the edit again that was taken back last."""
    with door.opened(film, writable=True) as project:
        text = project.redo_text()
        if not text:
            raise Refused("Nothing was taken back that could be made again.", "Take an edit back first.")
        changes = project.redo()
    _tell("Made again", text, changes)


def _tell(done: str, text: str, changes: Changes) -> None:
    if changes.note and not changes:
        raise Refused(changes.note, "The film is as it was; the edit before that one is the next.")
    say(f"{done}: {text}.")
    if changes.note:
        say(changes.note)
