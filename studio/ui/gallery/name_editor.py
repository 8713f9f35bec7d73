"""A subject's name written over where it stands: Enter keeps it, Esc leaves it as it was."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from studio.project.commands import values
from studio.ui.parts.sheet import paragraph
from studio.ui.theme import Look

NARROWEST = 160


class NameEditor(QLineEdit):
    kept = Signal(str, str)
    """a subject's id and what was typed; not announced where it is the old name"""
    closed = Signal()

    def __init__(self, look: Look, over: QWidget) -> None:
        super().__init__(over)
        self._over, self._subject, self._before = over, "", ""
        self.setMaxLength(values.LINE)
        self.setFont(look.font("body"))
        self.setAccessibleName("Name of the subject")
        self.refusal = paragraph("", "refusal")
        self.refusal.setParent(over)
        self.refusal.hide()
        self.textEdited.connect(lambda _text: self.refusal.hide())
        self.hide()

    @property
    def subject(self) -> str:
        """Whose name is being written; empty while none is."""
        return self._subject

    def begin(self, subject: str, name: str, rect: QRect) -> None:
        self._subject, self._before = subject, name
        self.setText(name)
        self.setSelection(1, len(name))
        self.place(rect)
        self.show()
        self.setFocus()

    def place(self, rect: QRect) -> None:
        """Over the subject's words, a little larger than they are."""
        box = rect.adjusted(-8, -6, 8, 0)
        box.setWidth(max(NARROWEST, min(box.width(), self._over.width() - 8)))
        self.setGeometry(box)

    def refuse(self, words: str) -> None:
        self.refusal.setText(words)
        width = self._over.width() - 16
        self.refusal.setGeometry(8, self.geometry().bottom() + 4, width, self.refusal.heightForWidth(width))
        self.refusal.show()
        self.refusal.raise_()
        self.setAccessibleDescription(words)

    def keep(self) -> None:
        subject, text = self._subject, self.text().strip()
        if not subject:
            return
        if text.lstrip("@") == self._before.lstrip("@") or not text.lstrip("@"):
            self.leave()
        else:
            self.kept.emit(subject, text)

    def leave(self) -> None:
        if not self._subject:
            return
        self._subject = ""
        self.refusal.hide()
        self.setAccessibleDescription("")
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self.leave()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.keep()
            case _:
                super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A name that was refused is left as it was; one that was not offered yet is kept."""
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.PopupFocusReason:
            return
        if self.refusal.isVisible():
            self.leave()
        else:
            self.keep()
