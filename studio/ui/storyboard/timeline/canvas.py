"""What the parts of the timeline draw on: painter, geometry, and the stretch of the content that is seen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter

from studio.ui.parts import painting
from studio.ui.storyboard.timeline.geometry import Box, Row, TimelineGeometry
from studio.ui.theme import MEDIUM, SEMIBOLD, Look

BEYOND = 64
"""A box is cut off this far outside what is seen: painters count device pixels in 16 bits."""
WIDEST = 1 << 20
WORDS_KEPT = 8000
"""Measured words that are kept; then all are measured anew."""


class Inks:
    """Fonts, colours and measured words, made once: a strip is drawn thousands of times a minute."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.micro, self.micro_medium = look.font("micro"), look.font("micro", MEDIUM)
        self.body, self.body_strong = look.font("body"), look.font("body", SEMIBOLD)
        self.lead = look.font("lead", SEMIBOLD)
        fonts = (self.micro, self.micro_medium, self.body, self.body_strong, self.lead)
        self._metrics = {id(font): QFontMetrics(font) for font in fonts}
        self._colours: dict[tuple[str, float], QColor] = {}
        self._cut: dict[tuple[int, str, int], tuple[str, int]] = {}

    def colour(self, token: str, opacity: float = 1.0) -> QColor:
        key = (token, opacity)
        if key not in self._colours:
            self._colours[key] = self.look.colour(token, opacity)
        return self._colours[key]

    def width(self, font: QFont, text: str) -> int:
        """Of the text on one line; `font` is one of these inks."""
        return self.cut(font, text, WIDEST)[1]

    def cut(self, font: QFont, text: str, room: int) -> tuple[str, int]:
        """As much of the text as has room, cut at a word, and how wide that is."""
        key = (id(font), text, room)
        if key not in self._cut:
            if len(self._cut) >= WORDS_KEPT:
                self._cut.clear()
            metrics = self._metrics[id(font)]
            shown = text if room == WIDEST else painting.cut_at_word(text, metrics, room)
            self._cut[key] = shown, metrics.horizontalAdvance(shown)
        return self._cut[key]


@dataclass
class Canvas:
    """`left` and `top` are the content pixels in the upper left corner of the viewport, which is `width` wide.

    `seen_left` and `seen_right` bound, in content pixels, what has to be drawn this time.
    """

    painter: QPainter
    inks: Inks
    geometry: TimelineGeometry
    left: int
    top: int
    width: int
    seen_left: int
    seen_right: int

    @property
    def look(self) -> Look:
        return self.inks.look

    def x(self, film_frame: int) -> int:
        """Where a frame begins, in pixels of the viewport."""
        return self.geometry.scale.x_of(film_frame) - self.left

    def rect(self, box: Box) -> QRect:
        """The box in the viewport, cut off some way outside it."""
        left = max(-BEYOND, min(box.left - self.left, self.width + BEYOND))
        right = max(-BEYOND, min(box.right - self.left, self.width + BEYOND))
        return QRect(left, box.top - self.top, max(1, right - left), box.height)

    def row_rect(self, row: Row) -> QRect:
        """The row across the viewport. The ruler stays at the top, whatever is scrolled."""
        top = 0 if row.kind == "ruler" else row.top - self.top
        return QRect(0, top, self.width, row.height)

    def colour(self, token: str, opacity: float = 1.0) -> QColor:
        return self.inks.colour(token, opacity)

    def fill(self, rect: QRect, token: str, opacity: float = 1.0, radius: int = 0) -> None:
        if radius:
            painting.fill_rounded(self.painter, rect, radius, self.colour(token, opacity))
        else:
            self.painter.fillRect(rect, self.colour(token, opacity))

    def hatch(self, rect: QRect, token: str = "grey-4", opacity: float = 0.5) -> None:
        self.painter.fillRect(rect, QBrush(self.colour(token, opacity), Qt.BrushStyle.BDiagPattern))

    def icon(self, name: str, token: str, x: float, middle: float, size: int = 16) -> None:
        painting.draw_icon(self.painter, self.look, name, token, QPointF(x + size / 2, middle), size)

    def write(self, text: str, rect: QRect, font: QFont, token: str, *, right: bool = False) -> int:
        """On one line, cut at a word where it does not fit; returns the width of what was written."""
        shown, width = self.inks.cut(font, text, rect.width())
        self.painter.setFont(font)
        self.painter.setPen(self.colour(token))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        self.painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)
        return width
