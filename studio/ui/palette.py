"""The command palette: every action that can be done now, and every shot, found by typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from studio.ui.parts.painting import draw_key_cap, fill_rounded, key_cap_width, shown_keys
from studio.ui.parts.sheet import Sheet
from studio.ui.theme import Look

SHOWN_AT_ONCE = 12
ROW = 30


@dataclass(frozen=True)
class Entry:
    text: str
    second: str
    keys: str
    run: Callable[[], object]
    reason: str = ""
    """Why it cannot be done now; empty when it can."""


def matching(entries: Sequence[Entry], typed: str) -> list[Entry]:
    """Entries that hold every typed word; those that can be done now and begin with what was typed come first."""
    words = typed.casefold().split()
    found = [entry for entry in entries if all(word in f"{entry.text} {entry.second}".casefold() for word in words)]
    return sorted(found, key=lambda entry: (bool(entry.reason), not entry.text.casefold().startswith(typed.casefold())))


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
        painter.drawText(room.adjusted(left, 0, -100, 0), Qt.AlignmentFlag.AlignVCenter, entry.reason or entry.second)
        if entry.keys:
            keys = shown_keys(entry.keys)
            left = room.right() - key_cap_width(self._look, keys)
            draw_key_cap(painter, self._look, keys, left, rect.center().y() + 1, self._look.colour("grey-4"))
        painter.restore()


class Palette(Sheet):
    def __init__(self, look: Look, over: QWidget, entries: Sequence[Entry]) -> None:
        super().__init__(look, over, "Find or run", 560, high=True)
        self._entries = entries
        self.column.setContentsMargins(12, 12, 12, 12)
        self.column.setSpacing(8)
        self.field = QLineEdit()
        self.field.setPlaceholderText("A command or a shot")
        self.field.setAccessibleName("Find or run")
        self.list = QListWidget()
        self.list.setObjectName("palette_list")
        self.list.setAccessibleName("What was found")
        self.list.setItemDelegate(_RowDelegate(look, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFixedHeight(SHOWN_AT_ONCE * ROW)
        self.column.addWidget(self.field)
        self.column.addWidget(self.list)
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

    def _run(self, row: QListWidgetItem | None) -> None:
        entry: Entry | None = row.data(Qt.ItemDataRole.UserRole) if row is not None else None
        if entry is not None and not entry.reason:
            self.close_sheet()
            entry.run()
