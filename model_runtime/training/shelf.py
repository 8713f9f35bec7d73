"""Where training takes its views from: shards on disk, looked at again because other processes may still write them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Protocol

import numpy as np

from model_runtime.training.scenes import KINDS
from model_runtime.training.views import View, Views

LOOK_EVERY_S = 10.0


class Source(Protocol):
    """Something that holds encoded scenes of both kinds."""

    def look_again(self) -> None:
        """Take in what has been made since; called before every step."""
        ...

    def ready(self, kind: str) -> int:
        """Views there are."""
        ...

    def any(self, kind: str, rng: np.random.Generator) -> View: ...


class Shelf:
    """The shards of a run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "latents"
        self._shards: dict[str, dict[str, Views]] = {kind: {} for kind in KINDS}
        self._looked = -LOOK_EVERY_S

    def look_again(self) -> None:
        if self.ready("stills") and time.perf_counter() - self._looked < LOOK_EVERY_S:
            return
        self._looked = time.perf_counter()
        for kind, shards in self._shards.items():
            for path in sorted(self.folder.glob(f"{kind}-*.pt")):
                if path.name not in shards:
                    shards[path.name] = Views.load(path)

    def ready(self, kind: str) -> int:
        return sum(len(views) for views in self._shards[kind].values())

    def any(self, kind: str, rng: np.random.Generator) -> View:
        """Drawn with putting back over all shards, which are of one length a kind."""
        shards = list(self._shards[kind].values())
        views = shards[int(rng.integers(len(shards)))]
        return views.view(int(rng.integers(len(views))))
