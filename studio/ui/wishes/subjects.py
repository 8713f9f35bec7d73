"""Wishes for the subjects of the film and their pictures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from studio.project import queries
from studio.project.commands import reference as references
from studio.project.commands import subject as subjects
from studio.ui.background import Background
from studio.ui.wishes.door import Door


class SubjectWishes(QObject):
    def __init__(self, door: Door, background: Background) -> None:
        super().__init__()
        self._door, self._background = door, background

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
        """Imported one after the other by a worker; each appears when it is ready."""
        for picture in pictures:
            work = partial(self._door.project.media.import_picture, picture)
            self._background.run(work, partial(self._add_view, subject), self._door.refused.emit)

    def _add_view(self, subject: str, imported: Any) -> None:
        changes = self._door.run(
            references.record_reference, imported.hash, imported.name, imported.original_name, "identity",
            kind=imported.kind, original=imported.original, width=imported.width, height=imported.height,
        )  # fmt: skip
        if changes is not None:
            self._door.run(subjects.add_view, subject, changes.new("reference"))
