"""Where things stand on the timeline, what lies under a point, and what an edge is drawn to."""

from hypothesis import given, settings
from hypothesis import strategies as st

from studio.project.timing import LEGAL_RATES, FrameRate
from studio.ui.storyboard.timeline.geometry import (
    LEAST_ZOOM,
    MOST_ZOOM,
    ONE_PIXEL,
    TICK_APART,
    TimelineGeometry,
    TimeScale,
    gain_moved,
    gain_y,
    tick_frames,
    ticks,
)
from studio.ui.storyboard.timeline.snapping import STRENGTH, snap_points
from tests.ui.timeline_cuts import a_cut

scales = st.integers(LEAST_ZOOM, MOST_ZOOM).map(TimeScale)
close_scales = st.integers(ONE_PIXEL, MOST_ZOOM).map(TimeScale)
frames = st.integers(0, 24 * 3600 * 60)
cuts = st.lists(st.integers(1, 400), min_size=1, max_size=9).map(lambda lengths: a_cut(*lengths))


@given(close_scales, frames)
@settings(max_examples=100)
def test_a_frame_is_found_again_at_the_pixel_it_begins_at(scale: TimeScale, frame: int) -> None:
    assert scale.frame_at(scale.x_of(frame)) == frame
    assert scale.frame_near(scale.x_of(frame)) == frame


@given(scales, frames, frames)
@settings(max_examples=100)
def test_later_frames_never_stand_further_left(scale: TimeScale, one: int, other: int) -> None:
    assert (scale.x_of(one) <= scale.x_of(other)) or one > other


@given(scales, st.integers(0, 10**7))
@settings(max_examples=100)
def test_the_nearest_beginning_is_half_a_frame_away_at_most(scale: TimeScale, x: int) -> None:
    away = abs(scale.x_of(scale.frame_near(x)) - x)
    assert away <= scale.zoom / ONE_PIXEL / 2 + 1


@given(scales)
@settings(max_examples=60)
def test_zooming_always_moves_until_the_end_of_its_way(scale: TimeScale) -> None:
    assert scale.times(5, 4).zoom > scale.zoom or scale.zoom == MOST_ZOOM
    assert scale.times(4, 5).zoom < scale.zoom or scale.zoom == LEAST_ZOOM


@given(st.integers(1, 10**6), st.integers(50, 4000))
@settings(max_examples=60)
def test_a_film_that_fits_has_its_end_inside(length: int, width: int) -> None:
    scale = TimeScale.fitting(length, width)
    assert scale.x_of(length) <= width + 1 or scale.zoom == LEAST_ZOOM


@given(cuts, close_scales, st.data())
@settings(max_examples=60)
def test_what_lies_under_the_middle_of_a_strip_is_its_event(cut, scale: TimeScale, data) -> None:
    geometry = TimelineGeometry(cut, scale)
    event = data.draw(st.sampled_from(cut.events))
    box = geometry.event_box(event)
    assert geometry.hit(box.left + box.width // 2, box.top + box.height // 2).id == event.id
    assert geometry.events_between(box.left, box.right - 1).start == cut.place_of(event.id)


def test_edges_are_where_a_strip_is_trimmed_and_short_strips_keep_a_body() -> None:
    cut = a_cut(48, 2, 48)
    geometry = TimelineGeometry(cut, TimeScale(4 * ONE_PIXEL))
    long, short = geometry.event_box(cut.events[0]), geometry.event_box(cut.events[1])
    y = long.top + 4
    parts = [geometry.hit(x, y).part for x in (long.left + 2, long.left + 80, long.right - 1)]
    assert parts == ["head", "body", "tail"]
    assert geometry.hit(short.left + 4, y).part == "body"
    assert geometry.hit(long.right, y).part == "tail"  # the gap between two strips belongs to the first


def test_points_outside_the_strips_are_no_event() -> None:
    cut = a_cut(48)
    geometry = TimelineGeometry(cut, TimeScale(4 * ONE_PIXEL))
    box = geometry.event_box(cut.events[0])
    assert geometry.hit(box.right + 40, box.top + 10).kind == "shots"
    assert geometry.hit(-5, box.top + 10).kind == "shots"
    assert geometry.hit(10, geometry.height + 10).kind == ""


def test_clips_their_gain_and_markers_are_found() -> None:
    cut = a_cut(48, 48)
    geometry = TimelineGeometry(cut, TimeScale(4 * ONE_PIXEL))
    sound = cut.sounds[0]
    box = geometry.sound_box(sound)
    line = gain_y(sound.gain, box.top, box.height)
    assert geometry.hit(box.left + 60, box.bottom - 3).part == "body"
    assert geometry.hit(box.left + 60, line).part == "gain"
    assert geometry.hit(box.left + 1, line).part == "head"
    row = geometry.row("markers")
    assert geometry.hit(geometry.marker_x(60) + 4, row.top + 8).id == "marker_horn"
    assert geometry.hit(geometry.marker_x(60) + 40, row.top + 8).kind == "markers"


@given(st.floats(-36, 12), st.integers(-80, 80))
@settings(max_examples=60)
def test_a_gain_dragged_up_is_louder_and_stays_within_its_way(gain: float, rise: int) -> None:
    moved = gain_moved(gain, rise, 64)
    assert -36 <= moved <= 12
    assert (moved - gain) * rise >= -0.26 * abs(rise)
    assert (moved * 2).is_integer()


@given(scales, st.sampled_from(LEGAL_RATES), st.integers(0, 10**6))
@settings(max_examples=60)
def test_timecodes_on_the_ruler_never_run_into_each_other(scale: TimeScale, rate: FrameRate, left: int) -> None:
    step, small = tick_frames(scale, rate)
    assert scale.x_of(step) >= TICK_APART or scale.zoom < 2 * LEAST_ZOOM
    assert step % small == 0
    found = ticks(scale, rate, left, left + 1600)
    assert len(found) < 1000
    assert all(frame % step == 0 for frame, _x, big in found if big)


@given(cuts, scales, frames)
@settings(max_examples=80)
def test_an_edge_is_drawn_to_the_nearest_point_within_reach_and_to_no_other(cut, scale: TimeScale, edge: int) -> None:
    edge %= cut.frames + 50
    points = snap_points(cut, 33)
    snapped = points.nearest([edge], scale)
    known = {*(event.film_frame for event in cut.events), cut.frames, 33, 60, 10, 50}
    reach = scale.frames_in(STRENGTH)
    if snapped is None:
        assert all(abs(edge - point) > reach for point in known)
    else:
        assert edge + snapped.by in known
        assert abs(snapped.by) == min(abs(edge - point) for point in known)


def test_what_is_in_the_hand_is_nothing_to_hold_on_to() -> None:
    cut = a_cut(48, 48)
    scale = TimeScale(4 * ONE_PIXEL)
    assert snap_points(cut, 0, leave_out=["marker_horn"]).nearest([61], scale) is None
    assert snap_points(cut, 0).nearest([61], scale).point.words == "marker “Horn”"
    assert snap_points(cut, 0, cuts=False).nearest([49], scale).point.words == "the end of storm"
