"""The sheets of the gallery: a new subject, one subject whole, what is odd about names; one of a kind at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMenu, QWidget

from model_runtime.mentions import name_key
from studio.project import gallery_queries, queries
from studio.project.gallery_cards import MentionProblem, SubjectCard, ViewCard
from studio.ui.choices import Choices
from studio.ui.gallery.menus import entry
from studio.ui.gallery.names_sheet import NamesSheet
from studio.ui.gallery.new_subject import NewSubjectSheet, guessed_kind, guessed_name
from studio.ui.gallery.subject_sheet import SubjectFilm, SubjectSheet
from studio.ui.palette import Entry, Palette
from studio.ui.parts.pictures import PictureStore
from studio.ui.theme import Look
from studio.ui.wishes.door import Door
from studio.ui.wishes.subjects import SubjectWishes


class SubjectPages(QObject):
    shot_sought = Signal(str)
    """a shot's id, from a list of a sheet"""
    continuity_requested = Signal(str)
    """a subject's id: all shots it is in are to be shown side by side"""

    def __init__(
        self, look: Look, over: QWidget, choices: Choices, pictures: PictureStore, door: Door, wishes: SubjectWishes,
        cut_out: Callable[[str], object], grab: Callable[[Callable[[Path], None]], object],
    ) -> None:  # fmt: skip
        """`cut_out` opens the sheet that cuts something out of a view, by its id; `grab` hands over the frame on
        screen."""
        super().__init__()
        self._look, self._over, self._choices, self._pictures = look, over, choices, pictures
        self._door, self._wishes = door, wishes
        self._cards: Sequence[SubjectCard] = ()
        self._sheet: SubjectSheet | None = None
        self.cut_out, self._grab = cut_out, grab

    @property
    def open_sheet(self) -> SubjectSheet | None:
        """The sheet of a subject that is open."""
        there = self._sheet is not None and shiboken6.isValid(self._sheet) and not self._sheet.isHidden()
        return self._sheet if there else None

    def show_subjects(self, cards: Sequence[SubjectCard]) -> None:
        """The film's subjects as they are now: an open sheet shows its own anew, and closes where it is gone."""
        self._cards = cards
        sheet = self.open_sheet
        if sheet is None:
            return
        card = next((one for one in cards if one.id == sheet.card.id), None)
        if card is None:
            sheet.close_sheet()
        else:
            sheet.show_subject(card)

    # --- called by actions and panels ---

    def new_subject(
        self, kind: str = "", pictures: Sequence[Path] = (), pasted: QImage | None = None, name: str = ""
    ) -> None:
        """`kind`: where it was dropped, and `name`; empty: what the names of the files say."""
        keep = self._wishes.add_subject if pasted is None else partial(self._keep_pasted, pasted)
        kind, name = kind or guessed_kind(pictures, self._choices.locations), name or guessed_name(pictures)
        NewSubjectSheet(self._look, self._over, keep, name=name, kind=kind, pictures=pictures,
                        pasted=pasted is not None).open()  # fmt: skip

    def new_subject_of(self, picture: Path) -> None:
        """Of a frame of a take: its file is called by the take, which says nothing of who is on it."""
        keep = self._wishes.add_subject
        NewSubjectSheet(self._look, self._over, keep, pictures=[picture]).open()

    def open_subject(self, subject: str, view: str = "") -> None:
        card = next((one for one in self._cards if one.id == subject), None)
        if card is None:
            return
        film = SubjectFilm(
            partial(self._door.ask, queries.scene_cards), partial(self._door.ask, gallery_queries.shots_of),
            self._door.undo, self._door.redo, self.cut_out, self.give_view, self._grab,
        )  # fmt: skip
        writable = self._door.project.writable
        sheet = SubjectSheet(self._look, self._over, self._pictures, self._wishes, film, card, writable=writable)
        sheet.shot_sought.connect(self.shot_sought)
        sheet.continuity_requested.connect(self.continuity_requested)
        self._sheet = sheet
        sheet.open(view)

    def open_named(self, name: str) -> None:
        """The subject of that @name; where there is none yet, a new one is asked for."""
        card = next((one for one in self._cards if name_key(one.name) == name_key(name)), None)
        if card is not None:
            self.open_subject(card.id)
        elif self._door.project.writable:
            self.new_subject(name=name)

    def show_problems(self, problems: Sequence[MentionProblem]) -> None:
        sheet = NamesSheet(self._look, self._over, problems)
        sheet.shot_sought.connect(self.shot_sought)
        sheet.subject_sought.connect(self.open_named)
        sheet.open()

    def give_view(self, view: ViewCard) -> None:
        """Asks who it is a picture of; subjects are found by typing."""
        entries = [
            Entry(f"Picture of {card.name}", card.description, "",
                  partial(self._wishes.place_view, view.id, card.id, None, len(card.views)))
            for card in self._cards if card.id != view.subject
        ]  # fmt: skip
        Palette(self._look, self._over, entries, "Whose picture this is", "A subject’s @name").open()

    def add_continuity(self, menu: QMenu, subject: str) -> None:
        entry(menu, "Continuity", partial(self.continuity_requested.emit, subject))

    def _keep_pasted(self, image: QImage, name: str, kind: str, description: str, pictures: Sequence[Path]) -> bool:
        return self._wishes.add_pasted(image, name, kind, description)
