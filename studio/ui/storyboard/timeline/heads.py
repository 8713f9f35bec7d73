"""The heads left of the rows: what a row is, and for a lane its mute, solo, lock and menu."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from studio.project.cut_cards import LaneCard
from studio.ui.parts.controls import IconButton, text_label
from studio.ui.parts.painting import cut_at_word
from studio.ui.parts.tips import plain_tip
from studio.ui.storyboard.timeline.geometry import EMPTY_LANE, HEADS, TimelineGeometry
from studio.ui.theme import Look

WORDS = {"markers": "Markers", "scenes": "Scenes", "shots": "Shots", "lines": "Spoken"}
SIDE = 12


class LaneHead(QWidget):
    """A lane's name, its switches, and a menu with everything else that can be done to it."""

    edit_requested = Signal(str, dict)
    """the lane, the fields to change"""
    rename_requested = Signal(str)
    gain_requested = Signal(str)
    add_requested = Signal()
    move_requested = Signal(str, int)
    """up (-1) or down (1)"""
    remove_requested = Signal(str)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._card: LaneCard | None = None
        self.name = text_label("", "second")
        self.menu_button = IconButton(look, "more", "Lane", size=20)
        self.mute = self._switch("sound", "mute")
        self.solo = self._switch("solo", "solo")
        self.lock = self._switch("follows", "follows")
        self.switches = QWidget()
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.name, 1)
        row.addWidget(self.menu_button)
        low = QHBoxLayout(self.switches)
        low.setContentsMargins(0, 0, 0, 0)
        low.setSpacing(4)
        for button in (self.mute, self.solo, self.lock):
            low.addWidget(button)
        low.addStretch(1)
        column.setContentsMargins(SIDE, 4, 4, 4)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.switches)
        column.addStretch(1)
        self.menu_button.clicked.connect(self.open_menu)

    def show_lane(self, card: LaneCard, *, high: bool, writable: bool) -> None:
        self._card = card
        room = HEADS - SIDE - 30
        self.name.setText(cut_at_word(card.name, self.name.fontMetrics(), room))
        self.name.setToolTip(plain_tip(card.name))
        self.switches.setVisible(high)
        self.mute.show_icon("muted" if card.mute else "sound")
        self.lock.show_icon("follows" if card.follows else "locked")
        for button, on, name in (
            (self.mute, card.mute, f"Mute {card.name}"), (self.solo, card.solo, f"Solo {card.name}"),
            (self.lock, not card.follows, self._lock_words(card)),
        ):  # fmt: skip
            button.setChecked(on)
            button.name(name)
            button.setEnabled(writable)
        self.menu_button.name(f"Lane {card.name}: add, rename, remove")
        self.menu_button.setEnabled(writable)
        self.setAccessibleName(f"Lane {card.name}")

    def open_menu(self) -> None:
        self.menu().popup(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))

    def menu(self) -> QMenu:
        card, menu = self._card, QMenu(self)
        assert card is not None
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._entry(menu, "Add lane…", self.add_requested.emit)
        self._entry(menu, "Rename lane…", lambda: self.rename_requested.emit(card.id))
        self._entry(menu, "Gain of the lane…", lambda: self.gain_requested.emit(card.id))
        menu.addSeparator()
        for words, field, on in (("Mute", "mute", card.mute), ("Solo", "solo", card.solo),
                                 ("Clips follow their shots", "follows", card.follows)):  # fmt: skip
            entry = self._entry(menu, words, lambda field=field, on=on: self._edit(field, not on))
            entry.setCheckable(True)
            entry.setChecked(on)
        menu.addSeparator()
        self._entry(menu, "Move lane up", lambda: self.move_requested.emit(card.id, -1))
        self._entry(menu, "Move lane down", lambda: self.move_requested.emit(card.id, 1))
        self._entry(menu, "Remove lane", lambda: self.remove_requested.emit(card.id))
        return menu

    @staticmethod
    def _entry(menu: QMenu, words: str, call: object) -> QAction:
        entry = menu.addAction(words)
        entry.triggered.connect(lambda _checked=False: call())  # type: ignore[operator]
        return entry

    @staticmethod
    def _lock_words(card: LaneCard) -> str:
        return f"{card.name}: clips follow their shots" if card.follows else f"{card.name}: clips are locked to time"

    def _switch(self, icon: str, field: str) -> IconButton:
        button = IconButton(self._look, icon, field)
        button.setCheckable(True)
        button.clicked.connect(lambda _checked: self._toggle(field))
        return button

    def _toggle(self, field: str) -> None:
        if self._card is not None:
            self._edit(field, not getattr(self._card, field))

    def _edit(self, field: str, value: bool) -> None:
        if self._card is not None:
            self.edit_requested.emit(self._card.id, {field: value})


class TimelineHeads(QWidget):
    """The column of heads; lives left of the viewport and scrolls up and down with it."""

    edit_requested = Signal(str, dict)
    rename_requested = Signal(str)
    gain_requested = Signal(str)
    add_requested = Signal()
    move_requested = Signal(str, int)
    remove_requested = Signal(str)

    def __init__(self, look: Look, parent: QWidget, *, writable: bool) -> None:
        super().__init__(parent)
        self._look, self._writable = look, writable
        self._geometry: TimelineGeometry | None = None
        self._scroll = 0
        self._heads: dict[str, LaneHead] = {}

    def head(self, lane: str) -> LaneHead | None:
        return self._heads.get(lane)

    def show_rows(self, geometry: TimelineGeometry, scroll: int) -> None:
        self._geometry, self._scroll = geometry, scroll
        lanes = {row.lane: row for row in geometry.rows if row.kind == "lane"}
        for lane in [lane for lane in self._heads if lane not in lanes]:
            self._heads.pop(lane).deleteLater()
        for lane, row in lanes.items():
            card = geometry.cut.lane(lane)
            assert card is not None
            head = self._heads.get(lane) or self._made(lane)
            writable = self._writable and not geometry.cut.frozen
            head.show_lane(card, high=row.height > EMPTY_LANE, writable=writable)
            head.setGeometry(0, row.top - scroll, self.width(), row.height)
            head.setVisible(row.top - scroll >= geometry.rows[0].height - 8)
        self.update()

    def _made(self, lane: str) -> LaneHead:
        head = LaneHead(self._look, self)
        head.edit_requested.connect(self.edit_requested)
        head.rename_requested.connect(self.rename_requested)
        head.gain_requested.connect(self.gain_requested)
        head.add_requested.connect(self.add_requested)
        head.move_requested.connect(self.move_requested)
        head.remove_requested.connect(self.remove_requested)
        self._heads[lane] = head
        return head

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("grey-1"))
        painter.setFont(self._look.font("body"))
        for row in self._geometry.rows if self._geometry is not None else ():
            top = row.top - self._scroll
            painter.fillRect(0, top + row.height - 1, self.width(), 1, self._look.colour("grey-0"))
            painter.setPen(self._look.colour("grey-4"))
            words = QRect(SIDE, top, self.width() - SIDE, row.height)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, WORDS.get(row.kind, ""))
        painter.fillRect(0, 0, self.width(), 28, self._look.colour("grey-1"))
