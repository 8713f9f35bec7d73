"""A few views of a change, small, in its line of the wardrobe."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from studio.project.gallery_cards import ViewCard
from studio.project.words import counted
from studio.ui.gallery.row_painter import FINE
from studio.ui.parts import painting
from studio.ui.parts.pictures import PictureStore
from studio.ui.theme import Look

SIDE, GAP, SHOWN = 26, 4, 2


class Thumbs(QWidget):
    """The first ones, and how many more there are."""

    def __init__(self, look: Look, pictures: PictureStore) -> None:
        super().__init__()
        self._look, self._pictures = look, pictures
        self._views: tuple[ViewCard, ...] = ()
        self.setFixedSize(SHOWN * (SIDE + GAP) + 24, SIDE)
        pictures.arrived.connect(self._picture_arrived)

    def show_views(self, views: Sequence[ViewCard]) -> None:
        self._views = tuple(views)
        self.setAccessibleName(counted(len(views), "view"))
        self.setToolTip(counted(len(views), "view"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, view in enumerate(self._views[:SHOWN]):
            rect = QRect(place * (SIDE + GAP), 0, SIDE, SIDE)
            painter.save()
            painter.setClipPath(painting.rounded(rect, self._look.radius("badge")))
            painter.fillRect(rect, self._look.colour("grey-0"))
            pixmap = self._pictures.pixmap(view.picture, FINE * SIDE, FINE * SIDE)
            if pixmap is not None and not pixmap.isNull():
                painting.cover(painter, rect, pixmap)
            painter.restore()
        rest = len(self._views) - SHOWN
        words = f"+{rest}" if rest > 0 else "" if self._views else "none"
        painter.setFont(self._look.font("micro"))
        painter.setPen(self._look.colour("grey-4"))
        painter.drawText(self.rect().adjusted(min(len(self._views), SHOWN) * (SIDE + GAP), 0, 0, 0),
                         Qt.AlignmentFlag.AlignVCenter, words)  # fmt: skip

    def _picture_arrived(self, path: object) -> None:
        if any(view.picture == path for view in self._views[:SHOWN]):
            self.update()
