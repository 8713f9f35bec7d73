"""What is known of the job being drawn right now: how far it is, how fast, and how long a stop may take."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from model_runtime.protocol import STAGES, Progress
from studio.generation.estimate import MeasuredSeconds

SHORTEST_PATIENCE_S = 2.0
PATIENCE_FACTOR = 1.5
LOADING = "loading"
STEPPED = "drawing"
"""The stage that goes on from a saved step, and in which a stop is heard at every step and not only at its end."""


@dataclass(frozen=True)
class JobProgress:
    """How far a job is, as the screens show it."""

    job: str
    stage: str
    """loading, reading, drawing, decoding, writing; empty before the first report."""
    done: int = 0
    total: int = 0
    seconds_left: float = -1.0
    """-1: unknown."""
    stopping: float = -1.0
    """Seconds after which a stop is forced, counted from the moment it was asked; -1: not stopping."""


@dataclass
class Running:
    """The one job a runtime works on."""

    job: str
    shot: str
    attempt: int
    engine: str
    kind: str
    drawings: int
    steps: int
    clock: Callable[[], float] = time.monotonic
    stages: dict[str, float] = field(default_factory=dict)
    """Seconds each stage that is over took."""
    stopping_s: float = -1.0
    stepped: tuple[int, int] | None = None
    """Step and steps as the stepped stage last told them; other stages count something else."""
    unlike_others: bool = False
    """Resumed, or drawn only in part: how long it takes says nothing of others of its length."""
    waits_for_space: bool = False
    waited_for_space: bool = False
    loaded: bool = False
    """Whether the engine had to be loaded for it."""

    def __post_init__(self) -> None:
        self.began = self._stage_began = self._step_began = self.clock()
        self.progress = JobProgress(self.job, "")
        self._step_s = 0.0

    @property
    def seconds(self) -> float:
        return self.clock() - self.began

    @property
    def stopping(self) -> bool:
        return self.stopping_s >= 0

    @property
    def place(self) -> int:
        """Where it is, to tell whether it was lost there before: the stage, and in the stepped stage the step."""
        stage = self.progress.stage
        done = self.progress.done if stage == STEPPED else 0
        return (STAGES.index(stage) + 1) * 10_000 + done if stage in STAGES else 0

    @property
    def place_in_words(self) -> str:
        stage, done, total = self.progress.stage, self.progress.done, self.progress.total
        if stage not in STAGES:
            return "before it began"
        return f"while {stage}, at step {done} of {total}" if stage == STEPPED else f"while {stage}"

    def note(self, report: Progress) -> JobProgress:
        """Take in one report of progress; returns what the screens show."""
        now = self.clock()
        if report.stage == STEPPED:
            self.stepped = report.done, report.total
        if report.stage != self.progress.stage:
            self._end_stage(now)
        elif report.done > self.progress.done:
            self._step_s = (now - self._step_began) / (report.done - self.progress.done)
            self._step_began = now
        self.progress = JobProgress(
            self.job, report.stage, report.done, report.total, report.seconds_left, self.stopping_s
        )
        return self.progress

    def ask_to_stop(self, measured: MeasuredSeconds) -> JobProgress:
        self.stopping_s = self.patience(measured)
        shown = self.progress
        self.progress = JobProgress(self.job, shown.stage, shown.done, shown.total, shown.seconds_left, self.stopping_s)
        return self.progress

    def patience(self, measured: MeasuredSeconds) -> float:
        """Seconds a stop may take: the longer of 2 s and 1.5 times what runs now, a step or a whole stage."""
        stage = self.progress.stage
        taken = self._step_s if stage == STEPPED else measured.stage(self.engine, stage) or 0.0
        return max(SHORTEST_PATIENCE_S, PATIENCE_FACTOR * taken)

    def end(self) -> None:
        """Close the last stage, so that `stages` covers the whole job."""
        self._end_stage(self.clock())

    def measured(self) -> tuple[float, dict[str, float]]:
        """(seconds, seconds by stage) worth remembering: of the loading only what really loaded something.

        Loading is once for many jobs: in the seconds of the first it would make every later estimate too long.
        """
        stages = {stage: taken for stage, taken in self.stages.items() if stage != LOADING or self.loaded}
        return self.seconds - self.stages.get(LOADING, 0.0), stages

    def _end_stage(self, now: float) -> None:
        if self.progress.stage:
            self.stages[self.progress.stage] = self.stages.get(self.progress.stage, 0.0) + now - self._stage_began
        self._stage_began = self._step_began = now
        self._step_s = 0.0
