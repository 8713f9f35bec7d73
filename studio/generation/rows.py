"""The queue as the film keeps it: its rows asked and changed, one short transaction each."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Sequence
from typing import Any

from model_runtime import protocol, safe_files
from studio.errors import BadValue, NoSpaceLeft, ProjectError, StudioError
from studio.generation.plan import Plan
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import JobCard, JobState, ShotCard
from studio.project.commands import job as jobs
from studio.project.job_queries import jobs_in_state
from studio.project.media import Imported
from studio.project.recipe import Recipe

RUNTIME = "frames"
FREE_SPACE = "Free some space on that disk; the job goes on by itself."

log = logging.getLogger("shotwright.generation")


class JobRows:
    """The job rows of one film. Every change is outside undo."""

    def __init__(self, project: OpenProject) -> None:
        self._project = project
        self._owed: dict[str, dict[str, Any]] = {}

    @property
    def owed(self) -> bool:
        """Whether the disk was too full for something: the rows are behind until `pay` succeeds."""
        return bool(self._owed)

    @property
    def writable(self) -> bool:
        return self._project.writable

    def require_writable(self) -> None:
        if not self.writable:
            raise ProjectError(
                f"{self._project.folder} is open for reading only: nothing can be generated.",
                "Open it where it can be written, or close the window that holds it.",
            )

    def card(self, job: str) -> JobCard:
        return self._project.ask(queries.job_card, job)

    def next(self) -> JobCard | None:
        """The job to draw next."""
        return self._project.ask(queries.next_queued, RUNTIME)

    def in_state(self, state: JobState) -> list[JobCard]:
        """The live jobs of one state, in queue order."""
        return [card for card in self._project.ask(queries.live_jobs) if card.state is state]

    def held(self) -> list[JobCard]:
        """Jobs stopped to be looked at, in queue order."""
        return list(self._project.ask(jobs_in_state, JobState.HELD))

    def resumable(self) -> list[JobCard]:
        """Interrupted jobs that go on by themselves; one that was given up has a sentence saying so."""
        return [card for card in self.in_state(JobState.INTERRUPTED) if not card.sentence]

    def recipe(self, job: str) -> Recipe:
        """Raises BadValue where it cannot be read."""
        try:
            return Recipe.from_json(self._project.ask(queries.job_request, job)[0])
        except BadValue as error:
            raise _unreadable("recipe") from error

    def request(self, job: str) -> protocol.Generate:
        """As it was planned, without attempt. Raises BadValue where it cannot be read."""
        try:
            wish = protocol.decode(self._project.ask(queries.job_request, job)[1].encode())
        except protocol.BadMessage as error:
            raise _unreadable("request") from error
        if not isinstance(wish, protocol.Generate):
            raise _unreadable("request")
        return wish

    def losses(self, job: str, place: int) -> int:
        """How often its runtime was lost at this very place (`Running.place`), so far."""
        return self._project.ask(queries.losses, job, place)

    def missing_shots(self, kind: str = "clip", scene: str | None = None) -> list[str]:
        """Shots of the film, or of one scene, that may be drawn in bulk and have nothing of this kind yet.

        clip: without a take; still: without a take and without a panel.
        """
        cards = self._in_bulk(scene)
        return [card.id for card in cards if not (card.takes or (kind == "still" and card.panels))]

    def out_of_date_shots(self) -> list[str]:
        """Those that may be drawn in bulk; also where the board tells of a failed job first."""
        cards = self._in_bulk(None)
        chosen = self._project.ask(queries.takes_by_id, [card.chosen_take for card in cards if card.chosen_take])
        return [card.id for card in cards if card.chosen_take and chosen[card.chosen_take].out_of_date]

    def _in_bulk(self, scene: str | None) -> list[ShotCard]:
        """Shots that are not approved, not omitted and without a live job."""
        cards = self._project.ask(queries.shot_cards)
        may = [card for card in cards if not (card.approved or card.omitted or card.job)]
        return [card for card in may if scene is None or card.scene == scene]

    def set(self, job: str, **facts: Any) -> None:
        self._project.run(jobs.set_job, job, **facts)

    def let_go(self, job: str) -> None:
        """A held job waits in line again, to be drawn to its end."""
        request = dataclasses.replace(self.request(job), stop_at=0)
        self._project.run(jobs.let_go_job, job, request=protocol.encode(request).decode())

    def keep(self, job: str, **facts: Any) -> None:
        """As `set`, for what happened already: where the disk is full it is owed to the row and written by `pay`."""
        self._owed[job] = {**self._owed.get(job, {}), **facts}
        self.pay()

    def wait_for_space(self, job: str, sentence: str) -> None:
        self.keep(job, state=JobState.WAITING, sentence=sentence, hint=FREE_SPACE)

    def fail(self, job: str, error: StudioError) -> None:
        self.keep(job, state=JobState.FAILED, sentence=error.sentence, hint=error.hint)

    def pay(self) -> None:
        """Write what is owed, as far as the disk takes it."""
        try:
            for job in list(self._owed):
                self.set(job, **self._owed[job])
                del self._owed[job]
        except NoSpaceLeft as error:
            log.warning("%s The state of a job is written later.", error.sentence)

    def forgive(self, job: str) -> None:
        """What is owed to a row that says by now how its job ended is not to be written over that."""
        self._owed.pop(job, None)

    def set_all(self, state: JobState, to: JobState) -> None:
        ids = [card.id for card in self.in_state(state)]
        if ids:
            self._project.run(jobs.set_state_of_jobs, ids, to)

    def move(self, job: str, place: int) -> None:
        self._project.run(jobs.move_job, job, place)

    def record(
        self, job: str, shot: str, made: Plan, *,
        paused: bool, retry_of: str = "", imported: Sequence[tuple[Imported, str]] = (),
    ) -> None:  # fmt: skip
        """The first of the two writes that make a take. Files `imported` for it enter the film in the same one."""
        try:
            request = protocol.encode(made.request).decode()
        except protocol.BadMessage:
            raise too_large(made.recipe.shot_number) from None
        try:
            with self._project.media.keeping(found for found, _purpose in imported):
                self._project.run(
                    jobs.record_job,
                    job,
                    shot=shot,
                    recipe=made.recipe.to_json(),
                    request=request,
                    retry_of=retry_of or None,
                    state=JobState.PAUSED if paused else JobState.QUEUED,
                    runtime=RUNTIME,
                    imported=imported,
                )
        except safe_files.NoSpace as error:
            raise NoSpaceLeft(error.sentence, error.hint) from error


def too_large(shot_number: str) -> BadValue:
    return BadValue(
        f"The job of {shot_number} is too large to be sent.", "Shorten what the shot says, or take subjects out of it."
    )


def _unreadable(what: str) -> BadValue:
    return BadValue(f"The {what} of this job cannot be read; the film's file was altered.", "Generate the shot again.")
