"""What a trim does to what is seen: pure, frame by frame."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.errors import BadValue
from studio.project import trimming
from studio.project.cut_cards import EventCard, PanelShown
from studio.project.panel_times import panels_in
from studio.project.shown import ShownFrame, shown_at
from studio.project.timing import LEGAL_RATES, FrameRate
from studio.project.trimming import Held, Span

RATE = FrameRate(24)
TAKE = Path("take.mp4")
HALF, RIGHT = (0.0, 0.0, 0.5, 0.5), (0.5, 0.25, 0.25, 0.25)

QUICK = settings(max_examples=60, deadline=None)

speeds = st.builds(Fraction, st.integers(-4, 4).filter(bool), st.integers(1, 4))
holds = st.sampled_from(["", "first", "last"])
spans = st.builds(Span, st.integers(-5, 20).map(Fraction), st.integers(2, 30), speeds, holds)
panels = st.lists(st.tuples(st.integers(1, 20), st.booleans()), min_size=1, max_size=4)


def an_event(**other: Any) -> EventCard:
    given: dict[str, Any] = {
        "id": "event_a", "shot": "shot_a", "shot_number": "1", "scene": "s", "film_frame": 0, "frames": 24, "take": "t",
        "take_name": "1", "media": TAKE, "take_in": 0, "take_frames": 24, "take_rate": RATE, "take_head": 3,
    }  # fmt: skip
    return EventCard(**given | other)


def seen(event: EventCard, rate: FrameRate = RATE) -> list[ShownFrame]:
    """Every picture of the event in turn."""
    return [shown_at(event, rate, frame) for frame in range(event.frames)]


def pictures(frames: list[ShownFrame]) -> list[Any]:
    """Without word of whether a picture is one the take has or its nearest."""
    return [replace(one, held=False) for one in frames]


def with_panels(event: EventCard, lengths: list[tuple[int, bool]], span: Span, planned: int) -> EventCard:
    timed = [PanelShown(f"panel_{place}", Path(f"{place}.png"), length, *((HALF, RIGHT) if moves else ()))
             for place, (length, moves) in enumerate(lengths)]
    return replace(event, take=None, media=None, panels=panels_in(timed, span, planned))


# --- splits ------------------------------------------------------------------------------------------------------


@QUICK
@given(spans, st.data(), st.sampled_from(["", "in", "out", "both"]), st.sampled_from(LEGAL_RATES))
def test_the_halves_of_a_split_show_in_turn_what_the_whole_showed(
    span: Span, data: Any, ease: str, rate: FrameRate
) -> None:
    at = data.draw(st.integers(1, span.frames - 1))
    event = trimming.shown(an_event(framing_start=HALF, framing_end=RIGHT, ease=ease, take_rate=rate), span, RATE)
    halves = [trimming.shown(event, one, RATE) for one in trimming.split(span, at, moves=True)]
    assert [half.frames for half in halves] == [at, span.frames - at]
    assert pictures(seen(halves[0]) + seen(halves[1])) == pictures(seen(event))


@QUICK
@given(spans, panels, st.integers(1, 60), st.data())
def test_a_split_between_panels_or_in_the_middle_of_one_changes_no_picture(
    span: Span, lengths: list[tuple[int, bool]], planned: int, data: Any
) -> None:
    at = data.draw(st.integers(1, span.frames - 1))
    whole, *halves = (with_panels(trimming.shown(an_event(), one, RATE), lengths, one, planned)
                      for one in (span, *trimming.split(span, at)))
    assert seen(halves[0]) + seen(halves[1]) == seen(whole)


def test_a_half_that_is_split_again_still_shows_its_part_of_the_move() -> None:
    span = Span(Fraction(0), 30)
    event = trimming.shown(an_event(framing_start=HALF, framing_end=RIGHT, ease="both"), span, RATE)
    first, rest = trimming.split(span, 7, moves=True)
    second, third = trimming.split(rest, 11, moves=True)
    parts = [trimming.shown(event, one, RATE) for one in (first, second, third)]
    assert [frame for part in parts for frame in pictures(seen(part))] == pictures(seen(event))


# --- edges -------------------------------------------------------------------------------------------------------


@QUICK
@given(spans.filter(lambda span: not span.hold), st.data())
def test_a_trimmed_head_leaves_every_later_picture_where_it_stood_from_the_end(span: Span, data: Any) -> None:
    by = data.draw(st.integers(-10, span.frames - 1))
    before = trimming.shown(an_event(), span, RATE)
    after = trimming.shown(before, trimming.trim_head(span, by, RATE), RATE)
    kept = min(before.frames, after.frames)
    assert after.frames == before.frames - by
    assert pictures(seen(after))[-kept:] == pictures(seen(before))[-kept:]


@QUICK
@given(spans, st.data())
def test_a_trimmed_end_leaves_every_earlier_picture(span: Span, data: Any) -> None:
    by = data.draw(st.integers(1 - span.frames, 10))
    before = trimming.shown(an_event(), span, RATE)
    after = trimming.shown(before, trimming.trim_tail(span, by, RATE), RATE)
    kept = min(before.frames, after.frames)
    assert pictures(seen(after))[:kept] == pictures(seen(before))[:kept]


@QUICK
@given(spans, st.data())
def test_a_held_frame_stays_the_one_that_is_held_whichever_edge_moves(span: Span, data: Any) -> None:
    held = replace(span, hold=data.draw(st.sampled_from(["first", "last"])))
    by = data.draw(st.integers(1 - span.frames, span.frames - 1))
    picture = trimming.shown(an_event(), held, RATE)
    for trimmed in (trimming.trim_head(held, by, RATE), trimming.trim_tail(held, by, RATE)):
        assert set(pictures(seen(trimming.shown(picture, trimmed, RATE)))) == set(pictures(seen(picture)))


@QUICK
@given(spans.filter(lambda span: not span.hold), spans.filter(lambda span: not span.hold), st.data())
def test_a_roll_moves_the_cut_and_no_picture(left: Span, right: Span, data: Any) -> None:
    limits = trimming.roll_limits(left, right, RATE)
    by = data.draw(st.integers(max(limits.least, -40), min(limits.most, 40)))
    before = [trimming.shown(an_event(), one, RATE) for one in (left, right)]
    after = [trimming.shown(event, one, RATE)
             for event, one in zip(before, trimming.roll(left, right, by, RATE), strict=True)]
    assert sum(event.frames for event in after) == left.frames + right.frames
    cut = left.frames
    film = [pictures(seen(one) + seen(other)) for one, other in (before, after)]
    assert film[1][: min(cut, cut + by)] == film[0][: min(cut, cut + by)]
    assert film[1][max(cut, cut + by) :] == film[0][max(cut, cut + by) :]


@QUICK
@given(spans.filter(lambda span: not span.hold), st.integers(-8, 8))
def test_what_is_slipped_stands_later_by_as_much(span: Span, by: int) -> None:
    before = trimming.shown(an_event(), span, RATE)
    after = trimming.shown(before, trimming.slip(span, by), RATE)
    pairs = [(frame, frame + by) for frame in range(span.frames) if 0 <= frame + by < span.frames]
    for old, new in pairs:
        assert shown_at(after, RATE, new).take_frame == shown_at(before, RATE, old).take_frame
    assert trimming.slip(trimming.slip(span, by), -by) == span


@pytest.mark.parametrize(("trim", "by"), [(trimming.trim_head, 24), (trimming.trim_tail, -24),
                                          (trimming.trim_tail, 24 * 3600 * 24), (trimming.trim_head, -(10**9))])
def test_an_edge_that_cannot_go_so_far_is_refused_saying_how_far_it_can(trim: Any, by: int) -> None:
    with pytest.raises(BadValue, match="The edge cannot move by") as told:
        trim(Span(Fraction(0), 24), by, RATE)
    assert "It can move by" in told.value.hint


def test_a_drag_stops_at_the_limits() -> None:
    limits = trimming.head_limits(Span(Fraction(0), 24), RATE)
    assert (limits.nearest(100), limits.nearest(-3), limits.most) == (23, -3, 23)
    rolled = trimming.roll_limits(Span(Fraction(0), 10), Span(Fraction(0), 5), RATE)
    assert rolled == (-9, 4)


# --- speed -------------------------------------------------------------------------------------------------------


@QUICK
@given(spans.filter(lambda span: not span.hold))
def test_reversed_shows_the_same_frames_in_the_opposite_order_and_back_again(span: Span) -> None:
    before = trimming.shown(an_event(), span, RATE)
    turned = trimming.retime(span, -span.speed)
    after = trimming.shown(before, turned, RATE)
    assert pictures(seen(after)) == pictures(seen(before))[::-1]
    assert trimming.retime(turned, span.speed) == span


@QUICK
@given(spans.filter(lambda span: not span.hold), speeds)
def test_another_speed_shows_no_frame_outside_what_was_shown(span: Span, speed: Fraction) -> None:
    after = trimming.retime(span, speed)
    pace = abs(span.speed)
    low = span.first if span.speed > 0 else span.first - (span.frames - 1) * pace
    high = low + span.frames * pace
    part = Fraction(1, speed.denominator)
    for frame in (0, after.frames - 1):
        assert low - part < after.first + frame * after.speed < high
    assert after.frames >= span.frames * pace / abs(speed) > after.frames - 1


def test_a_fast_piece_is_as_long_as_what_it_shows_and_slow_again_as_it_was() -> None:
    span = Span(Fraction(4), 48)
    fast = trimming.retime(span, Fraction(2))
    assert (fast.frames, fast.first) == (24, 4)
    assert trimming.retime(fast, Fraction(1)) == span


# --- held --------------------------------------------------------------------------------------------------------


@QUICK
@given(spans.filter(lambda span: not span.hold), st.integers(1, 30), st.sampled_from(LEGAL_RATES))
def test_the_frames_said_to_be_held_are_those_that_are(span: Span, frames: int, rate: FrameRate) -> None:
    event = trimming.shown(an_event(take_frames=frames, take_rate=rate), span, RATE)
    held = [frame.held for frame in seen(event)]
    before, after = trimming.held_frames(event, RATE)
    inside = event.frames - before - after
    assert held == [True] * before + [False] * inside + [True] * after


def test_what_is_held_is_told_in_words() -> None:
    assert trimming.held_frames(an_event(frames=36), RATE).words == "Holds its last frame for 12 frames."
    assert Held(1, 2).words == "Holds its first frame for 1 frame and its last frame for 2 frames."
    assert not trimming.held_frames(an_event(), RATE)
    assert trimming.held_frames(an_event(frames=36, hold="last"), RATE) == (0, 0)
    assert trimming.held_frames(an_event(frames=36, media=None), RATE) == (0, 0)
