"""What was proposed for the shot: its variants, warnings, and every part of the one that is shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from studio.project.gallery_cards import SubjectCard
from studio.project.prompt_cards import UNDECIDED, ExpansionCard
from studio.ui.marked_text import MarkedText
from studio.ui.name_card import NameHover
from studio.ui.parts.controls import KeyButton, Segments, clear_layout, text_label
from studio.ui.parts.pictures import PictureStore
from studio.ui.parts.sheet import paragraph
from studio.ui.prompt_page.column_scroll import column_scroll
from studio.ui.prompt_page.legend import Legend
from studio.ui.prompt_page.part_row import PartRow
from studio.ui.prompt_words import numbered
from studio.ui.theme import Look

MOST_VARIANTS = 6
"""Offered side by side; the history has them all."""
NOTHING_YET = (
    "Nothing was proposed for this shot yet.\n\nAn idea in the draft is enough, and an empty draft is fine: the fields "
    "alone make a prompt. What is proposed changes nothing until it is accepted."
)


class PartsColumn(QWidget):
    shown = Signal(str)
    """id of the expansion to be shown"""
    expand_requested = Signal()
    cancel_requested = Signal()
    decided = Signal(str, int, str)
    """expansion, place, state"""
    edited = Signal(str, int, str)
    locked = Signal(str, int, bool)

    def __init__(self, look: Look, pictures: PictureStore, hover: NameHover) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look, self._pictures, self._hover = look, pictures, hover
        self._subjects: tuple[SubjectCard, ...] = ()
        self.card: ExpansionCard | None = None
        self.rows: list[PartRow] = []
        self._offered: tuple[str, ...] = ()
        self.variants: Segments | None = None
        self.title = text_label("Proposed", "head")
        self.warnings = QFrame()
        self.warning = paragraph("")
        self.nothing = paragraph(NOTHING_YET, "second")
        self.expand = KeyButton(look, "Expand", "Ctrl Shift E", kind="large", icon="expand")
        self.written = MarkedText(look, pictures, "The prompt that is being written")
        self.writing = text_label("", "second")
        self.cancel = KeyButton(look, "Cancel", "Esc", kind="small", icon="close")
        self._build()
        self.expand.clicked.connect(self.expand_requested)
        self.cancel.clicked.connect(self.cancel_requested)

    # --- what is shown ---

    def know(self, subjects: Sequence[SubjectCard]) -> None:
        self._subjects = tuple(subjects)
        self.written.know(subjects)
        for row in self.rows:
            row.know(subjects)

    def show_variants(self, cards: Sequence[ExpansionCard], card: ExpansionCard | None, *, writable: bool) -> None:
        """`cards`: all of the shot, newest first; `card`: the one whose parts are shown."""
        had_keys = self.has_keys()
        self._offer(cards, card)
        self._show_writing(False)
        if (card.id if card else "") != (self.card.id if self.card else "") and (row := self.edited_row()) is not None:
            row.end_editing(keep=False)
        self.card = card
        self.nothing.setVisible(card is None)
        self.expand.setVisible(card is None)
        self.expand.setEnabled(writable)
        self._show_warnings(card)
        self._make_rows(len(card.parts) if card else 0)
        for row, part in zip(self.rows, card.parts if card else (), strict=True):
            row.show_part(part, card.draft if card else "", writable=writable)
        if had_keys and not self.has_keys():
            self.take_keys()

    def show_streamed(self, text: str) -> None:
        """What a writer has written so far stands where the parts will."""
        had_keys = self.has_keys()
        self._show_writing(True)
        if had_keys and not self.has_keys():
            self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self.written.show_marked(text)
        self.writing.setText("Being written" if text else "Waiting for the first words")

    def has_keys(self) -> bool:
        """Whether the keyboard is here, and not in the draft or among the pictures."""
        held = self.window().focusWidget()
        return held is not None and held.isVisible() and self.isAncestorOf(held)

    def edited_row(self) -> PartRow | None:
        return next((row for row in self.rows if row.is_edited), None)

    def take_keys(self) -> None:
        """The keyboard goes to the first part that waits; without one, to the button that asks for a text."""
        waiting = [row for row in self.rows if row.part.state == UNDECIDED]
        target: QWidget = next(iter([*waiting, *self.rows]), self.expand)
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_writing(self, writing: bool) -> None:
        self._writing.setVisible(writing)
        for one in (self._rows, self.warnings, self.nothing, self.expand):
            one.setVisible(not writing)

    def _show_warnings(self, card: ExpansionCard | None) -> None:
        told = "\n".join(card.warnings) if card else ""
        self.warning.setText(told)
        self.warnings.setVisible(bool(told))

    def _offer(self, cards: Sequence[ExpansionCard], card: ExpansionCard | None) -> None:
        """A switch among the newest variants, oldest first as they were made."""
        some = list(cards[:MOST_VARIANTS])[::-1]
        if (ids := tuple(one.id for one in some)) != self._offered:
            self._offered = ids
            clear_layout(self._switch)
            self.variants = None
            if some:
                numbers = numbered(cards)
                self.variants = Segments([(one.id, str(numbers[one.id])) for one in some], "Variant")
                self.variants.chosen.connect(self.shown)
                self._switch.addWidget(self.variants)
        if self.variants is not None and card is not None and card.id in ids:
            self.variants.choose(card.id)

    def _make_rows(self, count: int) -> None:
        """As many as there are parts; those that are there are used again."""
        for row in self.rows[count:]:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [*self.rows[:count], *(self._row(place) for place in range(len(self.rows), count))]

    def _row(self, place: int) -> PartRow:
        row = PartRow(self._look, self._pictures, place)
        row.know(self._subjects)
        self._list.addWidget(row)
        row.show()  # at once: what is shown a turn later cannot be given the keyboard now
        row.decided.connect(self._decide)
        row.edited.connect(self._edit)
        row.locked.connect(self._lock)
        row.edit_begun.connect(lambda field: self._hover.watch(field, field.chips))
        self._hover.watch(row.text, row.text.chips)
        return row

    def _decide(self, place: int, state: str) -> None:
        if self.card is not None:
            self.decided.emit(self.card.id, place, state)

    def _edit(self, place: int, text: str) -> None:
        if self.card is not None:
            self.edited.emit(self.card.id, place, text)

    def _lock(self, place: int, locked: bool) -> None:
        if self.card is not None:
            self.locked.emit(self.card.id, place, locked)

    # --- building ---

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 12, 4)
        head.setSpacing(8)
        self._switch = QHBoxLayout()
        head.addWidget(self.title)
        head.addLayout(self._switch)
        head.addStretch(1)
        head.addWidget(Legend(self._look))
        body = QWidget()
        body.setObjectName("panel")
        self._rows = QWidget()
        self._list = QVBoxLayout(self._rows)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        column = QVBoxLayout(body)
        column.setContentsMargins(8, 0, 8, 16)
        column.setSpacing(8)
        column.addWidget(self._build_warnings())
        column.addWidget(self._rows)
        column.addWidget(self._build_writing())
        for one in (self.nothing, self.expand):
            column.addWidget(one, 0, Qt.AlignmentFlag.AlignLeft if one is self.expand else Qt.AlignmentFlag(0))
        self.nothing.setContentsMargins(8, 8, 8, 8)
        column.addStretch(1)
        scroll = column_scroll(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(scroll, 1)

    def _build_warnings(self) -> QWidget:
        self.warnings.setObjectName("warn_line")
        row = QHBoxLayout(self.warnings)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        icon = text_label()
        icon.setPixmap(self._look.pixmap("warning", "warn", 16, self.devicePixelRatioF()))
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.warning, 1)
        return self.warnings

    def _build_writing(self) -> QWidget:
        self._writing = QWidget()
        column = QVBoxLayout(self._writing)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self.writing)
        head.addStretch(1)
        head.addWidget(self.cancel)
        column.addLayout(head)
        column.addWidget(self.written)
        return self._writing
