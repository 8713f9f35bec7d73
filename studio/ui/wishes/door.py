"""The one door of the window to edits of the film: runs a command, tells what was refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from studio.errors import StudioError
from studio.open_project import OpenProject
from studio.project.changes import Changes
from studio.project.media import Imported

Answer = TypeVar("Answer")


class Door(QObject):
    refused = Signal(object)
    """StudioError: the film is unchanged"""
    noted = Signal(str)
    """a sentence in passing: what an edit did beside what was asked, what an undo left alone"""

    def __init__(self, project: OpenProject) -> None:
        super().__init__()
        self.project = project

    def run(self, command: Callable[..., Changes], *args: Any, **kwargs: Any) -> Changes | None:
        """One edit, one undoable step. None where it was refused; the film is unchanged then."""
        return self.do(lambda: self.project.run(command, *args, **kwargs))

    def run_keeping(
        self, files: Iterable[Imported], command: Callable[..., Changes], *args: Any, **kwargs: Any
    ) -> Changes | None:
        """As `run`, for a command that names staged files: they come into media/ with it, or not at all."""

        def edit() -> Changes:
            with self.project.media.keeping(files):
                return self.project.run(command, *args, **kwargs)

        return self.do(edit)

    def do(self, edit: Callable[[], Changes]) -> Changes | None:
        try:
            changes = edit()
        except StudioError as error:
            self.refused.emit(error)
            return None
        if changes.note:
            self.noted.emit(changes.note)
        return changes

    def ask(self, query: Callable[..., Answer], *args: Any, **kwargs: Any) -> Answer:
        return self.project.ask(query, *args, **kwargs)

    # --- called by actions ---

    def undo(self) -> None:
        self.do(self.project.undo)

    def redo(self) -> None:
        self.do(self.project.redo)
