"""`shotwright demo`: the example film from its board to movie and timeline, in a window where one opens."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
from PySide6.QtCore import QObject, Qt, QThread, Signal

from studio import app
from studio.app import Studio
from studio.cli import deliver, door, draw
from studio.cli.example import make_example
from studio.cli.talk import counted, say
from studio.cli.window import names_a_screen
from studio.errors import StudioError
from studio.interchange import shown_cut
from studio.interchange.movie import export_movie
from studio.interchange.otio_formats import export_otio
from studio.interchange.shown_cut import ShownCut
from studio.open_project import OpenProject
from studio.project import queries
from studio.settings import Settings

if TYPE_CHECKING:
    from studio.ui.main_window import MainWindow

EXAMPLE = "the-last-ferry"
DEFAULT = Path("runs") / EXAMPLE
WITHOUT_SCREEN = ("offscreen", "minimal", "vnc")


@click.command()
@click.argument("folder", metavar="[DIR]", default=DEFAULT, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Where film.mp4 and film.otio go.")
@draw.engine_option
def demo(folder: Path, out: Path | None, engine: str) -> int:
    """Make the example film in DIR, or go on with the one there: draw what is missing, write film.mp4 and film.otio.

    With a display the window shows it happening and stays open; without one it ends by naming the files.
    """
    began = time.monotonic()
    exports = out or folder / "exports"
    seen = has_display()
    if seen:
        app.graphical()
    begin_example(folder)
    if seen:
        return show(folder, exports, engine)
    with app.build(folder) as studio:
        made = draw.draw(studio, lambda: draw.missing_jobs(studio, engine))
        cut = studio.project.ask(shown_cut.gather)
    say(f"{counted(len(made), 'shot')} drawn." if made else "Nothing to draw: every shot has a take.")
    deliver.write(cut, "mp4", exports / "film.mp4")
    deliver.write(cut, "otio", exports / "film.otio")
    say_files(cut, exports)
    say(f"Done in {time.monotonic() - began:.0f} s.")
    return 0


def say_files(cut: ShownCut, exports: Path) -> None:
    say(f"{cut.film.title}: {deliver.described(cut)}")
    for name in ("film.mp4", "film.otio"):
        say(f"  {exports / name}")


def begin_example(folder: Path) -> None:
    """The example's board in `folder`; a film there stays as it is."""
    if (folder / "project.sqlite").exists():
        return
    make_example(EXAMPLE, folder)
    with door.opened(folder) as project:
        card = project.ask(queries.film_card)
    say(f"Made {card.title} in {folder}: {counted(card.scenes, 'scene')}, {counted(card.shots, 'shot')}, "
        f"{counted(card.frames, 'frame')} at {card.rate.shown}.")


def has_display() -> bool:
    """Whether a window can be seen here. Asked of a child, because Qt ends the process that it cannot serve."""
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if not names_a_screen() or platform in WITHOUT_SCREEN:
        return False
    probe = [sys.executable, "-P", "-c", "from PySide6.QtWidgets import QApplication; QApplication([])"]
    if subprocess.run(probe, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0:
        return True
    say("The window cannot open on this display, so the work goes on without it; see shotwright doctor.")
    return False


def show(folder: Path, exports: Path, engine: str) -> int:
    """The demo in the window, which stays open until the user closes it."""
    showing: list[Showing] = []

    def begin(studio: Studio, window: MainWindow) -> None:
        showing.append(Showing(studio, window, exports, engine))
        showing[0].begin()

    app.show(folder, Settings(), make_example, begin)
    if not (showing and showing[0].written):
        raise StudioError(f"The window was closed before film.mp4 was written to {exports}.",
                          "Run the same command again to go on.")
    if showing[0].missing:
        unknown = StudioError("Some shots could not be drawn.", "Run the same command again.")
        why = next(iter(showing[0].refusals), unknown)
        raise StudioError(f"{counted(showing[0].missing, 'missing-shot card')} in film.mp4: {why.sentence}", why.hint)
    return 0


class Showing(QObject):
    """The demo in the window: the queue draws while the user watches; then a thread writes the two files."""

    def __init__(self, studio: Studio, window: MainWindow, exports: Path, engine: str) -> None:
        super().__init__(window)
        self.written = False
        self.missing = 0
        self.refusals: list[StudioError] = []
        self._studio, self._engine = studio, engine
        self._writer = Writer(studio.project, exports, self)
        self._writer.wrote.connect(self._has_written)
        self._writer.failed.connect(say)
        studio.queue.refused.connect(lambda shot, error, job: self.refusals.append(error))
        app.core().aboutToQuit.connect(self._writer.stop)

    def begin(self) -> None:
        if self._studio.project.writable and draw.missing_jobs(self._studio, self._engine):
            self._studio.queue.idle.connect(self._writer.begin, Qt.ConnectionType.SingleShotConnection)
        else:
            self._writer.begin()

    def _has_written(self, cut: ShownCut) -> None:
        self.written, self.missing = True, deliver.missing_cards(cut)
        say_files(cut, self._writer.exports)
        say("The window stays open until you close it.")


class Writer(QThread):
    """Exports beside the window, so that it never waits."""

    wrote = Signal(object)
    """The ShownCut that is in the files now."""
    failed = Signal(str)

    def __init__(self, project: OpenProject, exports: Path, parent: QObject) -> None:
        super().__init__(parent)
        self.exports = exports
        self._project = project
        self._cut: ShownCut | None = None

    def begin(self) -> None:
        """The film is read here, on the GUI thread; only files are touched by the other."""
        self._cut = self._project.ask(shown_cut.gather)
        self.start()

    def stop(self) -> None:
        self.requestInterruption()
        self.wait()

    def run(self) -> None:
        assert self._cut is not None
        try:
            export_movie(self._cut, self.exports / "film.mp4", should_stop=self.isInterruptionRequested)
            export_otio(self._cut, self.exports / "film.otio")
        except (StudioError, OSError) as error:
            self.failed.emit(str(error))
        else:
            self.wrote.emit(self._cut)
