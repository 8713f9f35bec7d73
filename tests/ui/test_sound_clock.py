"""The way of the playhead, and the clock of a machine without sound."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.project.sound_time import sample_of
from studio.project.timing import LEGAL_RATES, FrameRange, FrameRate
from studio.ui.sound.clock import Course, MonotonicClock

RATES = st.sampled_from(LEGAL_RATES)
SPEEDS = st.sampled_from([Fraction(one) for one in ("1", "2", "4", "1/2", "-1", "-2", "-4", "-1/2")])


def shown(course: Course, travelled: int | Fraction) -> int:
    return math.floor(course.frame(Fraction(travelled)))


@given(RATES, st.integers(0, 200_000), st.integers(1, 30))
def test_forwards_every_frame_is_shown_exactly_while_its_samples_are_heard(
    rate: FrameRate, first: int, later: int
) -> None:
    course = Course(rate, first, Fraction(1))
    starts = sample_of(first + later, rate) - sample_of(first, rate)
    due = first, first + later - 1, first + later
    assert (shown(course, 0), shown(course, starts - 1), shown(course, starts)) == due


@given(RATES, st.integers(100, 200_000), st.integers(1, 30))
def test_backwards_it_begins_with_the_last_sample_of_the_frame(rate: FrameRate, first: int, later: int) -> None:
    course = Course(rate, first, Fraction(-1))
    left = sample_of(first + 1, rate) - sample_of(first + 1 - later, rate)
    assert (shown(course, 0), shown(course, left - 1), shown(course, left)) == (first, first - later + 1, first - later)


@given(RATES, SPEEDS, st.integers(0, 500), st.integers(1, 200), st.integers(0, 199), st.integers(0, 10**7))
def test_a_loop_is_never_left(
    rate: FrameRate, speed: Fraction, start: int, length: int, inside: int, travelled: int
) -> None:
    loop = FrameRange(start, length)
    assert shown(Course(rate, start + inside % length, speed, loop), travelled) in loop


@given(RATES, SPEEDS, st.integers(0, 500), st.integers(1, 200), st.integers(0, 199), st.integers(0, 10**6))
def test_a_loop_begins_again_at_its_other_end_on_the_exact_sample(
    rate: FrameRate, speed: Fraction, start: int, length: int, inside: int, heard: int
) -> None:
    loop = FrameRange(start, length)
    course = Course(rate, start + inside % length, speed, loop)
    step = abs(speed)
    left = course.heard_until_round(heard * step)
    edges = (loop.end - 1, loop.start) if speed > 0 else (loop.start, loop.end - 1)
    assert (shown(course, (heard + left - 1) * step), shown(course, (heard + left) * step)) == edges


@pytest.mark.parametrize(("first", "speed"), [(30, 1), (5, -1)])
def test_a_loop_that_lies_behind_is_not_gone_back_to(first: int, speed: int) -> None:
    course = Course(FrameRate(24), first, Fraction(speed), FrameRange(10, 10))
    assert course.heard_until_round(Fraction(0)) is None
    assert shown(course, 2000 * 24) == first + 24 * speed


def test_before_a_loop_it_runs_into_it() -> None:
    course = Course(FrameRate(24), 0, Fraction(1), FrameRange(10, 10))
    assert [shown(course, 2000 * frames) for frames in (5, 19, 20, 31)] == [5, 19, 10, 11]


def test_the_machines_clock_counts_exact_frames_and_says_nothing_when_stopped() -> None:
    time = [100.0]
    clock = MonotonicClock(FrameRate(25), lambda: time[0])
    assert clock.now_frame() is None
    clock.play(50, 2)
    time[0] += 0.5
    assert clock.now_frame() == 75
    clock.stop()
    assert clock.now_frame() is None
