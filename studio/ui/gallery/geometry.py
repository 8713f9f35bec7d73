"""Where the rows of the gallery and the views in them stand, for one width; nothing here draws."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QPoint, QRect

from studio.project.gallery_cards import ViewCard
from studio.ui.gallery.rows import GroupRow, Row, SubjectRow

PAD = 12
GROUP, WORDS, CHANGE = 32, 26, 22
"""Heights of a kind's line, of a subject's words, of a change's words."""
PICTURE, FOLDED_PICTURE = 54, 40
GAP = 6
BELOW = 10
NARROWEST, WIDEST = PICTURE // 2, 4 * PICTURE
FOLDED_BELOW = 160
"""A panel narrower than this shows the first picture of each subject alone."""


def width_of(view: ViewCard, height: int = PICTURE) -> int:
    """At its true shape, so that nothing of the picture is cut off; only the extreme ones are."""
    shape = view.width / view.height if view.width > 0 and view.height > 0 else 1.0
    return max(height // 2, min(4 * height, round(height * shape)))


Laid = tuple[tuple[ViewCard, ...], list[QRect], int]
"""The views of a row that are shown, their rectangles relative to its upper left corner, and the row's height."""


def _laid(row: Row, width: int) -> Laid:
    if isinstance(row, GroupRow):
        return (), [], GROUP
    top = WORDS if isinstance(row, SubjectRow) else CHANGE
    if not row.views:
        return (), [], top + (PICTURE + BELOW if isinstance(row, SubjectRow) and not row.card.views else 4)
    rects, left = [], PAD
    for view in row.views:
        wide = min(width_of(view), width - 2 * PAD)
        if left > PAD and left + wide > width - PAD:
            left, top = PAD, top + PICTURE + GAP
        rects.append(QRect(left, top, wide, PICTURE))
        left += wide + GAP
    return row.views, rects, top + PICTURE + BELOW


def _laid_folded(row: Row, width: int) -> Laid:
    if not isinstance(row, SubjectRow):
        return (), [], 0
    left, views = (width - FOLDED_PICTURE) // 2, row.card.views[:1]
    return views, [QRect(left, 8, FOLDED_PICTURE, FOLDED_PICTURE)][: len(views)], FOLDED_PICTURE + 16


class GalleryGeometry:
    def __init__(self, rows: Sequence[Row], width: int) -> None:
        self.rows, self.width = rows, width
        self.folded = width < FOLDED_BELOW
        lay = _laid_folded if self.folded else _laid
        laid = [lay(row, width) for row in rows]
        self._shown = [views for views, _, _ in laid]
        self._rects = [rects for _, rects, _ in laid]
        self._tops = [0, *accumulate(height for _, _, height in laid)]

    @property
    def height(self) -> int:
        return self._tops[-1]

    def row(self, place: int) -> QRect:
        """In the content; empty for a row that is not shown now."""
        if not 0 <= place < len(self.rows):
            return QRect()
        return QRect(0, self._tops[place], self.width, self._tops[place + 1] - self._tops[place])

    def shown(self, place: int) -> tuple[ViewCard, ...]:
        """The views that are seen of a row: folded, a subject shows its first one alone."""
        return self._shown[place] if 0 <= place < len(self.rows) else ()

    def views(self, place: int) -> list[QRect]:
        """Where those stand, in the content."""
        if not 0 <= place < len(self.rows):
            return []
        return [rect.translated(0, self._tops[place]) for rect in self._rects[place]]

    def empty_place(self, place: int) -> QRect:
        """Where the first picture of a subject without any would stand."""
        if self.folded:
            left = (self.width - FOLDED_PICTURE) // 2
            return QRect(left, self._tops[place] + 8, FOLDED_PICTURE, FOLDED_PICTURE)
        return QRect(PAD, self._tops[place] + WORDS, PICTURE, PICTURE)

    def name(self, place: int) -> QRect:
        """Where a subject's words stand."""
        return QRect(PAD, self._tops[place] + 4, self.width - 2 * PAD, WORDS - 6)

    def row_at(self, y: int) -> int | None:
        if not 0 <= y < self.height:
            return None
        return bisect_right(self._tops, y) - 1

    def rows_between(self, top: int, bottom: int) -> range:
        """Rows a stretch of the content touches."""
        first = max(0, bisect_right(self._tops, max(0, top)) - 1)
        last = min(len(self.rows), bisect_right(self._tops, max(0, bottom)))
        return range(first, last)

    def view_at(self, point: QPoint) -> tuple[int, int] | None:
        """Row and place among its views of the picture under a point of the content."""
        place = self.row_at(point.y())
        if place is None:
            return None
        found = next((at for at, rect in enumerate(self.views(place)) if rect.contains(point)), None)
        return None if found is None else (place, found)

    def gap_at(self, place: int, point: QPoint) -> int:
        """Before which view of the row something let go at a point would land; their number: after the last."""
        rects = self.views(place)
        for at, rect in enumerate(rects):
            above, beside = point.y() < rect.top() - GAP, point.y() <= rect.bottom() + GAP // 2
            if above or (beside and point.x() < rect.center().x()):
                return at
        return len(rects)

    def gap_rect(self, place: int, gap: int) -> QRect:
        """The line that is lit where a view would land."""
        rects = self.views(place)
        if not rects:
            one = self.empty_place(place)
            return QRect(one.left() - 4, one.top(), 2, PICTURE)
        if gap < len(rects):
            return QRect(rects[gap].left() - GAP // 2 - 1, rects[gap].top(), 2, PICTURE)
        return QRect(rects[-1].right() + GAP // 2, rects[-1].top(), 2, PICTURE)
