"""The picture itself: one frame, fitted and never stretched, or the missing-shot card."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from studio.ui.parts.painting import draw_bar
from studio.ui.theme import MEDIUM, Look
from studio.ui.viewer.missing_card import draw_missing_card
from studio.ui.viewer.sequence import CardWords

MARGIN = 16


class Screen(QWidget):
    resized = Signal()
    clicked = Signal()

    def __init__(self, look: Look, aspect: QSize) -> None:
        super().__init__()
        self._look, self._aspect = look, aspect
        self._image = QImage()
        self._flop = False
        self._words: CardWords | None = None
        self._foot = ""
        self._live: QPixmap | None = None
        self._steps: tuple[int, int, str] | None = None
        self.setMinimumSize(320, 160)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Picture")

    @property
    def image(self) -> QImage:
        """The frame on screen; null while a card stands there."""
        return self._image

    @property
    def words(self) -> CardWords | None:
        """What the missing-shot card on screen says; None while a frame is shown."""
        return self._words

    def set_aspect(self, aspect: QSize) -> None:
        self._aspect = aspect
        self.update()
        self.resized.emit()

    def picture_rect(self) -> QRect:
        """Where a picture of the film's aspect stands."""
        room = self.rect().adjusted(MARGIN, 12, -MARGIN, -4)
        size = self._aspect.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRect(0, 0, size.width(), size.height())
        box.moveCenter(room.center())
        return box

    def decode_size(self) -> QSize:
        """Screen pixels a frame fills: what it is decoded to."""
        size = self.picture_rect().size()
        scale = self.devicePixelRatioF()
        return QSize(round(size.width() * scale), round(size.height() * scale))

    def show_frame(self, image: QImage, flop: bool = False) -> None:
        self._image, self._flop, self._words = image, flop, None
        self.update()

    def show_card(self, words: CardWords, foot: str = "") -> None:
        self._image, self._words, self._foot = QImage(), words, foot
        self.update()

    def show_nothing(self, words: str = "") -> None:
        """Nothing is played; `words` say what would make something to play."""
        self._image, self._words, self._foot = QImage(), None, words
        self.update()

    def show_live(self, picture: QPixmap | None, steps: tuple[int, int, str] | None) -> None:
        """What the shot's running job has drawn so far, in place of the missing-shot card."""
        if (picture, steps) != (self._live, self._steps):
            self._live, self._steps = picture, steps
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.resized.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("grey-0"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = self.picture_rect()
        if not self._image.isNull():
            self._paint_image(painter, box)
        elif self._live is not None and self._words is not None:
            painter.drawPixmap(_within(box, self._live.size()), self._live)
        elif self._words is not None:
            draw_missing_card(painter, self._look, box, self._words, self._foot)
        else:
            painter.setFont(self._look.font("body"))
            painter.setPen(self._look.colour("grey-4"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._foot)
        if self._steps is not None and self._words is not None:
            self._paint_steps(painter, box)

    def _paint_image(self, painter: QPainter, box: QRect) -> None:
        target = _within(box, self._image.size())
        if self._flop:
            painter.translate(target.center().x() * 2 + 1, 0)
            painter.scale(-1, 1)
        painter.drawImage(target, self._image)
        painter.resetTransform()

    def _paint_steps(self, painter: QPainter, box: QRect) -> None:
        done, total, words = self._steps or (0, 0, "")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_bar(painter, self._look, QRect(box.left(), box.bottom() - 3, box.width(), 4), done, total)
        font = self._look.font("body", MEDIUM)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(words) + 16
        plate = QRect(box.right() - width - 8, box.bottom() - 36, width, 24)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("accent-quiet"))
        painter.drawRoundedRect(plate, self._look.radius("control"), self._look.radius("control"))
        painter.setPen(self._look.colour("accent"))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)


def _within(box: QRect, size: QSize) -> QRect:
    fitted = size.scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRect(0, 0, fitted.width(), fitted.height())
    target.moveCenter(box.center())
    return target
