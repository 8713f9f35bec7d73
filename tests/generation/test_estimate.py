"""Measured seconds: remembered between runs, never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.generation.estimate import MeasuredSeconds, in_words
from tests.fakes import LONG


def test_unknown_until_measured_and_then_remembered(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "seconds.json"
    times = MeasuredSeconds(path)
    assert times.job("sketch", "clip", 25) is None
    times.note("sketch", "clip", 25, 12.0, {"drawing": 9.0})
    again = MeasuredSeconds(path)
    assert again.job("sketch", "clip", 25) == 12.0 and again.stage("sketch", "drawing") == 9.0
    assert again.job("sketch", "clip", 9) is None and again.job("sketch", "still", 25) is None


def test_a_later_measurement_moves_what_is_kept_towards_it(tmp_path: Path) -> None:
    times = MeasuredSeconds(tmp_path / "seconds.json")
    times.note("sketch", "still", 1, 10.0, {})
    times.note("sketch", "still", 1, 5.0, {})
    kept = times.job("sketch", "still", 1)
    assert kept is not None and 5.0 < kept < 10.0


def test_a_clip_of_a_length_never_drawn_is_as_many_times_one_part(tmp_path: Path) -> None:
    times = MeasuredSeconds(tmp_path / "seconds.json")
    assert times.clip(LONG, "clip", 41) is None
    times.note("sketch", "clip", 25, 10.0, {})
    assert [times.clip(LONG, "clip", drawings) for drawings in (25, 33, 41, 49)] == [10.0, 20.0, 20.0, 30.0]
    times.note("sketch", "clip", 41, 17.0, {})
    assert times.clip(LONG, "clip", 41) == 17.0 and times.clip(LONG, "clip", 9) is None


@pytest.mark.parametrize("content", ["", "not json", "[1, 2]", '{"sketch/clip/25": "fast"}'])
def test_a_damaged_file_is_as_if_nothing_was_measured(tmp_path: Path, content: str) -> None:
    path = tmp_path / "seconds.json"
    path.write_text(content)
    assert MeasuredSeconds(path).job("sketch", "clip", 25) is None


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, ""), (0.2, "about 0:01"), (12.4, "about 0:12"), (65, "about 1:05"), (3661, "about 1:01:01")],
)
def test_seconds_are_told_as_a_clock(seconds: float | None, text: str) -> None:
    assert in_words(seconds) == text


def test_what_another_film_measured_meanwhile_is_kept(tmp_path: Path) -> None:
    """Two films open at a time are two programs with one file."""
    one, other = (MeasuredSeconds(tmp_path / "seconds.json") for _ in range(2))
    one.note("sketch", "clip", 25, 12.0, {})
    other.note("sketch", "still", 1, 3.0, {})
    again = MeasuredSeconds(tmp_path / "seconds.json")
    assert (again.job("sketch", "clip", 25), again.job("sketch", "still", 1)) == (12.0, 3.0)
