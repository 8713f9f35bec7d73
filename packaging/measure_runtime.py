"""Measures the runtime process: time from start to Ready, from a cancel to its answer, and the most memory it held.

Run from the repository: `python packaging/measure_runtime.py [--times 5]`. Linux and macOS.
"""

from __future__ import annotations

import argparse
import dataclasses
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


def started(serve: str, folder: Path) -> tuple[subprocess.Popen[bytes], float]:
    """(a runtime that said Ready, milliseconds until it did)"""
    hello = protocol.Hello(protocol.VERSION, str(ROOT / "assets"), str(folder), str(folder))
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "model_runtime", "--serve", serve],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    send(process, hello)
    ready = heard(process)
    if not isinstance(ready, protocol.Ready):
        raise SystemExit(f"the runtime did not greet: {ready}")
    return process, (time.perf_counter() - began) * 1000


def send(process: subprocess.Popen[bytes], message: protocol.Down) -> None:
    assert process.stdin
    process.stdin.write(protocol.encode(message))
    process.stdin.flush()


def heard(process: subprocess.Popen[bytes]) -> protocol.Message:
    assert process.stdout
    return protocol.decode(process.stdout.readline())


def start_once(serve: str, folder: Path) -> tuple[float, float]:
    """(milliseconds to Ready, peak memory in MB) of one process."""
    process, milliseconds = started(serve, folder)
    assert process.stdin
    process.stdin.close()
    _, _, usage = os.wait4(process.pid, 0)
    # The system counts in kilobytes, except on macOS.
    return milliseconds, usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def cancel_once(process: subprocess.Popen[bytes], number: int) -> tuple[float, float]:
    """Milliseconds from Cancel to Cancelled while a card is being encoded: (of a job in line, of the card itself).

    The first is how fast a cancel is heard; the second is heard, obeyed at the next frame, and the encoder gone.
    """
    card = protocol.Generate(
        f"card_{number}", 1, "slate", "clip", "", 1, 1500, 1, (24, 1), 1280, 720, "", frames=1500
    )
    behind = dataclasses.replace(card, job=f"behind_{number}")
    send(process, card)
    send(process, behind)
    while not isinstance(message := heard(process), protocol.Progress) or message.stage != "writing":
        pass
    return cancelled(process, behind), cancelled(process, card)


def cancelled(process: subprocess.Popen[bytes], wish: protocol.Generate) -> float:
    began = time.perf_counter()
    send(process, protocol.Cancel(wish.job, wish.attempt))
    while heard(process) != protocol.Cancelled(wish.job, wish.attempt):
        pass
    return (time.perf_counter() - began) * 1000


def cancel_often(folder: Path, times: int) -> list[tuple[float, float]]:
    process, _ = started("frames", folder)
    try:
        return [cancel_once(process, number) for number in range(times)]
    finally:
        process.communicate()


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
        for what, all_times in zip(
            ("in line is heard", "of a running card is heard and obeyed"),
            zip(*cancel_often(Path(folder), 4 * times), strict=True),
            strict=True,
        ):
            print(
                f"a cancel {what} after {statistics.median(all_times):.1f} ms"
                f" (slowest of {4 * times}: {max(all_times):.1f})"
            )


if __name__ == "__main__":
    main()
