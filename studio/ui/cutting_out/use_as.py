"""Whose view the cut becomes: one of a subject of the film, or the first of a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from studio.ui.cutting_out.source import NEW, Use
from studio.ui.parts.controls import labelled
from studio.ui.parts.fields import ChoiceField, LineField
from studio.ui.theme import Look

KINDS = ("character", "prop", "location", "look")
VIEWS = ("front", "side", "back", "face", "detail")


class UseAs(QWidget):
    changed = Signal()
    keep_requested = Signal()

    def __init__(self, look: Look, subjects: Sequence[tuple[str, str]], first: str) -> None:
        """`subjects`: (id, @name). `first`: the id of the one that is offered, or NEW."""
        super().__init__()
        self._names = {**dict(subjects), NEW: "A new subject"}
        self.subject, self.view, self.kind = ChoiceField(()), ChoiceField(VIEWS), ChoiceField(())
        self.subject.show_options(self._names, first if first in self._names else NEW)
        self.kind.show_options({one: one.capitalize() for one in KINDS}, KINDS[0])
        self.name = LineField("@mara", in_form=True)
        self._new = [labelled("Name", self.name, look), labelled("Kind", self.kind, look)]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.size("gap"))
        grid.setVerticalSpacing(look.size("group-gap"))
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        first_row = (labelled("Use as a view of", self.subject, look), labelled("View", self.view, look))
        for row, boxes in enumerate((first_row, self._new)):
            for column, box in enumerate(boxes):
                grid.addWidget(box, row, column)
        self.subject.edited.connect(self._show_new)
        self.name.textChanged.connect(self.changed)
        self.name.returnPressed.connect(self.keep_requested)
        self._show_new()

    def use(self) -> Use:
        return Use(self.subject.choice(), self.view.choice(), self.name.text().strip(), self.kind.choice())

    @property
    def words(self) -> str:
        """Of the button that does it."""
        if self.subject.choice() == NEW:
            return "Add as a new subject"
        return f"Add to {self._names[self.subject.choice()]}"

    def _show_new(self, _choice: str = "") -> None:
        new = self.subject.choice() == NEW
        for box in self._new:
            box.setVisible(new)
        self.changed.emit()
