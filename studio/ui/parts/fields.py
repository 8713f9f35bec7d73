"""Fields that announce a finished edit once: a line, a choice, and a text that is kept while one pauses typing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QMetaObject, QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTextEdit,
    QWidget,
)

from studio.project.commands import values

PAUSE_MS = 900
"""After this long without a key, what was typed is kept: nothing typed is ever lost."""


def cut_words(most: int) -> str:
    return f"That is longer than the {most:,} characters that fit here; the rest was left out."


class LineField(QLineEdit):
    """`edited` when Enter is pressed or the field is left, only if the text differs from what was shown.

    In a form Esc belongs to the sheet; elsewhere it puts back what was shown.
    """

    edited = Signal(str)
    cut_short = Signal(str)
    """a sentence: what was pasted or typed did not fit"""

    def __init__(self, placeholder: str = "", *, most: int = values.LONG, in_form: bool = False) -> None:
        """`most`: characters it takes."""
        super().__init__()
        self._kept, self._in_form = "", in_form
        self.setMaxLength(most)
        self.setPlaceholderText(placeholder)
        self.editingFinished.connect(self.keep)
        self.inputRejected.connect(lambda: self.cut_short.emit(cut_words(most)))

    def show_text(self, text: str) -> None:
        """From the film; leaves what is being typed alone."""
        if text != self._kept or not self.hasFocus():
            self._kept = text
            if self.text() != text:
                self.setText(text)
                self.setCursorPosition(0)

    def keep(self) -> None:
        if self.text() != self._kept:
            self._kept = self.text()
            self.edited.emit(self._kept)

    def put_back(self) -> None:
        """What was typed cannot be used: show what the film has."""
        self.setText(self._kept)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._in_form:
            event.ignore()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._kept)
            self.clearFocus()
            return
        super().keyPressEvent(event)


class ChoiceField(QComboBox):
    """One of a few words or none; a word that is not in the list is kept and shown."""

    edited = Signal(str)

    def __init__(self, options: Sequence[str], nothing: str = "Not set", *, small: bool = False) -> None:
        super().__init__()
        self._options, self._nothing, self._required = list(options), nothing, False
        self._words: dict[str, str] = {}
        if small:
            self.setProperty("kind", "small")
        self.setMinimumWidth(40)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.show_choice("")
        self.activated.connect(lambda place: self.edited.emit(self.itemData(place)))

    def show_choice(self, choice: str) -> None:
        known = [*([] if self._required else [""]), *self._options]
        known += [] if choice in known else [choice]
        if [self.itemData(place) for place in range(self.count())] != known:
            self.clear()
            for word in known:
                self.addItem(self._words.get(word) or word[:1].upper() + word[1:] or self._nothing, word)
        self.setCurrentIndex(known.index(choice))

    def show_options(self, options: Mapping[str, str], choice: str) -> None:
        """Other things to pick from, one of which must be chosen: what each is, and the words for it."""
        self._options, self._words, self._required = list(options), dict(options), True
        self.show_choice(choice)

    def choice(self) -> str:
        return str(self.currentData())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling the panel must never change a field


class NumberField(QSpinBox):
    """A whole number within limits; `edited` when Enter is pressed or the field is left."""

    edited = Signal(int)

    def __init__(self, low: int, high: int, unit: str = "") -> None:
        super().__init__()
        self.setRange(low, high)
        self.setSuffix(f" {unit}" if unit else "")
        self.lineEdit().setTextMargins(5, 0, 5, 0)  # the style sheet's padding does not reach the field inside
        self.editingFinished.connect(lambda: self.edited.emit(self.value()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # as for a choice


class TextField(QTextEdit):
    """Several lines of plain text; `edited` after a pause in typing and when the field is left."""

    edited = Signal(str)
    cut_short = Signal(str)
    """a sentence: what was pasted did not fit whole"""

    def __init__(self, placeholder: str = "", *, most: int = values.LONG) -> None:
        """`most`: characters it takes from the clipboard; the film refuses longer ones that were typed."""
        super().__init__()
        self.setAcceptRichText(False)
        self._kept, self._most = "", most
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._typed)

    def show_text(self, text: str) -> None:
        """From the film; leaves the cursor, and what is being typed, alone."""
        if self.hasFocus() and self.toPlainText() != self._kept:
            return
        self._kept = text
        if self.toPlainText() != text:
            self.setPlainText(text)

    def keep(self) -> None:
        self._pause.stop()
        if self.toPlainText() != self._kept:
            self._kept = self.toPlainText()
            self.edited.emit(self._kept)

    def not_kept(self, text: str) -> None:
        """The film refused the words and still has `text`; they stay to be mended and are offered again."""
        self._kept = text

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.keep()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Plain text, as much as fits: a whole book would take seconds to lay out."""
        room = self._most - len(self.toPlainText()) + len(self.textCursor().selectedText())
        text = source.text()
        self.textCursor().insertText(text[: max(0, room)])
        if len(text) > room:
            self.cut_short.emit(cut_words(self._most))

    def _typed(self) -> None:
        if self.toPlainText() != self._kept:
            self._pause.start()


class KeyGuard(QObject):
    """Watches the widget that has the keyboard: keys never fire inside text fields.

    Shortcuts without Ctrl, Alt or Meta belong to the text while a text field has the keyboard; Space, Enter and the
    arrows belong to a button or choice that was reached with Tab; every key belongs to a sheet while one is open.
    """

    ENTERING = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)
    PRESSING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down)
    HELD = Qt.KeyboardModifier
    BEYOND_TEXT = HELD.ControlModifier | HELD.AltModifier | HELD.MetaModifier
    FUNCTION = range(int(Qt.Key.Key_F1), int(Qt.Key.Key_F35) + 1)

    told = Signal(str)
    """a sentence about the field that has the keyboard: what was pasted did not fit"""

    _telling: QMetaObject.Connection | None = None
    """From the field that has the keyboard to `told`; a field of another window may have had it before."""

    def follow_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if now is not None:
            now.installEventFilter(self)
        if self._telling is not None:
            QObject.disconnect(self._telling)
            self._telling = None
        if isinstance(now, (LineField, TextField)):
            self._telling = now.cut_short.connect(self.told)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if not isinstance(watched, QWidget) or watched.window().windowType() == Qt.WindowType.Popup:
            return super().eventFilter(watched, event)  # a choice's list has a filter of its own for this event
        if self._belongs_to(watched, event):
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _belongs_to(self, widget: QWidget, event: QKeyEvent) -> bool:
        if _in_sheet(widget):
            return True
        plain = not event.modifiers() & self.BEYOND_TEXT and event.key() not in self.FUNCTION
        if isinstance(widget, self.ENTERING):
            return plain and not getattr(widget, "isReadOnly", lambda: False)()
        if isinstance(widget, QComboBox):
            return plain
        return plain and event.key() in self.PRESSING and widget.inherits("QAbstractButton")


def _in_sheet(widget: QWidget) -> bool:
    above: QWidget | None = widget
    while above is not None and not getattr(above, "takes_all_keys", False):
        above = above.parentWidget()
    return above is not None
