"""Who is in the shot: one row for each subject with side, facing and action; a button for those who are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from studio.ui.cast_row import CastRow
from studio.ui.choices import Choices
from studio.ui.parts.controls import IconButton, clear_layout, text_label
from studio.ui.parts.fields import ChoiceField
from studio.ui.parts.painting import cut_at_word
from studio.ui.parts.tips import plain_tip
from studio.ui.theme import Look

PEOPLE = ("character", "prop")
"""Kinds of subjects that stand somewhere in the picture."""


class Cast(QWidget):
    edited = Signal(object)
    """The new rows, a tuple of CastRow."""

    def __init__(self, look: Look, choices: Choices) -> None:
        super().__init__()
        self._look, self._choices = look, choices
        self._rows: tuple[CastRow, ...] = ()
        self._known: tuple[tuple[str, str], ...] = ()
        self._folded = True
        self.add = IconButton(look, "plus", "Add to the shot", size=20)
        self.add.clicked.connect(self._offer)
        self.fold = IconButton(look, "chevron-right", "Where they stand and what they do")
        self.fold.clicked.connect(lambda: self.show_folded(not self._folded))
        self.summary = text_label("", "second")
        self._body = QWidget()
        self._lines = QVBoxLayout(self._body)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(look.size("grid"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.size("grid"))
        head = QHBoxLayout()
        head.setSpacing(look.size("grid"))
        self.fold.setFixedSize(20, 20)
        head.addWidget(self.fold)
        head.addWidget(text_label("In the shot", "label"))
        head.addSpacing(4)
        head.addWidget(self.summary, 1)
        head.addWidget(self.add)
        self.summary.setMinimumWidth(40)
        column.addLayout(head)
        column.addWidget(self._body)
        self.show_folded(True)

    def show_cast(self, rows: Sequence[CastRow], known: Sequence[tuple[str, str]]) -> None:
        """`known`: every subject of the film as (@name, kind)."""
        self._known = tuple(known)
        self.add.setEnabled(bool(self._absent()) if tuple(rows) == self._rows else True)
        if tuple(rows) != self._rows or self._lines.count() != len(rows):
            self._rows = tuple(rows)
            self._rebuild()
            self._show_summary()
        self.add.setEnabled(bool(self._absent()))
        self.add.setToolTip("Add to the shot" if self._absent() else "Every subject of the film is in the shot.")

    def show_folded(self, folded: bool) -> None:
        """Folded, one line says who is there and what they do."""
        self._folded = folded
        self.fold.show_icon("chevron-right" if folded else "chevron-down")
        self.fold.setAccessibleDescription("folded" if folded else "open")
        self._body.setVisible(not folded)
        self._show_summary()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._show_summary()

    def _show_summary(self) -> None:
        told = "; ".join(_told(row) for row in self._rows) if self._folded else ""
        words = told or ("Nobody" if self._folded else "")
        self.summary.setText(cut_at_word(words, self.summary.fontMetrics(), max(40, self.summary.width())))
        self.summary.setToolTip(plain_tip(told))

    def rows(self) -> tuple[CastRow, ...]:
        return self._rows

    def _absent(self) -> list[tuple[str, str]]:
        present = {row.name for row in self._rows}
        return [(name, kind) for name, kind in self._known if name not in present]

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, kind in self._absent():
            menu.addAction(f"{name}  {kind}", partial(self._put, (*self._rows, CastRow(name, kind))))
        menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def _put(self, rows: tuple[CastRow, ...]) -> None:
        self.edited.emit(rows)

    def _change(self, place: int, **fields: str) -> None:
        rows = list(self._rows)
        rows[place] = replace(rows[place], **fields)
        self._put(tuple(rows))

    def _rebuild(self) -> None:
        clear_layout(self._lines)
        for place, row in enumerate(self._rows):
            self._lines.addWidget(self._line(place, row))

    def _line(self, place: int, row: CastRow) -> QWidget:
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._look.size("grid"))
        name = text_label(row.name, "title")
        name.setFixedWidth(52)
        name.setToolTip(plain_tip(row.name))
        layout.addWidget(name)
        if row.kind in PEOPLE:
            for field, options, nothing in (
                ("side", self._choices.sides, "Side"),
                ("facing", self._choices.facings, "Facing"),
                ("action", self._doings(row), "Action"),
            ):
                layout.addWidget(self._choice(place, row, field, options, nothing), 1)
        else:
            layout.addWidget(text_label(row.kind, "second"), 1)
        leave = IconButton(self._look, "close", f"Take {row.name} out of the shot")
        leave.clicked.connect(lambda: self._put(self._rows[:place] + self._rows[place + 1 :]))
        layout.addWidget(leave)
        return line

    def _doings(self, row: CastRow) -> tuple[str, ...]:
        """Of a prop only animals and vehicles are drawn; a character may be an animal too."""
        if row.kind == "prop":
            return self._choices.motions
        return tuple(dict.fromkeys((*self._choices.actions, *self._choices.motions)))

    def _choice(self, place: int, row: CastRow, field: str, options: Sequence[str], nothing: str) -> ChoiceField:
        choice = ChoiceField(options, nothing, small=True)
        choice.show_choice(getattr(row, field))
        choice.setAccessibleName(f"{nothing} of {row.name}")
        choice.edited.connect(lambda word: self._change(place, **{field: word}))
        return choice


def _told(row: CastRow) -> str:
    """`@mara left, facing right, walking`"""
    facing = f"facing {row.facing}" if row.facing else ""
    return f"{row.name} {', '.join(filter(None, (row.side, facing, row.action)))}".strip()
