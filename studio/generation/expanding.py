"""Longer prompts proposed for shots: asked for, heard while they are written, kept in the film, not accepted yet."""

from __future__ import annotations

import dataclasses
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from model_runtime import protocol
from studio.errors import NotFound, Refused, RuntimeFailed, StudioError
from studio.generation.expansion import PATIENCE_S, Result
from studio.generation.plan import budget_of
from studio.generation.question import GRAMMAR, question
from studio.generation.queue import JobQueue
from studio.generation.wish import Wish
from studio.generation.writers import STARTS_WITHIN_S, prompt_writer, providers
from studio.open_project import OpenProject
from studio.project import expansion_queries, queries, shot_queries
from studio.project.cards import ShotBrief
from studio.project.commands.expansion import propose_expansion
from studio.project.prompt_cards import ExpansionCard, PromptPart
from studio.settings import Settings

AT_ONCE = 4
"""Texts asked for at the same time: as many as the words runtime writes at once."""


@dataclass(frozen=True)
class _Wanted:
    shot: str
    provider: str
    variant: int | None
    locked: tuple[PromptPart, ...] | None
    language: str
    style: str


class Expanding(QObject):
    """Has prompts written for any number of shots. Lives on the GUI thread, never waits and never raises.

    A proposed text is stored at once, outside undo; it feeds nothing until the user accepts it.
    """

    streamed = Signal(str, str)
    """shot id, all that is written so far"""
    proposed = Signal(str, str)
    """shot id, expansion id: it is in the film"""
    refused = Signal(str, object)
    """shot id, StudioError whose sentence names the shot"""
    noted = Signal(str, str)
    """shot id, a sentence: what the writer left out and why"""
    checked = Signal(str, str, tuple)
    """shot id, its draft, the words of it that the engine at hand does not know"""
    progressed = Signal(int, int)
    """how many of the texts asked for are written or refused, of how many"""
    idle = Signal()
    """nothing is being written any more"""

    def __init__(
        self, project: OpenProject, queue: JobQueue, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._project, self._queue, self._settings = project, queue, settings
        self._waiting: deque[_Wanted] = deque()
        self._open: dict[str, str] = {}
        """Shot id to the name of its question."""
        self._done = self._total = 0
        self._check = ""
        """The question what a draft says to the engine."""
        self._next_turn = QTimer(self, singleShot=True, interval=0)
        self._next_turn.timeout.connect(self._go_on)
        queue.engines_changed.connect(self._next_turn.start)
        queue.troubled.connect(self._refuse_waiting)

    # --- wishes --------------------------------------------------------------------------------------------------

    def expand(
        self,
        shot: str,
        provider: str = GRAMMAR,
        variant: int | None = None,
        locked: Sequence[PromptPart] | None = None,
        language: str = "",
        style: str = "",
    ) -> None:
        """Have a prompt written for one shot; a text being written for it is given up. An outcome follows by a signal.

        `variant`: None for the next one after those this writer made of the same draft. `style`: empty for that of the
        engine at hand. `locked`: parts that stay word for word; None for those locked in the shot's newest text.
        """
        self._drop(shot)
        kept = None if locked is None else tuple(locked)
        self._waiting.append(_Wanted(shot, provider, variant, kept, language, style))
        self._total += 1
        self._next_turn.start()

    def expand_scene(self, scene: str, provider: str = GRAMMAR, language: str = "", style: str = "") -> list[str]:
        """A prompt for every shot of a scene in the order of the board; approved and omitted ones are left alone.

        Returns the shots that are asked for.
        """
        shots = self.open_shots(scene)
        for shot in shots:
            self.expand(shot, provider, language=language, style=style)
        return shots

    def open_shots(self, scene: str | None = None) -> list[str]:
        """The shots of a scene, or of the film, in the order of the board, without approved and omitted ones."""
        places = self._project.ask(shot_queries.board_order)
        there = [one.id for one in places if scene in (None, one.scene) and not one.omitted]
        return [one.id for one in self._project.ask(queries.shot_cards, there) if not one.approved]

    def cancel(self, shot: str | None = None) -> None:
        """Give up the text of one shot, or all of them. Nothing is kept of what was written so far."""
        for one in [shot] if shot is not None else self.shots:
            self._drop(one)
        if shot is None:
            self._forget_check()
        self._settle()

    def check(self, shot: str) -> None:
        """Have the built-in writer read the draft of a shot: `checked` follows, and nothing is stored.

        Nothing comes of it while it is not known which engines there are, nor once another draft is to be read.
        """
        self._forget_check()
        if not self._queue.engines() or (expansion := self._queue.expansion) is None:
            return
        try:
            brief: ShotBrief = self._project.ask(queries.shot_brief, shot)
            asked, patience = self._question(_Wanted(shot, GRAMMAR, 1, (), "", ""), brief)
        except StudioError:
            return  # what is wrong with it is told when something is wished for the shot
        self._check = expansion.ask(asked, lambda found: self._read(shot, brief.draft, found), patience_s=patience)

    # --- asking --------------------------------------------------------------------------------------------------

    def busy(self, shot: str | None = None) -> bool:
        """Whether a text is being written, or waits to be, for this shot; for any, where none is named."""
        return bool(self.shots) if shot is None else shot in self.shots

    @property
    def shots(self) -> list[str]:
        """Those a text is being written for, or waits to be."""
        return [*self._open, *(one.shot for one in self._waiting)]

    def providers(self) -> tuple[tuple[str, str], ...]:
        """(id, title) of everybody who can write a prompt, the built-in one first."""
        return providers(self._settings)

    # --- going on ------------------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        """Ask for the next text; one in each turn, so that a scene of many shots never stops the window."""
        if not self._waiting or len(self._open) >= AT_ONCE:
            return
        if not self._queue.engines():
            self._queue.know_engines()
            return
        wanted = self._waiting.popleft()
        try:
            self._ask(wanted)
        except StudioError as error:
            self._fail(wanted.shot, error)
        self._next_turn.start()

    def _ask(self, wanted: _Wanted) -> None:
        if not self._project.writable:
            raise Refused(
                "This film is open for looking only.", "Close it where it is being edited, then open it here."
            )
        if (expansion := self._queue.expansion) is None:
            raise RuntimeFailed("There is no words runtime here.", "Open the film again.")
        brief: ShotBrief = self._project.ask(queries.shot_brief, wanted.shot)
        asked, patience = self._question(wanted, brief)
        self._open[wanted.shot] = ""
        name = expansion.ask(
            asked,
            lambda result: self._answered(asked, brief, result),
            hear=lambda text: self.streamed.emit(wanted.shot, text),
            patience_s=patience,
        )
        # What cannot be sent is answered before it has its name.
        if wanted.shot in self._open:
            self._open[wanted.shot] = name

    def _question(self, wanted: _Wanted, brief: ShotBrief) -> tuple[protocol.ExpandPrompt, float]:
        """And how long its answer may take, in seconds."""
        writer = None if wanted.provider == GRAMMAR else prompt_writer(self._settings, wanted.provider).as_message()
        engine = self._engine()
        cards: Sequence[ExpansionCard] = self._project.ask(expansion_queries.expansion_cards, brief.id)
        locked = _locked(cards) if wanted.locked is None else wanted.locked
        same = (wanted.provider, wanted.style or engine.prompt_style, brief.draft)
        asked = question(
            brief,
            engine,
            # Of a text still to be written: the one accepted before may not name whom this one will.
            budget_of(dataclasses.replace(brief, expansion=None), Wish(engine=engine.id), engine),
            writer=writer,
            style=wanted.style,
            language=wanted.language,
            variant=wanted.variant or _next_variant(cards, same),
            locked=[protocol.PromptPart(one.kind, one.text) for one in locked],
        )
        return asked, writer.seconds + STARTS_WITHIN_S if writer else PATIENCE_S

    def _engine(self) -> protocol.EngineInfo:
        """The one at hand; where that reads no prompt, the first that does."""
        engines = self._queue.engines()
        at_hand = [one for one in engines if one.id == self._settings["engine"]]
        reading = [one for one in (*at_hand, *engines) if one.prompt_style]
        if not reading:
            raise NotFound("No engine here reads a prompt.", "See shotwright engines.")
        return reading[0]

    def _answered(self, asked: protocol.ExpandPrompt, brief: ShotBrief, result: Result | StudioError) -> None:
        self._open.pop(brief.id, None)
        self._next_turn.start()
        if not isinstance(result, protocol.Expanded):
            other = RuntimeFailed("The words runtime answered something else.")
            self._fail(brief.id, result if isinstance(result, StudioError) else other, brief.number)
            return
        try:
            stored = self._store(asked, brief.id, result)
        except StudioError as error:
            self._fail(brief.id, error, brief.number)
            return
        self.proposed.emit(brief.id, stored)
        for note in result.notes:
            self.noted.emit(brief.id, note)
        self._count()

    def _store(self, asked: protocol.ExpandPrompt, shot: str, found: protocol.Expanded) -> str:
        changes = self._project.run(
            propose_expansion,
            shot,
            parts=[PromptPart(one.kind, one.text, locked=one in asked.locked) for one in found.parts],
            text=found.text,
            draft=asked.draft,
            provider=asked.provider,
            model=found.model,
            style=asked.style,
            language=asked.language,
            variant=asked.variant,
            negative=found.negative,
            warnings=found.warnings,
            unknown=found.unknown,
        )
        return changes.new("prompt_expansion")

    def _read(self, shot: str, draft: str, found: Result | StudioError) -> None:
        self._check = ""
        if isinstance(found, protocol.Expanded):
            self.checked.emit(shot, draft, found.unknown)

    def _forget_check(self) -> None:
        if self._check and self._queue.expansion is not None:
            self._queue.expansion.cancel(self._check)
        self._check = ""

    # --- ending --------------------------------------------------------------------------------------------------

    def _fail(self, shot: str, error: StudioError, number: str = "") -> None:
        named = f"{number}: {error.sentence}" if number and number not in error.sentence else error.sentence
        self.refused.emit(shot, type(error)(named, error.hint))
        self._count()

    def _refuse_waiting(self, error: StudioError) -> None:
        """The runtime that draws is given up, so what its engines read stays unknown."""
        if self._queue.engines():
            return
        waiting, self._waiting = list(self._waiting), deque()
        for one in waiting:
            self._fail(one.shot, error)

    def _drop(self, shot: str) -> None:
        """Forget what is asked for a shot; it is not counted any more."""
        name = self._open.pop(shot, None)
        if name is not None and self._queue.expansion is not None:
            self._queue.expansion.cancel(name)
        waiting = [one for one in self._waiting if one.shot != shot]
        self._total -= (name is not None) + len(self._waiting) - len(waiting)
        self._waiting = deque(waiting)
        self._next_turn.start()

    def _count(self) -> None:
        self._done += 1
        self._settle()

    def _settle(self) -> None:
        done, total = self._done, self._total
        over = not self.busy()
        if over:
            self._done = self._total = 0
        self.progressed.emit(done, total)
        if over:
            self.idle.emit()


def _next_variant(cards: Sequence[ExpansionCard], wanted: tuple[str, str, str]) -> int:
    """`wanted`: (provider, style, draft)."""
    made = [one.variant for one in cards if (one.provider, one.style, one.draft) == wanted]
    return max(made, default=0) + 1


def _locked(cards: Sequence[ExpansionCard]) -> tuple[PromptPart, ...]:
    return tuple(one for one in cards[0].parts if one.locked and one.in_use) if cards else ()
