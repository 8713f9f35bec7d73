"""A studio for tests: starts a real runtime process, sends lines, waits for reports."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from model_runtime import protocol

ROOT = Path(__file__).resolve().parents[2]
ODD_RUNTIME = Path(__file__).with_name("odd_runtime.py")
PATIENCE_S = 30.0


def a_request(job: str = "job_a", attempt: int = 1, **changes: Any) -> protocol.Generate:
    fields: dict[str, Any] = {
        "engine": "slate",
        "kind": "clip",
        "prompt": "",
        "seed": 1,
        "engine_frames": 6,
        "hold": 2,
        "rate": (24, 1),
        "width": 96,
        "height": 54,
        "recipe": '{"version": 1}',
    }
    return protocol.Generate(job, attempt, **{**fields, **changes})


class Talk:
    """One runtime process. Use as a context manager: leaving it ends the process."""

    def __init__(self, folder: Path, *, serve: str = "frames", odd: str = "", assets: Path = ROOT / "assets") -> None:
        self.jobs, self.media = folder / "jobs", folder / "media"
        for one in (self.jobs, self.media):
            one.mkdir(exist_ok=True)
        self.assets = assets
        command = [sys.executable, str(ODD_RUNTIME), odd] if odd else [sys.executable, "-m", "model_runtime"]
        self.log = folder / "log.txt"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, "--serve", serve], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log
            )
        self.heard: Queue[bytes] = Queue()
        self.reports: list[protocol.Message] = []
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.heard.put(line)
        self.heard.put(b"")

    def __enter__(self) -> Talk:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        self.reader.join(PATIENCE_S)
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                stream.close()

    def send(self, *messages: protocol.Message) -> None:
        self.send_raw(b"".join(map(protocol.encode, messages)))

    def send_raw(self, data: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def end_input(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()

    def greet(self) -> protocol.Ready:
        self.send(protocol.Hello(protocol.VERSION, str(self.assets), str(self.media), str(self.jobs)))
        ready = self.wait_for(protocol.Ready)
        assert isinstance(ready, protocol.Ready)
        return ready

    def wait_for(
        self, *kinds: type, where: Callable[[Any], bool] = lambda report: True, patience_s: float = PATIENCE_S
    ) -> Any:
        """The next report of one of these kinds; all on the way are kept in `reports`."""
        while True:
            report = self._next(patience_s)
            if isinstance(report, kinds) and where(report):
                return report

    def _next(self, patience_s: float) -> protocol.Message:
        try:
            line = self.heard.get(timeout=patience_s)
        except Empty:
            raise AssertionError(f"nothing heard for {patience_s} s after {self.reports[-3:]}") from None
        assert line, f"the runtime ended: {self.log.read_text()[-2000:]}"
        self.reports.append(protocol.decode(line))
        return self.reports[-1]

    def rest(self) -> list[protocol.Message]:
        """Everything said until the process closed its end."""
        found = []
        while line := self.heard.get(timeout=PATIENCE_S):
            found.append(protocol.decode(line))
        self.reports += found
        return found
