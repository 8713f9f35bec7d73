"""The picture under the hand: a rectangle with handles, strokes that keep and drop, before and after."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from studio.ui.cutting_out.cut_out import DROP, KEEP, CutOut, Dab
from studio.ui.cutting_out.region import HANDLES, LEAST, Paper, Region
from studio.ui.theme import Look

RECTANGLE = "rectangle"
AIR = 16
HANDLE, REACH = 8, 10
"""Pixels of the screen: a handle's side, and how near the pointer must be to hold it."""
DIM, FAINT = 0.66, 0.82
STROKE = 0.45
SMALLEST_BRUSH, LARGEST_BRUSH = 1, 400
"""Pixels of the picture."""
CURSORS = {"nw": Qt.CursorShape.SizeFDiagCursor, "se": Qt.CursorShape.SizeFDiagCursor,
           "ne": Qt.CursorShape.SizeBDiagCursor, "sw": Qt.CursorShape.SizeBDiagCursor,
           "n": Qt.CursorShape.SizeVerCursor, "s": Qt.CursorShape.SizeVerCursor,
           "e": Qt.CursorShape.SizeHorCursor, "w": Qt.CursorShape.SizeHorCursor}  # fmt: skip
ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class Canvas(QWidget):
    region_drawn = Signal(object)
    """Region: the hand let it go"""
    stroke_drawn = Signal(object)
    """Dab"""
    brush_changed = Signal(int)
    """its radius, in pixels of the picture"""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._image, self._kept = QImage(), QImage()
        self._scaled: dict[str, QPixmap] = {}
        self.paper = Paper(LEAST, LEAST)
        self._cut_out: CutOut | None = None
        self.tool, self.view, self.brush = RECTANGLE, "marked", 12
        self._words = "Reading the picture"
        self._hold: tuple[str, Region, QPointF] | None = None
        """What of the rectangle is held, how that was, and where it was taken."""
        self._stroke: Dab | None = None
        self._hand = QPointF(0, 0)
        """Where the brush is, in pixels of the picture."""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Picture to cut from")
        self.setMinimumSize(320, 240)

    # --- what is shown ---

    def show_picture(self, image: QImage, paper: Paper) -> None:
        self._image, self.paper, self._words = image, paper, ""
        self._hand = QPointF(paper.width / 2, paper.height / 2)
        self._forget()

    def show_words(self, words: str) -> None:
        """In place of a picture."""
        self._words = words
        self.update()

    def show_cut_out(self, cut_out: CutOut) -> None:
        self._cut_out = cut_out
        left, top, width, height = cut_out.region.rect
        self.setAccessibleDescription(f"{width} × {height} pixels from {left}, {top}")
        self.update()

    def show_kept(self, kept: QImage | None) -> None:
        """What is left of the picture; None: nothing was taken away."""
        self._kept = kept or QImage()
        self._scaled.pop("kept", None)
        self.update()

    def show_view(self, view: str) -> None:
        """before, marked or after"""
        self.view = view
        self.update()

    def use(self, tool: str) -> None:
        self.tool = tool
        self._hold = self._stroke = None
        self._show_cursor()
        self.update()

    def set_brush(self, radius: int) -> None:
        radius = min(max(SMALLEST_BRUSH, radius), LARGEST_BRUSH)
        if radius != self.brush:
            self.brush = radius
            self.brush_changed.emit(radius)
            self.update()

    def resizeEvent(self, event: object) -> None:
        self._forget()

    def sizeHint(self) -> QSize:
        return QSize(720, 480)

    def _forget(self) -> None:
        self._scaled.clear()
        self.update()

    # --- the hand ---

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._cut_out is None:
            return
        self.setFocus()
        at = self._on_picture(event.position())
        if self.tool == RECTANGLE:
            if event.button() == Qt.MouseButton.LeftButton:
                self._hold = self._held_at(event.position()), self._cut_out.region, at
        elif event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            other = event.button() == Qt.MouseButton.RightButton
            kind = {KEEP: DROP, DROP: KEEP}[self.tool] if other else self.tool
            self._stroke = Dab(kind, ((at.x(), at.y()),), self.brush)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hand = at = self._on_picture(event.position())
        if self._hold is not None:
            self._show_region(self._pulled(at))
        elif self._stroke is not None:
            self._stroke = replace(self._stroke, points=(*self._stroke.points, (at.x(), at.y())))
        self._show_cursor(event.position())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._hold is not None:
            region = self._pulled(self._on_picture(event.position()))
            self._hold = None
            self.region_drawn.emit(region)
        elif self._stroke is not None:
            stroke, self._stroke = self._stroke, None
            self.stroke_drawn.emit(stroke)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.tool != RECTANGLE:
            self.set_brush(self.brush + (1 if event.angleDelta().y() > 0 else -1) * max(1, self.brush // 6))

    def _pulled(self, at: QPointF) -> Region:
        assert self._hold is not None
        what, was, start = self._hold
        if what == "move":
            return self.paper.moved(was, round(at.x() - start.x()), round(at.y() - start.y()))
        if what == "draw":
            return self.paper.drawn((start.x(), start.y()), (at.x(), at.y()))
        return self.paper.pulled(was, what, at.x(), at.y())

    def _held_at(self, place: QPointF) -> str:
        """A handle, move inside the rectangle, draw a new one outside of it; and inside of the one it begins with,
        which nobody drew."""
        assert self._cut_out is not None
        region = self._cut_out.region
        for handle in HANDLES:
            if (self._on_screen(*region.handle_place(handle)) - place).manhattanLength() <= REACH:
                return handle
        at = self._on_picture(place)
        whole = (region.width, region.height) == (self.paper.width, self.paper.height)
        drawn = not whole and region != self.paper.begin()
        return "move" if drawn and region.holds(at.x(), at.y()) else "draw"

    def _show_region(self, region: Region) -> None:
        if self._cut_out is not None:
            self.show_cut_out(replace(self._cut_out, region=region))

    def _show_cursor(self, place: QPointF | None = None) -> None:
        if self.tool != RECTANGLE or self._cut_out is None or place is None:
            self.setCursor(Qt.CursorShape.CrossCursor)
            return
        held = self._hold[0] if self._hold is not None else self._held_at(place)
        shape = Qt.CursorShape.SizeAllCursor if held == "move" else CURSORS.get(held, Qt.CursorShape.CrossCursor)
        self.setCursor(shape)

    # --- the keyboard ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrow = ARROWS.get(Qt.Key(event.key()))
        if self._cut_out is None or not (arrow or event.key() == Qt.Key.Key_Space):
            super().keyPressEvent(event)
        elif self.tool == RECTANGLE and arrow:
            self._push_region(*arrow, event.modifiers())
        elif arrow:
            step = 1 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else max(1, self.brush // 2)
            self._hand += QPointF(arrow[0] * step, arrow[1] * step)
            self.update()
        elif self.tool != RECTANGLE:
            self.stroke_drawn.emit(Dab(self.tool, ((self._hand.x(), self._hand.y()),), self.brush))

    def _push_region(self, across: int, down: int, held: Qt.KeyboardModifier) -> None:
        """Arrows move it, with Shift its right and lower side; with Ctrl by ten pixels."""
        assert self._cut_out is not None
        step = 10 if held & Qt.KeyboardModifier.ControlModifier else 1
        change = self.paper.grown if held & Qt.KeyboardModifier.ShiftModifier else self.paper.moved
        self.region_drawn.emit(change(self._cut_out.region, across * step, down * step))

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("grey-0"))
        if self._image.isNull() or self._cut_out is None:
            painter.setPen(self._look.colour("grey-4"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_picture(painter)
        if self.view != "after":
            self._paint_region(painter, self._cut_out.region)
        if self.tool != RECTANGLE and self.view != "before":
            self._paint_brush(painter)
        if self.hasFocus():
            painter.setPen(QPen(self._look.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint_picture(self, painter: QPainter) -> None:
        place = self._place()
        if self.view == "after" and not self._kept.isNull():
            # Light, as an engine is shown what is see-through.
            painter.fillRect(place, self._look.colour("grey-5"))
            painter.drawPixmap(place.topLeft(), self._scaled_picture("kept", self._kept))
            return
        painter.drawPixmap(place.topLeft(), self._scaled_picture("image", self._image))
        if self.view == "before":
            return
        if not self._kept.isNull():
            painter.fillRect(place, self._look.colour("grey-0", FAINT))
            painter.drawPixmap(place.topLeft(), self._scaled_picture("kept", self._kept))
            return
        assert self._cut_out is not None
        outside = QPainterPath()
        outside.addRect(place)
        outside.addRect(self._box(self._cut_out.region))
        painter.fillPath(outside, self._look.colour("grey-0", DIM if self.view == "marked" else 1.0))

    def _paint_region(self, painter: QPainter, region: Region) -> None:
        painter.setPen(QPen(self._look.colour("accent"), 1.5 if self.tool == RECTANGLE else 1,
                            Qt.PenStyle.SolidLine if self.tool == RECTANGLE else Qt.PenStyle.DashLine))  # fmt: skip
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self._box(region))
        if self.tool != RECTANGLE or self.view == "before":
            return
        painter.setPen(QPen(self._look.colour("grey-0"), 1))
        painter.setBrush(self._look.colour("accent"))
        for handle in HANDLES:
            at = self._on_screen(*region.handle_place(handle))
            painter.drawRect(QRectF(at.x() - HANDLE / 2, at.y() - HANDLE / 2, HANDLE, HANDLE))

    def _paint_brush(self, painter: QPainter) -> None:
        """The brush with the sign of what it does, and the stroke that is being drawn."""
        kind = self._stroke.kind if self._stroke is not None else self.tool
        colour = self._look.colour("good" if kind == KEEP else "warn")
        at, radius = self._on_screen(self._hand.x(), self._hand.y()), self.brush * self._zoom()
        if self._stroke is not None:
            self._paint_stroke(painter, self._stroke)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ink, width in ((self._look.colour("grey-0"), 3.0), (colour, 1.5)):
            painter.setPen(QPen(ink, width))
            painter.drawEllipse(at, radius, radius)
            painter.drawLine(at + QPointF(-4, 0), at + QPointF(4, 0))
            if kind == KEEP:
                painter.drawLine(at + QPointF(0, -4), at + QPointF(0, 4))

    def _paint_stroke(self, painter: QPainter, stroke: Dab) -> None:
        colour = self._look.colour("good" if stroke.kind == KEEP else "warn", STROKE)
        pen = QPen(colour, 2 * stroke.radius * self._zoom(), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap,
                   Qt.PenJoinStyle.RoundJoin)  # fmt: skip
        path = QPainterPath(self._on_screen(*stroke.points[0]))
        for point in (*stroke.points[1:], stroke.points[-1]):
            path.lineTo(self._on_screen(*point) + QPointF(0.01, 0))
        painter.strokePath(path, pen)

    # --- places ---

    def _zoom(self) -> float:
        """Pixels of the screen for each of the picture."""
        room = self.width() - 2 * AIR, self.height() - 2 * AIR
        return max(1e-6, min(room[0] / self.paper.width, room[1] / self.paper.height))

    def _place(self) -> QRectF:
        width, height = round(self.paper.width * self._zoom()), round(self.paper.height * self._zoom())
        return QRectF(round((self.width() - width) / 2), round((self.height() - height) / 2), width, height)

    def _on_screen(self, x: float, y: float) -> QPointF:
        return self._place().topLeft() + QPointF(x, y) * self._zoom()

    def _on_picture(self, place: QPointF) -> QPointF:
        return (place - self._place().topLeft()) / self._zoom()

    def _box(self, region: Region) -> QRectF:
        return QRectF(self._on_screen(region.left, region.top), self._on_screen(region.right, region.bottom))

    def _scaled_picture(self, name: str, image: QImage) -> QPixmap:
        """The picture at the size of the screen, made once for each size."""
        if name not in self._scaled:
            ratio = self.devicePixelRatioF()
            size = (self._place().size() * ratio).toSize().expandedTo(QSize(1, 1))
            pixmap = QPixmap.fromImage(image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio,
                                                    Qt.TransformationMode.SmoothTransformation))  # fmt: skip
            pixmap.setDevicePixelRatio(ratio)
            self._scaled[name] = pixmap
        return self._scaled[name]
