"""Exports of the current cut from the window: on a worker, with progress and a way to stop."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from studio.errors import StudioError
from studio.interchange.shown_cut import ShownCut, gather
from studio.open_project import OpenProject
from studio.ui.background import Background


class Exports(QObject):
    progressed = Signal(int, int)
    """film frames done, of how many"""
    finished = Signal(object)
    """Path of the file written"""
    failed = Signal(object)
    """StudioError; no file was changed"""

    def __init__(self, project: OpenProject, background: Background) -> None:
        super().__init__()
        self._project, self._background = project, background
        self._stop = threading.Event()
        self.running = False

    def export(self, form: str, out: Path) -> None:
        """`form`: mp4 or otio. The cut is read now, so that edits during the export do not reach it."""
        try:
            cut = self._project.ask(gather)
        except StudioError as error:
            self.failed.emit(error)
            return
        self._stop.clear()
        self.running = True
        self._background.run(lambda: self._write(form, cut, out), self._done, self._not_done)

    def stop(self) -> None:
        self._stop.set()

    def _write(self, form: str, cut: ShownCut, out: Path) -> Path:
        """On a worker. The exporters are imported here: they are heavy and the window opens without them."""
        if form == "otio":
            from studio.interchange.otio_formats import export_otio

            return export_otio(cut, out)
        from studio.interchange.movie import export_movie

        return export_movie(cut, out, self.progressed.emit, self._stop.is_set)

    def _done(self, out: Path) -> None:
        self.running = False
        self.finished.emit(out)

    def _not_done(self, error: StudioError) -> None:
        self.running = False
        if not self._stop.is_set():
            self.failed.emit(error)
