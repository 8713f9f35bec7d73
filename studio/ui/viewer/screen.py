"""The picture itself: one frame, two beside each other or a wipe, with what lies over it; and the hands on it."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from studio.project.cut_cards import Point, Stroke
from studio.ui.parts.painting import draw_bar
from studio.ui.theme import MEDIUM, Look
from studio.ui.viewer.overlays import Overlays, paint_overlays
from studio.ui.viewer.panes import Card, OnScreen, paint_letter, paint_panes, paint_picture, paint_wipe, two_boxes
from studio.ui.viewer.pen import ERASER, Pen
from studio.ui.viewer.plate import Plate, paint_plate
from studio.ui.viewer.sequence import CardWords

MARGIN = 16
GRIP = 12
"""Pixels beside the wipe's line that still take hold of it."""
FIT = 0
ZOOMS = (FIT, 100, 200)
"""Percent of the film's own size; FIT: as large as there is room."""


class Screen(QWidget):
    resized = Signal()
    """it shows pictures of another size now"""
    clicked = Signal()
    wiped = Signal(float)
    """the wipe's line is dragged to this part of the picture's width"""
    zoom_requested = Signal(int)
    """the wheel turned: 1 closer, -1 further away"""

    def __init__(self, look: Look, aspect: QSize, *, bare: bool = False) -> None:
        """`aspect`: the film's size in pixels. `bare`: nothing but the picture, to the edges."""
        super().__init__()
        self._look, self._aspect, self._bare = look, aspect, bare
        self._shown = OnScreen()
        self._live: QPixmap | None = None
        self._steps: tuple[int, int, str] | None = None
        self._overlays, self._delivery = Overlays(), Fraction(aspect.width(), aspect.height())
        self._wipe: float | None = None
        self._zoom, self._pan = FIT, QPointF()
        self._held: QPointF | None = None
        self._wiping = False
        self._drawn: tuple[Stroke, ...] | None = None
        """Lines on their way into the film: seen, and drawn on, until the picture comes back with them."""
        self.pen = Pen()
        self.pen.changed.connect(self._pen_moved)
        self.pen.drawn.connect(self._keep_drawn)
        self.setMinimumSize(320, 160)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Picture")

    # --- what is shown ---

    @property
    def image(self) -> QImage:
        """The frame on screen; null while a card stands there."""
        return self._shown.picture.image if isinstance(self._shown.picture, Plate) else QImage()

    @property
    def words(self) -> CardWords | None:
        """What the missing-shot card on screen says; None while a frame is shown."""
        return self._shown.picture.words if isinstance(self._shown.picture, Card) else None

    @property
    def shown(self) -> OnScreen:
        return self._shown

    @property
    def bare(self) -> bool:
        """Whether it shows the film and no word of the studio."""
        return self._bare

    def show_pictures(self, shown: OnScreen) -> None:
        before, self._shown = self._plate(), shown
        now = self._plate()
        if before is None or now is None or (before.frame.source, before.frame.strokes) != (
            now.frame.source, now.frame.strokes,
        ):  # fmt: skip
            self._drawn = None
        self.update()

    def forget_drawn(self) -> None:
        """The film would not have the lines that were drawn last."""
        self._drawn = None
        self.update()

    def show_live(self, picture: QPixmap | None, steps: tuple[int, int, str] | None) -> None:
        """What the shot's running job has drawn so far, in place of the missing-shot card."""
        if (picture, steps) != (self._live, self._steps):
            self._live, self._steps = picture, steps
            self.update()

    def show_overlays(self, overlays: Overlays) -> None:
        self._overlays = overlays
        self.update()

    @property
    def delivery(self) -> Fraction:
        """Width to height of what is delivered: the film's own matte."""
        return self._delivery

    def set_delivery(self, ratio: Fraction) -> None:
        self._delivery = ratio
        self.update()

    def show_wipe(self, part: float | None) -> None:
        """Where the line between A and B stands; None: no wipe."""
        self._wipe = part
        self._point_at(None)
        self.update()

    # --- size and place ---

    @property
    def aspect(self) -> QSize:
        return self._aspect

    def set_aspect(self, aspect: QSize) -> None:
        if aspect != self._aspect:
            self._aspect = aspect
            self._moved()

    @property
    def zoom(self) -> int:
        return self._zoom

    def set_zoom(self, percent: int) -> None:
        self._zoom, self._pan = percent, QPointF()
        self._point_at(None)
        self._moved()

    def picture_rect(self) -> QRect:
        """Where a picture of the film's aspect stands."""
        return self.picture_box().toAlignedRect()

    def picture_box(self) -> QRectF:
        """In logical pixels; larger than the widget where it is zoomed into."""
        room = self._room()
        if self._zoom == FIT:
            size = self._aspect.scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        else:
            size = self._aspect * (self._zoom / 100 / self.devicePixelRatioF())
        box = QRectF(0, 0, size.width(), size.height())
        box.moveCenter(room.center() + self._pan)
        return QRectF(round(box.left()), round(box.top()), box.width(), box.height())

    def decode_size(self) -> QSize:
        """Screen pixels a frame fills: what it is decoded to."""
        if self._shown.panes is not None and self._zoom == FIT:
            size = two_boxes(self._room(), self._ratio())[0].size()
        else:
            size = self.picture_box().size()
        scale = self.devicePixelRatioF()
        return QSize(round(size.width() * scale), round(size.height() * scale)).boundedTo(self._aspect)

    def _room(self) -> QRectF:
        return QRectF(self.rect() if self._bare else self.rect().adjusted(MARGIN, 12, -MARGIN, -4))

    def _ratio(self) -> tuple[int, int]:
        return self._aspect.width(), self._aspect.height()

    def _moved(self) -> None:
        self.update()
        self.resized.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._pan = self._kept_inside(self._pan)
        self.resized.emit()

    # --- hands ---

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            return
        place = event.position()
        if event.button() == Qt.MouseButton.LeftButton and self._takes_line(place, event.modifiers()):
            self._wiping = True
            self._wipe_to(place)
        elif event.button() == Qt.MouseButton.LeftButton and self.pen.tool:
            self._pen_down(place)
        elif self._zoom != FIT:
            self._held = place - self._pan
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._wiping:
            self._wipe_to(place)
        elif self._held is not None:
            self._pan = self._kept_inside(place - self._held)
            self.update()
        elif event.buttons() & Qt.MouseButton.LeftButton:
            self._pen_move(place)
        else:
            self._point_at(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._wiping, self._held = False, None
        self._pen_up()
        self._point_at(event.position())

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen on a tablet draws with its pressure; without a tool in hand it is a mouse."""
        if not self.pen.tool:
            event.ignore()
            return
        event.accept()
        kind, place = event.type(), event.position()
        if kind == event.Type.TabletPress:
            self.clicked.emit()
            self._pen_down(place, event.pressure())
        elif kind == event.Type.TabletMove:
            self._pen_move(place, event.pressure())
        else:
            self._pen_up()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.zoom_requested.emit(1 if event.angleDelta().y() > 0 else -1)
        else:
            event.ignore()

    def _takes_line(self, place: QPointF, held: Qt.KeyboardModifier) -> bool:
        if self._wipe is None:
            return False
        box = self.picture_box()
        near = abs(place.x() - box.left() - box.width() * self._wipe) <= GRIP
        return near or bool(held & Qt.KeyboardModifier.AltModifier)

    def _wipe_to(self, place: QPointF) -> None:
        box = self.picture_box()
        self.wiped.emit(max(0.0, min(1.0, (place.x() - box.left()) / max(1.0, box.width()))))

    def _point_at(self, place: QPointF | None) -> None:
        shape = Qt.CursorShape
        if place is not None and self._takes_line(place, Qt.KeyboardModifier.NoModifier):
            self.setCursor(shape.SplitHCursor)
        elif self.pen.tool:
            self.setCursor(shape.PointingHandCursor if self.pen.tool == ERASER else shape.CrossCursor)
        elif self._zoom != FIT:
            self.setCursor(shape.OpenHandCursor)
        else:
            self.unsetCursor()
        self.setMouseTracking(self._bare or self._wipe is not None)

    def _kept_inside(self, pan: QPointF) -> QPointF:
        """So that a picture larger than the room covers it and a smaller one stays in its middle."""
        box, room = self.picture_box(), self._room()
        across, down = (max(0.0, one) / 2 for one in (box.width() - room.width(), box.height() - room.height()))
        return QPointF(max(-across, min(across, pan.x())), max(-down, min(down, pan.y())))

    # --- drawing ---

    def _pen_down(self, place: QPointF, pressure: float = 0.5) -> None:
        plate = self._plate()
        if plate is not None and self.picture_box().contains(place):
            size = plate.image.size()
            self.pen.press(self._point(plate, place), self._lines(plate), size.width() / size.height(), pressure)

    def _pen_move(self, place: QPointF, pressure: float = 0.5) -> None:
        if (plate := self._plate()) is not None:
            self.pen.move(self._point(plate, place), pressure)

    def _pen_up(self) -> None:
        if (plate := self._plate()) is not None:
            self.pen.release(self._lines(plate))

    def _keep_drawn(self, lines: tuple[Stroke, ...]) -> None:
        self._drawn = lines
        self.update()

    def _lines(self, plate: Plate) -> tuple[Stroke, ...]:
        return plate.frame.strokes if self._drawn is None else self._drawn

    def _plate(self) -> Plate | None:
        return self._shown.picture if isinstance(self._shown.picture, Plate) else None

    def _point(self, plate: Plate, place: QPointF) -> Point:
        x, y = plate.point_at(self.picture_box(), place)
        return max(-0.5, min(1.5, x)), max(-0.5, min(1.5, y))

    def _pen_moved(self) -> None:
        self._point_at(None)
        self.update()

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        # A screening is no part of the window: around the film a projector shows nothing at all.
        around = Qt.GlobalColor.black if self._bare else self._look.colour("grey-0")
        painter.fillRect(self.rect(), around)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._shown.panes is not None:
            paint_panes(painter, self._look, self._room(), self._shown.panes, self._ratio())
            return
        box = self.picture_box()
        if self._shown.picture is None:
            self._paint_message(painter)
        elif self._live is not None and isinstance(self._shown.picture, Card):
            painter.drawPixmap(_within(box.toRect(), self._live.size()), self._live)
        else:
            self._paint_picture(painter, box)
        if self._steps is not None and isinstance(self._shown.picture, Card):
            self._paint_steps(painter, box.toRect())

    def _paint_picture(self, painter: QPainter, box: QRectF) -> None:
        lines = self._drawn if self.pen.lines is None else self.pen.lines
        shown = self._shown if lines is None else self._shown.with_lines(lines)
        assert shown.picture is not None
        paint_picture(painter, self._look, box, shown.picture)
        if shown.onion is not None:
            painter.setOpacity(self._overlays.onion / 100)
            paint_plate(painter, box, shown.onion)
            painter.setOpacity(1)
        if self._wipe is not None:
            paint_wipe(painter, self._look, box, shown, self._wipe)
        elif shown.side:
            paint_letter(painter, self._look, shown.side, box.topLeft() + QPointF(10, 10))
        paint_overlays(painter, self._look, box, self._overlays, self._delivery, matte_only=self._bare)

    def _paint_message(self, painter: QPainter) -> None:
        painter.setFont(self._look.font("body"))
        painter.setPen(self._look.colour("grey-4"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._shown.message)

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
