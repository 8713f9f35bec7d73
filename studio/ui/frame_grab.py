"""The frame on screen as a picture of a subject: grabbed, then given to the subject chosen in a list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from studio.project import gallery_queries
from studio.project.gallery_cards import SubjectCard
from studio.ui.palette import Entry, Palette
from studio.ui.theme import Look
from studio.ui.wishes.door import Door
from studio.ui.wishes.subjects import SubjectWishes
from studio.ui.wishes.take_work import TakeWork

GRABBED = "the frame on screen"

class FrameGrab(QObject):
    def __init__(
        self, look: Look, over: QWidget, door: Door, work: TakeWork, wishes: SubjectWishes,
        likely: Callable[[], list[str]], new_subject: Callable[[Path], object],
        cut_out: Callable[[Path, str, str], object],
    ) -> None:  # fmt: skip
        """`likely`: ids of subjects it may be a picture of, the likeliest first; `new_subject` asks for one; `cut_out`
        opens the sheet that cuts a part out of a picture, for a subject (empty: a new one), and calls it so."""
        super().__init__()
        self._look, self._over, self._door, self._work, self._wishes = look, over, door, work, wishes
        self._likely, self._new_subject, self._cut_out = likely, new_subject, cut_out

    def grab_reference(self) -> None:
        """Called by the action: grabs the frame, then asks whose picture it is."""
        self._work.grab_frame(self._offer)

    def _offer(self, picture: Path) -> None:
        """Subjects are found by typing: a film may have hundreds."""
        likely = self._likely()
        place = {one: at for at, one in enumerate(likely)}
        cards = sorted(self._door.ask(gallery_queries.subject_cards), key=lambda one: place.get(one.id, len(likely)))
        entries = [self._entry(card, picture) for card in cards]
        cut = partial(self._cut_out, picture, likely[0] if likely else "", GRABBED)
        entries[len(likely) : len(likely)] = [
            Entry("Cut a part out of it", "a region, or one thing without its background", "", cut),
            Entry("New subject", "with this frame as its first picture", "", partial(self._new_subject, picture)),
        ]
        Palette(self._look, self._over, entries, "Whose picture this frame is", "A subject’s @name").open()

    def _entry(self, card: SubjectCard, picture: Path) -> Entry:
        keep = partial(self._wishes.add_pictures, card.id, [picture])
        return Entry(f"Picture of {card.name}", card.description, "", keep)
