"""What the board shows in a film without scenes and shots: three ways to begin, each with its key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from studio.ui.parts import painting
from studio.ui.parts.controls import KeyButton, text_label
from studio.ui.storyboard.board.view import BoardView
from studio.ui.theme import Look

WIDTH, HEIGHT = 360, 232
INSET = 12


class EmptyBoard(QWidget):
    """Lies over the board's viewport, in the page that holds the board; files dropped on it go to the board."""

    new_shot_requested = Signal()
    new_scene_requested = Signal()

    def __init__(self, look: Look, page: QWidget, board: BoardView) -> None:
        super().__init__(page)
        self._look, self._page, self._board = look, page, board
        self.setAcceptDrops(True)
        self.setAccessibleName("Ways to begin")
        self.shot = KeyButton(look, "New shot", "N", kind="main", icon="plus", ink="on-accent")
        self.scene = KeyButton(look, "New scene", "Ctrl Shift N", icon="plus")
        self.shot.clicked.connect(self.new_shot_requested)
        self.scene.clicked.connect(self.new_scene_requested)
        drop = text_label("or drop a folder of pictures or movies here:\none shot for each", "second")
        drop.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 20, 32, 20)
        column.setSpacing(10)
        column.addStretch(1)
        column.addWidget(self._centred("The board is empty", "title"))
        column.addWidget(self._centred("A film begins with a shot or a scene.", "second"))
        for widget in (self.shot, self.scene, drop):
            column.addWidget(widget)
        column.addStretch(1)
        board.viewport().installEventFilter(self)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._board.dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._board.dragMoveEvent(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._board.dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._board.dropEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius, line = self._look.radius("control"), self._look.colour("grey-3")
        painting.outline(painter, self.rect(), radius, line, 1, dashed=True)

    def _centred(self, words: str, kind: str) -> QLabel:
        label = text_label(words, kind)
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return label

    def _place(self) -> None:
        room = self._board.viewport().rect().adjusted(INSET, INSET, -INSET, -INSET)
        box = QRect(0, 0, min(WIDTH, room.width()), min(HEIGHT, room.height()))
        box.moveCenter(self._board.viewport().mapTo(self._page, room.center()))
        self.setGeometry(box)
        self.raise_()
