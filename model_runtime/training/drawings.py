"""Drawings from the stage as tensors: a pool of clips in memory, and the clips that are measured on."""

from __future__ import annotations

from functools import partial

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from model_runtime.stage.scene import Scene, random_scene
from model_runtime.training.scenes import clips_forever, draw_clip, rng_for
from model_runtime.training.workers import Workers
from model_runtime.video.presets import SketchPreset

VALIDATION_SEED = 900_001  # scenes for measuring; training draws from other generators


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
    """Clips in memory; every `refresh()` replaces some, so that each is used a few times and none for long.

    They are drawn here, or by `processes` beside it, which `close` ends.
    """

    def __init__(self, preset: SketchPreset, size: int, seed: int, *, processes: int = 0) -> None:
        self.preset, self.size = preset, size
        self.rng = rng_for(seed)
        self.clips: list[np.ndarray] = []
        self._drawn = clips_forever(preset, seed)
        self._workers = Workers(partial(clips_forever, preset, seed), range(1, 1 + processes)) if processes else None
        cv2.setNumThreads(1)

    def fill(self, count: int) -> None:
        for _ in range(count):
            self.put(next(self._drawn))

    def put(self, clip: np.ndarray) -> None:
        if len(self.clips) < self.size:
            self.clips.append(clip)
        else:
            self.clips[int(self.rng.integers(self.size))] = clip

    def refresh(self, count: int) -> None:
        """`count` drawn here, more while the pool is still growing; or whatever the processes have drawn since."""
        if self._workers is None:
            self.fill(count if len(self.clips) == self.size else 2 * count)
            return
        while (clip := self._workers.take()) is not None:
            self.put(clip)

    def close(self) -> None:
        if self._workers is not None:
            self._workers.close()

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
