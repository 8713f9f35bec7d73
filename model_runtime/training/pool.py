"""Views for a GPU: processes draw scenes, the card encodes them, and training uses each about five times."""

from __future__ import annotations

import multiprocessing
import queue
from collections.abc import Sequence
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING

import cv2
import numpy as np

from model_runtime.training.draw import UNUSUAL_EVERY
from model_runtime.training.drawings import DrawnScene, Size, draw_scene, rng_for
from model_runtime.training.latents import BATCH, encode_scenes
from model_runtime.training.shelf import KINDS
from model_runtime.training.views import View
from model_runtime.video.autoencoder import SketchAutoencoder
from model_runtime.video.presets import SketchPreset

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

SIZES = {"stills": 16_384, "clips": 8_192}  # views on the card, about 2 GB together
USES = 5.0  # of each view, on average, before it is replaced
AHEAD = 8  # batches of each kind that wait to be encoded
STILLS_WORKER_EVERY = 4  # one process in so many draws stills, the others clips, which cost more


def draw_forever(preset: SketchPreset, kind: str, seed: int, number: int, made: Queue[list[DrawnScene]]) -> None:
    """The work of one process: batches of scenes of one size, until it is ended."""
    cv2.setNumThreads(1)
    rng = rng_for(seed, 13, number)
    frames = 1 if kind == "stills" else preset.max_frames
    while True:
        size = any_size(rng, preset, kind)
        made.put([draw_scene(rng, size, frames) for _ in range(BATCH)])


def any_size(rng: np.random.Generator, preset: SketchPreset, kind: str) -> Size:
    usual, *others = preset.sizes
    return others[int(rng.integers(len(others)))] if others and rng.random() < 1 / UNUSUAL_EVERY[kind] else usual


class Ring:
    """At most `size` views; a new one takes the oldest one's place once views were used often enough for it."""

    def __init__(self, size: int, uses: float = USES) -> None:
        self.size, self.uses = size, uses
        self.views: list[View] = []
        self._oldest = 0
        self._used = 0

    @property
    def wants(self) -> bool:
        """Whether a batch more may come in."""
        return len(self.views) < self.size or self._used >= self.uses * BATCH

    def put(self, views: Sequence[View]) -> None:
        for view in views:
            if len(self.views) < self.size:
                self.views.append(view)
                continue
            self.views[self._oldest] = view
            self._oldest = (self._oldest + 1) % self.size
            self._used = max(0, self._used - int(self.uses))

    def any(self, rng: np.random.Generator) -> View:
        self._used += len(self.views) == self.size
        return self.views[int(rng.integers(len(self.views)))]


class Pool:
    """A `shelf.Source` in memory of the autoencoder's device; `close` ends its processes."""

    def __init__(
        self,
        preset: SketchPreset,
        autoencoder: SketchAutoencoder,
        *,
        processes: int,
        seed: int,
        sizes: dict[str, int] | None = None,
    ) -> None:
        if processes < len(KINDS):
            raise ValueError(f"a pool needs a process for stills and one for clips, not {processes}")
        self.autoencoder = autoencoder
        self._rings = {kind: Ring((sizes or SIZES)[kind]) for kind in KINDS}
        context = multiprocessing.get_context("spawn")
        self._made: dict[str, Queue[list[DrawnScene]]] = {kind: context.Queue(AHEAD) for kind in KINDS}
        self._processes: list[BaseProcess] = []
        for number in range(processes):
            kind = "clips" if number % STILLS_WORKER_EVERY else "stills"
            process = context.Process(
                target=draw_forever, args=(preset, kind, seed, number, self._made[kind]), daemon=True
            )
            process.start()
            self._processes.append(process)

    def look_again(self) -> None:
        """Encode what was drawn meanwhile, as far as the pool wants more; never waits."""
        for kind, ring in self._rings.items():
            while ring.wants:
                try:
                    drawn = self._made[kind].get_nowait()
                except queue.Empty:
                    break
                views = encode_scenes(self.autoencoder, drawn)
                ring.put([views.view(row) for row in range(len(views))])

    def ready(self, kind: str) -> int:
        return len(self._rings[kind].views)

    def any(self, kind: str, rng: np.random.Generator) -> View:
        return self._rings[kind].any(rng)

    def close(self) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.join()
        for made in self._made.values():
            made.close()
            made.cancel_join_thread()
