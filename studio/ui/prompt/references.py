"""References sent: heading, the strip, what is dropped in one line, and the menus of a picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from studio.ui.parts.controls import KeyButton, text_label
from studio.ui.parts.painting import cut_at_word
from studio.ui.parts.pictures import PictureStore
from studio.ui.parts.tips import plain_tip
from studio.ui.prompt.strip import SentStrip
from studio.ui.sent_pictures import PURPOSES, SENT, Tile, dropped_words, moved, place_of, summary
from studio.ui.theme import Look

STRENGTHS = (100, 75, 50, 25)
PICTURES = "Pictures (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.bmp)"


class ReferencesSent(QWidget):
    order_requested = Signal(list)
    """view ids"""
    left_out = Signal(str, bool)
    usual_requested = Signal()
    files_given = Signal(tuple, str)
    """paths; what for"""
    picture_given = Signal(QImage, str)
    taken_away = Signal(str)
    strength_chosen = Signal(str, int)
    page_requested = Signal()

    def __init__(self, look: Look, pictures: PictureStore) -> None:
        super().__init__()
        self._look = look
        self._own_order = False
        self.count = text_label("", "second")
        self.usual = KeyButton(look, "As usual", kind="quiet")
        self.strip = SentStrip(look, pictures)
        self.dropped = text_label("", "warn")
        self._hint = text_label("drag to reorder", "micro")
        self._icon = text_label()
        self._icon.setPixmap(look.pixmap("omitted", "warn", 12, self.devicePixelRatioF()))
        self._build()
        self.usual.clicked.connect(self.usual_requested)
        self.strip.moved.connect(self._move)
        self.strip.left_out.connect(self.left_out)
        self.strip.taken_away.connect(self.taken_away)
        self.strip.menu_requested.connect(self._open_menu)
        self.strip.files_dropped.connect(self._ask_purpose_of_files)
        self.strip.picture_pasted.connect(self._ask_purpose_of_picture)
        self.strip.page_requested.connect(self.page_requested)

    def show_tiles(self, tiles: Sequence[Tile], *, own_order: bool, writable: bool) -> None:
        """`own_order`: the shot sends them otherwise than usual."""
        self._own_order = own_order
        self.strip.editable = writable
        self.strip.show_tiles(tiles)
        self.count.setText(summary(tiles))
        self.usual.setVisible(own_order and writable)
        self._hint.setVisible(not own_order and writable and sum(one.state == SENT for one in tiles) > 1)
        self._words = dropped_words(tiles)
        self._line.setVisible(bool(self._words))
        self._show_dropped()

    def resizeEvent(self, event: object) -> None:
        self._show_dropped()

    def _show_dropped(self) -> None:
        self.dropped.setText(cut_at_word(self._words, self.dropped.fontMetrics(), max(40, self.width() - 24)))
        self.dropped.setToolTip(plain_tip(self._words))

    def _move(self, tile: str, place: int) -> None:
        order = moved(self.strip.tiles(), tile, place)
        if order is not None:
            self.order_requested.emit(order)

    # --- menus ---

    def _open_menu(self, tile: Tile | None, point: QPoint) -> None:
        menu = QMenu(self)
        if tile is None:
            self._fill_purposes(menu, self._ask_for_files, "…")
        elif tile.own:
            self._fill_own(menu, tile)
        else:
            self._fill_view(menu, tile)
        menu.popup(point)

    def _fill_view(self, menu: QMenu, tile: Tile) -> None:
        tiles = self.strip.tiles()
        place = place_of(tiles, tile.id)
        if place > 0:
            menu.addAction("Send earlier", partial(self._move, tile.id, place - 1))
            menu.addAction("Send first", partial(self._move, tile.id, 0))
        if tile.left_out:
            menu.addAction("Bring back", partial(self.left_out.emit, tile.id, False))
        else:
            menu.addAction("Leave out", partial(self.left_out.emit, tile.id, True))
        if self._own_order:
            menu.addAction("All as usual", self.usual_requested.emit)
        for action in menu.actions():
            action.setEnabled(self.strip.editable)

    def _fill_own(self, menu: QMenu, tile: Tile) -> None:
        for strength in STRENGTHS:
            action = menu.addAction(f"Strength {strength} %", partial(self.strength_chosen.emit, tile.id, strength))
            action.setCheckable(True)
            action.setChecked(strength == tile.strength)
        menu.addSeparator()
        menu.addAction("Take away from the shot", partial(self.taken_away.emit, tile.id))
        for action in menu.actions():
            action.setEnabled(self.strip.editable)

    def _fill_purposes(self, menu: QMenu, chosen: Callable[[str], object], more: str = "") -> None:
        for purpose, word in PURPOSES.items():
            action = menu.addAction(f"As {word.lower()}{more}", partial(chosen, purpose))
            action.setEnabled(self.strip.editable)

    def _ask_for_files(self, purpose: str) -> None:
        files, _chosen = QFileDialog.getOpenFileNames(self, f"{PURPOSES[purpose]} of the shot", "", PICTURES)
        if files:
            self.files_given.emit(tuple(map(Path, files)), purpose)

    def _ask_purpose_of_files(self, files: tuple[Path, ...], point: QPoint) -> None:
        menu = QMenu(self)
        self._fill_purposes(menu, partial(self.files_given.emit, files))
        menu.popup(point)

    def _ask_purpose_of_picture(self, image: QImage, point: QPoint) -> None:
        menu = QMenu(self)
        self._fill_purposes(menu, partial(self.picture_given.emit, image))
        menu.popup(point)

    # --- building ---

    def _build(self) -> None:
        self._words = ""
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(text_label("References sent", "title"))
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self._hint)
        head.addWidget(self.usual)
        self.usual.setFixedHeight(20)
        self._line = QWidget()
        line = QHBoxLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self._icon)
        line.addWidget(self.dropped, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.size("grid"))
        column.addLayout(head)
        column.addWidget(self.strip)
        column.addWidget(self._line)
        self.usual.hide()
        self._line.hide()
