"""Filmstrips of takes: a dozen small frames side by side, to scrub over without opening the movie."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QPixmap

from model_runtime import safe_files
from studio.errors import NotFound
from studio.open_project import OpenProject
from studio.project.cards import TakeCard

FRAMES = 12
"""Frames of a strip, evenly over the take."""
HEIGHT = 180
QUALITY = 82


def strip_path(take: TakeCard) -> Path:
    """Where the strip of a take lies, once made: the name a `PictureStore` over `strip_maker` knows it by."""
    return strip_beside(take.poster)


def strip_beside(poster: Path) -> Path:
    """The same, from the poster of the take."""
    return poster.parent.parent / "strips" / poster.name


def strip_maker(project: OpenProject) -> Callable[[Path], Path]:
    """What a `PictureStore` calls on a worker with the path of a strip that is missing."""
    media = project.media

    def make(path: Path) -> Path:
        movie = next((name for name in media.names_of(path.stem) if name.endswith(".mp4")), "")
        if not movie:
            raise NotFound(f"The movie of {path.name} is not in the film's folder.", "Run the check of the film.")
        home = media.poster(movie).parent.parent / "strips"  # for a film on a read-only place, the user's cache
        file = home / path.name
        if not file.is_file():
            safe_files.make_folder(home)
            safe_files.write_bytes(file, _strip_jpeg(media.path(movie)))
        return file

    return make


def part_of(strip: QPixmap, part: float) -> QRect:
    """Where in a strip the frame stands that is shown at `part` of the take, from 0 to 1."""
    width = strip.width() // FRAMES
    place = min(FRAMES - 1, max(0, int(part * FRAMES)))
    return QRect(place * width, 0, width, strip.height())


def _strip_jpeg(movie: Path) -> bytes:
    """Each frame is the one in the middle of its part of the take; every frame of the movie is decoded once."""
    # Late: PyAV and Pillow are heavy, and the window opens without them.
    import av
    from PIL import Image

    try:
        with av.open(str(movie)) as opened:
            stream = opened.streams.video[0]
            count = stream.frames or sum(1 for packet in opened.demux(stream) if packet.size)
            width = max(2, round(HEIGHT * stream.width / stream.height))
            strip = Image.new("RGB", (width * FRAMES, HEIGHT))
            places = _places(max(1, count))
            opened.seek(0)
            for index, frame in enumerate(opened.decode(stream)):
                for place in places.get(index, ()):
                    strip.paste(frame.to_image(width=width, height=HEIGHT), (place * width, 0))
    except (av.FFmpegError, OSError, IndexError, ValueError) as error:
        raise NotFound(f"The movie {movie.name} cannot be read: {error}.", "Run the check of the film.") from error
    written = io.BytesIO()
    strip.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def _places(count: int) -> dict[int, list[int]]:
    """take_frame -> places of the strip it fills; a take of few frames fills several with one."""
    places: dict[int, list[int]] = defaultdict(list)
    for place in range(FRAMES):
        places[min(count - 1, (2 * place + 1) * count // (2 * FRAMES))].append(place)
    return places
