"""How fast the running job is, and how long a stop may take before it is forced."""

from __future__ import annotations

from pathlib import Path

import pytest

from model_runtime.protocol import Progress
from studio.generation.estimate import MeasuredSeconds
from studio.generation.live import Running


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def running(clock: Clock) -> Running:
    return Running("job_a", "shot_a", 1, "sketch", "clip", 25, 30, clock=clock)


@pytest.fixture
def measured(tmp_path: Path) -> MeasuredSeconds:
    times = MeasuredSeconds(tmp_path / "seconds.json")
    times.note("sketch", "clip", 25, 20.0, {"decoding": 4.0, "loading": 0.1})
    return times


def report(stage: str, done: int, total: int = 30) -> Progress:
    return Progress("job_a", 1, stage, done, total, 5.0)


def test_each_stage_is_timed_by_itself(running: Running, clock: Clock) -> None:
    for stage, seconds in (("loading", 2.0), ("drawing", 9.0), ("decoding", 3.0)):
        running.note(report(stage, 0))
        clock.now += seconds
    running.end()
    assert running.stages == {"loading": 2.0, "drawing": 9.0, "decoding": 3.0}
    assert running.seconds == pytest.approx(14.0)


def test_a_stop_is_never_forced_before_two_seconds(running: Running, measured: MeasuredSeconds) -> None:
    assert running.patience(measured) == 2.0
    running.note(report("loading", 0))
    assert running.patience(measured) == 2.0


def test_a_stop_waits_one_and_a_half_times_the_measured_stage(running: Running, measured: MeasuredSeconds) -> None:
    running.note(report("decoding", 0))
    assert running.patience(measured) == pytest.approx(6.0)


def test_while_drawing_the_time_of_one_step_counts(running: Running, clock: Clock, measured: MeasuredSeconds) -> None:
    running.note(report("drawing", 1))
    clock.now += 12.0
    running.note(report("drawing", 3))
    assert running.patience(measured) == pytest.approx(9.0)


def test_the_seconds_until_force_are_shown_while_stopping(running: Running, measured: MeasuredSeconds) -> None:
    running.note(report("decoding", 1, 4))
    shown = running.ask_to_stop(measured)
    assert running.stopping and shown.stopping == pytest.approx(6.0)
    assert (shown.stage, shown.done, shown.total) == ("decoding", 1, 4)
    assert running.note(report("decoding", 2, 4)).stopping == pytest.approx(6.0)


@pytest.mark.parametrize("loaded", [True, False])
def test_loading_counts_for_no_estimate_and_only_where_something_was_loaded(
    running: Running, clock: Clock, loaded: bool
) -> None:
    for stage, seconds in (("loading", 8.0), ("drawing", 9.0), ("decoding", 3.0)):
        running.note(report(stage, 0))
        clock.now += seconds
    running.loaded = loaded
    running.end()
    stages = {"drawing": 9.0, "decoding": 3.0}
    assert running.measured() == (pytest.approx(12.0), {"loading": 8.0, **stages} if loaded else stages)
