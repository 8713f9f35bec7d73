"""How long the window's thread is busy in one go, for `tests.bench_window`: `Turns` listens beside the work itself."""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer

TICK_MS = 1
LONG_MS = 40.0
LOOK_EVERY_S = 0.004


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
