"""Wishes for the colour of events: made like the shot before, or as the take was drawn."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from studio.continuity import seeing
from studio.continuity.joins import Join
from studio.project import grade as grades
from studio.project.commands import event as events
from studio.project.grade import Grade
from studio.ui.background import Background
from studio.ui.wishes.door import Door


class Grading(QObject):
    noted = Signal(str)
    """a sentence in passing: what was matched"""

    def __init__(self, door: Door, background: Background) -> None:
        super().__init__()
        self._door, self._background = door, background

    def match(self, join: Join, aspect: float) -> None:
        """The second event gets the grade under which it looks like the first; looked at beside the window."""
        work = partial(seeing.match, join, aspect)
        self._background.run(work, partial(self._matched, join), self._door.refused.emit)

    def take_off(self, join: Join) -> None:
        self._door.run(events.edit_event, join.first.event.id, grade=None)

    def _matched(self, join: Join, grade: Grade) -> None:
        before, after = join.last.event.shot_number, join.first.event.shot_number
        kept = grades.kept(grade)
        if kept == join.first.event.grade:
            self.noted.emit(f"{after} stays as it is: it looks like {before}, or they show too little of the same.")
        elif self._door.run(events.edit_event, join.first.event.id, grade=kept) is not None:
            self.noted.emit(f"{after} is matched to {before}.")
