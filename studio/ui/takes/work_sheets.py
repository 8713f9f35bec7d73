"""The forms that ask how a take is worked on: extended at an end, or a range of it redone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from studio.errors import BadValue, StudioError
from studio.generation.wish import Extend, Redo, Work
from studio.project.cards import TakeCard
from studio.project.timing import FrameRate
from studio.ui.forms import FormSheet
from studio.ui.parts.controls import Segments, labelled, text_label
from studio.ui.parts.sheet import paragraph
from studio.ui.parts.times import counted, read_length, shot_length
from studio.ui.theme import Look

Submit = Callable[[Work], StudioError | None]
"""Asks for the work; what comes back says why it cannot be."""

ENDS = (("tail", "At its end"), ("head", "Before its beginning"))


class WorkSheet(FormSheet):
    """What is refused is said in the sheet, which stays open so that the value can be mended."""

    def __init__(
        self, look: Look, over: QWidget, title: str, keep: str, rate: FrameRate, submit: Submit
    ) -> None:
        super().__init__(look, over, title, keep)
        self._rate, self._submit = rate, submit
        self.trouble = paragraph("", "warn")
        self.trouble.hide()

    def carry_out(self) -> bool:
        try:
            refusal = self._submit(self.work())
        except BadValue as error:
            refusal = error
        if refusal is not None:
            self.trouble.setText(f"{refusal.sentence} {refusal.hint}".strip())
        self.trouble.setVisible(refusal is not None)
        return refusal is None

    def work(self) -> Work:
        """What the fields say. Raises BadValue."""
        raise NotImplementedError


class ExtendSheet(WorkSheet):
    def __init__(self, look: Look, over: QWidget, take: TakeCard, rate: FrameRate, submit: Submit) -> None:
        super().__init__(look, over, f"Extend take {take.name}", "Generate the longer take", rate, submit)
        self._take = take
        self.form.addWidget(paragraph("The take stays as it is inside a new, longer one.", "second"), 0, 0, 1, 2)
        self.ends = Segments(ENDS, "Which end to extend")
        self.form.addWidget(labelled("Where", self.ends, look), 1, 0)
        self.by = self.add_line("By", "", 1, 1, hint="what the shot lacks")
        self.form.addWidget(text_label("Such as 1:00, or frames.", "micro"), 2, 1)
        self.form.addWidget(self.trouble, 3, 0, 1, 2)

    def open(self) -> None:
        super().open()
        self.by.setFocus()

    def work(self) -> Work:
        text = self.by.text().strip()
        frames = read_length(text, self._rate) if text else 0
        return Extend(self._take.id, "head" if self.ends.current() == "head" else "tail", frames)


class RedoSheet(WorkSheet):
    def __init__(
        self, look: Look, over: QWidget, take: TakeCard, frames: tuple[int, int], rate: FrameRate, submit: Submit
    ) -> None:
        """`frames`: first and last shot_frame proposed, both included."""
        super().__init__(look, over, f"Redo a range of take {take.name}", "Generate the range again", rate, submit)
        self._take = take
        words = "What lies outside the range stays as it is. The range is that between I and O in the viewer."
        self.form.addWidget(paragraph(words, "second"), 0, 0, 1, 2)
        self.first = self.add_line("From", shot_length(frames[0], rate), 1, 0)
        self.last = self.add_line("To, with it", shot_length(frames[1], rate), 1, 1)
        self.length = text_label("", "micro")
        self.form.addWidget(self.length, 2, 0, 1, 2)
        self.form.addWidget(self.trouble, 3, 0, 1, 2)
        for field in (self.first, self.last):
            field.textChanged.connect(self._tell_length)
        self._tell_length()

    def open(self) -> None:
        super().open()
        self.first.setFocus()

    def work(self) -> Work:
        first, last = (read_length(field.text(), self._rate) for field in (self.first, self.last))
        if last < first:
            raise BadValue("The range ends before it begins.", "Give the earlier frame first.")
        return Redo(self._take.id, first, last)

    def _tell_length(self) -> None:
        try:
            work = self.work()
        except BadValue:
            self.length.setText("")
            return
        assert isinstance(work, Redo)
        self.length.setText(f"{counted(work.last - work.first + 1, 'frame')} of the shot, counted from 0:00")
