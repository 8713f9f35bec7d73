"""Files from outside and subjects from the gallery: what they are held over lights up and says what they become."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QPainter

from studio.ui.parts import painting
from studio.ui.parts.carried import carried_subject
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
        self._subject: str | None = None
        self._name = ""
        self._point: QPoint | None = None

    @property
    def busy(self) -> bool:
        return self._point is not None

    def enter(self, event: QDragMoveEvent) -> None:
        """Files or a subject come over the board; anything else is not for it."""
        data = event.mimeData()
        self._subject, self._name = carried_subject(data), data.text() if data.hasText() else ""
        self._paths = dropped_paths(event.mimeData())
        self._held = judged(self._paths)
        self.move(event)

    def move(self, event: QDragMoveEvent) -> None:
        point = event.position().toPoint()
        wanted = self._view.shot_at(point) is not None if self._subject is not None else self._held.any
        if not self._view.can_edit or not wanted:
            event.ignore()
            self._point = None
            self._view.viewport().update()
            return
        self._point = point
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._view.viewport().update()

    def leave(self) -> None:
        self._point, self._paths = None, ()
        self._view.viewport().update()

    def drop(self, event: QDropEvent) -> None:
        paths, subject, point = self._paths, self._subject, event.position().toPoint()
        shot = self._view.shot_at(point)
        self.leave()
        if not self._view.can_edit or (shot is None if subject is not None else not paths):
            event.ignore()
            return
        event.acceptProposedAction()
        if subject is not None and shot is not None:
            self._view.subject_dropped.emit(subject, shot)
        elif shot is not None:
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
            number = card.number if card else ""
            words = f"{self._name} in {number}" if self._subject is not None else words_on_shot(self._held, number)
            return self._view.rect_for_shot(shot), words
        scene = self._view.scene_card_at(point)
        return self._view.group_rect_at(point), words_on_board(self._held, scene.number if scene else "")
