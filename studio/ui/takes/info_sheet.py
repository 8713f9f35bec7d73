"""Take info: every input of a take, and what differs from another take of the shot."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studio.errors import BadValue
from studio.project.cards import TakeCard
from studio.project.take_info import as_text, differences, in_sentence, take_rows
from studio.project.timing import FrameRate
from studio.ui.parts.controls import KeyButton, clear_layout, rule, scrolling, text_label
from studio.ui.parts.fields import ChoiceField
from studio.ui.parts.sheet import Sheet, paragraph
from studio.ui.theme import Look

WIDTH = 640
LIST_HEIGHT = 340
LONGEST_NAME = 12
"""Characters: `no other take`."""


class TakeInfoSheet(Sheet):
    again_requested = Signal(str)
    """take id: run it again exactly"""

    def __init__(
        self, look: Look, over: QWidget, number: str, take: TakeCard, others: Sequence[TakeCard], rate: FrameRate,
        subject_name: Callable[[str], str], *, writable: bool,
    ) -> None:  # fmt: skip
        super().__init__(look, over, f"Take info, {number} take {take.name}", WIDTH)
        self.take = take
        self.rows = take_rows(take, rate, subject_name)
        self.difference_words: list[str] = []
        """What is shown of the difference, line by line."""
        self._others = {one.id: one for one in others if one.id != take.id}
        self.column.addWidget(text_label(f"{number} take {take.name}", "sheet"))
        if take.out_of_date:
            self.column.addWidget(paragraph(f"Out of date: {take.out_of_date}", "warn"))
        self.column.addWidget(self._compared())
        self.column.addWidget(rule())
        self.column.addWidget(self._list())
        self._add_buttons(take, writable=writable)

    def compare_with(self, take: str) -> None:
        """Show what differs from another take of the shot; empty: from none."""
        other = self._others.get(take)
        self.difference_words = self._words(other) if other else []
        clear_layout(self._lines)
        for words in self.difference_words:
            self._lines.addWidget(paragraph(words))
        self._fit()

    def _words(self, other: TakeCard) -> list[str]:
        try:
            found = differences(self.take, other)
        except BadValue as error:
            return [error.sentence]
        return [in_sentence(one) for one in found] or [f"Nothing: take {other.name} was made from the same inputs."]

    def _compared(self) -> QWidget:
        box = QWidget()
        column, row = QVBoxLayout(box), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.other = ChoiceField((), "no other take")
        self.other.setAccessibleName("Take to tell the difference from")
        names = {one.id: f"Take {one.name}" for one in self._others.values()}
        self.other.show_options(names, "")
        self.other.edited.connect(self.compare_with)
        self.other.setMinimumContentsLength(LONGEST_NAME)
        question = text_label("What differs from", "second")
        question.setBuddy(self.other)
        row.addWidget(question)
        row.addWidget(self.other)
        row.addStretch(1)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        column.addLayout(row)
        column.addLayout(self._lines)
        if not self._others:
            box.hide()
        return box

    def _list(self) -> QWidget:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for place, row in enumerate(self.rows):
            label = text_label(row.label, "second")
            value = paragraph(row.value, "prompt" if row.long else "")
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(row.label)
            value.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # never wider than the sheet
            grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, place, 1)
        grid.setRowStretch(len(self.rows), 1)
        area = scrolling(body)
        area.setFixedHeight(min(LIST_HEIGHT, max(120, self._over.height() - 380)))
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName("Every input of the take")
        return area

    def _add_buttons(self, take: TakeCard, *, writable: bool) -> None:
        row = self.foot_row()
        copy = KeyButton(self._look, "Copy all of it", kind="quiet", icon="copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(as_text(self.rows)))
        row.addWidget(copy)
        row.addStretch(1)
        close = KeyButton(self._look, "Close", "Esc", kind="outline")
        close.clicked.connect(self.close_sheet)
        row.addWidget(close)
        self.again = KeyButton(self._look, "Run again exactly", kind="", icon="retry")
        self.again.clicked.connect(self._run_again)
        row.addWidget(self.again)
        self.again.setVisible(writable and take.origin == "generated")

    def _run_again(self) -> None:
        self.close_sheet()
        self.again_requested.emit(self.take.id)
