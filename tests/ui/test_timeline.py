"""The timeline in the window: what hands and keys do becomes one step of the film each, and every panel follows."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from studio.errors import BadValue
from studio.open_project import OpenProject
from studio.project import queries, sound_queries
from studio.project.commands import event as events
from studio.project.commands import marker as markers
from studio.ui.actions.cut import MENUS_AT
from studio.ui.forms import NameSheet
from studio.ui.storyboard.timeline.reframe import ReframeSheet, moved, sized
from studio.ui.storyboard.timeline.sheets import read_decibels
from studio.ui.storyboard.timeline.speed import SpeedSheet, read_percent
from studio.ui.storyboard.timeline.versions import VersionsSheet
from studio.ui.storyboard.timeline.view import TimelineView
from tests.builders import a_take
from tests.ui.conftest import Opened

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def shown(opened: Opened) -> Opened:
    """The window of four shots of a second, the timeline seen."""
    opened.window.board_panel.show_view("timeline")
    opened.window.timeline.setFocus()
    return opened


def lengths(opened: Opened) -> list[int]:
    return [card.frames for card in opened.project.ask(queries.event_cards)]


def view_of(opened: Opened) -> TimelineView:
    return opened.window.timeline


def event(opened: Opened, place: int) -> str:
    return opened.project.ask(queries.event_cards)[place].id


def seek(qtbot: QtBot, opened: Opened, film_frame: int) -> None:
    opened.window.viewer_desk.seek_film(film_frame)
    qtbot.waitUntil(lambda: opened.window.chosen.film_frame == film_frame)


def run(opened: Opened, action: str) -> None:
    opened.window.actions_by_id[action].trigger()


def test_a_dragged_edge_is_one_step_of_the_film_and_one_step_back(qtbot: QtBot, shown: Opened) -> None:
    view = view_of(shown)
    box = view.rect_for_event(event(shown, 0))
    scale = view.geometry_now.scale
    start, by = QPoint(box.right() - 1, box.center().y()), -scale.x_of(5)
    QTest.mousePress(view.viewport(), LEFT, NONE, start)
    for step in range(1, 5):
        QTest.mouseMove(view.viewport(), start + QPoint(by * step // 4, 0))
    QTest.mouseRelease(view.viewport(), LEFT, NONE, start + QPoint(by, 0))
    assert lengths(shown) == [19, 24, 24, 24]
    qtbot.waitUntil(lambda: view.cut.frames == 91)
    shown.project.undo()
    qtbot.waitUntil(lambda: view.cut.frames == 96)


def test_what_is_chosen_on_the_timeline_is_shown_everywhere(qtbot: QtBot, shown: Opened) -> None:
    view = view_of(shown)
    QTest.mouseClick(view.viewport(), LEFT, NONE, view.rect_for_event(event(shown, 2)).center())
    assert shown.window.selection.shot == shown.shots[2]
    assert shown.window.board.current_shot() == shown.shots[2]
    shown.window.board.select_shot(shown.shots[1])
    assert view.selection.events == [event(shown, 1)]


def test_a_filter_of_the_board_hides_nothing_on_the_timeline(qtbot: QtBot, opened: Opened) -> None:
    panel = opened.window.board_panel
    panel.filter.chip("approved").click()
    assert opened.window.shots.rowCount() == 0
    panel.show_view("timeline")
    opened.window.cutting.chosen.choose([event(opened, 3)])
    assert opened.window.selection.shot == opened.shots[3]
    assert opened.window.chosen.events == [event(opened, 3)]


def test_the_playhead_is_the_viewers(qtbot: QtBot, shown: Opened) -> None:
    view = view_of(shown)
    x = view.x_of(30)
    QTest.mouseClick(view.viewport(), LEFT, NONE, QPoint(x + 1, 10))
    assert shown.window.chosen.film_frame == 30
    assert shown.window.viewer.mode == "cut" and shown.window.viewer.transport.frame == 30
    QTest.keyClick(view.list, Qt.Key.Key_Right)
    assert shown.window.chosen.film_frame == 31


def test_keys_split_and_trim_at_the_playhead(qtbot: QtBot, shown: Opened) -> None:
    seek(qtbot, shown, 30)
    qtbot.keyClick(view_of(shown).list, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert lengths(shown) == [24, 6, 18, 24, 24]
    shown.project.undo()
    qtbot.waitUntil(lambda: len(view_of(shown).cut.events) == 4)
    seek(qtbot, shown, 30)
    qtbot.keyClick(view_of(shown).list, Qt.Key.Key_W)
    assert lengths(shown) == [24, 6, 24, 24]
    qtbot.waitUntil(lambda: view_of(shown).cut.frames == 78)
    seek(qtbot, shown, 40)
    qtbot.keyClick(view_of(shown).list, Qt.Key.Key_Q)
    assert lengths(shown) == [24, 6, 14, 24]
    assert shown.window.chosen.film_frame == 30  # on the picture it was on


def test_a_split_into_two_shots_makes_a_shot(qtbot: QtBot, shown: Opened) -> None:
    seek(qtbot, shown, 34)
    run(shown, "split_shot")
    cards = shown.project.ask(queries.event_cards)
    assert [card.frames for card in cards] == [24, 10, 14, 24, 24]
    assert len({card.shot for card in cards}) == 5


def test_where_nothing_can_be_split_the_foot_says_so(qtbot: QtBot, shown: Opened) -> None:
    told: list[str] = []
    shown.window.cutting.told.connect(told.append)
    seek(qtbot, shown, 24)
    run(shown, "split")
    assert lengths(shown) == [24] * 4
    assert len(told) == 1 and "playhead" in told[0]


def test_small_notes_are_made_and_taken_back(qtbot: QtBot, shown: Opened) -> None:
    view_of(shown).selection.choose([event(shown, 0)])
    for action, wanted in (("flop", (True, "", 1)), ("hold_first", (True, "first", 1)), ("hold_first", (True, "", 1)),
                           ("reverse", (True, "", -1))):  # fmt: skip
        run(shown, action)
        card = shown.project.ask(queries.event_cards)[0]
        assert (card.flop, card.hold, card.speed_num) == wanted
        qtbot.waitUntil(lambda card=card: view_of(shown).cut.events[0] == card)


def test_an_event_is_taken_out_of_the_cut_and_the_shot_stays(qtbot: QtBot, shown: Opened) -> None:
    view_of(shown).selection.choose([event(shown, 1), event(shown, 2)])
    run(shown, "remove_event")
    assert lengths(shown) == [24, 24]
    assert len(shown.project.ask(queries.shot_cards)) == 4


def test_the_speed_sheet_says_the_new_length_and_keeps_it(qtbot: QtBot, shown: Opened) -> None:
    view_of(shown).selection.choose([event(shown, 0)])
    run(shown, "speed")
    sheet = shown.window.findChild(SpeedSheet)
    sheet.percent.setText("50")
    assert sheet.words.text() == "Lasts 2:00, now 1:00. What follows moves along."
    sheet.percent.setText("nothing")
    sheet.keep()
    assert sheet.isVisible() and lengths(shown)[0] == 24
    sheet.percent.setText("200")
    sheet.keep()
    assert lengths(shown)[0] == 12


def test_the_reframe_sheet_keeps_two_rectangles_and_gives_the_whole_picture_back(qtbot: QtBot, shown: Opened) -> None:
    view_of(shown).selection.choose([event(shown, 0)])
    run(shown, "reframe")
    sheet = shown.window.findChild(ReframeSheet)
    sheet.canvas.choose("end")
    sheet.canvas.set_rect((0.25, 0.25, 0.5, 0.5))
    qtbot.keyClick(sheet.canvas, Qt.Key.Key_Right)
    sheet.keep()
    card = shown.project.ask(queries.event_cards)[0]
    assert card.framing_start == (0, 0, 1, 1) and card.framing_end == pytest.approx((0.26, 0.25, 0.5, 0.5))
    qtbot.waitUntil(lambda: view_of(shown).cut.events[0] == card)
    run(shown, "reframe")
    again = next(one for one in shown.window.findChildren(ReframeSheet) if one.isVisible())
    again.canvas.choose("end")
    again.whole.click()
    again.keep()
    assert shown.project.ask(queries.event_cards)[0].framing_end is None


def test_markers_are_set_named_and_gone_to(qtbot: QtBot, shown: Opened) -> None:
    for frame in (10, 50):
        seek(qtbot, shown, frame)
        run(shown, "marker")
    assert shown.window.chosen.marker is not None
    qtbot.waitUntil(lambda: len(view_of(shown).cut.markers) == 2)
    assert [card.name for card in view_of(shown).cut.markers] == ["Marker 1", "Marker 2"]
    run(shown, "marker_before")
    assert shown.window.chosen.film_frame == 10
    run(shown, "rename_marker")
    sheet = shown.window.findChild(NameSheet)
    sheet.name.setText("Horn")
    sheet.keep()
    assert [card.name for card in shown.project.ask(sound_queries.marker_cards)] == ["Horn", "Marker 2"]
    qtbot.keyClick(view_of(shown).list, Qt.Key.Key_Delete)
    assert [card.name for card in shown.project.ask(sound_queries.marker_cards)] == ["Marker 2"]
    assert not shown.window.project.ask(queries.shot_card, shown.shots[0]).omitted


def test_an_earlier_version_is_looked_at_and_left_as_it_was(qtbot: QtBot, shown: Opened) -> None:
    assert shown.window.cutting.cuts.save_cut("Second")
    shown.project.run(events.remove_events, [event(shown, 3)])
    qtbot.waitUntil(lambda: view_of(shown).cut.frames == 72)
    run(shown, "versions")
    sheet = shown.window.findChild(VersionsSheet)
    assert sheet.list.count() == 2 and sheet.differences.count() == 1
    sheet.list.setCurrentRow(1)
    sheet.buttons["look"].click()
    view, window = view_of(shown), shown.window
    assert len(view.cut.events) == 4 and not view.can_edit()
    assert window.board_panel.back.isVisible()
    assert window.viewer.sequence.frames == 96
    before = shown.project.undo_text()
    for action in ("flop", "marker", "add_lane", "add_sound", "remove_event", "split", "trim_tail"):
        run(shown, action)
        assert shown.project.undo_text() == before and window.findChild(NameSheet) is None, action
    assert "kept as it was" in window.foot.notice.text()
    window.board_panel.back.click()
    assert len(view.cut.events) == 3 and view.can_edit()
    assert window.viewer.sequence.frames == 72


def test_while_a_version_is_saved_the_pointer_says_so(shown: Opened) -> None:
    pointers = []
    shown.project.changed.connect(lambda _changes: pointers.append(QGuiApplication.overrideCursor().shape()))
    assert shown.window.cutting.cuts.save_cut("Two")
    assert pointers == [Qt.CursorShape.WaitCursor]
    assert QGuiApplication.overrideCursor() is None


def test_a_refused_value_stays_in_its_sheet(shown: Opened) -> None:
    window = shown.window
    lane = window.cutting.watch.cut.lanes[0]
    window.cutting.sheets.open_lane_gain(lane.id)
    sheet = window.findChild(NameSheet)
    sheet.name.setText("900")
    sheet.keep_button.click()
    window.problems.shown.close_sheet()
    assert sheet.isVisible() and window.focusWidget() is sheet.name
    sheet.close_sheet()


def test_tapping_times_shots_in_one_step(qtbot: QtBot, shown: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    """The playhead is put where a tap falls: playing itself is tried elsewhere."""
    monkeypatch.setattr(shown.window.viewer.transport, "play", lambda speed: None)
    tapping = shown.window.cutting.tapping
    seek(qtbot, shown, 30)
    run(shown, "tap_to_time")
    assert tapping.running and shown.window.chosen.film_frame == 24
    for frame in (34, 52):
        seek(qtbot, shown, frame)
        run(shown, "tap_to_time")
    qtbot.keyClick(view_of(shown).list, Qt.Key.Key_Escape)
    assert not tapping.running
    assert lengths(shown) == [24, 10, 18, 24]
    shown.project.undo()
    assert lengths(shown) == [24] * 4


@pytest.mark.process
def test_a_sound_comes_from_the_disk_to_the_lane(qtbot: QtBot, shown: Opened, tmp_path: Path,
                                                 monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    import wave

    with wave.open(str(tmp_path / "horn.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(b"\0\0" * 48_000)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(tmp_path / "horn.wav")], ""))
    seek(qtbot, shown, 12)
    run(shown, "add_sound")
    qtbot.waitUntil(lambda: len(view_of(shown).cut.sounds) == 1, timeout=30_000)
    card = view_of(shown).cut.sounds[0]
    assert (card.film_frame, card.frames) == (12, 24)
    view_of(shown).selection.choose_sound(card.id)
    run(shown, "remove_sound")
    assert shown.project.ask(sound_queries.sound_cards) == ()


def test_the_view_chosen_last_is_the_one_shown_next_time(
    qtbot: QtBot, open_window: Callable[..., Opened], project: OpenProject
) -> None:
    project.run(markers.add_marker, 5, "Horn")
    first = open_window(project)
    assert first.window.board_panel.view == "board"
    qtbot.keyClick(first.window.board, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert first.window.timeline.list.hasFocus()
    first.window.close()
    second = open_window(project)
    assert second.window.board_panel.view == "timeline"
    assert [card.name for card in second.window.timeline.cut.markers] == ["Horn"]


def test_every_menu_under_the_pointer_is_made_of_actions(shown: Opened) -> None:
    for kind in MENUS_AT:
        assert not shown.window.cutting.menu_of(kind).isEmpty()


def test_rectangles_stay_inside_the_picture() -> None:
    assert moved((0.5, 0.5, 0.5, 0.5), 0.4, -2) == (0.5, 0, 0.5, 0.5)
    assert sized((0.5, 0.5, 0.2, 0.2), 0.9, around_middle=False) == (0.5, 0.5, 0.5, 0.5)
    assert sized((0.5, 0.5, 0.2, 0.2), 1.4, around_middle=True) == (0, 0, 1, 1)
    assert sized((0.5, 0.5, 0.2, 0.2), 0.0, around_middle=True)[2] == 0.1


@pytest.mark.parametrize(("read", "text"), [
    (read_percent, "0"), (read_percent, "-50"), (read_percent, "1/0"), (read_percent, "fast"),
    (read_decibels, "loud"), (read_decibels, ""),
])  # fmt: skip
def test_what_is_no_number_is_refused_with_an_example(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(BadValue) as refused:
        read(text)
    assert "such as" in refused.value.hint


def test_numbers_are_read_as_people_write_them() -> None:
    assert (read_percent("33.3 %"), read_percent("200,5")) == (read_percent("33.3"), read_percent("200.5"))
    assert (read_decibels("−6 dB"), read_decibels("+1,5"), read_decibels("0")) == (-6.0, 1.5, 0.0)


def test_a_job_that_ends_while_an_edge_is_dragged_leaves_the_hand_alone(qtbot: QtBot, shown: Opened) -> None:
    view = view_of(shown)
    box = view.rect_for_event(event(shown, 2))
    start = QPoint(box.right() - 1, box.center().y())
    QTest.mousePress(view.viewport(), LEFT, NONE, start)
    QTest.mouseMove(view.viewport(), start - QPoint(20, 0))
    QTest.mouseMove(view.viewport(), start - QPoint(view.geometry_now.scale.x_of(4), 0))
    a_take(shown.project, shown.shots[1])
    shown.window.watch.flush()
    assert view.ghost is not None and view.cut.events[1].take is None
    QTest.mouseRelease(view.viewport(), LEFT, NONE, start - QPoint(view.geometry_now.scale.x_of(4), 0))
    assert lengths(shown) == [24, 24, 20, 24]
    qtbot.waitUntil(lambda: view.cut.frames == 92 and view.cut.events[1].take is not None)
