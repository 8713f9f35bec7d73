"""What a running job shows between two edits of the film: steps and time left, as the panels read them."""

from __future__ import annotations

from dataclasses import dataclass

from studio.generation.live import JobProgress
from studio.ui.parts.times import waiting_time

STAGES = {
    "loading": "loading the engine",
    "reading": "reading the pictures",
    "decoding": "developing the frames",
    "writing": "writing the take",
}
"""The trade's words for the stages a runtime reports; drawing counts its steps instead."""
LAST_STAGES = ("decoding", "writing")


@dataclass(frozen=True)
class Live:
    stage: str = ""
    done: int = 0
    total: int = 0
    seconds_left: float = -1.0
    stopping: float = -1.0

    @classmethod
    def of(cls, progress: JobProgress) -> Live:
        return cls(progress.stage, progress.done, progress.total, progress.seconds_left, progress.stopping)

    @property
    def drawing(self) -> bool:
        return self.stage == "drawing" and self.total > 0

    @property
    def bar(self) -> tuple[int, int]:
        """Done and total: moves with the drawing, full while the frames are developed and written."""
        return (self.done, self.total) if self.drawing else (int(self.stage in LAST_STAGES), 1)

    @property
    def short(self) -> str:
        """For a card: `12 of 24`."""
        return f"{self.done} of {self.total}" if self.drawing else ""

    @property
    def words(self) -> str:
        """For the queue: `step 12 of 24`, or what is being done."""
        if self.stopping >= 0:
            return "stopping"
        return f"step {self.done} of {self.total}" if self.drawing else STAGES.get(self.stage, "starting")

    @property
    def left(self) -> str:
        if self.stopping >= 0:
            return f"at most {waiting_time(self.stopping)}"
        return f"{waiting_time(self.seconds_left)} left" if self.seconds_left >= 0 else ""
