"""What the palette finds in a film: its shots, scenes, subjects, markers, the takes of the shot at hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import ShotCard
from studio.project.sound_queries import marker_cards
from studio.project.timing import FilmTimecode
from studio.settings import Settings
from studio.ui.current_shot import CurrentShot
from studio.ui.film_watch import FilmWatch
from studio.ui.finding import Finder
from studio.ui.palette import Entry
from studio.ui.theme import Look


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
        labels = FilmTimecode.of(self._watch.film.start_timecode, self._watch.film.rate)
        return [Entry(f"Go to marker {card.name}".rstrip(), labels.at(card.film_frame), "",
                      partial(self.frame_sought.emit, card.film_frame))
                for card in self._project.ask(marker_cards)]  # fmt: skip

    def _to_takes(self) -> list[Entry]:
        if self._current.card is None:
            return []
        shot = self._current.card.number
        return [Entry(f"Look at take {take.name} of shot {shot}", f"seed {take.seed}", "",
                      partial(self.take_sought.emit, take.id)) for take in self._current.takes]  # fmt: skip
