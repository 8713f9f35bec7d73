"""A small real film, a queue on it, and runtimes that do what the test says."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from studio.errors import NoSpaceLeft, StudioError
from studio.generation import intake
from studio.generation.estimate import MeasuredSeconds
from studio.generation.queue import JobQueue
from studio.generation.wish import Wish
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import JobCard, TakeCard
from studio.project.commands import scene, shot
from studio.project.store import FilmSettings
from studio.project.timing import FrameRate
from tests.fakes import FakeRuntime


class Bench:
    """A film with shots of 48 frames, its queue, and what the queue said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.project = OpenProject.open(folder)
        self.shots = [card.id for card in self.project.ask(queries.shot_cards)]
        self._equip()

    def add_shot(self, number: int) -> str:
        return add_shot(self.project, number)

    def _equip(self) -> None:
        self.frames = FakeRuntime(self.project.media.jobs)
        self.words = FakeRuntime(serve="words", automatic=True)
        self.measured = MeasuredSeconds(self.folder.parent / "seconds.json")
        self.queue = JobQueue(self.project, self.frames, self.words, self.measured)
        self.refusals: list[tuple[str, StudioError]] = []
        self.troubles: list[StudioError] = []
        self.idles = 0
        self.ended: list[str] = []
        self.queue.refused.connect(lambda shot, error, _job: self.refusals.append((shot, error)))
        self.queue.troubled.connect(self.troubles.append)
        self.queue.finished.connect(self.ended.append)
        self.queue.idle.connect(self._count_idle)

    def _count_idle(self) -> None:
        self.idles += 1

    def close(self) -> None:
        self.queue.close()
        self.frames.shut_down()
        self.words.shut_down()
        self.project.close()

    def open_again(self) -> None:
        """The next opening of the film, by another process as far as the film can tell."""
        self.project = OpenProject.open(self.folder)
        self._equip()
        self.queue.recover()

    def card(self, job: str) -> JobCard:
        return self.project.ask(queries.job_card, job)

    def takes(self, number: int = 0) -> tuple[TakeCard, ...]:
        return self.project.ask(queries.take_cards, self.shots[number])


def add_shot(project: OpenProject, number: int) -> str:
    return project.run(shot.add_shot, frames=48, prompt=f"Mara waits {number}", size="wide shot").new("shot")


@pytest.fixture(scope="session")
def two_shots(qapp: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed film with two shots of 48 frames, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("film") / "ferry"
    project = OpenProject.create(folder, FilmSettings("Ferry", FrameRate(24), width=320, height=180))
    project.run(scene.add_scene, "EXT. PIER - NIGHT", location="pier", time="night")
    for number in range(2):
        add_shot(project, number)
    project.close()
    return folder


@pytest.fixture
def bench(two_shots: Path, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(Path(shutil.copytree(two_shots, tmp_path / "ferry")))
    yield made
    made.close()


Submit = Callable[..., str]


@pytest.fixture
def submit(bench: Bench, qtbot: Any) -> Submit:
    """Submit a wish and wait until its job is in the film."""

    def submit(number: int = 0, wish: Wish | None = None) -> str:
        with qtbot.waitSignal(bench.queue.submitted, check_params_cb=lambda _job: True):
            job = bench.queue.submit(bench.shots[number], wish)
            bench.frames.greet() if bench.frames.state.value == "starting" else None
        return job

    return submit


class FullDisk:
    """Names of commands the disk is too full for, and those it refused so far."""

    def __init__(self) -> None:
        self.refuses: set[str] = set()
        self.refused: list[str] = []


@pytest.fixture
def disk(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> FullDisk:
    disk, run = FullDisk(), bench.project.run

    def run_or_refuse(command: Any, *args: Any, **kwargs: Any) -> Any:
        if command.__name__ in disk.refuses:
            disk.refused.append(command.__name__)
            raise NoSpaceLeft("There is no space left for the film.", "Free some space and try again.")
        return run(command, *args, **kwargs)

    monkeypatch.setattr(bench.project, "run", run_or_refuse)
    monkeypatch.setattr(intake, "SPACE_RETRY_MS", 1)
    bench.queue._later.setInterval(1)
    return disk


def alter(film: Path, job: str, column: str, text: str) -> None:
    """What only another program, or a broken disk, does to the row of a job."""
    with contextlib.closing(sqlite3.connect(film / "project.sqlite")) as database, database:
        database.execute(f"UPDATE job SET {column} = ? WHERE id = ?", (text, job))
