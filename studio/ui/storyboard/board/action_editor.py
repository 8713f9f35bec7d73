"""Writing a shot's action on its card: Enter keeps it, Esc leaves it as it was, Tab goes on to the next card."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from studio.ui.theme import Look

LONGEST = 2_000
"""Characters of an action that a card takes; longer ones are written in the shot's own panel."""
LOWEST, NARROWEST = 52, 150


class ActionEditor(QPlainTextEdit):
    kept = Signal(str, str)
    """A shot's id and its new action; not announced where it is the old one."""
    closed = Signal()
    next_requested = Signal(int)
    """1: the next card is edited, -1: the one before"""

    def __init__(self, look: Look, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._shot, self._before = "", ""
        self.setObjectName("action_editor")
        self.setFont(look.font("micro"))
        self.setAccessibleName("Action of the shot")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hide()

    @property
    def shot(self) -> str:
        """Whose action is being written; empty while none is."""
        return self._shot

    def begin(self, shot: str, action: str, rect: QRect) -> None:
        self._shot, self._before = shot, action
        self.setPlainText(action)
        self.selectAll()
        self.place(rect)
        self.show()
        self.setFocus()

    def place(self, rect: QRect) -> None:
        """Over the lines of the card, and a little larger than they are."""
        room = self._over.rect()
        box = QRect(rect.topLeft(), rect.size()).adjusted(-2, -2, 2, 2)
        box.setHeight(max(LOWEST, box.height()))
        box.setWidth(max(NARROWEST, box.width()))
        box.moveLeft(max(0, min(box.left(), room.right() - box.width())))
        self.setGeometry(box)

    def keep(self) -> None:
        shot, text = self._shot, " ".join(self.toPlainText().split())[:LONGEST]
        if not shot:
            return
        self._shot = ""
        self.hide()
        if text != " ".join(self._before.split()):
            self.kept.emit(shot, text)
        self.closed.emit()

    def leave(self) -> None:
        self._shot = ""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self.leave()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.keep()
            case Qt.Key.Key_Tab | Qt.Key.Key_Backtab:
                self.keep()
                self.next_requested.emit(1 if event.key() == Qt.Key.Key_Tab else -1)
            case _:
                super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.keep()
