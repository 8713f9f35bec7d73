"""OpenProject: the one door to an open film: every edit, every question, undo, and the announcement of what changed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from studio.errors import ProjectError
from studio.project import film_file, history, store
from studio.project.changes import Changes
from studio.project.commands.film import make_film
from studio.project.media import MediaFolder
from studio.project.store import FilmSettings

Answer = TypeVar("Answer")

FILM_FILE_AFTER_MS = 1_000
"""Film file written this long after the first edit it lacks: at most 2 s after any edit, writing included."""


class OpenProject(QObject):
    """An open film. Made by `create` or `open`; used from the thread it was made on."""

    changed = Signal(object)
    """`Changes`, after the commit, on the caller's thread."""

    def __init__(self, opened: store.Store) -> None:
        super().__init__()
        self._store = opened
        self.folder = opened.folder
        self.writable = opened.writable
        self.media = MediaFolder(opened.folder)
        # A writer that was killed may not have come to write it.
        self._film_file_due = opened.after_a_kill
        self._writer: threading.Thread | None = None
        self._timer = QTimer(self, singleShot=True, interval=FILM_FILE_AFTER_MS)
        self._timer.timeout.connect(self._write_film_file_beside)
        self._closed = False
        self._write_film_file_soon()

    @classmethod
    def create(cls, folder: Path | str, settings: FilmSettings) -> OpenProject:
        """A new film: its folder, its database, one empty cut. Raises ProjectError where there is one already."""
        project = cls(store.create(Path(folder), lambda session: make_film(session, settings)))
        project._film_file_due = True
        project._write_film_file_soon()
        return project

    @classmethod
    def make(cls, folder: Path, **fields: Any) -> None:
        """A new film from what a form holds (the fields of FilmSettings), made and closed again.

        Raises BadValue for what a film cannot have, ProjectError where the folder cannot be used.
        """
        cls.create(folder, FilmSettings(**fields)).close()

    @classmethod
    def open(cls, folder: Path | str, *, writable: bool = True) -> OpenProject:
        """The film in `folder`; with `writable=False` for looking only, beside whoever writes it."""
        return cls(store.open_film(Path(folder), writable=writable))

    def run(self, command: Callable[..., Changes], *args: Any, **kwargs: Any) -> Changes:
        """One edit, one commit, one undoable step. An error leaves the film as it was."""
        return self._announce(self._write(command, args, kwargs, undoable=not history.is_outside_undo(command)))

    def run_on(self, step: int, command: Callable[..., Changes], *args: Any, **kwargs: Any) -> Changes:
        """One more commit of the step `newest_step` told after a `run`: one undo takes all of it back.

        For work too long for one frame of the window, done in slices. Raises Refused where the step was undone.
        """
        return self._announce(self._write(command, args, kwargs, undoable=True, onto=step))

    def newest_step(self) -> int | None:
        """The step that an undo would take back."""
        return self.ask(history.newest_step)

    def ask(self, query: Callable[..., Answer], *args: Any, **kwargs: Any) -> Answer:
        """What the film says now; changes nothing."""
        with store.told(self.folder), self._store.session() as session:
            return query(session, *args, **kwargs)

    def undo(self) -> Changes:
        """Take the newest step back. `Changes.note` names what was left alone."""
        return self._announce(self._write(history.undo, (), {}, undoable=False))

    def redo(self) -> Changes:
        return self._announce(self._write(history.redo, (), {}, undoable=False))

    def undo_text(self) -> str:
        return self.ask(history.undo_text)

    def redo_text(self) -> str:
        return self.ask(history.redo_text)

    def close(self) -> None:
        """Write what no take carries, fold the write-ahead log into the file, let go of the lock."""
        if self._closed:
            return
        self._closed = True
        self._timer.stop()
        try:
            self._join_writer()
            if self._film_file_due:
                film_file.write(self.folder)
        finally:
            self._store.close()

    def _write(
        self, command: Callable[..., Changes], args: tuple[Any, ...], kwargs: dict[str, Any], *,
        undoable: bool, onto: int | None = None,
    ) -> Changes:  # fmt: skip
        if not self.writable:
            raise ProjectError(f"The film in {self.folder} is open for looking only.", "Open it for writing first.")
        with store.told(self.folder), self._store.session() as session, session.begin():
            journal = history.Journal(session, history.step_text(command), undoable=undoable, onto=onto)
            changes = command(session, *args, **kwargs)
            seen = journal.finish()
        # An undo changes rows without the journal; a job's own row is not in the film file.
        if command in (history.undo, history.redo) or not film_file.CARRIED.isdisjoint(seen.touched):
            self._film_file_due = True
        return seen | changes

    def _announce(self, changes: Changes) -> Changes:
        self._write_film_file_soon()
        if changes or changes.note:
            self.changed.emit(changes)
        return changes

    def _write_film_file_soon(self) -> None:
        # Without an event loop no timer runs out; closing writes the file then.
        if self._film_file_due and QCoreApplication.instance() is not None and not self._timer.isActive():
            self._timer.start()

    def _write_film_file_beside(self) -> None:
        """On a thread of its own, over a read-only connection: a large film takes longer than a frame of the window."""
        if self._writer is not None and self._writer.is_alive():
            self._timer.start()
            return
        self._film_file_due = False
        self._writer = threading.Thread(target=self._write_film_file, name="film file")
        self._writer.start()

    def _write_film_file(self) -> None:
        try:
            film_file.write(self.folder)
        except (OSError, ProjectError):
            # A full disk: the next edit, or closing, tries again and tells.
            self._film_file_due = True

    def _join_writer(self) -> None:
        if self._writer is not None:
            self._writer.join()
            self._writer = None
