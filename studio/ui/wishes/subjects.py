"""Wishes for the subjects of the film: names, views, what is worn when and where, who is in a shot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from studio.errors import Refused, StudioError
from studio.project import gallery_queries, queries
from studio.project.changes import Changes
from studio.project.commands import scene as scenes
from studio.project.commands import shot as shots
from studio.project.commands import subject as subjects
from studio.project.commands.view_places import place_view
from studio.ui.import_targets import ToNewSubject, ToSubject
from studio.ui.imports import Imports
from studio.ui.wishes.door import Door


class SubjectWishes(QObject):
    made = Signal(str)
    """@name of a subject that came into the film, or will when its pictures are read: it is chosen then"""

    def __init__(self, door: Door, imports: Imports) -> None:
        super().__init__()
        self._door, self._imports = door, imports

    # --- subjects ---

    def add_subject(self, name: str, kind: str, description: str, pictures: Sequence[Path]) -> bool:
        """With pictures it comes into the film when they are read, all as one step; a picture that cannot be read
        leaves the film as it was. Raises BadValue where the name cannot be used."""
        if pictures:
            self._door.ask(subjects.free_name, name)
            self._imports.bring(ToNewSubject(name, kind, description), pictures)
        else:
            self._door.project.run(subjects.add_subject, name, kind, description)
        self.made.emit(name)
        return True

    def add_pasted(self, image: QImage, name: str, kind: str, description: str) -> bool:
        """The same with a picture from the clipboard."""
        self._door.ask(subjects.free_name, name)
        self._imports.paste(image, ToNewSubject(name, kind, description))
        self.made.emit(name)
        return True

    def rename(self, subject: str, name: str) -> StudioError | None:
        """A new @name everywhere at once; what comes back says why it cannot be."""
        return self._refusal(subjects.rename_subject, subject, name)

    def edit_subject(self, subject: str, **fields: str) -> StudioError | None:
        """Its kind or description; what comes back says why it cannot be."""
        return self._refusal(subjects.edit_subject, subject, **fields)

    def remove_subject(self, subject: str) -> None:
        card = self._door.ask(gallery_queries.subject_card, subject)
        if self._door.run(subjects.remove_subject, subject) is not None:
            self._door.noted.emit(f"{card.name} is no longer in the film; Ctrl Z brings it back.")

    def put_in_shot(self, subject: str, shot: str) -> None:
        """The subject joins those who are in the shot already."""
        card = self._door.ask(gallery_queries.subject_card, subject)
        number = self._door.ask(queries.shot_card, shot).number
        _heading, cast = self._door.ask(queries.shot_cast, shot)
        if any(one.id == subject for one in cast):
            self._door.noted.emit(f"{card.name} is in {number} already.")
            return
        rows = [(one.name, one.side, one.facing, one.action) for one in cast]
        if self._door.run(shots.set_shot_subjects, shot, [*rows, (card.name, "", "", "")]) is not None:
            self._door.noted.emit(f"{card.name} is in {number} now.")

    # --- pictures ---

    def add_pictures(self, subject: str, pictures: Sequence[Path], change: str | None = None) -> None:
        """Read beside the window; they appear together, as one step, when all are there."""
        if pictures:
            self._imports.bring(ToSubject(subject, change), pictures)

    def paste(self, image: QImage, subject: str, change: str | None = None) -> None:
        self._imports.paste(image, ToSubject(subject, change))

    def place_view(self, view: str, subject: str, change: str | None, place: int) -> None:
        """Among the views of a subject that show a change (None: those of no change), wherever it was before."""
        self._door.run(place_view, view, subject, change, place)

    def order_view(self, view: str, place: int) -> None:
        """Among all views of its subject: they are sent in this order."""
        self._door.run(subjects.move_view, view, place)

    def say_view(self, view: str, kind: str) -> None:
        """front, side, back, face or detail; empty: not said."""
        self._door.run(subjects.edit_view, view, view=kind)

    def remove_view(self, view: str) -> None:
        if self._door.run(subjects.remove_view, view) is not None:
            self._door.noted.emit("The picture is no longer a view of the subject; Ctrl Z brings it back.")

    # --- wardrobe ---

    def add_change(self, subject: str, aspect: str, story_day: int) -> None:
        self._door.run(subjects.add_wardrobe, subject, story_day, aspect=aspect)

    def edit_change(self, change: str, **fields: Any) -> StudioError | None:
        """What comes back says why it cannot be."""
        return self._refusal(subjects.edit_wardrobe, change, **fields)

    def remove_change(self, change: str) -> None:
        if self._door.run(subjects.remove_wardrobe, change) is not None:
            self._door.noted.emit("The change is gone; Ctrl Z brings it back.")

    def wear(self, change: str, *, scene: str | None = None, shot: str | None = None, worn: bool = True) -> None:
        """An exception for a scene or a shot: worn, or not, whatever the story day says."""
        self._door.run(subjects.wear if worn else subjects.dont_wear, change, scene=scene, shot=shot)

    def as_the_days_say(self, exceptions: Sequence[str]) -> None:
        """Without what was said of a scene or a shot, all of it in one step."""
        if not exceptions or self._door.run(subjects.remove_exception, exceptions[0]) is None:
            return
        step = self._door.project.newest_step()
        for one in exceptions[1:]:
            if step is not None:
                self._door.do(partial(self._door.project.run_on, step, subjects.remove_exception, one))

    def set_story_day(self, scene: str, day: int) -> None:
        self._door.run(scenes.edit_scene, scene, story_day=day)

    def _refusal(self, command: Callable[..., Changes], *args: Any, **fields: Any) -> StudioError | None:
        """One edit, one step, told beside its field where it is refused. A film open for looking refuses all."""
        if not self._door.project.writable:
            return Refused("The film is open for looking only.", "Close the other window to edit it.")
        try:
            changes = self._door.project.run(command, *args, **fields)
        except StudioError as error:
            return error
        if changes.note:
            self._door.noted.emit(changes.note)
        return None
