"""The foot of the page: what generating would take, how many words the prompt has, and deciding on all of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.project.additions import words_in
from studio.project.prompt_cards import UNDECIDED, ExpansionCard
from studio.ui.outlook import Outlook
from studio.ui.parts.controls import KeyButton, ProgressBar, text_label
from studio.ui.parts.tips import plain_tip
from studio.ui.theme import Look


class PageFoot(QWidget):
    variant_requested = Signal()
    refuse_requested = Signal()
    accept_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self.icon, self.estimate = text_label(), text_label()
        self.words, self.bar = text_label("", "second"), ProgressBar(look)
        self.variant = KeyButton(look, "Another variant", "Ctrl Shift E", kind="outline")
        self.refuse = KeyButton(look, "Refuse all", "Esc", kind="outline")
        self.accept = KeyButton(look, "Accept the rest", "Ctrl Enter", kind="main")
        self.bar.setFixedWidth(96)
        self.bar.setAccessibleName("Words of the prompt")
        self._build()
        self.variant.clicked.connect(self.variant_requested)
        self.refuse.clicked.connect(self.refuse_requested)
        self.accept.clicked.connect(self.accept_requested)

    def show_outlook(self, outlook: Outlook) -> None:
        icon, token = ("warning", "warn") if outlook.refusal else ("approved", "good")
        words = outlook.refusal or (f"Can be drawn. {outlook.estimate}" if outlook.estimate else "")
        self.icon.setPixmap(self._look.pixmap(icon, token, 16, self.devicePixelRatioF()))
        self.icon.setVisible(bool(words))
        self.estimate.setText(words)
        self.estimate.setToolTip(plain_tip(f"{outlook.refusal} {outlook.way_out}".strip()))

    def show_words(self, text: str, most: int) -> None:
        """`most`: what the style holds; 0 where no limit is known."""
        count = words_in(text)
        self.words.setText(f"{count} of {most} words" if most else f"{count} words")
        self.words.setProperty("role", "warn" if most and count > most else "second")
        self.words.style().polish(self.words)
        self.words.setToolTip("Longer than what this style is read to; the end may be left out."
                              if most and count > most else "")  # fmt: skip
        self.bar.show_step(min(count, most), most)
        for one in (self.words, self.bar):
            one.setVisible(bool(text))
        self.bar.setVisible(bool(text and most))

    def show_card(self, card: ExpansionCard | None, *, writing: bool, writable: bool) -> None:
        waiting = sum(part.state == UNDECIDED for part in card.parts) if card else 0
        can = writable and not writing
        self.variant.setEnabled(can)
        self.variant.say("Another variant" if card else "Expand")
        self.refuse.setEnabled(can and card is not None and waiting > 0)
        self.accept.setEnabled(can and waiting > 0)
        self.accept.say("Accept all" if card and waiting == len(card.parts) else "Accept the rest")
        why = "" if waiting else "Every part is decided." if card else "Nothing was proposed yet."
        self.accept.setToolTip(why)
        self.refuse.setToolTip(why)

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        row.addWidget(self.icon)
        row.addWidget(self.estimate)
        row.addStretch(1)
        row.addWidget(self.words)
        row.addWidget(self.bar)
        row.addSpacing(16)
        for button in (self.variant, self.refuse, self.accept):
            button.setFixedHeight(self._look.size("large-button"))
            row.addWidget(button)
