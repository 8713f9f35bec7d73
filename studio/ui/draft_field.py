"""The draft of a shot: plain text whose @names are chips, completed while typing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QCompleter, QListView

from studio.project.gallery_cards import SubjectCard
from studio.ui.name_chips import NameChips, set_plain_text
from studio.ui.parts.fields import TextField
from studio.ui.parts.pictures import PictureStore
from studio.ui.subject_names import NameDelegate, SubjectNames
from studio.ui.theme import Look

TYPED = re.compile(r"(?<![\w@.+-])@[\w-]*$")
OFFER_WIDTH = 300
MOST_OFFERED = 7


class DraftField(TextField):
    left = Signal()
    """Esc: the hands go back to where the shot was made"""

    def __init__(self, look: Look, pictures: PictureStore, placeholder: str) -> None:
        super().__init__(placeholder)
        self.chips = NameChips(look, self, pictures)
        self._names = SubjectNames()
        self._delegate = NameDelegate(look, pictures)
        self._completer = QCompleter(self._names, self)
        self._completer.setWidget(self)
        self._completer.setMaxVisibleItems(MOST_OFFERED)
        self._popup = QListView()
        self._popup.setObjectName("names")
        self._popup.setAccessibleName("Names of subjects")
        self._completer.setPopup(self._popup)
        self._popup.setItemDelegate(self._delegate)  # after the completer, which sets one of its own
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchStartsWith)
        self._completer.activated.connect(self._complete)
        set_plain_text(self, "", super().setPlainText)

    def know_subjects(self, cards: Sequence[SubjectCard]) -> None:
        self._names.show_subjects(cards)
        self.chips.know(cards)

    def setPlainText(self, text: str) -> None:
        set_plain_text(self, text, super().setPlainText)

    def is_offering(self) -> bool:
        """Whether names are offered: Enter takes one then."""
        return self._popup.isVisible()

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

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self.chips.paint_behind(painter)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        self.chips.paint_over(painter)
        painter.end()

    def _offer_names(self) -> None:
        typed = TYPED.search(self._before_cursor())
        popup = self._popup
        if typed is None or self.chips.subject(typed[0]) is not None:
            popup.hide()
            return
        self._completer.setCompletionPrefix(typed[0])
        rect = self.cursorRect()
        rect.setWidth(OFFER_WIDTH)
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
        """Of the paragraph; Qt counts its places in units of which an emoji has two."""
        cursor = self.textCursor()
        units = cursor.block().text().encode("utf-16-le")
        return units[: 2 * cursor.positionInBlock()].decode("utf-16-le", "ignore")
