"""From the Generate buttons to the queue and back: submits wishes, keeps what runs, tells what stands in the way."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

from studio.errors import BadValue, StudioError
from studio.generation.budget import Budget
from studio.generation.live import JobProgress
from studio.generation.queue import JobQueue
from studio.generation.wish import Wish
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import JobCard, JobState, PanelCard, ShotCard, TakeCard
from studio.project.job_queries import last_failures
from studio.settings import DECLARED, Settings
from studio.ui.live import Live
from studio.ui.outlook import Outlook
from studio.ui.parts.pictures import PreviewStore
from studio.ui.selection import Selection

FAILED = (JobState.FAILED, JobState.INTERRUPTED)


TOGETHER_MS = 150
"""Refusals that come within this time of each other are told together."""
MOST_TOLD = 5


def together(refusals: Sequence[StudioError]) -> StudioError:
    """One refusal for several: how many, then the first few sentences, then the ways out, each once."""
    if len(refusals) == 1:
        return refusals[0]
    sentences = list(dict.fromkeys(error.sentence for error in refusals))
    hints = list(dict.fromkeys(error.hint for error in refusals if error.hint))
    rest = [f"and {len(sentences) - MOST_TOLD} more"] if len(sentences) > MOST_TOLD else []
    told = "\n".join((*sentences[:MOST_TOLD], *rest, *hints[:MOST_TOLD]))
    return StudioError(f"{len(refusals)} shots were not queued; the others are.", told)


class Drawing(QObject):
    refused = Signal(object)
    """StudioError; nothing was queued"""
    progressed = Signal(str)
    """job id"""
    noted = Signal(str)
    """What is done otherwise than asked, such as a reference that is not sent."""
    queue_changed = Signal()

    def __init__(
        self, project: OpenProject, queue: JobQueue, settings: Settings, selection: Selection, previews: PreviewStore
    ) -> None:
        super().__init__()
        self._project, self._queue, self._settings = project, queue, settings
        self._selection, self._previews = selection, previews
        self._live: dict[str, Live] = {}
        self._dismissed: set[str] = set()
        self._pictured: set[str] = set()
        """Held jobs whose picture was shown."""
        self.keep_typed: Callable[[], None] = lambda: None
        """Called before anything is generated: words still being typed are part of what is drawn."""
        self.seed: Callable[[], int | None] = lambda: None
        """Where the wished seed is read; raises BadValue."""
        queue.progressed.connect(self._progressed)
        queue.previewed.connect(previews.show)
        queue.noted.connect(lambda _job, sentence: self.noted.emit(sentence))
        queue.finished.connect(self._finished)
        self._refusals: list[StudioError] = []
        self._tell_refusals = QTimer(self, singleShot=True, interval=TOGETHER_MS)
        self._tell_refusals.timeout.connect(self._refuse_together)
        queue.refused.connect(lambda _shot, error, _job: self._refuse_soon(error))
        queue.troubled.connect(self.refused)
        queue.pause_changed.connect(lambda _paused: self.queue_changed.emit())
        queue.engines_changed.connect(self.queue_changed)

    @property
    def engine(self) -> str:
        return str(self._settings["engine"])

    @property
    def live(self) -> dict[str, Live]:
        """What runs now, by job."""
        return self._live

    @property
    def paused(self) -> bool:
        return self._queue.paused

    def engines(self) -> list[str]:
        """Engines to choose from: those that come with the program, then what else the runtime offers."""
        offered = (engine.id for engine in self._queue.engines())
        return list(dict.fromkeys((*DECLARED["engine"].choices, self.engine, *offered)))

    # --- wishes ---

    def generate_panel(self) -> None:
        self.generate("still", self._settings["takes"])

    def generate_motion(self) -> None:
        self.generate("clip", self._settings["takes"])

    def generate(self, kind: Literal["still", "clip"], takes: int) -> None:
        """Queues `takes` jobs for each selected shot. With a wished seed the takes count up from it."""
        self.keep_typed()
        try:
            seed = self.seed()
        except BadValue as error:
            self.refused.emit(error)
            return
        for shot in self._selection.shots:
            for number in range(takes):
                wish = Wish(kind, self.engine, None if seed is None else seed + number)
                if not self._try(partial(self._queue.submit, shot, wish)):
                    break

    def generate_missing(self) -> None:
        """A clip for every shot of the film that has none."""
        self.keep_typed()
        self._try(lambda: self._queue.submit_missing(self.engine))

    def generate_missing_in(self, scene: str) -> None:
        self.keep_typed()
        self._try(lambda: self._queue.submit_missing(self.engine, scene=scene))

    def generate_panels_in(self, scene: str) -> None:
        """A panel for every shot of the scene that has no picture yet."""
        self.keep_typed()
        self._try(lambda: self._queue.submit_missing(self.engine, "still", scene))

    def generate_scene_panels(self) -> None:
        """The same for the scene of the current shot."""
        if shot := self._selection.shot:  # which may be gone since the last turn, by an undo
            self._try(lambda: self.generate_panels_in(self._project.ask(queries.shot_card, shot).scene))

    def generate_out_of_date(self) -> None:
        self.keep_typed()
        self._try(lambda: self._queue.submit_out_of_date(self.engine))

    def run_again(self, take: str) -> None:
        """The take once more, from exactly what it was made of."""
        self._try(lambda: self._queue.run_again(take))

    def submit_or_refusal(self, shot: str, wish: Wish) -> StudioError | None:
        """Queues one job; what comes back says why it cannot be."""
        try:
            self._queue.submit(shot, wish)
        except StudioError as error:
            return error
        return None

    def pause(self, paused: bool) -> None:
        self._try(self._queue.pause if paused else self._queue.resume)

    def toggle_pause(self) -> None:
        self.pause(not self._queue.paused)

    def cancel(self, job: str) -> None:
        self._try(lambda: self._queue.cancel(job))

    def stop_now(self, job: str) -> None:
        self._try(lambda: self._queue.stop_now(job))

    def retry(self, job: str) -> None:
        if self._try(lambda: self._queue.retry(job)):
            self.dismiss(job)

    def move(self, job: str, place: int) -> None:
        """A waiting job to another place in line, 1 being the next to start."""
        self._try(lambda: self._queue.move(job, place))

    def dismiss(self, job: str) -> None:
        """A failed job leaves the list of this window; the film keeps it."""
        self._dismissed.add(job)
        self.queue_changed.emit()

    def choose_engine(self, engine: str) -> None:
        try:
            self._settings["engine"] = engine
        except BadValue as error:
            self.refused.emit(error)
        self.queue_changed.emit()

    def keep_takes(self, takes: int) -> None:
        self._settings["takes"] = takes

    # --- asking ---

    def shown_jobs(self) -> list[JobCard]:
        """For the foot: what runs, waits in order, is held, then what failed and no later job of the shot mended."""
        live = self._project.ask(queries.live_jobs)
        running = [card for card in live if card.state is JobState.RUNNING]
        waiting = [card for card in live if card not in running and card.state not in FAILED]
        stuck = [card for card in live if card.state is JobState.INTERRUPTED and card.sentence]
        failed = sorted(self._project.ask(last_failures), key=lambda card: card.made_at)
        broken = [card for card in (*stuck, *failed) if card.id not in self._dismissed]
        return [*running, *waiting, *self._held(), *broken]

    def expected(self, jobs: Sequence[JobCard]) -> dict[str, float]:
        """Seconds each job in line will take, where something like it was measured on this machine."""
        seconds = {card.id: self._queue.seconds(card.id) for card in jobs if card.place}
        return {job: known for job, known in seconds.items() if known is not None}

    def _held(self) -> list[JobCard]:
        """Those stopped to be looked at; the picture each left is shown once it is listed."""
        held = self._queue.held()
        for job in held:
            if job.preview is not None and job.card.id not in self._pictured:
                self._pictured.add(job.card.id)
                with contextlib.suppress(OSError):
                    self._previews.show(job.card.id, (job.preview.read_bytes(),))
        return [job.card for job in held]

    def outlook(self, shot: ShotCard, take: TakeCard | None, panel: PanelCard | None) -> Outlook:
        """What the prompt panel says before one generates. `take`, `panel`: whose text is shown, the take's first."""
        text, label = self._text_sent(shot, take, panel)
        motion, still = self._queue.foreseen(shot.id, Wish("clip", self.engine), Wish("still", self.engine))
        if motion.refusal is not None:
            return Outlook(text, label, refusal=motion.refusal.sentence, way_out=motion.refusal.hint)
        words = (("Panel", still.estimate), ("Motion", motion.estimate))
        return Outlook(text, label, ", ".join(f"{word} {estimate}" for word, estimate in words if estimate))

    def budget(self, shot: str, prompt: str | None = None) -> Budget | StudioError:
        """Which pictures would go along with a clip of the shot now, and which not. `prompt`: with that text."""
        return self._queue.budget(shot, Wish("clip", self.engine), prompt)

    def know_engines(self) -> None:
        """What they can take is asked for where it is not known yet; `queue_changed` follows."""
        self._queue.know_engines()

    def prompt_style(self) -> str:
        """The caption style the engine at hand reads; empty where that is not known yet."""
        return next((one.prompt_style for one in self._queue.engines() if one.id == self.engine), "")

    def _text_sent(self, shot: ShotCard, take: TakeCard | None, panel: PanelCard | None) -> tuple[str, str]:
        """The composed text and what it was composed for: the job in the queue, else the take, else the panel."""
        if shot.job is not None:
            recipe, _request = self._project.ask(queries.job_request, shot.job)
            label = "Text composed for the job in the queue"
        elif take is not None:
            recipe, label = take.recipe, f"Text sent for take {take.name}"
        else:
            recipe, label = (panel.recipe, f"Text sent for panel {panel.number}") if panel else ("", "")
        return (str(json.loads(recipe).get("prompt", "")), label) if recipe else ("", "")

    # --- refusals of many ---

    def _refuse_soon(self, error: StudioError) -> None:
        """A wish for many shots may be refused for many: one sheet tells of all of them."""
        self._refusals.append(error)
        self._tell_refusals.start()

    def _refuse_together(self) -> None:
        refusals, self._refusals = self._refusals, []
        self.refused.emit(together(refusals))

    # --- reports ---

    def _progressed(self, job: str, progress: JobProgress) -> None:
        self._live[job] = Live.of(progress)
        self.progressed.emit(job)

    def _finished(self, job: str) -> None:
        self._live.pop(job, None)
        self._previews.drop(job)
        self._pictured.discard(job)
        self.progressed.emit(job)

    def _try(self, wish: Callable[[], object]) -> bool:
        try:
            wish()
        except StudioError as error:
            self.refused.emit(error)
            return False
        return True

