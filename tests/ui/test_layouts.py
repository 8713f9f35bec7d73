"""Layouts: each with its own docks and sizes, kept, saved under a name, and back on a screen that is there."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from studio.open_project import OpenProject
from studio.project.commands.film import set_film
from studio.ui.forms import NameSheet
from studio.ui.layouts import ARRANGEMENTS, KEPT_AS, bring_on_screen
from tests.ui.conftest import Opened

KEYS = {"board": Qt.Key.Key_F5, "edit": Qt.Key.Key_F6, "review": Qt.Key.Key_F7}


def shown(opened: Opened) -> set[str]:
    return {name for name, dock in opened.window.docks.items() if dock.isVisible()}


@pytest.mark.parametrize("name", ARRANGEMENTS)
def test_a_layout_is_one_key_away_and_shows_its_own_panels(qtbot: QtBot, opened: Opened, name: str) -> None:
    opened.window.layouts.choose("edit" if name == "board" else "board")
    qtbot.keyClick(opened.window.board, KEYS[name])
    assert opened.window.layouts.current == name
    assert shown(opened) == set(ARRANGEMENTS[name].shown)
    assert opened.window.top_bar.layouts.current() == name
    assert [one for one in ARRANGEMENTS if opened.window.actions_by_id[f"layout_{one}"].isChecked()] == [name]


def test_every_layout_names_only_docks_the_window_has(opened: Opened) -> None:
    assert set().union(*(plan.shown for plan in ARRANGEMENTS.values())) == set(opened.window.docks)


def test_each_layout_keeps_sizes_of_its_own(qtbot: QtBot, opened: Opened) -> None:
    docks, layouts = opened.window.docks, opened.window.layouts
    qtbot.waitUntil(lambda: docks["prompt"].width() == opened.window.look.size("right-column"))
    opened.window.resizeDocks([docks["prompt"]], [420], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: docks["prompt"].width() == 420)
    layouts.choose("edit")
    qtbot.waitUntil(lambda: docks["inspector"].width() == opened.window.look.size("inspector"))
    layouts.choose("board")
    qtbot.waitUntil(lambda: docks["prompt"].width() == 420)


def test_the_layout_of_the_last_time_is_the_first_of_the_next(
    open_window: Callable[..., Opened], project: OpenProject
) -> None:
    first = open_window(project)
    first.window.layouts.choose("review")
    first.window.close()
    second = open_window(project)
    assert second.window.layouts.current == "review" and shown(second) == set(ARRANGEMENTS["review"].shown)


def test_a_panel_is_hidden_and_shown_from_the_menu_and_its_tick_says_so(opened: Opened) -> None:
    takes = opened.window.actions_by_id["show_takes"]
    assert takes.isChecked()
    takes.trigger()
    assert "takes" not in shown(opened) and not takes.isChecked()
    opened.window.actions_by_id["to_takes"].trigger()
    assert "takes" in shown(opened) and takes.isChecked()


def test_put_back_shows_every_panel_of_the_layout_again(opened: Opened) -> None:
    for name in ("show_takes", "show_gallery", "show_board"):
        opened.window.actions_by_id[name].trigger()
    opened.window.actions_by_id["reset_layout"].trigger()
    assert shown(opened) == set(ARRANGEMENTS["board"].shown)


def test_a_layout_saved_under_a_name_comes_back_and_can_be_removed(qtbot: QtBot, opened: Opened) -> None:
    layouts = opened.window.layouts
    opened.window.actions_by_id["show_takes"].trigger()
    opened.window.actions_by_id["save_layout"].trigger()
    sheet = opened.window.findChild(NameSheet)
    qtbot.keyClicks(sheet.name, "Drawing day")
    sheet.keep_button.click()
    layouts.choose("review")
    choices = opened.window.places.saved_layouts()
    assert [one.text for one in choices] == ["Drawing day", "Remove Drawing day"]
    choices[0].run()
    assert layouts.current == "board" and shown(opened) == set(ARRANGEMENTS["board"].shown) - {"takes"}
    choices[1].run()
    assert layouts.saved() == [] and not opened.window.settings.layout(f"{KEPT_AS}-saved-Drawing day")


def test_a_layout_without_a_name_is_refused_in_the_sheet(opened: Opened) -> None:
    opened.window.actions_by_id["save_layout"].trigger()
    sheet = opened.window.findChild(NameSheet)
    sheet.keep_button.click()
    assert sheet.isVisible() and "needs a name" in sheet.refusal.text()
    sheet.close_sheet()


def test_a_broken_state_in_the_settings_gives_the_layout_as_shipped(
    open_window: Callable[..., Opened], project: OpenProject, tmp_path: Path
) -> None:
    first = open_window(project)
    first.window.close()
    first.window.settings.keep_layout(f"{KEPT_AS}-board", b"no state of docks")
    second = open_window(project)
    assert shown(second) == set(ARRANGEMENTS["board"].shown)


def test_a_window_kept_on_a_screen_that_is_gone_comes_back_where_it_can_be_seen(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setGeometry(9000, 7000, 600, 400)
    kept = window.saveGeometry()
    again = QMainWindow()
    qtbot.addWidget(again)
    again.restoreGeometry(QByteArray(kept))
    again.setGeometry(9000, 7000, 600, 400)
    bring_on_screen(again)
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert room.contains(again.geometry().center())


def test_narrow_windows_fold_the_gallery(qtbot: QtBot, opened: Opened) -> None:
    opened.window.resize(1280, 720)
    opened.window.layouts.reset()
    qtbot.waitUntil(lambda: opened.window.docks["gallery"].width() == opened.window.look.size("gallery-folded"))


def test_the_film_strip_goes_to_the_shot_that_is_chosen_and_follows_the_board(qtbot: QtBot, opened: Opened) -> None:
    opened.window.layouts.choose("review")
    strip = opened.window.film_strip
    strip.setFocus()
    strip.setCurrentIndex(strip.model().index(2, 0))
    assert opened.window.selection.shot == opened.shots[2]
    opened.window.board.select_shot(opened.shots[0])
    assert strip.currentIndex().row() == 0


@pytest.mark.parametrize("panel", ["board", "viewer", "prompt", "takes", "gallery"])
def test_each_panel_is_reached_by_its_key(qtbot: QtBot, opened: Opened, panel: str) -> None:
    opened.window.actions_by_id[f"to_{panel}"].trigger()
    place = opened.window.docks.get(panel, opened.window.viewer)
    here = opened.window.focusWidget()
    assert here is not None and (place is here or place.isAncestorOf(here))


def test_the_keys_go_to_the_main_panel_where_the_one_that_had_them_is_hidden(opened: Opened) -> None:
    opened.window.layouts.choose("review")
    here = opened.window.focusWidget()
    assert opened.window.viewer is here or opened.window.viewer.isAncestorOf(here)


@pytest.mark.parametrize("size", [(1280, 720), (1024, 640)])
def test_no_panel_lies_over_another_when_a_layout_comes_back(
    qtbot: QtBot, opened: Opened, size: tuple[int, int]
) -> None:
    window = opened.window
    window.resize(*size)
    for name in ("edit", "board", "edit", "review", "board"):
        window.layouts.choose(name)
        qtbot.wait(0)  # Qt places docks in the next turn of its loop
        seen = [dock for dock in window.docks.values() if dock.isVisible()]
        over = {(a.windowTitle(), b.windowTitle()) for a in seen for b in seen
                if a is not b and a.geometry().intersects(b.geometry())}  # fmt: skip
        assert not over, name


def test_the_name_of_the_film_lies_under_nothing_however_narrow_the_window(qtbot: QtBot, opened: Opened) -> None:
    window = opened.window
    opened.project.run(set_film, title="A long title that no narrow window has room for")
    window.watch.flush()
    for width in (1024, 1100, 1280, 1600):
        window.resize(width, 640)
        qtbot.wait(0)
        bar = window.top_bar
        assert not bar.film.text() or bar.film.geometry().right() < bar.layouts.geometry().left(), width
        assert not bar.film.text() or bar.film.geometry().left() > bar.menus.geometry().right(), width
