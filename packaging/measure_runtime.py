"""Measures the runtime process: milliseconds from start to Ready, and the most memory it held, for both kinds.

Run from the repository: `python packaging/measure_runtime.py [--times 5]`. Linux and macOS.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from model_runtime import protocol  # noqa: E402  the path above makes it importable from anywhere


def start_once(serve: str, folder: Path) -> tuple[float, float]:
    """(milliseconds to Ready, peak memory in MB) of one process."""
    hello = protocol.Hello(protocol.VERSION, str(ROOT / "assets"), str(folder), str(folder))
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "model_runtime", "--serve", serve],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin and process.stdout
    process.stdin.write(protocol.encode(hello))
    process.stdin.flush()
    ready = protocol.decode(process.stdout.readline())
    milliseconds = (time.perf_counter() - began) * 1000
    if not isinstance(ready, protocol.Ready):
        raise SystemExit(f"the runtime did not greet: {ready}")
    process.stdin.close()
    _, _, usage = os.wait4(process.pid, 0)
    # The system counts in kilobytes, except on macOS.
    return milliseconds, usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as folder:
        for serve in ("frames", "words"):
            found = [start_once(serve, Path(folder)) for _ in range(times)]
            milliseconds = [one[0] for one in found]
            print(
                f"{serve}: Ready after {statistics.median(milliseconds):.0f} ms"
                f" (slowest of {times}: {max(milliseconds):.0f}), peak memory {max(one[1] for one in found):.0f} MB"
            )


if __name__ == "__main__":
    main()
