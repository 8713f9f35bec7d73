"""The notes of the current shot: read, written on the frame on screen, marked done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QStackedWidget, QVBoxLayout, QWidget

from studio.project.cards import NoteCard, TakeCard
from studio.project.timing import FrameRate
from studio.ui.notes.note_delegate import NoteDelegate, status_rect
from studio.ui.notes.note_list import NoteList
from studio.ui.parts.controls import DockHeader, KeyButton, Segments, text_label
from studio.ui.parts.fields import TextField
from studio.ui.parts.pictures import PictureStore
from studio.ui.theme import Look

SIDES = (("open", "Open"), ("done", "Done"))


class NoteView(QListView):
    opened = Signal(str)
    """note id: show the frame it is on"""
    status_clicked = Signal(str)
    remove_requested = Signal(str)
    change_requested = Signal(str)

    def __init__(self, look: Look, notes: NoteList, strips: PictureStore) -> None:
        super().__init__()
        self._notes = notes
        self.setModel(notes)
        self.setItemDelegate(NoteDelegate(look, strips, self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("Notes of the shot")
        self.selectionModel().currentChanged.connect(self._current_changed)
        strips.arrived.connect(lambda _strip: self.viewport().update())

    def current(self) -> str | None:
        index = self.currentIndex()
        return self._notes.card(index.row()).id if index.isValid() else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and status_rect(self.visualRect(index)).contains(event.position().toPoint()):
            self.status_clicked.emit(self._notes.card(index.row()).id)
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.change_requested.emit(self._notes.card(index.row()).id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        note = self.current()
        wish = {Qt.Key.Key_Delete: self.remove_requested, Qt.Key.Key_F2: self.change_requested,
                Qt.Key.Key_Return: self.status_clicked, Qt.Key.Key_Enter: self.status_clicked}.get(
                    Qt.Key(event.key()))  # fmt: skip
        if note is not None and wish is not None and not event.modifiers():
            wish.emit(note)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # a note is as high as its words need at this width

    def _current_changed(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._notes.card(index.row()).id)


class NoteField(TextField):
    """Enter keeps, Shift Enter begins another line, Esc leaves a change."""

    entered = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class NotesPanel(QWidget):
    note_kept = Signal(str, str)
    """what it says; the id of the note that is changed, empty for a new one"""

    def __init__(self, look: Look, rate: FrameRate, strips: PictureStore, *, writable: bool) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look, self._writable = look, writable
        self._cards: tuple[NoteCard, ...] = ()
        self._takes: tuple[TakeCard, ...] = ()
        self._number, self._changes = "", ""
        self.notes = NoteList(rate, self)
        self.view = NoteView(look, self.notes, strips)
        self.header = DockHeader(look, "Notes")
        self.sides = Segments(SIDES, "Open notes or done ones")
        self.header.row.addStretch(1)
        self.header.row.addWidget(self.sides)
        self.empty = text_label("", "second")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.field = NoteField("What should be different here?")
        self.field.setAccessibleName("Note")
        self.field.setFixedHeight(76)
        self.place = text_label("", "micro")
        self.keep = KeyButton(look, "Keep note", "Enter")
        self._stack = QStackedWidget()
        self._build()
        self.sides.chosen.connect(self.show_side)
        self.keep.clicked.connect(self._keep)
        self.field.entered.connect(self._keep)
        self.field.left.connect(self._leave_change)
        self.show_shot("", (), ())

    # --- what is shown ---

    def show_shot(self, number: str, cards: Sequence[NoteCard], takes: Sequence[TakeCard]) -> None:
        if number != self._number:
            self._leave_change()
        self._number, self._cards, self._takes = number, tuple(cards), tuple(takes)
        self.header.title.setText(f"Notes on {number}" if number else "Notes")
        open_ones = sum(1 for card in cards if card.status == "open")
        self.sides.word("open", f"Open {open_ones}")
        self.sides.word("done", f"Done {len(cards) - open_ones}")
        self._box.setEnabled(bool(number) and self._writable)
        self.show_side(self.sides.current())

    def show_side(self, side: str) -> None:
        self.sides.choose(side)
        shown = [card for card in self._cards if (card.status == "open") == (side == "open")]
        self.notes.show_all(shown, self._takes)
        self._stack.setCurrentWidget(self.view if shown else self.empty)
        self.empty.setText(self._nothing(side))

    def show_place(self, words: str) -> None:
        """What a note written now is on."""
        self.place.setText("" if self._changes else words)

    def card(self, note: str) -> NoteCard | None:
        return next((card for card in self._cards if card.id == note), None)

    def change(self, note: str) -> None:
        """The words of a note in the field, to be kept in its place."""
        card = self.card(note)
        if card is None or not self._writable:
            return
        self._changes = note
        self.field.show_text(card.text)
        self.field.setFocus()
        self.keep.say("Keep change")
        self.place.setText(f"changes the note on {self.notes.where(card)}")

    def write(self) -> None:
        """The keyboard goes to the field."""
        self.field.setFocus()

    def kept(self) -> None:
        """The note is in the film: the field is empty again, though the hands are in it."""
        self.field.keep()
        self.field.show_text("")
        self._leave_change()

    def _nothing(self, side: str) -> str:
        if not self._number:
            return "Choose a shot on the board to see its notes."
        if side == "done":
            return "No note is done yet."
        return f"{self._number} has no open note.\nStop on a frame and press ; to write one."

    def _leave_change(self) -> None:
        if self._changes:
            self.field.show_text("")
        self._changes = ""
        self.keep.say("Keep note")

    def _keep(self) -> None:
        text = self.field.toPlainText().strip()
        if text:
            self.note_kept.emit(text, self._changes)

    def _build(self) -> None:
        for page in (self.view, self.empty):
            self._stack.addWidget(page)
        self._box = QWidget()
        box, row = QVBoxLayout(self._box), QHBoxLayout()
        box.setContentsMargins(12, 8, 12, 12)
        box.setSpacing(8)
        box.addWidget(self.field)
        row.addWidget(self.place, 1)
        row.addWidget(self.keep)
        box.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)
        column.addWidget(self._box)
