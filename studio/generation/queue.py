"""The queue of jobs: wishes join it, and it says which job starts next, which are paused, cancelled and tried again.

The rows of the film are the queue (`rows.py`); beside them only the one job being drawn is kept (`drawing.py`). Two
writes make a take: the job when it is submitted, the take when its files are in media/ (`intake.py`). Between them only
the job's own row changes.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from model_runtime import protocol
from studio.errors import Refused, RuntimeFailed, StudioError
from studio.generation import estimate, recovery
from studio.generation.again import plan_again
from studio.generation.budget import Budget
from studio.generation.drawing import Drawing
from studio.generation.expansion import Expansion
from studio.generation.held import HeldJob, held_beside, held_jobs, only_held
from studio.generation.intake import SPACE_RETRY_MS, Intake
from studio.generation.live import JobProgress
from studio.generation.plan import Outline, Plan
from studio.generation.rows import JobRows
from studio.generation.submission import Pending, Submission
from studio.generation.wish import Wish
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import JobCard, JobState
from studio.project.commands.job import OVER
from studio.project.recipe import Recipe
from studio.runtime.client import ClientState, RuntimeClient
from studio.runtime.process import RuntimeOutcome

log = logging.getLogger("shotwright.generation")


@dataclass(frozen=True)
class Foreseen:
    """What would come of a wish."""

    refusal: StudioError | None = None
    """Why it would be refused; None where it would not, or where that is not known yet."""
    estimate: str = ""
    """`about 0:12` from what was measured on this machine; empty where nothing was, or the wish is refused."""


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
    noted = Signal(str, str)
    """job id, a sentence: what is done otherwise than asked, as a picture cropped or a reference left out"""
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
        self._rows = JobRows(project)
        self._submission = Submission(project, frames, words, self)
        self._submission.planned.connect(self._record)
        self._submission.refused.connect(self._refuse)
        self._drawing = Drawing(self._rows, project.media, frames, self._measured, self)
        self._drawing.progressed.connect(self.progressed)
        self._drawing.previewed.connect(self.previewed)
        self._drawing.noted.connect(self.noted)
        self._drawing.finished.connect(self._begin_intake)
        self._drawing.ended.connect(self._end)
        self._drawing.given_up.connect(self.finished)
        self._intake = Intake(project, self._rows, self)
        self._intake.ended.connect(self._taken_in)
        self._later = QTimer(self, singleShot=True, interval=SPACE_RETRY_MS)
        self._later.timeout.connect(self._pay)
        self._recipes: dict[str, Recipe] = {}
        """Of jobs in line: a recipe never changes, and the queue is told anew with every job that ends."""
        self._closed = False
        self._busy = False
        self._paused = False
        frames.reported.connect(self._heard)
        frames.lost.connect(self._lost)

    # --- wishes ---------------------------------------------------------------------------------------------------

    def submit(self, shot: str, wish: Wish | None = None, *, retry_of: str = "") -> str:
        """Plan one job; returns the id it will have. `submitted` or `refused` follows.

        Raises StudioError at once where the wish is already known to be impossible; nothing was written then.
        """
        self._rows.require_writable()
        self._start_if_given_up()
        pending = Pending(queries.new_job_id(), shot, wish or Wish(), retry_of)
        self._submission.add(pending)
        self._busy = True
        return pending.job

    def submit_missing(
        self, engine: str = "sketch", kind: Literal["clip", "still"] = "clip", scene: str | None = None
    ) -> list[str]:
        """A clip for every shot of the film, or of one scene, without a take; a still for every one without a picture.

        Shots that are approved, omitted, or have a live job are left alone.
        """
        self._rows.require_writable()
        return self._submit_all(self._rows.missing_shots(kind, scene), Wish(kind, engine))

    def submit_out_of_date(self, engine: str = "sketch") -> list[str]:
        """A new clip for every shot whose chosen take is out of date, approved ones left alone."""
        self._rows.require_writable()
        return self._submit_all(self._rows.out_of_date_shots(), Wish("clip", engine))

    def run_again(self, take: str) -> str:
        """Draw a take once more from exactly what it was made of; returns the job, which waits in line now.

        Raises StudioError where that cannot be (`again.plan_again`).
        """
        self._rows.require_writable()
        made = plan_again(self._project, self._rows, take, self._frames.ready)
        self._start_if_given_up()
        job = queries.new_job_id()
        self._rows.record(job, made.recipe.shot, made, paused=self._paused)
        self._busy = True
        self.submitted.emit(job)
        self._look_further()
        return job

    def cancel(self, job: str) -> None:
        """Take it out of the queue, or stop it at its next step. Raises Refused where it is over already."""
        self._rows.require_writable()
        if self._submission.drop(job):
            self._look_further()
        elif self._drawing.is_of(job):
            self._drawing.stop()
        else:
            self._require_cancellable(self._rows.card(job))
            self._intake.drop(job)
            self._end(job, JobState.CANCELLED)

    def stop_now(self, job: str) -> None:
        """As `cancel`, but a running job's runtime is killed at once; its engine must be loaded again after that."""
        self.cancel(job)
        if self._drawing.is_of(job):
            self._frames.stop_now()

    def pause(self) -> None:
        """Start no further job; the one being drawn goes on."""
        self._rows.require_writable()
        self._rows.set_all(JobState.QUEUED, JobState.PAUSED)
        self._set_pause(True)

    def resume(self) -> None:
        """Go on after a pause, or after the runtime was given up."""
        self._rows.require_writable()
        self._rows.set_all(JobState.PAUSED, JobState.QUEUED)
        self._set_pause(False)
        self._start_if_given_up()
        self._look_further()

    def retry(self, job: str) -> str:
        """Try it again: an interrupted or held job goes on, one that is over gives a new job that names it."""
        self._rows.require_writable()
        card = self._rows.card(job)
        if card.state is JobState.HELD:
            self.go_on([job])
            return job
        if card.state is JobState.INTERRUPTED:
            self._rows.set(job, state=self._in_line, sentence="", hint="", lost_step=-1, lost_count=0)
            self._start_if_given_up()
            self._look_further()
            return job
        if card.state not in (JobState.FAILED, JobState.CANCELLED):
            raise Refused(f"The job of {card.shot_number} has not failed.", "Generate the shot for another take.")
        wish = recovery.wish_again(self._rows.recipe(job), self._rows.request(job).stop_at)
        return self.submit(card.shot, wish, retry_of=job)

    def go_on(self, jobs: Sequence[str], *, cancel_others: bool = False) -> None:
        """Draw held jobs to their end, from where each was saved; nothing is done where one of them is not held.

        `cancel_others`: what else is held of the same shots is cancelled, with what was saved of it.
        """
        self._rows.require_writable()
        continued = only_held(self._rows, jobs)
        for card in continued:
            self._rows.let_go(card.id)
        if self._paused:
            self._rows.set_all(JobState.QUEUED, JobState.PAUSED)
        for other in held_beside(self._rows, continued) if cancel_others else ():
            self._end(other.id, JobState.CANCELLED)
        self._start_if_given_up()
        self._look_further()

    def move(self, job: str, place: int) -> None:
        """Put a waiting job at `place`, 1 being the next to start."""
        self._rows.require_writable()
        self._rows.move(job, place)

    # --- asking ---------------------------------------------------------------------------------------------------

    @property
    def paused(self) -> bool:
        return self._paused

    @property
    def busy(self) -> bool:
        """Whether anything is being planned, drawn or taken in."""
        return bool(self._submission or self._drawing or self._intake or self._rows.owed)

    def held(self) -> list[HeldJob]:
        """Jobs that were stopped to be looked at, oldest first."""
        return held_jobs(self._rows, self._project.media)

    def live(self, job: str) -> JobProgress | None:
        """How far a job is; None unless it is being drawn."""
        return self._drawing.progress if self._drawing.is_of(job) else None

    def engines(self) -> tuple[protocol.EngineInfo, ...]:
        """What the runtime offers; empty until it was started once (`engines_changed`)."""
        return self._frames.ready.engines if self._frames.ready else ()

    def budget(self, shot: str, wish: Wish, prompt: str | None = None) -> Budget | StudioError:
        """Which references would go along with `wish` now and which not; an empty one until the runtime was started.

        `prompt`: the text they would go with, where it is not the one that is used now.
        """
        return self._submission.budget(shot, wish, prompt)

    @property
    def expansion(self) -> Expansion | None:
        """Asks the words runtime; None where there is none."""
        return self._submission.expansion

    def know_engines(self) -> None:
        """Start the runtime that draws where it was not started yet; `engines_changed` follows."""
        if not self.engines() and not self._closed:
            self._frames.start()

    def foreseen(self, shot: str, *wishes: Wish) -> tuple[Foreseen, ...]:
        """What would come of each wish now; nothing is known until the runtime was started once."""
        outlines = self._submission.outlines(shot, *wishes)
        if not outlines:
            return tuple(Foreseen() for _ in wishes)
        return tuple(self._foreseen(wish, one) for wish, one in zip(wishes, outlines, strict=True))

    def estimate_text(self, shot: str, wish: Wish) -> str:
        """`about 0:12` from what was measured on this machine; empty where nothing was, or the wish is refused."""
        return self.foreseen(shot, wish)[0].estimate

    def _foreseen(self, wish: Wish, one: Outline | StudioError) -> Foreseen:
        if isinstance(one, StudioError):
            return Foreseen(one)
        if wish.work is not None:
            return Foreseen()  # how much of it is drawn is known to the engine alone
        return Foreseen(None, estimate.in_words(self._measured.clip(one.engine, wish.kind, one.fit.drawings)))

    def seconds(self, job: str) -> float | None:
        """How long a job in line will take, from what was measured here; None where nothing was, or it is part work."""
        recipe = self._recipes.get(job) or self._rows.recipe(job)
        self._recipes[job] = recipe
        if recipe.work is not None:
            return None
        engine = next((one for one in self.engines() if one.id == recipe.engine), None)
        if engine is None:
            return self._measured.job(recipe.engine, recipe.kind, recipe.engine_frames)
        return self._measured.clip(engine, recipe.kind, recipe.engine_frames)

    def refusal(self, shot: str, wish: Wish) -> StudioError | None:
        """Why `wish` would be refused now; None where it would not, or where that is not known yet."""
        return self.foreseen(shot, wish)[0].refusal

    # --- opening and closing --------------------------------------------------------------------------------------

    def recover(self) -> None:
        """Called once after opening: jobs that were running are finished, if their files are, or wait again."""
        if not self._project.writable:
            return
        self._set_pause(bool(self._rows.in_state(JobState.PAUSED)))
        for job, recipe, finished in recovery.recover(self._project, self._rows):
            self._busy = True
            self._intake.begin(job, recipe, finished)
        recovery.clear_leftovers(self._project)
        self._project.media.clear_leftovers()
        if self._frames.state is ClientState.READY:
            self._requeue_interrupted()
        self._look_further()

    def close(self) -> None:
        """Called before the runtimes are shut down: the job being drawn goes on at the next opening."""
        self._closed = True
        self._submission.close()
        self._frames.reported.disconnect(self._heard)
        self._frames.lost.disconnect(self._lost)
        self._intake.close()
        self._drawing.close()
        self._later.stop()
        self._rows.pay()

    # --- the runtime's reports -------------------------------------------------------------------------------------

    def _heard(self, report: protocol.Up) -> None:
        if isinstance(report, protocol.Ready):
            self._ready()
        else:
            self._drawing.handle(report)

    def _ready(self) -> None:
        self.engines_changed.emit()
        self._requeue_interrupted()
        self._look_further()

    def _lost(self, outcome: RuntimeOutcome) -> None:
        self._drawing.lost()
        if outcome.given_up:
            self.troubled.emit(RuntimeFailed(outcome.sentence, outcome.hint))
        self._look_further()

    def _requeue_interrupted(self) -> None:
        for card in self._rows.resumable():
            if card.id not in self._intake:
                self._rows.keep(card.id, state=self._in_line)

    def _begin_intake(self, job: str, finished: protocol.Finished) -> None:
        self._intake.begin(job, self._rows.recipe(job), finished)

    def _taken_in(self, job: str) -> None:
        self._recipes.pop(job, None)
        self.finished.emit(job)
        self._look_further()

    def _end(self, job: str, state: JobState, facts: Mapping[str, Any] | None = None) -> None:
        """Write the job's ending, then look for the next one."""
        self._rows.keep(job, state=state, **(facts or {}))
        self._recipes.pop(job, None)
        if state is JobState.CANCELLED:
            self._intake.clear_away(job)
        self.finished.emit(job)
        self._look_further()

    def _pay(self) -> None:
        self._rows.pay()
        self._look_further()

    # --- starting -------------------------------------------------------------------------------------------------

    def _record(self, pending: Pending, made: Plan) -> None:
        try:
            self._rows.record(
                pending.job, pending.shot, made,
                paused=self._paused, retry_of=pending.retry_of, imported=pending.wish.imported,
            )  # fmt: skip
        except StudioError as error:
            self._refuse(pending, error)
            return
        self.submitted.emit(pending.job)
        for note in made.notes:
            log.info("%s: %s", made.recipe.shot_number, note)
            self.noted.emit(pending.job, note)
        self._look_further()

    def _refuse(self, pending: Pending, error: StudioError) -> None:
        self.refused.emit(pending.shot, error, pending.job)
        self._look_further()

    def _look_further(self) -> None:
        """Start the next job where one can start; say `idle` once where nothing is left."""
        if self._closed or self._drawing or self._intake:
            return
        if self._rows.owed:
            # The rows are the queue: while they are behind, a job that is over would be started again.
            self._later.start()
            return
        able = self._rows.writable and not self._paused and not self._frames.given_up
        while able and not self._rows.owed and (card := self._rows.next()) is not None:
            self._busy = True
            if self._start(card):
                return
        if able and self._rows.resumable():
            self._busy = True
            self._frames.start()
        elif self._busy and not self.busy:
            self._busy = False
            self.idle.emit()

    def _start(self, card: JobCard) -> bool:
        """Send a job to the runtime, or start the runtime first; False where the job had to be failed instead."""
        ready = self._frames.ready
        if self._frames.state is not ClientState.READY or ready is None:
            self._frames.start()
            return True
        try:
            self._drawing.start(card, ready)
        except StudioError as error:
            self._rows.fail(card.id, error)
            self.finished.emit(card.id)
            return False
        return True

    # --- small things ---------------------------------------------------------------------------------------------

    def _submit_all(self, shots: Sequence[str], wish: Wish) -> list[str]:
        return [job for shot in shots if (job := self._submit_one_of_many(shot, wish))]

    def _submit_one_of_many(self, shot: str, wish: Wish) -> str:
        """As `submit`, but a refusal is told by the signal and does not keep the others from their turn."""
        try:
            return self.submit(shot, wish)
        except StudioError as error:
            self.refused.emit(shot, error, "")
            return ""

    def _require_cancellable(self, card: JobCard) -> None:
        if card.id in self._intake and card.state is not JobState.WAITING:
            raise Refused(
                f"The job of {card.shot_number} is drawn and on its way into the film.",
                "What it made can be rejected or removed then.",
            )
        if card.state in OVER:
            made = "Its take can be rejected instead." if card.take else "Its panel can be removed instead."
            way_out = made if card.state is JobState.DONE else "There is nothing left to cancel."
            raise Refused(f"The job of {card.shot_number} is over already.", way_out)

    def _start_if_given_up(self) -> None:
        """Whoever asks for a drawing asks for another try at the runtime, too."""
        if self._frames.given_up:
            self._frames.start()

    @property
    def _in_line(self) -> JobState:
        """What a job that waits for its turn is now."""
        return JobState.PAUSED if self._paused else JobState.QUEUED

    def _set_pause(self, paused: bool) -> None:
        if paused is not self._paused:
            self._paused = paused
            self.pause_changed.emit(paused)
