"""The sheet that reframes an event: two rectangles dragged over its picture, how the move eases, and a try of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from studio.project.cut_cards import EventCard, Rect
from studio.project.shown import WHOLE, Framing
from studio.project.timing import FrameRate
from studio.ui.forms import FormSheet
from studio.ui.parts import painting
from studio.ui.parts.controls import KeyButton, Segments, labelled
from studio.ui.parts.fields import ChoiceField
from studio.ui.theme import SEMIBOLD, Look

EASES = {"": "At an even pace", "in": "Slow start", "out": "Slow end", "both": "Slow at both ends"}
LEAST = 0.1
"""Of the picture's width: the smallest part that can fill the frame."""
STEP, FINE = 0.05, 0.01
CORNER = 14
"""Pixels around the lower right corner of a rectangle that change its size."""


def moved(rect: Rect, across: float, down: float) -> Rect:
    """The rectangle elsewhere, inside the picture."""
    left, top, width, height = rect
    return max(0.0, min(1 - width, left + across)), max(0.0, min(1 - height, top + down)), width, height


def sized(rect: Rect, size: float, *, around_middle: bool) -> Rect:
    """The rectangle `size` as large as the picture, its upper left corner or its middle kept, inside the picture."""
    left, top, width, height = rect
    if not around_middle:
        size = max(LEAST, min(size, 1 - left, 1 - top))
        return left, top, size, size
    size = max(LEAST, min(size, 1.0))
    return moved((left + (width - size) / 2, top + (height - size) / 2, size, size), 0, 0)


class FramingCanvas(QWidget):
    """The picture with the rectangle at the start and the one at the end; shows the move itself while it is tried."""

    changed = Signal()

    def __init__(self, look: Look, picture: QPixmap, aspect: QSize, width: int) -> None:
        super().__init__()
        self._look, self._picture = look, picture
        self.rects: dict[str, Rect] = {"start": WHOLE, "end": WHOLE}
        self.active = "start"
        self._tried: Rect | None = None
        self._grip = ""
        self._last = QPointF()
        self.setFixedSize(width, round(width * aspect.height() / aspect.width()))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Framing")
        self.setMouseTracking(True)

    def choose(self, which: str) -> None:
        self.active = which
        self._tell()

    def set_rect(self, rect: Rect) -> None:
        self.rects[self.active] = rect
        self._tell()
        self.changed.emit()

    def show_tried(self, rect: Rect | None) -> None:
        self._tried = rect
        self.update()

    def box(self, which: str) -> QRectF:
        """The rectangle in pixels."""
        left, top, width, height = self.rects[which]
        return QRectF(left * self.width(), top * self.height(), width * self.width(), height * self.height())

    def _tell(self) -> None:
        left, top, width, _height = self.rects[self.active]
        self.setAccessibleDescription(
            f"{self.active}: {width:.0%} of the picture, {left:.0%} from the left, {top:.0%} from the top"
        )
        self.update()

    # --- hands ---

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._last, box = event.position(), self.box(self.active)
        near = (event.position() - box.bottomRight()).manhattanLength() <= CORNER
        self._grip = "size" if near else "move" if box.contains(event.position()) else ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        near = (event.position() - self.box(self.active).bottomRight()).manhattanLength() <= CORNER
        self.setCursor(Qt.CursorShape.SizeFDiagCursor if near else Qt.CursorShape.ArrowCursor)
        if not self._grip:
            return
        by, self._last = event.position() - self._last, event.position()
        rect = self.rects[self.active]
        if self._grip == "move":
            self.set_rect(moved(rect, by.x() / self.width(), by.y() / self.height()))
        else:
            self.set_rect(sized(rect, event.position().x() / self.width() - rect[0], around_middle=False))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else FINE
        rect = self.rects[self.active]
        match event.key():
            case Qt.Key.Key_Left:
                self.set_rect(moved(rect, -step, 0))
            case Qt.Key.Key_Right:
                self.set_rect(moved(rect, step, 0))
            case Qt.Key.Key_Up:
                self.set_rect(moved(rect, 0, -step))
            case Qt.Key.Key_Down:
                self.set_rect(moved(rect, 0, step))
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.set_rect(sized(rect, rect[2] - STEP, around_middle=True))
            case Qt.Key.Key_Minus:
                self.set_rect(sized(rect, rect[2] + STEP, around_middle=True))
            case _:
                super().keyPressEvent(event)

    # --- drawing ---

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), self._look.colour("grey-0"))
        if not self._picture.isNull():
            left, top, width, height = self._tried or WHOLE
            size = self._picture.size()
            source = QRectF(left * size.width(), top * size.height(), width * size.width(), height * size.height())
            painter.drawPixmap(QRectF(self.rect()), self._picture, source)
        if self._tried is None:
            self._paint_rects(painter)
        if self.hasFocus():
            painting.outline(painter, self.rect(), 0, self._look.colour("accent"), 2)

    def _paint_rects(self, painter: QPainter) -> None:
        """The one in the hand on top: solid and with its corner; the other one dashed."""
        for which in sorted(self.rects, key=lambda which: which == self.active):
            box, hand = self.box(which).toRect().adjusted(1, 1, -1, -1), which == self.active
            token = "accent" if hand else "grey-5"
            painting.outline(painter, box, 2, self._look.colour(token), 2, dashed=not hand)
            painter.setFont(self._look.font("micro", SEMIBOLD))
            painter.setPen(self._look.colour(token))
            side = Qt.AlignmentFlag.AlignLeft if which == "start" else Qt.AlignmentFlag.AlignRight
            painter.drawText(box.adjusted(6, 4, -6, 0), side | Qt.AlignmentFlag.AlignTop, which.capitalize())
            if hand:
                painter.fillRect(box.right() - 9, box.bottom() - 9, 10, 10, self._look.colour("accent"))


