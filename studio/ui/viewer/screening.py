"""The film full screen on a display of its own choice: the picture on black, nothing of the studio."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QCursor, QGuiApplication, QKeyEvent, QMouseEvent, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.settings import Settings
from studio.ui.actions.build import Choice
from studio.ui.theme import Look
from studio.ui.viewer.dock import Viewer
from studio.ui.viewer.overlays import Overlays
from studio.ui.viewer.screen import Screen

CURSOR_STAYS_MS = 1000


class ScreeningWindow(QWidget):
    """Nothing but the picture. The pointer goes away when it rests."""

    closed = Signal()

    def __init__(self, look: Look, aspect: QSize) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle("Screening")
        self.setAccessibleName("Screening")
        self.setObjectName("well")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.picture = Screen(look, aspect, bare=True)
        self.setMinimumSize(self.picture.minimumSize())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.picture)
        self._rest = QTimer(self, singleShot=True, interval=CURSOR_STAYS_MS)
        self._rest.timeout.connect(lambda: self.setCursor(QCursor(Qt.CursorShape.BlankCursor)))
        self.picture.setMouseTracking(True)
        self.picture.installEventFilter(self)

    def show_on(self, display: QScreen) -> None:
        self.setGeometry(display.geometry())
        self.showFullScreen()
        self.activateWindow()
        self.setFocus()
        self._rest.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            self.unsetCursor()
            self._rest.start()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._rest.stop()
        self.closed.emit()
        super().closeEvent(event)


class Screenings(QObject):
    """Opens the screening, plays on it, and closes it; a display that is unplugged gives it back to another."""

    def __init__(self, look: Look, settings: Settings, viewer: Viewer, over: QWidget) -> None:
        """`over`: the studio's window, whose display is taken where the chosen one is not there."""
        super().__init__(over)
        self._look, self._settings, self._viewer, self._over = look, settings, viewer, over
        self._window: ScreeningWindow | None = None
        self._actions: tuple[QAction, ...] = ()
        viewer.panel.screening.clicked.connect(lambda _checked=False: self.toggle())
        viewer.header.overlays_chosen.connect(self._show_overlays)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenRemoved.connect(self._display_gone)

    def know(self, actions: Sequence[QAction]) -> None:
        """The actions whose keys work during a screening."""
        self._actions = tuple(actions)

    @property
    def window(self) -> ScreeningWindow | None:
        """While there is a screening."""
        return self._window

    def display(self) -> QScreen:
        """The one that was chosen, else the one the studio is on."""
        wanted = self._settings["screening_display"]
        there = {screen.name(): screen for screen in QGuiApplication.screens()}
        return there.get(wanted) or self._over.screen()

    def close(self) -> None:
        if self._window is not None:
            self._window.close()

    # --- called by actions ---

    def toggle(self) -> None:
        if self._window is not None:
            self._window.close()
            return
        self._window = ScreeningWindow(self._look, self._viewer.picture.aspect)
        self._window.picture.set_delivery(self._viewer.picture.delivery)
        self._window.closed.connect(self._closed)
        self._window.addActions(self._actions)
        self._show_overlays(self._viewer.header.overlays)
        self._window.picture.resized.connect(self._viewer.presenter.again)
        self._window.show_on(self.display())
        self._viewer.presenter.show_on(self._window.picture)

    def displays(self) -> list[Choice]:
        """The displays there are, for a menu."""
        used = self.display().name()
        return [
            Choice(_words(screen, place, used=screen.name() == used), partial(self._choose, screen.name()))
            for place, screen in enumerate(QGuiApplication.screens(), 1)
        ]

    # --- within ---

    def _choose(self, name: str) -> None:
        self._settings["screening_display"] = name
        if self._window is not None:
            self._window.show_on(self.display())

    def _show_overlays(self, overlays: Overlays) -> None:
        if self._window is not None:
            self._window.picture.show_overlays(overlays)

    def _display_gone(self, gone: QScreen) -> None:
        """Qt moves windows of a display that goes away; ours must fill the one it comes to."""
        if self._window is not None:
            window = self._window
            QTimer.singleShot(0, window, lambda: window.show_on(self.display()))

    def _closed(self) -> None:
        window, self._window = self._window, None
        if window is not None:
            self._viewer.presenter.show_on(self._viewer.picture)
            window.deleteLater()
            self._viewer.setFocus()


def _words(screen: QScreen, place: int, *, used: bool) -> str:
    size = screen.size() * screen.devicePixelRatio()
    words = f"Display {place}: {screen.name() or 'unnamed'}, {size.width()} × {size.height()}"
    return f"{words}, used now" if used else words
