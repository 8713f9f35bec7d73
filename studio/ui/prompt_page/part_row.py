"""One part of a proposed prompt: read with its additions, locked, accepted, edited in place, refused, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.project.additions import additions
from studio.project.gallery_cards import SubjectCard
from studio.project.prompt_cards import ACCEPTED, EDITED, PARTS, REFUSED, UNDECIDED, PromptPart
from studio.ui.marked_text import MarkedText
from studio.ui.parts import painting
from studio.ui.parts.controls import BadgeLabel, IconButton, KeyCap, rule, text_label
from studio.ui.parts.painting import Badge
from studio.ui.parts.pictures import PictureStore
from studio.ui.prompt_page.part_field import PartField
from studio.ui.theme import Look

BADGES = {
    ACCEPTED: Badge("approved", "Accepted", "good", "good-quiet"),
    EDITED: Badge("pencil", "Edited", "good", "good-quiet"),
    REFUSED: Badge("close", "Refused", "grey-4"),
}
KEYS_TOLD = "Space accepts, Enter edits, Del refuses, Backspace takes it back, L locks."


class PartRow(QWidget):
    decided = Signal(int, str)
    """place; accepted, refused, or proposed: taken back"""
    edited = Signal(int, str)
    """place; the new text"""
    locked = Signal(int, bool)
    edit_begun = Signal(object)
    """the field, the first time there is one"""

    def __init__(self, look: Look, pictures: PictureStore, place: int) -> None:
        super().__init__()
        self._look, self._pictures, self.place = look, pictures, place
        self._subjects: tuple[SubjectCard, ...] = ()
        self.part = PromptPart("caption", "")
        self._draft, self._writable = "", True
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.lock = IconButton(look, "unlocked", "Lock this part", "L")
        self.lock.setCheckable(True)
        self.heading = text_label("", "second")
        self.note = text_label("", "second")
        self.badge = BadgeLabel(look, self)
        self.editing = text_label("Editing", "second")
        self.cap = KeyCap(look, "Enter")
        self.accept = IconButton(look, "check", "Accept this part", "Space")
        self.pencil = IconButton(look, "pencil", "Edit this part", "Enter")
        self.refuse = IconButton(look, "close", "Refuse this part", "Del")
        self.undo = IconButton(look, "undo", "Take the decision back", "Backspace")
        self.keep = IconButton(look, "check", "Keep the words", "Enter")
        self.leave = IconButton(look, "close", "Leave the words as they were", "Esc")
        self.text = MarkedText(look, pictures, "Part of the prompt")
        self.field: PartField | None = None
        """Made when the part is edited first: a page has many parts, and few are edited."""
        self._build()
        self._connect()

    # --- what is shown ---

    def know(self, subjects: Sequence[SubjectCard]) -> None:
        self._subjects = tuple(subjects)
        self.text.know(subjects)
        if self.field is not None:
            self.field.know_subjects(subjects)

    def show_part(self, part: PromptPart, draft: str, *, writable: bool) -> None:
        """What is being edited stays in the hands until it is kept or left."""
        self.part, self._draft, self._writable = part, draft, writable
        heading = PARTS.get(part.kind, part.kind)
        self.heading.setText(heading)
        self.text.setAccessibleName(heading)
        self.text.show_marked(part.text, additions(part.text, draft), struck=part.state == REFUSED)
        self.lock.setChecked(part.locked)
        self.lock.show_icon("locked" if part.locked else "unlocked")
        self.lock.name("Unlock this part" if part.locked else "Lock this part", "L")
        self.badge.show_badge(BADGES.get(part.state))
        self.note.setText("Locked: the next variant keeps it word for word" if part.locked else "")
        self.setAccessibleName(f"{heading}, {part.state}{', locked' if part.locked else ''}")
        self.setAccessibleDescription(f"{part.text}\n{KEYS_TOLD}")
        self._show_controls(editing=self.is_edited)

    @property
    def is_edited(self) -> bool:
        return self.field is not None and not self.field.isHidden()

    def begin_editing(self) -> None:
        if not self._writable or self.is_edited:
            return
        field = self.field or self._made_field()
        field.begin(self.part.text, self.text.width())
        self._show_controls(editing=True)
        field.setFocus()

    def end_editing(self, *, keep: bool) -> None:
        """Kept words are announced once; the others are left."""
        if self.field is None or not self.is_edited:
            return
        words = self.field.toPlainText()
        self._show_controls()
        self.setFocus()
        if keep and words != self.part.text:
            self.edited.emit(self.place, words)

    def _show_controls(self, *, editing: bool = False) -> None:
        open_ = self.part.state == UNDECIDED
        if self.field is not None:
            self.field.setVisible(editing)
        for widget, there in (
            (self.editing, editing), (self.cap, editing), (self.keep, editing),
            (self.leave, editing), (self.text, not editing), (self.note, not editing and self.part.locked and open_),
            (self.accept, not editing and open_), (self.pencil, not editing and self.part.state != REFUSED),
            (self.refuse, not editing and open_), (self.undo, not editing and not open_),
            (self.badge, not editing and not open_),
        ):  # fmt: skip
            widget.setVisible(there)
        for button in (self.accept, self.pencil, self.refuse, self.undo):
            button.setEnabled(self._writable)
        self.lock.setEnabled(self._writable and self.part.in_use)

    # --- hands ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if not plain or not self._writable or not self.hasFocus():
            event.ignore()
            return
        open_ = self.part.state == UNDECIDED
        match event.key():
            case Qt.Key.Key_Space if open_:
                self.decided.emit(self.place, ACCEPTED)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.part.in_use:
                self.begin_editing()
            case Qt.Key.Key_Delete if self.part.in_use:
                self.decided.emit(self.place, REFUSED)
            case Qt.Key.Key_Backspace if not open_:
                self.decided.emit(self.place, UNDECIDED)
            case Qt.Key.Key_L if self.part.in_use:
                self.locked.emit(self.place, not self.part.locked)
            case _:
                event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ring = self.rect().adjusted(0, 2, 0, -3)
            painting.outline(painter, ring, self._look.radius("control"), self._look.colour("accent"), 2)

    def _decide(self, state: str, _checked: bool = False) -> None:
        """The button that was pressed goes; the keyboard stays with the part."""
        self.setFocus()
        self.decided.emit(self.place, state)

    def _connect(self) -> None:
        self.lock.clicked.connect(lambda on: self.locked.emit(self.place, on))
        for button, state in ((self.accept, ACCEPTED), (self.refuse, REFUSED), (self.undo, UNDECIDED)):
            button.clicked.connect(partial(self._decide, state))
        self.pencil.clicked.connect(self.begin_editing)
        self.keep.clicked.connect(lambda: self.end_editing(keep=True))
        self.leave.clicked.connect(lambda: self.end_editing(keep=False))

    def _made_field(self) -> PartField:
        field = self.field = PartField(self._look, self._pictures)
        field.know_subjects(self._subjects)
        field.kept.connect(lambda: self.end_editing(keep=True))
        field.left.connect(lambda: self.end_editing(keep=False))
        self._words.addWidget(field)
        self.edit_begun.emit(field)
        return field

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.heading)
        head.addStretch(1)
        for one in (self.note, self.editing, self.cap, self.badge, self.accept, self.pencil, self.refuse, self.undo,
                    self.keep, self.leave):  # fmt: skip
            head.addWidget(one)
        words = self._words = QVBoxLayout()
        words.setSpacing(4)
        words.addLayout(head)
        words.addWidget(self.text)
        row = QHBoxLayout()
        row.setContentsMargins(8, 8, 8, 10)
        row.setSpacing(8)
        row.addWidget(self.lock, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(rule())
