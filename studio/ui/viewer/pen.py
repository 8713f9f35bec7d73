"""Drawing on a panel: the pencil, the arrow and the eraser in the hand, as lines in parts of the picture."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QObject, Signal

from studio.project.cut_cards import Point, Stroke

PENCIL, ARROW, ERASER = "pencil", "arrow", "eraser"
TOOLS = (PENCIL, ARROW, ERASER)
WIDTHS = (0.004, 0.008, 0.016)
"""Thin, middle, broad: parts of the picture's height."""
NEAREST = 0.0015
"""Points closer together than this part of the height are one."""
REACH = 0.012
"""How far around a line the eraser touches it."""
LIGHTEST = 0.4
"""Part of its width that a line has at the lightest pressure; at half pressure, that of a mouse, it has all of it."""


class Pen(QObject):
    """One line at a time. `drawn` carries every line of the picture as it is to be from now on."""

    drawn = Signal(object)
    changed = Signal()
    """the tool, or what it is drawing now"""

    def __init__(self) -> None:
        super().__init__()
        self.tool = ""
        """One of TOOLS; empty: the hand moves the picture."""
        self.colour = "#ECEEF1"
        self.width = WIDTHS[1]
        self._lines: tuple[Stroke, ...] = ()
        self._points: list[Point] = []
        self._pressures: list[float] = []
        self._aspect = 1.0
        self._down = False

    @property
    def lines(self) -> tuple[Stroke, ...] | None:
        """What is seen while the hand is down; None while it is up."""
        if not self._down:
            return None
        line = self._line()
        return (*self._lines, line) if line else self._lines

    def take_up(self, tool: str) -> None:
        self.cancel()
        self.tool = tool
        self.changed.emit()

    def press(self, point: Point, lines: Sequence[Stroke], aspect: float, pressure: float = 0.5) -> None:
        """The hand comes down on a picture that has `lines` and is `aspect` times as wide as high."""
        self._lines, self._aspect, self._down = tuple(lines), aspect, True
        self._points, self._pressures = [], []
        self.move(point, pressure)

    def move(self, point: Point, pressure: float = 0.5) -> None:
        if not self._down:
            return
        if self.tool == ERASER:
            self._lines = tuple(one for one in self._lines if not touches(one, point, self._aspect))
        elif not self._points or self._distance(self._points[-1], point) >= NEAREST:
            self._points.append(point)
            self._pressures.append(pressure)
        self.changed.emit()

    def release(self, lines: Sequence[Stroke]) -> None:
        """The hand goes up; `lines` are those the picture had, so that nothing is announced where nothing changed."""
        if not self._down:
            return
        line = self._line()
        made = (*self._lines, line) if line else self._lines
        self.cancel()
        if made != tuple(lines):
            self.drawn.emit(made)

    def cancel(self) -> None:
        self._down = False
        self._points, self._pressures = [], []
        self.changed.emit()

    def _line(self) -> Stroke | None:
        if self.tool == ERASER or not self._points:
            return None
        if self.tool == ARROW:
            start, end = self._points[0], self._points[-1]
            far = self._distance(start, end) > 2 * NEAREST
            return Stroke(ARROW, (start, end), self.width, self.colour) if far else None
        pressed = sum(self._pressures) / len(self._pressures)
        width = self.width * (LIGHTEST + 2 * (1 - LIGHTEST) * pressed)
        return Stroke(PENCIL, smoothed(self._points), width, self.colour)

    def _distance(self, one: Point, other: Point) -> float:
        return math.hypot((one[0] - other[0]) * self._aspect, one[1] - other[1])


def smoothed(points: Sequence[Point]) -> tuple[Point, ...]:
    """Each point drawn halfway to the middle of its neighbours; the ends stay where the hand put them."""
    inner = (
        tuple((before[axis] + 2 * here[axis] + after[axis]) / 4 for axis in (0, 1))
        for before, here, after in zip(points, points[1:], points[2:], strict=False)
    )
    middle = [(one[0], one[1]) for one in inner]
    return (*points[:1], *middle, *(points[-1:] if len(points) > 1 else ()))


def touches(stroke: Stroke, point: Point, aspect: float) -> bool:
    """Whether the eraser at `point` touches a line."""
    here, reach = (point[0] * aspect, point[1]), REACH + stroke.width / 2
    places = [(x * aspect, y) for x, y in stroke.points]
    if len(places) == 1:
        return math.dist(here, places[0]) <= reach
    return any(_distance(here, a, b) <= reach for a, b in pairwise(places))


def _distance(point: Point, start: Point, end: Point) -> float:
    along = (end[0] - start[0], end[1] - start[1])
    length = along[0] ** 2 + along[1] ** 2
    way = ((point[0] - start[0]) * along[0] + (point[1] - start[1]) * along[1]) / length if length else 0.0
    way = max(0.0, min(1.0, way))
    return math.dist(point, (start[0] + along[0] * way, start[1] + along[1] * way))
