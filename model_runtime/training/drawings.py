"""Drawings from the stage as training material: all that is shown of one scene, and a pool of clips in memory."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from model_runtime.stage.draw import render
from model_runtime.stage.guide import blocking, line_drawing
from model_runtime.stage.reference import reference_sheet
from model_runtime.stage.scene import Scene, random_scene
from model_runtime.video.presets import REFERENCE_HEIGHT, REFERENCE_WIDTH, SketchPreset

VALIDATION_SEED = 900_001  # scenes for measuring; training draws from other generators
SHEETS = 2  # reference pictures of a subject
REFERENCED_SHARE = 0.6  # of scenes whose subjects' reference pictures are drawn as well
GUIDED_SHARE = 1 / 3  # of scenes a line drawing or a blocking is drawn of
# Which drawing of a clip of 25 is shown as a still beside the last one: one past the end of a clip (9, 17 for a clip
# cut to so many drawings), the last of a cut clip, or any.
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
    numbers = (frames - 1, _another(rng, frames)) if frames > 1 else ()
    return DrawnScene(
        scene,
        drawn.frames,
        drawn.figures,
        _sheets(scene, rng) if scene.subjects and rng.random() < REFERENCED_SHARE else None,
        _guide(scene, rng, size, frames) if rng.random() < GUIDED_SHARE else None,
        np.stack([_drawing(scene, drawn.frames, number) for number in numbers]) if numbers else None,
        numbers,
    )


def _another(rng: np.random.Generator, frames: int) -> int:
    lot = rng.random()
    if lot < PAST_END_SHARE:
        ends = [number for number in PAST_ENDS if number <= frames]
    elif lot < PAST_END_SHARE + CUT_END_SHARE:
        ends = [number - 1 for number in PAST_ENDS if number < frames]
    else:
        ends = list(range(1, frames - 1))
    return int(rng.choice(ends or [frames]))


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


def to_signal(frames: np.ndarray) -> Tensor:
    """uint8 (..., t, h, w, 3) -> float (..., 3, t, h, w) in -1..1"""
    return torch.from_numpy(np.ascontiguousarray(frames)).movedim(-1, -4).float() / 127.5 - 1.0


def smaller(frames: Tensor, draws: int) -> Tensor:
    """Area average of (b, 3, t, h*draws, w*draws): what the encoder sees."""
    if draws == 1:
        return frames
    clips = frames.shape[0]
    small = functional.avg_pool2d(frames.transpose(1, 2).flatten(0, 1), draws)
    return small.unflatten(0, (clips, -1)).transpose(1, 2)


class ClipPool:
    """Clips in memory; every `refresh()` replaces some, so that each is used a few times and none for long."""

    def __init__(self, preset: SketchPreset, size: int, seed: int) -> None:
        self.preset, self.size = preset, size
        self.rng = rng_for(seed)
        self.clips: list[np.ndarray] = []
        cv2.setNumThreads(1)

    def fill(self, count: int) -> None:
        for _ in range(count):
            self.put(draw_clip(random_scene(self.rng), self.preset, self.preset.max_frames))

    def put(self, clip: np.ndarray) -> None:
        if len(self.clips) < self.size:
            self.clips.append(clip)
        else:
            self.clips[int(self.rng.integers(self.size))] = clip

    def refresh(self, count: int) -> None:
        """More while the pool is still growing."""
        self.fill(count if len(self.clips) == self.size else 2 * count)

    def crops(self, count: int, *, size: int, frames: int) -> Tensor:
        """(count, 3, frames, size*draws, size*draws) in -1..1, from random places and moments."""
        draws, height, width = self.preset.autoencoder.draws, self.preset.height, self.preset.width
        taken = []
        for _ in range(count):
            clip = self._any()
            start = int(self.rng.integers(len(clip) - frames + 1))
            top = int(self.rng.integers((height - size) // 2 + 1)) * 2 * draws
            left = int(self.rng.integers((width - size) // 2 + 1)) * 2 * draws
            side = size * draws
            taken.append(clip[start : start + frames, top : top + side, left : left + side])
        return to_signal(np.stack(taken))

    def whole(self, count: int, *, frames: int) -> Tensor:
        """(count, 3, frames, h*draws, w*draws) in -1..1, from random moments."""
        taken = []
        for _ in range(count):
            clip = self._any()
            start = int(self.rng.integers(len(clip) - frames + 1))
            taken.append(clip[start : start + frames])
        return to_signal(np.stack(taken))

    def _any(self) -> np.ndarray:
        return self.clips[int(self.rng.integers(len(self.clips)))]


def validation_clips(preset: SketchPreset, count: int, *, held_out: bool = False) -> list[tuple[Scene, np.ndarray]]:
    """The same scenes every time, with their clips at the decoder's size."""
    rng = rng_for(VALIDATION_SEED, int(held_out))
    scenes = [random_scene(rng, held_out=held_out) for _ in range(count)]
    return [(scene, draw_clip(scene, preset, preset.max_frames)) for scene in scenes]
