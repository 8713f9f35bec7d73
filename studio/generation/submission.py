"""Wishes on their way to becoming jobs: waiting for the engines to be known and for the prompt to be composed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from model_runtime import protocol
from studio.errors import RuntimeFailed, StudioError
from studio.generation.budget import Budget
from studio.generation.expansion import Expansion, Result
from studio.generation.material import collect, refuse_vanished
from studio.generation.plan import (
    Outline,
    Plan,
    budget_of,
    find_engine,
    outline,
    plan,
    refuse_for_any_engine,
    text_request,
)
from studio.generation.wish import Wish
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import ShotBrief
from studio.runtime.client import RuntimeClient
from studio.runtime.process import RuntimeOutcome


@dataclass(frozen=True)
class Pending:
    """One wish, and the job it becomes."""

    job: str
    shot: str
    wish: Wish
    retry_of: str = ""


class Submission(QObject):
    """Plans wishes in the order they came. Writes nothing; says each outcome by a signal, never within `add`."""

    planned = Signal(object, object)
    """Pending, Plan"""
    refused = Signal(object, object)
    """Pending, StudioError"""

    def __init__(
        self, project: OpenProject, frames: RuntimeClient, words: RuntimeClient | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._project = project
        self._frames = frames
        self.expansion = Expansion(words, self) if words else None
        """Asks for prompts; None where no words runtime belongs to the film."""
        self._pending: list[Pending] = []
        self._asked: set[str] = set()
        # One timer, not a call posted for each wish: those would all be run in one turn.
        self._next_turn = QTimer(self, singleShot=True, interval=0)
        self._next_turn.timeout.connect(self._go_on)
        frames.reported.connect(self._heard)
        frames.lost.connect(self._lost)

    def __bool__(self) -> bool:
        return bool(self._pending)

    def add(self, pending: Pending) -> None:
        """Begin to plan. Raises StudioError at once where the wish is already known to be impossible."""
        if self._frames.ready is not None:
            self._outline(pending, self._frames.ready)
        else:
            brief = self._project.ask(queries.shot_brief, pending.shot)
            refuse_for_any_engine(brief, pending.wish, collect(self._project, pending.wish))
        self._pending.append(pending)
        if self._frames.ready is None:
            self._frames.start()
        self._next_turn.start()

    def drop(self, job: str) -> bool:
        """Forget a wish that is no job yet; False where it is unknown."""
        found = next((one for one in self._pending if one.job == job), None)
        if found:
            self._forget(found)
        return found is not None

    def close(self) -> None:
        """Nothing is planned or asked any more."""
        self._pending.clear()
        self._asked.clear()
        if self.expansion is not None:
            self.expansion.close()

    def outlines(self, shot: str, *wishes: Wish) -> tuple[Outline | StudioError, ...]:
        """What each wish would become now, or why it would be refused; nothing while the engines are not known."""
        ready = self._frames.ready
        if ready is None:
            return ()
        try:
            brief = self._project.ask(queries.shot_brief, shot)
        except StudioError as error:
            return tuple(error for _ in wishes)
        return tuple(self._outline_or_refusal(brief, wish, ready) for wish in wishes)

    def budget(self, shot: str, wish: Wish, prompt: str | None = None) -> Budget | StudioError:
        """Which references would go along now, whether or not the wish would be refused for something else."""
        ready = self._frames.ready
        if ready is None:
            return Budget()
        try:
            brief = self._project.ask(queries.shot_brief, shot)
            found = budget_of(brief, wish, find_engine(wish.engine, ready), prompt)
        except StudioError as error:
            return error
        return found.within(self._project.media.media)

    def _outline_or_refusal(self, brief: ShotBrief, wish: Wish, ready: protocol.Ready) -> Outline | StudioError:
        try:
            return self._outlined(brief, wish, ready)
        except StudioError as error:
            return error

    def _outline(self, pending: Pending, ready: protocol.Ready) -> Outline:
        return self._outlined(self._project.ask(queries.shot_brief, pending.shot), pending.wish, ready)

    def _outlined(self, brief: ShotBrief, wish: Wish, ready: protocol.Ready) -> Outline:
        return outline(brief, wish, ready, collect(self._project, wish, brief.given))

    def _heard(self, report: protocol.Up) -> None:
        if isinstance(report, protocol.Ready):
            self._go_on()

    def _lost(self, outcome: RuntimeOutcome) -> None:
        if outcome.given_up and self._frames.ready is None:
            for pending in list(self._pending):
                self._refuse(pending, RuntimeFailed(outcome.sentence, outcome.hint))

    def _go_on(self) -> None:
        """Ask for the text of the next wish that has not asked yet; one in each turn: many stop the window."""
        ready = self._frames.ready
        pending = next((one for one in self._pending if one.job not in self._asked), None)
        if ready is None or pending is None:
            return
        self._asked.add(pending.job)
        self._next_turn.start()
        try:
            self._ask(pending, ready)
        except StudioError as error:
            self._refuse(pending, error)

    def _ask(self, pending: Pending, ready: protocol.Ready) -> None:
        wanted = text_request(self._outline(pending, ready))
        if wanted is None or self.expansion is None:
            self._finish(pending, None)
        else:
            self.expansion.ask(wanted, lambda result: self._answered(pending, result))

    def _answered(self, pending: Pending, result: Result | StudioError) -> None:
        if isinstance(result, protocol.Expanded):
            self._finish(pending, result.text, result.negative)
        else:
            other = RuntimeFailed("The words runtime answered something else.", "Try again.")
            self._refuse(pending, result if isinstance(result, StudioError) else other)

    def _finish(self, pending: Pending, text: str | None, negative: str = "") -> None:
        """Plan from the shot as it is now: other jobs may have taken its next number since the text was asked for."""
        ready = self._frames.ready
        if pending not in self._pending or ready is None:
            return
        try:
            made: Plan = plan(self._outline(pending, ready), text, negative)
            refuse_vanished(self._project.media, made.recipe.shot_number, made.request)
        except StudioError as error:
            self._refuse(pending, error)
            return
        self._forget(pending)
        self.planned.emit(pending, made)

    def _refuse(self, pending: Pending, error: StudioError) -> None:
        if pending in self._pending:
            self._forget(pending)
            self.refused.emit(pending, error)

    def _forget(self, pending: Pending) -> None:
        self._pending.remove(pending)
        self._asked.discard(pending.job)
