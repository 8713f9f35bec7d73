"""Draft and expanded prompt of a shot, one behind the other; what should be known of the names and words in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from studio.project.additions import words_in
from studio.project.gallery_cards import SubjectCard
from studio.project.prompt_cards import UNDECIDED, ExpansionCard
from studio.project.words import engine_word
from studio.ui.draft_field import DraftField
from studio.ui.outlook import Outlook
from studio.ui.parts.controls import IconButton, KeyButton, Segments, clear_layout, text_label
from studio.ui.parts.pictures import PictureStore
from studio.ui.parts.sheet import paragraph
from studio.ui.parts.times import counted
from studio.ui.prompt.expanded import HEIGHT, ExpandedView
from studio.ui.prompt.hints import Hint, hints
from studio.ui.prompt_words import numbered, source_words
from studio.ui.theme import Look

DRAFT_HEIGHT = 88
LEAST_WIDTH = 240
MOST_HINTS = 3


class PromptBox(QWidget):
    expand_requested = Signal()
    page_requested = Signal()
    way_out_requested = Signal(object)
    """Hint: what its button says is wished for"""

    def __init__(self, look: Look, pictures: PictureStore) -> None:
        super().__init__()
        self._look = look
        self._cards: tuple[ExpansionCard, ...] = ()
        self._subjects: tuple[SubjectCard, ...] = ()
        self._cast: tuple[str, ...] = ()
        self._hints: tuple[Hint, ...] = ()
        self._engine, self._streaming, self._writable = "", False, True
        self._most_words = 0
        self._read_draft, self._read_unknown = "", tuple[str, ...]()
        self.segments = Segments([("draft", "Draft"), ("expanded", "Expanded")], "Prompt")
        self.expand = KeyButton(look, "Expand", "Ctrl E", kind="small", icon="expand")
        self.page = IconButton(look, "open-page", "Open the page of the prompt", "Ctrl+Alt+E")
        self.draft = DraftField(look, pictures, "An idea is enough. @ names a subject.")
        self.draft.setAccessibleName("Prompt")
        self.expanded = ExpandedView(look, pictures)
        self.source = paragraph("", "micro")
        self.words = text_label("", "micro")
        self._hint_lines = QVBoxLayout()
        self._lines: list[QWidget] = []
        self._build()
        self.segments.chosen.connect(self.show_side)
        self.expand.clicked.connect(self.expand_requested)
        self.page.clicked.connect(self.page_requested)
        self.expanded.page_requested.connect(self.page_requested)
        self.draft.textChanged.connect(self._typed)

    # --- what is shown ---

    def know(self, subjects: Sequence[SubjectCard], cast: Sequence[str]) -> None:
        """Everybody of the film; @names of those in the shot."""
        if tuple(subjects) != self._subjects:
            self._subjects = tuple(subjects)
            self.draft.know_subjects(subjects)
            self.expanded.know(subjects)
        self._cast = tuple(cast)
        self._typed()

    def show_engine(self, engine: str, most_words: int) -> None:
        self._engine, self._most_words = engine, most_words
        self._typed()

    def show_unknown(self, draft: str, words: Sequence[str]) -> None:
        """Words of a draft that the engine does not know, found without a text being proposed."""
        self._read_draft, self._read_unknown = draft, tuple(words)
        self._typed()

    def is_read(self, draft: str) -> bool:
        """Whether it is known which of its words the engine knows."""
        return not draft.strip() or draft == self._read_draft or any(card.draft == draft for card in self._cards)

    def show_expansions(self, cards: Sequence[ExpansionCard], *, writable: bool) -> None:
        """All of the shot, newest first. What waits is shown, else what is used, else the newest."""
        self._cards, self._writable = tuple(cards), writable
        self.segments.word("expanded", f"Expanded {len(cards)}" if cards else "Expanded")
        self._show_card()
        self.expand.setEnabled(writable)
        self._typed()

    def show_streamed(self, text: str) -> None:
        if not self._streaming:
            self.show_side("expanded")
        self._streaming = True
        self.expanded.show_streamed(text)

    def end_streaming(self) -> None:
        if self._streaming:
            self._streaming = False
            self._show_card()

    def show_sent(self, outlook: Outlook) -> None:
        self.expanded.show_sent(outlook)

    def show_side(self, side: str) -> None:
        """draft or expanded"""
        self.segments.choose(side)
        self._show_card()
        self._count()
        self._stack.setCurrentIndex(0 if side == "draft" else 1)
        self._pages.setFixedHeight(DRAFT_HEIGHT if side == "draft" else HEIGHT)

    def side(self) -> str:
        return self.segments.current()

    def take_keys(self) -> None:
        """Into the draft, or to what can be done with the text in front of it."""
        shown = self.expanded
        ways = (shown.accept, shown.refuse, shown.open, shown.cancel)
        there = (way for way in ways if not way.isHidden() and way.isEnabled())
        (self.draft if self.side() == "draft" else next(there, self.segments.button("expanded"))).setFocus()

    def hints(self) -> tuple[Hint, ...]:
        return self._hints

    def _show_card(self) -> None:
        """A text that nobody looks at is not laid out."""
        if self._streaming or self.side() != "expanded":
            return
        card = self._shown()
        self.expanded.show_card(card, numbered(self._cards)[card.id] if card else 0, writable=self._writable)

    def _shown(self) -> ExpansionCard | None:
        waiting = next((card for card in self._cards[:1] if card.state == UNDECIDED), None)
        used = next((card for card in self._cards if card.used), None)
        return waiting or used or next(iter(self._cards), None)

    def _typed(self) -> None:
        text = self.draft.toPlainText()
        self._count()
        self.source.setText(source_words(self._cards, text))
        read = self._read_unknown if text == self._read_draft else ()
        unknown = next((card.unknown for card in self._cards if card.draft == text), read)
        self.draft.chips.mark_unknown_words(unknown)
        found = hints(text, self._cast, self._subjects, unknown, engine_word(self._engine))
        if found != self._hints:
            self._hints = found
            self._show_hints()

    def _count(self) -> None:
        """Words of the text that is looked at."""
        card = self._shown() if self.side() == "expanded" else None
        count, most = words_in(card.text if card is not None else self.draft.toPlainText()), self._most_words
        self.words.setText(f"{count} of {counted(most, 'word')}" if most else counted(count, "word"))
        self.words.setProperty("role", "warn" if most and count > most else "micro")
        self.words.style().polish(self.words)

    def _show_hints(self) -> None:
        clear_layout(self._hint_lines)
        self._lines = [self._hint_line(hint) for hint in self._hints[:MOST_HINTS]]
        for line in self._lines:
            self._hint_lines.addWidget(line)
        if (rest := len(self._hints) - MOST_HINTS) > 0:
            self._hint_lines.addWidget(text_label(f"And {counted(rest, 'more remark')} about names.", "micro"))
        self._order_tabs()

    def _order_tabs(self) -> None:
        """After the text; what is made later would be reached after everything else in the window."""
        shown = self.expanded
        ways = [way for line in self._lines for way in line.findChildren(KeyButton)]
        buttons = (shown.accept, shown.refuse, shown.open, shown.cancel)
        for before, after in pairwise((self.draft, shown, *buttons, *ways)):
            QWidget.setTabOrder(before, after)

    def _hint_line(self, hint: Hint) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        icon = text_label()
        loud = hint.kind in ("uncast", "unknown")
        icon.setPixmap(self._look.pixmap("warning", "warn" if loud else "grey-4", 12, self.devicePixelRatioF()))
        words = paragraph(hint.sentence, "micro")
        words.setMinimumWidth(80)  # a label asks for a third of its text at once otherwise
        if hint.way_out:  # sign and words stand on the line of the button
            icon.setContentsMargins(0, 4, 0, 0)
            words.setContentsMargins(0, 3, 0, 0)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1, Qt.AlignmentFlag.AlignTop)
        if hint.way_out:
            button = KeyButton(self._look, hint.way_out, kind="link", ink="accent")
            button.setEnabled(self._writable)
            button.setAccessibleDescription(hint.sentence)
            button.clicked.connect(lambda: self.way_out_requested.emit(hint))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line

    # --- building ---

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.segments)
        head.addStretch(1)
        head.addWidget(self.page)
        head.addWidget(self.expand)
        self._pages = QWidget()
        self._pages.setMinimumWidth(LEAST_WIDTH)  # else the page that is hidden decides how wide the panel is
        self._stack = QStackedLayout(self._pages)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.draft)
        self._stack.addWidget(self.expanded)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.source.setMinimumWidth(80)
        foot.addWidget(self.source, 1)
        foot.addWidget(self.words, 0, Qt.AlignmentFlag.AlignTop)
        self._hint_lines.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.size("grid"))
        column.addLayout(head)
        column.addWidget(self._pages)
        column.addLayout(foot)
        column.addLayout(self._hint_lines)
        self.show_side("draft")
