"""Wishes for takes: chosen, starred, rejected."""

from __future__ import annotations

from PySide6.QtCore import QObject

from studio.project import queries
from studio.project.cards import TakeCard
from studio.project.commands import shot as shots
from studio.project.commands import take as takes
from studio.ui.selection import Selection
from studio.ui.wishes.door import Door


class TakeWishes(QObject):
    def __init__(self, door: Door, selection: Selection) -> None:
        super().__init__()
        self._door, self._selection = door, selection

    def choose_take(self, take: str) -> None:
        if (card := self._card(take)) is not None:
            self._door.run(shots.choose_take, card.shot, take)

    def star_take(self, take: str) -> None:
        if (card := self._card(take)) is not None:
            self._door.run(takes.star_take, take, not card.starred)

    def reject_take(self, take: str) -> None:
        if (card := self._card(take)) is not None:
            self._door.run(takes.reject_take, take, not card.rejected)

    # --- called by actions ---

    def star_current(self) -> None:
        self.star_take(self._selection.take or "")

    def reject_current(self) -> None:
        self.reject_take(self._selection.take or "")

    def choose_current(self) -> None:
        self.choose_take(self._selection.take or "")

    def _card(self, take: str) -> TakeCard | None:
        return self._door.ask(queries.take_card, take) if take else None
