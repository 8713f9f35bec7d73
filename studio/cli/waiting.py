"""Waiting for something that answers later, without a window: hears Ctrl+C, and raises what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEventLoop

from studio.app import Faults, stop_signals
from studio.errors import StudioError
from studio.generation.queue import JobQueue

Answer = Callable[[Any], None]


def wait_for(begin: Callable[[Answer], Any], *, stop: Callable[[], Any] = lambda: None) -> Any:
    """What `begin` is answered; it is handed the function to answer with. `stop` is called on Ctrl+C.

    Raises the answer where it is a StudioError, and StudioError after Ctrl+C.
    """
    loop, answers, stopped = QEventLoop(), [], []

    def answered(result: Any = None) -> None:
        answers.append(result)
        loop.quit()

    def stop_now() -> None:
        stopped.append(True)
        stop()
        loop.quit()

    with Faults(lambda error, path: loop.quit()) as faults, stop_signals(stop_now):
        begin(answered)
        if not answers:
            loop.exec()
    if faults.first is not None:
        raise faults.first
    if stopped:
        raise StudioError("Stopped by Ctrl+C.", "What was finished before is kept.")
    result = answers[0]
    if isinstance(result, StudioError):
        raise result
    return result


def know_engines(queue: JobQueue) -> None:
    """Until the runtime that draws has told which engines there are. Raises StudioError where it cannot start."""

    def begin(answer: Answer) -> None:
        queue.engines_changed.connect(lambda: answer(None))
        queue.troubled.connect(answer)
        queue.know_engines()

    if not queue.engines():
        wait_for(begin)
