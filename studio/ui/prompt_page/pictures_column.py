"""The right of the page: which pictures are sent, in which order and size, what is dropped and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from studio.generation.budget import Budget
from studio.ui.parts import painting
from studio.ui.parts.controls import KeyButton, text_label
from studio.ui.parts.pictures import PictureStore
from studio.ui.parts.sheet import paragraph
from studio.ui.prompt_page.column_scroll import column_scroll
from studio.ui.prompt_page.sent_rows import SentRows
from studio.ui.sent_pictures import DROPPED, SENT, Tile, reads, swapped, unpictured
from studio.ui.theme import Look


class BudgetBar(QWidget):
    """One piece for each picture: whole for those that are sent, dashed for those that are dropped."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._sent, self._dropped = look, 0, 0
        self.setFixedHeight(8)
        self.setAccessibleName("References sent and dropped")

    def show_counts(self, sent: int, dropped: int) -> None:
        self._sent, self._dropped = sent, dropped
        self.setAccessibleDescription(f"{sent} sent, {dropped} dropped")
        self.setVisible(bool(sent + dropped))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        count = self._sent + self._dropped
        if not count:
            return
        gap = 4 if count <= 24 else 1
        wide = (self.width() - gap * (count - 1)) / count
        for place in range(count):
            piece = QRect(round(place * (wide + gap)), 1, max(1, round(wide)), 6)
            if place < self._sent:
                painting.fill_rounded(painter, piece, self._look.radius("bar"), self._look.colour("grey-5"))
            else:
                painting.outline(painter, piece, self._look.radius("bar"), self._look.colour("warn"), 1, dashed=True)


class PicturesColumn(QWidget):
    swap_requested = Signal(list)
    """view ids in the other order"""

    def __init__(self, look: Look, pictures: PictureStore) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self._swap: list[str] = []
        self._left: set[tuple[str, str]] = set()
        """Subjects without a picture that were looked at and left so, by shot."""
        self._shot = ""
        self.count = text_label("", "second")
        self.usual = KeyButton(look, "As usual", kind="quiet")
        self.bar = BudgetBar(look)
        self.rows = SentRows(look, pictures)
        self.lost = QFrame()
        self.lost_title, self.lost_words = text_label("", "title"), paragraph("", "second")
        self.swap = KeyButton(look, "", kind="small")
        self.leave = KeyButton(look, "Leave it", kind="quiet", ink="grey-5")
        self._build()
        self.usual.clicked.connect(self.rows.usual_requested)
        self.swap.clicked.connect(lambda: self.swap_requested.emit(self._swap))
        self.leave.clicked.connect(self._leave)

    def show_pictures(
        self, shot: str, budget: Budget, tiles: Sequence[Tile], *, own_order: bool, editable: bool
    ) -> None:
        self._shot = shot
        self.rows.show_tiles(tiles, own_order=own_order, editable=editable)
        self.count.setText(reads(budget))
        self.usual.setVisible(own_order and editable)
        sent, dropped = (sum(one.state == state for one in tiles) for state in (SENT, DROPPED))
        self.bar.show_counts(sent, dropped)
        self._show_lost(tiles, editable=editable)

    def _show_lost(self, tiles: Sequence[Tile], *, editable: bool) -> None:
        found = unpictured(tiles)
        if found is None or (self._shot, found[0].id) in self._left:
            self.lost.hide()
            return
        dropped, last = found
        who, instead = dropped.title.partition(" ")[0], last.title.partition(" ")[0]
        self._lost_tile = dropped.id
        self.lost_title.setText(f"{who} has no picture left in this run")
        self.lost_words.setText(f"The prompt still names {who}. Send it instead of {instead}?")
        self._swap = swapped(tiles, dropped.id, last.id)
        self.swap.say(f"Swap {last.number} and {dropped.number}")
        self.swap.setEnabled(editable)
        self.lost.show()

    def _leave(self) -> None:
        self._left.add((self._shot, self._lost_tile))
        self.lost.hide()

    def _build(self) -> None:
        self._lost_tile = ""
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(text_label("References", "head"))
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.usual)
        self.usual.hide()
        body = QWidget()
        body.setObjectName("panel")
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.bar)
        column.addWidget(self.rows)
        column.addWidget(self._build_lost())
        column.addStretch(1)
        scroll = column_scroll(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        top = QWidget()
        top.setLayout(head)
        head.setContentsMargins(16, 12, 12, 4)
        outer.addWidget(top)
        outer.addWidget(scroll, 1)

    def _build_lost(self) -> QFrame:
        self.lost.setObjectName("raised")
        column, head, buttons = QVBoxLayout(self.lost), QHBoxLayout(), QHBoxLayout()
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        icon = text_label()
        icon.setPixmap(self._look.pixmap("warning", "warn", 16, self.devicePixelRatioF()))
        head.setSpacing(8)
        head.addWidget(icon)
        head.addWidget(self.lost_title, 1)
        buttons.setSpacing(8)
        buttons.addWidget(self.swap)
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.lost_words)
        column.addLayout(buttons)
        self.lost.hide()
        self.lost_words.setAlignment(Qt.AlignmentFlag.AlignLeft)
        return self.lost
