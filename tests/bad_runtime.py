"""A real small process in a runtime's place that misbehaves in the way its first argument names.

Run as `python tests/bad_runtime.py MODE [FOLDER]`; speaks protocol version 3 by hand, so that it can break it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

SKETCH = {
    "id": "sketch", "title": "Sketch", "tasks": ["still", "text_to_video", "first_frame"], "frames": [1, 9, 17, 25],
    "drawings_per_second": 12, "width": 144, "height": 80, "steps": 4, "guidance": 2.5, "prompt_style": "",
    "max_prompt": 2000,
}  # fmt: skip


def say(kind: str, /, **fields: Any) -> None:
    sys.stdout.buffer.write(json.dumps({"type": kind, **fields}).encode() + b"\n")
    sys.stdout.buffer.flush()


def ready(version: int = 3) -> None:
    say("ready", version=version, serve="frames", program="bad 1.0", engines=[SKETCH], pid=os.getpid())


def wishes() -> Any:
    for line in sys.stdin.buffer:
        yield json.loads(line)


def wait_forever() -> None:
    threading.Event().wait()


def first_time(folder: Path) -> bool:
    """Whether no process with this folder came here before."""
    mark = folder / "been-here"
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def good() -> None:
    """Greets, answers every job with two progress reports and an ending, ends when asked or when input ends."""
    for wish in wishes():
        match wish["type"]:
            case "hello":
                ready()
            case "generate":
                to = {"job": wish["job"], "attempt": wish["attempt"]}
                say("accepted", **to)
                for done in range(4):
                    say("progress", **to, stage="drawing", done=done, total=4)
                say("failed", **to, kind="input", sentence="The picture is broken.", hint="Give another.")
            case "shutdown":
                return


def dies_at_start() -> None:
    print("no such library: libmissing.so", file=sys.stderr)
    sys.exit(3)


def dies_on_job() -> None:
    """Accepts a job, reports a step and is killed, every time."""
    for wish in wishes():
        if wish["type"] == "hello":
            ready()
        if wish["type"] == "generate":
            say("accepted", job=wish["job"], attempt=wish["attempt"])
            say("progress", job=wish["job"], attempt=wish["attempt"], stage="drawing", done=2, total=4)
            os.kill(os.getpid(), signal.SIGKILL)


def dies_once(folder: Path) -> None:
    """The first process dies on its job; the next one is good."""
    if first_time(folder):
        dies_on_job()
    good()


def never_ready() -> None:
    wait_forever()


def hangs_on_job() -> None:
    """Accepts a job and then neither works nor listens; ignores terminate as well."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for wish in wishes():
        if wish["type"] == "hello":
            ready()
        if wish["type"] == "generate":
            say("accepted", job=wish["job"], attempt=wish["attempt"])
            wait_forever()


def ignores_terminate() -> None:
    """Greets and then hears nothing: neither shutdown, nor the end of input, nor terminate."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    ready()
    wait_forever()


def other_version() -> None:
    ready(version=99)
    wait_forever()


def garbage() -> None:
    """Some lines that are no messages, one too long, one of unknown type, and then the greeting."""
    out = sys.stdout.buffer
    out.write(b'Loading checkpoint shards: 100%\n\xff\xfe\x00\n[1, 2]\n{"type": "surprise"}\n')
    out.write(b"x" * (2 << 20) + b'\n{"type": "ready"}\n')
    out.flush()
    good()


def babbles() -> None:
    """Greets and then never stops sending lines that are no messages."""
    ready()
    while True:
        sys.stdout.buffer.write(b"step 1 of 4\n" * 100)


MODES = {
    "good": good, "dies_at_start": dies_at_start, "dies_on_job": dies_on_job, "dies_once": dies_once,
    "never_ready": never_ready, "hangs_on_job": hangs_on_job, "ignores_terminate": ignores_terminate,
    "other_version": other_version, "garbage": garbage, "babbles": babbles,
}  # fmt: skip

if __name__ == "__main__":
    mode = MODES[sys.argv[1]]
    arguments = [Path(one) for one in sys.argv[2:]]
    mode(*arguments)
