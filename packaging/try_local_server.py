"""Asks a real local server for prompts, start to finish: found, asked for its models, tried, asked, stopped.

The server is llama.cpp's, as the Python package `llama-cpp-python[server]` brings it, in an environment of its own:

    python3 -m venv /tmp/llama && /tmp/llama/bin/pip install "llama-cpp-python[server]"
    python packaging/try_local_server.py --server-python /tmp/llama/bin/python

Its models are made here (tiny_gguf.py): one that always says the same prompt, one that says anything. Linux and macOS.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(Path(__file__).parent))

import tiny_gguf  # noqa: E402  the paths above make both importable from anywhere

from model_runtime import protocol  # noqa: E402
from model_runtime.expanders import servers  # noqa: E402

CONTEXT = 12_288
START_S = 60.0
ANSWER = {
    "caption": '@mara, a courier in a yellow raincoat, waits on the wooden pier under a sign that reads "FERRY 7".',
    "camera": "Wide shot from a low angle; the camera pushes in slowly.",
    "motion": "Rain falls and the water moves a little.",
    "subjects": ["She looks out over the dark water."],
    "negative": "blurry picture",
    "on_screen_text": [],
}


@contextlib.contextmanager
def serving(python: str, model: Path, port: int) -> Iterator[None]:
    """llama.cpp's server with this model, until the block ends."""
    command = [python, "-m", "llama_cpp.server", "--model", str(model), "--model_alias", model.stem]
    command += ["--port", str(port), "--n_ctx", str(CONTEXT), "--n_threads", "1"]
    log = model.with_suffix(".log")
    with log.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file)
    try:
        until = time.monotonic() + START_S
        while not servers.found((port,)):
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"the server did not start:\n{log.read_text()[-2000:]}")
            time.sleep(0.2)
        yield
    finally:
        process.terminate()
        process.wait(20)


class Words:
    """The words runtime as the studio starts it."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "model_runtime", "--serve", "words"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.send(protocol.Hello(protocol.VERSION, str(ROOT / "assets"), str(folder), str(folder)))
        self.told: list[Any] = []

    def send(self, message: protocol.Down) -> None:
        assert self.process.stdin
        self.process.stdin.write(protocol.encode(message))
        self.process.stdin.flush()

    def hear(self) -> Any:
        assert self.process.stdout
        return protocol.decode(self.process.stdout.readline())

    def ask(self, message: Any) -> Any:
        """The ending; all that came before is in `told`."""
        self.send(message)
        self.told = []
        while True:
            report = self.hear()
            if isinstance(report, protocol.ENDINGS) and report.job == message.job:
                return report
            self.told.append(report)

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(20)


def request(job: str, writer: protocol.Writer) -> protocol.ExpandPrompt:
    mara = {"name": "@mara", "kind": "character", "description": "a courier of thirty"}
    draft = '@mara waits on the pier under a sign "FERRY 7"'
    return protocol.ExpandPrompt(job, 1, writer.id, draft, "wan", {"time": "night"}, (mara,), writer=writer)


def with_the_speaker(words: Words, port: int) -> Iterator[tuple[str, bool, str]]:
    """(what, whether it is as it should be, what came) of a server that answers well."""
    found = words.ask(protocol.FindServers("find", 1)).servers
    told = ", ".join(f"{one.name} at {one.base_url}" for one in found)
    yield "found by asking its usual port", any(one.name == "llama.cpp" for one in found), told
    writer = protocol.Writer("local", "openai", f"http://127.0.0.1:{port}", "speaker", seconds=60)
    models = words.ask(protocol.AskModels("models", 1, writer))
    yield "its models", [one.id for one in models.models] == ["speaker"], str([one.id for one in models.models])
    tried = words.ask(protocol.TryWriter("try", 1, writer))
    yield "tried", isinstance(tried, protocol.Tried), getattr(tried, "sentence", "")
    began = time.monotonic()
    written = words.ask(request("expand", writer))
    pieces = [one for one in words.told if isinstance(one, protocol.Expanding)]
    good = (
        isinstance(written, protocol.Expanded) and written.text.startswith(ANSWER["caption"]) and not written.warnings
    )
    seconds = time.monotonic() - began
    yield (
        "a prompt",
        good,
        f"{seconds:.1f} s, told {len(pieces)} times while it came: {getattr(written, 'text', written)}",
    )


def with_the_babbler(words: Words, port: int) -> Iterator[tuple[str, bool, str]]:
    """The same of one that answers nonsense."""
    writer = protocol.Writer("local", "openai", f"http://127.0.0.1:{port}/v1", "babbler", seconds=90)
    words.send(request("stopped", writer))
    while not isinstance(words.hear(), protocol.Accepted):
        pass
    time.sleep(2.0)
    words.send(protocol.Cancel("stopped", 1))
    began = time.monotonic()
    while not isinstance(words.hear(), protocol.Cancelled):
        pass
    yield "stopped while it writes", True, f"{(time.monotonic() - began) * 1000:.0f} ms from the wish to its ending"
    began = time.monotonic()
    quick = words.ask(protocol.AskModels("models_2", 1, writer))
    seconds = time.monotonic() - began
    yield "the server is free again", isinstance(quick, protocol.Models), f"it answered after {seconds:.1f} s"
    failed = words.ask(request("nonsense", writer))
    told = f"{failed.kind}: {failed.sentence}" if isinstance(failed, protocol.Failed) else str(failed)
    yield "nonsense", isinstance(failed, protocol.Failed) and failed.kind in ("answer", "timeout"), told


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server-python", required=True, help="a Python that has llama-cpp-python[server]")
    parser.add_argument("--port", type=int, default=8000, help="one of the usual ports, to be found there")
    chosen = parser.parse_args()
    rows: list[tuple[str, bool, str]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tiny_gguf.write_speaker(folder / "speaker.gguf", json.dumps(ANSWER))
        tiny_gguf.write_babbler(folder / "babbler.gguf")
        words = Words(folder)
        try:
            for model, steps in (("speaker", with_the_speaker), ("babbler", with_the_babbler)):
                with serving(chosen.server_python, folder / f"{model}.gguf", chosen.port):
                    for row in steps(words, chosen.port):
                        rows.append(row)
                        sys.stdout.write(f"{'as it should' if row[1] else 'NOT AS IT SHOULD':18}{row[0]}: {row[2]}\n")
                        sys.stdout.flush()
        finally:
            words.close()
    return 0 if all(good for _, good, _ in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
