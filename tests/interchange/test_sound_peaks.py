"""Peaks: what a waveform is drawn from is true to the file at every zoom, and is found once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.errors import BadValue
from studio.interchange import sound_peaks
from studio.interchange.sound_peaks import CHUNK, FINEST, Stopped, peaks
from tests.interchange.sounds import a_wave, noise

FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FINE = 1 / 128
"""Peaks are kept in 8 bits."""


@FEW
@given(st.integers(-2000, 50_000), st.floats(FINEST, 40_000), st.integers(1, 60))
def test_every_column_holds_all_that_sounds_in_it_and_little_of_its_neighbours(
    tmp_path: Path, start: int, samples_per_column: float, count: int
) -> None:
    media = tmp_path / "noise.wav"
    if not media.exists():
        a_wave(media, noise(40_000, 0.9) * np.linspace(0, 1, 40_000)[:, None])
    sound = (noise(40_000, 0.9) * np.linspace(0, 1, 40_000)[:, None]).clip(-1, 1)
    drawn = peaks(media, None).columns(start, samples_per_column, count)
    for index, (low, high) in enumerate(drawn):
        first = max(0, int(np.ceil(start + index * samples_per_column)))
        last = max(0, int(start + (index + 1) * samples_per_column))
        around = sound[max(0, first - int(samples_per_column) - FINEST) : last + int(samples_per_column) + FINEST]
        inside = sound[first:last]
        if inside.size:
            assert low <= inside.min() + FINE and high >= inside.max() - FINE
        if around.size:
            assert low >= around.min() - FINE and high <= around.max() + FINE
        else:
            assert low == high == 0


def test_closer_than_the_finest_peak_columns_repeat_and_none_is_empty(tmp_path: Path) -> None:
    media = a_wave(tmp_path / "level.wav", np.full(1000, 0.5))
    drawn = peaks(media, None).columns(0, 10.0, 100)
    assert drawn == pytest.approx(0.5)


def test_both_sides_and_both_directions_are_seen(tmp_path: Path) -> None:
    sides = np.stack((np.full(1000, 0.5), np.full(1000, -0.25)), axis=1)
    drawn = peaks(a_wave(tmp_path / "sides.wav", sides), None).columns(0, 500.0, 2)
    assert drawn[0] == pytest.approx([-0.25, 0.5])


def test_a_click_is_seen_from_as_far_as_one_likes(tmp_path: Path) -> None:
    silence = np.zeros(CHUNK + 5000)
    silence[CHUNK + 3] = -0.75
    drawn = peaks(a_wave(tmp_path / "click.wav", silence), None).columns(0, len(silence) / 4, 4)
    assert drawn[:, 0].tolist() == pytest.approx([0, 0, 0, -0.75])


def test_peaks_are_found_once_and_then_read_from_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    media, cache = a_wave(tmp_path / "abc123.wav", noise(5000)), tmp_path / "cache" / "waveforms"
    found = peaks(media, cache)
    assert [one.name for one in cache.iterdir()] == ["abc123.npy"]
    monkeypatch.setattr(sound_peaks, "_finest", lambda *_: pytest.fail("found again"))
    again = peaks(media, cache)
    assert all(np.array_equal(*both) for both in zip(found.levels, again.levels, strict=True))


@pytest.mark.parametrize("content", [b"", b"not an array", b"\x93NUMPY\x01\x00"])
def test_a_broken_cache_is_made_again(tmp_path: Path, content: bytes) -> None:
    media, cache = a_wave(tmp_path / "abc123.wav", np.full(5000, 0.5)), tmp_path / "waveforms"
    cache.mkdir()
    (cache / "abc123.npy").write_bytes(content)
    assert peaks(media, cache).columns(0, 1000.0, 1)[0, 1] == pytest.approx(0.5)
    assert np.load(cache / "abc123.npy").shape == (-(-5000 // FINEST), 2)


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    media = a_wave(tmp_path / "abc123.wav", np.full(5000, 0.5))
    blocked = tmp_path / "waveforms"
    blocked.write_text("a file where the folder should be")
    assert peaks(media, blocked).columns(0, 1000.0, 1)[0, 1] == pytest.approx(0.5)


def test_it_stops_when_nobody_waits_any_more(tmp_path: Path) -> None:
    with pytest.raises(Stopped):
        peaks(a_wave(tmp_path / "noise.wav", noise(5000)), None, lambda: True)


def test_what_is_no_sound_is_refused_in_words(tmp_path: Path) -> None:
    media = tmp_path / "text.wav"
    media.write_text("no sound at all")
    with pytest.raises(BadValue, match=r"text\.wav"):
        peaks(media, None)


def test_an_empty_sound_draws_nothing(tmp_path: Path) -> None:
    drawn = peaks(a_wave(tmp_path / "empty.wav", np.zeros(0)), None).columns(0, 100.0, 5)
    assert drawn.shape == (5, 2) and not drawn.any()
