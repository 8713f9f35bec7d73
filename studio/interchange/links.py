"""How an exchange file names times and files: exact rates, links that move with their folder."""

from __future__ import annotations

import os
import urllib.parse
from pathlib import Path

import opentimelineio as otio
from opentimelineio.opentime import RationalTime

from studio.project.timing import FrameRate

KEY = "shotwright"
"""Under which our facts stand in every `metadata`."""


def frames_time(frames: int, rate: FrameRate) -> RationalTime:
    """`frames` at exactly this rate; 24000/1001 is divided here and nowhere rounded."""
    return RationalTime(frames, rate.num / rate.den)


def link(target: Path, folder: Path) -> str:
    """How a file in `folder` refers to `target`."""
    try:
        relative = os.path.relpath(target.resolve(), folder.resolve())
    except ValueError:
        return target.resolve().as_uri()
    return urllib.parse.quote(Path(relative).as_posix())


def linked_file(url: str, folder: Path) -> Path:
    """The file that `link` meant."""
    if url.startswith("file:"):
        return Path(otio.url_utils.filepath_from_url(url))
    return folder / urllib.parse.unquote(url)
