"""Hands on the timeline: found by the events' ids and never by pixels; every gesture ends in one wish."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragMoveEvent, QDropEvent, QMouseEvent, QPaintEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.project.cut_cards import LaneCard
from studio.ui.cut_selection import CutSelection
from studio.ui.parts.pictures import PictureStore, PreviewStore
from studio.ui.sound.waveforms import WaveformStore
from studio.ui.storyboard.board.shot_list import ShotList
from studio.ui.storyboard.timeline.geometry import ONE_PIXEL, TimeScale
from studio.ui.storyboard.timeline.view import TimelineView
from studio.ui.theme import Look
from tests.ui.timeline_cuts import RATE, a_cut, a_lane, a_sound

LEFT = Qt.MouseButton.LeftButton
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier

WISHES = ("trim_requested", "roll_requested", "slip_requested", "move_requested", "split_requested",
          "marker_move_requested", "sound_move_requested", "sound_trim_requested", "sound_gain_requested",
          "remove_requested", "frame_requested", "event_opened", "trim_previewed", "menu_requested")  # fmt: skip


class Heard:
    """Every wish of a timeline in order."""

    def __init__(self, view: TimelineView) -> None:
        self.all: list[tuple[str, tuple[Any, ...]]] = []
        for name in WISHES:
            getattr(view, name).connect(lambda *args, name=name: self.all.append((name, args)))

    def of(self, *names: str) -> list[tuple[Any, ...]]:
        return [args for name, args in self.all if name in names]

    @property
    def edits(self) -> list[str]:
        return [name for name, _args in self.all if name not in ("frame_requested", "trim_previewed", "event_opened")]


@pytest.fixture
def view(qtbot: QtBot, look: Look) -> Iterator[TimelineView]:
    """Four events of two seconds, two to a scene, the takes three seconds long; 4 pixels a frame."""
    pictures, previews, waves = PictureStore(), PreviewStore(), WaveformStore(None)
    made = TimelineView(look, ShotList(RATE), pictures, pictures, previews, waves, CutSelection(), lambda _job: None)
    qtbot.addWidget(made)
    made.resize(1000, 440)
    sound = a_sound("storm", "lane_one", 10, 40, source_samples=0)
    made.show_cut(a_cut(48, 48, 48, 48, take=72, sounds=[sound]))
    made.zoom_to(TimeScale(4 * ONE_PIXEL))
    with qtbot.waitExposed(made):
        made.show()
    yield made
    for one in (pictures, previews, waves):
        one.close()


def middle(view: TimelineView, name: str) -> QPoint:
    return view.rect_for_event(f"event_{name}").center()


def edge(view: TimelineView, name: str, side: str) -> QPoint:
    box = view.rect_for_event(f"event_{name}")
    return QPoint(box.left() + 2 if side == "head" else box.right() - 1, box.center().y())


def drag(view: TimelineView, start: QPoint, by: int, held: Qt.KeyboardModifier = NONE, *, let_go: bool = True,
         down: int = 0) -> None:  # fmt: skip
    port, end = view.viewport(), start + QPoint(by, down)
    QTest.mousePress(port, LEFT, held, start)
    for step in range(1, 5):
        at = start + (end - start) * step / 4
        move(view, at, held)
    if let_go:
        QTest.mouseRelease(port, LEFT, held, end)


def move(view: TimelineView, at: QPoint, held: Qt.KeyboardModifier) -> None:
    """QTest.mouseMove knows no held keys."""
    port = view.viewport()
    spot = QPointF(at)
    event = QMouseEvent(QEvent.Type.MouseMove, spot, port.mapToGlobal(spot), Qt.MouseButton.NoButton, LEFT, held)
    QApplication.sendEvent(port, event)


def test_the_hooks_agree_with_each_other(view: TimelineView) -> None:
    for event in view.cut.events:
        assert view.event_at(view.rect_for_event(event.id).center()) == event.id
    assert view.event_at(QPoint(3, 3)) is None
    assert view.rect_for_event("event_unknown").isEmpty()
    assert view.rect_for_sound("sound_storm").width() == 160


def test_a_click_chooses_ctrl_adds_and_shift_extends(view: TimelineView) -> None:
    QTest.mouseClick(view.viewport(), LEFT, NONE, middle(view, "C"))
    assert view.selection.events == ["event_C"]
    QTest.mouseClick(view.viewport(), LEFT, CTRL, middle(view, "A"))
    assert (view.selection.events, view.selection.current) == (["event_A", "event_C"], "event_A")
    QTest.mouseClick(view.viewport(), LEFT, SHIFT, middle(view, "B"))
    assert view.selection.events == ["event_A", "event_B"]


def test_a_rubber_band_chooses_what_it_touches(view: TimelineView) -> None:
    row = view.geometry_now.shots_row
    start = QPoint(view.rect_for_event("event_C").right() + 500, row.top + 2)
    start = QPoint(view.viewport().width() - 4, row.top + 2)
    drag(view, start, -(start.x() - middle(view, "C").x()), down=40)
    assert view.selection.events == ["event_C", "event_D"]


@pytest.mark.parametrize(("side", "held", "wanted"), [
    ("tail", NONE, ("trim_requested", ("event_B", "tail", -6))),
    ("head", NONE, ("trim_requested", ("event_B", "head", -6))),
    ("tail", CTRL, ("roll_requested", ("event_B", -6))), ("head", CTRL, ("roll_requested", ("event_A", -6))),
])  # fmt: skip
def test_an_edge_ripples_and_with_ctrl_rolls(view: TimelineView, side: str, held, wanted) -> None:
    heard = Heard(view)
    drag(view, edge(view, "B", side), -24, held)
    assert [one for one in heard.all if one[0] == wanted[0]] == [wanted]
    assert heard.edits == [wanted[0]]
    assert view.ghost is None
    assert heard.of("trim_previewed")[-1] == (None,)


def test_alt_slips_the_take_and_a_body_moves_the_event(view: TimelineView) -> None:
    heard = Heard(view)
    drag(view, middle(view, "B"), 40, ALT)
    drag(view, middle(view, "A"), 250)
    assert heard.of("slip_requested") == [("event_B", 10)]
    assert heard.of("move_requested") == [(["event_A"], 1, "")]


def test_several_events_move_together(view: TimelineView) -> None:
    heard = Heard(view)
    view.selection.choose(["event_A", "event_B"])
    drag(view, middle(view, "A"), view.rect_for_event("event_C").right() - middle(view, "A").x() - 4)
    assert heard.of("move_requested") == [(["event_A", "event_B"], 1, "scene_1")]


def test_escape_puts_everything_back_and_wishes_for_nothing(qtbot: QtBot, view: TimelineView) -> None:
    heard = Heard(view)
    drag(view, edge(view, "A", "tail"), -60, let_go=False)
    assert view.ghost.readout.change.startswith("−15 frames")
    qtbot.keyClick(view.list, Qt.Key.Key_Escape)
    assert view.ghost is None
    QTest.mouseRelease(view.viewport(), LEFT, NONE, edge(view, "A", "tail") - QPoint(60, 0))
    assert heard.edits == []


def test_a_click_on_an_edge_changes_nothing(view: TimelineView) -> None:
    heard = Heard(view)
    drag(view, edge(view, "A", "tail"), 1)
    assert heard.edits == []
    assert view.selection.events == ["event_A"]


def test_shift_leaves_the_magnet_out_for_as_long_as_it_is_held(view: TimelineView) -> None:
    heard = Heard(view)
    start = edge(view, "A", "tail")  # the marker stands 12 frames after the cut
    drag(view, start, 44)
    drag(view, start, 44, SHIFT)
    assert [args[2] for args in heard.of("trim_requested")] == [12, 11]


def test_the_ruler_scrubs_live(view: TimelineView) -> None:
    heard = Heard(view)
    drag(view, QPoint(40, 10), 80)
    asked = [args[0] for args in heard.of("frame_requested")]
    assert (asked[0], asked[-1]) == (10, 30)
    assert asked == sorted(asked)


def test_the_split_tool_splits_where_one_clicks(view: TimelineView) -> None:
    heard = Heard(view)
    view.tool = "split"
    QTest.mouseClick(view.viewport(), LEFT, NONE, view.rect_for_event("event_B").topLeft() + QPoint(41, 50))
    assert heard.of("split_requested") == [("event_B", 10)]


def test_clips_are_moved_trimmed_and_taken_off(qtbot: QtBot, view: TimelineView) -> None:
    heard = Heard(view)
    box = view.rect_for_sound("sound_storm")
    low = QPoint(box.center().x(), box.bottom() - 4)
    drag(view, low, 400)
    drag(view, QPoint(box.right() - 1, low.y()), -80)
    assert heard.of("sound_move_requested") == [("sound_storm", "lane_one", 110)]
    assert heard.of("sound_trim_requested") == [("sound_storm", "tail", -20)]
    qtbot.keyClick(view.list, Qt.Key.Key_Delete)
    assert heard.edits[-1] == "remove_requested"


def test_markers_are_dragged(view: TimelineView) -> None:
    heard = Heard(view)
    drag(view, view.point_for_marker("marker_horn"), 60)
    assert heard.of("marker_move_requested") == [("marker_horn", 75)]


def test_a_folded_scene_is_one_strip_that_moves_whole(view: TimelineView) -> None:
    heard = Heard(view)
    view.fold("scene_0", True)
    drag(view, middle(view, "A"), view.rect_for_event("event_D").right() - middle(view, "A").x() - 8)
    assert heard.of("move_requested") == [(["event_A", "event_B"], 2, "scene_1")]


def test_in_a_cut_that_is_kept_nothing_can_be_changed(view: TimelineView) -> None:
    view.show_cut(a_cut(48, 48, frozen=True, sounds=[]))
    heard = Heard(view)
    drag(view, edge(view, "A", "tail"), -40)
    drag(view, middle(view, "A"), 200)
    drag(view, view.point_for_marker("marker_horn"), 60)
    assert heard.edits == []


def test_zooming_by_wheel_keeps_the_frame_under_the_pointer(view: TimelineView) -> None:
    def frame() -> int:
        return view.geometry_now.scale.frame_at(600 + view.scrolled)

    view.horizontalScrollBar().setValue(40)
    before = frame()
    for turn in (120, 120, -120):
        wheel(view, QPoint(600, 100), turn)
        assert abs(frame() - before) <= 1
    view.zoom_to_fit()
    assert view.rect_for_event("event_D").right() <= view.viewport().width()


def wheel(view: TimelineView, at: QPoint, turn: int) -> None:
    spot, port = QPointF(at), view.viewport()
    event = QWheelEvent(spot, port.mapToGlobal(spot), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, CTRL,
                        Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(port, event)


def test_keys_go_from_cut_to_cut_and_the_list_says_where_one_is(qtbot: QtBot, view: TimelineView) -> None:
    heard = Heard(view)
    for key, wanted in ((Qt.Key.Key_Home, "A"), (Qt.Key.Key_Down, "B"), (Qt.Key.Key_End, "D"), (Qt.Key.Key_Up, "C")):
        qtbot.keyClick(view.list, key)
        assert view.selection.current == f"event_{wanted}"
        assert view.list.currentIndex().data() == f"Shot {wanted}, 2:00"
    assert [args[0] for args in heard.of("frame_requested")] == [0, 48, 144, 96]
    qtbot.keyClick(view.list, Qt.Key.Key_Return)
    assert heard.of("event_opened") == [("event_C",)]
    assert view.accessibleDescription() == "Shot C, 2:00"


def test_heads_say_what_a_lane_is_and_ask_for_changes(view: TimelineView) -> None:
    asked: list[tuple[str, dict]] = []
    view.heads.edit_requested.connect(lambda lane, fields: asked.append((lane, fields)))
    head = view.heads.head("lane_one")
    head.mute.click()
    head.solo.click()
    head.lock.click()
    assert asked == [("lane_one", {"mute": True}), ("lane_one", {"solo": True}), ("lane_one", {"follows": False})]
    assert head.mute.accessibleName() == "Mute one"
    assert not view.heads.head("lane_two").switches.isVisible()  # a lane without clips is low


def test_other_lanes_have_other_heads(view: TimelineView) -> None:
    lanes: list[LaneCard] = [a_lane("three")]
    view.show_cut(a_cut(48, lanes=lanes, sounds=[]))
    assert view.heads.head("lane_one") is None
    assert view.heads.head("lane_three").accessibleName() == "Lane three"


def test_a_long_film_is_drawn_at_every_zoom(view: TimelineView) -> None:
    """Single frames, whole shots, and so far away that many shots lie on one pixel."""
    view.show_cut(a_cut(*[24] * 400, sounds=[]))
    head = view.geometry_now.shots_row.top + 12
    for zoom in (ONE_PIXEL // 64, ONE_PIXEL, 8 * ONE_PIXEL):
        view.zoom_to(TimeScale(zoom))
        view.horizontalScrollBar().setValue(view.horizontalScrollBar().maximum() // 2)
        image = view.viewport().grab().toImage()
        colours = [image.pixelColor(x, head).name() for x in range(0, 140)]
        assert "#212429" in colours


class Paints(QObject):
    """The widths a widget was asked to paint."""

    def __init__(self) -> None:
        super().__init__()
        self.widths: list[int] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.widths.append(event.rect().width())
        return False


def test_a_move_of_the_playhead_draws_little(qtbot: QtBot, view: TimelineView) -> None:
    """It moves with every frame that is played; what the first showing still draws is drawn by the third move."""
    paints = Paints()
    view.viewport().installEventFilter(paints)
    for film_frame in (20, 24, 28):
        before = len(paints.widths)
        view.selection.move_playhead(film_frame)
        qtbot.waitUntil(lambda before=before: len(paints.widths) > before)
    assert paints.widths[-1] < 320


def files() -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/films/horn.wav")])
    return mime


def a_drag(at: QPoint) -> QDragMoveEvent:
    """A file from a file manager, held over the timeline."""
    a_drag.files = files()  # an event does not keep what it carries
    return QDragMoveEvent(at, Qt.DropAction.CopyAction, a_drag.files, LEFT, NONE)


def a_drop(at: QPoint) -> QDropEvent:
    a_drop.files = files()
    return QDropEvent(QPointF(at), Qt.DropAction.CopyAction, a_drop.files, LEFT, NONE)


def test_files_held_over_a_lane_or_a_shot_say_what_they_become_and_go_there(view: TimelineView) -> None:
    lanes, shots = [], []
    view.drop_requested.connect(lambda *args: lanes.append(args))
    view.files_dropped.connect(lambda *args: shots.append(args))
    row = view.geometry_now.row("lane", "lane_two")
    over_lane, over_shot = QPoint(200, row.top + 10), middle(view, "B")
    view.hands.drag_over(a_drag(over_lane))
    assert view.ghost.readout.change == "Onto two" and view.ghost.guide == 50
    view.hands.drop(a_drop(over_lane))
    view.hands.drag_over(a_drag(over_shot))
    assert view.ghost.readout.change == "Into B"
    view.hands.drop(a_drop(over_shot))
    assert view.ghost is None
    assert lanes == [("lane_two", 50, [Path("/films/horn.wav")])]
    assert shots == [("shot_B", [Path("/films/horn.wav")])]


def test_resting_says_what_lies_under_the_pointer(view: TimelineView) -> None:
    assert view.words_at(middle(view, "A")) == "Shot A, 2:00"
    assert view.words_at(view.rect_for_sound("sound_storm").center()) == "storm, 1:16, 0.0 dB"
    assert view.words_at(view.point_for_marker("marker_horn")) == "Horn"
    assert view.words_at(QPoint(4, 4)) == ""


def test_everything_of_a_lane_is_in_its_menu(view: TimelineView) -> None:
    heads, asked = view.heads, []
    heads.add_requested.connect(lambda: asked.append("add"))
    for name, signal in (("rename", heads.rename_requested), ("gain", heads.gain_requested),
                         ("remove", heads.remove_requested)):  # fmt: skip
        signal.connect(lambda lane, name=name: asked.append((name, lane)))
    heads.move_requested.connect(lambda lane, step: asked.append((lane, step)))
    heads.edit_requested.connect(lambda lane, fields: asked.append((lane, fields)))
    menu = heads.head("lane_two").menu()
    for entry in menu.actions():
        entry.trigger()
    assert asked == [
        "add", ("rename", "lane_two"), ("gain", "lane_two"), ("lane_two", {"mute": True}), ("lane_two", {"solo": True}),
        ("lane_two", {"follows": False}), ("lane_two", -1), ("lane_two", 1), ("remove", "lane_two"),
    ]  # fmt: skip


def test_lanes_of_a_cut_that_is_kept_cannot_be_switched(view: TimelineView) -> None:
    view.show_cut(a_cut(48, frozen=True))
    assert not view.heads.head("lane_one").mute.isEnabled()
    assert not view.heads.head("lane_one").menu_button.isEnabled()


def test_a_screen_reader_finds_the_shots_on_the_timeline(view: TimelineView) -> None:
    found = [QAccessible.queryAccessibleInterface(view)]
    for one in found:
        found += [one.child(place) for place in range(one.childCount())]
    shots = [one.text(QAccessible.Text.Name) for one in found if one.role() == QAccessible.Role.ListItem]
    assert shots == [view.events.words(event) for event in view.cut.events]
