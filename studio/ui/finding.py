"""Find or run: what the palette offers: commands, and in a window with a film its shots, scenes, subjects and so on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import ShotCard
from studio.project.sound_queries import marker_cards
from studio.project.timing import timecode
from studio.settings import Settings
from studio.ui import actions
from studio.ui.current_shot import CurrentShot
from studio.ui.film_watch import FilmWatch
from studio.ui.palette import Entry, Palette
from studio.ui.theme import Look

RECENT_KEPT = 12
"""Commands run from the palette that stand first in it the next time."""


class Finder(QObject):
    """Opens the palette. On the start screen there is nothing but commands in it."""

    def __init__(self, look: Look, over: QWidget, settings: Settings) -> None:
        super().__init__(over)
        self._look, self._over, self._settings = look, over, settings
        self._built: Mapping[str, QAction] = {}

    def know(self, built: Mapping[str, QAction]) -> None:
        """The commands of the window, once they are built."""
        self._built = built

    # --- called by actions ---

    def open(self) -> None:
        Palette(self._look, self._over, [*self.commands(), *self.things()]).open()

    # --- what is offered ---

    def commands(self) -> list[Entry]:
        """Those run last first, the others in the order of the menus."""
        recent = {action: place for place, action in enumerate(self._settings["recent_actions"])}
        offered = [one for one in actions.ACTIONS if one.id in self._built and not one.submenu]
        offered.sort(key=lambda one: recent.get(one.id, len(recent)))
        return [self._command(one, recent=one.id in recent) for one in offered]

    def things(self) -> list[Entry]:
        return []

    def _command(self, action: actions.Action, *, recent: bool) -> Entry:
        built = self._built[action.id]
        keys = built.shortcut().toString(QKeySequence.SequenceFormat.PortableText)
        reason = "" if built.isEnabled() else built.toolTip()
        run = partial(self._run, action.id)
        return Entry(built.text().rstrip("…"), action.menu, keys, run, reason, recent=recent)

    def _run(self, action: str) -> None:
        """Remembered, so that it stands first the next time."""
        last = [one for one in self._settings["recent_actions"] if one != action]
        self._settings["recent_actions"] = [action, *last][:RECENT_KEPT]
        self._built[action].trigger()


class FilmFinder(Finder):
    shot_sought = Signal(str)
    take_sought = Signal(str)
    """a take of the current shot"""
    subject_sought = Signal(str)
    frame_sought = Signal(int)
    """film frame of a marker in the current cut"""

    def __init__(
        self, look: Look, over: QWidget, settings: Settings, project: OpenProject, watch: FilmWatch,
        current: CurrentShot, shots: Callable[[], Sequence[ShotCard]],
    ) -> None:  # fmt: skip
        """`shots`: the board's own cards, which are read already."""
        super().__init__(look, over, settings)
        self._project, self._watch, self._current, self._shots = project, watch, current, shots

    def things(self) -> list[Entry]:
        cards = self._shots()
        return [*self._to_shots(cards), *self._to_scenes(cards), *self._to_subjects(), *self._to_markers(),
                *self._to_takes()]  # fmt: skip

    def _to_shots(self, cards: Sequence[ShotCard]) -> list[Entry]:
        return [Entry(f"Go to shot {card.number}", card.action or card.prompt, "",
                      partial(self.shot_sought.emit, card.id)) for card in cards]  # fmt: skip

    def _to_scenes(self, cards: Sequence[ShotCard]) -> list[Entry]:
        """To the first shot of each."""
        first = {card.scene: card.id for card in reversed(cards)}
        scenes = [card for card in self._project.ask(queries.scene_cards) if card.id in first]
        return [Entry(f"Go to scene {card.number}", card.heading, "", partial(self.shot_sought.emit, first[card.id]))
                for card in scenes]  # fmt: skip

    def _to_subjects(self) -> list[Entry]:
        return [Entry(f"Show {card.name}", card.description, "", partial(self.subject_sought.emit, card.id))
                for card in self._project.ask(queries.subject_cards)]  # fmt: skip

    def _to_markers(self) -> list[Entry]:
        rate = self._watch.film.rate
        return [Entry(f"Go to marker {card.name}".rstrip(), timecode(card.film_frame, rate), "",
                      partial(self.frame_sought.emit, card.film_frame))
                for card in self._project.ask(marker_cards)]  # fmt: skip

    def _to_takes(self) -> list[Entry]:
        if self._current.card is None:
            return []
        shot = self._current.card.number
        return [Entry(f"Look at take {take.name} of shot {shot}", f"seed {take.seed}", "",
                      partial(self.take_sought.emit, take.id)) for take in self._current.takes]  # fmt: skip
