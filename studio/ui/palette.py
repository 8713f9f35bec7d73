"""The command palette: commands with their keys, and the things of the film, found by typing a few letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from studio.ui.parts.controls import text_label
from studio.ui.parts.fields import LineField
from studio.ui.parts.painting import cut_at_word, draw_key_cap, fill_rounded, key_cap_width, shown_keys
from studio.ui.parts.sheet import Sheet
from studio.ui.theme import Look

SHOWN_AT_ONCE = 12
ROW = 30
LETTERS = 200
MOST = 100
"""Entries listed: who wants the next one types another letter."""


@dataclass(frozen=True)
class Entry:
    text: str
    second: str
    keys: str
    run: Callable[[], object]
    reason: str = ""
    """Why it cannot be done now; empty when it can."""
    recent: bool = False
    """Whether it was run from here lately: it comes before what fits as well."""


def matching(entries: Sequence[Entry], typed: str, most: int = MOST) -> list[Entry]:
    """At most `most` entries that hold what was typed, best first; what can be done now comes before what cannot.

    Every typed word must stand in the entry, else, in an entry's own words, its letters one after the other.
    """
    words = typed.casefold().split()
    ranked = [(_fit(entry, words), entry) for entry in entries]
    found = [(fit, entry) for fit, entry in ranked if fit is not None]
    found.sort(key=lambda one: (bool(one[1].reason), one[0], not one[1].recent))
    return [entry for _, entry in found[:most]]


def _fit(entry: Entry, words: Sequence[str]) -> int | None:
    """0 begins with what was typed, 1 holds its words, 2 so with the second line, 3 only its letters; None: not."""
    text = entry.text.casefold()
    if not words or text.startswith(" ".join(words)):
        return 0
    if all(word in text for word in words):
        return 1
    whole = f"{text} {entry.second.casefold()}"
    if all(word in whole for word in words):
        return 2
    return 3 if _letters_in_order("".join(words), text) else None


def _letters_in_order(letters: str, text: str) -> bool:
    """Whether `text` holds the letters in this order, the first one at the start of a word."""
    rest = iter(text if text.startswith(letters[:1]) else text[text.find(f" {letters[:1]}") + 1 :])
    return f" {text}".find(f" {letters[:1]}") >= 0 and all(letter in rest for letter in letters)


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: object) -> QSize:
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: object) -> None:
        entry: Entry = index.data(Qt.ItemDataRole.UserRole)  # type: ignore[attr-defined]
        rect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            fill_rounded(painter, rect, self._look.radius("control"), self._look.colour("grey-3"))
        painter.setOpacity(0.45 if entry.reason else 1.0)
        room = rect.adjusted(10, 0, -10, 0)
        painter.setFont(self._look.font("body"))
        painter.setPen(self._look.colour("grey-5"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, entry.text)
        left = painter.fontMetrics().horizontalAdvance(entry.text) + 10
        painter.setPen(self._look.colour("grey-4"))
        keys = shown_keys(entry.keys)
        cap = key_cap_width(self._look, keys) + 12 if keys else 0
        words = cut_at_word(entry.reason or entry.second, painter.fontMetrics(), max(0, room.width() - left - cap))
        painter.drawText(room.adjusted(left, 0, -cap, 0), Qt.AlignmentFlag.AlignVCenter, words)
        if keys:
            left = room.right() - cap + 12
            draw_key_cap(painter, self._look, keys, left, rect.center().y() + 1, self._look.colour("grey-4"))
        painter.restore()


class Palette(Sheet):
    def __init__(
        self, look: Look, over: QWidget, entries: Sequence[Entry], name: str = "Find or run",
        hint: str = "A command, a shot, a scene, a @name, a marker",
    ) -> None:  # fmt: skip
        super().__init__(look, over, name, 560, high=True)
        self._entries = entries
        self.column.setContentsMargins(12, 12, 12, 12)
        self.column.setSpacing(8)
        self.field = LineField(most=LETTERS, in_form=True)
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(name)
        self.list = QListWidget()
        self.list.setObjectName("palette_list")
        self.list.setAccessibleName("What was found")
        self.list.setItemDelegate(_RowDelegate(look, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFixedHeight(SHOWN_AT_ONCE * ROW)
        self.column.addWidget(self.field)
        self.column.addWidget(self.list)
        self.nothing = text_label("Nothing is called that.", "second", self.list)
        self.nothing.move(10, 8)
        self.field.textChanged.connect(self._show)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(self._run)
        self._show("")

    def open(self) -> None:
        super().open()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _show(self, typed: str) -> None:
        self.list.clear()
        for entry in matching(self._entries, typed):
            row = QListWidgetItem(self.list)
            row.setData(Qt.ItemDataRole.UserRole, entry)
            row.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.text} {entry.reason or entry.second}")
        self.list.setCurrentRow(0)
        self.nothing.setVisible(self.list.count() == 0)

    def _run(self, row: QListWidgetItem | None) -> None:
        entry: Entry | None = row.data(Qt.ItemDataRole.UserRole) if row is not None else None
        if entry is not None and not entry.reason:
            self.close_sheet()
            entry.run()
