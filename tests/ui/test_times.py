import pytest

from studio.errors import BadValue
from studio.project.timing import FrameRate
from studio.ui.parts.times import counted, film_length, ordinal, read_length, shot_length, waiting_time

F24 = FrameRate(24)


def test_lengths_are_seconds_and_frames() -> None:
    assert shot_length(84, F24) == "3:12"
    assert shot_length(0, F24) == "0:00"
    assert shot_length(25, FrameRate(24000, 1001)) == "1:01"
    assert film_length(37 * 24, F24) == "0:37:00"
    assert film_length(61 * 60 * 24 + 5, F24) == "61:00:05"


@pytest.mark.parametrize(
    ("text", "frames"), [("3:12", 84), ("84", 84), (" 0:03:12 ", 84), ("1:0:0", 1440), ("0:30", 30)]
)
def test_lengths_are_read_as_seconds_and_frames_or_as_frames(text: str, frames: int) -> None:
    assert read_length(text, F24) == frames


@pytest.mark.parametrize("text", ["", "abc", "3:", "-3", "1:2:3:4", "3.5", "٣:١٢", "9999999"])
def test_what_is_no_length_is_refused_with_the_way_to_write_one(text: str) -> None:
    with pytest.raises(BadValue) as refused:
        read_length(text, F24)
    assert "3:12" in refused.value.hint


@pytest.mark.parametrize("frames", [0, 1, 23, 24, 50, 1440, 86399])
def test_a_shown_length_reads_back_as_itself(frames: int) -> None:
    assert read_length(shot_length(frames, F24), F24) == frames


def test_words_for_numbers() -> None:
    assert [ordinal(one) for one in (1, 2, 3, 4, 11, 12, 13, 21, 102, 111)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", "111th"]  # fmt: skip
    assert counted(1, "take") == "1 take"
    assert counted(0, "take") == "0 takes"
    assert waiting_time(69.6) == "1:10"
