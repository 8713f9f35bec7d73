"""The notes of the current shot as a Qt list over cards: those of one side, open or done."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from studio.project.cards import NoteCard, TakeCard
from studio.project.timing import FrameRate
from studio.ui.parts.times import shot_length

Index = QModelIndex | QPersistentModelIndex
WORDS = {"open": "open", "done": "done", "wont": "won't do"}


class Role(IntEnum):
    CARD = Qt.ItemDataRole.UserRole
    WHERE = Qt.ItemDataRole.UserRole + 1
    """what it is on, in words"""
    TAKE = Qt.ItemDataRole.UserRole + 2
    """the TakeCard it is on; None: the shot"""


class NoteList(QAbstractListModel):
    def __init__(self, rate: FrameRate, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rate = rate
        self._cards: list[NoteCard] = []
        self._takes: dict[str, TakeCard] = {}

    def show_all(self, cards: Sequence[NoteCard], takes: Sequence[TakeCard]) -> None:
        """In the order of the frames they are on; those on the whole shot first."""
        frame = {card.id: -1 if card.take_frame is None else card.take_frame for card in cards}
        in_order = sorted(cards, key=lambda card: (card.take_name, frame[card.id], card.made_at))
        known = {take.id: take for take in takes}
        if (in_order, known) == (self._cards, self._takes):
            return
        self.beginResetModel()
        self._cards, self._takes = in_order, known
        self.endResetModel()

    def card(self, row: int) -> NoteCard:
        return self._cards[row]

    def row_of(self, note: str | None) -> int | None:
        return next((row for row, card in enumerate(self._cards) if card.id == note), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._cards):
            return None
        card = self._cards[index.row()]
        if role == Role.CARD:
            return card
        if role == Role.WHERE:
            return self.where(card)
        if role == Role.TAKE:
            return self._takes.get(card.take or "")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{self.where(card)}, {card.author}, {WORDS[card.status]}: {card.text}"
        return None

    def where(self, card: NoteCard) -> str:
        """`1:08 in take 4`, on the shot's clock; `the shot` for one on no frame."""
        take = self._takes.get(card.take or "")
        if take is None or card.take_frame is None:
            return f"take {card.take_name}" if card.take_name else "the shot"
        frame = card.take_frame - take.head
        sign = "−" if frame < 0 else ""
        return f"{sign}{shot_length(abs(frame), self.rate)} in take {card.take_name}"
