"""The runtime as a real process over pipes: it greets, obeys, survives rubbish, and is gone when nobody listens."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from model_runtime import protocol
from tests.model_runtime.talk import Talk, a_request

pytestmark = pytest.mark.process
GONE_WITHIN_S = 10.0


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Callable[..., Talk]]:
    opened: list[Talk] = []

    def start(odd: str = "", serve: str = "frames", greet: bool = True) -> Talk:
        opened.append(Talk(tmp_path, odd=odd, serve=serve))
        if greet:
            opened[-1].greet()
        return opened[-1]

    yield start
    for one in opened:
        one.__exit__()


def test_frames_greets_with_its_engines_and_without_torch(talk: Callable[..., Talk]) -> None:
    one = talk(greet=False)
    ready = one.greet()
    assert ready.serve == "frames" and ready.version == protocol.VERSION and ready.pid == one.process.pid
    assert [engine.id for engine in ready.engines] == ["sketch", "slate"]
    assert ready.versions["torch"] and ready.versions["shotwright"]
    if sys.platform == "linux":
        maps = Path(f"/proc/{one.process.pid}/maps").read_text()
        assert "libtorch" not in maps


def test_words_writes_prompts_and_makes_no_frames(talk: Callable[..., Talk]) -> None:
    one = talk(serve="words")
    fields = {"location": "pier", "time": "night", "weather": "rain"}
    one.send(protocol.ExpandPrompt("text_1", 1, "grammar", "empty", "sketch", fields))
    expanded = one.wait_for(protocol.Expanded, protocol.Failed)
    assert expanded.text == "wide shot, static. pier, night, rain. nobody."
    one.send(a_request())
    assert one.wait_for(protocol.Failed).kind == "input"


def test_a_card_is_made_and_named_with_its_sums(talk: Callable[..., Talk]) -> None:
    one = talk()
    one.send(a_request())
    finished = one.wait_for(*protocol.ENDINGS)
    assert isinstance(finished, protocol.Finished)
    assert {file.role for file in finished.files} == {"movie", "poster"}
    for file in finished.files:
        assert (one.jobs / "job_a" / file.name).stat().st_size == file.bytes
    assert protocol.decode((one.jobs / "job_a" / "finished.json").read_bytes()) == finished


def test_another_version_ends_the_talk_naming_both(talk: Callable[..., Talk]) -> None:
    one = talk(greet=False)
    one.send(protocol.Hello(99, "a", "b", "c"))
    notice = one.wait_for(protocol.Notice)
    assert "99" in notice.text and str(protocol.VERSION) in notice.text
    assert one.process.wait(GONE_WITHIN_S) == 3


def test_a_thousand_malformed_lines_are_each_answered_and_survived(talk: Callable[..., Talk]) -> None:
    one = talk()
    rubbish = [b"\xff\xfe\x00", b"{", b'{"type":"fly"}', b'{"type":"cancel"}', b"[1,2]", b'{"type":"ready"}', b""]
    one.send_raw(b"".join(rubbish[i % len(rubbish)] + b"\n" for i in range(1000)))
    one.send_raw(b"x" * (protocol.MAX_LINE * 3) + b"\n")
    one.wait_for(protocol.Notice, where=lambda notice: "bad line 1001" in notice.text)
    notices = [report for report in one.reports if isinstance(report, protocol.Notice)]
    assert len(notices) == 1001 and {notice.level for notice in notices} == {"error"}
    one.send(a_request())
    assert isinstance(one.wait_for(*protocol.ENDINGS), protocol.Finished)


def test_nothing_is_obeyed_before_hello_and_nobody_greets_twice(talk: Callable[..., Talk]) -> None:
    one = talk(greet=False)
    one.send(a_request())
    assert "before hello" in one.wait_for(protocol.Notice).text
    one.greet()
    one.send(protocol.Hello(protocol.VERSION, "a", "b", "c"))
    assert "second hello" in one.wait_for(protocol.Notice).text
    assert not list(one.jobs.iterdir())


def test_prints_of_libraries_and_children_never_reach_the_wire(talk: Callable[..., Talk]) -> None:
    one = talk("babbles")
    one.send(a_request(engine="odd"))
    assert isinstance(one.wait_for(*protocol.ENDINGS), protocol.Finished)
    log = one.log.read_text()
    assert all(words in log for words in ("a library prints", "native code prints", "a child prints"))
    if sys.platform == "linux":
        notice = next(report for report in one.reports if isinstance(report, protocol.Notice))
        assert notice.text == "[]''", "a child inherited descriptors, or the wire's input could be read"


def test_cancel_stops_a_running_attempt_at_its_next_step(talk: Callable[..., Talk]) -> None:
    one = talk("steps")
    one.send(a_request(engine="odd"))
    one.wait_for(protocol.Progress, where=lambda progress: progress.stage == "drawing")
    began = time.monotonic()
    one.send(protocol.Cancel("job_a", 1))
    assert one.wait_for(*protocol.ENDINGS) == protocol.Cancelled("job_a", 1)
    # Heard within 50 ms; a step takes 10 and the machine may be busy with something else.
    assert time.monotonic() - began < 1.0


def test_an_attempt_in_line_is_cancelled_at_once_and_leaves_nothing(talk: Callable[..., Talk]) -> None:
    one = talk("busy")
    one.send(a_request(engine="odd"), a_request("job_b"))
    one.wait_for(protocol.Accepted, where=lambda accepted: accepted.job == "job_b")
    one.send(protocol.Cancel("job_b", 1))
    assert one.wait_for(*protocol.ENDINGS) == protocol.Cancelled("job_b", 1)
    assert not (one.jobs / "job_b").exists()


def test_a_library_that_exits_and_our_own_mistakes_fail_one_job_only(talk: Callable[..., Talk]) -> None:
    for way in ("leaves", "fails"):
        one = talk(way)
        one.send(a_request(engine="odd"), a_request("job_b"))
        failed = one.wait_for(*protocol.ENDINGS)
        assert failed.kind == "bug" and "odd_runtime.py" in Path(failed.trace).read_text()
        assert isinstance(one.wait_for(*protocol.ENDINGS), protocol.Finished)
        one.end_input()
        one.process.wait(GONE_WITHIN_S)


def test_previews_and_progress_are_held_to_their_limits(talk: Callable[..., Talk]) -> None:
    one = talk("floods")
    one.send(a_request(engine="odd"))
    one.wait_for(protocol.Finished)
    previews = [report for report in one.reports if isinstance(report, protocol.Preview)]
    assert 2 <= len(previews) <= 6, "at most 4 a second for 1.2 s"
    for preview in previews:
        assert len(preview.pictures) <= protocol.PREVIEW_PICTURES
        assert sum(map(len, preview.pictures)) <= protocol.PREVIEW_BYTES
    done = [
        report.done for report in one.reports if isinstance(report, protocol.Progress) and report.stage == "drawing"
    ]
    assert done == sorted(set(done)) and len(done) < 100
    stages = [report.stage for report in one.reports if isinstance(report, protocol.Progress)]
    assert "loading" not in stages[stages.index("drawing") :]


def test_no_space_waits_and_goes_on_by_itself(talk: Callable[..., Talk]) -> None:
    one = talk("full_disk")
    one.send(a_request(engine="odd"))
    waiting = one.wait_for(protocol.Waiting, *protocol.ENDINGS)
    assert isinstance(waiting, protocol.Waiting) and "no space" in waiting.reason
    (one.jobs / "job_a" / "space").touch()
    finished = one.wait_for(*protocol.ENDINGS)
    assert isinstance(finished, protocol.Finished) and finished.facts["resumed"] is True


def test_waiting_for_space_can_be_cancelled(talk: Callable[..., Talk]) -> None:
    one = talk("full_disk")
    one.send(a_request(engine="odd"))
    one.wait_for(protocol.Waiting)
    one.send(protocol.Cancel("job_a", 1))
    assert one.wait_for(*protocol.ENDINGS) == protocol.Cancelled("job_a", 1)


def test_shutdown_holds_what_runs_and_what_waits(talk: Callable[..., Talk]) -> None:
    one = talk("steps")
    one.send(a_request(engine="odd"), a_request("job_b"))
    one.wait_for(protocol.Progress, where=lambda progress: progress.done > 3 and progress.stage == "drawing")
    one.send(protocol.Shutdown())
    endings = [report for report in one.rest() if isinstance(report, protocol.ENDINGS)]
    assert {(type(ending), ending.job) for ending in endings} == {(protocol.Held, "job_a"), (protocol.Held, "job_b")}
    running = next(ending for ending in endings if ending.job == "job_a")
    assert running.step == int((one.jobs / "job_a" / "saved").read_text()) > 0
    assert one.process.wait(GONE_WITHIN_S) == 0


def test_input_that_ends_saves_the_progress(talk: Callable[..., Talk]) -> None:
    one = talk("steps")
    one.send(a_request(engine="odd"))
    one.wait_for(protocol.Progress, where=lambda progress: progress.done > 3 and progress.stage == "drawing")
    one.end_input()
    assert one.process.wait(GONE_WITHIN_S) == 0
    assert int((one.jobs / "job_a" / "saved").read_text()) > 3


@pytest.mark.parametrize("way", ["busy", "holds_the_lock"])
def test_the_process_is_gone_when_the_input_ends_whatever_it_does(talk: Callable[..., Talk], way: str) -> None:
    one = talk(way)
    one.send(a_request(engine="odd"))
    one.wait_for(protocol.Progress, where=lambda progress: progress.stage == "drawing")
    one.end_input()
    assert one.process.wait(GONE_WITHIN_S) != 0


def test_children_die_with_it(talk: Callable[..., Talk]) -> None:
    one = talk("with_child")
    one.send(a_request(engine="odd"))
    child = int(one.wait_for(protocol.Notice).text)
    assert _alive(child)
    one.end_input()
    one.process.wait(GONE_WITHIN_S)
    assert not _alive(child)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="children are found where Linux lists them")
def test_the_encoder_ends_when_the_runtime_is_killed(talk: Callable[..., Talk]) -> None:
    one = talk()
    one.send(a_request(engine="slate", engine_frames=2000, frames=2000, width=1280, height=720))
    one.wait_for(protocol.Progress, where=lambda progress: progress.stage == "writing")
    threads = Path(f"/proc/{one.process.pid}/task").iterdir()
    children = [int(child) for thread in threads for child in (thread / "children").read_text().split()]
    one.process.kill()
    one.process.wait(GONE_WITHIN_S)
    until = time.monotonic() + GONE_WITHIN_S
    while any(map(_alive, children)) and time.monotonic() < until:
        time.sleep(0.01)
    assert children and not any(map(_alive, children))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM")
def test_terminate_is_an_ask_that_saves(talk: Callable[..., Talk]) -> None:
    one = talk("steps")
    one.send(a_request(engine="odd"))
    one.wait_for(protocol.Progress, where=lambda progress: progress.done > 3 and progress.stage == "drawing")
    one.process.send_signal(signal.SIGINT)
    one.process.terminate()
    assert isinstance(one.wait_for(*protocol.ENDINGS), protocol.Held)
    assert one.process.wait(GONE_WITHIN_S) == 0


def test_a_studio_that_stops_reading_blocks_no_job_and_a_broken_wire_ends_it(tmp_path: Path) -> None:
    import subprocess

    from tests.model_runtime.talk import ODD_RUNTIME, ROOT

    (tmp_path / "jobs").mkdir()
    process = subprocess.Popen(
        [sys.executable, str(ODD_RUNTIME), "steps", "--serve", "frames"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin and process.stdout
    hello = protocol.Hello(protocol.VERSION, str(ROOT / "assets"), str(tmp_path), str(tmp_path / "jobs"))
    process.stdin.write(protocol.encode(hello))
    process.stdin.flush()
    process.stdout.readline()
    # Much more than a pipe holds, in answers nobody reads; the card behind them must be made all the same.
    process.stdin.write(b"rubbish\n" * 5000 + protocol.encode(a_request()))
    process.stdin.flush()
    finished = tmp_path / "jobs" / "job_a" / "finished.json"
    _until(finished.exists)
    process.stdout.close()
    assert process.wait(GONE_WITHIN_S) == 0
    process.stdin.close()


def _until(state: Callable[[], bool], patience_s: float = 30.0) -> None:
    until = time.monotonic() + patience_s
    while not state():
        assert time.monotonic() < until
        time.sleep(0.02)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z" if sys.platform == "linux" else True
