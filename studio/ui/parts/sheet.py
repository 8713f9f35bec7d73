"""A sheet over the dimmed window: a frame in the middle that a message, a form or the palette fills."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from studio.ui.parts.controls import text_label
from studio.ui.parts.tab_stops import tab_inside
from studio.ui.theme import Look


class Sheet(QWidget):
    """Covers its parent, never the strip of `foot` pixels at the bottom (the queue). Esc closes.

    While it is open the keyboard stays in it, and no key reaches a command of the window.
    """

    closed = Signal()
    takes_all_keys = True
    """Read by fields.KeyGuard."""

    def __init__(self, look: Look, over: QWidget, name: str, width: int = 0, *, high: bool = False) -> None:
        super().__init__(over)
        self._look, self._over = look, over
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._back_to = over.window().focusWidget()
        self.frame = QFrame(self)
        self.frame.setObjectName("sheet")
        self.frame.setFixedWidth(min(width or look.size("sheet"), over.width() - 32))
        self.column = QVBoxLayout(self.frame)
        self.column.setContentsMargins(24, 24, 24, 16)
        self.column.setSpacing(look.size("group-gap"))
        self.frame.setGraphicsEffect(self._shadow())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 96 if high else 16, 16, 16)
        outer.addWidget(self.frame, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.setAlignment(self.frame, Qt.AlignmentFlag.AlignHCenter | (
            Qt.AlignmentFlag.AlignTop if high else Qt.AlignmentFlag.AlignVCenter))  # fmt: skip
        over.installEventFilter(self)

    def open(self) -> None:
        self._fit()
        self.show()
        self.raise_()
        self.setFocus()

    def close_sheet(self) -> None:
        if self.isHidden():
            return
        held = self._over.window().focusWidget()
        in_here = held is None or held is self or self.isAncestorOf(held)
        self.hide()
        self._over.removeEventFilter(self)
        if in_here:  # else what the sheet did has taken the keyboard somewhere
            self._give_keys_back()
        self.closed.emit()
        self.deleteLater()

    def _give_keys_back(self) -> None:
        """To what had them; that may be gone, like a row of a list, or a sheet that was closed under this one."""
        if self._back_to is not None and shiboken6.isValid(self._back_to):
            self._back_to.setFocus()
        elif below := [one for one in self._over.findChildren(Sheet) if one.isVisible()]:
            below[-1].setFocus()

    def foot_row(self) -> QHBoxLayout:
        """The row of buttons at the foot of the sheet."""
        row = QHBoxLayout()
        row.setSpacing(self._look.size("gap"))
        self.column.addSpacing(4)
        self.column.addLayout(row)
        return row

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self._fit()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes round inside the sheet."""
        return tab_inside(self, next)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._look.colour("grey-0", 0.66))

    def _fit(self) -> None:
        over = self._over
        self.setGeometry(0, 0, over.width(), over.height() - self._look.size("foot"))

    def _shadow(self) -> QGraphicsDropShadowEffect:
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(32)
        shadow.setOffset(0, 12)
        shadow.setColor(QColor(0, 0, 0, 140))
        return shadow


def paragraph(text: str, role: str = "") -> QLabel:
    label = text_label(text, role)
    label.setWordWrap(True)
    return label
