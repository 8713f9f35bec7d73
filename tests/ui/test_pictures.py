"""Pictures for lists: every one that is asked for comes, whatever the workers are doing at that moment."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool
from pytestqt.qtbot import QtBot

from studio.ui.parts.pictures import WORKERS, PictureStore
from tests.builders import a_picture


@pytest.fixture
def store(qtbot: QtBot) -> Iterator[PictureStore]:
    made = PictureStore()
    yield made
    made.close()


def test_a_picture_asked_for_while_the_workers_are_ending_comes(
    qtbot: QtBot, store: PictureStore, tmp_path: Path
) -> None:
    end = threading.Event()
    for _worker in range(WORKERS):  # they found nothing more to do, and their threads still count as active
        store.findChild(QThreadPool).start(end.wait)
    path = a_picture(tmp_path / "one.png")
    assert store.pixmap(path) is None
    qtbot.wait(1)  # the turn in which the wish is sent on
    with qtbot.waitSignal(store.arrived):
        end.set()
    assert not store.pixmap(path).isNull()


def test_a_fault_in_one_picture_leaves_the_others(
    qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def make(path: Path) -> Path:
        raise ValueError(f"{path.name} is odd")

    store = PictureStore(make=make)
    there = a_picture(tmp_path / "there.png")
    asked = [*(tmp_path / f"odd-{number}.png" for number in range(WORKERS)), there]
    for path in asked:
        store.pixmap(path)
    qtbot.waitUntil(lambda: not store.busy)
    assert [store.pixmap(path).isNull() for path in asked] == [True] * WORKERS + [False]
    assert "is odd" in caplog.text
    store.close()
