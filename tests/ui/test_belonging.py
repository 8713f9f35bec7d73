"""A window that is closed goes, with everything it was made of."""

import gc
import weakref
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.open_project import OpenProject
from studio.ui.belonging import belong_to
from tests.ui.conftest import Opened


class Holder:
    def __init__(self) -> None:
        self.desk, self.film, self.placed, self.words = QObject(), QObject(), QObject(), "no object"
        self.parent = QObject()
        self.placed.setParent(self.parent)


def test_what_has_no_parent_belongs_to_the_window_and_others_stay_their_own() -> None:
    window, holder = QObject(), Holder()
    belong_to(window, [holder], others=[holder.film])
    assert holder.desk.parent() is window
    assert holder.film.parent() is None and holder.placed.parent() is holder.parent


@pytest.fixture
def gone(qtbot: QtBot, open_window: Callable[..., Opened], project: OpenProject) -> "weakref.ref[QObject]":
    """A window that was opened, closed and let go of, as when another film is opened."""
    opened = open_window(project)
    qtbot.waitUntil(lambda: opened.window.viewer.settled)
    window = weakref.ref(opened.window)
    opened.window.close()
    opened.window.deleteLater()
    opened.window = None  # type: ignore[assignment]
    return window


def test_nothing_keeps_a_window_that_is_closed(gone: "weakref.ref[QObject]") -> None:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    gc.collect()
    assert gone() is None
