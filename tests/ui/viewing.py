"""A viewer on a small film without the rest of the window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from studio.generation.queue import JobQueue
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.timing import FrameRange
from studio.settings import Settings
from studio.ui.background import Background
from studio.ui.current_shot import CurrentShot
from studio.ui.drawing import Drawing
from studio.ui.film_watch import FilmWatch
from studio.ui.parts.pictures import PictureStore, PreviewStore
from studio.ui.posters import poster_maker
from studio.ui.selection import Selection
from studio.ui.theme import Look
from studio.ui.viewer.desk import ViewerDesk
from studio.ui.viewer.dock import Viewer
from studio.ui.wishes.door import Door
from studio.ui.wishes.panels import PanelWishes
from tests.fakes import FakeRuntime


class FakePlayer:
    """Plays nothing and is told what it hears."""

    def __init__(self) -> None:
        self.now: Fraction | None = None
        self.played: list[tuple[int, Fraction, FrameRange | None]] = []
        self.scrubbed: list[int] = []
        self.stopped = 0

    def play(self, first_frame: int, speed: int | Fraction, loop: FrameRange | None = None) -> None:
        self.played.append((first_frame, Fraction(speed), loop))
        self.now = Fraction(first_frame)

    def stop(self) -> None:
        self.stopped += 1
        self.now = None

    def scrub(self, film_frame: int) -> None:
        self.scrubbed.append(film_frame)

    def now_frame(self) -> Fraction | None:
        return self.now


class Viewing:
    def __init__(self, qtbot: QtBot, look: Look, project: OpenProject, settings: Settings) -> None:
        self._qtbot = qtbot
        self.project, self.settings = project, settings
        self.frames = FakeRuntime(project.media.jobs)
        self.queue = JobQueue(project, self.frames, FakeRuntime(serve="words", automatic=True))
        self.watch, self.selection = FilmWatch(project), Selection()
        self.current = CurrentShot(project, self.watch, self.selection)
        self.background = Background()
        self.pictures, self.previews = PictureStore(None, poster_maker(project)), PreviewStore()
        self.drawing = Drawing(project, self.queue, settings, self.selection, self.previews)
        self.door = Door(project)
        film = self.watch.film
        self.viewer = Viewer(look, self.pictures, film.rate, QSize(film.width, film.height), film.start_timecode)
        panels = PanelWishes(self.door, self.selection, self.background)
        self.desk = ViewerDesk(project, self.watch, self.current, self.selection, self.drawing, panels, self.viewer,
                               self.previews)  # fmt: skip
        self.told: list[str] = []
        self.desk.told.connect(self.told.append)
        self.shots = [card.id for card in project.ask(queries.shot_cards)]
        self.viewer.shot_reached.connect(self.choose)
        self.host = QMainWindow()
        self.host.setCentralWidget(self.viewer)
        self.host.setMinimumSize(600, 400)
        self.host.resize(900, 600)
        with qtbot.waitExposed(self.host):
            self.host.show()
        self.choose(self.shots[0])

    def choose(self, shot: str) -> None:
        self.selection.choose(shot, [shot])

    def settle(self) -> None:
        """The picture of the playhead's frame is on screen."""
        self._qtbot.waitUntil(lambda: self.viewer.settled)

    def grey(self) -> int:
        """How bright the middle of the picture is: frame n of a test movie is n shades brighter than the first."""
        self.settle()
        image = self.viewer.picture.image
        return image.pixelColor(image.width() // 2, image.height() // 2).red()

    def close(self) -> None:
        self.watch.close()
        self.viewer.close_viewer()
        for one in (self.background, self.pictures, self.previews, self.queue):
            one.close()
        self.host.close()
        self.host.deleteLater()
        QApplication.sendPostedEvents()
        QApplication.processEvents()


@contextmanager
def viewing(qtbot: QtBot, look: Look, project: OpenProject, tmp_path: Path) -> Iterator[Viewing]:
    made = Viewing(qtbot, look, project, Settings(tmp_path / "settings.json"))
    try:
        yield made
    finally:
        made.close()
