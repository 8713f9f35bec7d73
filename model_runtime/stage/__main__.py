"""Shows what the stage draws: `python -m model_runtime.stage [--sheet OUT.png] [--speed]`."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import cv2
import numpy as np

from model_runtime.stage.caption import caption
from model_runtime.stage.draw import render
from model_runtime.stage.pen import Picture
from model_runtime.stage.scene import random_scene

SHEET_COLUMNS, SHEET_ROWS = 4, 6
SHEET_SIZE = (288, 160)
TRAINING_SIZES = ((144, 80), (288, 160), (256, 144))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m model_runtime.stage", description=__doc__)
    parser.add_argument("--sheet", type=Path, metavar="OUT.png", help="write a sheet of scenes drawn by lot")
    parser.add_argument("--speed", action="store_true", help="measure clips a second on one core")
    parser.add_argument("--seed", type=int, default=0, help="which scenes (0)")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each size is measured (5)")
    asked = parser.parse_args(arguments)
    if asked.sheet is None and not asked.speed:
        parser.error("nothing to do: give --sheet OUT.png, --speed or both")
    if asked.sheet is not None:
        try:
            write_sheet(asked.sheet, asked.seed)
        except OSError as error:
            print(f"The sheet {asked.sheet} cannot be written: {error.strerror or error}.", file=sys.stderr)
            return 1
    if asked.speed:
        cv2.setNumThreads(1)
        for width, height in TRAINING_SIZES:
            rate = clips_a_second(width, height, asked.seconds, asked.seed)
            print(f"{width} x {height}: {rate:.0f} clips a second of this core")
    return 0


def write_sheet(path: Path, seed: int) -> None:
    rng = np.random.default_rng(seed)
    scenes = [random_scene(rng) for _ in range(SHEET_COLUMNS * SHEET_ROWS)]
    width, height = SHEET_SIZE
    pictures = [render(scene, frames=1, width=width, height=height).frames[0] for scene in scenes]
    for number, scene in enumerate(scenes, start=1):
        print(f"{number:2d}  {caption(scene)}")
    _, encoded = cv2.imencode(path.suffix or ".png", cv2.cvtColor(_tiled(pictures), cv2.COLOR_RGB2BGR))
    path.write_bytes(encoded.tobytes())


def clips_a_second(width: int, height: int, seconds: float, seed: int) -> float:
    """Measured by the processor's time of this process, so that other work on the machine counts less."""
    rng = np.random.default_rng(seed)
    for _ in range(100):  # the sets are kept once they are drawn, as in a long run
        render(random_scene(rng), frames=1, width=width, height=height)
    clips, start = 0, time.process_time()
    while time.process_time() - start < seconds:
        render(random_scene(rng), width=width, height=height)
        clips += 1
    return clips / (time.process_time() - start)


def _tiled(pictures: list[Picture]) -> Picture:
    rows = [pictures[i : i + SHEET_COLUMNS] for i in range(0, len(pictures), SHEET_COLUMNS)]
    return np.concatenate([np.concatenate(row, axis=1) for row in rows])


if __name__ == "__main__":
    sys.exit(main())
