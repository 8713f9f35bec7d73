"""Where the program goes when a window is left: to another film, to the start screen, or to its end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Going:
    """To the film in `folder`; without one, to the start screen, or nowhere: the program ends."""

    folder: Path | None = None
    start: bool = False
    bring: tuple[Path, ...] = ()
    """Pictures, movies and folders that become the new film's first shots."""


END = Going()
START = Going(start=True)
