"""Deliveries become part of the film: taken in beside the window, then recorded with their job's end in one commit."""

from __future__ import annotations

import contextlib
import shutil
from concurrent.futures import Future, ThreadPoolExecutor

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from model_runtime import protocol, safe_files
from studio.errors import BadValue, NoSpaceLeft, StudioError
from studio.generation.delivery import Delivery, take_in
from studio.generation.rows import JobRows
from studio.open_project import OpenProject
from studio.project.cards import JobState
from studio.project.commands import take as commands
from studio.project.recipe import Recipe

SPACE_RETRY_MS = 2_000


class Intake(QObject):
    """Takes deliveries in on a thread of its own, one after another, and records them on the thread it lives on."""

    ended = Signal(str)
    """job id: its files are in the film, or its row says why they are not."""
    _ready = Signal(str, object)

    def __init__(self, project: OpenProject, rows: JobRows, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._rows = rows
        self._worker = ThreadPoolExecutor(1, "intake")
        self._open: dict[str, Future[Delivery] | None] = {}
        """None: waits for space before it is tried again."""
        self._asked: dict[str, tuple[Recipe, protocol.Finished]] = {}
        # Queued also where the work was done before its end could be listened for: never told within `begin`.
        self._ready.connect(self._report, Qt.ConnectionType.QueuedConnection)

    def __bool__(self) -> bool:
        return bool(self._open)

    def __contains__(self, job: str) -> bool:
        return job in self._open

    def begin(self, job: str, recipe: Recipe, finished: protocol.Finished) -> None:
        self._asked[job] = (recipe, finished)
        work = self._worker.submit(take_in, self._project.media, job, recipe, finished)
        self._open[job] = work
        work.add_done_callback(lambda done: self._ready.emit(job, done))

    def clear_away(self, job: str) -> None:
        """Remove the job's folder: what is in it is in the film, or not wanted."""
        self._asked.pop(job, None)
        self._worker.submit(shutil.rmtree, self._project.media.job_folder(job), ignore_errors=True)

    def drop(self, job: str) -> None:
        """It is not wanted any more: what comes of it is not recorded."""
        self._open.pop(job, None)

    def close(self) -> None:
        """Wait until nothing is written any more, and record what is in media/ by now; nothing is told of it."""
        self._worker.shutdown()
        done = [work.result() for work in self._open.values() if work is not None and work.exception() is None]
        self._open.clear()
        for delivery in done:
            with contextlib.suppress(NoSpaceLeft):  # found again at the next opening
                self._record(delivery)
                self._rows.forgive(delivery.job)

    @Slot(str, object)
    def _report(self, job: str, work: Future[Delivery]) -> None:
        if self._open.pop(job, None) is None:
            return
        error = work.exception()
        if error is None:
            self._taken_in(work.result())
        elif isinstance(error, safe_files.NoSpace):
            self._wait_for_space(job, error.sentence)
        else:
            self._not_taken_in(job, error)

    def _taken_in(self, delivery: Delivery) -> None:
        try:
            if self._record(delivery):
                self._rows.forgive(delivery.job)
                self.clear_away(delivery.job)
        except NoSpaceLeft as error:
            self._wait_for_space(delivery.job, error.sentence)
            return
        self.ended.emit(delivery.job)

    def _record(self, delivery: Delivery) -> bool:
        """The second of the two writes; False where the film refused it, which the job's row says then."""
        try:
            record(self._project, delivery)
        except NoSpaceLeft:
            raise
        except StudioError as error:
            self._rows.fail(delivery.job, error)
            return False
        return True

    def _wait_for_space(self, job: str, sentence: str) -> None:
        """No space is waiting, not failed: the files lie in media/ or in the job's folder, and nothing is lost."""
        self._open[job] = None
        QTimer.singleShot(SPACE_RETRY_MS, self, lambda: self._try_again(job))
        self._rows.wait_for_space(job, sentence)

    def _try_again(self, job: str) -> None:
        if job in self._open:
            self.begin(job, *self._asked[job])

    def _not_taken_in(self, job: str, error: BaseException) -> None:
        problem = told(error)
        state = JobState.FAILED if isinstance(error, StudioError) else JobState.INTERRUPTED
        self._rows.keep(job, state=state, sentence=problem.sentence, hint=problem.hint)
        self.ended.emit(job)
        if not isinstance(error, (StudioError, OSError)):
            raise error


def record(project: OpenProject, delivery: Delivery) -> None:
    """The take or panel, and the end of its job, in one commit. Told twice, it records it once."""
    if delivery.kind == "still":
        project.run(
            commands.record_panel,
            delivery.job,
            media=delivery.name,
            width=delivery.width,
            height=delivery.height,
        )
    else:
        project.run(
            commands.record_take,
            delivery.job,
            media=delivery.name,
            latents=delivery.latents,
            frames=delivery.frames,
            width=delivery.width,
            height=delivery.height,
        )


def told(error: BaseException) -> StudioError:
    """The failure of an intake as something to tell."""
    if isinstance(error, StudioError):
        return error
    return BadValue(f"The finished files could not be put into the film: {error}.", "They are kept; retry the job.")