Keep = Callable[[Mapping[str, Any]], bool]


class ReframeSheet(FormSheet):
    def __init__(
        self, look: Look, over: QWidget, event: EventCard, rate: FrameRate, picture: QPixmap, aspect: QSize, keep: Keep
    ) -> None:
        super().__init__(look, over, f"Reframe {event.shot_number}", "Keep framing", 688)
        self._event, self._keep_framing, self._frame = event, keep, 0
        self.canvas = FramingCanvas(look, picture, aspect, 640)
        self.canvas.rects = {"start": event.framing_start or WHOLE,
                             "end": event.framing_end or event.framing_start or WHOLE}  # fmt: skip
        self.which = Segments((("start", "Start"), ("end", "End")), "Rectangle")
        self.which.chosen.connect(self.canvas.choose)
        self.ease = ChoiceField((), "")
        self.ease.show_options(EASES, event.ease)
        self.whole = KeyButton(look, "Whole picture", kind="outline")
        self.same = KeyButton(look, "End like start", kind="outline")
        self.play = KeyButton(look, "Try it", kind="outline", icon="play")
        self._clock = QTimer(self, interval=max(1, round(1000 / rate.fraction)))
        self._clock.timeout.connect(self._next_frame)
        self._build(look)

    def _build(self, look: Look) -> None:
        self.form.addWidget(self.canvas, 0, 0, 1, 5)
        for column, widget in enumerate((self.which, self.whole, self.same, self.play)):
            self.form.addWidget(widget, 1, column, Qt.AlignmentFlag.AlignBottom)
        self.form.addWidget(labelled("Ease", self.ease, look), 1, 4)
        self.form.setColumnStretch(4, 1)
        self.whole.clicked.connect(lambda: self.canvas.set_rect(WHOLE))
        self.same.clicked.connect(self._end_like_start)
        self.play.clicked.connect(self.try_it)
        self.canvas.choose("start")

    def open(self) -> None:
        super().open()
        self.canvas.setFocus()

    def try_it(self) -> None:
        """Plays the move over the still picture, as long as the event lasts; a second press stops it."""
        if self._clock.isActive():
            self._stop()
        else:
            self._frame = 0
            self.play.say("Stop")
            self._next_frame()
            self._clock.start()

    def carry_out(self) -> bool:
        start, end = self.canvas.rects["start"], self.canvas.rects["end"]
        if start == end == WHOLE:
            return self._keep_framing({"framing_start": None, "framing_end": None, "ease": ""})
        return self._keep_framing({"framing_start": start, "framing_end": end, "ease": self.ease.choice()})

    def _next_frame(self) -> None:
        rects, frames = self.canvas.rects, self._event.frames
        if self._frame >= frames:
            self._stop()
            return
        framing = Framing(rects["start"], rects["end"], self.ease.choice(), 0, frames)
        self.canvas.show_tried(framing.rect(self._frame))
        self._frame += 1

    def _stop(self) -> None:
        self._clock.stop()
        self.play.say("Try it")
        self.canvas.show_tried(None)

    def _end_like_start(self) -> None:
        self.canvas.rects["end"] = self.canvas.rects["start"]
        self.canvas.update()
