"""The mix: exact places, gains, edges, the limit, and that it does not matter how it is cut into stretches."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.interchange.sound_mix import FADE, KNEE, Mix, mix
from studio.project.sound_time import SAMPLES, frame_at, sample_of
from studio.project.timing import LEGAL_RATES, FrameRate
from tests.interchange.sounds import a_lane, a_sound, a_wave, clicks, noise

RATE = FrameRate(24000, 1001)
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(st.sampled_from(LEGAL_RATES), st.integers(-5000, 24 * 3600 * 60))
def test_a_frame_starts_at_its_exact_time_and_owns_every_sample_up_to_the_next(rate: FrameRate, frame: int) -> None:
    start, following = sample_of(frame, rate), sample_of(frame + 1, rate)
    assert start <= frame * SAMPLES / rate.fraction < start + 1
    assert frame_at(start, rate) == frame_at(following - 1, rate) == frame


@pytest.mark.parametrize("rate", LEGAL_RATES, ids=str)
def test_a_click_is_heard_in_the_frame_it_belongs_to_hours_into_the_film(tmp_path: Path, rate: FrameRate) -> None:
    hours = 3 * 3600 * rate.nominal + 7
    media = a_wave(tmp_path / "click.wav", clicks(20_000, sample_of(hours + 3, rate) - sample_of(hours, rate)))
    with_it = mix([a_lane()], [a_sound(media, 20_000, hours)], rate, hours + 3, 1)
    before = mix([a_lane()], [a_sound(media, 20_000, hours)], rate, hours, 3)
    assert np.flatnonzero(with_it[:, 0]).tolist() == [0]
    assert not before.any()


@FEW
@given(
    st.sampled_from(LEGAL_RATES), st.integers(-3, 20), st.integers(1, 12), st.integers(1, 12), st.floats(-12, 18),
    st.integers(0, 4000), st.integers(200, 9000),
)  # fmt: skip
def test_two_stretches_mixed_one_after_the_other_are_the_stretch_mixed_at_once(
    tmp_path: Path, rate: FrameRate, first: int, some: int, more: int, gain: float, start: int, length: int
) -> None:
    one, other = tmp_path / "one.wav", tmp_path / "other.wav"
    if not one.exists():
        a_wave(one, noise(12_000, 0.9))
        a_wave(other, noise(20_000, 0.9, seed=2)[:, 0])
    lanes = [a_lane(gain=gain), a_lane("music")]
    sounds = [
        a_sound(one, 12_000, 2, source_start=start, source_length=min(length, 12_000 - start)),
        a_sound(other, 20_000, 5, lane="music", gain=3.0),
    ]
    parts = [mix(lanes, sounds, rate, first, some), mix(lanes, sounds, rate, first + some, more)]
    assert np.array_equal(np.concatenate(parts), mix(lanes, sounds, rate, first, some + more))


@FEW
@given(st.sampled_from([-4, -2, -1, 2, 4, Fraction(1, 2), Fraction(-3, 2)]), st.integers(1, 999))
def test_at_any_speed_it_does_not_matter_where_a_stretch_begins(
    tmp_path: Path, speed: int | Fraction, split: int
) -> None:
    media = tmp_path / "noise.wav"
    if not media.exists():
        a_wave(media, noise(30_000))
    heard = Mix([a_lane()], [a_sound(media, 30_000)], RATE)
    step, start = Fraction(speed), Fraction(9_000)
    whole = heard.at_speed(start, step, 1000)
    parts = [heard.at_speed(start, step, split), heard.at_speed(start + split * step, step, 1000 - split)]
    heard.close()
    assert np.allclose(np.concatenate(parts), whole, atol=1e-6)


def test_a_single_clip_at_0_db_passes_bit_for_bit(tmp_path: Path) -> None:
    loud = noise(4000, 1.0)
    media = a_wave(tmp_path / "loud.wav", loud)
    heard = mix([a_lane()], [a_sound(media, 4000)], FrameRate(24), 0, 2)
    assert np.array_equal(heard * 32768, np.clip(loud * 32768, -32768, 32767).astype("<i2"))


def test_mono_is_heard_on_both_sides(tmp_path: Path) -> None:
    media = a_wave(tmp_path / "mono.wav", noise(4000)[:, 0])
    heard = mix([a_lane()], [a_sound(media, 4000)], FrameRate(24), 0, 2)
    assert heard.any() and np.array_equal(heard[:, 0], heard[:, 1])


def test_gains_of_lane_and_clip_multiply(tmp_path: Path) -> None:
    media = a_wave(tmp_path / "level.wav", np.full(2000, 0.25))
    heard = mix([a_lane(gain=-4.0)], [a_sound(media, 2000, gain=10.0)], FrameRate(24), 0, 1)
    assert np.allclose(heard, 0.25 * 10 ** (6 / 20), atol=1e-4)


def test_a_lane_that_is_not_audible_is_silent(tmp_path: Path) -> None:
    media = a_wave(tmp_path / "level.wav", np.full(2000, 0.25))
    assert not mix([a_lane(audible=False)], [a_sound(media, 2000)], FrameRate(24), 0, 1).any()


@pytest.mark.parametrize("content", [None, b"", b"RIFF\0\0\0\0WAVE", b"no sound at all" * 20])
def test_a_file_that_cannot_be_read_is_silence(tmp_path: Path, content: bytes | None) -> None:
    media = tmp_path / "gone.wav"
    if content is not None:
        media.write_bytes(content)
    heard = mix([a_lane()], [a_sound(media, 2000)], FrameRate(24), 0, 3)
    assert heard.shape == (6000, 2) and not heard.any()


def test_a_link_out_of_the_film_is_silence(tmp_path: Path) -> None:
    outside = a_wave(tmp_path / "outside.wav", noise(4_000))
    link = tmp_path / "link.wav"
    link.symlink_to(outside)
    assert mix([a_lane()], [a_sound(outside, 4_000)], FrameRate(24), 0, 2).any()
    assert not mix([a_lane()], [a_sound(link, 4_000)], FrameRate(24), 0, 2).any()


def test_a_file_of_another_rate_is_silence_and_not_a_wrong_pitch(tmp_path: Path) -> None:
    media = a_wave(tmp_path / "cd.wav", noise(4000), rate=44_100)
    assert not mix([a_lane()], [a_sound(media, 4000)], FrameRate(24), 0, 1).any()


def test_a_file_that_was_cut_short_is_heard_as_far_as_it_goes(tmp_path: Path) -> None:
    media = a_wave(tmp_path / "short.wav", np.full(4000, 0.25))
    media.write_bytes(media.read_bytes()[: 44 + 2 * 1000])
    heard = mix([a_lane()], [a_sound(media, 4000)], FrameRate(24), 0, 2)
    assert heard[:1000].all() and not heard[1000:].any()


def test_a_file_whose_head_contradicts_itself_is_silence(tmp_path: Path) -> None:
    media = a_wave(tmp_path / "odd.wav", np.full(4000, 0.25))
    odd = bytearray(media.read_bytes())
    odd[4:8] = (100).to_bytes(4, "little")
    media.write_bytes(odd)
    assert not mix([a_lane()], [a_sound(media, 4000)], FrameRate(24), 1, 1).any()


def test_a_clip_cut_out_of_its_file_rises_and_falls_without_a_click(tmp_path: Path) -> None:
    media = a_wave(tmp_path / "level.wav", np.full(9000, 0.5))
    card = a_sound(media, 9000, 1, source_start=1000, source_length=4000)
    heard = mix([a_lane()], [card], FrameRate(24), 0, 4)[:, 0]
    assert np.abs(np.diff(heard)).max() < 0.51 / FADE
    assert heard[2000 + FADE : 6000 - FADE] == pytest.approx(0.5)


def test_the_first_and_last_samples_of_a_file_are_as_recorded(tmp_path: Path) -> None:
    media = a_wave(tmp_path / "level.wav", np.full(2000, 0.5))
    heard = mix([a_lane()], [a_sound(media, 2000, 1)], FrameRate(24), 1, 1)
    assert heard[0, 0] == heard[-1, 0] == 0.5


@pytest.mark.parametrize("apart", [-1, 0, 1])
def test_a_split_is_not_heard(tmp_path: Path, apart: int) -> None:
    media = a_wave(tmp_path / "level.wav", np.full(9000, 0.5))
    parts = [
        a_sound(media, 9000, 0, source_length=4000 + apart),
        a_sound(media, 9000, 2, source_start=4000 + apart),
    ]
    assert mix([a_lane()], parts, FrameRate(24), 0, 4)[:, 0] == pytest.approx(0.5)


def test_two_parts_of_a_split_with_other_gains_are_led_from_one_to_the_other(tmp_path: Path) -> None:
    media = a_wave(tmp_path / "level.wav", np.full(9000, 0.5))
    parts = [
        a_sound(media, 9000, 0, source_length=4000),
        a_sound(media, 9000, 2, source_start=4000, gain=-20.0),
    ]
    heard = mix([a_lane()], parts, FrameRate(24), 0, 4)[:, 0]
    assert heard[3999] == pytest.approx(0.5) and heard[4000 + FADE] == pytest.approx(0.05)
    assert np.abs(np.diff(heard)).max() < 0.46 / FADE


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=40), st.floats(0, 24))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_leaves_full_scale_and_what_is_louder_stays_louder(
    tmp_path: Path, values: list[float], gain: float
) -> None:
    given_order = np.sort(np.array(values))
    media = a_wave(tmp_path / "values.wav", given_order)
    heard = mix([a_lane(gain=gain)], [a_sound(media, len(values))], FrameRate(24), 0, 1)[: len(values), 0]
    assert np.abs(heard).max() <= 1
    assert (np.diff(heard) >= 0).all()


def test_what_is_below_the_knee_is_not_touched_by_the_limit(tmp_path: Path) -> None:
    media = a_wave(tmp_path / "level.wav", np.full(2000, 0.25))
    both = [a_sound(media, 2000), a_sound(media, 2000, lane="music")]
    assert mix([a_lane(), a_lane("music")], both, FrameRate(24), 0, 1) == pytest.approx(0.5)
    assert KNEE > 0.5


def test_backwards_the_last_frame_comes_first_and_its_last_sample_leads(tmp_path: Path) -> None:
    media = a_wave(tmp_path / "noise.wav", noise(8000))
    cut = [a_lane()], [a_sound(media, 8000)], FrameRate(24)
    assert np.array_equal(mix(*cut, 0, 4, speed=-1), mix(*cut, 0, 4)[::-1])


def test_twice_as_fast_lasts_half_as_long(tmp_path: Path) -> None:
    media = a_wave(tmp_path / "level.wav", np.full(8000, 0.5))
    heard = mix([a_lane()], [a_sound(media, 8000)], FrameRate(24), 0, 4, speed=2)
    assert heard.shape == (4000, 2) and heard[:3999] == pytest.approx(0.5)


def test_three_hours_of_sound_are_not_loaded(tmp_path: Path) -> None:
    media, samples = tmp_path / "long.wav", 3 * 3600 * SAMPLES
    a_wave(media, np.zeros((10, 2)))
    head = bytearray(media.read_bytes()[:44])
    head[4:8], head[40:44] = ((36 + samples * 4).to_bytes(4, "little"), (samples * 4).to_bytes(4, "little"))
    with media.open("r+b") as file:
        file.write(head)
        file.truncate(44 + samples * 4)
        file.seek(44 + (samples - 1000) * 4)
        file.write(np.full(2000, 8192, "<i2").tobytes())
    last = 3 * 3600 * 24 - 1
    heard = mix([a_lane()], [a_sound(media, samples)], FrameRate(24), last, 1)
    assert heard.shape == (2000, 2) and heard[:1000].max() == 0 and heard[1000:] == pytest.approx(0.25)
