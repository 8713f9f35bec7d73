"""What the mouse does on the board: selects, drags cards to another place, pulls a band over several.

A drag moves ghosts; nothing is wished before the release, and Esc puts everything back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication

from studio.ui.parts import painting
from studio.ui.storyboard.board.geometry import Gap
from studio.ui.theme import SEMIBOLD, Look

if TYPE_CHECKING:
    from studio.ui.storyboard.board.view import BoardView

GHOST = 0.7
BEHIND = 5
"""Pixels by which each further ghost stands out from behind the first."""
EDGE = 28
"""This near to the upper or lower edge a drag scrolls the board."""
FASTEST = 26
"""Pixels a tick while the pointer is at the very edge, or beyond."""
TICK_MS = 16
HELD = Qt.KeyboardModifier


class BoardHands(QObject):
    def __init__(self, view: BoardView, look: Look) -> None:
        super().__init__(view)
        self._view, self._look = view, look
        self._pressed: QPoint | None = None
        """In the viewport."""
        self._row: int | None = None
        self._at_release = ""
        """What a press on a selected card does if it becomes no drag: only, toggle, or edit."""
        self._point = QPoint()
        self._band_from: QPoint | None = None
        """In the content."""
        self._band_kept: list[int] = []
        self.dragged: list[str] = []
        self.copies = False
        self.gap: Gap | None = None
        self._scroll = QTimer(self, interval=TICK_MS)
        self._scroll.timeout.connect(self._scroll_on)
        self._edit_soon = QTimer(self, singleShot=True)
        self._edit_soon.timeout.connect(self._edit_now)

    @property
    def busy(self) -> bool:
        return bool(self.dragged) or self._band_from is not None

    # --- from the view ---

    def press(self, event: QMouseEvent, row: int | None) -> None:
        """The left button on a card, or on none."""
        self._edit_soon.stop()
        self._pressed, self._row, self._at_release = event.position().toPoint(), row, ""
        self._point = self._pressed
        if row is None:
            self._begin_band(event.modifiers())
        else:
            self._press_card(row, event)

    def move(self, event: QMouseEvent) -> bool:
        """Whether the hands are at something, so that nothing else is."""
        self._point = event.position().toPoint()
        if self._pressed is None:
            return False
        far = (self._point - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if not self.busy and far and self._row is not None and self._view.can_edit:
            self._begin_drag()
        if self.busy:
            self.copies = bool(event.modifiers() & HELD.ControlModifier)
            self._follow()
        return True

    def release(self, event: QMouseEvent) -> None:
        dragged, gap, copies = self.dragged, self.gap, self.copies
        row, then, was_band = self._row, self._at_release, self._band_from is not None
        self.cancel()
        if dragged and gap is not None:
            self._view.drop_cards(dragged, gap, copies=copies)
        elif row is not None and not was_band:
            self._settle(row, then, event)

    def cancel(self) -> None:
        """Everything is where it was."""
        self._scroll.stop()
        self._pressed = self._row = self._band_from = self.gap = None
        self.dragged, self.copies = [], False
        self._view.viewport().unsetCursor()
        self._view.viewport().update()

    def forget_click(self) -> None:
        """What was a click is one of two: it opens the shot and edits nothing."""
        self._edit_soon.stop()
        self._at_release = ""

    # --- clicks ---

    def _press_card(self, row: int, event: QMouseEvent) -> None:
        view, held = self._view, event.modifiers()
        selected = view.selected_rows()
        if held & HELD.ShiftModifier:
            view.select_range(row, add=bool(held & HELD.ControlModifier))
        elif held & HELD.ControlModifier:
            self._at_release = "toggle"
            if row not in selected:
                self._at_release = ""
                view.choose([*selected, row], row)
        elif row in selected:
            alone = selected == [row] and view.hasFocus() and view.on_action(row, event.position().toPoint())
            self._at_release = "edit" if alone else "only"
        else:
            view.choose([row], row)

    def _settle(self, row: int, then: str, event: QMouseEvent) -> None:
        view = self._view
        if then == "toggle":
            view.choose([one for one in view.selected_rows() if one != row], row)
        elif then == "only":
            view.choose([row], row)
        elif then == "edit" and view.on_action(row, event.position().toPoint()):
            self._row = row
            self._edit_soon.start(QApplication.doubleClickInterval())

    def _edit_now(self) -> None:
        if self._view.selected_rows() == [self._row]:
            self._view.edit_action()

    # --- dragging cards ---

    def _begin_drag(self) -> None:
        assert self._row is not None
        view = self._view
        if self._row not in view.selected_rows():
            view.choose([self._row], self._row)
        self.dragged = view.selected_shots()
        self._scroll.start()

    def _begin_band(self, held: HELD) -> None:
        more = held & (HELD.ControlModifier | HELD.ShiftModifier)
        self._band_kept = self._view.selected_rows() if more else []
        self._band_from = self._view.content(self._point)
        self._scroll.start()

    def _follow(self) -> None:
        """The pointer moved, or the board under it."""
        point = self._view.content(self._point)
        if self.dragged:
            self.gap = self._view.geometry_.gap_at(point)
            shape = Qt.CursorShape.DragCopyCursor if self.copies else Qt.CursorShape.ClosedHandCursor
            self._view.viewport().setCursor(shape)
        else:
            rows = self._view.rows_in(self._band())
            self._view.choose(sorted({*self._band_kept, *rows}), rows[-1] if rows else None)
        self._view.viewport().update()

    def _band(self) -> QRect:
        assert self._band_from is not None
        return QRect(self._band_from, self._view.content(self._point)).normalized()

    def _scroll_on(self) -> None:
        above, below = EDGE - self._point.y(), self._point.y() - (self._view.viewport().height() - EDGE)
        if above <= 0 and below <= 0:
            return
        by = min(FASTEST, max(above, below))
        bar = self._view.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + (by if below > 0 else -by))
        if bar.value() != before:
            self._follow()

    # --- drawing, in content pixels ---

    def paint(self, painter: QPainter) -> None:
        if self._band_from is not None and self._pressed is not None:
            band = self._band()
            painter.fillRect(band, self._look.colour("accent", 0.12))
            painting.outline(painter, band, 0, self._look.colour("accent"), 1)
        if self.dragged and self.gap is not None:
            painter.fillRect(self._view.geometry_.gap_rect(self.gap), self._look.colour("accent"))
            self._paint_ghosts(painter)

    def _paint_ghosts(self, painter: QPainter) -> None:
        size = self._view.geometry_.size
        first = QRect(self._view.content(self._point) - QPoint(40, 24), QSize(size.width, size.height))
        for place, shot in reversed(list(enumerate(self.dragged[:3]))):
            # Only the one on top is see-through to the board: words of several over each other cannot be read.
            painter.setOpacity(GHOST if len(self.dragged) == 1 else 1.0)
            self._view.draw_card(painter, first.translated(place * BEHIND, place * BEHIND), shot)
        painter.setOpacity(1.0)
        words = ("Copy " if self.copies else "") + (str(len(self.dragged)) if len(self.dragged) > 1 else "")
        if words.strip():
            self._paint_count(painter, first.topRight(), words.strip())

    def _paint_count(self, painter: QPainter, corner: QPoint, words: str) -> None:
        painter.setFont(self._look.font("micro", SEMIBOLD))
        plate = QRect(0, 0, painter.fontMetrics().horizontalAdvance(words) + 12, 18)
        plate.moveCenter(corner)
        painting.fill_rounded(painter, plate, 9, self._look.colour("accent"))
        painter.setPen(self._look.colour("on-accent"))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)


