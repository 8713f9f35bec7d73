"""One job at a time, each with exactly one ending, whatever order things come in."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_runtime import protocol, safe_files
from model_runtime.engines.base import JobFolder, LoadFacts, Made, Outcome, Reporter, Stopped, picture_key
from model_runtime.reporter import AttemptReporter
from model_runtime.worker import Folders, Worker
from tests.model_runtime.talk import a_request

PATIENCE_S = 10.0


class ScriptedEngine:
    """Does what the test gave it; counts what it was asked."""

    def __init__(self, act: Callable[[protocol.Generate, Reporter, JobFolder], Outcome]) -> None:
        self.act = act
        self.calls: list[str] = []

    def info(self) -> protocol.EngineInfo:
        return protocol.EngineInfo("slate", "Scripted", ("clip",), (), 0, 0, 0, 0, 0.0, "", 0, weights="w1")

    def load(self) -> LoadFacts:
        self.calls.append("load")
        return LoadFacts("cpu", 42)

    def estimate(self, request: protocol.Estimate) -> tuple[float, int]:
        return 1.5, 1000

    def generate(self, request: protocol.Generate, reporter: Reporter, folder: JobFolder) -> Outcome:
        self.calls.append("generate")
        return self.act(request, reporter, folder)

    def unload(self) -> None:
        self.calls.append("unload")


class Bench:
    """A worker whose reports are kept, and waited for."""

    def __init__(self, folder: Path, engine: ScriptedEngine, other: ScriptedEngine | None = None) -> None:
        self.reports: list[Any] = []
        self.changed = threading.Condition()
        jobs = safe_files.make_folder(folder / "jobs")
        folders = Folders(folder, safe_files.make_folder(folder / "media"), jobs)
        self.jobs = jobs
        self.worker = Worker("frames", folders, self._keep, {"slate": engine, "other": other or engine}, {})

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

    def endings(self) -> list[Any]:
        return [one for one in self.reports if isinstance(one, protocol.ENDINGS)]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Callable[..., Bench]]:
    opened: list[Bench] = []

    def build(act: Callable[..., Outcome], **options: Any) -> Bench:
        opened.append(Bench(tmp_path, ScriptedEngine(act), **options))
        return opened[-1]

    yield build
    for one in opened:
        if one.worker.thread.ident:
            assert one.worker.end(PATIENCE_S)


def makes_a_file(request: protocol.Generate, reporter: Reporter, folder: JobFolder) -> Outcome:
    safe_files.write_text(folder.path / "take.mp4", request.recipe)
    return Made((folder.output("movie", "take.mp4"),), {"weights": "w1"})


def until_stopped(request: protocol.Generate, reporter: Reporter, folder: JobFolder) -> Outcome:
    reporter.progress("drawing", 1, 2)
    while not reporter.should_stop():
        threading.Event().wait(0.002)
    return Stopped(3)


def test_an_accepted_attempt_ends_once_and_its_ending_is_last(bench: Callable[..., Bench]) -> None:
    one = bench(makes_a_file)
    one.worker.start()
    assert one.worker.submit(a_request())
    one.wait_for(protocol.Finished)
    assert isinstance(one.reports[0], protocol.Accepted)
    assert one.reports[-1] == one.endings()[0] and len(one.endings()) == 1


def test_the_same_attempt_is_not_accepted_twice_not_even_after_its_end(bench: Callable[..., Bench]) -> None:
    one = bench(makes_a_file)
    assert one.worker.submit(a_request()) and not one.worker.submit(a_request())
    one.worker.start()
    one.wait_for(protocol.Finished)
    assert not one.worker.submit(a_request())
    assert one.worker.submit(a_request(attempt=2))
    one.wait_for(protocol.Finished, 2)


def test_cancel_before_start_leaves_no_folder(bench: Callable[..., Bench]) -> None:
    one = bench(makes_a_file)
    one.worker.submit(a_request())
    assert one.worker.cancel("job_a", 1)
    assert not one.worker.cancel("job_a", 1), "the second one finds nothing"
    one.worker.start()
    one.worker.submit(a_request("job_b"))
    one.wait_for(protocol.Finished)
    assert one.endings()[0] == protocol.Cancelled("job_a", 1) and len(one.endings()) == 2
    assert not (one.jobs / "job_a").exists()


class LockWithASequel:
    """A lock that does something once, right after it was let go for the first time."""

    def __init__(self, sequel: Callable[[], object]) -> None:
        self.lock, self.sequels = threading.Lock(), [sequel]

    def __enter__(self) -> None:
        self.lock.acquire()

    def __exit__(self, *_: object) -> None:
        self.lock.release()
        while self.sequels:
            self.sequels.pop()()


def test_an_attempt_cancelled_in_line_is_not_begun_by_a_worker_that_comes_just_then(
    bench: Callable[..., Bench],
) -> None:
    begun = threading.Event()

    def act(request: protocol.Generate, reporter: Reporter, folder: JobFolder) -> Outcome:
        begun.set()
        return until_stopped(request, reporter, folder)

    one = bench(act)
    one.worker.submit(a_request())

    def the_worker_comes() -> None:
        one.worker.start()
        begun.wait(0.3)

    one.worker.lock = LockWithASequel(the_worker_comes)  # type: ignore[assignment]
    one.worker.cancel("job_a", 1)
    assert not begun.is_set()
    assert one.reports[-1] == protocol.Cancelled("job_a", 1) and len(one.endings()) == 1


def test_cancel_of_a_stranger_is_refused(bench: Callable[..., Bench]) -> None:
    one = bench(makes_a_file)
    assert not one.worker.cancel("job_a", 1)
    assert one.reports == []


def test_a_running_attempt_is_cancelled_at_its_next_look(bench: Callable[..., Bench]) -> None:
    one = bench(until_stopped)
    one.worker.start()
    one.worker.submit(a_request())
    one.wait_for(protocol.Progress)
    assert one.worker.cancel("job_a", 1)
    assert one.wait_for(protocol.Cancelled) == protocol.Cancelled("job_a", 1)


def test_the_end_of_the_talk_holds_instead_of_cancelling(bench: Callable[..., Bench]) -> None:
    one = bench(until_stopped)
    one.worker.start()
    one.worker.submit(a_request())
    one.worker.submit(a_request("job_b"))
    one.wait_for(protocol.Progress)
    assert one.worker.end(PATIENCE_S)
    assert set(one.endings()) == {protocol.Held("job_b", 1, 0), protocol.Held("job_a", 1, 3)}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("gcx"), st.integers(0, 3), st.integers(1, 2)), max_size=25))
def test_every_accepted_attempt_gets_exactly_one_ending(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int, int]]
) -> None:
    one = Bench(tmp_path_factory.mktemp("bench"), ScriptedEngine(makes_a_file))
    one.worker.start()
    for act, job, attempt in acts:
        if act == "g":
            one.worker.submit(a_request(f"job_{job}", attempt))
        elif act == "x":
            one.worker.submit(protocol.Estimate(f"job_{job}", attempt, "slate", 5))
        else:
            one.worker.cancel(f"job_{job}", attempt)
    assert one.worker.end(PATIENCE_S)
    accepted = [(report.job, report.attempt) for report in one.reports if isinstance(report, protocol.Accepted)]
    ended = [(ending.job, ending.attempt) for ending in one.endings()]
    assert sorted(accepted) == sorted(ended) and len(set(ended)) == len(ended)


@pytest.mark.parametrize("job", ["../film", "a/b", "", ".hidden", "x" * 65, "a\x00b"])
def test_a_job_id_cannot_lead_out_of_the_jobs_folder(bench: Callable[..., Bench], job: str) -> None:
    one = bench(makes_a_file)
    one.worker.start()
    one.worker.submit(a_request(job))
    assert one.wait_for(protocol.Failed).kind == "input"
    assert list(one.jobs.iterdir()) == []


def test_an_unknown_engine_is_named_with_those_there_are(bench: Callable[..., Bench]) -> None:
    one = bench(makes_a_file)
    one.worker.start()
    one.worker.submit(a_request(engine="paintbox"))
    failed = one.wait_for(protocol.Failed)
    assert "paintbox" in failed.sentence and "slate" in failed.hint


def test_a_finished_job_is_delivered_again_without_drawing(bench: Callable[..., Bench]) -> None:
    one = bench(makes_a_file)
    one.worker.start()
    one.worker.submit(a_request())
    first = one.wait_for(protocol.Finished)
    one.worker.submit(a_request(attempt=2, resume=True))
    again = one.wait_for(protocol.Finished, 2)
    assert again.files == first.files and again.attempt == 2
    assert one.worker.engines["slate"].calls.count("generate") == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("change", [{"seed": 2}, {"recipe": "{}"}, {"resume": False}])
def test_another_request_in_the_same_folder_is_drawn(bench: Callable[..., Bench], change: dict[str, Any]) -> None:
    one = bench(makes_a_file)
    one.worker.start()
    one.worker.submit(a_request())
    one.wait_for(protocol.Finished)
    one.worker.submit(a_request(attempt=2, **{"resume": True, **change}))
    one.wait_for(protocol.Finished, 2)
    assert one.worker.engines["slate"].calls.count("generate") == 2  # type: ignore[attr-defined]


def test_a_changed_output_is_not_delivered_again(bench: Callable[..., Bench]) -> None:
    one = bench(makes_a_file)
    one.worker.start()
    one.worker.submit(a_request())
    one.wait_for(protocol.Finished)
    (one.jobs / "job_a" / "take.mp4").write_text("cut off")
    one.worker.submit(a_request(attempt=2, resume=True))
    one.wait_for(protocol.Finished, 2)
    assert one.worker.engines["slate"].calls.count("generate") == 2  # type: ignore[attr-defined]


def test_a_job_begun_again_is_not_complete_until_it_is(bench: Callable[..., Bench]) -> None:
    seen: list[bool] = []

    def act(request: protocol.Generate, reporter: Reporter, folder: JobFolder) -> Outcome:
        seen.append((folder.path / "finished.json").exists())
        return makes_a_file(request, reporter, folder)

    one = bench(act)
    one.worker.start()
    for attempt in (1, 2):
        one.worker.submit(a_request(attempt=attempt))
        one.wait_for(protocol.Finished, attempt)
    assert seen == [False, False]


def test_one_engine_is_loaded_at_a_time(bench: Callable[..., Bench]) -> None:
    other = ScriptedEngine(makes_a_file)
    one = bench(makes_a_file, other=other)
    one.worker.start()
    for attempt, engine in enumerate(["slate", "slate", "other"], 1):
        one.worker.submit(a_request(attempt=attempt, engine=engine))
    one.worker.submit_housekeeping(protocol.Unload())
    one.worker.submit(protocol.Estimate("e", 1, "slate", 4))
    assert one.wait_for(protocol.Estimated) == protocol.Estimated("e", 1, 1.5, 1000)
    assert one.worker.engines["slate"].calls == ["load", "generate", "generate", "unload"]  # type: ignore[attr-defined]
    assert other.calls == ["load", "generate", "unload"]


def test_a_load_that_fails_is_a_notice_and_the_next_job_is_done(bench: Callable[..., Bench]) -> None:
    one = bench(makes_a_file)
    one.worker.start()
    one.worker.submit_housekeeping(protocol.Load("paintbox"))
    one.worker.submit(a_request())
    one.wait_for(protocol.Finished)
    assert "paintbox" in one.wait_for(protocol.Notice).text


def test_progress_never_goes_back(tmp_path: Path) -> None:
    sent: list[Any] = []
    reporter = AttemptReporter(a_request(), threading.Event(), sent.append)
    told = [("loading", 1, 1), ("drawing", 3, 30), ("drawing", 2, 30), ("loading", 1, 1), ("drawing", 30, 30)]
    for stage, done, total in [*told, ("reading", 1, 1), ("drawing", 30, 30), ("writing", 0, 5)]:
        reporter.progress(stage, done, total)
    assert [(one.stage, one.done) for one in sent] == [("loading", 1), ("drawing", 3), ("drawing", 30), ("writing", 0)]


def test_the_key_of_saved_progress_follows_the_picture_alone() -> None:
    request = a_request()
    same = [replace(request, attempt=5), replace(request, resume=True), replace(request, stop_at=3)]
    assert {picture_key(one, "w") for one in (request, *same)} == {picture_key(request, "w")}
    other = [replace(request, seed=2), replace(request, prompt="x"), replace(request, engine_frames=9)]
    assert len({picture_key(one, "w") for one in (request, *other)} | {picture_key(request, "w2")}) == 5
