"""Wishes for takes: chosen, starred, rejected."""

from __future__ import annotations

from PySide6.QtCore import QObject

from studio.project import queries
from studio.project.cards import TakeCard
from studio.project.commands import shot as shots
from studio.project.commands import take as takes
from studio.ui.current_shot import CurrentShot
from studio.ui.wishes.door import Door


class TakeWishes(QObject):
    def __init__(self, door: Door, current: CurrentShot) -> None:
        super().__init__()
        self._door, self._current = door, current

    def choose_take(self, take: str) -> None:
        card = self._card(take)
        self._door.run(shots.choose_take, card.shot, take)

    def star_take(self, take: str) -> None:
        self._door.run(takes.star_take, take, not self._card(take).starred)

    def reject_take(self, take: str) -> None:
        self._door.run(takes.reject_take, take, not self._card(take).rejected)

    # --- called by actions, on the take looked at ---

    def star_current(self) -> None:
        if (take := self._current.take) is not None:
            self.star_take(take.id)

    def reject_current(self) -> None:
        if (take := self._current.take) is not None:
            self.reject_take(take.id)

    def choose_current(self) -> None:
        if (take := self._current.take) is not None:
            self.choose_take(take.id)

    def _card(self, take: str) -> TakeCard:
        return self._door.ask(queries.take_card, take)
