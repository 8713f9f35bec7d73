"""Which takes are compared, and what the number keys and Tab do to them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from studio.open_project import OpenProject
from studio.ui.theme import Look
from studio.ui.viewer.compare import AB, MODES, SIDE, WIPE, CompareState
from tests.ui.viewing import Viewing, viewing


@pytest.fixture
def there(qtbot: QtBot, look: Look, project: OpenProject, tmp_path: Path) -> Iterator[Viewing]:
    with viewing(qtbot, look, project, tmp_path) as made:
        yield made


def compared(*takes: str, chosen: str | None = None, mode: str = AB) -> CompareState:
    return CompareState(mode=mode).with_takes(takes, chosen)


def test_the_chosen_take_is_a_and_the_newest_other_is_b() -> None:
    state = compared("one", "two", "three", chosen="two")
    assert (state.a, state.b, state.seen) == ("two", "three", "two")
    assert compared("one", chosen="one").b is None


def test_a_take_keeps_its_key_when_others_come_and_go() -> None:
    state = compared("one", "two", "three")
    assert state.with_takes(["two", "three", "four"], None).slots[:4] == ("four", "two", "three", None)


@settings(max_examples=60, deadline=None)
@given(
    steps=some.lists(some.sampled_from([*range(1, 10), "swap"]), max_size=12), count=some.integers(2, 12),
    mode=some.sampled_from([mode for mode, _word in MODES]),
)  # fmt: skip
def test_a_and_b_are_never_the_same_take(steps: list[int | str], count: int, mode: str) -> None:
    state = compared(*(f"take {number}" for number in range(count)), mode=mode)
    for step in steps:
        state = state.swapped() if step == "swap" else state.picked(step)
        assert state.a != state.b
        assert {state.a, state.b} <= set(state.slots)


def test_a_key_brings_a_take_to_the_eye_or_in_place_of_the_one_seen() -> None:
    state = compared("one", "two", "three", chosen="one")
    assert state.picked(3).seen == "three"
    assert state.picked(2).seen == "two"
    assert state.picked(7) == state
    wipe = compared("one", "two", "three", chosen="one", mode=WIPE).picked(2)
    assert (wipe.a, wipe.b) == ("one", "two")


def test_swapping_shows_the_other_or_changes_sides() -> None:
    state = compared("one", "two")
    assert state.swapped().seen == state.b
    wipe = compared("one", "two", mode=WIPE)
    assert (wipe.swapped().a, wipe.swapped().b) == (wipe.b, wipe.a)


def test_two_takes_are_locked_frame_by_frame(there: Viewing) -> None:
    there.desk.compare.toggle()
    for mode in (WIPE, SIDE):
        there.viewer.header.compare_modes.button(mode).click()
        there.viewer.transport.seek(9)
        there.settle()
        shown = there.viewer.picture.shown
        first, second = (shown.picture, shown.other) if mode == WIPE else (pane.picture for pane in shown.panes)
        assert first.frame.take_frame == second.frame.take_frame
        assert first.frame.source != second.frame.source


def test_number_keys_tab_and_escape_work_while_comparing(qtbot: QtBot, there: Viewing) -> None:
    there.desk.compare.toggle()
    there.viewer.setFocus()
    sides = []
    for key in (Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_Tab):
        qtbot.keyClick(there.viewer, key)
        there.settle()
        sides.append(there.viewer.picture.shown.side)
    assert len(set(sides[:2])) == 2 and sides[2] == sides[0]
    qtbot.keyClick(there.viewer, Qt.Key.Key_Escape)
    there.settle()
    assert not there.desk.compare.on
    assert there.viewer.picture.shown.side == ""
    assert there.viewer.compare_row.isHidden()


def test_the_line_of_a_wipe_is_dragged_and_alt_takes_it_from_anywhere(qtbot: QtBot, there: Viewing) -> None:
    there.desk.compare.toggle()
    there.viewer.header.compare_modes.button(WIPE).click()
    screen, box = there.viewer.picture, there.viewer.picture.picture_box()
    left, height = int(box.left()), int(box.center().y())
    qtbot.mousePress(screen, Qt.MouseButton.LeftButton, pos=QPoint(left + int(box.width() / 2), height))
    qtbot.mouseMove(screen, QPoint(left + int(box.width() / 4), height))
    qtbot.mouseRelease(screen, Qt.MouseButton.LeftButton, pos=QPoint(left + int(box.width() / 4), height))
    assert there.desk.compare.state.wipe == pytest.approx(0.25, abs=0.01)
    far = QPoint(left + int(box.width() * 0.9), height)
    qtbot.mousePress(screen, Qt.MouseButton.LeftButton, pos=far)
    assert there.desk.compare.state.wipe == pytest.approx(0.25, abs=0.01)
    qtbot.mouseRelease(screen, Qt.MouseButton.LeftButton, pos=far)
    qtbot.mouseClick(screen, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier, far)
    assert there.desk.compare.state.wipe == pytest.approx(0.9, abs=0.01)


def test_one_take_is_not_compared_and_that_is_said(there: Viewing) -> None:
    there.choose(there.shots[1])
    there.desk.compare.toggle()
    assert there.told == ["Comparing needs two takes of the shot."]
    assert not there.viewer.header.compare.isChecked()
