"""A window on a small film, with a scripted runtime behind it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio import assets
from studio.generation.queue import JobQueue
from studio.open_project import OpenProject
from studio.project import queries
from studio.settings import Settings
from studio.ui.main_window import MainWindow
from studio.ui.theme import Look
from tests.builders import a_project, a_shot, a_subject, a_take
from tests.fakes import FakeRuntime


@pytest.fixture
def look(qapp: QApplication) -> Look:
    made = Look(assets.folder())
    made.dress(qapp)
    return made


@dataclass
class Opened:
    """A window with everything a test pulls at."""

    window: MainWindow
    """None once a test let go of it"""
    project: OpenProject
    queue: JobQueue
    frames: FakeRuntime
    shots: list[str]
    """The shots of the film in board order."""
    words: FakeRuntime

    def card(self, shot: str):
        return self.project.ask(queries.shot_card, shot)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Path:
    """Four shots in one scene: the first with two takes whose movies are real, the others empty."""
    made = a_project(tmp_path_factory.mktemp("template", numbered=True))
    a_subject(made)
    first = a_shot(made, frames=24, action="@mara walks", subjects=("@mara",))
    for action in ("waits", "runs", "waves"):
        a_shot(made, frames=24, action=action)
    a_take(made, first, movie=True, seed=1)
    a_take(made, first, movie=True, seed=2)
    made.close()
    return made.folder


@pytest.fixture
def project(tmp_path: Path, template: Path) -> Iterator[OpenProject]:
    """A copy of the template, open for writing."""
    shutil.copytree(template, tmp_path / "film", ignore=shutil.ignore_patterns(".project.lock*"))
    made = OpenProject.open(tmp_path / "film")
    yield made
    made.close()


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    opened: list[Opened] = []

    def open_one(project: OpenProject, *, automatic: bool = True) -> Opened:
        frames = FakeRuntime(project.media.jobs, automatic=automatic)
        words = FakeRuntime(serve="words", automatic=True)
        queue = JobQueue(project, frames, words)
        frames.start()
        window = MainWindow(project, queue, Settings(tmp_path / "settings.json"))
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.resize(1600, 1000)
        with qtbot.waitExposed(window):
            window.show()
        window.board.setFocus()
        shots = [card.id for card in project.ask(queries.shot_cards)]
        opened.append(Opened(window, project, queue, frames, shots, words))
        return opened[-1]

    yield open_one
    for one in opened:
        if one.window is not None:
            one.window.close()
            one.window.deleteLater()
        if one.project.writable:
            one.queue.close()
    QApplication.sendPostedEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


@pytest.fixture
def opened(open_window: Callable[..., Opened], project: OpenProject) -> Opened:
    return open_window(project)
