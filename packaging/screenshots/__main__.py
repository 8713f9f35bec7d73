"""Renders the main states of the window to PNG files: `python packaging/screenshots FOLDER [--engine sketch|slate]`.

The film is a copy of the example: the one `make run` left in runs/the-last-ferry where there is one, else a new one
whose first shots are drawn here. What is on the pictures went the way a user's work goes: commands, queue, runtime,
actions of the window; only the failure of the failed job is written by hand, because no disk is filled for a picture.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import before_a_film
import board
import continuity
import cutting_out
import edit
import film as films
import gallery
import prompt
import review
import sheets
import writers
from camera import NARROW, STANDARD, WIDE, Camera

from studio import app
from studio.settings import Settings

SCALED = {"1.5": ("31-scale-1.5", STANDARD), "2": ("32-wide-2560x1440-at-scale-2", WIDE)}


def main() -> int:
    parser = argparse.ArgumentParser(prog="screenshots", description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--engine", choices=("sketch", "slate"))
    parser.add_argument("--film", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--scale", choices=tuple(SCALED), help=argparse.SUPPRESS)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    app.graphical()
    if given.film:
        one_scaled(given.film, given.folder, given.scale)
        return 0
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="shotwright-screenshots-") as place:
        everything(Path(place), given.folder, given.engine or films.available_engine())
    pictures = len(list(given.folder.glob("*.png")))
    print(f"{pictures} pictures in {given.folder}, made in {time.monotonic() - began:.0f} s")
    return 0


def everything(place: Path, folder: Path, engine: str) -> None:
    settings = Settings(place / "settings.json")
    film = place / "The Last Ferry"
    films.prepare(film, engine)
    settings.remember_film(film)
    before_a_film.take_all(settings, place, folder)
    with app.build(film) as studio:
        camera = Camera(studio, folder, settings)
        for states in (board, edit, review, continuity, cutting_out, writers, gallery, prompt, sheets):
            states.take_all(camera, engine)
        camera.window.close()
        narrow = Camera(studio, folder, Settings(place / "narrow.json"), NARROW)
        narrow.select(1)
        narrow.take("30-narrow-1280x720")
        narrow.window.close()
    for scale in SCALED:
        again = [sys.executable, str(Path(__file__).parent), str(folder), "--film", str(film), "--scale", scale]
        subprocess.run(again, env={**os.environ, "QT_SCALE_FACTOR": scale}, check=True)


def one_scaled(film: Path, folder: Path, scale: str) -> None:
    name, size = SCALED[scale]
    with app.build(film) as studio:
        camera = Camera(studio, folder, Settings(film.with_name(f"scale-{scale}.json")), size)
        camera.select(1)
        camera.take(name)
        camera.window.close()


if __name__ == "__main__":
    sys.exit(main())
