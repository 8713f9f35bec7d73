"""The life of a runtime process, tried on a real one that misbehaves."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from model_runtime import protocol
from studio.errors import RuntimeFailed
from studio.runtime.client import ClientState
from studio.runtime.local import LocalRuntime
from studio.runtime.process import MAX_LOSSES, End, Launch, RuntimeOutcome, last_line

BAD_RUNTIME = Path(__file__).parent.parent / "bad_runtime.py"

pytestmark = pytest.mark.process


class Heard:
    """What a runtime told its listener."""

    def __init__(self, runtime: LocalRuntime) -> None:
        self.reports: list[Any] = []
        self.losses: list[RuntimeOutcome] = []
        self.states: list[str] = []
        runtime.reported.connect(self.reports.append)
        runtime.lost.connect(self.losses.append)
        runtime.state_changed.connect(self.states.append)

    def of(self, kind: type) -> list[Any]:
        return [one for one in self.reports if isinstance(one, kind)]


Start = Callable[..., tuple[LocalRuntime, Heard]]


@pytest.fixture
def start(qapp: Any, tmp_path: Path) -> Iterator[Start]:
    made: list[LocalRuntime] = []

    def start(mode: str, *arguments: str, ready_timeout_s: float = 30.0) -> tuple[LocalRuntime, Heard]:
        launch = Launch(
            "frames",
            arguments=(str(BAD_RUNTIME), mode, *arguments),
            log=tmp_path / "logs" / "frames.log",
            ready_timeout_s=ready_timeout_s,
        )
        runtime = LocalRuntime(launch, assets=tmp_path, media=tmp_path, jobs=tmp_path)
        made.append(runtime)
        heard = Heard(runtime)
        runtime.start()
        return runtime, heard

    yield start
    for runtime in made:
        runtime.shut_down(0.2)
        runtime.deleteLater()


def a_wish(job: str = "job_a", attempt: int = 1) -> protocol.Generate:
    return protocol.Generate(job, attempt, "sketch", "clip", "pier", 7, 9, 2, (24, 1), 1280, 720, "{}")


def test_a_started_runtime_greets_and_is_ready(start: Start, qtbot: Any) -> None:
    runtime, heard = start("good")
    assert runtime.state is ClientState.STARTING
    qtbot.waitUntil(lambda: runtime.state is ClientState.READY)
    assert runtime.ready is not None and runtime.ready.engines[0].id == "sketch"
    assert heard.states == ["starting", "ready"]
    assert len(heard.of(protocol.Ready)) == 1


def test_a_wish_is_answered_by_reports_in_order(start: Start, qtbot: Any) -> None:
    runtime, heard = start("good")
    qtbot.waitUntil(lambda: runtime.state is ClientState.READY)
    runtime.send(a_wish())
    qtbot.waitUntil(lambda: bool(heard.of(protocol.Failed)))
    kinds = [type(one) for one in heard.reports if not isinstance(one, protocol.Ready)]
    assert kinds[0] is protocol.Accepted and kinds[-1] is protocol.Failed
    assert heard.of(protocol.Progress)[-1].done == 3


def test_sending_before_it_is_ready_is_refused(start: Start, qtbot: Any) -> None:
    runtime, _heard = start("never_ready")
    with pytest.raises(RuntimeFailed, match="not ready"):
        runtime.send(a_wish())


def test_shut_down_ends_the_process_without_a_loss(start: Start, qtbot: Any) -> None:
    runtime, heard = start("good")
    qtbot.waitUntil(lambda: runtime.state is ClientState.READY)
    pid = runtime.pid
    runtime.shut_down(20)
    assert runtime.state is ClientState.STOPPED
    assert heard.losses == []
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_process_that_ignores_everything_is_killed_at_shut_down(start: Start, qtbot: Any) -> None:
    runtime, heard = start("ignores_terminate")
    qtbot.waitUntil(lambda: runtime.state is ClientState.READY)
    pid = runtime.pid
    runtime.shut_down(0.1)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert heard.losses == []


def test_a_process_that_dies_at_start_is_started_five_times_and_no_more(start: Start, qtbot: Any) -> None:
    runtime, heard = start("dies_at_start")
    qtbot.waitUntil(lambda: runtime.given_up, timeout=30_000)
    assert [one.losses for one in heard.losses] == [1, 2, 3, 4, 5] == list(range(1, MAX_LOSSES + 1))
    last = heard.losses[-1]
    assert last.exit_code == 3 and "libmissing.so" in last.sentence and "5 times in a row" in last.sentence
    assert runtime.state is ClientState.LOST
    runtime.start()
    assert runtime.state is ClientState.STARTING and not runtime.given_up


def test_a_killed_process_comes_back_and_says_which_signal(start: Start, qtbot: Any) -> None:
    runtime, heard = start("good")
    qtbot.waitUntil(lambda: runtime.state is ClientState.READY)
    os.kill(runtime.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: len(heard.of(protocol.Ready)) == 2)
    assert heard.losses[0].signal == signal.SIGKILL and "SIGKILL" in heard.losses[0].sentence
    assert not heard.losses[0].given_up


def test_a_finished_job_begins_a_new_count_of_losses(start: Start, qtbot: Any) -> None:
    runtime, heard = start("good")
    for turn in range(2):
        qtbot.waitUntil(lambda turn=turn: len(heard.of(protocol.Ready)) == turn + 1)
        os.kill(runtime.pid, signal.SIGKILL)
        qtbot.waitUntil(lambda turn=turn: len(heard.losses) == turn + 1)
        runtime.job_finished()
    assert [one.losses for one in heard.losses] == [1, 1]


def test_a_process_that_never_greets_is_given_up_with_its_reason(start: Start, qtbot: Any) -> None:
    runtime, heard = start("never_ready", ready_timeout_s=0.05)
    qtbot.waitUntil(lambda: runtime.given_up, timeout=30_000)
    assert {one.end for one in heard.losses} == {End.NOT_READY}


def test_another_version_is_refused_with_both_numbers_and_not_tried_again(start: Start, qtbot: Any) -> None:
    runtime, heard = start("other_version")
    qtbot.waitUntil(lambda: bool(heard.losses))
    assert runtime.given_up and heard.losses[0].end is End.OTHER_VERSION
    assert "99" in heard.losses[0].sentence and str(protocol.VERSION) in heard.losses[0].sentence
    assert heard.of(protocol.Ready) == []


def test_garbage_between_the_messages_is_dropped(start: Start, qtbot: Any) -> None:
    runtime, heard = start("garbage")
    qtbot.waitUntil(lambda: runtime.state is ClientState.READY, timeout=20_000)
    assert [type(one) for one in heard.reports] == [protocol.Ready] and heard.losses == []


def test_a_runtime_that_babbles_is_killed_and_the_window_goes_on(start: Start, qtbot: Any) -> None:
    _runtime, heard = start("babbles")
    qtbot.waitUntil(lambda: bool(heard.losses), timeout=20_000)
    assert heard.losses[0].end is End.BABBLED


def test_stop_now_replaces_a_hanging_process_without_counting_a_loss(start: Start, qtbot: Any) -> None:
    runtime, heard = start("hangs_on_job")
    qtbot.waitUntil(lambda: runtime.state is ClientState.READY)
    runtime.send(a_wish())
    qtbot.waitUntil(lambda: bool(heard.of(protocol.Accepted)))
    first = runtime.pid
    runtime.stop_now()
    qtbot.waitUntil(lambda: len(heard.of(protocol.Ready)) == 2)
    assert runtime.pid != first
    assert heard.losses[0].end is End.STOPPED and heard.losses[0].losses == 0


def test_a_missing_program_is_told_in_words(qapp: Any, qtbot: Any, tmp_path: Path) -> None:
    launch = Launch("words", program=str(tmp_path / "nothing-here"))
    runtime = LocalRuntime(launch, assets=tmp_path, media=tmp_path, jobs=tmp_path)
    heard = Heard(runtime)
    runtime.start()
    qtbot.waitUntil(lambda: bool(heard.losses))
    assert heard.losses[0].end is End.NOT_STARTED and heard.losses[0].given_up
    assert "words runtime could not be started" in heard.losses[0].sentence
    assert "doctor" in heard.losses[0].hint


def test_the_child_gets_no_qt_variables_and_its_own_session(
    qapp: Any, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_PLUGIN_PATH", "/somewhere")
    code = "import os,sys; print(sorted(k for k in os.environ if k.startswith('QT_')), os.getsid(0) == os.getpid(), "
    code += "file=sys.stderr)"
    said = tmp_path / "said.log"
    launch = Launch("frames", program=sys.executable, arguments=("-c", code), log=said)
    runtime = LocalRuntime(launch, assets=tmp_path, media=tmp_path, jobs=tmp_path)
    heard = Heard(runtime)
    runtime.start()
    qtbot.waitUntil(lambda: bool(heard.losses))
    runtime.shut_down(0)
    assert last_line(said) == "[] True"
