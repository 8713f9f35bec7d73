"""The one job a runtime draws: sent to it, each of its reports, stopped, and what it means to lose the runtime."""

from __future__ import annotations

import base64
import binascii
import dataclasses
import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from model_runtime import protocol
from studio.generation.estimate import MeasuredSeconds
from studio.generation.live import JobProgress, Running
from studio.generation.material import refuse_vanished
from studio.generation.recovery import check_engine
from studio.generation.rows import JobRows, too_large
from studio.project.cards import JobCard, JobState
from studio.project.media import MediaFolder
from studio.runtime.client import ClientState, RuntimeClient

KEEP_STEP_EVERY_S = 2.0
"""How often the step of a running job is written to its row."""
LOSSES_AT_ONE_PLACE = 2
"""After so many it stays interrupted until it is retried."""

log = logging.getLogger("shotwright.generation")


class Drawing(QObject):
    """Nothing, or one attempt at one job being drawn."""

    progressed = Signal(str, object)
    """job id, JobProgress"""
    previewed = Signal(str, object)
    """job id, JPEG files as a tuple of bytes"""
    noted = Signal(str, str)
    """job id, a sentence: what is done otherwise than asked"""
    finished = Signal(str, object)
    """job id, protocol.Finished: it is drawn, and its files wait to be taken in"""
    ended = Signal(str, object, object)
    """job id, JobState, facts of its row: it is drawn no more, and there is nothing to take in"""
    given_up = Signal(str)
    """job id: the runtime was lost too often at one place of it"""

    def __init__(
        self,
        rows: JobRows,
        media: MediaFolder,
        frames: RuntimeClient,
        measured: MeasuredSeconds,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows = rows
        self._media = media
        self._frames = frames
        self._measured = measured
        self._running: Running | None = None
        self._patience = _single_shot(self, frames.stop_now)
        self._keep_step = _single_shot(self, self._write_step)

    def __bool__(self) -> bool:
        return self._running is not None

    def is_of(self, job: str, attempt: int | None = None) -> bool:
        one = self._running
        return one is not None and one.job == job and attempt in (None, one.attempt)

    @property
    def progress(self) -> JobProgress | None:
        return self._running.progress if self._running else None

    # --- starting and stopping ------------------------------------------------------------------------------------

    def start(self, card: JobCard, ready: protocol.Ready) -> None:
        """Send the next attempt. Raises StudioError where it cannot be drawn; nothing is being drawn then."""
        attempt = card.attempt + 1
        wish = dataclasses.replace(self._rows.request(card.id), job=card.id, attempt=attempt, resume=attempt > 1)
        check_engine(self._rows.recipe(card.id), ready)
        refuse_vanished(self._media, card.shot_number, wish)
        try:
            self._frames.send(wish)
        except protocol.BadMessage:
            raise too_large(card.shot_number) from None
        self._begin(card, wish)

    def stop(self) -> None:
        """Ask it to stop at its next step; the runtime is killed if it does not in time. Asked again, nothing new."""
        one = self._required()
        if one.stopping:
            return
        self.progressed.emit(one.job, one.ask_to_stop(self._measured))
        self._patience.start(int(one.stopping_s * 1000))
        if self._frames.state is ClientState.READY:
            self._frames.send(protocol.Cancel(one.job, one.attempt))

    def close(self) -> None:
        """The film is closed: what is being drawn goes on at the next opening."""
        if self._running is None:
            return
        one = self._end()
        # A job that was told to stop must not go on at the next opening because the window closed first.
        state = JobState.CANCELLED if one.stopping else JobState.INTERRUPTED
        self._rows.keep(one.job, state=state, sentence="", **_steps(one))

    def _begin(self, card: JobCard, wish: protocol.Generate) -> None:
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

    def _end(self, *, well: bool = False) -> Running:
        """It is drawn no more. `well`: it was finished, and how long it took is worth remembering."""
        one = self._required()
        self._running = None
        self._patience.stop()
        self._keep_step.stop()
        one.end()
        if well and not one.unlike_others and not one.waited_for_space:
            self._measured.note(one.engine, one.kind, one.drawings, *one.measured())
        return one

    # --- reports --------------------------------------------------------------------------------------------------

    def handle(self, report: protocol.Up) -> None:
        """One branch for each report; those of no job, or of an attempt that is drawn no more, go by."""
        if isinstance(report, protocol.Loaded):
            self._loaded()
            return
        if isinstance(report, protocol.Notice):
            if report.job and self.is_of(report.job):
                self.noted.emit(report.job, report.text)
            return
        if not self.is_of(getattr(report, "job", ""), getattr(report, "attempt", 0)):
            return
        match report:
            case protocol.Progress():
                self._note(report)
            case protocol.Preview():
                self.previewed.emit(report.job, _pictures(report))
            case protocol.Waiting():
                self._wait_for_space(report.reason)
            case protocol.Finished():
                self._finish(report)
            case protocol.Failed():
                self._end_as(JobState.FAILED, sentence=report.sentence, hint=report.hint, trace=report.trace)
            case protocol.Cancelled():
                self._end_as(JobState.CANCELLED)
            case protocol.Held():
                self._held(report)

    def _loaded(self) -> None:
        """Its engine was not in memory and is now."""
        if self._running:
            self._running.loaded = True

    def _note(self, report: protocol.Progress) -> None:
        one = self._required()
        if one.waits_for_space:
            one.waits_for_space = False
            self._rows.keep(one.job, state=JobState.RUNNING, sentence="", hint="")
        self.progressed.emit(one.job, one.note(report))
        if not self._keep_step.isActive():
            self._keep_step.start(int(KEEP_STEP_EVERY_S * 1000))

    def _wait_for_space(self, reason: str) -> None:
        one = self._required()
        if not one.waits_for_space:
            one.waits_for_space = one.waited_for_space = True
            self._rows.wait_for_space(one.job, reason)

    def _finish(self, report: protocol.Finished) -> None:
        job = self._end(well=True).job
        self._frames.job_finished()
        self.finished.emit(job, report)

    def _held(self, report: protocol.Held) -> None:
        if self._required().stopping:
            self._end_as(JobState.CANCELLED)
        elif 0 < self._rows.request(report.job).stop_at <= report.step:
            self._end_as(JobState.HELD, **{**_steps(self._required()), "step": report.step})
        else:
            # Nobody here asked it to stop: it was told to end from outside, and `lost` follows.
            log.warning("the frames runtime stopped by itself at step %s", report.step)

    def _end_as(self, state: JobState, **facts: Any) -> None:
        self.ended.emit(self._end().job, state, facts)

    def _write_step(self) -> None:
        one = self._required()
        if one.stepped:
            self._rows.keep(one.job, **_steps(one))

    # --- losing the runtime ---------------------------------------------------------------------------------------

    def lost(self) -> None:
        """The runtime is gone: a job told to stop is cancelled by that, another one waits for the next runtime."""
        if self._running is None:
            return
        if self._running.stopping:
            self._end_as(JobState.CANCELLED)
        else:
            self._interrupt()

    def _interrupt(self) -> None:
        """The job waits for the next runtime, unless one was lost at this very place of it before."""
        running = self._end()
        count = self._rows.losses(running.job, running.place) + 1
        facts: dict[str, Any] = {**_steps(running), "lost_step": running.place, "lost_count": count}
        if count >= LOSSES_AT_ONE_PLACE:
            facts["sentence"] = f"The runtime was lost {count} times {running.place_in_words}."
            facts["hint"] = "Retry it with other programs closed, or make the shot shorter."
        self._rows.keep(running.job, state=JobState.INTERRUPTED, **facts)
        if count >= LOSSES_AT_ONE_PLACE:
            self.given_up.emit(running.job)

    def _required(self) -> Running:
        assert self._running is not None, "no job is being drawn"
        return self._running


def _steps(one: Running) -> dict[str, int]:
    """What its row says of how far the drawing is; nothing before that is known, for an earlier attempt may have."""
    return dict(zip(("step", "steps"), one.stepped, strict=True)) if one.stepped else {}


def _is_plain(wish: protocol.Generate) -> bool:
    """Whether every drawing is drawn, so that it takes as long as others of its length."""
    pictures = all(given.count == 1 for given in wish.given)
    return pictures and wish.mask is None and wish.strength == 1.0


def _pictures(report: protocol.Preview) -> tuple[bytes, ...]:
    try:
        return tuple(base64.b64decode(one, validate=True) for one in report.pictures)
    except (binascii.Error, ValueError) as error:
        log.warning("a preview was no picture: %s", error)
        return ()


def _single_shot(parent: QObject, act: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.timeout.connect(act)
    return timer
