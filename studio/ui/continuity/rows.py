"""What the continuity panel lists: cuts, or where a subject is seen, with pictures and lamps once compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

Index = QModelIndex | QPersistentModelIndex
WORDS = {"same": "same", "watch": "watch", "no": "no", "unknown": "not known"}


@dataclass(frozen=True)
class LampShown:
    """`Colour`, and what is to be said of it."""

    title: str
    state: str
    """same, watch, no or unknown"""
    sentence: str
    """With the number."""

    number: str = ""
    """Shown with the word where the number tells more: `0.63`"""

    @property
    def word(self) -> str:
        return " ".join(filter(None, (WORDS[self.state], self.number)))

    @property
    def words(self) -> str:
        return f"{self.title} {self.word}"


@dataclass(frozen=True)
class Row:
    """Two pictures that meet, or one of a subject."""

    key: object
    title: str
    detail: str = ""
    """Beside the title: graded, or what is worn."""
    pictures: tuple[QImage, ...] = ()
    lamps: tuple[LampShown, ...] = ()
    waits: str = ""
    """Where it was not compared yet, or could not be: why."""
    wants: int = field(default=2)
    """How many pictures it will have."""

    @property
    def in_words(self) -> str:
        told = [self.title, self.detail, *(lamp.words for lamp in self.lamps), self.waits]
        return ", ".join(filter(None, told))


class Role(IntEnum):
    ROW = Qt.ItemDataRole.UserRole


class RowList(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Of as many rows as before only those that differ are painted again, and the one chosen stays chosen."""
        if len(rows) == len(self._rows) and [row.key for row in rows] == [row.key for row in self._rows]:
            for place, row in enumerate(rows):
                if row != self._rows[place]:
                    self._rows[place] = row
                    self.dataChanged.emit(self.index(place), self.index(place))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, place: int) -> Row:
        return self._rows[place]

    def place_of(self, key: object) -> int | None:
        return next((place for place, row in enumerate(self._rows) if row.key == key), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Role.ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.in_words
        return None
