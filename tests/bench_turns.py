"""How long the window's thread is busy in one go, for `tests.bench_window`: `Turns` listens beside the work itself."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.bench_film import large_film
from tests.bench_stalls import opened_window

TICK_MS = 1
LONG_MS = 40.0
LOOK_EVERY_S = 0.004
SETTLES_S, EDIT_EVERY_MS, KEY_EVERY_MS = 6.0, 350, 33


class Turns:
    """Gaps between the ticks of a timer on the thread that makes it: how long nobody could have been answered.

    Beside the time on the wall stands the time this thread worked itself: on a shared machine the first also holds what
    other programs and other threads of ours took. Where a turn lasts long a second thread notes what is being done.
    """

    def __init__(self, *, look_into: bool = False) -> None:
        self.walls: list[float] = []
        """milliseconds"""
        self.works: list[float] = []
        self.doing: list[tuple[float, Counter[str]]] = []
        """Of each long turn: its milliseconds, and how often the second thread saw what."""
        self._wall = self._work = 0.0
        self._timer = QTimer(interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._seen: Counter[str] = Counter()
        self._stop = threading.Event()
        self._thread = threading.get_ident()
        self._watch = threading.Thread(target=self._look, daemon=True) if look_into else None

    def run_until(self, done: Callable[[], bool], patience_s: float, look_every_ms: int = 50) -> bool:
        """Turns the event loop until `done`, which is asked now and then; False where patience ended first."""
        loop, asking, clock = QEventLoop(), QTimer(interval=look_every_ms), QElapsedTimer()
        clock.start()
        asking.timeout.connect(lambda: loop.quit() if done() or clock.elapsed() > patience_s * 1000 else None)
        self._wall, self._work = time.perf_counter(), time.thread_time()
        if self._watch is not None and not self._watch.is_alive():
            self._watch.start()
        self._timer.start()
        asking.start()
        loop.exec()
        self._timer.stop()
        return done()

    def close(self) -> None:
        self._stop.set()

    def _tick(self) -> None:
        wall, work = time.perf_counter(), time.thread_time()
        took = (wall - self._wall) * 1000
        self.walls.append(took)
        self.works.append((work - self._work) * 1000)
        if self._watch is not None:
            if took > LONG_MS:
                self.doing.append((took, self._seen))
            self._seen = Counter()
        self._wall, self._work = time.perf_counter(), time.thread_time()

    def _look(self) -> None:
        while not self._stop.wait(LOOK_EVERY_S):
            if (time.perf_counter() - self._wall) * 1000 > LONG_MS / 4:
                self._seen[_told(sys._current_frames().get(self._thread))] += 1


def _told(frame: FrameType | None) -> str:
    """`desk._changed < film_watch.flush < …`, our own functions only, the innermost first."""
    names: list[str] = []
    while frame is not None:
        file = frame.f_code.co_filename
        if "/studio/" in file or "/model_runtime/" in file or "/tests/" in file:
            module = file.rpartition("/")[2].removesuffix(".py")
            names.append(f"{module}.{frame.f_code.co_name}:{frame.f_lineno}")
        elif not names:
            names.append(f"({file.rpartition('/')[2]}:{frame.f_lineno})")
        frame = frame.f_back
    return " < ".join(names[:6])


def edits_in_a_long_film(shots: int = 2_000) -> dict[str, Turns]:
    """Ten trims, undos and redos with the timeline open, then an arrow key held on the board; turns of each."""
    from studio.project.commands.trim import trim_tail

    measured: dict[str, Turns] = {}
    film = large_film(shots, shots * 5)
    with tempfile.TemporaryDirectory() as place, opened_window(_copy(film, Path(place))) as window:
        window.board_panel.show_view("timeline")
        _rest(SETTLES_S)
        event = window.cutting.watch.cut.events[shots // 2].id
        trims = [partial(window.door.run, trim_tail, event, by) for by in (3, -3) * 5]
        measured["a trim"] = _each(trims, EDIT_EVERY_MS)
        measured["undo"] = _each([window.door.undo] * 10, EDIT_EVERY_MS)
        measured["redo"] = _each([window.door.redo] * 10, EDIT_EVERY_MS)
        window.board_panel.show_view("board")
        measured["an arrow key held"] = _each([partial(_press, window.board, Qt.Key.Key_Right)] * 100, KEY_EVERY_MS)
    return measured


def _copy(film: Path, place: Path) -> Path:
    """To be written to: the database alone, its pictures as links."""
    folder = place / "film"
    folder.mkdir()
    shutil.copyfile(film / "project.sqlite", folder / "project.sqlite")
    shutil.copytree(film / "cache", folder / "cache", copy_function=os.link)
    return folder


def _rest(seconds: float) -> None:
    until = time.monotonic() + seconds
    Turns().run_until(lambda: time.monotonic() > until, seconds + 1)


def _each(acts: Sequence[Callable[[], object]], every_ms: int) -> Turns:
    """One act after the other, and what follows the last."""
    left, turns, doing = list(acts), Turns(), QTimer(interval=every_ms)
    ended: list[float] = []

    def do_one() -> None:
        if left:
            left.pop(0)()
        elif not ended:
            ended.append(time.monotonic())

    doing.timeout.connect(do_one)
    doing.start()
    turns.run_until(lambda: bool(ended) and time.monotonic() > ended[0] + 1, 120)
    doing.stop()
    return turns


def _press(widget: QWidget, key: Qt.Key) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", True))
