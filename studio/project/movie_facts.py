"""What a foreign movie says of itself, read by the child that reads foreign files. Slow: not for the GUI thread."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from studio.project.media_reader import Reader
from studio.project.timing import FrameRate


@dataclass(frozen=True)
class MovieFacts:
    width: int
    height: int
    """As shown: turned upright, with square pixels."""
    rate: FrameRate
    """Of those a film can have, the one nearest to the movie's own."""


def read_movie_facts(path: Path) -> MovieFacts:
    """Raises NotFound or BadValue where the file is no movie that can be read."""
    with Reader("clip") as reader:
        found = reader.read(path, Path(os.devnull), {"facts_only": True})
    return MovieFacts(int(found["width"]), int(found["height"]), FrameRate.parse(found["rate"]))
