"""What a running attempt tells the studio: progress that never goes back, previews that never come too often."""

from __future__ import annotations

import base64
import io
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from model_runtime import protocol

if TYPE_CHECKING:
    import numpy as np

PREVIEW_INTERVAL_S = 0.25
PROGRESS_INTERVAL_S = 0.05


class AttemptReporter:
    """The reporter of one attempt: keeps progress from going back and previews from coming too often."""

    def __init__(
        self, request: protocol.Generate, stop: threading.Event, send: Callable[[protocol.Message], None]
    ) -> None:
        self.key = (request.job, request.attempt)
        self.stop = stop
        self.send = send
        self.furthest = (-1, 0.0)
        self.next_preview = 0.0
        self.next_progress = 0.0

    def progress(self, stage: str, done: int, total: int, seconds_left: float = -1.0) -> None:
        place, now = (protocol.STAGES.index(stage), done / max(total, 1)), time.monotonic()
        news = place[0] > self.furthest[0] or done == total or now >= self.next_progress
        if place > self.furthest and news:
            self.furthest, self.next_progress = place, now + PROGRESS_INTERVAL_S
            self.send(protocol.Progress(*self.key, stage, done, total, seconds_left))

    def wants_preview(self) -> bool:
        return time.monotonic() >= self.next_preview

    def preview(self, pictures: list[np.ndarray]) -> None:
        if pictures and self.wants_preview():
            self.next_preview = time.monotonic() + PREVIEW_INTERVAL_S
            self.send(protocol.Preview(*self.key, preview_jpegs(pictures)))

    def notice(self, text: str) -> None:
        self.send(protocol.Notice("info", text, self.key[0]))

    def should_stop(self) -> bool:
        return self.stop.is_set()


def preview_jpegs(pictures: list[np.ndarray]) -> tuple[str, ...]:
    """At most 8 evenly chosen pictures as JPEG in base64, together within the protocol's size."""
    count = min(len(pictures), protocol.PREVIEW_PICTURES)
    chosen = [pictures[i * len(pictures) // count] for i in range(count)]
    for quality, width in ((80, 320), (60, 240), (40, 160), (30, 96)):
        jpegs = [_jpeg(one, quality, width) for one in chosen]
        if sum(map(len, jpegs)) <= protocol.PREVIEW_BYTES:
            return tuple(jpegs)
    return tuple(jpegs[:1])


def _jpeg(picture: np.ndarray, quality: int, width: int) -> str:
    from PIL import Image

    image = Image.fromarray(picture)
    if image.width > width:
        image = image.resize((width, max(1, round(image.height * width / image.width))))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return base64.b64encode(buffer.getvalue()).decode("ascii")
