"""The draft of a shot: plain text with @names marked and completed while typing."""

from __future__ import annotations

import re

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QCompleter, QListView

from studio.ui.parts.fields import TextField
from studio.ui.theme import MEDIUM, Look

NAME = re.compile(r"@[\w-]+")
TYPED = re.compile(r"@[\w-]*$")


class NameMarks(QSyntaxHighlighter):
    """Names of subjects stand out as on a chip; unknown ones are underlined."""

    def __init__(self, look: Look, document: QTextDocument) -> None:
        super().__init__(document)
        self._known: set[str] = set()
        self._chip, self._unknown = QTextCharFormat(), QTextCharFormat()
        self._chip.setBackground(look.colour("grey-3"))
        self._chip.setFontWeight(MEDIUM)
        self._unknown.setForeground(look.colour("warn"))
        self._unknown.setFontUnderline(True)

    def know(self, names: set[str]) -> None:
        if names != self._known:
            self._known = names
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        for found in NAME.finditer(text):
            marks = self._chip if found[0] in self._known else self._unknown
            self.setFormat(found.start(), len(found[0]), marks)


class DraftField(TextField):
    left = Signal()
    """Esc: the hands go back to where the shot was made"""

    def __init__(self, look: Look, placeholder: str) -> None:
        super().__init__(placeholder)
        self._marks = NameMarks(look, self.document())
        self._names = QStringListModel(self)
        self._completer = QCompleter(self._names, self)
        self._completer.setWidget(self)
        self._popup = QListView()
        self._popup.setObjectName("names")
        self._popup.setAccessibleName("Names of subjects")
        self._completer.setPopup(self._popup)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.activated.connect(self._complete)

    def know_names(self, names: list[str]) -> None:
        self._names.setStringList(names)
        self._marks.know(set(names))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        taking = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Escape)
        if self._popup.isVisible() and event.key() in taking:
            self._popup.hide()
            if event.key() != Qt.Key.Key_Escape:
                self._complete(str(self._popup.currentIndex().data()))
            return
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
        self._offer_names()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab takes the offered name while names are offered, and leaves the field otherwise."""
        return not self._popup.isVisible() and super().focusNextPrevChild(forward)

    def _offer_names(self) -> None:
        typed = TYPED.search(self._before_cursor())
        popup = self._popup
        if typed is None or typed[0] in self._names.stringList():
            popup.hide()
            return
        self._completer.setCompletionPrefix(typed[0])
        rect = self.cursorRect()
        rect.setWidth(180)
        if self._completer.completionCount():
            self._completer.complete(rect)
            popup.setCurrentIndex(self._completer.completionModel().index(0, 0))
        else:
            popup.hide()

    def _complete(self, name: str) -> None:
        typed = TYPED.search(self._before_cursor())
        cursor = self.textCursor()
        if typed is not None:
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(typed[0]))
        cursor.insertText(name)
        self.setTextCursor(cursor)

    def _before_cursor(self) -> str:
        cursor = self.textCursor()
        return cursor.block().text()[: cursor.positionInBlock()]
