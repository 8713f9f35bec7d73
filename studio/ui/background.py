"""Work that takes longer than the window may wait: done on a worker, answered on the GUI thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

from studio.errors import StudioError

log = logging.getLogger(__name__)


class _Answers(QObject):
    done = Signal(object, object)
    """what to call, with what"""


class _Work(QRunnable):
    def __init__(
        self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[StudioError], None],
        answers: _Answers,
    ) -> None:  # fmt: skip
        super().__init__()
        self._work, self._done, self._failed, self._answers = work, done, failed, answers

    def run(self) -> None:
        try:
            result = self._work()
        except StudioError as error:
            self._answers.done.emit(self._failed, error)
        except Exception as error:
            log.exception("a fault in background work")
            told = StudioError("Something in Shotwright itself went wrong.", f"The log has the details: {error}")
            self._answers.done.emit(self._failed, told)
        else:
            self._answers.done.emit(self._done, result)


class Background(QObject):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._closed = False
        self._answers = _Answers()
        self._answers.done.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def run(
        self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[StudioError], None]
    ) -> None:
        """`work` on a worker, then `done(result)` or `failed(error)` on the GUI thread.

        Nothing once it is closed, and nothing for methods of a widget that is gone, such as a sheet closed meanwhile.
        """
        if self._closed:
            return
        self._pool.start(_Work(work, done, failed, self._answers))

    def close(self) -> None:
        """Waits for what runs. What was not answered by now is not answered any more: who asked may be gone."""
        self._closed = True
        self._pool.clear()
        self._pool.waitForDone()

    def _answer(self, call: Callable[[object], None], result: object) -> None:
        if not self._closed and not _is_gone(call):
            call(result)


def _is_gone(call: Callable[[object], None]) -> bool:
    method = call.func if isinstance(call, partial) else call
    asker = getattr(method, "__self__", None)
    return isinstance(asker, QObject) and not shiboken6.isValid(asker)
