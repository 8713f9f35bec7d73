"""Wishes for the subjects of the film and their pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from studio.project import queries
from studio.project.commands import subject as subjects
from studio.ui.imports import Imports
from studio.ui.wishes.door import Door


class SubjectWishes(QObject):
    def __init__(self, door: Door, imports: Imports) -> None:
        super().__init__()
        self._door, self._imports = door, imports

    def add_subject(self, name: str, kind: str, description: str, pictures: Sequence[Path]) -> bool:
        changes = self._door.run(subjects.add_subject, name, kind, description)
        if changes is None:
            return False
        self.add_pictures(changes.new("subject"), pictures)
        return True

    def edit_subject(self, subject: str, name: str, kind: str, description: str, pictures: Sequence[Path]) -> bool:
        card = next(card for card in self._door.ask(queries.subject_cards) if card.id == subject)
        if name.lstrip("@") != card.name.lstrip("@") and self._door.run(subjects.rename_subject, subject, name) is None:
            return False
        changed = (kind, description) != (card.kind, card.description)
        if changed and self._door.run(subjects.edit_subject, subject, kind=kind, description=description) is None:
            return False
        self.add_pictures(subject, pictures)
        return True

    def add_pictures(self, subject: str, pictures: Sequence[Path]) -> None:
        """Read beside the window; they appear together, as one step, when all are there."""
        if pictures:
            self._imports.to_subject(subject, pictures)
