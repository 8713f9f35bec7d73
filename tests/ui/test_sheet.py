"""A sheet over the window: what stays when it goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from studio.open_project import OpenProject
from studio.project.store import FilmSettings
from studio.project.timing import FrameRate
from studio.ui.forms import SceneSheet
from studio.ui.parts.sheet import Sheet
from studio.ui.start.film_form import NewFilmSheet
from tests.ui.conftest import Opened


def test_a_closed_sheet_takes_nothing_of_the_window_with_it(qtbot: QtBot, opened: Opened) -> None:
    window = opened.window
    kept = [window.board.viewport(), window.timeline.viewport(), *window.menus.values()]
    for _round in range(2):
        window.sheets.new_scene()
        sheet = window.findChild(Sheet)
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        with qtbot.waitSignal(sheet.destroyed):
            sheet.close_sheet()
            del sheet
    assert all(shiboken6.isValid(one) for one in kept)


@pytest.fixture
def empty_film(tmp_path: Path) -> Iterator[OpenProject]:
    film = OpenProject.create(tmp_path / "empty", FilmSettings("Empty", FrameRate(24)))
    yield film
    film.close()


def test_the_first_shot_of_a_film_has_the_hands_in_its_draft(
    empty_film: OpenProject, open_window: Callable[..., Opened]
) -> None:
    window = open_window(empty_film).window
    window.sheets.new_shot()
    sheet = window.findChild(SceneSheet)
    sheet.heading.setText("INT. KITCHEN – DAY")
    sheet.keep_button.click()
    assert window.focusWidget() is window.prompt.draft, "not the board, where letters are commands"


def test_a_sheet_closes_where_what_had_the_keyboard_is_gone(opened: Opened) -> None:
    window = opened.window
    below = Sheet(window.look, window, "Below")
    below.open()
    row = QLineEdit(window)
    row.show()
    row.setFocus()
    above = Sheet(window.look, window, "Above")
    above.open()
    shiboken6.delete(row)
    above.close_sheet()
    assert window.focusWidget() is below, "not the window, where keys are commands"


def test_what_was_read_for_a_sheet_that_was_closed_meanwhile_is_dropped(qtbot: QtBot, opened: Opened) -> None:
    window, told = opened.window, []
    window.shell.new_film()
    sheet = window.findChild(NewFilmSheet)
    sheet.match_movie(Path("/nowhere/of-this-name.mp4"))
    sheet.close_sheet()
    shiboken6.delete(sheet)
    window.background.run(lambda: 1, told.append, told.append)
    qtbot.waitUntil(lambda: told == [1])
