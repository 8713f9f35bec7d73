"""Processes that draw while a card trains: each makes one thing after the other into a queue that has an end."""

from __future__ import annotations

import multiprocessing
import queue
from collections.abc import Callable, Iterator
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Generic, TypeVar

import cv2

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

AHEAD = 8  # things that wait to be taken

T = TypeVar("T")


def _work(make: Callable[[int], Iterator[T]], number: int, made: Queue[T]) -> None:
    cv2.setNumThreads(1)
    for each in make(number):
        made.put(each)


class Workers(Generic[T]):
    """One process for each of `numbers`, which is told its own; `make` is sent to it by name and must not end."""

    def __init__(self, make: Callable[[int], Iterator[T]], numbers: range) -> None:
        context = multiprocessing.get_context("spawn")
        self._made: Queue[T] = context.Queue(AHEAD)
        self.processes: list[BaseProcess] = [
            context.Process(target=_work, args=(make, number, self._made), daemon=True) for number in numbers
        ]
        for process in self.processes:
            process.start()

    def take(self) -> T | None:
        """The next one if there is one; never waits."""
        try:
            return self._made.get_nowait()
        except queue.Empty:
            return None

    def close(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.join()
        self._made.close()
        self._made.cancel_join_thread()
