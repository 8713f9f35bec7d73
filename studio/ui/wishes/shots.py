"""Wishes for shots and scenes: made, edited, moved on the board, omitted, approved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from studio.project import queries
from studio.project.commands import event as events
from studio.project.commands import scene as scenes
from studio.project.commands import shot as shots
from studio.ui.prompt.cast import CastRow
from studio.ui.selection import Selection
from studio.ui.wishes.door import Door


class ShotWishes(QObject):
    made = Signal(str)
    """id of the shot a wish made: it is selected next"""

    def __init__(self, door: Door, selection: Selection) -> None:
        super().__init__()
        self._door, self._selection = door, selection

    # --- called by actions ---

    def new_shot(self) -> None:
        if (changes := self._door.run(shots.add_shot, after=self._selection.shot)) is not None:
            self.made.emit(changes.new("shot"))

    def duplicate_shot(self) -> None:
        shot = self._selection.shot
        if shot and (changes := self._door.run(shots.duplicate_shot, shot)) is not None:
            self.made.emit(changes.new("shot"))

    def omit_or_restore(self) -> None:
        """Omits the selected shots; restores them when all of them are omitted already."""
        cards = self._door.ask(queries.shot_cards, self._selection.shots)
        command = shots.restore_shot if cards and all(card.omitted for card in cards) else shots.omit_shot
        for card in cards:
            self._door.run(command, card.id)

    def approve_or_take_back(self) -> None:
        cards = self._door.ask(queries.shot_cards, self._selection.shots)
        approve = not (cards and all(card.approved for card in cards))
        for card in cards:
            self._door.run(shots.approve_shot, card.id, approve)

    def keep_as_is(self) -> None:
        if self._selection.shot:
            self._door.run(shots.keep_as_is, self._selection.shot)

    def move_earlier(self) -> None:
        self._move_by(-1)

    def move_later(self) -> None:
        self._move_by(1)

    # --- called by panels ---

    def move_shot(self, shot: str, before_row: int, scene: str) -> None:
        """A card was dropped on the board before a row, among the cards of a scene."""
        cards = self._door.ask(queries.shot_cards)
        place = sum(1 for card in cards[:before_row] if not card.omitted and card.id != shot)
        event = self._event_of(shot)
        if event is not None:
            self._door.run(events.move_event, event, place, scene=scene or None)

    def edit_shot(self, shot: str, fields: Mapping[str, Any]) -> None:
        self._door.run(shots.edit_shot, shot, **fields)

    def edit_cast(self, shot: str, rows: Sequence[CastRow]) -> None:
        self._door.run(shots.set_shot_subjects, shot, [(row.name, row.side, row.facing, row.action) for row in rows])

    def add_scene(self, fields: Mapping[str, str]) -> bool:
        return self._door.run(scenes.add_scene, **fields) is not None

    def edit_scene(self, scene: str, fields: Mapping[str, str]) -> bool:
        return self._door.run(scenes.edit_scene, scene, **fields) is not None

    def _event_of(self, shot: str) -> str | None:
        """The shot's first event in the current cut."""
        cards = self._door.ask(queries.event_cards)
        return next((card.id for card in cards if card.shot == shot), None)

    def _move_by(self, step: int) -> None:
        cards = [card for card in self._door.ask(queries.shot_cards) if not card.omitted]
        row = next((row for row, card in enumerate(cards) if card.id == self._selection.shot), None)
        event = self._event_of(self._selection.shot or "")
        if row is None or event is None or not 0 <= row + step < len(cards):
            return
        self._door.run(events.move_event, event, row + step, scene=cards[row + step].scene)
