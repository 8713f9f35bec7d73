"""How long the viewer needs to show any frame of a movie: what `python -m tests.bench_window` measures."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSize, QTimer

from studio.ui.viewer.frame_store import FrameStore
from studio.ui.viewer.sequence import Wanted

PATIENCE_MS = 5000


def measure_seek(path: Path, frames: int, size: QSize | None = None, count: int = 40, seed: int = 1) -> list[float]:
    """Milliseconds from the wish for a frame to the picture on the GUI thread, for `count` frames in no order.

    `frames` is how many the movie has; `size` what is decoded to, 1280 x 720 by default. Needs an application.
    """
    chance, target = random.Random(seed), size or QSize(1280, 720)
    places = [chance.randrange(frames) for _ in range(count)]
    store = FrameStore()
    try:
        _show(store, Wanted(path, frames // 2), target)  # opening the movie is not seeking
        return [_show(store, Wanted(path, place), target) for place in _each_far(places)]
    finally:
        store.close()


def _each_far(places: Sequence[int]) -> list[int]:
    """Without a frame asked for twice in a row, which costs nothing."""
    return [here for before, here in zip([-1, *places], places, strict=False) if here != before]


def _show(store: FrameStore, wanted: Wanted, size: QSize) -> float:
    began = time.perf_counter()
    waiting = QEventLoop()
    store.ready.connect(waiting.quit)
    QTimer.singleShot(PATIENCE_MS, waiting.quit)
    store.want([wanted], size)
    if store.image(wanted, size) is None:
        waiting.exec()
    store.ready.disconnect(waiting.quit)
    return (time.perf_counter() - began) * 1000
