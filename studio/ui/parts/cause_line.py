"""Why a shot is out of date, with the two ways out beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from studio.ui.parts.controls import KeyButton, text_label
from studio.ui.theme import Look


class CauseLine(QFrame):
    again_requested = Signal()
    keep_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("warn_line")
        self.words = text_label()
        self.words.setWordWrap(True)
        self.again = KeyButton(look, "Run again", kind="small", icon="retry")
        self.keep = KeyButton(look, "Keep as is", kind="small")
        self.again.clicked.connect(self.again_requested)
        self.keep.clicked.connect(self.keep_requested)
        column, row, buttons = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(8)
        row.setSpacing(8)
        icon = text_label()
        icon.setPixmap(look.pixmap("out-of-date", "warn", 16, self.devicePixelRatioF()))
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        for button in (self.again, self.keep):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(row)
        column.addLayout(buttons)
        self.hide()

    def show_cause(self, cause: str) -> None:
        """Empty: nothing is out of date, and no room is taken."""
        self.words.setText(f"{cause[:1].upper()}{cause[1:]}")
        self.setVisible(bool(cause))
