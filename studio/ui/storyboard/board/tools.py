"""What stands above the board: which shots are shown, and how large their cards are."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from studio.ui.parts import painting
from studio.ui.parts.controls import IconButton
from studio.ui.storyboard.board.card_size import LARGEST, SMALLEST
from studio.ui.storyboard.board.filters import ALL, REASONS, WORDS, Tally
from studio.ui.storyboard.board.view import BoardView
from studio.ui.storyboard.timeline.tools import ZoomSlider
from studio.ui.theme import MEDIUM, Look

ALWAYS = (ALL, "to_do", "out_of_date", "approved")
"""Chips that keep their place whatever they count; the others come and go at the end."""


class FilterChip(QAbstractButton):
    """A filter by name with the number of shots it shows."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look, self.name, self._count = look, name, 0
        self.setCheckable(True)
        self.setToolTip(REASONS.get(name, "Every shot of the film"))
        self.show_count(0)

    def show_count(self, count: int) -> None:
        if self.text() and count == self._count:
            return
        self._count = count
        self.setText(f"{WORDS[self.name]} {count:,}")
        self.setAccessibleName(f"Show: {self.text()}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._look.font("micro", MEDIUM)).horizontalAdvance(self.text()) + 14
        return QSize(width, self._look.size("badge") + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, over, radius = self.isChecked(), self.underMouse(), self._look.radius("badge")
        if chosen or over:
            painting.fill_rounded(painter, self.rect(), radius, self._look.colour("grey-3" if chosen else "grey-2"))
        if self.hasFocus():
            painting.outline(painter, self.rect(), radius, self._look.colour("accent"), 2)
        elif not chosen:
            painting.outline(painter, self.rect(), radius, self._look.colour("grey-3"), 1)
        painter.setFont(self._look.font("micro", MEDIUM))
        painter.setPen(self._look.colour("grey-5" if chosen or over else "grey-4"))
        painter.drawText(QRect(self.rect()), Qt.AlignmentFlag.AlignCenter, self.text())


class BoardFilter(QWidget):
    """Chips above the board, one of them chosen; Left and Right go from one to the next."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName("Shots shown")
        self._chips = {name: FilterChip(look, name) for name in WORDS}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for name, chip in self._chips.items():
            self._group.addButton(chip)
            row.addWidget(chip)
            chip.setVisible(name in ALWAYS)
            chip.clicked.connect(lambda _checked=False, name=name: self.chosen.emit(name))
        self._chips[ALL].setChecked(True)

    def show_counts(self, tally: Tally) -> None:
        for name, chip in self._chips.items():
            chip.show_count(tally[name])
            chip.setVisible(name in ALWAYS or tally[name] > 0 or chip.isChecked())

    def choose(self, name: str) -> None:
        """Shows a filter as chosen without announcing it."""
        self._chips[name].setChecked(True)

    def chip(self, name: str) -> FilterChip:
        return self._chips[name]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        seen = [chip for chip in self._chips.values() if chip.isVisible()]
        held = next((place for place, chip in enumerate(seen) if chip.hasFocus()), None)
        if not step or held is None:
            super().keyPressEvent(event)
            return
        chip = seen[(held + step) % len(seen)]
        chip.setFocus(Qt.FocusReason.TabFocusReason)
        chip.click()


class BoardZoom(QWidget):
    """Smaller, a slider, larger; and all cards at once."""

    def __init__(self, look: Look, board: BoardView) -> None:
        super().__init__()
        self._board = board
        self.slider = ZoomSlider(look)
        self.slider.setAccessibleName("Size of the cards")
        smaller = IconButton(look, "minus", "Smaller cards", "Ctrl -")
        larger = IconButton(look, "plus", "Larger cards", "Ctrl +")
        fit = IconButton(look, "fit", "All cards at once", "Ctrl 0")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (smaller, self.slider, larger, fit):
            row.addWidget(widget)
        smaller.clicked.connect(board.smaller)
        larger.clicked.connect(board.larger)
        fit.clicked.connect(board.fit)
        self.slider.moved.connect(self._moved)
        board.size_changed.connect(self._show)
        self._show(board.card_width)

    def _moved(self, part: float) -> None:
        self._board.set_card_width(round(SMALLEST + part * (LARGEST - SMALLEST)))

    def _show(self, width: int) -> None:
        self.slider.show_part((width - SMALLEST) / (LARGEST - SMALLEST))
