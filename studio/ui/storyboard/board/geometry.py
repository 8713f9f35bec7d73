"""Where everything stands on the board: pure arithmetic over groups, a width and a size of cards, in content pixels."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect

from studio.ui.storyboard.board.card_size import SMALLEST, USUAL, CardSize, card_size

CARD_WIDTH, CARD_HEIGHT = USUAL.width, USUAL.height
GAP = 8
SIDE = 12
HEADER = 24
TOP = 2


@dataclass(frozen=True)
class Group:
    """One scene's run of consecutive rows on the board."""

    scene: str
    first: int
    count: int
    folded: bool = False


@dataclass(frozen=True)
class Gap:
    """A place between cards: before a row, or at the end of its group."""

    group: int
    row: int


class BoardGeometry:
    """Rectangles of headers and cards for a board `width` wide.

    With `tile` there is a place for a new shot at the end and in every scene without a shot.
    """

    def __init__(self, groups: Sequence[Group], width: int, size: CardSize = USUAL, *, tile: bool = True) -> None:
        self.groups = tuple(groups)
        self.size = size
        self.columns = max(1, (width - 2 * SIDE + GAP) // (size.width + GAP))
        self._across, self._down = size.width + GAP, size.height + GAP
        self._width, self._tile = width, tile
        self._tops: list[int] = []
        self._firsts = [group.first for group in self.groups]
        top = TOP
        for place in range(len(self.groups)):
            self._tops.append(top)
            top += HEADER + self._lines(place) * self._down
        self.height = top
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

    def has_tile(self, place: int) -> bool:
        """Whether a new shot is offered at the end of a group."""
        group = self.groups[place]
        return self._tile and not group.folded and (place == len(self.groups) - 1 or group.count == 0)

    def tile(self, place: int) -> QRect:
        return self._cell(place, self.groups[place].count) if self.has_tile(place) else QRect()

    def new_tile(self) -> QRect:
        """Where the board offers a new shot: after the last card."""
        return self.tile(len(self.groups) - 1) if self.groups else QRect()

    def tile_at(self, point: QPoint) -> int | None:
        """The group whose place for a new shot is there."""
        place = self.place_at(point.y())
        return place if place is not None and self.tile(place).contains(point) else None

    def group_of(self, row: int) -> int:
        """The place of the group that holds a row; an empty group never does."""
        place = bisect_right(self._firsts, row) - 1
        while self.groups[place].count == 0:
            place -= 1
        return place

    def row_at(self, point: QPoint) -> int | None:
        place = self.place_at(point.y())
        if place is None or self.groups[place].folded:
            return None
        line = (point.y() - self._tops[place] - HEADER) // self._down
        column = (point.x() - SIDE) // self._across
        within = line * self.columns + column
        if line < 0 or not 0 <= column < self.columns or not 0 <= within < self.groups[place].count:
            return None
        row = self.groups[place].first + within
        return row if self.card(row).contains(point) else None

    def header_at(self, point: QPoint) -> int | None:
        place = self.place_at(point.y())
        return place if place is not None and self.header(place).contains(point) else None

    def place_at(self, y: int) -> int | None:
        """The group that stands at a height; None above the board and below it."""
        if y < 0 or y >= self.height or not self._tops:
            return None
        return max(0, bisect_right(self._tops, y) - 1)

    def gap_at(self, point: QPoint) -> Gap:
        """Where cards dropped here would be put."""
        place = self.place_at(max(0, min(point.y(), self.height - 1)))
        if place is None:
            return Gap(0, self.rows)
        group = self.groups[place]
        line = max(0, (point.y() - self._tops[place] - HEADER) // self._down)
        column = max(0, min(round((point.x() - SIDE) / self._across), self.columns))
        within = min(line * self.columns + column, group.count)
        return Gap(place, group.first + (group.count if group.folded else within))

    def gap_rect(self, gap: Gap) -> QRect:
        """The line that shows where dropped cards go; under the header of a folded scene it lies flat."""
        group = self.groups[gap.group]
        within = gap.row - group.first
        if group.folded:
            return QRect(SIDE, self.header(gap.group).bottom() - 1, self._across * 2, 2)
        if within and (within == group.count or within % self.columns == 0):
            after = self._cell(gap.group, within - 1)
            return QRect(after.right() + GAP // 2, after.top(), 2, after.height())
        before = self._cell(gap.group, within)
        return QRect(before.left() - GAP // 2 - 1, before.top(), 2, before.height())

    def rows_between(self, top: int, bottom: int) -> range:
        """Rows whose cards may be seen between two heights."""
        shown = [place for place in self.groups_between(top, bottom) if not self.groups[place].folded]
        if not shown:
            return range(0)
        first, last = self.groups[shown[0]], self.groups[shown[-1]]
        skipped = max(0, (top - self._tops[shown[0]] - HEADER) // self._down) * self.columns
        end_line = (bottom - self._tops[shown[-1]] - HEADER) // self._down + 1
        end = last.first + max(0, min(last.count, end_line * self.columns))
        return range(first.first + min(skipped, first.count), max(end, first.first))

    def groups_between(self, top: int, bottom: int) -> range:
        first = max(0, bisect_right(self._tops, top) - 1)
        return range(first, bisect_right(self._tops, bottom))

    def beside(self, row: int, step: int) -> int:
        """The row one visual line up (-1) or down (1), nearest in x; the same row at the edge of the board."""
        if self.card(row).isEmpty():
            return row
        place = self.group_of(row)
        line, column = divmod(row - self.groups[place].first, self.columns)
        if 0 <= line + step < self._card_lines(place):
            return self._row_in(place, line + step, column)
        beyond = self.group_beyond(place, step)
        return row if beyond is None else self._row_in(beyond, 0 if step > 0 else self._card_lines(beyond) - 1, column)

    def group_beyond(self, place: int, step: int) -> int | None:
        """The next group above (-1) or below (1) that shows cards."""
        place += step
        while 0 <= place < len(self.groups):
            if self._card_lines(place):
                return place
            place += step
        return None

    def line_edge(self, row: int, step: int) -> bool:
        """Whether a card stands on the first (-1) or last (1) line of its group."""
        place = self.group_of(row)
        line = (row - self.groups[place].first) // self.columns
        return line == (0 if step < 0 else self._card_lines(place) - 1)

    def edge_row(self, place: int, step: int, column: int = 0) -> int | None:
        """The first row of a group (1), or a row on its last line (-1); None where it shows no card."""
        lines = self._card_lines(place)
        return None if not lines else self._row_in(place, 0 if step > 0 else lines - 1, column)

    def column_of(self, row: int) -> int:
        return (row - self.groups[self.group_of(row)].first) % self.columns

    def _row_in(self, place: int, line: int, column: int) -> int:
        group = self.groups[place]
        return group.first + min(line * self.columns + column, group.count - 1)

    def _card_lines(self, place: int) -> int:
        group = self.groups[place]
        return 0 if group.folded else -(-group.count // self.columns)

    def _lines(self, place: int) -> int:
        group = self.groups[place]
        return 0 if group.folded else -(-(group.count + self.has_tile(place)) // self.columns)

    def _cell(self, place: int, within: int) -> QRect:
        line, column = divmod(within, self.columns)
        left, top = SIDE + column * self._across, self._tops[place] + HEADER + line * self._down
        return QRect(left, top, self.size.width, self.size.height)


def size_that_fits(groups: Sequence[Group], width: int, height: int, *, tile: bool = True) -> CardSize:
    """The largest cards at which the whole board is seen at once; the smallest there are where none is small enough."""
    for wide in range(USUAL.width * 2, SMALLEST, -4):
        size = card_size(wide)
        if BoardGeometry(groups, width, size, tile=tile).height <= height:
            return size
    return card_size(SMALLEST)
