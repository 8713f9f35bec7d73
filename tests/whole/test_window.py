"""The demo with a display: the window draws the film, writes it, and stays open until it is closed."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from studio.cli import demo
from studio.errors import StudioError
from studio.settings import Settings
from tests.calls import call
from tests.whole import films

pytestmark = [pytest.mark.whole, pytest.mark.process]


@pytest.fixture
def film(tmp_path: Path, qapp: QApplication) -> Path:
    folder = tmp_path / "film"
    call("new", folder, "--size", "320x180").ok()
    call("add-scene", folder, "--heading", "EXT. PIER - NIGHT").ok()
    for frames in (8, 6):
        call("add-shot", folder, "--prompt", "the pier", "--frames", frames).ok()
    return folder


@pytest.fixture
def when(qapp: QApplication) -> Callable[[Callable[[], bool], Callable[[], object]], None]:
    """Do something in the running window as soon as something else is so."""
    timers = []

    def watch(so: Callable[[], bool], do: Callable[[], object]) -> None:
        timer = QTimer(qapp, interval=20)
        timer.timeout.connect(lambda: so() and (timer.stop(), do()))
        timer.start()
        timers.append(timer)

    yield watch
    for timer in timers:
        timer.stop()


def test_the_window_draws_and_writes_the_film_and_stays_open_until_closed(
    film: Path, when: Callable[..., None], capfd: pytest.CaptureFixture[str]
) -> None:
    said: list[str] = []

    def stays_open() -> bool:
        said.append(capfd.readouterr().out)
        return "stays open" in "".join(said)

    when(stays_open, QApplication.closeAllWindows)
    assert demo.show(film, film / "exports", "slate") == 0
    assert len(list(films.pictures(film / "exports" / "film.mp4"))) == 14
    assert [clip.frames for clip in films.clips(film / "exports" / "film.otio")] == [8, 6]
    assert Settings().recent_films() == [film.resolve()]
    assert not list((film / "jobs").iterdir())


def test_closing_it_early_says_so_and_the_next_run_goes_on(film: Path, when: Callable[..., None]) -> None:
    when(lambda: bool(list((film / "media").glob("*.mp4"))), QApplication.closeAllWindows)
    with pytest.raises(StudioError, match="window was closed before"):
        demo.show(film, film / "exports", "slate")
    assert not (film / "exports" / "film.mp4").exists()
    call("render", film, "--engine", "slate").ok()
    assert [shot["takes"] for shot in films.shots(film)] == [1, 1]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals between processes")
def test_ctrl_c_closes_the_window(film: Path, when: Callable[..., None]) -> None:
    when(lambda: bool(QApplication.topLevelWidgets()), lambda: os.kill(os.getpid(), signal.SIGINT))
    with pytest.raises(StudioError, match="window was closed before"):
        demo.show(film, film / "exports", "slate")
    call("check", film).ok()


def test_an_engine_that_cannot_draw_is_named_and_the_cards_are_written(film: Path, when: Callable[..., None]) -> None:
    when(lambda: (film / "exports" / "film.otio").exists(), QApplication.closeAllWindows)
    with pytest.raises(StudioError, match=r"2 missing-shot cards in film\.mp4: .*crayon"):
        demo.show(film, film / "exports", "crayon")


@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="xvfb is not installed here")
def test_a_display_is_seen_and_no_display_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert not demo.has_display()
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not demo.has_display()
    monkeypatch.setenv("DISPLAY", ":4321")
    assert not demo.has_display()
