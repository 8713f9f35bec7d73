"""What is odd about names in the film: unknown ones, who is in a shot and not named, who has no pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from studio.project.gallery_cards import MentionProblem
from studio.ui.parts.controls import KeyButton, text_label
from studio.ui.parts.sheet import Sheet, paragraph
from studio.ui.parts.times import counted
from studio.ui.theme import Look

WIDTH, ROW, MOST = 720, 30, 12
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

    def __init__(
        self, look: Look, over: QWidget, problems: Sequence[MentionProblem], number: Callable[[str], str]
    ) -> None:
        """`number` of a shot, as shown."""
        super().__init__(look, over, "Names", WIDTH)
        self.column.addWidget(text_label(f"{counted(len(problems), 'thing')} about names", "sheet"))
        self.column.addWidget(paragraph("Nothing here stops a shot from being drawn.", "second"))
        self.list = _Problems()
        self.list.setObjectName("palette_list")
        self.list.setAccessibleName("What is odd about names")
        self.list.setWordWrap(False)
        for one in problems:
            row = QListWidgetItem(f"{number(one.shot)}  {one.sentence}" if one.shot else one.sentence, self.list)
            row.setData(PROBLEM, one)
            row.setToolTip(one.sentence)
            row.setSizeHint(QSize(0, ROW))
        self.list.setFixedHeight(ROW * min(MOST, max(1, len(problems))) + 4)
        self.list.setCurrentRow(0)
        self.column.addWidget(self.list)
        self.go = KeyButton(look, "Go there", "Enter")
        close = KeyButton(look, "Close", "Esc", kind="large")
        row_of_buttons = self.foot_row()
        row_of_buttons.addStretch(1)
        row_of_buttons.addWidget(self.go)
        row_of_buttons.addWidget(close)
        self.list.chosen.connect(self._go_to)
        self.list.itemDoubleClicked.connect(lambda row: self._go_to(row.data(PROBLEM)))
        self.go.clicked.connect(lambda: self._go_to(self.list.currentItem().data(PROBLEM)))
        close.clicked.connect(self.close_sheet)

    def open(self) -> None:
        super().open()
        self.list.setFocus()

    def _go_to(self, problem: MentionProblem) -> None:
        self.close_sheet()
        if problem.shot:
            self.shot_sought.emit(problem.shot)
        else:
            self.subject_sought.emit(problem.name)
