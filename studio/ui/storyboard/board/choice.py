"""Which cards of the board are selected: exact sets of rows, and ranges from where the last selection began."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel

from studio.ui.storyboard.board.shot_list import ShotList

if TYPE_CHECKING:
    from studio.ui.storyboard.board.view import BoardView

Flag = QItemSelectionModel.SelectionFlag


class CardChoice:
    def __init__(self, view: BoardView, shots: ShotList) -> None:
        self._view, self._shots = view, shots
        self._anchor: str | None = None
        """The shot ranges begin at."""

    def rows(self) -> list[int]:
        ranges = self._view.selectionModel().selection()
        every = (ranges.at(place) for place in range(ranges.count()))
        return sorted(row for one in every for row in range(one.top(), one.bottom() + 1))

    def rows_among(self, rows: range) -> set[int]:
        """Those of a few rows that are selected, however many are."""
        ranges, chosen = self._view.selectionModel().selection(), set[int]()
        for place in range(ranges.count()):
            one = ranges.at(place)
            chosen.update(range(max(one.top(), rows.start), min(one.bottom() + 1, rows.stop)))
        return chosen

    def choose(self, rows: Iterable[int], current: int | None) -> None:
        self._view.selectionModel().select(as_selection(self._shots, rows), Flag.ClearAndSelect)
        if current is not None:
            self._anchor = self._shots.shot(current)
            self._view.selectionModel().setCurrentIndex(self._shots.index(current), Flag.NoUpdate)

    def extend(self, row: int, *, add: bool) -> None:
        """Cards folded away are passed over."""
        anchor = self._shots.row_of(self._anchor or "")
        first = row if anchor is None else anchor
        geometry = self._view.geometry_
        rows = [one for one in range(min(first, row), max(first, row) + 1) if not geometry.card(one).isEmpty()]
        kept = self.rows() if add else []
        self._view.selectionModel().select(as_selection(self._shots, {*kept, *rows}), Flag.ClearAndSelect)
        self._view.selectionModel().setCurrentIndex(self._shots.index(row), Flag.NoUpdate)


def as_selection(shots: ShotList, rows: Iterable[int]) -> QItemSelection:
    """As few ranges as there are runs of rows: thousands of rows by themselves would be slow."""
    chosen = QItemSelection()
    first = last = None
    for row in [*sorted(set(rows)), None]:
        if last is not None and row == last + 1:
            last = row
            continue
        if first is not None and last is not None:
            chosen.select(shots.index(first), shots.index(last))
        first = last = row
    return chosen
