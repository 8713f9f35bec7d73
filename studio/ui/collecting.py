"""When Python looks for rubbish: not while somebody works, for it looks at every object of a large film at once.

A full collection takes a tenth of a second with 2,000 shots open, in the middle of whatever the hands do. Nearly all
of what an edit leaves behind goes by itself or with the small collections, which stay as they are; only what hangs
together in circles and has grown old waits until the user is in another program.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

SELDOM = 5_000
"""So many collections of the middle-aged, each after some 7,000 new objects, before a full one comes by itself."""
SETTLED_MS = 4_000
"""By then a film that was opened is read; what it consists of is not looked at again."""


class Collecting(QObject):
    """As long as it lives. Made with the window, whose child it is."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._before = gc.get_threshold()
        gc.set_threshold(self._before[0], self._before[1], SELDOM)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.applicationStateChanged.connect(self._state_changed)
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settled.timeout.connect(gc.freeze)
        self._settled.start()

    def close(self) -> None:
        """The window goes: all is as it was before, and what it consisted of may be collected."""
        self._settled.stop()
        gc.unfreeze()
        gc.set_threshold(*self._before)

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationInactive:
            gc.collect()
