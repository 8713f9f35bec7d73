"""A view looked at closely: the larger picture beside the gallery, what it shows, where it comes from, who gets it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.project.gallery_cards import SubjectCard, ViewCard
from studio.project.words import counted
from studio.ui.parts import painting
from studio.ui.parts.controls import text_label
from studio.ui.parts.pictures import PictureStore
from studio.ui.parts.sheet import paragraph
from studio.ui.theme import Look

LARGEST = QSize(280, 260)
SMALLEST = 96
TOLD = 6
"""Numbers of shots that are listed; of the others only how many."""


class ViewCardPopup(QWidget):
    """Floats over the window and never takes the keyboard or the pointer."""

    def __init__(self, look: Look, over: QWidget, pictures: PictureStore) -> None:
        super().__init__(over)
        self._look, self._over, self._pictures = look, over, pictures
        self._view: ViewCard | None = None
        self._place = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("clear")
        self.name, self.words, self.shots = text_label("", "title"), paragraph("", "second"), paragraph("", "second")
        self._column = QVBoxLayout(self)
        self._column.setSpacing(2)
        for label in (self.name, self.words, self.shots):
            self._column.addWidget(label)
        self._rest = QTimer(self, singleShot=True, interval=look.theme.times["rest"])
        self._rest.timeout.connect(self._show_now)
        pictures.arrived.connect(self._picture_arrived)
        self.hide()

    def show_soon(self, view: ViewCard, card: SubjectCard, beside: QRect, sent: str) -> None:
        """After a moment's rest, right of a rectangle of the screen. `sent`: what the current shot does with it."""
        self._view, self._place = view, beside
        change = next((one.title for one in card.wardrobe if one.id == view.wardrobe), "")
        self.name.setText(" · ".join(filter(None, (card.name, view.view, change))))
        size = f"{view.width} × {view.height}" if view.width else ""
        self.words.setText("\n".join(filter(None, (view.original_name, size, "cut out" if view.cut_from else ""))))
        self.shots.setText("\n".join(filter(None, (sent, in_shots(card)))))
        if self.isVisible():
            self._show_now()
        else:
            self._rest.start()

    def leave(self) -> None:
        self._rest.stop()
        self.hide()

    def _show_now(self) -> None:
        if self._view is None:
            return
        size = shown_size(self._view)
        self._column.setContentsMargins(12, 12 + size.height() + 8, 12, 10)
        self.setFixedWidth(max(200, size.width()) + 24)
        self.adjustSize()
        self.resize(self.width(), self._column.heightForWidth(self.width()))
        over = self._over
        point = over.mapFromGlobal(self._place.topRight()) + QPoint(16, -12)
        point.setY(max(8, min(point.y(), over.height() - self.height() - 8)))
        if point.x() + self.width() > over.width() - 8:
            point.setX(over.mapFromGlobal(self._place.topLeft()).x() - self.width() - 16)
        self.move(point)
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painting.fill_rounded(painter, self.rect(), self._look.radius("float"), self._look.colour("grey-2"))
        painting.outline(painter, self.rect(), self._look.radius("float"), self._look.colour("grey-3"), 1)
        if self._view is None:
            return
        size = shown_size(self._view)
        rect = QRect(QPoint((self.width() - size.width()) // 2, 12), size)
        painter.setClipPath(painting.rounded(rect, self._look.radius("badge")))
        painter.fillRect(rect, self._look.colour("grey-0"))
        pixmap = self._pictures.pixmap(self._view.picture, rect.width(), rect.height())
        if pixmap is not None and not pixmap.isNull():
            painting.cover(painter, rect, pixmap)

    def _picture_arrived(self, path: object) -> None:
        if self._view is not None and path == self._view.picture:
            self.update()


def shown_size(view: ViewCard) -> QSize:
    """The whole picture as large as there is room."""
    if view.width <= 0 or view.height <= 0:
        return QSize(LARGEST.height(), LARGEST.height())
    size = QSize(view.width, view.height).scaled(LARGEST, Qt.AspectRatioMode.KeepAspectRatio)
    return size.expandedTo(QSize(SMALLEST, SMALLEST))


def in_shots(card: SubjectCard) -> str:
    """`In 7 shots: 1A, 1B and 5 more`"""
    if not card.shots:
        return "In no shot yet"
    told = ", ".join(card.shot_numbers[:TOLD])
    rest = card.shots - len(card.shot_numbers[:TOLD])
    listed = f": {told}" + (f" and {rest} more" if rest > 0 else "") if told else ""
    return f"In {counted(card.shots, 'shot')}{listed}"
