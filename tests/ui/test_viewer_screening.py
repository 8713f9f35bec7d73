"""A screening: the film on a display, nothing of the studio, the keys of playing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from studio.open_project import OpenProject
from studio.ui.theme import Look
from studio.ui.viewer.overlays import Overlays
from studio.ui.viewer.screening import Screenings
from tests.ui.viewing import Viewing, viewing


@pytest.fixture
def there(qtbot: QtBot, look: Look, project: OpenProject, tmp_path: Path) -> Iterator[Viewing]:
    with viewing(qtbot, look, project, tmp_path) as made:
        yield made


@pytest.fixture
def screenings(there: Viewing, look: Look) -> Iterator[Screenings]:
    made = Screenings(look, there.settings, there.viewer, there.host)
    yield made
    made.close()


def test_one_key_opens_it_and_the_picture_is_that_of_the_playhead(
    qtbot: QtBot, there: Viewing, screenings: Screenings
) -> None:
    there.desk.seek_film(9)
    screenings.toggle()
    with qtbot.waitExposed(screenings.window):
        pass
    there.settle()
    screen = screenings.window.picture
    assert screenings.window.geometry() == there.host.screen().geometry()
    assert screen.shown.picture.frame.take_frame == there.viewer.sequence.wanted(9).take_frame
    there.viewer.steps.frame_on()
    there.settle()
    assert screen.shown.picture.frame.take_frame == there.viewer.sequence.wanted(10).take_frame


def test_no_word_of_the_studio_stands_on_it(there: Viewing, screenings: Screenings) -> None:
    there.choose(there.shots[1])
    there.viewer.show_overlays(Overlays(thirds=True))
    assert there.viewer.picture.shown.picture.foot == "Ctrl Enter draws a panel"
    screenings.toggle()
    there.settle()
    assert screenings.window.picture.shown.picture.foot == ""


def test_escape_leaves_and_the_viewer_shows_pictures_again(
    qtbot: QtBot, there: Viewing, screenings: Screenings
) -> None:
    screenings.toggle()
    qtbot.keyClick(screenings.window, Qt.Key.Key_Escape)
    assert screenings.window is None
    there.viewer.steps.frame_on()
    there.settle()
    assert there.viewer.picture.shown.picture.frame.take_frame == there.viewer.sequence.wanted(1).take_frame


def test_the_keys_of_playing_work_on_it(qtbot: QtBot, there: Viewing, screenings: Screenings) -> None:
    play = QAction("Play", there.host)
    play.setShortcut("Space")
    play.triggered.connect(there.viewer.transport.toggle)
    screenings.know([play])
    screenings.toggle()
    with qtbot.waitExposed(screenings.window):
        pass
    qtbot.keyClick(screenings.window, Qt.Key.Key_Space)
    assert there.viewer.transport.speed == 1
    there.viewer.transport.stop()


def test_the_pointer_goes_when_it_rests(qtbot: QtBot, screenings: Screenings) -> None:
    screenings.toggle()
    window = screenings.window
    qtbot.waitUntil(lambda: window.cursor().shape() == Qt.CursorShape.BlankCursor, timeout=3000)
    qtbot.mousePress(window.picture, Qt.MouseButton.RightButton)
    assert window.cursor().shape() != Qt.CursorShape.BlankCursor


def test_a_display_that_is_gone_gives_way_to_the_studios(there: Viewing, screenings: Screenings) -> None:
    there.settings["screening_display"] = "a projector that was unplugged"
    assert screenings.display() is there.host.screen()


def test_displays_are_named_and_choosing_one_is_kept(there: Viewing, screenings: Screenings) -> None:
    (choice,) = screenings.displays()
    assert choice.text.startswith("Display 1: ") and choice.text.endswith("used now")
    choice.run()
    assert there.settings["screening_display"] == there.host.screen().name()
