"""Views for a GPU: processes draw scenes, the card encodes them, and training uses each about five times."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from model_runtime.training.latents import encode_scenes
from model_runtime.training.scenes import BATCH, KINDS, draw_forever
from model_runtime.training.views import View
from model_runtime.training.workers import Workers
from model_runtime.video.autoencoder import SketchAutoencoder
from model_runtime.video.presets import SketchPreset

SIZES = {"stills": 16_384, "clips": 8_192}  # views on the card, about 2 GB together
USES = 5.0  # of each view, on average, before it is replaced
STILLS_SHARE = 4  # one process in so many draws stills, the others clips, which cost more


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
        stills = max(1, processes // STILLS_SHARE)
        shares = {"stills": range(stills), "clips": range(stills, processes)}
        self.workers = {kind: Workers(partial(draw_forever, preset, kind, seed), shares[kind]) for kind in KINDS}

    def look_again(self) -> None:
        """Encode what was drawn meanwhile, as far as the pool wants more; never waits."""
        for kind, ring in self._rings.items():
            while ring.wants:
                drawn = self.workers[kind].take()
                if drawn is None:
                    break
                views = encode_scenes(self.autoencoder, drawn)
                ring.put([views.view(row) for row in range(len(views))])

    def ready(self, kind: str) -> int:
        return len(self._rings[kind].views)

    def any(self, kind: str, rng: np.random.Generator) -> View:
        return self._rings[kind].any(rng)

    def close(self) -> None:
        for workers in self.workers.values():
            workers.close()
