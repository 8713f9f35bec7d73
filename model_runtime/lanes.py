"""Threads for work that waits more than it computes: at most so many at once, begun when they are first needed."""

from __future__ import annotations

import queue
import threading
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
        self.todo: queue.SimpleQueue[T] = queue.SimpleQueue()
        self.waiting = 0
        """Pieces of work in line or being done."""
        self.threads: list[threading.Thread] = []

    def put(self, work: T) -> None:
        """From any thread; returns at once."""
        with self.lock:
            self.waiting += 1
            if self.waiting > len(self.threads) < self.most:
                thread = threading.Thread(target=self._run, name=f"lane {len(self.threads) + 1}", daemon=True)
                self.threads.append(thread)
                thread.start()
        self.todo.put(work)

    def _run(self) -> None:
        while True:
            work = self.todo.get()
            try:
                self.do(work)
            finally:
                with self.lock:
                    self.waiting -= 1
