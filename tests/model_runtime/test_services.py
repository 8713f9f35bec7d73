"""What waits for a service stands beside the line: nobody waits behind it, and it ends the moment it is stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from model_runtime import protocol, safe_files
from model_runtime.expanders.base import Stop, WriterFailed
from model_runtime.lanes import Lanes
from model_runtime.worker import SERVICE_LANES, Folders, Worker

PATIENCE_S = 10.0
WRITER = protocol.Writer("mine", "openai", "http://127.0.0.1:9/v1", "m")


class Grammar:
    def expand(self, request: protocol.ExpandPrompt) -> protocol.Expanded:
        return protocol.Expanded(request.job, request.attempt, "at once")


class Service:
    """Does what the test gave it."""

    def __init__(self, act: Callable[[Any, Stop, Callable[[protocol.Message], None]], protocol.Message]) -> None:
        self.act = act

    def answered(self, request: Any, stop: Stop, tell: Callable[[protocol.Message], None]) -> protocol.Message:
        return self.act(request, stop, tell)


class Bench:
    def __init__(self, folder: Path, act: Callable[..., protocol.Message]) -> None:
        self.reports: list[Any] = []
        self.changed = threading.Condition()
        folders = Folders(folder, folder, safe_files.make_folder(folder / "jobs"))
        self.worker = Worker("words", folders, self._keep, {}, {"grammar": Grammar()}, Service(act))
        self.worker.start()

    def _keep(self, message: protocol.Message) -> None:
        with self.changed:
            self.reports.append(message)
            self.changed.notify_all()

    def wait_for(self, kind: type, count: int = 1) -> Any:
        def found() -> list[Any]:
            return [one for one in self.reports if isinstance(one, kind)]

        with self.changed:
            assert self.changed.wait_for(lambda: len(found()) >= count, PATIENCE_S), self.reports
            return found()[count - 1]

    def endings_of(self, job: str) -> list[Any]:
        return [one for one in self.reports if isinstance(one, protocol.ENDINGS) and one.job == job]


def expand(job: str, provider: str = "mine", writer: protocol.Writer | None = WRITER) -> protocol.ExpandPrompt:
    return protocol.ExpandPrompt(job, 1, provider, "a pier", "sketch", writer=writer)


def hangs(request: Any, stop: Stop, tell: Callable[[protocol.Message], None]) -> protocol.Message:
    """Deaf: it does not even look whether it is stopped, until long after."""
    tell(protocol.Expanding(request.job, request.attempt, "so far"))
    stop.wait(PATIENCE_S)
    threading.Event().wait(0.05)
    tell(protocol.Expanding(request.job, request.attempt, "after the end"))
    return protocol.Expanded(request.job, request.attempt, "too late")


def test_the_built_in_writer_does_not_wait_behind_services_that_hang(tmp_path: Path) -> None:
    one = Bench(tmp_path, hangs)
    for number in range(SERVICE_LANES + 2):
        one.worker.submit(expand(f"slow_{number}"))
    one.worker.submit(expand("quick", "grammar", None))
    assert one.wait_for(protocol.Expanded).text == "at once"
    assert one.worker.end(PATIENCE_S)


def test_at_most_so_many_ask_at_once_and_the_others_follow(tmp_path: Path) -> None:
    gate, inside, most = threading.Semaphore(0), [], []

    def act(request: Any, stop: Stop, tell: Any) -> protocol.Message:
        inside.append(1)
        most.append(len(inside))
        gate.acquire(timeout=PATIENCE_S)
        inside.pop()
        return protocol.Expanded(request.job, request.attempt, "done")

    one = Bench(tmp_path, act)
    for number in range(7):
        one.worker.submit(expand(f"job_{number}"))
    for _ in range(7):
        gate.release()
    one.wait_for(protocol.Expanded, 7)
    assert max(most) <= SERVICE_LANES
    assert one.worker.end(PATIENCE_S)


def test_a_cancelled_one_ends_at_once_and_says_nothing_more(tmp_path: Path) -> None:
    one = Bench(tmp_path, hangs)
    one.worker.submit(expand("slow"))
    one.wait_for(protocol.Expanding)
    assert one.worker.cancel("slow", 1)
    assert one.endings_of("slow") == [protocol.Cancelled("slow", 1)], "before its thread has even heard of it"
    assert not one.worker.cancel("slow", 1)
    one.worker.submit(expand("quick", "grammar", None))
    one.wait_for(protocol.Expanded)
    threading.Event().wait(0.15)
    assert one.endings_of("slow") == [protocol.Cancelled("slow", 1)]
    assert [report.text for report in one.reports if isinstance(report, protocol.Expanding)] == ["so far"]
    assert one.worker.end(PATIENCE_S)


def test_the_end_of_the_talk_ends_those_that_wait(tmp_path: Path) -> None:
    one = Bench(tmp_path, hangs)
    for number in range(6):
        one.worker.submit(expand(f"slow_{number}"))
    one.wait_for(protocol.Expanding, SERVICE_LANES)
    assert one.worker.end(PATIENCE_S)
    for number in range(6):
        assert one.endings_of(f"slow_{number}") == [protocol.Held(f"slow_{number}", 1, 0)]


def test_what_a_writer_cannot_do_is_told_with_its_kind(tmp_path: Path) -> None:
    def act(request: Any, stop: Stop, tell: Any) -> protocol.Message:
        raise WriterFailed("payment", "It asks to be paid.", "Pay.")

    one = Bench(tmp_path, act)
    one.worker.submit(protocol.TryWriter("try", 1, WRITER))
    assert one.wait_for(protocol.Failed) == protocol.Failed("try", 1, "payment", "It asks to be paid.", "Pay.")
    assert one.worker.end(PATIENCE_S)


def test_a_bug_in_one_question_leaves_the_lane_to_the_next(tmp_path: Path) -> None:
    def act(request: Any, stop: Stop, tell: Any) -> protocol.Message:
        if request.job.startswith("bad"):
            raise KeyError("ours")
        return protocol.Models(request.job, request.attempt, ())

    one = Bench(tmp_path, act)
    for number in range(SERVICE_LANES):
        one.worker.submit(protocol.AskModels(f"bad_{number}", 1, WRITER))
    one.worker.submit(protocol.AskModels("good", 1, WRITER))
    one.wait_for(protocol.Models)
    assert one.wait_for(protocol.Failed, SERVICE_LANES).kind == "bug"
    assert one.worker.end(PATIENCE_S)


@pytest.mark.parametrize(
    "wanted", [protocol.TryWriter("a", 1, WRITER), protocol.FindServers("a", 1)], ids=["try", "find"]
)
def test_a_runtime_that_makes_frames_asks_no_service(tmp_path: Path, wanted: Any) -> None:
    told: list[Any] = []
    done = threading.Event()

    def keep(message: protocol.Message) -> None:
        told.append(message)
        if isinstance(message, protocol.ENDINGS):
            done.set()

    worker = Worker("frames", Folders(tmp_path, tmp_path, tmp_path), keep, {}, {})
    worker.start()
    worker.submit(wanted)
    assert done.wait(PATIENCE_S) and told[-1].kind == "input"
    assert worker.end(PATIENCE_S)


def test_a_provider_without_a_writer_is_named(tmp_path: Path) -> None:
    one = Bench(tmp_path, hangs)
    one.worker.submit(expand("a", "poet", None))
    assert "'poet'" in one.wait_for(protocol.Failed).sentence
    assert one.worker.end(PATIENCE_S)


def test_lanes_do_all_that_is_put_in_and_keep_no_thread_afterwards() -> None:
    done: list[int] = []
    lanes: Lanes[int] = Lanes(done.append, 2)
    for number in range(50):
        lanes.put(number)
    until = time.monotonic() + PATIENCE_S
    while lanes.busy and time.monotonic() < until:
        threading.Event().wait(0.01)
    assert sorted(done) == list(range(50)) and lanes.busy == 0


def test_a_stop_calls_whoever_waits_once_and_whoever_comes_later_at_once() -> None:
    stop, called = Stop(), []
    stop.when_set(lambda: called.append("early"))
    stop.set()
    stop.set()
    stop.when_set(lambda: called.append("late"))
    assert called == ["early", "late"] and stop.is_set()
