"""The takes and the panels of one shot as Qt lists over cards."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from studio.project.cards import PanelCard, TakeCard, TakeState
from studio.ui.parts.tips import plain_tip

Index = QModelIndex | QPersistentModelIndex
Version = TakeCard | PanelCard
"""What one shot can show: a clip or a picture."""


class Role(IntEnum):
    CARD = Qt.ItemDataRole.UserRole


def picture_of(card: Version) -> Path:
    return card.poster if isinstance(card, TakeCard) else card.picture


def is_chosen(card: Version) -> bool:
    return card.state is TakeState.CHOSEN if isinstance(card, TakeCard) else card.chosen


class VersionList(QAbstractListModel):
    """Newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cards: list[Version] = []

    def show_all(self, cards: Sequence[Version]) -> None:
        newest_first = sorted(cards, key=lambda card: -card.number)
        if [card.id for card in newest_first] == [card.id for card in self._cards]:
            self._refresh(newest_first)
            return
        self.beginResetModel()
        self._cards = newest_first
        self.endResetModel()

    def _refresh(self, cards: Sequence[Version]) -> None:
        for row, card in enumerate(cards):
            if self._cards[row] != card:
                self._cards[row] = card
                self.dataChanged.emit(self.index(row), self.index(row))

    def card(self, row: int) -> Version:
        return self._cards[row]

    def cards(self) -> list[Version]:
        return list(self._cards)

    def row_of(self, one: str | None) -> int | None:
        return next((row for row, card in enumerate(self._cards) if card.id == one), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._cards):
            return None
        card = self._cards[index.row()]
        if role == Role.CARD:
            return card
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(card)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(card, TakeCard):
            return plain_tip(card.out_of_date) or None
        return None


def spoken(card: Version) -> str:
    if isinstance(card, PanelCard):
        return f"Panel {card.number}{', chosen' if card.chosen else ''}"
    marks = {
        "chosen": is_chosen(card), "starred": card.starred, "rejected": card.rejected,
        "out of date": bool(card.out_of_date),
    }  # fmt: skip
    return ", ".join((f"Take {card.name}", f"seed {card.seed}", *(word for word, true in marks.items() if true)))
