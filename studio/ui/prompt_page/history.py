"""Every text that was ever proposed for the shot, newest first: variant, what became of it, when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from studio.project.prompt_cards import ACCEPTED, EDITED, ExpansionCard
from studio.ui.parts import painting
from studio.ui.parts.controls import KeyButton, clear_layout
from studio.ui.parts.tips import plain_tip
from studio.ui.prompt_words import ICONS, clock, numbered, title, writer_word
from studio.ui.theme import Look

ROW = 28
MOST = 8
"""Shown at first."""


class HistoryRow(QAbstractButton):
    def __init__(self, look: Look, card: ExpansionCard, number: int, writer: str) -> None:
        super().__init__()
        self._look, self._card = look, card
        self._title, self._time = title(card, number), clock(card.decided_at or card.made_at)
        self.setCheckable(True)
        self.setFixedHeight(ROW)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{self._title}, {self._time}, {writer}")
        used = "\nTakes are drawn from it." if card.used else ""
        self.setToolTip(plain_tip(f"{writer}{used}\n\n{card.text}"))

    def sizeHint(self) -> QSize:
        return QSize(200, ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse():
            token = "grey-3" if self.isChecked() else "grey-2"
            painting.fill_rounded(painter, self.rect(), self._look.radius("control"), self._look.colour(token))
        if self.hasFocus():
            painting.outline(painter, self.rect(), self._look.radius("control"), self._look.colour("accent"), 2)
        token = "good" if self._card.state in (ACCEPTED, EDITED) else "grey-4"
        painting.draw_icon(painter, self._look, ICONS[self._card.state], token, QPointF(14, ROW / 2))
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        middle, room = Qt.AlignmentFlag.AlignVCenter, QRect(28, 0, self.width() - 36, ROW)
        painter.setFont(self._look.font("body"))
        painter.setPen(self._look.colour("grey-4"))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, self._time)
        left = painter.fontMetrics().horizontalAdvance(self._time) + 8
        words = f"{self._title}, used" if self._card.used else self._title
        painter.setPen(self._look.colour("grey-5"))
        cut = painting.cut_at_word(words, painter.fontMetrics(), room.width() - left)
        painter.drawText(room.adjusted(0, 0, -left, 0), middle, cut)


class History(QWidget):
    chosen = Signal(str)
    """expansion id"""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._cards: tuple[ExpansionCard, ...] = ()
        self._titles: Mapping[str, str] = {}
        self._all = False
        self.rows: dict[str, HistoryRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def show_cards(self, cards: Sequence[ExpansionCard], shown: str, titles: Mapping[str, str]) -> None:
        """Newest first; `titles` of those who write prompts, by id."""
        if (tuple(cards), titles) != (self._cards, self._titles):
            if [one.shot for one in cards[:1]] != [one.shot for one in self._cards[:1]]:
                self._all = False
            self._cards, self._titles = tuple(cards), dict(titles)
            self._rebuild()
        for one, row in self.rows.items():
            row.setChecked(one == shown)

    def _rebuild(self) -> None:
        held = next((one for one, row in self.rows.items() if row.hasFocus()), "")
        clear_layout(self._column)
        some, numbers = self._cards if self._all else self._cards[:MOST], numbered(self._cards)
        self.rows = {
            one.id: HistoryRow(self._look, one, numbers[one.id], writer_word(one, self._titles)) for one in some
        }
        for one, row in self.rows.items():
            row.clicked.connect(lambda _on=False, one=one: self.chosen.emit(one))
            self._column.addWidget(row)
        if len(some) < len(self._cards):
            more = KeyButton(self._look, f"{len(self._cards) - len(some)} more", kind="link", ink="accent")
            more.clicked.connect(self._show_all)
            self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        if held in self.rows:
            self.rows[held].setFocus()

    def _show_all(self) -> None:
        self._all = True
        self._rebuild()
