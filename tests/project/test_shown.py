"""What stands at each frame of an event."""

import math
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from studio.project import trimming
from studio.project.cut_cards import EventCard, PanelShown, Stroke
from studio.project.shown import STILL, WHOLE, eased, pieces, shown_at, window, within
from studio.project.timing import LEGAL_RATES, FrameRate

TAKE = Path("take.mp4")
RATE = FrameRate(24)
CORNER = (0.5, 0.5, 0.5, 0.5)


def event(frames: int, **other: object) -> EventCard:
    given = {"id": "event", "shot": "a", "shot_number": "1A", "scene": "s", "film_frame": 0, "frames": frames,
             "take": None, "take_name": "", "media": None, "take_in": 0, "take_frames": 0}  # fmt: skip
    return EventCard(**given | other)


def taken(frames: int, take_frames: int, **other: object) -> EventCard:
    return event(frames, take="take", take_name="1", media=TAKE, take_frames=take_frames, **other)


def take_frames(one: EventCard, rate: FrameRate = RATE) -> list[int]:
    return [shown_at(one, rate, frame).take_frame for frame in range(one.frames)]


def held(one: EventCard) -> list[int]:
    return [frame for frame in range(one.frames) if shown_at(one, RATE, frame).held]


def test_speed_holds_and_skips_take_frames() -> None:
    assert take_frames(taken(8, 9, speed_den=2)) == [0, 0, 1, 1, 2, 2, 3, 3]
    assert take_frames(taken(3, 9, take_in=1, speed_num=2)) == [1, 3, 5]
    assert take_frames(taken(6, 9, speed_num=2, speed_den=3)) == [0, 0, 1, 2, 2, 3]


def test_reverse_plays_from_the_in_point_towards_the_head() -> None:
    assert take_frames(taken(4, 9, take_in=6, speed_num=-1)) == [6, 5, 4, 3]
    assert take_frames(taken(4, 9, take_in=6, speed_num=-1, speed_den=2)) == [6, 5, 5, 4]


def test_what_the_take_does_not_have_is_held_at_both_ends() -> None:
    one = taken(8, 4, take_in=-2)
    assert (take_frames(one), held(one)) == ([0, 0, 0, 1, 2, 3, 3, 3], [0, 1, 6, 7])
    back = taken(8, 4, take_in=5, speed_num=-1)
    assert (take_frames(back), held(back)) == ([3, 3, 3, 2, 1, 0, 0, 0], [0, 1, 6, 7])


def test_an_event_far_outside_its_take_holds_the_nearest_frame() -> None:
    assert take_frames(taken(3, 4, take_in=90)) == [3, 3, 3]
    assert take_frames(taken(3, 4, take_in=-90)) == [0, 0, 0]


@pytest.mark.parametrize(("hold", "frame"), [("first", 4), ("last", 9)])
def test_a_hold_shows_one_frame_as_long_as_the_event_is(hold: str, frame: int) -> None:
    one = taken(6, 12, take_in=4, hold=hold)
    assert (take_frames(one), held(one)) == ([frame] * 6, [])


def test_a_take_of_another_rate_keeps_its_speed() -> None:
    assert take_frames(taken(6, 12, take_rate=RATE), FrameRate(48)) == [0, 0, 1, 1, 2, 2]
    ntsc = taken(1001, 3000, take_rate=FrameRate(24000, 1001))
    assert take_frames(ntsc)[1000] == int(1000 * Fraction(1000, 1001))


@settings(max_examples=60, deadline=None)
@given(
    frames=st.integers(1, 40), length=st.integers(1, 30), take_in=st.integers(-40, 60), num=st.integers(-300, 300),
    den=st.integers(1, 100), phase=st.fractions(0, Fraction(99, 100), max_denominator=100),
    rate=st.sampled_from(LEGAL_RATES), film_rate=st.sampled_from(LEGAL_RATES),
    hold=st.sampled_from(["", "first", "last"]),
)  # fmt: skip
def test_pieces_cover_the_event_and_agree_with_one_plain_formula(
    frames: int, length: int, take_in: int, num: int, den: int, phase: Fraction, rate: FrameRate,
    film_rate: FrameRate, hold: str,
) -> None:  # fmt: skip
    one = taken(frames, length, take_in=take_in, speed_num=num, speed_den=den, take_phase=phase, take_rate=rate,
                hold=hold)
    found = pieces(one, film_rate)
    assert [piece.start for piece in found] + [frames] == [0] + [piece.end for piece in found]
    for frame in range(frames):
        at = {"": frame, "first": 0, "last": frames - 1}[hold]
        plain = math.floor(take_in + phase + at * Fraction(num, den) * rate.fraction / film_rate.fraction)
        shown = shown_at(one, film_rate, frame)
        assert shown.take_frame == max(0, min(plain, length - 1))
        assert shown.held == (not hold and not 0 <= plain < length)


