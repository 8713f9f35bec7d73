"""Where everything stands on the board: pure arithmetic over groups and a width, in content pixels."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect

CARD_WIDTH, CARD_HEIGHT = 164, 156
GAP = 8
SIDE = 12
HEADER = 24
BELOW_GROUP = 0


@dataclass(frozen=True)
class Group:
    """One scene's run of consecutive rows on the board."""

    scene: str
    first: int
    count: int
    folded: bool = False


class BoardGeometry:
    """Rectangles of headers and cards for a board `width` wide; `tile` leaves a place for a new shot at the end."""

    def __init__(self, groups: Sequence[Group], width: int, *, tile: bool = True) -> None:
        self.groups = tuple(groups)
        self.columns = max(1, (width - 2 * SIDE + GAP) // (CARD_WIDTH + GAP))
        self._width = width
        self._tops: list[int] = []
        self._firsts = [group.first for group in self.groups]
        top = 2
        for place, group in enumerate(self.groups):
            self._tops.append(top)
            last = place == len(self.groups) - 1
            top += HEADER + self._lines(group, tile and last) * (CARD_HEIGHT + GAP) + BELOW_GROUP
        self.height = top
        self._tile = tile
        self.rows = sum(group.count for group in self.groups)

    def header(self, place: int) -> QRect:
        return QRect(0, self._tops[place], self._width, HEADER)

    def card(self, row: int) -> QRect:
        """The card of a row; empty where its group is folded."""
        if not 0 <= row < self.rows:
            return QRect()
        place = self.group_of(row)
        group = self.groups[place]
        return QRect() if group.folded else self._cell(place, row - group.first)

    def new_tile(self) -> QRect:
        """Where the board offers a new shot: after the last card."""
        if not self._tile or not self.groups:
            return QRect()
        last = self.groups[-1]
        return QRect() if last.folded else self._cell(len(self.groups) - 1, last.count)

    def group_of(self, row: int) -> int:
        """The place of the group that holds a row; an empty group never does."""
        place = bisect_right(self._firsts, row) - 1
        while self.groups[place].count == 0:
            place -= 1
        return place

    def row_at(self, point: QPoint) -> int | None:
        place = self._group_at(point.y())
        if place is None or self.groups[place].folded:
            return None
        line = (point.y() - self._tops[place] - HEADER) // (CARD_HEIGHT + GAP)
        column = (point.x() - SIDE) // (CARD_WIDTH + GAP)
        within = line * self.columns + column
        if line < 0 or not 0 <= column < self.columns or not 0 <= within < self.groups[place].count:
            return None
        row = self.groups[place].first + within
        return row if self.card(row).contains(point) else None

    def header_at(self, point: QPoint) -> int | None:
        place = self._group_at(point.y())
        return place if place is not None and self.header(place).contains(point) else None

    def gap_at(self, point: QPoint) -> int:
        """The row a card dropped here would be put before; `rows` for the end."""
        place = self._group_at(max(0, min(point.y(), self.height - 1)))
        if place is None:
            return self.rows
        group = self.groups[place]
        line = max(0, (point.y() - self._tops[place] - HEADER) // (CARD_HEIGHT + GAP))
        column = round((point.x() - SIDE) / (CARD_WIDTH + GAP))
        within = line * self.columns + max(0, min(column, self.columns))
        return group.first + (group.count if group.folded else min(within, group.count))

    def scene_at(self, point: QPoint) -> str:
        """The scene a card dropped here joins."""
        place = self._group_at(max(0, min(point.y(), self.height - 1)))
        return self.groups[place].scene if place is not None else ""

    def gap_rect(self, row: int) -> QRect:
        """The upright line that shows where a dropped card goes."""
        before = self.card(row)
        if row > 0 and (row == self.rows or before.isEmpty() or before.x() == SIDE):
            after = self.card(row - 1)
            if not after.isEmpty():
                return QRect(after.right() + GAP // 2, after.top(), 2, CARD_HEIGHT)
        return QRect(before.left() - GAP // 2 - 1, before.top(), 2, CARD_HEIGHT) if not before.isEmpty() else QRect()

    def rows_between(self, top: int, bottom: int) -> range:
        """Rows whose cards may be seen between two heights."""
        shown = [place for place in self.groups_between(top, bottom) if not self.groups[place].folded]
        if not shown:
            return range(0)
        first, last = self.groups[shown[0]], self.groups[shown[-1]]
        skipped = max(0, (top - self._tops[shown[0]] - HEADER) // (CARD_HEIGHT + GAP)) * self.columns
        end_line = (bottom - self._tops[shown[-1]] - HEADER) // (CARD_HEIGHT + GAP) + 1
        end = last.first + max(0, min(last.count, end_line * self.columns))
        return range(first.first + min(skipped, first.count), max(end, first.first))

    def groups_between(self, top: int, bottom: int) -> range:
        first = max(0, bisect_right(self._tops, top) - 1)
        return range(first, bisect_right(self._tops, bottom))

    def beside(self, row: int, step: int) -> int:
        """The row one visual line up (-1) or down (1), nearest in x; the same row at the edge of the board."""
        start = self.card(row)
        if start.isEmpty():
            return row
        seen = range(row + 1, self.rows) if step > 0 else range(row - 1, -1, -1)
        line_y, best = None, row
        for other in seen:
            box = self.card(other)
            if box.isEmpty() or box.y() == start.y():
                continue
            if line_y is not None and box.y() != line_y:
                break
            if line_y is None or abs(box.x() - start.x()) < abs(self.card(best).x() - start.x()):
                best = other
            line_y = box.y()
        return best

    def _lines(self, group: Group, tile: bool) -> int:
        return 0 if group.folded else -(-(group.count + tile) // self.columns)

    def _cell(self, place: int, within: int) -> QRect:
        line, column = divmod(within, self.columns)
        left = SIDE + column * (CARD_WIDTH + GAP)
        return QRect(left, self._tops[place] + HEADER + line * (CARD_HEIGHT + GAP), CARD_WIDTH, CARD_HEIGHT)

    def _group_at(self, y: int) -> int | None:
        if y < 0 or y >= self.height or not self._tops:
            return None
        return max(0, bisect_right(self._tops, y) - 1)
