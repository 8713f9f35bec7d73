"""Files dropped from outside: the card or scene they are held over lights up and says what they become."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QPainter

from studio.ui.parts import painting
from studio.ui.parts.held_files import Held, dropped_paths, judged
from studio.ui.storyboard.drops import words_on_board, words_on_shot
from studio.ui.theme import Look

if TYPE_CHECKING:
    from studio.ui.storyboard.board.view import BoardView


class BoardDrops(QObject):
    def __init__(self, view: BoardView, look: Look) -> None:
        super().__init__(view)
        self._view, self._look = view, look
        self._paths: tuple[Path, ...] = ()
        self._held = Held(0, 0, 0, 0)
        self._point: QPoint | None = None

    @property
    def busy(self) -> bool:
        return self._point is not None

    def enter(self, event: QDragMoveEvent) -> None:
        """Files come over the board; anything else is not for it."""
        self._paths = dropped_paths(event.mimeData())
        self._held = judged(self._paths)
        self.move(event)

    def move(self, event: QDragMoveEvent) -> None:
        if not self._view.can_edit or not self._held.any:
            event.ignore()
            return
        self._point = event.position().toPoint()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._view.viewport().update()

    def leave(self) -> None:
        self._point, self._paths = None, ()
        self._view.viewport().update()

    def drop(self, event: QDropEvent) -> None:
        paths, point = self._paths, event.position().toPoint()
        self.leave()
        if not paths or not self._view.can_edit:
            event.ignore()
            return
        event.acceptProposedAction()
        shot = self._view.shot_at(point)
        if shot is not None:
            self._view.files_dropped.emit(shot, paths)
        else:
            self._view.files_dropped_on_board.emit(self._view.scene_at(point), paths)

    def paint(self, painter: QPainter) -> None:
        """In viewport pixels: the target's outline, and a plate with words at the pointer."""
        if self._point is None:
            return
        rect, words = self._target(self._point)
        painting.outline(painter, rect, self._look.radius("control"), self._look.colour("accent"), 2)
        painting.draw_plate(painter, self._look, words, self._point, self._view.viewport().rect())

    def _target(self, point: QPoint) -> tuple[QRect, str]:
        shot = self._view.shot_at(point)
        if shot is not None:
            card = self._view.card_of(shot)
            return self._view.rect_for_shot(shot), words_on_shot(self._held, card.number if card else "")
        scene = self._view.scene_card_at(point)
        return self._view.group_rect_at(point), words_on_board(self._held, scene.number if scene else "")
