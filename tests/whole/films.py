"""What a finished film holds, read from its files by decoders of their own and not by the program's exporters."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import av
import numpy as np
import opentimelineio as otio

from tests.calls import call

ROOT = Path(__file__).resolve().parents[2]


def shotwright(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own, without a screen."""
    return subprocess.run(
        command(*words), cwd=ROOT, env=alone(**environment), capture_output=True, text=True, timeout=300
    )


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "studio", *map(str, words)]


def alone(**more: str) -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", **more}


def shots(film: Path) -> list[dict]:
    return call("shots", film, "--json").ok().json


def takes(film: Path, shot: str) -> list[dict]:
    return call("takes", film, "--shot", shot, "--json").ok().json


def pictures(movie: Path) -> Iterator[np.ndarray]:
    """Every frame as RGB, (height, width, 3)."""
    with av.open(str(movie)) as container:
        for frame in container.decode(video=0):
            yield frame.to_ndarray(format="rgb24")


def fingerprints(movie: Path) -> list[int]:
    """One number for each decoded frame; equal frames have equal numbers."""
    with av.open(str(movie)) as container:
        return [zlib.crc32(frame.to_ndarray()) for frame in container.decode(video=0)]


def psnr(one: np.ndarray, other: np.ndarray) -> float:
    error = float(((one.astype(np.float64) - other.astype(np.float64)) ** 2).mean())
    return math.inf if error == 0 else 10 * math.log10(255**2 / error)


@dataclass(frozen=True)
class Clip:
    """A clip of a timeline that shows a take."""

    film_frame: int
    movie: Path
    take_frame: int
    frames: int


def clips(timeline: Path) -> list[Clip]:
    """Every clip of an .otio file that is no missing-shot card, in order."""
    found, read = [], otio.adapters.read_from_file(str(timeline))  # a clip forgets its place when this is let go
    for clip in read.find_clips():
        reference = clip.media_reference
        if isinstance(reference, otio.schema.ExternalReference):
            first = clip.source_range.start_time - reference.available_range.start_time
            movie, place = timeline.parent / unquote(reference.target_url), clip.range_in_parent().start_time
            found.append(Clip(place.to_frames(), movie, first.to_frames(), clip.duration().to_frames()))
    return found
