"""Draws the lanes: sound clips with waveform, name and the line of their gain."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF

from studio.project.cut_cards import LaneCard, SoundCard
from studio.project.sound_time import SAMPLES
from studio.ui.parts import painting
from studio.ui.sound.waveforms import OPACITY, WaveformStore, paint_waveform
from studio.ui.storyboard.timeline.canvas import Canvas
from studio.ui.storyboard.timeline.geometry import ONE_PIXEL, Row, gain_y
from studio.ui.storyboard.timeline.ghosts import decibels

SILENT = 0.35
"""Opacity of what is not heard."""
NAME = 16


class LanePainter:
    def __init__(self, waveforms: WaveformStore) -> None:
        self._waveforms = waveforms

    def paint(self, canvas: Canvas, row: Row, lane: LaneCard, selected: str | None, caught: str) -> None:
        rect = canvas.row_rect(row)
        canvas.fill(rect.adjusted(0, 1, 0, -1), "grey-1", 0.6)
        canvas.painter.setOpacity(1.0 if lane.audible else SILENT)
        for sound in canvas.geometry.cut.sounds_on(lane.id):
            box = canvas.geometry.sound_box(sound)
            if box is not None and box.right > canvas.seen_left and box.left < canvas.seen_right:
                self._paint_clip(canvas, canvas.rect(box), sound, sound.id == selected, sound.id == caught)
        canvas.painter.setOpacity(1.0)

    def _paint_clip(self, canvas: Canvas, rect: QRect, sound: SoundCard, selected: bool, caught: bool) -> None:
        radius = canvas.look.radius("control") if rect.width() > 8 else 0
        canvas.fill(rect, "grey-2", radius=radius)
        if rect.width() > 3:
            self._paint_wave(canvas, rect, sound)
        if rect.width() > 24 and rect.height() > 40:
            self._paint_gain(canvas, rect, sound)
        if rect.width() > 30:
            room = QRect(max(6, rect.left() + 6), rect.top() + 2, 0, NAME)
            room.setRight(rect.right() - 6)
            if room.width() > 20:
                words = sound.name or "Sound"
                missing = " – the file is missing" if not sound.source_samples else ""
                canvas.write(words + missing, room, canvas.inks.micro, "warn" if missing else "grey-5")
        if selected or caught:
            painting.outline(canvas.painter, rect, radius, canvas.colour("accent"), 2)

    def _paint_wave(self, canvas: Canvas, rect: QRect, sound: SoundCard) -> None:
        """Only the columns of the clip that are seen, as fine as the screen."""
        start = canvas.x(sound.film_frame)
        left = max(rect.left(), 0, canvas.seen_left - canvas.left)
        right = min(rect.right(), canvas.width, canvas.seen_right - canvas.left)
        part = QRectF(left, rect.top() + NAME, right - left, rect.height() - NAME - 4)
        if right <= left or part.height() < 4 or not sound.source_samples:
            return
        scale = canvas.painter.device().devicePixelRatioF()
        first, count = round((left - start) * scale), round((right - left) * scale)
        columns = self._waveforms.peaks(sound, self._samples_per_pixel(canvas) / scale, first, count)
        if columns is not None:
            paint_waveform(canvas.painter, part, columns, canvas.colour("grey-4", OPACITY))

    @staticmethod
    def _samples_per_pixel(canvas: Canvas) -> float:
        rate = canvas.geometry.cut.rate
        return ONE_PIXEL * SAMPLES * rate.den / (canvas.geometry.scale.zoom * rate.num)

    @staticmethod
    def _paint_gain(canvas: Canvas, rect: QRect, sound: SoundCard) -> None:
        y = gain_y(sound.gain, rect.top(), rect.height())
        canvas.fill(QRect(rect.left() + 1, y, rect.width() - 2, 1), "grey-5", 0.6)
        if sound.gain and rect.width() > 110:
            room = QRect(rect.right() - 66, rect.top() + 2, 60, NAME)
            canvas.write(decibels(sound.gain), room, canvas.inks.micro, "grey-4", right=True)
