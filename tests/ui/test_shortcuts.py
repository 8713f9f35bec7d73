"""Keys: presets, own ones, conflicts, and the sheet they are changed in."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from studio import assets
from studio.project import queries
from studio.settings import DECLARED, Settings
from studio.ui.actions import ACTIONS, Action
from studio.ui.shortcut_sheet import ShortcutSheet
from studio.ui.shortcuts import PLACES, Keys, meets, normal, read_preset
from studio.ui.theme import Look
from tests.ui.conftest import Opened

PRESETS = DECLARED["shortcut_preset"].choices
FEW = (
    Action("play", "Play", "Play", "transport.toggle", ("Space",)),
    Action("split", "Split", "Cut", "cut.split", ("Ctrl+K",)),
    Action("note", "Note", "Take", "takes.note", (",",), "viewer"),
    Action("nudge", "Nudge", "Cut", "cut.nudge", (",",), "timeline"),
    Action("star", "Star", "Take", "takes.star", ("S",)),
)


@pytest.fixture
def kept(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.json")


@pytest.fixture
def few(kept: Settings, tmp_path: Path) -> Keys:
    (tmp_path / "resolve.toml").write_text('[keys]\nsplit = ["S"]\n')
    return Keys(kept, tmp_path, FEW)


def by_id(name: str) -> Action:
    return next(one for one in FEW if one.id == name)


# --- the shipped presets ---


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_gives_no_key_to_two_actions_that_meet(kept: Settings, name: str) -> None:
    kept["shortcut_preset"] = name
    keys = Keys(kept, assets.folder() / "keys")
    held = [(one, normal(key)) for one in ACTIONS for key in keys.of(one)]
    wrong = [(one.id, other.id, key) for place, (one, key) in enumerate(held) for other, again in held[place + 1 :]
             if key == again and one.id != other.id and meets(one.where, other.where)]  # fmt: skip
    assert wrong == []
    assert all(key for _, key in held)


@pytest.mark.parametrize("name", [one for one in PRESETS if one != "default"])
def test_a_preset_names_actions_that_are_there_and_says_where_its_keys_come_from(name: str) -> None:
    file = assets.folder() / "keys" / f"{name}.toml"
    known = {one.id for one in ACTIONS}
    assert set(read_preset(file)) <= known
    assert "Source:" in file.read_text()
    assert all(normal(key) for keys in read_preset(file).values() for key in keys)


def test_every_place_an_action_works_in_has_words() -> None:
    assert {one.where for one in ACTIONS} <= set(PLACES)


# --- which keys an action has ---


def test_the_same_key_may_stand_in_two_panels_and_not_in_a_panel_and_everywhere() -> None:
    assert not meets("viewer", "timeline")
    assert meets("viewer", "viewer") and meets("", "viewer") and meets("timeline", "")


def test_a_preset_takes_its_keys_from_whoever_had_them(few: Keys) -> None:
    few.choose_preset("resolve")
    assert few.of(by_id("split")) == ("S",) and few.of(by_id("star")) == ()
    few.choose_preset("default")
    assert few.of(by_id("split")) == ("Ctrl+K",) and few.of(by_id("star")) == ("S",)


def test_a_key_that_is_given_is_taken_from_the_other_and_kept_for_the_next_start(few: Keys, kept: Settings) -> None:
    assert few.against(by_id("star"), "ctrl+k") == by_id("split")
    few.give(by_id("star"), ["ctrl+k"])
    assert few.of(by_id("star")) == ("Ctrl+K",) and few.of(by_id("split")) == ()
    again = Keys(Settings(kept.path), few._folder, FEW)
    assert again.of(by_id("star")) == ("Ctrl+K",) and again.of(by_id("split")) == ()


def test_a_key_of_another_panel_is_no_conflict(few: Keys) -> None:
    assert few.against(by_id("nudge"), ",") is None
    assert few.against(by_id("star"), ",") == by_id("note")


def test_put_back_does_not_take_a_key_that_was_given_away(few: Keys) -> None:
    few.give(by_id("star"), ["Ctrl+K"])
    few.reset(by_id("split"))
    assert few.of(by_id("split")) == () and few.of(by_id("star")) == ("Ctrl+K",)
    few.reset_all()
    assert few.of(by_id("split")) == ("Ctrl+K",) and few.of(by_id("star")) == ("S",)


@pytest.mark.parametrize("broken", [{"star": 3}, {"star": "S"}, {"star": [1]}])
def test_broken_keys_in_the_settings_file_count_as_the_preset(kept: Settings, tmp_path: Path, broken: dict) -> None:
    kept["shortcuts"] = broken
    assert Keys(kept, tmp_path, FEW).of(by_id("star")) == ("S",)


def test_any_order_of_giving_leaves_each_key_with_one_action(few: Keys) -> None:
    for name, key in (("star", "Space"), ("play", "S"), ("split", "Space"), ("note", "S"), ("nudge", "Space")):
        few.give(by_id(name), [key])
    held = Counter((one.where, key) for one in FEW for key in few.of(one))
    anywhere = {key for (where, key) in held if not where}
    assert all(count == 1 for count in held.values())
    assert not anywhere & {key for (where, key) in held if where}


# --- the sheet ---


@pytest.fixture
def sheet(qtbot: QtBot, look: Look, few: Keys) -> Iterator[ShortcutSheet]:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(1000, 800)
    made = ShortcutSheet(look, window, few)
    with qtbot.waitExposed(window):
        window.show()
    made.open()
    yield made
    made.close_sheet()


def press(qtbot: QtBot, sheet: ShortcutSheet, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    sheet.catcher.click()
    qtbot.keyClick(sheet.catcher, key, held)


def test_pressing_keys_gives_them_to_the_chosen_action(qtbot: QtBot, sheet: ShortcutSheet, few: Keys) -> None:
    sheet.choose("star")
    press(qtbot, sheet, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert few.of(by_id("star")) == ("Ctrl+E",)
    sheet.remove.click()
    assert few.of(by_id("star")) == ()
    sheet.reset.click()
    assert few.of(by_id("star")) == ("S",)


def test_a_key_that_is_taken_names_who_has_it_and_is_taken_only_on_demand(
    qtbot: QtBot, sheet: ShortcutSheet, few: Keys
) -> None:
    sheet.choose("star")
    press(qtbot, sheet, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert "Ctrl K is the key of Split" in sheet.conflict.text()
    assert few.of(by_id("star")) == ("S",)
    sheet.take.click()
    assert few.of(by_id("star")) == ("Ctrl+K",) and few.of(by_id("split")) == ()
    assert not sheet.conflict.isVisible()


def test_escape_gives_up_catching_and_a_held_key_alone_is_no_shortcut(
    qtbot: QtBot, sheet: ShortcutSheet, few: Keys
) -> None:
    sheet.choose("star")
    sheet.catcher.click()
    qtbot.keyClick(sheet.catcher, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    assert sheet.catcher.catching
    qtbot.keyClick(sheet.catcher, Qt.Key.Key_Escape)
    assert not sheet.catcher.catching and sheet.isVisible() and few.of(by_id("star")) == ("S",)


def test_the_list_is_found_by_words_and_by_keys(qtbot: QtBot, sheet: ShortcutSheet) -> None:
    def left() -> list[str]:
        return [row.text(0) for row in sheet._rows() if not row.isHidden()]

    sheet.search.setText("timeline")
    assert left() == ["Nudge"]
    sheet.search.setText("ctrl k")
    assert left() == ["Split"]


def test_the_windows_own_keys_follow_the_settings_at_once(opened: Opened) -> None:
    split = opened.window.actions_by_id["undo"]
    opened.window.settings["shortcuts"] = {"undo": ["Ctrl+U"]}
    assert split.shortcut() == QKeySequence("Ctrl+U")
    opened.window.settings["shortcuts"] = {}
    assert split.shortcut() == QKeySequence("Ctrl+Z")


def test_no_key_of_the_window_reaches_it_through_an_open_sheet(qtbot: QtBot, opened: Opened) -> None:
    before = len(opened.shots)
    opened.window.shell.preferences()
    field = opened.window.findChild(QLineEdit, "", Qt.FindChildOption.FindChildrenRecursively)
    assert field is not None
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_D)
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert opened.window.shots.rowCount() == before and not opened.queue.busy


def test_comma_and_full_stop_step_in_the_viewer_and_trim_on_the_timeline(qtbot: QtBot, opened: Opened) -> None:
    window = opened.window
    lengths = lambda: [card.frames for card in opened.project.ask(queries.event_cards)]  # noqa: E731
    window.viewer_desk.seek_film(4)
    qtbot.waitUntil(lambda: window.chosen.film_frame == 4)
    window.viewer.setFocus()
    qtbot.keyClick(window.viewer, Qt.Key.Key_Period)
    assert window.viewer.transport.frame == 5 and lengths() == [24, 24, 24, 24]
    window.board_panel.show_view("timeline")
    window.timeline.setFocus()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Comma)
    assert lengths() == [23, 24, 24, 24] and window.viewer.transport.frame == 5
