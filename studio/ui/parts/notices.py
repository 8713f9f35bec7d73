"""Sentences in passing: one after the other, each long enough to be read, none written over by the next."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from studio.ui.parts.tips import plain_tip
from studio.ui.theme import Look

LEAST_MS = 2500
"""A sentence stands this long where others wait."""
MOST_WAITING = 8
"""More would be told minutes late; the oldest of them go."""


class Notices(QLabel):
    """Shows what it is told to `say`; cut with an ellipsis where there is no room, whole in its tooltip."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._waiting: deque[str] = deque(maxlen=MOST_WAITING)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._next)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "second")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def say(self, words: str) -> None:
        """At once where nothing is being said; otherwise after what is. The same sentence waits only once."""
        if not words or words == self.text() or words in self._waiting:
            return
        if not self.text():
            self._show(words)
            return
        self._waiting.append(words)
        left = self._timer.remainingTime()
        self._timer.start(max(0, min(left, LEAST_MS - (self._look.theme.times["notice"] - left))))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._look.colour("grey-4"))
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)

    def _next(self) -> None:
        self._show(self._waiting.popleft() if self._waiting else "")

    def _show(self, words: str) -> None:
        self.setText(words)
        self.setToolTip(plain_tip(words))
        if words:
            self._timer.start(LEAST_MS if self._waiting else self._look.theme.times["notice"])
