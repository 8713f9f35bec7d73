"""Wishes for pictures cut out of other pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from studio.project.changes import Changes
from studio.project.commands import cut_out
from studio.project.media import Imported, MediaFolder
from studio.ui.wishes.door import Door


class CutOutWishes:
    def __init__(self, door: Door) -> None:
        self._door = door
        # Of its own: what a refused wish drops from the film's must not go with it.
        self.media = MediaFolder(door.project.folder)

    def add_view(
        self, subject: str, cut: Imported, cut_from: str, came: Imported | None, view: str, wardrobe: str | None
    ) -> None:  # fmt: skip
        """One undoable step. Raises StudioError, which is told where the picture was cut: the film is unchanged."""
        self._keep(cut_out.add_cut_view, subject, cut, cut_from, came, view=view, wardrobe=wardrobe)

    def add_subject(
        self, name: str, kind: str, cut: Imported, cut_from: str, came: Imported | None, view: str
    ) -> None:  # fmt: skip
        """As `add_view`, for a subject that is made with it."""
        self._keep(cut_out.add_cut_subject, name, kind, cut, cut_from, came, view=view)

    def _keep(self, command: Callable[..., Changes], *args: Any, **kwargs: Any) -> None:
        files = [one for one in args if isinstance(one, Imported)]
        with self.media.keeping(files):
            changes = self._door.project.run(command, *args, **kwargs)
        if changes.note:
            self._door.noted.emit(changes.note)
