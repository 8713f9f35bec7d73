"""A sheet over the window: what stays when it goes."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.ui.parts.sheet import Sheet
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
