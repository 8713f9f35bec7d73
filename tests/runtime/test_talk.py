"""Lines in, messages out: what is dropped, what is kept, in which order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from model_runtime.protocol import Accepted, Finished, Preview, Progress
from studio.runtime.local import LineReader, without_overtaken


@given(st.lists(st.binary(max_size=30).filter(lambda one: b"\n" not in one)), st.integers(1, 40))
def test_lines_do_not_depend_on_how_the_bytes_arrive(lines: list[bytes], size: int) -> None:
    stream = b"".join(one + b"\n" for one in lines)
    reader = LineReader()
    found = [line for at in range(0, len(stream), size) for line in reader.lines(stream[at : at + size])]
    assert found == [one.strip() for one in lines if one.strip()]


@given(st.integers(1, 64), st.integers(60, 300))
def test_a_line_that_is_too_long_is_dropped_whole_and_counted(size: int, length: int) -> None:
    reader = LineReader(longest=50)
    stream = b"before\n" + b"x" * length + b"\nafter\n"
    found = [line for at in range(0, len(stream), size) for line in reader.lines(stream[at : at + size])]
    assert found == [b"before", b"after"] and reader.dropped == 1


def test_only_the_newest_progress_and_preview_of_an_attempt_are_kept() -> None:
    first, second = Progress("a", 1, "drawing", 1, 4), Progress("a", 1, "drawing", 2, 4)
    other = Progress("b", 1, "drawing", 1, 4)
    old, new = Preview("a", 1, ("old",)), Preview("a", 1, ("new",))
    accepted, finished = Accepted("a", 1), Finished("a", 1, ())
    assert without_overtaken([accepted, first, old, other, new, second, finished]) == [
        accepted, other, new, second, finished,
    ]  # fmt: skip


def test_progress_of_another_attempt_is_not_overtaken() -> None:
    reports = [Progress("a", 1, "drawing", 3, 4), Progress("a", 2, "drawing", 0, 4)]
    assert without_overtaken(reports) == reports
