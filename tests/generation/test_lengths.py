"""A shot's length in drawings: covered, no longer than needed, nothing lost unsaid."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_runtime.protocol import EngineInfo
from studio.errors import Refused
from studio.generation.lengths import MOST_HANDLE, Fit, fit, hold, longest
from studio.project.timing import LEGAL_RATES, FrameRate

SKETCH = EngineInfo("sketch", "Sketch", ("still",), (1, 9, 17, 25), 12, 144, 80, 30, 2.5, "sketch", 2000)
SLATE = dataclasses.replace(SKETCH, id="slate", frames=(), drawings_per_second=0)
FILM = FrameRate(24)

rates = st.sampled_from(LEGAL_RATES)


@given(st.integers(1, 50), rates, st.booleans(), st.booleans())
def test_every_frame_drawn_is_shot_handle_or_cut(frames: int, rate: FrameRate, first: bool, last: bool) -> None:
    one = fit(frames, rate, SKETCH, first_given=first, last_given=last)
    assert one.head + one.frames + one.tail + one.cut == one.drawings * one.hold == one.drawn
    assert min(one.head, one.tail, one.cut) >= 0 and one.frames == frames
    assert one.delivered == one.head + one.frames + one.tail


@given(st.integers(1, 50), rates)
def test_the_length_is_legal_and_the_smallest_that_covers(frames: int, rate: FrameRate) -> None:
    one = fit(frames, rate, SKETCH)
    assert one.drawings in SKETCH.frames
    shorter = [n for n in SKETCH.frames if n < one.drawings]
    assert one.drawn >= frames and all(n * one.hold < frames for n in shorter)


@given(st.integers(1, 50), rates, st.booleans())
def test_handles_are_at_most_eight_and_none_before_a_given_first_frame(
    frames: int, rate: FrameRate, first: bool
) -> None:
    one = fit(frames, rate, SKETCH, first_given=first)
    assert one.head <= MOST_HANDLE and one.tail <= MOST_HANDLE
    assert one.head == 0 if first else abs(one.head - one.tail) <= 1
    assert one.cut == 0 or one.tail == MOST_HANDLE


@given(st.integers(1, 50), rates, st.booleans())
def test_nothing_is_cut_and_no_tail_is_kept_after_a_given_last_frame(frames: int, rate: FrameRate, first: bool) -> None:
    one = fit(frames, rate, SKETCH, first_given=first, last_given=True)
    assert one.cut == 0
    assert one.tail == 0 or first


@given(st.integers(1, 24 * 3600 * 60), rates)
def test_an_engine_without_lengths_draws_exactly_the_shot(frames: int, rate: FrameRate) -> None:
    assert fit(frames, rate, SLATE) == Fit(frames, frames, 1, 0, 0, 0)


@pytest.mark.parametrize(
    ("rate", "held"), [("23.976", 2), ("24", 2), ("25", 2), ("29.97", 2), ("30", 2), ("48", 4), ("50", 4), ("60", 4)]
)
def test_a_drawing_is_held_twice_up_to_30_and_four_times_from_48(rate: str, held: int) -> None:
    assert hold(SKETCH, FrameRate.parse(rate)) == held


def test_an_engine_of_the_films_own_speed_holds_nothing() -> None:
    assert hold(dataclasses.replace(SKETCH, drawings_per_second=24), FILM) == 1
    assert hold(dataclasses.replace(SKETCH, drawings_per_second=60), FILM) == 1


def test_a_shot_longer_than_the_longest_clip_is_refused_with_both_lengths_and_the_way_out() -> None:
    with pytest.raises(Refused) as refused:
        fit(96, FILM, SKETCH)
    assert "96 frames" in refused.value.sentence and "at most 50 at 24 fps" in refused.value.sentence
    assert refused.value.hint == "Shorten the shot to 50 frames or split it."
    assert fit(longest(SKETCH, FILM), FILM, SKETCH).cut == 0


def test_a_48_frame_shot_gets_a_frame_at_each_end() -> None:
    assert fit(48, FILM, SKETCH) == Fit(48, 25, 2, 1, 1, 0)
    assert fit(48, FILM, SKETCH, first_given=True) == Fit(48, 25, 2, 0, 2, 0)


def test_what_the_handles_cannot_hold_is_said() -> None:
    one = fit(35, FILM, SKETCH, first_given=True)
    assert (one.head, one.tail, one.cut) == (0, 8, 7)
    assert one.in_words == "25 drawings last 50 frames: handles of 0 and 8 frames, 7 frames cut off the end."
    assert fit(50, FILM, SKETCH).in_words == ""
