"""Preferences: made from what is declared, applied at once, found, put back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from studio.settings import DECLARED, SECTIONS, Settings
from studio.ui.parts.controls import Segments
from studio.ui.parts.fields import ChoiceField, LineField, NumberField
from studio.ui.preferences import PreferencesSheet
from studio.ui.theme import Look


@pytest.fixture
def kept(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.json")


@pytest.fixture
def sheet(qtbot: QtBot, look: Look, kept: Settings) -> Iterator[PreferencesSheet]:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(1000, 800)
    made = PreferencesSheet(look, window, kept)
    with qtbot.waitExposed(window):
        window.show()
    made.open()
    yield made
    made.close_sheet()


def test_every_setting_with_a_title_has_a_section_help_and_a_row(sheet: PreferencesSheet) -> None:
    titled = [one for one in DECLARED.values() if one.title]
    assert {one.section for one in titled} == set(SECTIONS)
    assert all(one.help.endswith(".") for one in titled)
    assert {row.setting.key for row in sheet.rows} == {one.key for one in titled}
    assert all(row.control.accessibleName() for row in sheet.rows)


def test_a_setting_without_a_title_is_remembered_by_itself_and_not_shown(sheet: PreferencesSheet) -> None:
    assert not {"layouts", "recent_films", "shortcuts"} & {row.setting.key for row in sheet.rows}


def test_each_kind_of_setting_is_kept_at_once(qtbot: QtBot, sheet: PreferencesSheet, kept: Settings) -> None:
    switch, number = sheet.row("loop").control, sheet.row("takes").control
    choice, line = sheet.row("shortcut_preset").control, sheet.row("author").control
    assert isinstance(switch, Segments) and isinstance(number, NumberField)
    assert isinstance(choice, ChoiceField) and isinstance(line, LineField)
    switch.button("on").click()
    number.setValue(4)
    number.editingFinished.emit()
    choice.edited.emit("resolve")
    qtbot.keyClicks(line, "Director")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert (kept["loop"], kept["takes"], kept["shortcut_preset"], kept["author"]) == (True, 4, "resolve", "Director")
    assert Settings(kept.path)["takes"] == 4


def test_a_number_stays_within_its_limits(sheet: PreferencesSheet) -> None:
    number = sheet.row("takes").control
    assert isinstance(number, NumberField)
    number.setValue(99)
    assert number.value() == DECLARED["takes"].high


def test_a_setting_changed_elsewhere_is_shown_and_can_be_put_back(sheet: PreferencesSheet, kept: Settings) -> None:
    row = sheet.row("volume")
    assert not row.back.isVisible()
    kept["volume"] = 40
    assert isinstance(row.control, NumberField) and row.control.value() == 40 and row.back.isVisible()
    row.back.click()
    assert kept["volume"] == 100 and not row.back.isVisible()


def test_settings_are_found_by_what_they_do(sheet: PreferencesSheet) -> None:
    sheet.search.setText("notes")
    assert [row.setting.key for row in sheet.rows if row.isVisible()] == ["author"]
    sheet.search.setText("zebra")
    assert sheet.nothing.isVisible() and not any(row.isVisible() for row in sheet.rows)


def test_a_closed_sheet_hears_nothing_any_more(sheet: PreferencesSheet, kept: Settings) -> None:
    assert kept.heard
    sheet.close_sheet()
    assert kept.heard == []


def test_a_window_that_goes_takes_its_sheet_out_of_the_settings(qtbot: QtBot, look: Look, kept: Settings) -> None:
    window = QMainWindow()
    PreferencesSheet(look, window, kept).open()
    shiboken6.delete(window)
    kept["volume"] = 40
    assert kept.heard == []


def test_tab_goes_round_inside_the_sheet(qtbot: QtBot, sheet: PreferencesSheet) -> None:
    reached = set()
    for _ in range(60):
        qtbot.keyClick(sheet.window().focusWidget(), Qt.Key.Key_Tab)
        reached.add(sheet.window().focusWidget())
    assert all(sheet.isAncestorOf(widget) for widget in reached)
    assert sheet.search in reached and len(reached) > 10
