"""The words runtime as a real process, asking a service: nobody waits behind it, and its key is told nowhere."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from model_runtime import protocol
from tests.model_runtime.talk import ROOT, Talk
from tests.writer_stub import ADAPTERS, WriterStub
from tests.writer_table import KEY, request, the_writer

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def stub() -> Iterator[WriterStub]:
    with WriterStub() as one:
        yield one


@pytest.fixture
def talk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Talk]:
    """With a key planted in the file of a machine that has no keyring."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    folder = tmp_path / "config" / "shotwright"
    folder.mkdir(parents=True)
    (folder / "keys.json").write_text(json.dumps({"mine": KEY}))
    with Talk(tmp_path, serve="words") as one:
        one.greet()
        yield one


@pytest.mark.skipif(
    sys.platform != "linux", reason="where the file of keys lies is told by the environment on Linux only"
)
def test_the_key_comes_from_its_own_file_and_stands_in_no_message_log_or_trace(
    talk: Talk, stub: WriterStub, tmp_path: Path
) -> None:
    cases = ("good", "repeats_key", "out_of_order", "malformed", "cut", "page")
    for adapter in ADAPTERS:
        for case in cases:
            job = f"{adapter}_{case}"
            (talk.jobs / job).mkdir()
            talk.send(replace(request(adapter, stub.address(case), seconds=3.0), job=job))
            talk.wait_for(protocol.Expanded, protocol.Failed, where=lambda one, job=job: one.job == job)
    assert any(KEY in repr(one.headers) for one in stub.heard), "the planted key was never sent"
    talk.send(protocol.Shutdown())
    talk.rest()
    talk.process.wait(10)
    everything = [path for path in tmp_path.rglob("*") if path.is_file() and "config" not in path.parts]
    assert talk.log in everything
    assert KEY not in repr(talk.reports)
    assert not [path for path in everything if KEY.encode() in path.read_bytes()]


def test_neither_the_built_in_writer_nor_another_waits_behind_a_slow_service(talk: Talk, stub: WriterStub) -> None:
    for number in range(3):
        talk.send(replace(request("openai", stub.address("slow"), seconds=60.0), job=f"slow_{number}"))
    talk.wait_for(protocol.Expanding)
    began = time.monotonic()
    talk.send(protocol.ExpandPrompt("quick", 1, "grammar", "a woman waits on a pier", "sketch"))
    assert talk.wait_for(*protocol.ENDINGS).job == "quick"
    talk.send(replace(request("openai", stub.address("good")), job="other"))
    assert talk.wait_for(*protocol.ENDINGS).job == "other"
    assert time.monotonic() - began < 5.0
    talk.send(protocol.Cancel("slow_1", 1))
    assert talk.wait_for(*protocol.ENDINGS) == protocol.Cancelled("slow_1", 1)
    stub.closed_early.clear()
    talk.send(protocol.Shutdown())
    held = [one.job for one in talk.rest() if isinstance(one, protocol.Held)]
    assert sorted(held) == ["slow_0", "slow_2"]
    assert talk.process.wait(10) == 0


def test_the_runtime_starts_without_what_speaks_with_the_network() -> None:
    watched = ("openai", "anthropic", "google", "httpx2", "keyring", "asyncio", "pydantic")
    code = f"import sys, model_runtime.server; print([one for one in {watched} if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_every_attempt_is_accepted_and_ends_once(talk: Talk, stub: WriterStub) -> None:
    writer = the_writer("openai", stub.address("good"))
    talk.send(
        replace(request("openai", stub.address("busy_once")), job="a"),
        replace(request("openai", stub.address("cut")), job="b"),
        protocol.AskModels("c", 1, writer),
        protocol.TryWriter("d", 1, writer),
        protocol.FindServers("e", 1),
    )
    endings = {one.job: one for one in (talk.wait_for(*protocol.ENDINGS) for _ in range(5))}
    assert {job: one.type for job, one in endings.items()} == {
        "a": "expanded",
        "b": "failed",
        "c": "models",
        "d": "tried",
        "e": "servers",
    }
    for job in "abcde":
        of_it = [one for one in talk.reports if getattr(one, "job", "") == job]
        assert of_it[0] == protocol.Accepted(job, 1) and of_it[-1] == endings[job]
