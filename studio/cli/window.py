"""`shotwright FILM`: the window; `shotwright` alone: the start screen."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from studio.errors import StudioError
from studio.settings import Settings


@click.command(hidden=True)
@click.argument("film", required=False, type=click.Path(path_type=Path))
def window(film: Path | None) -> int:
    """Open the window on a film; without a name, the start screen."""
    from studio import app
    from studio.cli.example import make_example

    if not names_a_screen():
        # Qt would end the process.
        raise StudioError("There is no display for the window to open on.",
                          "Start it on a desktop, or use the commands that need none: shotwright --help.")
    settings = Settings()
    if film is None and settings["opens_last"]:
        film = next(iter(settings.recent_films()), None)
    return app.show(film, settings, make_example)


def names_a_screen() -> bool:
    """Whether this process was told of a place where windows go. That it can be used is not known yet."""
    told = any(os.environ.get(name) for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"))
    return told or not sys.platform.startswith("linux")
