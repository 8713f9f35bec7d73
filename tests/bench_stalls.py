"""A window at its busiest for `tests.bench_window`: jobs finishing and references coming in while every core works."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from PIL import Image
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from model_runtime import protocol, safe_files
from studio.generation.queue import JobQueue
from studio.generation.wish import Wish
from studio.open_project import OpenProject
from studio.project import queries
from studio.settings import Settings
from studio.ui.import_targets import ToSubject
from studio.ui.main_window import MainWindow
from tests.builders import a_project, a_shot, a_subject
from tests.fakes import FakeRuntime, write_movie

PATIENCE_S = 240


class QuickRuntime(FakeRuntime):
    """Encodes one movie and delivers it again and again, so that what is measured is the window and not the fake."""

    movies: ClassVar[dict[int, bytes]] = {}

    def deliver(self, wish: protocol.Generate | None = None) -> protocol.Finished:
        one = wish or self.wish
        assert self.jobs is not None
        folder = safe_files.make_folder(self.jobs / one.job)
        path = folder / "take.mp4"
        # A movie may end in anything; by its own end each is another file.
        path.write_bytes(self._movie(one) + b"\x00\x00\x00\x10free" + one.job.encode()[-8:])
        output = protocol.OutputFile("movie", path.name, path.stat().st_size, safe_files.sha256(path))
        facts = {"frames": one.frames, "width": one.width, "height": one.height}
        finished = protocol.Finished(one.job, one.attempt, (output,), facts)
        safe_files.write_bytes(folder / "finished.json", protocol.encode(finished))
        return finished

    def _movie(self, one: protocol.Generate) -> bytes:
        if one.frames not in self.movies:
            with tempfile.TemporaryDirectory() as place:
                write_movie(Path(place) / "take.mp4", one.frames, one.rate, (one.width, one.height), one.recipe)
                self.movies[one.frames] = (Path(place) / "take.mp4").read_bytes()
        return self.movies[one.frames]


def gaps_at_work(jobs: int, references: int) -> tuple[list[float], int, int]:
    """Milliseconds between ticks of a 1 ms timer of the GUI thread; jobs that finished; references that came in."""
    with tempfile.TemporaryDirectory() as place:
        film = a_project(Path(place))
        for number in range(jobs):
            a_shot(film, frames=24, action=f"walks {number}")
        mara = a_subject(film)
        film.close()
        pictures = _pictures(Path(place) / "pictures", references)
        with opened_window(film.folder) as window, _busy_cores():
            gaps = _watch(window, jobs, mara, pictures)
            done = sum(1 for card in window.project.ask(queries.shot_cards) if card.takes)
            card = next(card for card in window.project.ask(queries.subject_cards) if card.id == mara)
        return gaps, done, len(card.pictures)


def _watch(window: MainWindow, jobs: int, mara: str, pictures: list[Path]) -> list[float]:
    gaps, last, until = [], [time.perf_counter()], time.monotonic() + PATIENCE_S

    def tick() -> None:
        now = time.perf_counter()
        gaps.append((now - last[0]) * 1000)
        last[0] = now

    shots = [card.id for card in window.project.ask(queries.shot_cards)]
    for shot in shots:
        window.queue.submit(shot, Wish("clip", "sketch"))
    QApplication.processEvents()
    timer = QTimer()
    timer.setInterval(1)
    timer.timeout.connect(tick)
    timer.start()
    last[0] = time.perf_counter()
    for begin in range(0, len(pictures), 50):
        window.imports.bring(ToSubject(mara), pictures[begin : begin + 50])
    while time.monotonic() < until:
        QApplication.processEvents()
        if len(gaps) % 500 == 0 and not window.imports.busy and not window.project.ask(queries.live_jobs):
            break
        time.sleep(0)
    timer.stop()
    return gaps


@contextmanager
def opened_window(folder: Path, *, writable: bool = True) -> Iterator[MainWindow]:
    """The whole window on a film, behind it a runtime that answers by itself."""
    application = QApplication.instance() or QApplication([])
    project = OpenProject.open(folder, writable=writable)
    frames = QuickRuntime(project.media.jobs, automatic=True, steps=12)
    with tempfile.TemporaryDirectory() as place:
        queue = JobQueue(project, frames, FakeRuntime(serve="words", automatic=True))
        frames.start()
        window = MainWindow(project, queue, Settings(Path(place) / "settings.json"))
        window.resize(1600, 1000)
        window.show()
        application.processEvents()
        yield window
        window.close()
        queue.close()
        project.close()


@contextmanager
def _busy_cores() -> Iterator[None]:
    """A child on every core that does nothing but work, as a runtime that draws does."""
    children = [multiprocessing.get_context("spawn").Process(target=_work, daemon=True)
                for _ in range(os.cpu_count() or 2)]
    for child in children:
        child.start()
    time.sleep(1.0)
    yield
    for child in children:
        child.terminate()
        child.join()


def _work() -> None:
    number = 1
    while True:
        number = number * 31 % 1_000_003


def _pictures(folder: Path, count: int) -> list[Path]:
    folder.mkdir()
    paths = [folder / f"reference-{number:03}.png" for number in range(count)]
    for number, path in enumerate(paths):
        Image.new("RGB", (320, 240), (number % 256, number // 256 * 40, 120)).save(path)
    return paths
