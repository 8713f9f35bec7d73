"""Waiting for jobs without a window: shows how far they are, hears Ctrl+C, and says how they ended."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEventLoop

from studio.app import Faults, Studio, stop_signals
from studio.cli.progress import Show
from studio.cli.talk import counted
from studio.errors import StudioError
from studio.project import queries
from studio.project.cards import JobCard, JobState
from studio.project.changes import Changes

KINDS = {"clip": "motion", "still": "panel"}
WELL = (JobState.DONE, JobState.HELD)
"""Endings that were wished for."""


class Work:
    """The jobs one command waits for. Signals of the queue come in between `begin` and the end of `wait`."""

    def __init__(self, studio: Studio, progress: Show) -> None:
        self._studio, self._queue, self._progress = studio, studio.queue, progress
        self._loop = QEventLoop()
        self._open: set[str] = set()
        self._stopped = False
        self._trouble: StudioError | None = None
        self.over: list[JobCard] = []
        self.refusals: list[StudioError] = []
        self._connected: tuple[tuple[Any, Callable[..., None]], ...] = (
            (self._queue.submitted, self._began), (self._queue.refused, self._refused),
            (self._queue.progressed, self._went_on), (self._queue.finished, self._ended),
            (self._queue.idle, self._loop.quit), (self._queue.troubled, self._troubled),
            (self._queue.noted, self._noted), (studio.project.changed, self._changed),
        )

    def wait(self, submit: Callable[[], list[str]]) -> list[JobCard]:
        """Submit, then wait until those jobs and every live one named by `submit` are over; their cards in order.

        Raises StudioError where a job was refused, failed, or was stopped by Ctrl+C; finished takes are kept.
        """
        for sent, slot in self._connected:
            sent.connect(slot)
        try:
            self._open = {job for job in submit() if job}
            if self._queue.paused:
                self._queue.resume()
            if self._open:
                self._run()
        finally:
            for sent, slot in self._connected:
                sent.disconnect(slot)
        self._raise_for_what_went_wrong()
        return self.over

    def _run(self) -> None:
        for job in [card.id for card in self._studio.project.ask(queries.live_jobs) if card.id in self._open]:
            self._began(job)
        with Faults(lambda error, path: self._loop.quit()) as faults, stop_signals(self._stop):
            self._loop.exec()
        if faults.first is not None:
            raise faults.first

    # --- what the queue says --------------------------------------------------------------------------------------

    def _began(self, job: str) -> None:
        if job in self._open:
            card = self._card(job)
            self._progress.start(job, f"{card.shot_number} {KINDS.get(card.kind, card.kind)}")

    def _went_on(self, job: str, progress: Any) -> None:
        if job in self._open and progress.stage:
            left = f", {progress.seconds_left:.0f} s left" if progress.seconds_left >= 0 else ""
            self._progress.update(job, progress.done, progress.total, f"{progress.stage}{left}")

    def _noted(self, job: str, sentence: str) -> None:
        if job in self._open:
            self._progress.tell(job, sentence)

    def _ended(self, job: str) -> None:
        if job not in self._open:
            return
        card = self._card(job)
        self.over.append(card)
        self._progress.end(job, card.state.value if card.state in WELL else f"{card.state}: {card.sentence}")
        self._close(job)

    def _changed(self, changes: Changes) -> None:
        """A job that waits for space would wait for ever where nobody sees it: the command ends, the job is kept."""
        for job in self._open & changes["job"]:
            card = self._card(job)
            if card.state is JobState.WAITING:
                self._troubled(StudioError(card.sentence, "Free some space, then run the same command again."))

    def _refused(self, shot: str, error: StudioError, job: str) -> None:
        self.refusals.append(error)
        self._close(job)

    def _close(self, job: str) -> None:
        self._open.discard(job)
        if not self._open:
            self._loop.quit()

    def _troubled(self, error: StudioError) -> None:
        self._trouble = error
        self._loop.quit()

    def _stop(self) -> None:
        self._stopped = True
        self._loop.quit()

    # --- how it went ----------------------------------------------------------------------------------------------

    def _card(self, job: str) -> JobCard:
        card: JobCard = self._studio.project.ask(queries.job_card, job)
        return card

    def _raise_for_what_went_wrong(self) -> None:
        if self._trouble is not None:
            raise self._trouble
        done = sum(1 for card in self.over if card.state in WELL)
        if self._stopped:
            raise self._stopped_early(done)
        problems = [(card.sentence or f"{card.shot_number} is {card.state}.", card.hint)
                    for card in self.over if card.state not in WELL]
        problems += [(error.sentence, error.hint) for error in self.refusals]
        if self._open and not problems:
            problems = [(f"{counted(len(self._open), 'job')} did not come to an end.", "Run the same command again.")]
        if problems:
            sentence, hint = problems[0]
            more = f" ({len(problems) - 1} more like it; {done} done.)" if len(problems) > 1 else ""
            raise StudioError(sentence + more, hint)

    def _stopped_early(self, done: int) -> StudioError:
        """A wish that became no job yet is not in the queue."""
        kept = [card.id for card in self._studio.project.ask(queries.live_jobs) if card.id in self._open]
        film = shlex.quote(str(self._studio.project.folder))
        hint = (f"They go on with the next command that draws. Not wanted? shotwright cancel {film} {' '.join(kept)}"
                if kept else "Run the same command again.")
        return StudioError(f"Stopped by Ctrl+C: {counted(done, 'job')} done, {len(kept)} kept in the queue.", hint)
