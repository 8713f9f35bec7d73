"""Work beside the queue, in the foot: an export being written, files being brought in; with a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.ui.parts.controls import IconButton, ProgressBar, text_label
from studio.ui.parts.tips import plain_tip
from studio.ui.theme import Look

WIDTH = 200
FINE = 1_000
"""Steps of the bar for each thing done: one long file moves it too."""


class WorkBox(QWidget):
    stop_requested = Signal()

    def __init__(self, look: Look, stop: str) -> None:
        """`stop`: what the button does, in words. Hidden until there is work."""
        super().__init__()
        self.words, self.bar = text_label("", "second"), ProgressBar(look)
        self.stop = IconButton(look, "close", stop)
        self.stop.clicked.connect(self.stop_requested)
        column, row = QVBoxLayout(), QHBoxLayout(self)
        column.setSpacing(4)
        column.addStretch(1)
        column.addWidget(self.words)
        column.addWidget(self.bar)
        column.addStretch(1)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(column)
        row.addWidget(self.stop)
        self.setFixedWidth(WIDTH)
        self.hide()

    def show_work(self, words: str, done: float, of: int, detail: str = "") -> None:
        """`done` of `of`, with the part of the present one; `detail` is told where the pointer rests."""
        self.words.setText(words)
        self.setToolTip(plain_tip(detail))
        self.bar.show_step(int(done * FINE), of * FINE)
        self.show()
