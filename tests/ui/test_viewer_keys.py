"""The keys of playing, pressed in the window."""

from fractions import Fraction

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Opened

KEY, HELD = Qt.Key, Qt.KeyboardModifier


def play_cut(opened: Opened, frame: int) -> None:
    opened.window.viewer_desk.play_cut()
    opened.window.viewer.setFocus()
    opened.window.viewer.steps.go_to(frame)


def test_i_and_o_mark_the_loop_and_alt_takes_the_marks_away(qtbot: QtBot, opened: Opened) -> None:
    viewer = opened.window.viewer
    for frame, key in ((10, KEY.Key_I), (40, KEY.Key_O)):
        play_cut(opened, frame)
        qtbot.keyClick(viewer, key)
    assert (viewer.transport.mark_in, viewer.transport.mark_out) == (10, 40)
    qtbot.keyClick(viewer, KEY.Key_I, HELD.AltModifier)
    assert (viewer.transport.mark_in, viewer.transport.mark_out) == (None, 40)
    qtbot.keyClick(viewer, KEY.Key_X, HELD.AltModifier)
    assert viewer.transport.mark_out is None


def test_j_k_l_turn_the_shuttle_and_k_held_slows_it(qtbot: QtBot, opened: Opened) -> None:
    viewer = opened.window.viewer
    play_cut(opened, 40)
    speeds = []
    for key in (KEY.Key_L, KEY.Key_L, KEY.Key_J, KEY.Key_K):
        qtbot.keyClick(viewer, key)
        speeds.append(viewer.transport.speed)
    assert speeds == [1, 2, -1, 0]
    qtbot.keyPress(viewer, KEY.Key_K)
    qtbot.keyPress(viewer, KEY.Key_J)
    assert viewer.transport.speed == -Fraction(1, 2)
    qtbot.keyRelease(viewer, KEY.Key_J)
    qtbot.keyRelease(viewer, KEY.Key_K)
    assert viewer.transport.speed == 0


def test_f_matches_the_frame_and_c_compares(qtbot: QtBot, opened: Opened) -> None:
    viewer = opened.window.viewer
    play_cut(opened, 5)
    qtbot.keyClick(viewer, KEY.Key_F)
    assert viewer.mode == "take"
    qtbot.keyClick(viewer, KEY.Key_C)
    assert opened.window.viewer_desk.compare.on and viewer.mode == "shot"
    qtbot.keyClick(viewer, KEY.Key_C)
    assert not opened.window.viewer_desk.compare.on


def test_f11_screens_the_film_and_space_plays_it_there(qtbot: QtBot, opened: Opened) -> None:
    play_cut(opened, 0)
    qtbot.keyClick(opened.window.viewer, KEY.Key_F11)
    screening = opened.window.screenings.window
    with qtbot.waitExposed(screening):
        pass
    qtbot.keyClick(screening, KEY.Key_Space)
    assert opened.window.viewer.transport.speed == 1
    qtbot.keyClick(screening, KEY.Key_Delete)
    assert not opened.card(opened.shots[0]).omitted
    qtbot.keyClick(screening, KEY.Key_Escape)
    assert opened.window.screenings.window is None


def test_ctrl_alt_numbers_switch_the_overlays_wherever_the_keyboard_is(qtbot: QtBot, opened: Opened) -> None:
    for number in (KEY.Key_1, KEY.Key_2, KEY.Key_3, KEY.Key_4, KEY.Key_5):
        qtbot.keyClick(opened.window.board, number, HELD.ControlModifier | HELD.AltModifier)
    shown = opened.window.viewer.header.overlays
    assert shown.matte and shown.safe and shown.thirds and shown.centre and shown.onion
