"""Threads for work that waits more than it computes: at most so many at once, and none when there is nothing to do."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Lanes(Generic[T]):
    """`do` is called with every piece of work put in, each on one of at most `most` threads, in the order they came.

    `do` must not raise. The threads are daemons: they never keep the process from leaving.
    """

    def __init__(self, do: Callable[[T], None], most: int) -> None:
        self.do, self.most = do, most
        self.lock = threading.Lock()
        self.todo: deque[T] = deque()
        self.busy = 0

    def put(self, work: T) -> None:
        """From any thread; returns at once."""
        with self.lock:
            self.todo.append(work)
            if self.busy < self.most:
                self.busy += 1
                threading.Thread(target=self._run, name=f"lane {self.busy}", daemon=True).start()

    def _run(self) -> None:
        while True:
            with self.lock:
                if not self.todo:
                    self.busy -= 1
                    return
                work = self.todo.popleft()
            self.do(work)
