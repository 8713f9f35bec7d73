"""The small sheet that asks for an event's speed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from PySide6.QtWidgets import QWidget

from studio.errors import BadValue
from studio.project import trimming
from studio.project.cut_cards import EventCard
from studio.project.timing import FrameRate
from studio.project.trimming import Span
from studio.ui.forms import FormSheet
from studio.ui.parts.controls import Segments, text_label
from studio.ui.parts.times import read_percent, shot_length
from studio.ui.theme import Look

Keep = Callable[[int, int], bool]


class SpeedSheet(FormSheet):
    """Percent and direction; says the new length before it is kept."""

    def __init__(self, look: Look, over: QWidget, event: EventCard, rate: FrameRate, keep: Keep) -> None:
        super().__init__(look, over, f"Speed of {event.shot_number}", "Keep speed")
        self._event, self._rate, self._keep_speed = event, rate, keep
        percent = Fraction(abs(event.speed_num) * 100, event.speed_den)
        self.percent = self.add_line("Percent", f"{float(percent):g}", 0)
        self.direction = Segments((("on", "Forwards"), ("back", "Backwards")), "Direction")
        self.direction.choose("back" if event.speed_num < 0 else "on")
        self.words = text_label("", "second")
        self.form.addWidget(self.direction, 1, 0)
        self.form.addWidget(self.words, 2, 0)
        self.percent.textChanged.connect(self._show_length)
        self._show_length()

    def open(self) -> None:
        super().open()
        self.percent.setFocus()
        self.percent.selectAll()

    def carry_out(self) -> bool:
        speed = read_percent(self.percent.text()) * (-1 if self.direction.current() == "back" else 1)
        return self._keep_speed(speed.numerator, speed.denominator)

    def _show_length(self) -> None:
        try:
            span = trimming.retime(Span.of(self._event), read_percent(self.percent.text()))
        except BadValue as error:
            self.words.setText(error.hint)
            return
        lasts, was = (shot_length(frames, self._rate) for frames in (span.frames, self._event.frames))
        changes = f"Lasts {lasts}, now {was}. What follows moves along."
        self.words.setText(f"Stays {was} long." if span.frames == self._event.frames else changes)
