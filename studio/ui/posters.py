"""Posters of takes: made from the movie, by the picture workers, when one is asked for that is not in `cache/` yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from studio.errors import NotFound
from studio.open_project import OpenProject


def poster_maker(project: OpenProject) -> Callable[[Path], Path]:
    """What `PictureStore` calls on a worker with the path of a picture that is missing."""
    media = project.media

    def make(path: Path) -> Path:
        movie = next((name for name in media.names_of(path.stem) if name.endswith(".mp4")), "")
        if not movie:
            raise NotFound(f"The picture {path.name} is not in the film's folder.", "Run the check of the film.")
        return media.poster(movie)

    return make
