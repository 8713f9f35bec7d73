"""The field a part of a prompt is edited in: as high as its words, Enter keeps them, Esc leaves them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor

from studio.ui.draft_field import DraftField
from studio.ui.name_chips import LINE_HEIGHT
from studio.ui.parts.pictures import PictureStore
from studio.ui.theme import Look

MOST_LINES = 10


class PartField(DraftField):
    kept = Signal()

    def __init__(self, look: Look, pictures: PictureStore) -> None:
        super().__init__(look, pictures, "")
        self.setAccessibleName("The part, edited")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.textChanged.connect(self._fit)
        self.hide()

    def begin(self, text: str, width: int) -> None:
        self.resize(width, self.height())
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._fit()

    def keep(self) -> None:
        """Only Enter keeps: the part is one step of undo, not one for each pause in typing."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if enter and plain and not self.is_offering():
            self.kept.emit()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        lines = max(1, min(MOST_LINES, round((self.document().size().height() - 8) / LINE_HEIGHT)))
        height = lines * LINE_HEIGHT + 22
        if self.height() != height:
            self.setFixedHeight(height)
