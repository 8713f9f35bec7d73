"""The header over a scene's cards: number, heading, length, what is missing, its menu."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from studio.project.cards import SceneCard
from studio.project.timing import FrameRate
from studio.ui.parts import painting
from studio.ui.parts.times import counted, film_length
from studio.ui.storyboard.board.shot_list import SceneFacts
from studio.ui.theme import SEMIBOLD, Look

MISSING = "Generate what is missing"
FOLD, MENU, DRAW, OPEN = "fold", "menu", "missing", "open"
"""What a press on a header asks for, by where it falls."""
CHEVRON = 36
DOTS = 28
NARROW = 520
"""Narrower headers have no room for the words of the button."""


class SceneHeader:
    def __init__(self, look: Look, *, writable: bool) -> None:
        self._look, self.writable = look, writable

    def zone_at(self, rect: QRect, facts: SceneFacts, point: QPoint) -> str:
        if point.x() < CHEVRON:
            return FOLD
        if self.writable and self._dots(rect).contains(point):
            return MENU
        if self._offers(facts) and self._button(rect).contains(point):
            return DRAW
        return OPEN

    def paint(
        self, painter: QPainter, rect: QRect, scene: SceneCard, facts: SceneFacts, rate: FrameRate, *, folded: bool,
        focused: bool, zone: str,
    ) -> None:  # fmt: skip
        """`zone` is the part under the pointer, empty where it is elsewhere."""
        middle = rect.center().y()
        if focused:
            ring = rect.adjusted(6, 0, -6, 0)
            painting.outline(painter, ring, self._look.radius("control"), self._look.colour("accent"), 2)
        arrow = "chevron-right" if folded else "chevron-down"
        painting.draw_icon(painter, self._look, arrow, self._ink(zone == FOLD), QPointF(20, middle))
        right = self._paint_right(painter, rect, facts, zone)
        left = self._write(painter, scene.number, 36, right, middle, "grey-5", SEMIBOLD) + 8
        left = self._write(painter, scene.heading, left, right, middle, "grey-5") + 8
        self._write(painter, words_of(facts, rate), left, right, middle, "grey-4")

    def _paint_right(self, painter: QPainter, rect: QRect, facts: SceneFacts, zone: str) -> int:
        """The menu and the button; returns where they begin."""
        if not self.writable:
            return rect.right() - 12
        dots, middle = self._dots(rect), rect.center().y()
        painting.draw_icon(painter, self._look, "more", self._ink(zone == MENU), QPointF(QRectF(dots).center()))
        if not self._offers(facts):
            return dots.left() - 8
        button, token = self._button(rect), self._ink(zone == DRAW)
        painting.draw_icon(painter, self._look, "arrow-right", token, QPointF(button.left() + 8, middle))
        self._write(painter, self._button_words(rect), button.left() + 24, button.right() + 1, middle, token)
        return button.left() - 12

    def _offers(self, facts: SceneFacts) -> bool:
        return self.writable and bool(facts.missing)

    def _dots(self, rect: QRect) -> QRect:
        return QRect(rect.right() - 8 - DOTS, rect.top(), DOTS, rect.height())

    def _button(self, rect: QRect) -> QRect:
        width = 24 + QFontMetrics(self._look.font("body")).horizontalAdvance(self._button_words(rect)) + 6
        return QRect(self._dots(rect).left() - 8 - width, rect.top(), width, rect.height())

    def _button_words(self, rect: QRect) -> str:
        return MISSING if rect.width() >= NARROW else "Missing"

    def _ink(self, over: bool) -> str:
        return "grey-5" if over else "grey-4"

    def _write(
        self, painter: QPainter, text: str, left: int, right: int, middle: int, token: str, weight: int = 400
    ) -> int:
        """Cut with an ellipsis before `right`; returns where it ends."""
        font = self._look.font("body", weight)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, right - left))
        painter.setFont(font)
        painter.setPen(self._look.colour(token))
        width = metrics.horizontalAdvance(shown)
        painter.drawText(QRect(left, middle - 9, width + 2, 18), Qt.AlignmentFlag.AlignVCenter, shown)
        return left + width


def words_of(facts: SceneFacts, rate: FrameRate) -> str:
    """`7 shots · 0:23:00`; `4 of 5 shots` where one is omitted."""
    if not facts.shots:
        return "no shot yet"
    shots = counted(facts.shots, "shot")
    if facts.omitted:
        shots = f"{facts.shots - facts.omitted} of {shots}"
    return f"{shots} · {film_length(facts.frames, rate)}"
