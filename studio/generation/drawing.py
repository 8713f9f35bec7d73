"""The one job a runtime draws: whose reports count, what is written of them, and how long a stop may take."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from model_runtime import protocol
from studio.generation.estimate import MeasuredSeconds
from studio.generation.live import JobProgress, Running
from studio.generation.rows import JobRows
from studio.project.cards import JobCard, JobState

KEEP_STEP_EVERY_S = 2.0
"""How often the step of a running job is written to its row."""

FREE_SPACE = "Free some space on that disk; the job goes on by itself."


class Drawing(QObject):
    """Nothing, or one job being drawn."""

    progressed = Signal(str, object)
    """job id, JobProgress"""
    impatient = Signal()
    """It was asked to stop and still runs after the time that may take."""

    def __init__(self, rows: JobRows, measured: MeasuredSeconds, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._measured = measured
        self._running: Running | None = None
        self._patience = _single_shot(self, self.impatient.emit)
        self._keep_step = _single_shot(self, self._write_step)

    def __bool__(self) -> bool:
        return self._running is not None

    def is_of(self, job: str, attempt: int | None = None) -> bool:
        one = self._running
        return one is not None and one.job == job and attempt in (None, one.attempt)

    @property
    def progress(self) -> JobProgress | None:
        return self._running.progress if self._running else None

    @property
    def stopping(self) -> bool:
        return self._running is not None and self._running.stopping

    def begin(self, card: JobCard, wish: protocol.Generate) -> None:
        """The wish was sent."""
        self._running = Running(
            card.id,
            card.shot,
            wish.attempt,
            wish.engine,
            wish.kind,
            wish.engine_frames,
            wish.steps,
            unlike_others=wish.attempt > 1 or not _is_plain(wish),
        )
        self._rows.keep(card.id, state=JobState.RUNNING, attempt=wish.attempt, sentence="", hint="")
        self.progressed.emit(card.id, self._running.progress)

    def note(self, report: protocol.Progress) -> None:
        one = self._required()
        if one.waits_for_space:
            one.waits_for_space = False
            self._rows.keep(one.job, state=JobState.RUNNING, sentence="", hint="")
        self.progressed.emit(one.job, one.note(report))
        if not self._keep_step.isActive():
            self._keep_step.start(int(KEEP_STEP_EVERY_S * 1000))

    def loaded(self) -> None:
        """Its engine was not in memory and is now."""
        if self._running:
            self._running.loaded = True

    def wait_for_space(self, reason: str) -> None:
        one = self._required()
        if not one.waits_for_space:
            one.waits_for_space = one.waited_for_space = True
            self._rows.keep(one.job, state=JobState.WAITING, sentence=reason, hint=FREE_SPACE)

    def ask_to_stop(self) -> protocol.Cancel | None:
        """What to send; None where it was asked before. `impatient` follows if it does not end in time."""
        one = self._required()
        if one.stopping:
            return None
        self.progressed.emit(one.job, one.ask_to_stop(self._measured))
        self._patience.start(int(one.stopping_s * 1000))
        return protocol.Cancel(one.job, one.attempt)

    def end(self, *, well: bool = False) -> Running:
        """It is drawn no more. `well`: it was finished, and how long it took is worth remembering."""
        one = self._required()
        self._running = None
        self._patience.stop()
        self._keep_step.stop()
        one.end()
        if well and not one.unlike_others and not one.waited_for_space:
            self._measured.note(one.engine, one.kind, one.drawings, *one.measured())
        return one

    def _write_step(self) -> None:
        one = self._required()
        self._rows.keep(one.job, step=one.progress.done, steps=one.progress.total)

    def _required(self) -> Running:
        assert self._running is not None, "no job is being drawn"
        return self._running


def _is_plain(wish: protocol.Generate) -> bool:
    """Whether every drawing is drawn, so that it takes as long as others of its length."""
    pictures = all(given.count == 1 for given in wish.given)
    return pictures and wish.mask is None and wish.strength == 1.0


def _single_shot(parent: QObject, act: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.timeout.connect(act)
    return timer
