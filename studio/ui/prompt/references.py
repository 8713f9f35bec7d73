"""References sent: heading, the strip, and what is dropped in one line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.parts.controls import KeyButton, text_label
from studio.ui.parts.painting import cut_at_word
from studio.ui.parts.pictures import PictureStore
from studio.ui.parts.tips import plain_tip
from studio.ui.prompt.strip import SentStrip
from studio.ui.sent_pictures import SENT, WAITING, Tile, dropped_words, summary
from studio.ui.theme import Look


class _Hint(QLabel):
    """Gives way to what stands beside it: cut where there is no room for all its words."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("role", "micro")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._look.colour("grey-4"))
        words = cut_at_word(self.text(), self.fontMetrics(), self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)


class ReferencesSent(QWidget):
    def __init__(self, look: Look, pictures: PictureStore) -> None:
        super().__init__()
        self._look = look
        self.count = text_label("", "second")
        self.usual = KeyButton(look, "As usual", kind="quiet")
        self.strip = SentStrip(look, pictures)
        self.dropped = text_label("", "warn")
        self._hint = _Hint(look)
        self._icon = text_label()
        self._icon.setPixmap(look.pixmap("omitted", "warn", 12, self.devicePixelRatioF()))
        self._build()
        self.usual.clicked.connect(self.strip.usual_requested)

    def show_tiles(self, tiles: Sequence[Tile], *, own_order: bool, editable: bool) -> None:
        """`own_order`: the shot sends them otherwise than usual."""
        self.strip.show_tiles(tiles, own_order=own_order, editable=editable)
        self.count.setText(summary(tiles))
        self.usual.setVisible(own_order and editable)
        waiting = any(one.state == WAITING for one in tiles)
        self._hint.setText("known once the engine runs" if waiting else "drag to reorder")
        several = sum(one.state == SENT for one in tiles) > 1
        self._hint.setVisible(waiting or (several and editable and not own_order))
        self._words = dropped_words(tiles)
        self._line.setVisible(bool(self._words))
        self._show_dropped()

    def resizeEvent(self, event: object) -> None:
        self._show_dropped()

    def _show_dropped(self) -> None:
        self.dropped.setText(cut_at_word(self._words, self.dropped.fontMetrics(), max(40, self.width() - 24)))
        self.dropped.setToolTip(plain_tip(self._words))

    # --- building ---

    def _build(self) -> None:
        self._words = ""
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(text_label("References sent", "title"))
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self._hint)
        head.addWidget(self.usual)
        self.usual.setFixedHeight(20)
        self._line = QWidget()
        line = QHBoxLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self._icon)
        line.addWidget(self.dropped, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.size("grid"))
        column.addLayout(head)
        column.addWidget(self.strip)
        column.addWidget(self._line)
        self.usual.hide()
        self._hint.hide()
        self._line.hide()
