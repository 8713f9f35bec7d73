"""The example films that come with the program: what their boards say, for the tiles of the start screen."""

from __future__ import annotations

import logging
import tomllib
from dataclasses import dataclass
from pathlib import Path

from studio.errors import BadValue
from studio.project.timing import FrameRate

FIRST = "the-last-ferry"
"""The example in the large tile."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Example:
    folder: Path
    title: str
    about: str
    """One line: what it shows."""
    shots: int
    frames: int
    rate: FrameRate
    poster: Path | None


def read_examples(place: Path) -> tuple[Example, ...]:
    """The large tile's first, the others by title. A board that cannot be read is left out and logged."""
    found = []
    for board in sorted(place.glob("*/board.toml")):
        try:
            found.append(read_example(board))
        except (OSError, ValueError, KeyError, TypeError, BadValue) as error:
            log.warning("the example %s is left out: %s", board.parent.name, error)
    return tuple(sorted(found, key=lambda one: (one.folder.name != FIRST, one.title)))


def read_example(board: Path) -> Example:
    content = tomllib.loads(board.read_text(encoding="utf-8"))
    shots = [shot for scene in content["scenes"] for shot in scene.get("shots", ())]
    poster = board.with_name("poster.jpg")
    return Example(
        folder=board.parent,
        title=content["film"]["title"],
        about=content.get("example", {}).get("about", ""),
        shots=len(shots),
        frames=sum(shot["frames"] for shot in shots),
        rate=FrameRate.parse(content["film"]["rate"]),
        poster=poster if poster.is_file() else None,
    )
