"""A picture to cut from, and what the cut becomes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from studio.project.media import Imported

NEW = ""
"""In place of a subject's id: one that is made with the cut."""


@dataclass(frozen=True)
class CutSource:
    title: str
    """What it is called on the sheet: `Mara, front.JPG`, `Frame 12 of 1_0010/3`."""
    path: Path
    """A working copy in media/, or staged for it."""
    hash: str
    came: Imported | None = None
    """The same picture, where it comes into the film with what is cut out of it."""
    subject: str = NEW
    """Id of the subject the cut is offered to first."""
    wardrobe: str | None = None
    """Of the view it is cut from."""


@dataclass(frozen=True)
class Use:
    """What becomes of the cut."""

    subject: str
    """Id, or NEW."""
    view: str
    """front, side, back, face, detail; empty: not said"""
    name: str = ""
    kind: str = "character"
    """Of a new one."""
