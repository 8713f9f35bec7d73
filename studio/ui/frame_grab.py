"""The frame on screen as a picture of a subject: grabbed, then given to the subject chosen in a menu."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget

from studio.project import queries
from studio.ui.forms import SubjectSheet
from studio.ui.theme import Look
from studio.ui.wishes.door import Door
from studio.ui.wishes.subjects import SubjectWishes
from studio.ui.wishes.take_work import TakeWork


class FrameGrab(QObject):
    def __init__(self, look: Look, over: QWidget, door: Door, work: TakeWork, subjects: SubjectWishes) -> None:
        super().__init__()
        self._look, self._over, self._door = look, over, door
        self._work, self._subjects = work, subjects

    def grab_reference(self) -> None:
        """Called by the action: grabs the frame, then asks whose picture it is."""
        self._work.grab_frame(self._offer)

    def _offer(self, picture: Path) -> None:
        menu = QMenu(self._over)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName("Whose picture this frame is")
        for card in self._door.ask(queries.subject_cards):
            menu.addAction(f"Picture of {card.name}", partial(self._subjects.add_pictures, card.id, [picture]))
        menu.addSeparator()
        menu.addAction("New subject…", partial(self._new_subject, picture))
        menu.popup(QCursor.pos())

    def _new_subject(self, picture: Path) -> None:
        sheet = SubjectSheet(self._look, self._over, None, self._subjects.add_subject)
        sheet.take_pictures([picture])
        sheet.open()
