"""One frame of a movie in media/ as a picture file, at its full size."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path
from typing import Any

from model_runtime import safe_files
from studio.errors import NotFound


def grab_frame(movie: Path, frame: int, out: Path) -> Path:
    """Write frame `frame` (a take_frame, from 0) of `movie` to `out` as PNG; returns `out`.

    Slow: not for the GUI thread. Raises NotFound where the movie cannot be read or has no such frame.
    """
    import av

    try:
        with av.open(str(movie)) as opened:
            picture = _decoded(opened, frame)
    except (av.FFmpegError, OSError, IndexError) as error:
        raise NotFound(f"The movie {movie.name} cannot be read: {error}.", "Run the check of the film.") from error
    if picture is None:
        raise NotFound(f"The movie {movie.name} has no frame {frame}.", "Choose another frame.")
    written = io.BytesIO()
    picture.save(written, "PNG")
    safe_files.write_bytes(out, written.getvalue())
    return out


def _decoded(opened: Any, frame: int) -> Any:
    """The frame as a Pillow picture, from the key frame before it on; None where the movie ends earlier."""
    from av.video.reformatter import Colorspace

    stream = opened.streams.video[0]
    rate, start = Fraction(stream.average_rate or stream.guessed_rate or 24), stream.start_time or 0
    opened.seek(start + int(Fraction(max(0, frame)) / rate / stream.time_base), stream=stream, backward=True)
    for one in opened.decode(stream):
        index = round((Fraction(one.pts or 0) - start) * stream.time_base * rate)
        if index > frame:
            return None
        if index == frame:
            return one.reformat(format="rgb24", src_colorspace=Colorspace.ITU709).to_image()
    return None
