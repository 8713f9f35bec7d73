"""The film notes, read by whoever writes a prompt: text to read, a pencil, and a field that is kept in one step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.project.gallery_cards import SubjectCard
from studio.ui.marked_text import MarkedText
from studio.ui.parts.controls import IconButton, text_label
from studio.ui.parts.pictures import PictureStore
from studio.ui.prompt_page.part_field import PartField
from studio.ui.theme import Look

NOTHING_YET = "What every prompt of the film should keep to: line, light, colours, what never changes."


class NotesField(PartField):
    """Enter begins a line here; Ctrl Enter keeps, and so does leaving the field."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not self.is_offering():
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.kept.emit()
            else:
                self.insertPlainText("\n")
            return
        super().keyPressEvent(event)


class FilmNotes(QWidget):
    edited = Signal(str)

    def __init__(self, look: Look, pictures: PictureStore) -> None:
        super().__init__()
        self._text, self._writable = "", True
        self.pencil = IconButton(look, "pencil", "Edit the film notes")
        self.text = MarkedText(look, pictures, "Film notes")
        self.field = NotesField(look, pictures)
        self.field.setAccessibleName("Film notes")
        self.field.setPlaceholderText(NOTHING_YET)
        self.keys = text_label("Ctrl Enter keeps, Esc leaves", "micro")
        head = QHBoxLayout()
        head.addWidget(text_label("Film notes", "title"))
        head.addStretch(1)
        head.addWidget(self.pencil)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.size("grid"))
        column.addLayout(head)
        for one in (self.text, self.field, self.keys):
            column.addWidget(one)
        self.keys.hide()
        self.pencil.clicked.connect(self.begin_editing)
        self.field.kept.connect(lambda: self.end_editing(keep=True))
        self.field.left.connect(lambda: self.end_editing(keep=False))

    def know(self, subjects: Sequence[SubjectCard]) -> None:
        self.text.know(subjects)
        self.field.know_subjects(subjects)

    def show_notes(self, text: str, *, writable: bool) -> None:
        self._text, self._writable = text, writable
        self.text.show_marked(text or NOTHING_YET, quiet=not text)
        self.pencil.setEnabled(writable)

    @property
    def is_edited(self) -> bool:
        return not self.field.isHidden()

    def begin_editing(self) -> None:
        self.field.begin(self._text, self.text.width())
        for one, there in ((self.text, False), (self.field, True), (self.keys, True)):
            one.setVisible(there)
        self.field.setFocus()

    def end_editing(self, *, keep: bool) -> None:
        if not self.is_edited:
            return
        words = self.field.toPlainText().strip()
        for one, there in ((self.field, False), (self.keys, False), (self.text, True)):
            one.setVisible(there)
        self.pencil.setFocus()
        if keep and words != self._text:
            self.edited.emit(words)
