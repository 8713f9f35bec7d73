"""The timeline's part of the storyboard header: tools, magnet, marker, tap to time, sound, and the zoom."""

from __future__ import annotations

from math import log2

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QSizePolicy, QWidget

from studio.ui.parts.controls import IconButton, KeyButton
from studio.ui.parts.tips import plain_tip
from studio.ui.storyboard.timeline.geometry import LEAST_ZOOM, MOST_ZOOM, TimeScale
from studio.ui.storyboard.timeline.view import TimelineView
from studio.ui.theme import Look

TOOLS = (("select", "arrow", "Select and trim"), ("split", "split", "Split where you click"))


class TimelineTools(QWidget):
    marker_requested = Signal()
    tap_requested = Signal()
    sound_requested = Signal()

    def __init__(self, look: Look, timeline: TimelineView, *, writable: bool) -> None:
        super().__init__()
        self._timeline = timeline
        self.tools: dict[str, IconButton] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(4)
        for tool, icon, name in TOOLS:
            button = IconButton(look, icon, name)
            button.setCheckable(True)
            button.setEnabled(writable)
            button.clicked.connect(lambda _checked=False, tool=tool: self.choose(tool))
            self._group.addButton(button)
            self.tools[tool] = button
            row.addWidget(button)
        self.tools["select"].setChecked(True)
        self.magnet = IconButton(look, "magnet", "Snap to cuts, markers, playhead and sound; Shift for the opposite")
        self.magnet.setCheckable(True)
        self.magnet.setChecked(timeline.magnet)
        self.magnet.toggled.connect(self._set_magnet)
        self.marker = IconButton(look, "marker", "Marker at the playhead", "M")
        self.marker.clicked.connect(self.marker_requested)
        self.tap = KeyButton(look, "Tap to time", "T", kind="quiet", icon="tap", ink="grey-4")
        self.tap.clicked.connect(self.tap_requested)
        self.sound = KeyButton(look, "Add sound", kind="quiet", icon="sound", ink="grey-4")
        self.sound.clicked.connect(self.sound_requested)
        row.addWidget(self.magnet)
        row.addSpacing(8)
        for widget in (self.marker, self.tap, self.sound):
            widget.setEnabled(writable)
            row.addWidget(widget)

    def choose(self, tool: str) -> None:
        self._timeline.tool = tool
        self.tools[tool].setChecked(True)

    def _set_magnet(self, on: bool) -> None:
        self._timeline.magnet = on


class FactsLabel(QLabel):
    """Facts as far as there is room, right-aligned; the whole of them when rested on. Never makes the header wider."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self.setProperty("role", "second")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_words(self, words: str) -> None:
        self._words = words
        self.setToolTip(plain_tip(words))
        self.setAccessibleName(words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Fact by fact, the first ones last to go."""
        facts, room = self._words.split(" · "), self.width()
        while facts and self.fontMetrics().horizontalAdvance(" · ".join(facts)) > room:
            facts.pop()
        self.setText(" · ".join(facts))


class ZoomTools(QWidget):
    """Fit, closer and further, and a slider between the whole film and single frames."""

    def __init__(self, look: Look, timeline: TimelineView) -> None:
        super().__init__()
        self._timeline = timeline
        self.fit = IconButton(look, "fit", "Zoom to fit", "\\")
        self.out = IconButton(look, "minus", "Zoom out", "−")
        self.slider = ZoomSlider(look)
        self.closer = IconButton(look, "plus", "Zoom in", "+")
        self.fit.clicked.connect(timeline.zoom_to_fit)
        self.out.clicked.connect(timeline.zoom_out)
        self.closer.clicked.connect(timeline.zoom_in)
        self.slider.moved.connect(self._moved)
        timeline.zoomed.connect(self._show)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self.fit, self.out, self.slider, self.closer):
            row.addWidget(widget)
        self._show()

    def _show(self) -> None:
        self.slider.show_part(log2(self._timeline.geometry_now.scale.zoom / LEAST_ZOOM) / log2(MOST_ZOOM / LEAST_ZOOM))

    def _moved(self, part: float) -> None:
        self._timeline.zoom_to(TimeScale.of(round(LEAST_ZOOM * (MOST_ZOOM / LEAST_ZOOM) ** part)))


class ZoomSlider(QWidget):
    """A track 4 high with a round handle; by mouse, wheel and arrow keys."""

    moved = Signal(float)
    """From 0, furthest away, to 1, closest."""

    WIDTH, HANDLE, STEP = 96, 12, 0.04

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._part = look, 0.0
        self.setFixedSize(self.WIDTH, look.size("small-control"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Zoom")

    @property
    def part(self) -> float:
        return self._part

    def show_part(self, part: float) -> None:
        self._part = max(0.0, min(1.0, part))
        self.setAccessibleDescription(f"{round(self._part * 100)} percent")
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mouseMoveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._move((event.position().x() - self.HANDLE / 2) / (self.WIDTH - self.HANDLE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Up):
            self._move(self._part + self.STEP)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Down):
            self._move(self._part - self.STEP)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle, half = self.height() / 2, self.HANDLE / 2
        painter.setBrush(self._look.colour("grey-3"))
        painter.drawRoundedRect(QRectF(half, middle - 2, self.WIDTH - self.HANDLE, 4), 2, 2)
        painter.setBrush(self._look.colour("accent" if self.hasFocus() else "grey-5"))
        left = self._part * (self.WIDTH - self.HANDLE)
        painter.drawEllipse(QRectF(left, middle - half, self.HANDLE, self.HANDLE))

    def _move(self, part: float) -> None:
        self.show_part(part)
        self.moved.emit(self._part)
