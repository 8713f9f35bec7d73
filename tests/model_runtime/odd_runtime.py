"""The real runtime process with an engine that behaves oddly, in the way its first argument names."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from model_runtime import __main__ as runtime
from model_runtime import children, protocol, safe_files, server, worker
from model_runtime.engines.base import JobFolder, LoadFacts, Made, Outcome, Reporter, Stopped
from model_runtime.engines.slate import SlateEngine

STEPS = 2000
STEP_S = 0.01


class OddEngine(SlateEngine):
    def __init__(self, way: str, assets: Path) -> None:
        super().__init__(assets)
        self.way = way

    def load(self) -> LoadFacts:
        return LoadFacts()

    def generate(self, request: protocol.Generate, reporter: Reporter, folder: JobFolder) -> Outcome:
        result = getattr(self, self.way)(request, reporter, folder)
        assert isinstance(result, (Made, Stopped))
        return result

    def steps(self, request: protocol.Generate, reporter: Reporter, folder: JobFolder) -> Outcome:
        for step in range(1, STEPS):
            reporter.progress("drawing", step, STEPS)
            if reporter.should_stop():
                safe_files.write_text(folder.path / "saved", str(step))
                return Stopped(step)
            time.sleep(STEP_S)
        return Made(())

    def busy(self, request: protocol.Generate, reporter: Reporter, folder: JobFolder) -> Outcome:
        reporter.progress("drawing", 1, 2)
        while True:
            time.sleep(0)

    def holds_the_lock(self, request: protocol.Generate, reporter: Reporter, folder: JobFolder) -> Outcome:
        """Soon after the input ends, a native call that never lets other Python threads run."""
        reporter.progress("drawing", 1, 2)
        while not reporter.should_stop():
            time.sleep(STEP_S)
        ctypes.PyDLL(None).sleep(600)
        return Stopped(0)

    def with_child(self, request: protocol.Generate, reporter: Reporter, folder: JobFolder) -> Outcome:
        child = children.start([sys.executable, "-c", "import time; time.sleep(600)"])
        reporter.notice(str(child.pid))
        while True:
            time.sleep(STEP_S)

    def babbles(self, request: protocol.Generate, reporter: Reporter, folder: JobFolder) -> Outcome:
        print("a library prints")
        os.write(1, b"native code prints\n")
        subprocess.run([sys.executable, "-c", "print('a child prints')"], check=True)
        code = "import os; print([fd for fd in range(3, 64) if os.path.exists(f'/proc/self/fd/{fd}')])"
        found = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, close_fds=False
        )
        reporter.notice(found.stdout.strip() + repr(sys.stdin.read()))
        return Made(())

    def leaves(self, request: protocol.Generate, reporter: Reporter, folder: JobFolder) -> Outcome:
        sys.exit("a library thinks it may")

    def fails(self, request: protocol.Generate, reporter: Reporter, folder: JobFolder) -> Outcome:
        raise KeyError("our own mistake")

    def floods(self, request: protocol.Generate, reporter: Reporter, folder: JobFolder) -> Outcome:
        import numpy

        noise = numpy.random.default_rng(1).integers(0, 256, (90, 160, 3), dtype=numpy.uint8)
        until = time.monotonic() + 1.2
        step = 0
        while time.monotonic() < until:
            step += 1
            reporter.progress("drawing", step, 1 << 30)
            reporter.preview([noise] * 20)
            reporter.progress("loading", 1, 1)
        return Made((), {"steps": step})

    def full_disk(self, request: protocol.Generate, reporter: Reporter, folder: JobFolder) -> Outcome:
        if not (folder.path / "space").exists():
            raise safe_files.NoSpace(folder.path, 5_000_000, 1000)
        return Made((), {"resumed": request.resume})


def main() -> None:
    way = sys.argv.pop(1)
    worker.SPACE_RETRY_S = 0.1
    if way != "holds_the_lock":
        # That one is tried with the real times; nobody wants to wait so long for each.
        server.WORKER_END_S = 0.5

    def engines(serve: str, assets: Path) -> dict[str, Any]:
        return {"odd": OddEngine(way, assets), "slate": SlateEngine(assets)}

    worker._engines = engines
    os._exit(runtime.main())


if __name__ == "__main__":
    main()
