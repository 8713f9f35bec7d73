"""What the movies and pictures in media/ hold: sizes, frames, posters, recipes. Only files we wrote are decoded here.

Slow: not for the GUI thread.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.errors import BadValue

POSTER_WIDTH = 480


@dataclass(frozen=True)
class Facts:
    """What a file in media/ really is."""

    frames: int
    width: int
    height: int


def movie_facts(path: Path) -> Facts:
    import av

    try:
        with av.open(str(path)) as movie:
            stream = movie.streams.video[0]
            frames = stream.frames or sum(1 for packet in movie.demux(stream) if packet.size)
            return Facts(frames, stream.width, stream.height)
    except (OSError, ValueError, IndexError) as error:
        raise _broken(path, error) from error


def picture_facts(path: Path) -> Facts:
    from PIL import Image

    try:
        with Image.open(path) as picture:
            return Facts(1, *picture.size)
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise _broken(path, error) from error


def lightest(path: Path) -> int:
    """The grey level, 0 to 255, of the lightest pixel of a picture; what is see-through is black."""
    from PIL import Image

    try:
        with Image.open(path) as picture:
            black = Image.new("RGBA", picture.size, (0, 0, 0, 255))
            _, level = Image.alpha_composite(black, picture.convert("RGBA")).convert("L").getextrema()
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise _broken(path, error) from error
    return int(level)  # type: ignore[arg-type]  # of one channel it is one number


def poster_jpeg(path: Path, frame: int) -> bytes:
    """A small JPEG of the movie's frame, or of its last one where it is shorter."""
    picture = _frame(path, frame, or_last=True)
    picture.thumbnail((POSTER_WIDTH, POSTER_WIDTH))
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=88)
    return written.getvalue()


def frame_png(path: Path, frame: int) -> bytes:
    """The movie's frame as it is, as a PNG."""
    return _png(_frame(path, frame, or_last=False))


def plain_png(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    from PIL import Image

    return _png(Image.new("RGB", (width, height), colour))


def picture_size(png: bytes) -> tuple[int, int]:
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        return picture.size


def recipe_in(path: Path) -> str | None:
    """The recipe inside a movie (its comment) or a PNG (its text `recipe`); None where there is none."""
    try:
        return _png_text(path) if path.suffix.lower() == ".png" else _movie_comment(path)
    except (OSError, ValueError, SyntaxError):
        return None


def _frame(path: Path, frame: int, *, or_last: bool) -> Any:
    import av

    try:
        with av.open(str(path)) as movie:
            stream = movie.streams.video[0]
            length = 1 / (stream.average_rate * stream.time_base)
            wanted = (stream.start_time or 0) + round(frame * length)
            if frame:
                # To the key frame before it; beyond the end to the last one.
                movie.seek(wanted, stream=stream)
            image = None
            for image in movie.decode(stream):
                if image.pts + length / 2 > wanted:
                    return _as_picture(image)
            if image is None or not or_last:
                raise ValueError(f"no frame {frame} in it")
            return _as_picture(image)
    except (OSError, ValueError, IndexError, ZeroDivisionError, TypeError) as error:
        raise _broken(path, error) from error


def _as_picture(frame: Any) -> Any:
    """PyAV takes colours for BT.601 unless told; ours are BT.709."""
    from av.video.reformatter import Colorspace

    return frame.reformat(format="rgb24", src_colorspace=Colorspace.ITU709).to_image()


def _png(picture: Any) -> bytes:
    written = io.BytesIO()
    picture.save(written, "PNG", compress_level=4)
    return written.getvalue()


def _movie_comment(path: Path) -> str | None:
    import av

    with av.open(str(path)) as movie:
        return movie.metadata.get("comment") or None


def _png_text(path: Path) -> str | None:
    from PIL import Image

    with Image.open(path) as picture:
        text = getattr(picture, "text", {}).get("recipe")
        return str(text) if text else None


def _broken(path: Path, error: Exception) -> BadValue:
    return BadValue(f"{path.name} in the film's media folder cannot be read: {str(error)[:100]}.",
                    "See what is broken with: shotwright check")
