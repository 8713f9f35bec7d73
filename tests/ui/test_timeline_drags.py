"""What a hand does to the cut: the ghost says what the edit will do, in frames and in words."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.open_project import OpenProject
from studio.project import queries
from studio.project.commands import trim as trims
from studio.project.cut_cards import MarkerCard
from studio.ui.storyboard.timeline.cut import TimelineCut
from studio.ui.storyboard.timeline.drags import (
    Edit,
    GainDrag,
    MarkerDrag,
    MoveDrag,
    Pull,
    RollDrag,
    SlipDrag,
    SoundMoveDrag,
    SoundTrimDrag,
    TrimDrag,
)
from studio.ui.storyboard.timeline.geometry import ONE_PIXEL, TimeScale
from studio.ui.storyboard.timeline.snapping import snap_points
from studio.ui.storyboard.timeline.taps import Taps
from tests.builders import a_project, a_shot, a_take
from tests.ui.timeline_cuts import a_cut, an_event

SCALE = TimeScale(4 * ONE_PIXEL)


def pull(by: int, frame: int = 0, cut: TimelineCut | None = None, **other) -> Pull:
    """With a cut it snaps to that."""
    points = snap_points(cut, 0, cuts=False) if cut is not None else None
    return Pull(by, frame, other.get("rise", 0), other.get("lane"), points, SCALE)


def test_a_trimmed_end_takes_what_follows_along_and_says_so() -> None:
    cut = a_cut(48, 24, 24)
    drag = TrimDrag(cut, cut.events[0], "tail")
    ghost = drag.pull(pull(-18))
    assert drag.edit() == Edit("trim_requested", ("event_A", "tail", -18))
    assert ghost.away == (30, 18) and ghost.boxes == ((30, 24),) and ghost.edge == 30
    assert ghost.readout.change == "−18 frames → 1:06"
    assert ghost.readout.moves == "2 shots move −0:18"
    assert ghost.readout.film == "Film 0:03:06, was 0:04:00"


def test_an_edge_drawn_to_a_marker_names_it() -> None:
    cut = a_cut(48, 24)
    drag = TrimDrag(cut, cut.events[0], "tail")
    ghost = drag.pull(pull(11, cut=cut))
    assert drag.edit().args[2] == 12
    assert (ghost.guide, ghost.caught) == (60, "marker_horn")
    assert ghost.readout.note == "Snapped to marker “Horn”"


def test_past_the_end_of_the_take_its_last_frame_is_held_and_the_readout_says_how_long() -> None:
    cut = a_cut(48, 24, take=50)
    ghost = TrimDrag(cut, cut.events[0], "tail").pull(pull(8))
    assert ghost.readout.note == "Holds its last frame for 6 frames"


def test_a_trimmed_head_keeps_its_place_and_gives_up_its_first_frames() -> None:
    cut = a_cut(48, 24)
    drag = TrimDrag(cut, cut.events[1], "head")
    ghost = drag.pull(pull(6))
    assert ghost.away == (48, 6) and ghost.edge == 54
    assert ghost.trim.left.id == "event_A" and ghost.trim.right.frames == 18 and ghost.trim.right.shot_in == 6
    assert drag.edit() == Edit("trim_requested", ("event_B", "head", 6))


@given(st.lists(st.integers(1, 90), min_size=2, max_size=6), st.integers(-200, 200), st.sampled_from(["head", "tail"]))
@settings(max_examples=80)
def test_no_trim_leaves_an_event_without_a_frame(lengths: list[int], by: int, side: str) -> None:
    cut = a_cut(*lengths)
    drag = TrimDrag(cut, cut.events[0], side)
    ghost = drag.pull(pull(by))
    edit = drag.edit()
    moved = edit.args[2] if edit else 0
    after = lengths[0] + (moved if side == "tail" else -moved)
    assert after >= 1
    assert moved == by or after == 1
    assert ghost.trim is not None


@given(st.integers(1, 90), st.integers(1, 90), st.integers(-200, 200))
@settings(max_examples=60)
def test_a_rolled_cut_leaves_the_film_as_long_as_it_was(left: int, right: int, by: int) -> None:
    cut = a_cut(left, right)
    drag = RollDrag(cut, *cut.events)
    ghost = drag.pull(pull(by))
    assert sum(frames for _frame, frames in ghost.boxes) == left + right
    assert all(frames >= 1 for _frame, frames in ghost.boxes)
    assert ghost.readout.film.startswith("Film stays")


def test_a_slipped_take_moves_under_an_event_that_stays() -> None:
    cut = a_cut(20, take=60)
    drag = SlipDrag(cut, replace(cut.events[0], take_in=10, shot_in=10))
    ghost = drag.pull(pull(-5))
    assert ghost.boxes == ((0, 20),)
    assert ghost.trim.left.take_in == 15
    assert drag.edit() == Edit("slip_requested", ("event_A", -5))


@pytest.mark.parametrize(("moved", "frame", "place", "scene"), [
    ([0], 90, 3, "scene_1"), ([3], 0, 0, "scene_0"), ([0, 2], 95, 2, "scene_1"), ([1], 60, None, ""),
])  # fmt: skip
def test_events_go_before_the_cut_nearest_to_the_hand(moved, frame: int, place: int | None, scene: str) -> None:
    """Four events of 24 frames, two to a scene: the place is counted without those in the hand."""
    cut = a_cut(24, 24, 24, 24)
    events = [cut.events[one] for one in moved]
    drag = MoveDrag(cut, events, {"scene_0": "1", "scene_1": "2"})
    ghost = drag.pull(pull(frame - events[0].film_frame, frame))
    edit = drag.edit()
    if place is None:
        assert edit.args == (["event_B"], 1, "scene_1")  # the same place, but the hand is over the next scene
        return
    joins = scene if any(event.scene != scene for event in events) else ""
    assert edit == Edit("move_requested", ([event.id for event in events], place, joins))
    assert ghost.gap is not None and ghost.events == {event.id for event in events}


def test_events_put_down_where_they_were_wish_for_nothing() -> None:
    cut = a_cut(24, 24, 24, 24)
    drag = MoveDrag(cut, [cut.events[1]], {})
    drag.pull(pull(3, 30))
    assert drag.edit() is None


def test_a_clip_moves_in_time_and_to_another_lane_and_never_before_the_film() -> None:
    cut = a_cut(96)
    drag = SoundMoveDrag(cut, cut.sounds[0])
    ghost = drag.pull(pull(-30, lane=cut.lane("lane_two")))
    assert drag.edit() == Edit("sound_move_requested", ("sound_storm", "lane_two", 0))
    assert ghost.clips[0].frames == 40


def test_a_clip_is_trimmed_to_what_its_file_has() -> None:
    cut = a_cut(96)
    drag = SoundTrimDrag(cut, cut.sounds[0], "tail")
    drag.pull(pull(10_000))
    assert drag.edit() == Edit("sound_trim_requested", ("sound_storm", "tail", 240))


def test_the_line_of_a_clip_changes_its_gain() -> None:
    cut = a_cut(96)
    drag = GainDrag(cut.sounds[0], 64)
    ghost = drag.pull(pull(0, rise=-13))
    assert drag.edit() == Edit("sound_gain_requested", ("sound_storm", -12.0))
    assert ghost.readout.change == "−12.0 dB" and ghost.readout.note == "was 0.0 dB"


def test_a_marker_moves_alone() -> None:
    cut = a_cut(96, markers=[MarkerCard("marker_horn", 60, "Horn")])
    drag = MarkerDrag(cut, cut.markers[0])
    assert drag.pull(pull(-70)).marker == 0
    assert drag.edit() == Edit("marker_move_requested", ("marker_horn", 0))


@pytest.mark.parametrize("make", [
    lambda cut: TrimDrag(cut, cut.events[0], "tail"), lambda cut: RollDrag(cut, *cut.events[:2]),
    lambda cut: SlipDrag(cut, cut.events[0]), lambda cut: SoundMoveDrag(cut, cut.sounds[0]),
    lambda cut: SoundTrimDrag(cut, cut.sounds[0], "head"), lambda cut: GainDrag(cut.sounds[0], 64),
    lambda cut: MarkerDrag(cut, cut.markers[0]),
])  # fmt: skip
def test_a_hand_that_comes_back_wishes_for_nothing(make) -> None:
    drag = make(a_cut(48, 48, take=60))
    drag.pull(pull(5, rise=9))
    drag.pull(pull(0))
    assert drag.edit() is None


# --- the cut itself, and tapping ---


@given(st.lists(st.integers(1, 50), min_size=1, max_size=12), st.integers(-5, 700))
@settings(max_examples=80)
def test_every_frame_of_the_cut_has_exactly_one_event(lengths: list[int], frame: int) -> None:
    cut = a_cut(*lengths)
    event = cut.event_at(frame)
    assert (event is not None) == (0 <= frame < sum(lengths))
    if event is not None:
        assert event.film_frame <= frame < event.film_frame + event.frames
        assert cut.place_of(event.id) in cut.places_between(frame, frame + 1)
        assert cut.run_at(frame).scene == event.scene


def test_runs_of_a_scene_are_told_apart_where_another_lies_between() -> None:
    events = [an_event("A", 0, 10, "x"), an_event("B", 10, 10, "y"), an_event("C", 20, 10, "x")]
    cut = TimelineCut(a_cut(1).rate, events)
    assert [(run.scene, run.first, run.frames) for run in cut.runs] == [("x", 0, 10), ("y", 1, 10), ("x", 2, 10)]


@given(st.lists(st.integers(0, 300), max_size=12))
@settings(max_examples=60)
def test_taps_end_one_shot_after_the_other_and_their_lengths_add_up(at: list[int]) -> None:
    cut = a_cut(50, 50, 50, 50)
    taps, accepted = Taps(cut, 1), []
    for frame in at:
        if taps.tap(frame):
            accepted.append(frame)
    assert list(taps.lengths) == [event.id for event in cut.events[1 : 1 + len(accepted)]]
    assert sum(taps.lengths.values()) == (accepted[-1] - 50 if accepted else 0)
    assert all(frames >= 1 for frames in taps.lengths.values())
    assert accepted == sorted(set(accepted))


# --- ghosts and commands agree ---


@pytest.fixture(scope="module")
def filmed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenProject]:
    """Three shots, the second with a take that is longer than its event."""
    project = a_project(tmp_path_factory.mktemp("ghosts", numbered=True))
    shots = [a_shot(project, frames=48) for _ in range(3)]
    a_take(project, shots[1])
    yield project
    project.close()


def now(project: OpenProject) -> TimelineCut:
    return TimelineCut(project.ask(queries.film_card).rate, project.ask(queries.event_cards))


@pytest.mark.parametrize("by", [-60, -47, -5, -1, 3, 20])
@pytest.mark.parametrize("side", ["head", "tail"])
@pytest.mark.parametrize("place", [0, 1])
def test_the_film_becomes_what_the_ghost_of_a_trim_showed(filmed, place: int, side: str, by: int) -> None:
    cut = now(filmed)
    drag = TrimDrag(cut, cut.events[place], side)
    shown = drag.pull(pull(by)).trim
    event, side, moved = drag.edit().args
    filmed.run(trims.trim_tail if side == "tail" else trims.trim_head, event, moved)
    became = now(filmed).events[place]
    filmed.undo()
    assert became == replace(shown.left if side == "tail" else shown.right, shot_in=became.shot_in)
    assert place == 0 or became.shot_in == (shown.left if side == "tail" else shown.right).shot_in


@pytest.mark.parametrize("by", [-60, -7, 9, 60])
def test_the_film_becomes_what_the_ghosts_of_a_roll_and_a_slip_showed(filmed, by: int) -> None:
    cut = now(filmed)
    roll, slip = RollDrag(cut, cut.events[1], cut.events[2]), SlipDrag(cut, cut.events[1])
    shown = roll.pull(pull(by)).trim
    filmed.run(trims.roll_cut, *roll.edit().args)
    became = now(filmed)
    filmed.undo()
    assert became.events[1] == shown.left
    assert became.events[2].frames == shown.right.frames and became.frames == cut.frames
    shown = slip.pull(pull(by)).trim
    filmed.run(trims.slip_event, *slip.edit().args)
    became = now(filmed)
    filmed.undo()
    assert became.events[1] == shown.left
