"""Lines are cut whatever the pieces they come in; the writer keeps the order and drops only what is overtaken."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_runtime import protocol
from model_runtime.wire import MOST_PENDING_NOTICES, LineCutter, TooLong, Writer

LIMIT = 16


@given(st.binary(max_size=300), st.lists(st.integers(1, 40), max_size=40))
def test_lines_do_not_depend_on_how_they_arrive(data: bytes, sizes: list[int]) -> None:
    cutter = LineCutter(LIMIT)
    pieces, at = [], 0
    for size in sizes:
        pieces.append(data[at : at + size])
        at += size
    found = [line for piece in [*pieces, data[at:]] for line in cutter.feed(piece)]
    whole = data.split(b"\n")[:-1]
    assert len(found) == len(whole)
    for line, expected in zip(found, whole, strict=True):
        if len(expected) < LIMIT:
            assert line == expected
        else:
            assert isinstance(line, TooLong)


def test_an_endless_line_is_not_held_in_memory() -> None:
    cutter = LineCutter(LIMIT)
    for _ in range(1000):
        assert list(cutter.feed(b"x" * 1000)) == []
        assert len(cutter.held) < LIMIT
    assert [type(line) for line in cutter.feed(b"\nshort\n")] == [TooLong, bytes]


class Pipe:
    """A writer on a real pipe that nobody reads until `read` is called."""

    def __init__(self) -> None:
        self.out, self.into = os.pipe()
        self.broken = threading.Event()
        self.writer = Writer(self.into, self.broken.set)

    def read(self) -> list[protocol.Message]:
        """Everything written; closes the writer."""
        found = bytearray()

        def drain() -> None:
            while data := os.read(self.out, 1 << 16):
                found.extend(data)

        reader = threading.Thread(target=drain)
        reader.start()
        self.writer.close(10)
        os.close(self.into)
        reader.join(10)
        return [protocol.decode(line) for line in bytes(found).splitlines()]


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    one = Pipe()
    yield one
    os.close(one.out)


def progress(done: int, job: str = "a") -> protocol.Progress:
    return protocol.Progress(job, 1, "drawing", done, 10_000)


def test_only_the_newest_progress_is_kept_and_endings_stay_last(pipe: Pipe) -> None:
    for done in range(1000):
        pipe.writer.send(progress(done))
    pipe.writer.send(protocol.Cancelled("a", 1))
    pipe.writer.send(progress(7, "b"))
    pipe.writer.start()
    assert pipe.read() == [progress(999), protocol.Cancelled("a", 1), progress(7, "b")]


def test_only_the_newest_of_a_text_that_is_written_is_kept(pipe: Pipe) -> None:
    for length in range(1000):
        pipe.writer.send(protocol.Expanding("a", 1, "word " * length))
    pipe.writer.send(protocol.Expanded("a", 1, "whole"))
    pipe.writer.start()
    assert pipe.read() == [protocol.Expanding("a", 1, "word " * 999), protocol.Expanded("a", 1, "whole")]


def test_everything_but_progress_and_previews_keeps_its_order(pipe: Pipe) -> None:
    sent: list[protocol.Message] = [protocol.Accepted("a", n) for n in range(300)]
    sent[100:100] = [protocol.Notice("info", "between")]
    for one in sent:
        pipe.writer.send(one)
    pipe.writer.start()
    assert pipe.read() == sent


def test_send_never_waits_for_a_reader(pipe: Pipe) -> None:
    pipe.writer.start()
    filler = protocol.Notice("info", "x" * 100_000)
    for _ in range(50):
        pipe.writer.send(filler)
    pipe.writer.send(protocol.Held("a", 1, 5))
    assert pipe.read()[-1] == protocol.Held("a", 1, 5)


def test_unread_notices_are_bounded_but_endings_are_not(pipe: Pipe) -> None:
    for _ in range(MOST_PENDING_NOTICES * 2):
        pipe.writer.send(protocol.Notice("error", "rubbish"))
    pipe.writer.send(protocol.Cancelled("a", 1))
    pipe.writer.start()
    found = pipe.read()
    assert len(found) == MOST_PENDING_NOTICES + 1 and found[-1] == protocol.Cancelled("a", 1)


def test_an_ending_that_cannot_be_written_becomes_another_ending(pipe: Pipe) -> None:
    pipe.writer.start()
    pipe.writer.send(protocol.Finished("a", 1, (), {"frames": float("nan")}))
    pipe.writer.send(protocol.Finished("a", 2, (), {"frames": "x" * protocol.MAX_LINE}))
    pipe.writer.send(protocol.Finished("a", 3, (), {"frames": object()}))
    found = pipe.read()
    assert [(type(one), one.attempt) for one in found if isinstance(one, protocol.Failed)] == [
        (protocol.Failed, 1),
        (protocol.Failed, 2),
        (protocol.Failed, 3),
    ]


def test_a_broken_wire_is_told_once() -> None:
    out, into = os.pipe()
    os.close(out)
    broken = threading.Event()
    writer = Writer(into, broken.set)
    writer.start()
    writer.send(protocol.Accepted("a", 1))
    assert broken.wait(10)
    writer.thread.join(10)
    os.close(into)
