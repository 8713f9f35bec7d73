"""Scrub bar, clocks and buttons under the picture."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSlider, QToolButton, QVBoxLayout, QWidget, QWidgetAction

from studio.ui.parts.controls import IconButton, text_label
from studio.ui.parts.times import counted
from studio.ui.theme import Look
from studio.ui.viewer.clocks import Clocks
from studio.ui.viewer.scrub_bar import ScrubBar

WIDEST_SPEED = "−½×"


class TransportPanel(QWidget):
    loop_toggled = Signal(bool)
    volume_chosen = Signal(int)
    """percent"""
    mute_toggled = Signal(bool)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self.scrub = ScrubBar(look)
        self.clocks = Clocks(look)
        self.speed = text_label("", "second")
        self.dropped = text_label("", "warn")
        self._build()

    def show_speed(self, speed: Fraction) -> None:
        playing = bool(speed)
        self.play.show_icon("pause" if playing else "play")
        self.play.name("Pause" if playing else "Play", "Space")
        words = "½" if abs(speed) == Fraction(1, 2) else str(abs(speed))
        self.speed.setText(f"{'−' if speed < 0 else ''}{words}×" if playing and speed != 1 else "")

    def show_dropped(self, frames: int) -> None:
        """Frames that had their time but not their picture since playing began."""
        self.dropped.setText(f"{frames} not shown" if frames else "")
        self.dropped.setToolTip(
            f"{counted(frames, 'frame')} could not be decoded in time since playing began. Sound and length are exact."
            if frames else ""
        )  # fmt: skip

    def show_loop(self, loop: bool) -> None:
        self.loop.blockSignals(True)
        self.loop.setChecked(loop)
        self.loop.blockSignals(False)

    def show_sound(self, volume: int, muted: bool, trouble: str) -> None:
        """`volume` in percent; `trouble`: why nothing can be heard, empty where all is well."""
        self._mute.setChecked(muted)
        self._volume.blockSignals(True)
        self._volume.setValue(volume)
        self._volume.blockSignals(False)
        self.sound.show_icon("muted" if muted or not volume or trouble else "sound")
        self.sound.name(f"Sound. {trouble}" if trouble else "Sound")

    # --- building ---

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.scrub)
        column.addWidget(self._row())

    def _row(self) -> QWidget:
        row, right = QWidget(), QHBoxLayout()
        row.setFixedHeight(self._look.size("transport"))
        self._make_buttons()
        self._make_sound()
        self.speed.setFixedWidth(self.speed.fontMetrics().horizontalAdvance(WIDEST_SPEED) + 8)
        self.speed.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        right.setSpacing(8)
        right.addStretch(1)
        for part in (self.dropped, self.speed, self.mark_in, self.mark_out, self.loop, self.sound, self.screening):
            right.addWidget(part)
        middle = QHBoxLayout()
        middle.setSpacing(8)
        for button in (self.cut_back, self.frame_back, self.play, self.frame_on, self.cut_on):
            middle.addWidget(button)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.addWidget(self.clocks, 1)
        layout.addLayout(middle)
        layout.addLayout(right, 1)
        return row

    def _make_buttons(self) -> None:
        look = self._look
        self.cut_back = IconButton(look, "cut-back", "To the cut before", "Up")
        self.frame_back = IconButton(look, "step-back", "One frame back", "Left")
        self.play = IconButton(look, "play", "Play", "Space", size=32)
        self.play.setProperty("kind", "plate")
        self.frame_on = IconButton(look, "step-forward", "One frame on", "Right")
        self.cut_on = IconButton(look, "cut-forward", "To the next cut", "Down")
        self.mark_in = IconButton(look, "mark-in", "Loop from here", "I")
        self.mark_out = IconButton(look, "mark-out", "Loop to here", "O")
        self.loop = IconButton(look, "loop", "Loop playback", "P")
        self.loop.setCheckable(True)
        self.loop.toggled.connect(self.loop_toggled)
        self.screening = IconButton(look, "screening", "Screening", "F11")

    def _make_sound(self) -> None:
        self.sound = IconButton(self._look, "sound", "Sound")
        self.sound.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.sound)
        self._mute = menu.addAction("Mute")
        self._mute.setCheckable(True)
        self._mute.triggered.connect(self.mute_toggled)
        self._volume = QSlider(Qt.Orientation.Horizontal)
        self._volume.setRange(0, 100)
        self._volume.setFixedWidth(140)
        self._volume.setAccessibleName("Volume in percent")
        self._volume.valueChanged.connect(self.volume_chosen)
        entry, box = QWidgetAction(menu), QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(text_label("Volume", "second"))
        row.addWidget(self._volume)
        entry.setDefaultWidget(box)
        menu.addAction(entry)
        self.sound.setMenu(menu)
