"""A window on a film, brought from state to state by its own actions, each state kept as a picture."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from studio.app import Studio
from studio.project import queries
from studio.project.cards import ShotCard
from studio.settings import Settings
from studio.ui.main_window import MainWindow
from studio.ui.parts.sheet import Sheet

STANDARD, NARROW, WIDE = (1600, 1000), (1280, 720), (2560, 1440)
RESTS_S = 0.4
"""Hover, estimates and the board's pictures come a moment later."""


def wait(so: Callable[[], bool], seconds: float = 30, what: str = "a state of the window") -> None:
    """Runs the event loop until something is so; fails loudly when it is not in time."""
    until = time.monotonic() + seconds
    while not so():
        if time.monotonic() > until:
            raise TimeoutError(f"{what} was not reached in {seconds:g} s")
        loop = QEventLoop()
        QTimer.singleShot(30, loop.quit)
        loop.exec()


def rest(seconds: float = RESTS_S) -> None:
    until = time.monotonic() + seconds
    wait(lambda: time.monotonic() > until, seconds + 5)


def keep(widget: QWidget, folder: Path, name: str) -> None:
    widget.grab().save(str(folder / f"{name}.png"))
    print(name, flush=True)


class Camera:
    def __init__(self, studio: Studio, folder: Path, settings: Settings, size: tuple[int, int] = STANDARD) -> None:
        self.studio, self.folder, self.settings = studio, folder, settings
        self.project, self.queue = studio.project, studio.queue
        self.window = MainWindow(studio.project, studio.queue, settings)
        self.window.setWindowState(Qt.WindowState.WindowNoState)
        self.window.resize(*size)
        self.window.show()
        rest()

    @property
    def cards(self) -> tuple[ShotCard, ...]:
        return tuple(self.project.ask(queries.shot_cards))

    # --- hands ---

    def do(self, action: str) -> None:
        """One of the window's actions, as its menu entry would."""
        entry = self.window.actions_by_id[action]
        assert entry.isEnabled(), f"{action} cannot be done now: {entry.toolTip()}"
        entry.trigger()
        rest(0.1)

    def select(self, place: int) -> None:
        """The shot at this place of the board, from 0."""
        self.window.board.select_shot(self.cards[place].id)
        rest(0.1)

    def drag(self, widget: QWidget, *points: QPoint) -> None:
        """From the first point over the others to the last one."""
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(widget, left, none, points[0])
        for point in points[1:]:
            QTest.mouseMove(widget, point)
        QTest.mouseRelease(widget, left, none, points[-1])
        rest(0.2)

    def begin_drag(self, widget: QWidget, start: QPoint, end: QPoint) -> Callable[[], None]:
        """Presses and moves; what it returns takes it back with Esc, so that the film stays as it is."""
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(widget, left, none, start)
        for part in range(1, 9):
            QTest.mouseMove(widget, start + (end - start) * part / 8)

        def let_go() -> None:
            QTest.keyClick(self.window.focusWidget(), Qt.Key.Key_Escape)
            QTest.mouseRelease(widget, left, none, start)
            rest(0.1)

        return let_go

    # --- pictures ---

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """The window, or a window of its own, once everything on it has come."""
        window = self.window
        rest()
        wait(lambda: window.viewer.settled and not window.pictures.busy and not window.strips.busy)
        keep(widget or window, self.folder, name)

    def take_sheet(self, name: str) -> None:
        """With the sheet that is open, which is closed then."""
        open_ones = [sheet for sheet in self.window.findChildren(Sheet) if sheet.isVisible()]
        assert open_ones, f"no sheet is open for {name}"
        self.take(name)
        for sheet in open_ones:
            sheet.close_sheet()
        rest(0.1)
