"""`shotwright FILM`: the window."""

from __future__ import annotations

from pathlib import Path

import click

from studio.settings import Settings


@click.command(hidden=True)
@click.argument("film", required=False, type=click.Path(path_type=Path))
def window(film: Path | None) -> int:
    """Open the window on a film; without a name, on the film opened last."""
    from studio import app

    settings = Settings()
    recent = settings.recent_films()
    if film is None and not recent:
        raise click.UsageError("No film was named, and none was opened before. Try shotwright demo, or name one.")
    return app.show(film or recent[0], settings)
