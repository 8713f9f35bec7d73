"""One frame of a movie in media/ as a picture file, at its full size."""

from __future__ import annotations

from pathlib import Path

from model_runtime import safe_files
from studio.project import media_contents


def grab_frame(movie: Path, frame: int, out: Path) -> Path:
    """Write frame `frame` (a take_frame, from 0) of `movie` to `out` as PNG; returns `out`.

    Slow: not for the GUI thread. Raises BadValue where the movie cannot be read or has no such frame.
    """
    safe_files.write_bytes(out, media_contents.frame_png(movie, frame))
    return out