events = st.builds(
    lambda frames, length, num, den, hold, head, shot_in, rate, moves: trimming.shown(
        taken(frames, length, hold=hold, take_head=head, take_rate=rate, framing_start=WHOLE if moves else None,
              framing_end=CORNER if moves else None, ease=moves),
        trimming.Span(Fraction(shot_in), frames, Fraction(num, den), hold), RATE),
    st.integers(1, 30), st.integers(1, 30), st.sampled_from([-3, -2, -1, 1, 2, 3]), st.integers(1, 3),
    st.sampled_from(["", "first", "last"]), st.integers(0, 8), st.integers(-10, 30),
    st.sampled_from([RATE, FrameRate(25), FrameRate(24000, 1001)]), st.sampled_from(["", "in", "both"]),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(one=events)
def test_what_a_trim_says_is_held_is_what_is_shown_held(one: EventCard) -> None:
    told = trimming.held_frames(one, RATE)
    assert held(one) == [*range(told.before), *range(one.frames - told.after, one.frames)]


@settings(max_examples=60, deadline=None)
@given(one=events, at=st.integers(1, 29))
def test_the_halves_of_a_split_show_what_the_whole_showed(one: EventCard, at: int) -> None:
    assume(at < one.frames)
    spans = trimming.split(trimming.Span.of(one), at, moves=one.framing_start is not None)
    halves = [trimming.shown(one, span, RATE) for span in spans]
    after = [shown_at(half, RATE, frame) for half in halves for frame in range(half.frames)]
    before = [shown_at(one, RATE, frame) for frame in range(one.frames)]
    assert [(a.take_frame, a.framing) for a in after] == [(b.take_frame, b.framing) for b in before]


def test_panels_are_shown_in_order_and_the_last_one_holds_to_the_end() -> None:
    arrow = Stroke("arrow", ((0.1, 0.1), (0.9, 0.9)), 0.01, "#FF0000")
    panels = (PanelShown("p1", Path("1.png"), 3, strokes=(arrow,)), PanelShown("p2", Path("2.png"), 2))
    one = event(7, panels=panels)
    shown = [shown_at(one, RATE, frame) for frame in range(7)]
    assert [frame.source.name for frame in shown] == ["1.png"] * 3 + ["2.png"] * 4
    assert {frame.take_frame for frame in shown} == {STILL}
    assert [frame.strokes for frame in shown[2:4]] == [(arrow,), ()]


def test_panels_longer_than_the_event_end_with_it() -> None:
    panels = (PanelShown("p1", Path("1.png"), 30), PanelShown("p2", Path("2.png"), 2))
    (only,) = pieces(event(7, panels=panels), RATE)
    assert (only.panel, only.frames) == ("p1", 7)


def test_a_panel_stands_for_the_event_and_the_card_only_where_there_is_neither() -> None:
    assert shown_at(event(4, panel="p1", picture=Path("1.png")), RATE, 3).source == Path("1.png")
    assert shown_at(event(4), RATE, 3).source is None


def test_the_poster_of_a_take_never_stands_for_it() -> None:
    assert shown_at(taken(4, 9, picture=Path("poster.jpg")), RATE, 0).source == TAKE


def test_a_framing_is_exact_at_both_ends_and_eased_between() -> None:
    one = taken(5, 9, framing_start=WHOLE, framing_end=CORNER)
    rects = [shown_at(one, RATE, frame).framing for frame in range(5)]
    assert (rects[0], rects[2], rects[4]) == (WHOLE, (0.25, 0.25, 0.75, 0.75), CORNER)


@pytest.mark.parametrize("ease", ["", "in", "out", "both"])
def test_every_ease_goes_from_start_to_end_without_turning_back(ease: str) -> None:
    ways = [eased(Fraction(n, 50), ease) for n in range(51)]
    assert (ways[0], ways[-1]) == (0.0, 1.0)
    assert ways == sorted(ways)


def test_ease_in_is_slow_at_first_and_out_at_last() -> None:
    tenth, late = Fraction(1, 10), Fraction(9, 10)
    assert eased(tenth, "in") < 0.02 and 1 - eased(late, "in") > 0.14
    assert eased(tenth, "out") > 0.14 and 1 - eased(late, "out") < 0.02
    assert eased(Fraction(1, 2), "both") == 0.5


def test_in_and_out_are_the_halves_of_both() -> None:
    for n in range(11):
        w = Fraction(n, 10)
        assert eased(w / 2, "both") == pytest.approx(eased(w, "in") / 2)
        assert eased((1 + w) / 2, "both") == pytest.approx((1 + eased(w, "out")) / 2)


def test_a_part_of_a_move_is_shown_as_the_whole_move_shows_it() -> None:
    whole = taken(9, 20, framing_start=WHOLE, framing_end=CORNER, ease="both")
    rest = taken(5, 20, framing_start=WHOLE, framing_end=CORNER, ease="both", framing_first=4, framing_frames=9)
    for frame in range(5):
        assert shown_at(rest, RATE, frame).framing == shown_at(whole, RATE, frame + 4).framing
    panel = PanelShown("p1", Path("1.png"), 3, WHOLE, CORNER, framing_first=1, framing_frames=4)
    assert shown_at(event(3, panels=(panel,)), RATE, 2).framing == CORNER


def test_one_frame_shows_the_start_of_its_framing() -> None:
    assert shown_at(taken(1, 9, framing_start=CORNER, framing_end=WHOLE), RATE, 0).framing == CORNER


def test_without_a_framing_the_whole_picture_is_shown() -> None:
    assert shown_at(taken(4, 9), RATE, 0).framing is None


def test_the_events_framing_lies_within_the_panels_own() -> None:
    panel = PanelShown("p1", Path("1.png"), 4, CORNER, CORNER)
    one = event(4, panels=(panel,), framing_start=CORNER, framing_end=CORNER)
    assert shown_at(one, RATE, 1).framing == (0.75, 0.75, 0.25, 0.25)
    assert within(CORNER, WHOLE) == CORNER


def test_a_panels_own_framing_moves_in_its_own_time() -> None:
    moving = (PanelShown("p1", Path("1.png"), 2), PanelShown("p2", Path("2.png"), 3, WHOLE, CORNER))
    one = event(5, panels=moving)
    assert [shown_at(one, RATE, frame).framing for frame in (0, 2, 4)] == [None, WHOLE, CORNER]


def test_a_picture_of_another_aspect_is_cropped_evenly_and_never_stretched() -> None:
    assert window(None, (1280, 720), (1920, 1080)) == WHOLE
    assert window(None, (400, 400), (160, 80)) == (0.0, 0.25, 1.0, 0.5)
    assert window(None, (800, 400), (100, 100)) == (0.25, 0.0, 0.5, 1.0)
    assert window((0.0, 0.0, 1.0, 0.25), (160, 360), (160, 90)) == (0.0, 0.0, 1.0, 0.25)


@settings(max_examples=80, deadline=None)
@given(
    rect=st.tuples(*(st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 1), st.floats(0.01, 1))),
    picture=st.tuples(st.integers(16, 4000), st.integers(16, 4000)), frame=st.sampled_from([(160, 90), (90, 160)]),
)  # fmt: skip
def test_a_window_has_the_frames_aspect_and_lies_in_the_picture(
    rect: tuple[float, float, float, float], picture: tuple[int, int], frame: tuple[int, int]
) -> None:
    left, top, width, height = window(rect, picture, frame)
    assert width * picture[0] * frame[1] == pytest.approx(height * picture[1] * frame[0])
    assert min(left, top) >= 0 and left + width <= 1 + 1e-9 and top + height <= 1 + 1e-9
