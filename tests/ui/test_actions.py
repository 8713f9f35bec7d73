"""Menus, keys and palette are one table; what it promises is there."""

from collections import Counter
from pathlib import Path

import platformdirs
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from studio.project.commands import marker
from studio.ui import actions
from studio.ui.palette import Entry, Palette, matching
from studio.ui.parts.sheet import Sheet
from tests.ui.conftest import Opened


def test_ids_are_unique_and_menus_and_needs_are_known() -> None:
    assert all(count == 1 for count in Counter(one.id for one in actions.ACTIONS).values())
    assert {one.menu for one in actions.ACTIONS} <= set(actions.MENUS)
    assert {need for one in actions.ACTIONS for need in one.needs} <= set(actions.NEEDS)


def test_no_key_means_two_things_in_one_place() -> None:
    keys = Counter((one.where, QKeySequence(key).toString()) for one in actions.ACTIONS for key in one.keys)
    assert [key for key, count in keys.items() if count > 1] == []
    assert all(QKeySequence(key).toString() for one in actions.ACTIONS for key in one.keys)


def test_every_entry_calls_something_that_is_there_and_stands_in_its_menu(opened: Opened) -> None:
    bar = opened.window.top_bar.menus
    menus = {entry.text(): entry.menu() for entry in bar.actions()}
    for one in actions.ACTIONS:
        built = opened.window.actions_by_id[one.id]
        assert built in menus[one.menu].actions()
        assert built.text()


def test_an_action_that_cannot_be_done_says_why(opened: Opened) -> None:
    undo, redo = opened.window.actions_by_id["undo"], opened.window.actions_by_id["redo"]
    assert undo.isEnabled() and undo.text() == "Undo add shot"
    assert not redo.isEnabled() and redo.toolTip() == "There is nothing to redo."


def test_the_palette_finds_every_typed_word_and_puts_what_can_be_done_first() -> None:
    def entry(text: str, second: str = "", reason: str = "") -> Entry:
        return Entry(text, second, "", lambda: None, reason)

    off = entry("Redo", "Edit", "There is nothing to redo.")
    entries = [off, entry("Close window", "Film"), entry("Reopen", "Edit")]
    assert [one.text for one in matching(entries, "re")] == ["Reopen", "Redo"]
    assert [one.text for one in matching(entries, "win clo")] == ["Close window"]
    assert matching(entries, "zebra") == []


def test_every_icon_the_window_asks_for_is_in_the_assets() -> None:
    root = Path(__file__).parents[2]
    there = {file.stem for file in (root / "assets" / "icons").glob("*.svg")}
    assert "play" in there
    for file in (root / "assets" / "icons").glob("*.svg"):
        assert 'viewBox="0 0 16 16"' in file.read_text()


def test_palette_runs_what_was_found_and_gives_the_keyboard_back(qtbot: QtBot, opened: Opened) -> None:
    opened.window.finder.open()
    palette = opened.window.findChild(Palette)
    qtbot.keyClicks(palette.field, "go to shot 1_0030")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert opened.window.selection.shot == opened.shots[2]
    assert palette.isHidden()


def test_the_palette_finds_letters_in_order_and_puts_what_was_run_lately_first() -> None:
    def entry(text: str, *, recent: bool = False) -> Entry:
        return Entry(text, "Shot", "", lambda: None, recent=recent)

    entries = [entry("Generate panel"), entry("Generate motion", recent=True), entry("Go to shot 1_0010")]
    assert [one.text for one in matching(entries, "gen")] == ["Generate motion", "Generate panel"]
    assert [one.text for one in matching(entries, "gpan")] == ["Generate panel"]
    assert matching(entries, "nap") == []
    assert len(matching([entry(f"Go to shot {n}") for n in range(500)], "go", most=100)) == 100


def test_the_palette_offers_shots_scenes_subjects_and_takes(opened: Opened) -> None:
    opened.window.board.select_shot(opened.shots[0])
    found = {one.text for one in opened.window.finder.things()}
    names = [take.name for take in opened.window.current.takes]
    assert {"Go to shot 1_0010", "Go to scene 1", "Show @mara"} <= found
    assert len(names) == 2 and {f"Look at take {name} of shot 1_0010" for name in names} <= found


def test_a_command_run_from_the_palette_stands_first_the_next_time(qtbot: QtBot, opened: Opened) -> None:
    opened.window.finder.open()
    qtbot.keyClicks(opened.window.findChild(Palette).field, "about shotwright")
    qtbot.keyClick(opened.window.findChild(Palette).field, Qt.Key.Key_Return)
    assert opened.window.finder.commands()[0].text == "About Shotwright"


def test_a_menu_that_fills_itself_has_what_there_is_now(opened: Opened) -> None:
    menu = opened.window.actions_by_id["open_recent"].menu()
    menu.aboutToShow.emit()
    assert [one.text() for one in menu.actions()] == ["No film was opened yet"]
    opened.window.settings.remember_film(opened.project.folder)
    menu.aboutToShow.emit()
    assert opened.project.folder.name in menu.actions()[0].text() and len(menu.actions()) == 1


def test_a_name_in_a_menu_is_read_as_it_is_written(opened: Opened) -> None:
    opened.window.layouts.save("Cut & colour")
    menu = opened.window.actions_by_id["saved_layouts"].menu()
    menu.aboutToShow.emit()
    assert [entry.text() for entry in menu.actions()] == ["Cut && colour", "Remove Cut && colour"]


def test_every_entry_can_be_run_and_taken_back_without_a_fault(
    qtbot: QtBot, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {"getSaveFileName": ("", ""), "getOpenFileName": ("", ""), "getOpenFileNames": ([], ""),
               "getExistingDirectory": ""}
    for name, answer in answers.items():
        monkeypatch.setattr(QFileDialog, name, lambda *_asked, answer=answer: answer)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_who, **_how: opened.project.folder / "cache")
    QGuiApplication.clipboard().clear()
    window = opened.window
    window.board_panel.show_view("timeline")
    leaving = {"close_film", "quit"}
    for name in (one for one in window.actions_by_id if one not in leaving):
        window.actions_by_id[name].trigger()
        for sheet in window.findChildren(Sheet):
            sheet.close_sheet()
        window.screenings.close()
        qtbot.wait(0)
    window.showNormal()
    for _step in range(40):
        window.door.undo()
        qtbot.wait(0)
    assert not opened.project.undo_text()
    if (shown := window.problems.shown) is not None:
        shown.close_sheet()


def test_every_wish_of_the_film_menu_that_leaves_the_film_closes_the_window_and_says_where_to(opened: Opened) -> None:
    opened.window.actions_by_id["close_film"].trigger()
    assert opened.window.going.start and not opened.window.isVisible()


def test_the_palette_goes_to_a_marker(qtbot: QtBot, opened: Opened) -> None:
    opened.project.run(marker.add_marker, 30, "Horn")
    opened.window.watch.flush()
    entry = next(one for one in opened.window.finder.things() if one.text == "Go to marker Horn")
    entry.run()
    qtbot.waitUntil(lambda: opened.window.chosen.film_frame == 30)
    assert opened.window.viewer.mode == "cut"
