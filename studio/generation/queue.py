"""The queue of jobs: what starts next, what each report of the runtime means for the film, and how a job is stopped.

The rows of the film are the queue; what is kept here is only the one job being drawn. Two writes make a take: the job
when it is submitted, the take when its files are in media/. Between them only the job's own row changes.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from model_runtime import protocol
from studio.errors import ProjectError, Refused, RuntimeFailed, StudioError
from studio.generation import estimate, recovery
from studio.generation.intake import Delivery, Intake, record, told
from studio.generation.live import JobProgress, Running
from studio.generation.plan import Plan, Wish
from studio.generation.submission import Pending, Submission
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import JobCard, JobState
from studio.project.commands import job as jobs
from studio.runtime.client import ClientState, RuntimeClient
from studio.runtime.process import RuntimeOutcome

RUNTIME = "frames"
KEEP_STEP_EVERY_S = 2.0
"""How often the step of a running job is written to its row."""
LOSSES_AT_ONE_PLACE = 2

WAITING_TO_START = (JobState.QUEUED, JobState.PAUSED, JobState.HELD, JobState.INTERRUPTED)
OVER = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)

log = logging.getLogger("shotwright.generation")


class JobQueue(QObject):
    """Wishes in, takes out. Lives on the GUI thread and never waits."""

    submitted = Signal(str)
    """job id: its row is in the film"""
    refused = Signal(str, object, str)
    """shot id, StudioError, the id `submit` returned: it became no job"""
    progressed = Signal(str, object)
    """job id, JobProgress"""
    previewed = Signal(str, object)
    """job id, JPEG files as a tuple of bytes"""
    finished = Signal(str)
    """job id: it ended, well or not; its card says how"""
    idle = Signal()
    """nothing is left to do, or nothing can be done"""
    troubled = Signal(object)
    """StudioError: the runtime is given up; the queue stands until `resume`"""
    engines_changed = Signal()
    pause_changed = Signal(bool)

    def __init__(
        self,
        project: OpenProject,
        frames: RuntimeClient,
        words: RuntimeClient | None = None,
        measured: estimate.MeasuredSeconds | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._project = project
        self._frames = frames
        self._measured = measured or estimate.MeasuredSeconds()
        self._submission = Submission(project, frames, words, self)
        self._submission.planned.connect(self._record)
        self._submission.refused.connect(self._refuse)
        self._intake = Intake(project.media, self)
        self._intake.taken_in.connect(self._take_in)
        self._intake.failed.connect(self._not_taken_in)
        self._running: Running | None = None
        self._closed = False
        self._busy = False
        self._paused = False
        self._patience = _single_shot(self, self._stop_by_force)
        self._keep_step = _single_shot(self, self._write_step)
        frames.reported.connect(self.handle)
        frames.lost.connect(self._lost)

    # --- wishes ---------------------------------------------------------------------------------------------------

    def submit(self, shot: str, wish: Wish | None = None, *, retry_of: str = "") -> str:
        """Plan one job; returns the id it will have. `submitted` or `refused` follows.

        Raises StudioError at once where the wish is already known to be impossible; nothing was written then.
        """
        self._require_writable()
        pending = Pending(queries.new_job_id(), shot, wish or Wish(), retry_of)
        self._submission.add(pending)
        self._busy = True
        return pending.job

    def submit_missing(self, engine: str = "sketch") -> list[str]:
        """A clip for every shot without a take, unless it is approved, omitted, or has a live job."""
        self._require_writable()
        return [job for shot in self._missing() if (job := self._submit_one_of_many(shot, Wish("clip", engine)))]

    def cancel(self, job: str) -> None:
        """Take it out of the queue, or stop it at its next step. Raises Refused where it is over already."""
        if self._submission.drop(job):
            self._look_further()
            return
        if self._running and self._running.job == job:
            self._stop_running(self._running)
            return
        card = self._card(job)
        if job in self._intake or card.state in OVER:
            raise Refused(f"The job of {card.shot_number} is over already.", "Its take can be rejected instead.")
        self._end(job, JobState.CANCELLED)

    def stop_now(self, job: str) -> None:
        """As `cancel`, but a running job's runtime is killed at once; its engine must be loaded again after that."""
        self.cancel(job)
        if self._running and self._running.job == job:
            self._stop_by_force()

    def pause(self) -> None:
        """Start no further job; the one being drawn goes on."""
        self._require_writable()
        self._set_pause(True)
        for card in self._waiting(JobState.QUEUED):
            self._set(card.id, state=JobState.PAUSED)

    def resume(self) -> None:
        """Go on after a pause, or after the runtime was given up."""
        self._require_writable()
        self._set_pause(False)
        for card in self._waiting(JobState.PAUSED):
            self._set(card.id, state=JobState.QUEUED)
        if self._frames.given_up:
            self._frames.start()
        self._look_further()

    def retry(self, job: str) -> str:
        """Try it again: an interrupted or held job goes on, one that is over gives a new job that names it."""
        self._require_writable()
        card = self._card(job)
        if card.state in (JobState.INTERRUPTED, JobState.HELD):
            self._set(job, state=JobState.QUEUED, sentence="", hint="", lost_step=-1, lost_count=0)
            self._look_further()
            return job
        if card.state not in (JobState.FAILED, JobState.CANCELLED):
            raise Refused(f"The job of {card.shot_number} has not failed.", "Generate the shot for another take.")
        return self.submit(card.shot, recovery.wish_again(self._project, job), retry_of=job)

    def move(self, job: str, place: int) -> None:
        """Put a waiting job at `place`, 1 being the next to start."""
        self._require_writable()
        self._project.run(jobs.move_job, job, place)

    # --- asking ---------------------------------------------------------------------------------------------------

    @property
    def paused(self) -> bool:
        return self._paused

    @property
    def busy(self) -> bool:
        """Whether anything is being planned, drawn or taken in."""
        return bool(self._submission or self._running or self._intake)

    def live(self, job: str) -> JobProgress | None:
        """How far a job is; None unless it is being drawn."""
        return self._running.progress if self._running and self._running.job == job else None

    def engines(self) -> tuple[protocol.EngineInfo, ...]:
        """What the runtime offers; empty until it was started once (`engines_changed`)."""
        return self._frames.ready.engines if self._frames.ready else ()

    def estimate_text(self, shot: str, wish: Wish) -> str:
        """`about 0:12` from what was measured on this machine; empty where nothing was, or the wish is refused."""
        try:
            one = self._submission.outline(shot, wish)
        except StudioError:
            return ""
        if one is None:
            return ""
        return estimate.in_words(self._measured.job(wish.engine, wish.kind, one.fit.drawings))

    def refusal(self, shot: str, wish: Wish) -> StudioError | None:
        """Why `wish` would be refused now; None where it would not, or where that is not known yet."""
        try:
            self._submission.outline(shot, wish)
        except StudioError as error:
            return error
        return None

    # --- opening and closing --------------------------------------------------------------------------------------

    def recover(self) -> None:
        """Called once after opening: jobs that were running are finished, if their files are, or wait again."""
        if not self._project.writable:
            return
        self._set_pause(bool(self._waiting(JobState.PAUSED)))
        for job, recipe, finished in recovery.recover(self._project):
            self._busy = True
            self._intake.begin(job, recipe, finished)
        recovery.clear_leftovers(self._project)
        if self._frames.state is ClientState.READY:
            self._requeue_interrupted()
        self._look_further()

    def close(self) -> None:
        """Called before the runtimes are shut down: the job being drawn goes on at the next opening."""
        self._closed = True
        self._submission.clear()
        self._frames.reported.disconnect(self.handle)
        self._frames.lost.disconnect(self._lost)
        self._patience.stop()
        self._keep_step.stop()
        self._intake.close()
        if self._running is not None:
            running, self._running = self._running, None
            self._set(running.job, state=JobState.INTERRUPTED, step=running.progress.done)

    # --- reports --------------------------------------------------------------------------------------------------

    def handle(self, report: protocol.Up) -> None:
        """One branch for each report of the frames runtime."""
        if isinstance(report, protocol.Ready):
            self._ready()
            return
        running = self._running
        if running is None or (getattr(report, "job", ""), getattr(report, "attempt", 0)) != (
            running.job,
            running.attempt,
        ):
            return
        match report:
            case protocol.Progress():
                self._note_progress(running, report)
            case protocol.Preview():
                self.previewed.emit(running.job, _pictures(report))
            case protocol.Waiting():
                self._wait_for_space(running, report.reason)
            case protocol.Finished():
                self._begin_intake(running, report)
            case protocol.Failed():
                self._end_running(JobState.FAILED, sentence=report.sentence, hint=report.hint, trace=report.trace)
            case protocol.Cancelled():
                self._end_running(JobState.CANCELLED)
            case protocol.Held():
                self._end_running(JobState.HELD, step=report.step)

    def _ready(self) -> None:
        self.engines_changed.emit()
        self._requeue_interrupted()
        self._look_further()

    def _requeue_interrupted(self) -> None:
        """Jobs that lost their runtime wait for this one, unless they were given up, which their sentence tells."""
        for card in self._waiting(JobState.INTERRUPTED):
            if not card.sentence and card.id not in self._intake:
                self._set(card.id, state=JobState.PAUSED if self._paused else JobState.QUEUED)

    def _wait_for_space(self, running: Running, reason: str) -> None:
        if not running.waits_for_space:
            running.waits_for_space = True
            self._set(running.job, state=JobState.WAITING, sentence=reason)

    def _note_progress(self, running: Running, report: protocol.Progress) -> None:
        if running.waits_for_space:
            running.waits_for_space = False
            self._set(running.job, state=JobState.RUNNING, sentence="")
        self.progressed.emit(running.job, running.note(report))
        if not self._keep_step.isActive():
            self._keep_step.start(int(KEEP_STEP_EVERY_S * 1000))

    def _begin_intake(self, running: Running, finished: protocol.Finished) -> None:
        running.end()
        if not running.resumed:
            self._measured.note(running.engine, running.kind, running.drawings, running.seconds, running.stages)
        self._frames.job_finished()
        self._running = None
        self._patience.stop()
        self._keep_step.stop()
        self._intake.begin(running.job, recovery.recipe_of(self._project, running.job), finished)
        self._look_further()

    def _end_running(self, state: JobState, **facts: Any) -> None:
        running = self._running
        assert running is not None
        self._running = None
        self._patience.stop()
        self._keep_step.stop()
        self._end(running.job, state, **facts)

    def _end(self, job: str, state: JobState, **facts: Any) -> None:
        """Write the job's ending, then look for the next one."""
        self._set(job, state=state, **facts)
        if state is JobState.CANCELLED:
            self._intake.clear_away(job)
        self.finished.emit(job)
        self._look_further()

    # --- losing the runtime ---------------------------------------------------------------------------------------

    def _lost(self, outcome: RuntimeOutcome) -> None:
        if self._running is not None:
            if self._running.stopping:
                self._end_running(JobState.CANCELLED)
            else:
                self._interrupt(self._running)
        if outcome.given_up:
            self.troubled.emit(RuntimeFailed(outcome.sentence, outcome.hint))
        self._look_further()

    def _interrupt(self, running: Running) -> None:
        """It waits for the next runtime, unless it was lost at this very place before."""
        self._running = None
        self._keep_step.stop()
        step = running.progress.done
        count = self._project.ask(queries.losses, running.job, step) + 1
        facts: dict[str, Any] = {"step": step, "lost_step": step, "lost_count": count}
        if count >= LOSSES_AT_ONE_PLACE:
            where = f"at step {step} of {running.progress.total}" if running.progress.total else "at its start"
            facts["sentence"] = f"The runtime was lost {count} times {where} of this job."
            facts["hint"] = "Retry it with other programs closed, or make the shot shorter."
        self._set(running.job, state=JobState.INTERRUPTED, **facts)
        if count >= LOSSES_AT_ONE_PLACE:
            self.finished.emit(running.job)

    def _stop_running(self, running: Running) -> None:
        if running.stopping:
            return
        self.progressed.emit(running.job, running.ask_to_stop(self._measured))
        self._patience.start(int(running.stopping_s * 1000))
        if self._frames.state is ClientState.READY:
            self._frames.send(protocol.Cancel(running.job, running.attempt))

    def _stop_by_force(self) -> None:
        self._frames.stop_now()

    # --- starting -------------------------------------------------------------------------------------------------

    def _record(self, pending: Pending, made: Plan) -> None:
        """The first of the two writes."""
        try:
            self._project.run(
                jobs.record_job,
                pending.job,
                shot=pending.shot,
                recipe=made.recipe.to_json(),
                request=protocol.encode(made.request).decode(),
                retry_of=pending.retry_of or None,
                state=JobState.PAUSED if self._paused else JobState.QUEUED,
            )
        except StudioError as error:
            self._refuse(pending, error)
            return
        for note in made.notes:
            log.info("%s: %s", made.recipe.shot_number, note)
        self.submitted.emit(pending.job)
        self._look_further()

    def _refuse(self, pending: Pending, error: StudioError) -> None:
        self.refused.emit(pending.shot, error, pending.job)
        self._look_further()

    def _look_further(self) -> None:
        """Start the next job where one can start; say `idle` once where nothing is left."""
        if self._closed or self._running is not None or self._intake:
            return
        able = self._project.writable and not self._paused and not self._frames.given_up
        card = self._project.ask(queries.next_queued, RUNTIME) if able else None
        if card is not None:
            self._busy = True
            self._start(card)
        elif able and any(not one.sentence for one in self._waiting(JobState.INTERRUPTED)):
            self._busy = True
            self._frames.start()
        elif self._busy and not self.busy:
            self._busy = False
            self.idle.emit()

    def _start(self, card: JobCard) -> None:
        if self._frames.state is not ClientState.READY:
            self._frames.start()
            return
        _recipe, request = self._project.ask(queries.job_request, card.id)
        wish = protocol.decode(request.encode())
        assert isinstance(wish, protocol.Generate)
        attempt = card.attempt + 1
        wish = dataclasses.replace(wish, job=card.id, attempt=attempt, resume=attempt > 1)
        self._running = Running(
            card.id, card.shot, attempt, wish.engine, wish.kind, wish.engine_frames, wish.steps, resumed=attempt > 1
        )
        self._set(card.id, state=JobState.RUNNING, attempt=attempt, sentence="", hint="")
        try:
            self._frames.send(wish)
        except protocol.BadMessage as error:
            self._end_running(JobState.FAILED, sentence="The wish is too large to be sent.", hint=str(error))
        else:
            self.progressed.emit(card.id, self._running.progress)

    # --- finishing ------------------------------------------------------------------------------------------------

    def _take_in(self, delivery: Delivery) -> None:
        """The second of the two writes: take or panel, and the job's end, in one commit."""
        try:
            record(self._project, delivery)
        except StudioError as error:
            self._end(delivery.job, JobState.FAILED, sentence=error.sentence, hint=error.hint)
            return
        self._intake.clear_away(delivery.job)
        self.finished.emit(delivery.job)
        self._look_further()

    def _not_taken_in(self, job: str, error: BaseException) -> None:
        problem = told(error)
        state = JobState.FAILED if isinstance(error, StudioError) else JobState.INTERRUPTED
        self._end(job, state, sentence=problem.sentence, hint=problem.hint)
        if not isinstance(error, (StudioError, OSError)):
            raise error

    # --- small things ---------------------------------------------------------------------------------------------

    def _missing(self) -> list[str]:
        return [
            card.id
            for card in self._project.ask(queries.shot_cards)
            if not (card.takes or card.approved or card.omitted or card.job)
        ]

    def _submit_one_of_many(self, shot: str, wish: Wish) -> str:
        """As `submit`, but a refusal is told by the signal and does not keep the others from their turn."""
        try:
            return self.submit(shot, wish)
        except StudioError as error:
            self.refused.emit(shot, error, "")
            return ""

    def _card(self, job: str) -> JobCard:
        return self._project.ask(queries.job_card, job)

    def _waiting(self, state: JobState) -> list[JobCard]:
        return [card for card in self._project.ask(queries.live_jobs) if card.state is state]

    def _set(self, job: str, **facts: Any) -> None:
        self._project.run(jobs.set_job, job, **facts)

    def _write_step(self) -> None:
        if self._running is not None:
            progress = self._running.progress
            self._set(self._running.job, step=progress.done, steps=progress.total)

    def _set_pause(self, paused: bool) -> None:
        if paused is not self._paused:
            self._paused = paused
            self.pause_changed.emit(paused)

    def _require_writable(self) -> None:
        if not self._project.writable:
            raise ProjectError(
                f"{self._project.folder} is open for reading only: nothing can be generated.",
                "Open it where it can be written, or close the window that holds it.",
            )


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
