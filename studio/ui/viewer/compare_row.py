"""The takes that can be compared, each with its key; empty places stay, so that a key never moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from studio.ui.parts.controls import KeyButton
from studio.ui.parts.painting import cover, draw_icon, fill_rounded, outline
from studio.ui.parts.pictures import PictureStore
from studio.ui.theme import MEDIUM, SEMIBOLD, Look
from studio.ui.viewer.compare import KEYS, CompareState

THUMBNAIL = QSize(40, 22)
EMPTY_WIDTH = 32


@dataclass(frozen=True)
class Compared:
    """A take as its chip shows it."""

    name: str
    poster: Path
    chosen: bool
    out_of_date: bool


class TakeChip(QToolButton):
    """One key: number, thumbnail, take, A or B."""

    def __init__(self, look: Look, pictures: PictureStore, key: int) -> None:
        super().__init__()
        self._look, self._pictures, self._key = look, pictures, key
        self._take: Compared | None = None
        self._side = ""
        self.setFixedHeight(look.size("control"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_take(None, "")

    def show_take(self, take: Compared | None, side: str) -> None:
        self._take, self._side = take, side
        self.setEnabled(take is not None)
        self.setFixedWidth(self._width())
        name = f"Take {take.name}, key {self._key}" if take else f"Key {self._key} is free"
        self.setAccessibleName(f"{name}, {side}" if side else name)
        self.setToolTip("" if take is None else f"Compare take {take.name}  {self._key}")
        self.update()

    @property
    def poster(self) -> Path | None:
        return self._take.poster if self._take else None

    def _width(self) -> int:
        if self._take is None:
            return EMPTY_WIDTH
        words = QFontMetrics(self._look.font("body", MEDIUM)).horizontalAdvance(f"Take {self._take.name}")
        mark = 20 if self._take.chosen or self._take.out_of_date else 0
        return 8 + 14 + THUMBNAIL.width() + 8 + words + 8 + (16 if self._side else 0) + mark

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = self._look.radius("control")
        if self._take is None:
            outline(painter, self.rect(), radius, self._look.colour("grey-3"), 1)
            self._write(painter, self.rect(), str(self._key), "grey-4", centred=True)
            return
        plate = "grey-3" if self.underMouse() else "grey-2"
        fill_rounded(painter, self.rect(), radius, self._look.colour(plate))
        self._paint_take(painter, self._take)
        if self._side:
            painter.fillRect(QRect(0, self.height() - 2, self.width(), 2), self._look.colour("accent"))
        if self.hasFocus():
            outline(painter, self.rect(), radius, self._look.colour("accent"), 2)

    def _paint_take(self, painter: QPainter, take: Compared) -> None:
        middle = self.height() // 2
        self._write(painter, QRect(8, 0, 14, self.height()), str(self._key), "grey-5", SEMIBOLD)
        picture = QRect(22, middle - THUMBNAIL.height() // 2, THUMBNAIL.width(), THUMBNAIL.height())
        pixmap = self._pictures.pixmap(take.poster)
        if isinstance(pixmap, QPixmap) and not pixmap.isNull():
            cover(painter, picture, pixmap)
        else:
            painter.fillRect(picture, self._look.colour("grey-0"))
        left = picture.right() + 9
        left += self._write(painter, QRect(left, 0, self.width(), self.height()), f"Take {take.name}", "grey-5") + 6
        if self._side:
            left += self._write(painter, QRect(left, 0, 14, self.height()), self._side, "accent", SEMIBOLD) + 6
        if take.chosen or take.out_of_date:
            icon, token = ("out-of-date", "warn") if take.out_of_date else ("approved", "good")
            draw_icon(painter, self._look, icon, token, QRect(left, 0, 14, self.height()).toRectF().center(), 12)

    def _write(
        self, painter: QPainter, rect: QRect, words: str, token: str, weight: int = MEDIUM, *, centred: bool = False
    ) -> int:
        flags = Qt.AlignmentFlag.AlignCenter if centred else Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._look.font("body", weight))
        painter.setPen(self._look.colour(token))
        painter.drawText(rect, flags, words)
        return painter.fontMetrics().horizontalAdvance(words)


class CompareRow(QWidget):
    picked = Signal(int)
    """a key from 1 to 9"""
    swap_requested = Signal()

    def __init__(self, look: Look, pictures: PictureStore) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Takes to compare")
        pictures.arrived.connect(self._picture_arrived)
        self.chips = [TakeChip(look, pictures, key) for key in range(1, KEYS + 1)]
        self.swap = KeyButton(look, "Swap", "Tab", kind="quiet", ink="grey-4")
        self.swap.clicked.connect(self.swap_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        for key, chip in enumerate(self.chips, 1):
            chip.clicked.connect(lambda _checked=False, key=key: self.picked.emit(key))
            row.addWidget(chip)
        row.addStretch(1)
        row.addWidget(self.swap)

    def show_compare(self, state: CompareState, takes: Mapping[str, Compared]) -> None:
        for chip, take in zip(self.chips, state.slots, strict=True):
            chip.show_take(takes.get(take or ""), state.side_of(take))

    def _picture_arrived(self, path: object) -> None:
        for chip in self.chips:
            if chip.poster == path:
                chip.update()
