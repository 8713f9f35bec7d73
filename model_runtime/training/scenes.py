"""Scenes drawn by lot, with all that is shown of them. No torch here: processes that only draw start in no time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from model_runtime.stage.draw import render
from model_runtime.stage.guide import blocking, line_drawing
from model_runtime.stage.reference import reference_sheet
from model_runtime.stage.scene import Scene, random_scene
from model_runtime.video.presets import REFERENCE_HEIGHT, REFERENCE_WIDTH, SketchPreset

KINDS = ("stills", "clips")
BATCH = 8  # scenes drawn and encoded at once
# One shard, or batch, in so many has an unusual aspect.
UNUSUAL_EVERY = {"stills": 5, "clips": 10}
SHEETS = 2  # reference pictures of a subject
REFERENCED_SHARE = 0.6  # of scenes whose subjects' reference pictures are drawn as well
GUIDED_SHARE = 1 / 3  # of scenes a line drawing or a blocking is drawn of
# Which drawing of a clip of 25 is shown as a still beside the last one: one past the end of a clip (9, 17 for a clip
# cut to so many drawings; 25 where the camera rests, since sets reach no further than 25 drawings of a move show),
# the last of a cut clip, or any.
PAST_ENDS = (9, 17, 25)
PAST_END_SHARE, CUT_END_SHARE = 0.3, 0.3

Size = tuple[int, int]


def rng_for(*numbers: int) -> np.random.Generator:
    return np.random.default_rng(numbers)


@dataclass(frozen=True)
class DrawnScene:
    """Everything a training may show of a scene, drawn once; pictures are uint8 RGB."""

    scene: Scene
    frames: np.ndarray  # (t, h, w, 3)
    figures: np.ndarray  # (t, h, w), 1 where a figure is
    sheets: np.ndarray | None  # (subjects, SHEETS, 96, 64, 3)
    guide: np.ndarray | None  # (t, h, w, 3)
    stills: np.ndarray | None  # (2, h, w, 3), of a clip: the last drawing and another one
    still_frames: tuple[int, ...]  # their drawing numbers


def draw_scene(rng: np.random.Generator, size: Size, frames: int) -> DrawnScene:
    """A new scene, never a held-out combination, as a clip of `frames` drawings or a still."""
    scene = random_scene(rng)
    width, height = size
    drawn = render(scene, frames=frames, width=width, height=height)
    numbers = (frames - 1, _another(rng, scene, frames)) if frames > 1 else ()
    return DrawnScene(
        scene,
        drawn.frames,
        drawn.figures,
        _sheets(scene, rng) if scene.subjects and rng.random() < REFERENCED_SHARE else None,
        _guide(scene, rng, size, frames) if rng.random() < GUIDED_SHARE else None,
        np.stack([_drawing(scene, drawn.frames, number) for number in numbers]) if numbers else None,
        numbers,
    )


def _another(rng: np.random.Generator, scene: Scene, frames: int) -> int:
    lot = rng.random()
    furthest = frames if scene.move == "static" else frames - 1
    if lot < PAST_END_SHARE:
        numbers = [number for number in PAST_ENDS if number <= furthest]
    elif lot < PAST_END_SHARE + CUT_END_SHARE:
        numbers = [number - 1 for number in PAST_ENDS if number < frames]
    else:
        numbers = list(range(1, frames - 1))
    return int(rng.choice(numbers))


def _drawing(scene: Scene, frames: np.ndarray, number: int) -> np.ndarray:
    if number < len(frames):
        return np.asarray(frames[number])
    height, width = frames.shape[1:3]
    return np.asarray(render(scene, frames=number + 1, width=width, height=height).frames[number])


def _sheets(scene: Scene, rng: np.random.Generator) -> np.ndarray:
    size = {"width": REFERENCE_WIDTH, "height": REFERENCE_HEIGHT}
    return np.stack(
        [np.stack([reference_sheet(subject, rng, **size) for _ in range(SHEETS)]) for subject in scene.subjects]
    )


def _guide(scene: Scene, rng: np.random.Generator, size: Size, frames: int) -> np.ndarray:
    draw = line_drawing if rng.random() < 0.5 else blocking
    return np.asarray(draw(scene, frames=frames, width=size[0], height=size[1]))


def draw_clip(scene: Scene, preset: SketchPreset, frames: int) -> np.ndarray:
    """uint8 (t, h*draws, w*draws, 3): what the decoder is to draw."""
    scale = preset.autoencoder.draws
    return np.asarray(render(scene, frames=frames, width=preset.width * scale, height=preset.height * scale).frames)


def clips_forever(preset: SketchPreset, seed: int, number: int = 0) -> Iterator[np.ndarray]:
    """Clips of the decoder's size, never of a held-out combination; process `number` draws its own."""
    rng = rng_for(seed, number)
    while True:
        yield draw_clip(random_scene(rng), preset, preset.max_frames)


def draw_forever(preset: SketchPreset, kind: str, seed: int, number: int) -> Iterator[list[DrawnScene]]:
    """The work of one process: batches of scenes of one size."""
    rng = rng_for(seed, 13, number)
    frames = 1 if kind == "stills" else preset.max_frames
    while True:
        size = any_size(rng, preset, kind)
        yield [draw_scene(rng, size, frames) for _ in range(BATCH)]


def any_size(rng: np.random.Generator, preset: SketchPreset, kind: str) -> Size:
    usual, *others = preset.sizes
    return others[int(rng.integers(len(others)))] if others and rng.random() < 1 / UNUSUAL_EVERY[kind] else usual
