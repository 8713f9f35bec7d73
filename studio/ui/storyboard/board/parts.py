"""Small parts of the board: where cards would land, what lies under a point, the place for a new shot."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from studio.ui.parts import painting
from studio.ui.storyboard.board.geometry import BoardGeometry, Gap
from studio.ui.storyboard.board.shot_list import ShotList
from studio.ui.theme import Look


@dataclass(frozen=True)
class Landing:
    """Where dropped cards go, told by what stands there."""

    scene: str
    before: str | None
    """The shot of that scene they are put before; None: at its end."""
    after: str | None
    """The shot of that scene they are put after; None where they become its first."""


def landing(geometry: BoardGeometry, shots: ShotList, gap: Gap, moved: Collection[str]) -> Landing:
    group = geometry.groups[gap.group]
    there = [shots.shot(row) for row in range(group.first, group.first + group.count)]
    within = gap.row - group.first
    before = next((one for one in there[within:] if one not in moved), None)
    after = next((one for one in reversed(there[:within]) if one not in moved), None)
    return Landing(group.scene, before, after)


def lies_there(geometry: BoardGeometry, shots: ShotList, moved: Collection[str], gap: Gap) -> bool:
    """Whether the cards stand side by side at that gap already, in its scene."""
    rows = sorted(row for one in moved if (row := shots.row_of(one)) is not None)
    group = geometry.groups[gap.group]
    if not rows or rows[-1] - rows[0] != len(rows) - 1 or not rows[0] <= gap.row <= rows[-1] + 1:
        return False
    return group.first <= rows[0] and rows[-1] < group.first + group.count


def under(geometry: BoardGeometry, point: QPoint) -> QRect:
    """What lights up under a point of the content: a card, a header, the place for a new shot; empty for none."""
    row = geometry.row_at(point)
    if row is not None:
        return geometry.card(row)
    place = geometry.header_at(point)
    if place is not None:
        return geometry.header(place)
    tile = geometry.tile_at(point)
    return geometry.tile(tile) if tile is not None else QRect()


def paint_tile(painter: QPainter, look: Look, rect: QRect, *, over: bool, first: bool) -> None:
    """The dashed place for a new shot, with its key; in a scene without shots it says what may be dropped there."""
    token = "grey-5" if over else "grey-4"
    painting.outline(painter, rect, look.radius("control"), look.colour("grey-4" if over else "grey-3"), 1, dashed=True)
    middle = QRectF(rect).center()
    painting.draw_icon(painter, look, "plus", token, middle - QPointF(0, 22 if first else 14))
    painter.setFont(look.font("body"))
    painter.setPen(look.colour(token))
    words = "First shot" if first else "New shot"
    width, cap = painter.fontMetrics().horizontalAdvance(words), 0 if first else painting.key_cap_width(look, "N") + 8
    left, top = round(middle.x()) - (width + cap) // 2, round(middle.y()) - (6 if first else -2)
    painter.drawText(QRect(left, top, width + 2, 18), Qt.AlignmentFlag.AlignVCenter, words)
    if not first:
        painting.draw_key_cap(painter, look, "N", left + width + 8, top + 9, look.colour(token))
        return
    painter.setFont(look.font("micro"))
    painter.setPen(look.colour("grey-4"))
    hint = QRect(rect.left() + 8, top + 22, rect.width() - 16, 32)
    painter.drawText(hint, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, "or drop pictures here")
