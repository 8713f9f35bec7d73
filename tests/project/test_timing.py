from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.errors import BadValue
from studio.project.timing import (
    LEGAL_RATES,
    FilmTimecode,
    FrameRange,
    FrameRate,
    frames_in_24_hours,
    parse_timecode,
    timecode,
)

rates = st.sampled_from(LEGAL_RATES)
NTSC, NTSC60 = FrameRate(30000, 1001), FrameRate(60000, 1001)


@given(rates, st.integers(0, 30_000_000), st.booleans())
def test_a_frame_survives_its_timecode(rate: FrameRate, frame: int, drop: bool) -> None:
    drop = drop and rate.can_drop
    text = timecode(frame, rate, drop=drop)
    assert parse_timecode(text, rate) == frame % frames_in_24_hours(rate, drop=drop)


@given(rates, st.integers(-5_000_000, 5_000_000))
def test_timecode_wraps_at_24_hours(rate: FrameRate, frame: int) -> None:
    assert timecode(frame, rate) == timecode(frame + frames_in_24_hours(rate), rate)


@given(st.sampled_from([NTSC, NTSC60]), st.integers(0, 2_500_000))
def test_later_frames_have_later_drop_frame_labels(rate: FrameRate, frame: int) -> None:
    assert timecode(frame, rate) < timecode(frame + 1, rate)


@pytest.mark.parametrize(
    ("rate", "frame", "text"),
    [
        (NTSC, 1799, "00:00:59;29"),
        (NTSC, 1800, "00:01:00;02"),
        (NTSC, 17982, "00:10:00;00"),
        (NTSC, 107892, "01:00:00;00"),
        (NTSC60, 3600, "00:01:00;04"),
        (NTSC60, 215784, "01:00:00;00"),
        (FrameRate(24000, 1001), 86400, "01:00:00:00"),
        (FrameRate(25), 90000, "01:00:00:00"),
    ],
)
def test_labels_the_standard_gives(rate: FrameRate, frame: int, text: str) -> None:
    assert timecode(frame, rate) == text
    assert parse_timecode(text, rate) == frame


def test_non_drop_is_read_where_drop_is_the_habit() -> None:
    assert parse_timecode("01:00:00:00", NTSC) == 108000


@pytest.mark.parametrize("text", ["00:01:00;00", "00:01:00;01", "00:09:00;01"])
def test_labels_that_drop_frame_skips_are_refused(text: str) -> None:
    with pytest.raises(BadValue, match="skips"):
        parse_timecode(text, NTSC)


@pytest.mark.parametrize("text", ["", "1:2", "24:00:00:00", "00:60:00:00", "00:00:00:24", "aa:bb:cc:dd", "٠١:00:00:00"])
def test_what_is_no_timecode_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        parse_timecode(text, FrameRate(24))


def test_drop_frame_exists_at_two_rates_only() -> None:
    assert [rate.shown for rate in LEGAL_RATES if rate.can_drop] == ["29.97", "59.94"]
    with pytest.raises(BadValue):
        timecode(0, FrameRate(24), drop=True)
    with pytest.raises(BadValue):
        parse_timecode("00:00:00;00", FrameRate(30))


@pytest.mark.parametrize("rate", LEGAL_RATES)
def test_a_rate_is_read_as_it_is_written(rate: FrameRate) -> None:
    assert FrameRate.parse(str(rate)) == rate
    assert FrameRate.parse(rate.shown) == rate
    assert FrameRate.parse(f"{rate.num}/{rate.den}") == rate


@pytest.mark.parametrize("text", ["", "12", "23", "24.5", "0", "-24", "24/0", "1e3", "nan"])
def test_other_rates_are_refused(text: str) -> None:
    with pytest.raises(BadValue):
        FrameRate.parse(text)


def test_ranges_that_touch_do_not_meet() -> None:
    assert not FrameRange(0, 10).meets(FrameRange(10, 5))
    assert FrameRange(0, 10).meets(FrameRange(9, 5))
    assert 10 not in FrameRange(0, 10)


@given(rates, st.sampled_from(["01:00:00:00", "01:00:00;00", "00:58:30:12"]), st.integers(0, 500_000))
def test_a_film_labels_its_frames_as_its_start_is_written(rate: FrameRate, start: str, frame: int) -> None:
    if ";" in start and not rate.can_drop:
        start = start.replace(";", ":")
    labels = FilmTimecode.of(start, rate)
    assert labels.at(0) == start
    assert (";" in labels.at(frame)) == (";" in start)
    assert labels.film_frame(labels.at(frame)) == frame


def test_a_typed_timecode_is_read_in_the_films_own_counting() -> None:
    drop, plain = FilmTimecode.of("01:00:00;00", NTSC), FilmTimecode.of("01:00:00:00", NTSC)
    assert drop.film_frame("01:00:02:00") == drop.film_frame("01:00:02;00") == 60
    assert plain.film_frame("01:00:02:00") == 60
    with pytest.raises(BadValue, match="does not count in"):
        plain.film_frame("01:00:02;00")
    with pytest.raises(BadValue, match="labels drop-frame skips"):
        drop.film_frame("01:01:00:00")
    with pytest.raises(BadValue, match="is not a timecode"):
        drop.film_frame("soon")
    assert plain.film_frame("00:59:59:29") == -1
