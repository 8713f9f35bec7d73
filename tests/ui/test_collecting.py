"""When Python looks for rubbish while a film is open."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from studio.ui.collecting import Collecting


def test_while_a_window_is_open_a_full_collection_is_seldom_and_afterwards_as_before(qapp: QApplication) -> None:
    before = gc.get_threshold()
    parent = QObject()
    one = Collecting(parent)
    assert gc.get_threshold()[:2] == before[:2] and gc.get_threshold()[2] > 100 * before[2]
    one.close()
    assert gc.get_threshold() == before


def test_rubbish_is_looked_for_when_the_user_turns_to_another_program(qapp: QApplication) -> None:
    parent = QObject()
    one, full = Collecting(parent), list[int]()

    def note(phase: str, facts: dict[str, int]) -> None:
        if phase == "start" and facts["generation"] == 2:
            full.append(1)

    gc.callbacks.append(note)
    try:
        qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
        assert not full
        qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
        assert full
    finally:
        gc.callbacks.remove(note)
        one.close()
