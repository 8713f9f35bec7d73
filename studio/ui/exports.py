"""Exports from the window, of the current cut or another: on a worker, with progress and a way to stop."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.errors import StudioError
from studio.interchange.losses import Loss, losses
from studio.interchange.shown_cut import ShownCut, gather
from studio.open_project import OpenProject
from studio.project.cut_cards import CutCard
from studio.ui.background import Background

DIALOGS = {
    "mp4": ("Export movie", "Movie (*.mp4)"),
    "otio": ("Export timeline", "OpenTimelineIO (*.otio)"),
}


class Exports(QObject):
    progressed = Signal(int, int)
    """film frames done, of how many"""
    finished = Signal(object)
    """Path of the file written"""
    failed = Signal(object)
    """StudioError; no file was changed"""
    ended = Signal(str)
    """in passing: what became of it; empty where `failed` tells"""

    def __init__(self, project: OpenProject, background: Background) -> None:
        super().__init__()
        self._project, self._background = project, background
        self._stop = threading.Event()
        self.running = False

    def ask_and_export(self, form: str, over: QWidget, cut: CutCard | None = None) -> None:
        """Asks where to, unless an export is being written already. `cut`: which one; None: the current one."""
        if self.running:
            self.failed.emit(StudioError("An export is being written.", "Wait for it, or stop it in the foot."))
            return
        title, kinds = DIALOGS[form]
        name = "film" if cut is None or cut.current else f"film-cut-{cut.number}"
        proposed = self._project.folder / "exports" / f"{name}.{form}"
        file, _kind = QFileDialog.getSaveFileName(over, title, str(proposed), kinds)
        if file:
            self.export(form, Path(file), cut.id if cut else None)

    def export(self, form: str, out: Path, cut_id: str | None = None) -> None:
        """`form`: mp4 or otio. The cut is read at once, on the worker; edits made after that do not reach it."""
        self._stop.clear()
        self.running = True
        self._background.run(lambda: self._write(form, self._gathered(cut_id), out), self._done, self._not_done)

    def stop(self) -> None:
        self._stop.set()

    def _gathered(self, cut_id: str | None) -> ShownCut:
        """On a worker, through a reading project of its own: a long film takes more than a second."""
        with closing(OpenProject.open(self._project.folder, writable=False)) as reading:
            return reading.ask(gather, cut_id)

    def _write(self, form: str, cut: ShownCut, out: Path) -> tuple[Path, tuple[Loss, ...]]:
        """On a worker. The exporters are imported here: they are heavy and the window opens without them."""
        if form == "otio":
            from studio.interchange.otio_formats import export_otio

            return export_otio(cut, out), losses(cut)
        from studio.interchange.movie import export_movie

        return export_movie(cut, out, self.progressed.emit, self._stop.is_set), ()

    def _done(self, written: tuple[Path, tuple[Loss, ...]]) -> None:
        self.running = False
        out, lost = written
        less = ", ".join(loss.what.lower() for loss in lost)
        self.ended.emit(f"Wrote {out}" + (f". Other programs will not show all of it: {less}." if less else ""))
        self.finished.emit(out)

    def _not_done(self, error: StudioError) -> None:
        self.running = False
        stopped = self._stop.is_set()
        self.ended.emit("The export was stopped; no file was changed." if stopped else "")
        if not stopped:
            self.failed.emit(error)
