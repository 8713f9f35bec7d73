"""Contact sheets beside the weights: what the stage draws, what the networks draw of the same words, and every task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from model_runtime.stage.caption import Mark, caption
from model_runtime.stage.draw import render
from model_runtime.stage.guide import line_drawing
from model_runtime.stage.reference import reference_sheet
from model_runtime.stage.scene import Scene, random_scene
from model_runtime.training.scenes import rng_for
from model_runtime.training.sheets import drawn
from model_runtime.video.networks import Sketch
from model_runtime.video.presets import REFERENCE_GUIDANCE
from model_runtime.video.request import Guide, Reference, SketchRequest
from model_runtime.video.text import MARKS

SEED = 4242
CELL = (216, 120)
GAP = 4
PAPER = 236
COLOURS = 256  # of a sheet's palette: flat drawings lose nothing that the eye would miss


def write_contact_sheets(sketch: Sketch, folder: Path, *, scenes: int = 12, tasks: int = 5, steps: int = 20) -> None:
    """`drawings.png`, `words.png` and `tasks.png` in `folder`, of held-out scenes, always the same ones."""
    chosen = held_out_scenes(scenes)
    write_sheet(folder / "drawings.png", in_columns([_first(scene) for scene in held_out_scenes(4 * scenes)], 6))
    write_sheet(folder / "words.png", [_by_words(sketch, scene, seed, steps) for seed, scene in enumerate(chosen)])
    with_subjects = [scene for scene in held_out_scenes(8 * tasks) if scene.people][:tasks]
    by_task = [_by_task(sketch, scene, seed, steps) for seed, scene in enumerate(with_subjects)]
    write_sheet(folder / "tasks.png", by_task)


def held_out_scenes(count: int) -> list[Scene]:
    rng = rng_for(SEED)
    return [random_scene(rng, held_out=True) for _ in range(count)]


def _first(scene: Scene) -> np.ndarray:
    return np.asarray(render(scene, frames=1, width=2 * CELL[0], height=2 * CELL[1]).frames[0])


def _by_words(sketch: Sketch, scene: Scene, seed: int, steps: int) -> list[np.ndarray]:
    """The stage's drawing, a still of its caption, and first, middle and last drawing of a clip of it."""
    text = SketchRequest(caption(scene), seed, 1, steps=steps)
    clip = drawn(sketch, replace(text, frames=sketch.preset.max_frames))
    return [_first(scene), drawn(sketch, text)[0], clip[0], clip[len(clip) // 2], clip[-1]]


def _by_task(sketch: Sketch, scene: Scene, seed: int, steps: int) -> list[np.ndarray]:
    """Drawing and references, by references alone, after a first drawing, between two, along lines, half redrawn."""
    frames = 9
    real = render(scene, frames=frames, width=sketch.size[0], height=sketch.size[1]).frames
    rng = rng_for(SEED, seed)
    sheets = [reference_sheet(subject, rng) for subject in scene.subjects]
    marks = {number: Mark(MARKS[number], alone=True) for number in range(len(sheets))}
    shown = tuple(Reference(sheet, number + 1) for number, sheet in enumerate(sheets))
    text = SketchRequest(caption(scene), seed, frames, steps=steps)
    width, height = sketch.size
    lines = line_drawing(scene, frames=frames, width=width, height=height)
    half = np.zeros((height, width), np.uint8)
    half[:, width // 2 :] = 255
    requests = (
        replace(text, prompt=caption(scene, marks), references=shown, reference_guidance=REFERENCE_GUIDANCE),
        replace(text, given={0: real[0]}),
        replace(text, given={0: real[0], frames - 1: real[-1]}),
        replace(text, guide=Guide(lines)),
        replace(text, given=dict(enumerate(real)), mask=half),
    )
    middle = frames // 2
    return [_first(scene), _beside(sheets), *(drawn(sketch, request)[middle] for request in requests)]


def _beside(sheets: Sequence[np.ndarray]) -> np.ndarray:
    """Reference pictures in one cell."""
    cell = np.full((2 * CELL[1], 2 * CELL[0], 3), PAPER, np.uint8)
    width = cell.shape[1] // 3
    for place, sheet in enumerate(sheets[:3]):
        high = sheet.shape[0] * width // sheet.shape[1]
        fitted = cv2.resize(sheet, (width, min(high, cell.shape[0])), interpolation=cv2.INTER_CUBIC)
        cell[: fitted.shape[0], place * width : (place + 1) * width] = fitted
    return cell


def in_columns(pictures: Sequence[np.ndarray], columns: int) -> list[list[np.ndarray]]:
    return [list(pictures[first : first + columns]) for first in range(0, len(pictures), columns)]


def write_sheet(path: Path, rows: Sequence[Sequence[np.ndarray]]) -> None:
    """Rows of pictures in cells of one size, as a small palette PNG."""
    columns = max(map(len, rows))
    width, height = columns * (CELL[0] + GAP) + GAP, len(rows) * (CELL[1] + GAP) + GAP
    sheet = np.full((height, width, 3), PAPER, np.uint8)
    for row, pictures in enumerate(rows):
        for column, picture in enumerate(pictures):
            top, left = GAP + row * (CELL[1] + GAP), GAP + column * (CELL[0] + GAP)
            sheet[top : top + CELL[1], left : left + CELL[0]] = cv2.resize(picture, CELL, interpolation=cv2.INTER_AREA)
    Image.fromarray(sheet).quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
