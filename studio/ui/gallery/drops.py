"""What is held over the gallery: files, a view on its way to another place, and in words what letting go would do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QDrag, QDragMoveEvent, QDropEvent, QPainter, QPixmap

from studio.project.words import counted
from studio.ui.gallery.rows import ChangeRow, GroupRow, Row, change_of, subject_of
from studio.ui.parts import painting
from studio.ui.parts.carried import carried_view, carry_subject, carry_view
from studio.ui.parts.held_files import Held, dropped_paths, judged
from studio.ui.theme import MEDIUM, Look

if TYPE_CHECKING:
    from studio.ui.gallery.view import GalleryView

EDGE, FASTEST = 24, 20
"""This near to the upper or lower edge what is held scrolls the list, so many pixels a move."""


@dataclass(frozen=True)
class Landing:
    """Where something would go."""

    row: int
    """-1: a new subject"""
    gap: int | None
    """Before which view of the row; None: the row as a whole."""
    words: str


class GalleryDrops(QObject):
    def __init__(self, view: GalleryView, look: Look) -> None:
        super().__init__(view)
        self._view, self._look = view, look
        self._paths: tuple[Path, ...] = ()
        self._held = Held(0, 0, 0, 0)
        self._carried: str | None = None
        self._point: QPoint | None = None

    @property
    def busy(self) -> bool:
        return self._point is not None

    # --- taken up here ---

    def carry(self, point: QPoint) -> None:
        """The view under the pointer, else the subject whose row it is; another panel may take it as well."""
        view, card = self._view.view_at(point), subject_of(self._view.row_at(point))
        if card is None:
            return
        drag = QDrag(self._view)
        drag.setMimeData(carry_view(view.id) if view is not None else carry_subject(card.id, card.name))
        drag.setPixmap(self._ghost(card.name))
        drag.setHotSpot(QPoint(-12, -8))
        drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.MoveAction)

    def _ghost(self, words: str) -> QPixmap:
        font, scale = self._look.font("body", MEDIUM), self._view.devicePixelRatioF()
        size = QSize(painting.text_width(font, words) + 24, self._look.size("control"))
        pixmap = QPixmap(size * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRect(QPoint(), size)
        painting.fill_rounded(painter, rect, self._look.radius("control"), self._look.colour("grey-3"))
        painter.setFont(font)
        painter.setPen(self._look.colour("grey-5"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
        painter.end()
        return pixmap

    # --- held over it ---

    def enter(self, event: QDragMoveEvent) -> None:
        self._carried = carried_view(event.mimeData())
        self._paths = dropped_paths(event.mimeData())
        self._held = judged(self._paths)
        self.move(event)

    def move(self, event: QDragMoveEvent) -> None:
        wanted = self._carried is not None or self._may_be_pictures() or self._held.folders
        point = event.position().toPoint()
        if not self._view.can_edit or not wanted or self._landing(point) is None:
            event.ignore()
            self.leave()
            return
        self._point = point
        event.setDropAction(Qt.DropAction.MoveAction if self._carried else Qt.DropAction.CopyAction)
        event.accept()
        self._scroll_at(point)
        self._view.viewport().update()

    def _may_be_pictures(self) -> int:
        """Files that may be pictures, whatever their names end in: reading tells, and says what cannot be read."""
        return len(self._paths) - self._held.folders - self._held.movies - self._held.sounds

    def leave(self) -> None:
        self._point = None
        self._view.viewport().update()

    def drop(self, event: QDropEvent) -> None:
        landing = self._landing(event.position().toPoint())
        carried, paths = self._carried, self._paths
        self.leave()
        if landing is None or not self._view.can_edit or not (carried or paths):
            event.ignore()
            return
        event.acceptProposedAction()
        row = self._view.row(landing.row)
        card = subject_of(row)
        if carried is not None and card is not None:
            self._view.view_moved_requested.emit(carried, card.id, change_of(row), self._place(carried, landing))
        elif card is not None:
            self._view.files_dropped.emit(card.id, change_of(row), paths)
        else:
            self._view.files_dropped_new.emit(row.kind if isinstance(row, GroupRow) else "", paths)

    def _place(self, carried: str, landing: Landing) -> int:
        """Its place among the others of the row, counted without itself."""
        ids = [one.id for one in self._view.geometry_.shown(landing.row)]
        gap = len(ids) if landing.gap is None else landing.gap
        return gap - (carried in ids[:gap])

    def _landing(self, point: QPoint) -> Landing | None:
        content = self._view.content(point)
        place = self._view.geometry_.row_at(content.y())
        row = self._view.row(place) if place is not None else None
        if self._carried is None:
            return Landing(-1 if place is None else place, None, self._words_for_files(row))
        if place is None or row is None or isinstance(row, GroupRow):
            return None
        gap = self._view.geometry_.gap_at(place, content)
        here = [one.id for one in self._view.geometry_.shown(place)]
        return Landing(place, gap, self._words_for_view(row, gap, here))

    def _words_for_files(self, row: Row | None) -> str:
        card = subject_of(row)
        if card is None:
            return "Becomes a new subject" if len(self._paths) == 1 else "Become a new subject"
        pictures = self._may_be_pictures()
        if not pictures:
            return f"What is in “{self._held.folder}” becomes views of {card.name}"
        becomes = "Becomes a view" if pictures == 1 else f"Become {counted(pictures, 'view')}"
        where = f"{card.name}, {row.change.title}" if isinstance(row, ChangeRow) else card.name
        return f"{becomes} of {where}"

    def _words_for_view(self, row: Row, gap: int, here: list[str]) -> str:
        card = subject_of(row)
        if card is None or self._carried in here:
            return f"Sent {_ordinal_words(gap - (self._carried in here[:gap]))}"
        if isinstance(row, ChangeRow):
            return f"Shows {row.change.title}"
        own = any(one.id == self._carried for one in card.views)
        return "Shows every change" if own else f"Becomes a view of {card.name}"

    def _scroll_at(self, point: QPoint) -> None:
        bar, room = self._view.verticalScrollBar(), self._view.viewport().height()
        above, below = EDGE - point.y(), point.y() - (room - EDGE)
        if above > 0 or below > 0:
            bar.setValue(bar.value() + (min(FASTEST, below) if below > 0 else -min(FASTEST, above)))

    # --- drawing, in pixels of the viewport ---

    def paint(self, painter: QPainter) -> None:
        """What lights up, and a plate with words at the pointer."""
        landing = self._landing(self._point) if self._point is not None else None
        if self._point is None or landing is None:
            return
        room = self._view.viewport().rect()
        if landing.gap is not None:
            line = self._view.geometry_.gap_rect(landing.row, landing.gap).translated(0, -self._view.verticalOffset())
            painter.fillRect(line, self._look.colour("accent"))
        else:
            rect = self._view.viewport_rect(landing.row) if landing.row >= 0 else room
            inside = rect.adjusted(4, 2, -4, -2)
            painting.outline(painter, inside, self._look.radius("control"), self._look.colour("accent"), 2)
        painting.draw_plate(painter, self._look, landing.words, self._point, room)


def _ordinal_words(place: int) -> str:
    return {0: "first", 1: "second", 2: "third"}.get(place, f"as number {place + 1}")
