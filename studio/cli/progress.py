"""Progress of long work: bars on a terminal, a plain line every few seconds anywhere else."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from studio.cli.talk import say

LINE_EVERY_S = 4.0


class Show:
    """One bar or line for each piece of work, by a key of the caller's. This one says nothing: beside JSON."""

    def start(self, key: str, label: str) -> None:
        """A piece of work begins; told twice, it counts once."""

    def update(self, key: str, done: int, total: int, note: str = "") -> None:
        """How far it is, and what is being done."""

    def tell(self, key: str, sentence: str) -> None:
        """What is done otherwise than asked."""

    def end(self, key: str, note: str) -> None:
        """It is over, and how."""

    def __enter__(self) -> Show:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        return None


def show(quiet: bool = False) -> Show:
    if quiet:
        return Show()
    return Bars() if sys.stdout.isatty() else Lines()


class Bars(Show):
    def __init__(self) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(24), TextColumn("{task.fields[note]}"),
                   TimeElapsedColumn())
        self._progress = Progress(*columns, console=Console(highlight=False))
        self._tasks: dict[str, TaskID] = {}
        self._labels: dict[str, str] = {}

    def __enter__(self) -> Bars:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._progress.stop()

    def start(self, key: str, label: str) -> None:
        if key not in self._tasks:
            self._labels[key] = label
            self._tasks[key] = self._progress.add_task(label, total=None, start=False, note="waiting")

    def update(self, key: str, done: int, total: int, note: str = "") -> None:
        if key in self._tasks:
            self._progress.start_task(self._tasks[key])
            self._progress.update(self._tasks[key], completed=done, total=total or None, note=note)

    def tell(self, key: str, sentence: str) -> None:
        if key in self._tasks:
            self._progress.console.print(f"{self._labels[key]}: {sentence}", markup=False)

    def end(self, key: str, note: str) -> None:
        if key in self._tasks:
            self._progress.update(self._tasks[key], completed=1, total=1, note=note)
            self._progress.stop_task(self._tasks[key])


class Lines(Show):
    def __init__(self) -> None:
        self._labels: dict[str, str] = {}
        self._began: dict[str, float] = {}
        self._said = time.monotonic()

    def start(self, key: str, label: str) -> None:
        self._labels.setdefault(key, label)

    def update(self, key: str, done: int, total: int, note: str = "") -> None:
        now = time.monotonic()
        self._began.setdefault(key, now)
        if key in self._labels and now - self._said >= LINE_EVERY_S:
            self._said = now
            self._say(f"{self._labels[key]}: {done} of {total}{', ' if note else ''}{note}")

    def tell(self, key: str, sentence: str) -> None:
        if key in self._labels:
            self._say(f"{self._labels[key]}: {sentence}")

    def end(self, key: str, note: str) -> None:
        if key in self._labels:
            self._said = time.monotonic()
            seconds = self._said - self._began.get(key, self._said)
            self._say(f"{self._labels[key]}: {note} ({seconds:.1f} s)")

    def _say(self, line: str) -> None:
        say(line)
        sys.stdout.flush()
