"""Shows what the stage draws: `python -m model_runtime.stage [--sheet OUT.png] [--words LIST OUT.png] [--speed]`."""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from model_runtime.stage.caption import caption
from model_runtime.stage.draw import render
from model_runtime.stage.pen import Picture
from model_runtime.stage.scene import Scene, random_scene
from model_runtime.stage.words import load_words

SHEET_COLUMNS, SHEET_ROWS = 4, 6
SHEET_SIZE = (288, 160)
TRAINING_SIZES = ((144, 80), (288, 160), (256, 144))
WORD_COLUMNS = 6  # drawings of each word in a sheet of words
SCENE_WORDS = ("size", "angle", "move", "location", "time", "weather")
PERSON_WORDS = ("kind", "build", "hair", "style", "colour", "garment", "hat", "side", "depth", "facing", "action")
THING_WORDS = ("thing", "motion")
WORD_LISTS = (*SCENE_WORDS, *PERSON_WORDS, *THING_WORDS)


def main(arguments: list[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    if asked.sheet is None and asked.words is None and not asked.speed:
        _parser().error("nothing to do: give --sheet OUT.png, --words LIST OUT.png or --speed")
    try:
        if asked.sheet is not None:
            write_sheet(asked.sheet, asked.seed)
        if asked.words is not None:
            name, path = asked.words
            if name not in WORD_LISTS:
                print(f"No list of words is called {name}; there are {', '.join(WORD_LISTS)}.", file=sys.stderr)
                return 1
            write_words(name, Path(path), asked.seed)
    except OSError as error:
        print(f"The sheet {error.filename} cannot be written: {error.strerror or error}.", file=sys.stderr)
        return 1
    if asked.speed:
        cv2.setNumThreads(1)
        for width, height in TRAINING_SIZES:
            rate = clips_a_second(width, height, asked.seconds, asked.seed)
            print(f"{width} x {height}: {rate:.1f} clips a second of this core")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m model_runtime.stage", description=__doc__)
    parser.add_argument("--sheet", type=Path, metavar="OUT.png", help="write a sheet of scenes drawn by lot")
    parser.add_argument(
        "--words", nargs=2, metavar=("LIST", "OUT.png"), help="write a sheet with one row for each word of a list"
    )
    parser.add_argument("--speed", action="store_true", help="measure clips a second on one core")
    parser.add_argument("--seed", type=int, default=0, help="which scenes (0)")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each size is measured (5)")
    return parser


def write_sheet(path: Path, seed: int) -> None:
    rng = np.random.default_rng(seed)
    scenes = [random_scene(rng) for _ in range(SHEET_COLUMNS * SHEET_ROWS)]
    width, height = SHEET_SIZE
    pictures = [render(scene, frames=1, width=width, height=height).frames[0] for scene in scenes]
    for number, scene in enumerate(scenes, start=1):
        print(f"{number:2d}  {caption(scene)}")
    _write(path, pictures, SHEET_COLUMNS)


def write_words(name: str, path: Path, seed: int) -> None:
    """One row for each word of a list: the same scenes, drawn by lot, in which nothing but that word changes."""
    words = getattr(load_words(), name)
    scenes = scenes_with(name, seed)
    pictures = []
    for word in words:
        print(word)
        for column, scene in enumerate(scenes):
            # moves and actions are told by their course: a row goes through the clip
            drawing = 24 * column // (WORD_COLUMNS - 1) if name in ("move", "action", "motion") else 0
            shown = said(scenes[0] if drawing else scene, name, word)
            pictures.append(render(shown, frames=drawing + 1).frames[drawing])
    _write(path, pictures, WORD_COLUMNS)


def scenes_with(name: str, seed: int) -> list[Scene]:
    """Scenes in which every word of the list can be seen."""
    rng = np.random.default_rng(seed)
    scenes: list[Scene] = []
    while len(scenes) < WORD_COLUMNS:
        scene = random_scene(rng)
        two = len(scene.people) == 2 and scene.people[1].facing == "away"
        has_subject = len(scene.things) == 1 if name in THING_WORDS else len(scene.people) == 1
        fits = two if name == "angle" else (name in SCENE_WORDS or has_subject)
        plain = scene.size == "wide shot" or name in ("size", "angle", "depth")
        if fits and plain and (scene.move == "static" or name == "move"):
            scenes.append(scene)
    return scenes


def said(scene: Scene, name: str, word: str) -> Scene:
    """The scene with that word in the list's place."""
    changed: dict[str, Any] = {name: word}
    if name in SCENE_WORDS:
        return replace(scene, **changed)
    if name in THING_WORDS:
        scene = replace(scene, location="beach") if word == "boat" else scene
        return replace(scene, things=tuple(replace(thing, **changed) for thing in scene.things))
    first, *others = scene.people
    if name == "hat":
        changed |= {"hood": False, "hat_colour": first.hat_colour or "red"}
    return replace(scene, people=(replace(first, **changed), *others))


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


def _write(path: Path, pictures: list[Picture], columns: int) -> None:
    rows = [np.concatenate(pictures[i : i + columns], axis=1) for i in range(0, len(pictures), columns)]
    _, encoded = cv2.imencode(path.suffix or ".png", cv2.cvtColor(np.concatenate(rows), cv2.COLOR_RGB2BGR))
    path.write_bytes(encoded.tobytes())


if __name__ == "__main__":
    sys.exit(main())
