"""J, K and L: faster each way, and with K held down slowly or one frame at a time."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from studio.ui.viewer.transport import SLOW, Transport

DIRECTIONS = {Qt.Key.Key_J: -1, Qt.Key.Key_L: 1}


class Shuttle(QObject):
    """Shortcuts say that a key went down; that it came up again is heard here while K is held, and only then."""

    def __init__(self, transport: Transport) -> None:
        super().__init__()
        self._transport = transport
        self._held = False

    def hold(self) -> None:
        """K: stops; as long as it is held, J and L go slowly."""
        self._transport.stop()
        application = QCoreApplication.instance()
        if not self._held and application is not None:
            self._held = True
            application.installEventFilter(self)

    def press(self, direction: int) -> None:
        """L (1) or J (-1): at once one frame with K held, and on at half speed until it is let go."""
        if not self._held:
            self._transport.faster(direction)
        elif not self._transport.speed:
            self._transport.step(direction)
            self._transport.play(direction * SLOW)

    def let_go(self) -> None:
        """K came up, or the window lost the keyboard."""
        if self._held:
            self._held = False
            self._transport.stop()
            application = QCoreApplication.instance()
            if application is not None:
                application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationDeactivate:
            self.let_go()
        elif event.type() == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent) and not event.isAutoRepeat():
            if event.key() == Qt.Key.Key_K:
                self.let_go()
            elif event.key() in DIRECTIONS:
                self._transport.stop()
        return False
