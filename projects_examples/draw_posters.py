"""Draws the poster of every example: one frame of one of its shots, drawn by the sketch engine through the commands.

    python projects_examples/draw_posters.py [NAME ...]

About a minute an example on two cores. The frame is made smaller until the file fits LARGEST.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import av  # noqa: E402

from model_runtime import safe_files  # noqa: E402
from studio.cli.board import read_board, steps  # noqa: E402

LARGEST = 40_000
SIZE = (720, 405)


@dataclass(frozen=True)
class Pick:
    """Which frame of which shot: its number as shown, the seed it is drawn with, the frame of the take."""

    shot: str
    seed: int
    frame: int


POSTERS = {
    "the-last-ferry": Pick("1_0020", 7, 20),
    "sugar": Pick("1_0010", 3, 20),
    "washing-line": Pick("1_0060", 5, 20),
    "platform-4": Pick("1_0090", 2, 24),
    "low-tide": Pick("1_0070", 4, 16),
}


def main() -> None:
    for name in sys.argv[1:] or POSTERS:
        draw(name, POSTERS[name])


def draw(name: str, pick: Pick) -> None:
    with tempfile.TemporaryDirectory(prefix="shotwright-poster-") as place:
        film = Path(place) / name
        for step in steps(read_board(HERE / name / "board.toml"), film):
            shotwright(*step)
        shotwright("generate", str(film), "--shot", pick.shot, "--engine", "sketch", "--seed", str(pick.seed))
        take = json.loads(shotwright("takes", str(film), "--shot", pick.shot, "--json"))[-1]
        jpeg = small_jpeg(frame_of(film / take["file"], pick.frame))
    with safe_files.open_new(HERE / name / "poster.jpg") as file:
        file.write(jpeg)
    print(f"{name}: {len(jpeg)} bytes", flush=True)


def shotwright(*words: str) -> str:
    around = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    command = [sys.executable, "-P", "-m", "studio", *words]
    return subprocess.run(command, env=around, check=True, capture_output=True, text=True).stdout


def frame_of(movie: Path, wanted: int) -> Any:
    with av.open(str(movie)) as opened:
        frames = [frame for _, frame in zip(range(wanted + 1), opened.decode(video=0), strict=False)]
        return frames[-1].to_image()


def small_jpeg(picture: Any) -> bytes:
    """Cut to 16:9, made smaller, in the best quality that fits."""
    small = picture.resize(SIZE)
    for quality in range(88, 30, -4):
        held = io.BytesIO()
        small.save(held, "JPEG", quality=quality, optimize=True, progressive=True)
        if held.tell() < LARGEST:
            break
    return held.getvalue()


if __name__ == "__main__":
    main()
