"""The longer prompt beside the draft: what was proposed last or is used, with its additions; what is being written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.project.additions import additions
from studio.project.gallery_cards import SubjectCard
from studio.project.prompt_cards import REFUSED, UNDECIDED, ExpansionCard
from studio.ui.marked_text import MarkedText
from studio.ui.outlook import Outlook
from studio.ui.parts.controls import BadgeLabel, KeyButton, scrolling, text_label
from studio.ui.parts.painting import Badge
from studio.ui.parts.pictures import PictureStore
from studio.ui.parts.sheet import paragraph
from studio.ui.prompt_words import ICONS, state_word
from studio.ui.theme import Look

HEIGHT = 176
NOTHING_YET = "Nothing was expanded for this shot yet."


class ExpandedView(QWidget):
    accept_requested = Signal(str)
    """expansion id"""
    refuse_requested = Signal(str)
    cancel_requested = Signal()
    page_requested = Signal()

    def __init__(self, look: Look, pictures: PictureStore) -> None:
        super().__init__()
        self._look = look
        self.card: ExpansionCard | None = None
        self._writable = True
        self.badge = BadgeLabel(look, self)
        self.head = text_label("", "second")
        self.text = MarkedText(look, pictures, "Expanded prompt")
        self.warning = paragraph("", "warn")
        self.sent_label = text_label("", "label")
        self.sent = paragraph("", "second")
        self.sent.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.accept = KeyButton(look, "Accept", kind="small", icon="check")
        self.refuse = KeyButton(look, "Refuse", kind="small", icon="close")
        self.open = KeyButton(look, "Part by part", kind="small", icon="open-page")
        self.cancel = KeyButton(look, "Cancel", kind="small", icon="close")
        self._build()
        self.accept.clicked.connect(lambda: self.card and self.accept_requested.emit(self.card.id))
        self.refuse.clicked.connect(lambda: self.card and self.refuse_requested.emit(self.card.id))
        self.cancel.clicked.connect(self.cancel_requested)
        self.open.clicked.connect(self.page_requested)

    def know(self, subjects: Sequence[SubjectCard]) -> None:
        self.text.know(subjects)

    def show_card(self, card: ExpansionCard | None, number: int = 0, *, writable: bool) -> None:
        """None: the shot has none. `number`: what it is called by."""
        self.card, self._writable = card, writable
        self.cancel.hide()
        waiting, refused = bool(card and card.state == UNDECIDED), bool(card and card.state == REFUSED)
        if card is None:
            self.badge.show_badge(None)
            self.head.setText(NOTHING_YET)
            self.text.show_marked("")
        else:
            token, fill = ("good", "good-quiet") if not (waiting or refused) else ("grey-4", "")
            self.badge.show_badge(Badge(ICONS[card.state], state_word(card).capitalize(), token, fill))
            self.head.setText(f"Variant {number}")
            self.text.show_marked(card.text, additions(card.text, card.draft), struck=refused)
        self.text.setVisible(card is not None)
        self.warning.setText("\n".join(card.warnings) if card and not refused else "")
        self.warning.setVisible(bool(self.warning.text()))
        self.accept.setVisible(waiting)
        self.refuse.setVisible(bool(card) and not refused)
        self.open.setVisible(bool(card))
        for button in (self.accept, self.refuse):
            button.setEnabled(writable)

    def show_streamed(self, text: str) -> None:
        """What a writer has written so far."""
        self.badge.show_badge(None)
        self.head.setText("Being written" if text else "Waiting for the first words")
        self.text.show()
        self.text.show_marked(text)
        for one in (self.accept, self.refuse, self.open, self.warning):
            one.hide()
        self.cancel.show()

    def show_sent(self, outlook: Outlook) -> None:
        """The text that went with the last job, take or panel."""
        self.sent_label.setText(outlook.text_label)
        self.sent.setText(outlook.text)
        for one in (self.sent_label, self.sent):
            one.setVisible(bool(outlook.text))

    def _build(self) -> None:
        body = QWidget()
        body.setObjectName("clear")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(self._look.size("grid"))
        for one in (self.text, self.warning, self.sent_label, self.sent):
            column.addWidget(one)
        column.addStretch(1)
        scroll = scrolling(body)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head, buttons = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.head)
        head.addWidget(self.badge)
        head.addStretch(1)
        buttons.setSpacing(8)
        for button in (self.accept, self.refuse, self.open, self.cancel):
            buttons.addWidget(button)
        buttons.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(self._look.size("grid"))
        outer.addLayout(head)
        outer.addWidget(scroll, 1)
        outer.addLayout(buttons)
        self.setFixedHeight(HEIGHT)
