"""Files held over the board: where they would go, and in words what they would become there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImageReader

MOVIES = frozenset({".mp4", ".mov", ".mkv", ".webm", ".avi", ".m4v", ".mpg", ".mpeg", ".mxf", ".wmv", ".mts"})
SOUNDS = frozenset({".wav", ".mp3", ".flac", ".ogg", ".m4a", ".aif", ".aiff", ".opus", ".aac", ".wma"})
LOOKED_AT = 2_000
"""Names of one drop that are sorted by their endings for the words; what the files are is found out later."""


@dataclass(frozen=True)
class Held:
    """What hangs at the pointer, judged by the endings of the names."""

    pictures: int
    movies: int
    sounds: int
    folders: int
    folder: str = ""

    @property
    def any(self) -> bool:
        return bool(self.pictures or self.movies or self.folders)


def dropped_paths(data: QMimeData | None) -> tuple[Path, ...]:
    """Files and folders of this machine; links into the web are none, and nothing is on an empty clipboard."""
    urls = data.urls() if data is not None else []
    return tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())


def judged(paths: Iterable[Path]) -> Held:
    known = frozenset(f".{bytes(one.data()).decode()}" for one in QImageReader.supportedImageFormats())
    pictures = movies = sounds = folders = 0
    folder = ""
    for path in list(paths)[:LOOKED_AT]:
        ending = path.suffix.lower()
        pictures += ending in known
        movies += ending in MOVIES
        sounds += ending in SOUNDS
        if not ending and path.is_dir():
            folders, folder = folders + 1, folder or path.name
    return Held(pictures, movies, sounds, folders, folder)


def words_on_shot(held: Held, number: str) -> str:
    """`becomes 3 panels of 1B`"""
    if held.folders and not (held.pictures or held.movies):
        return f"What is in “{held.folder}” becomes panels and takes of {number}"
    parts = _counted((held.pictures, "panel"), (held.movies, "take"))
    if not parts:
        return "Neither a picture nor a movie"
    one = held.pictures + held.movies == 1
    return f"{'Becomes' if one else 'Become'} {' and '.join(parts)} of {number}"


def words_on_board(held: Held, scene: str) -> str:
    """`Become 3 new shots in scene 2`"""
    where = f" in scene {scene}" if scene else ""
    if held.folders:
        return f"A shot for each picture and movie in “{held.folder}”{where}"
    files = held.pictures + held.movies
    if not files:
        return "Neither a picture nor a movie"
    return f"{'Becomes a new shot' if files == 1 else f'Become {files} new shots'}{where}"


def _counted(*some: tuple[int, str]) -> Sequence[str]:
    return [("a " if number == 1 else f"{number} ") + word + ("s" if number > 1 else "") for number, word in some
            if number]
