"""Renders the main states of the window to PNG files: `python packaging/screenshots.py FOLDER [--engine sketch|slate]`.

The film is a copy of the example: the one `make run` left in runs/the-last-ferry where there is one, else a new one
whose first shots are drawn here. What is on the pictures went the way a user's work goes: commands, queue, runtime;
only the failure of the failed job is written by hand, because no disk is filled for a picture.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer  # noqa: E402

from studio import app  # noqa: E402
from studio.app import Studio  # noqa: E402
from studio.cli.example import make_example  # noqa: E402
from studio.generation.wish import Wish  # noqa: E402
from studio.open_project import OpenProject  # noqa: E402
from studio.project import queries  # noqa: E402
from studio.project.cards import JobState  # noqa: E402
from studio.project.commands import job as jobs  # noqa: E402
from studio.project.commands import shot as shots  # noqa: E402
from studio.project.commands import take as takes  # noqa: E402
from studio.project.store import FilmSettings  # noqa: E402
from studio.project.timing import FrameRate  # noqa: E402
from studio.settings import Settings  # noqa: E402
from studio.ui.main_window import MainWindow  # noqa: E402
from studio.ui.parts.sheet import Sheet  # noqa: E402

WIDE, NARROW = (1600, 1000), (1280, 720)
DRAWN = 6
"""Shots drawn for a new film; the others show what a card looks like before."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--engine", choices=("sketch", "slate"))
    parser.add_argument("--film", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    app.graphical()
    if given.film:
        with app.build(given.film) as studio:
            Camera(studio, given.folder, "sketch", given.film.parent).scale_two()
        return 0
    with tempfile.TemporaryDirectory(prefix="shotwright-screenshots-") as place:
        film = Path(place) / "film"
        engine = given.engine or available_engine()
        prepare(film, engine)
        with app.build(film) as studio:
            Camera(studio, given.folder, engine, Path(place)).all_states()
        empty_film(Path(place), given.folder)
        scale = [sys.executable, __file__, str(given.folder), "--film", str(film)]
        subprocess.run(scale, env={**os.environ, "QT_SCALE_FACTOR": "2"}, check=True)
    print(f"{len(list(given.folder.glob('*.png')))} pictures in {given.folder}")
    return 0


def available_engine() -> str:
    """sketch where its weights are, else slate."""
    found = {engine.id: engine for engine in app.engines(60)}
    return "sketch" if found["sketch"].available else "slate"


def prepare(film: Path, engine: str) -> None:
    """The example with takes, and some shots approved, starred, omitted, out of date."""
    made = ROOT / "runs" / "the-last-ferry"
    if (made / "project.sqlite").exists():
        shutil.copytree(made, film, ignore=shutil.ignore_patterns(".project.lock*", "exports"))
    else:
        make_example("the-last-ferry", film)
    with app.build(film) as studio:
        project, queue = studio.project, studio.queue
        cards = project.ask(queries.shot_cards)
        for card in [card for card in cards[:DRAWN] if not card.takes]:
            queue.submit(card.id, Wish("clip", engine))
        for seed in (11, 12, 13):
            queue.submit(cards[1].id, Wish("clip", engine, seed))
        wait(lambda: not queue.busy and not project.ask(queries.live_jobs), 900)
        mark(project)


def mark(project: OpenProject) -> None:
    cards = project.ask(queries.shot_cards)
    of_second = project.ask(queries.take_cards, cards[1].id)
    project.run(shots.approve_shot, cards[0].id, True)
    project.run(shots.edit_shot, cards[3].id, move="push in")
    project.run(shots.omit_shot, cards[-1].id)
    project.run(takes.star_take, of_second[-1].id, True)
    project.run(takes.reject_take, of_second[-2].id, True)


def empty_film(place: Path, folder: Path) -> None:
    settings = FilmSettings("A New Film", FrameRate(24), width=1280, height=720)
    OpenProject.create(place / "empty", settings).close()
    with app.build(place / "empty") as studio:
        camera = Camera(studio, folder, "slate", place)
        camera.take("01-empty-film")
        camera.window.close()


def wait(so: Callable[[], bool], seconds: float) -> None:
    """Runs the event loop until something is so; fails loudly when it is not in time."""
    until = time.monotonic() + seconds
    while not so():
        if time.monotonic() > until:
            raise TimeoutError("a state of the window was not reached in time")
        loop = QEventLoop()
        QTimer.singleShot(20, loop, loop.quit)
        loop.exec()


class Camera:
    """A window on a film, brought from state to state, each kept as a picture."""

    def __init__(self, studio: Studio, folder: Path, engine: str, place: Path) -> None:
        self.studio, self.folder, self.engine = studio, folder, engine
        self.settings = Settings(place / "settings.json")
        self.window = self.open(WIDE)
        self.cards = studio.project.ask(queries.shot_cards)

    def open(self, size: tuple[int, int]) -> MainWindow:
        window = MainWindow(self.studio.project, self.studio.queue, self.settings)
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.resize(*size)
        window.show()
        return window

    def take(self, name: str) -> None:
        window = self.window
        until = time.monotonic() + 0.4  # hover, estimates and the board's pictures come a moment later
        wait(lambda: time.monotonic() > until and window.viewer.settled and not window.pictures.busy, 30)
        window.grab().save(str(self.folder / f"{name}.png"))
        print(name, flush=True)

    def all_states(self) -> None:
        window, cards = self.window, self.cards
        self.take("02-example-film")
        window.board.select_shot(cards[1].id)
        self.take("03-takes-of-a-shot")
        window.board.select_shot(cards[3].id)
        self.take("04-out-of-date")
        window.viewer_desk.play_cut()
        window.viewer.transport.seek(window.viewer.sequence.frames // 3)
        self.take("05-the-cut")
        window.viewer_desk.play_shot()
        window.board.select_shot(cards[7].id)
        self.take("06-missing-shot")
        self.running()
        self.sheets()
        self.narrow()

    def running(self) -> None:
        """A job in the middle of its drawing, with its preview where the engine sends one, then a failed one."""
        window, queue, project = self.window, self.studio.queue, self.studio.project
        waiting = [queue.submit(card.id, Wish("clip", self.engine)) for card in self.cards[7:9]]
        wait(lambda: window.foot.running() is not None or not (queue.busy or project.ask(queries.live_jobs)), 120)
        if self.engine == "sketch":
            wait(lambda: window.previews.pixmap(waiting[0]) is not None, 120)
        self.take("07-running")
        window.foot.show_open(True)
        self.take("08-queue")
        wait(lambda: not queue.busy and not project.ask(queries.live_jobs), 300)
        sentence = "The disk with the film is full: 0.1 GiB are free, the take needs 0.4 GiB."
        project.run(jobs.set_job, waiting[1], state=JobState.FAILED, sentence=sentence, hint="Free some space.")
        window.drawing.queue_changed.emit()
        self.take("09-failed")
        window.foot.show_open(False)

    def sheets(self) -> None:
        window = self.window
        refused = self.studio.queue.refusal(self.cards[3].id, Wish("clip", self.engine, stop_at=30))
        assert refused is not None, "an engine draws in 30 steps or more by itself"
        window.problems.show_error(refused)
        self.close_sheet("10-problem")
        window.finder.open()
        self.close_sheet("11-find-or-run")
        window.sheets.new_subject()
        self.close_sheet("12-new-subject")
        window.sheets.new_scene()
        self.close_sheet("13-new-scene")

    def close_sheet(self, name: str) -> None:
        self.take(name)
        for sheet in self.window.findChildren(Sheet):
            sheet.close_sheet()

    def narrow(self) -> None:
        self.window.close()
        self.settings = Settings(self.settings.path.with_name("narrow.json"))
        self.window = self.open(NARROW)
        self.window.board.select_shot(self.cards[1].id)
        self.take("14-narrow-1280x720")
        self.window.close()

    def scale_two(self) -> None:
        self.window.board.select_shot(self.cards[1].id)
        self.take("15-wide-at-scale-2")
        self.window.close()


if __name__ == "__main__":
    sys.exit(main())
