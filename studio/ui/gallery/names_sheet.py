"""What is odd about names in the film: unknown ones, who is in a shot and not named, who has no pictures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from studio.project.gallery_cards import MentionProblem
from studio.ui.parts.controls import KeyButton, text_label
from studio.ui.parts.sheet import Sheet, paragraph
from studio.ui.parts.times import counted
from studio.ui.parts.tips import plain_tip
from studio.ui.theme import Look

WIDTH, ROW, MOST = 800, 30, 12
UNUSED = "unused"
"""Told last and not counted: a subject may wait for its shots."""
PROBLEM = int(Qt.ItemDataRole.UserRole)


class _Problems(QListWidget):
    chosen = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentItem()
        if row is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(row.data(PROBLEM))
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class NamesSheet(Sheet):
    shot_sought = Signal(str)
    subject_sought = Signal(str)
    """a @name: its sheet is opened"""

    def __init__(self, look: Look, over: QWidget, problems: Sequence[MentionProblem]) -> None:
        super().__init__(look, over, "Names", WIDTH)
        count = sum(one.kind != UNUSED for one in problems)
        self.column.addWidget(text_label(f"{counted(count, 'thing')} about names" if count else "Names", "sheet"))
        words = "Nothing here stops a shot from being drawn." if problems else "Every name stands for somebody."
        self.column.addWidget(paragraph(words, "second"))
        self.list = _Problems()
        self.list.setObjectName("palette_list")
        self.list.setAccessibleName("What is odd about names")
        self.list.setWordWrap(False)
        for one in sorted(problems, key=lambda one: one.kind == UNUSED):
            row = QListWidgetItem(one.sentence, self.list)
            row.setData(PROBLEM, one)
            row.setToolTip(plain_tip(one.sentence))
            row.setSizeHint(QSize(0, ROW))
        self.list.setFixedHeight(ROW * min(MOST, max(1, len(problems))) + 4)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(problems))
        self.column.addWidget(self.list)
        self.go = KeyButton(look, "Go there", "Enter")
        close = KeyButton(look, "Close", "Esc", kind="large")
        row_of_buttons = self.foot_row()
        row_of_buttons.addStretch(1)
        row_of_buttons.addWidget(self.go)
        row_of_buttons.addWidget(close)
        self.list.chosen.connect(self._go_to)
        self.list.itemDoubleClicked.connect(lambda row: self._go_to(row.data(PROBLEM)))
        self.go.setVisible(bool(problems))
        self.go.clicked.connect(self._go_to_current)
        close.clicked.connect(self.close_sheet)

    def open(self) -> None:
        super().open()
        if self.list.count():
            self.list.setFocus()

    def _go_to_current(self) -> None:
        row = self.list.currentItem()
        if row is not None:
            self._go_to(row.data(PROBLEM))

    def _go_to(self, problem: MentionProblem) -> None:
        self.close_sheet()
        if problem.shot:
            self.shot_sought.emit(problem.shot)
        else:
            self.subject_sought.emit(problem.name)
