"""Files held over a panel or lying on the clipboard: where they are, and what their names say they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImageReader

MOVIES = frozenset({".mp4", ".mov", ".mkv", ".webm", ".avi", ".m4v", ".mpg", ".mpeg", ".mxf", ".wmv", ".mts"})
SOUNDS = frozenset({".wav", ".mp3", ".flac", ".ogg", ".m4a", ".aif", ".aiff", ".opus", ".aac", ".wma"})
PICTURES = "Pictures (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.bmp *.avif *.psd)"
"""For the dialog that picks files."""
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
