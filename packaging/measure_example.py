"""Measures the main job: seconds for one still, one clip and the whole example, and the most memory each process held.

Run from the repository: `python packaging/measure_example.py [--engine sketch]`; films go into a temporary folder.
Linux only: the memory figures are the kernel's own peaks (VmHWM) of each process in the tree, read until it ends.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHOTWRIGHT = [sys.executable, "-m", "studio"]
LOOK_EVERY_S = 0.1


def role(command: str) -> str:
    """Which of our processes a command line belongs to."""
    if "model_runtime" in command:
        return "runtime, words" if "words" in command else "runtime, frames"
    if "ffmpeg" in command:
        return "encoder"
    return "studio" if "studio" in command else "other"


def peaks_below(pid: int, peaks: dict[str, float]) -> None:
    """Note the peak in MB of `pid` and all its children under their roles."""
    process = Path("/proc") / str(pid)
    try:
        command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        status = (process / "status").read_text()
        children = (process / "task" / str(pid) / "children").read_text().split()
    except OSError:  # it ended between two looks
        return
    for line in status.splitlines():
        if line.startswith("VmHWM:") and command:  # between fork and exec there is no name yet
            peaks[role(command)] = max(peaks.get(role(command), 0.0), int(line.split()[1]) / 1024)
    for child in children:
        peaks_below(int(child), peaks)


def measured(*arguments: str) -> tuple[float, dict[str, float]]:
    """(seconds, peak MB by role) of one command line; ends the script where the command fails."""
    peaks: dict[str, float] = {}
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    began = time.monotonic()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen([*SHOTWRIGHT, *arguments], cwd=ROOT, env=environment, stdout=said, stderr=said)
        while process.poll() is None:
            peaks_below(process.pid, peaks)
            time.sleep(LOOK_EVERY_S)
        if process.returncode:
            said.seek(0)
            sys.exit(f"shotwright {' '.join(arguments)} ended with {process.returncode}:\n{said.read()}")
    return time.monotonic() - began, peaks


def show(what: str, seconds: float, peaks: dict[str, float]) -> None:
    memory = ", ".join(f"{name} {peak:.0f} MB" for name, peak in sorted(peaks.items()))
    print(f"{what}: {seconds:.1f} s; peak memory: {memory}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", default="sketch")
    engine = parser.parse_args().engine
    print(f"load before measuring: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory(prefix="shotwright-measure-") as place:
        film = str(Path(place) / "film")
        measured("new", film, "--rate", "24", "--size", "1280x720")
        measured("add-scene", film, "--heading", "EXT. PIER - NIGHT", "--location", "pier", "--time", "night")
        measured("add-shot", film, "--size", "wide", "--action", "a woman walks", "--frames", "50")
        shot = ("generate", film, "--shot", "1", "--engine", engine, "--seed", "7")
        show("one still, program started and model loaded in it", *measured(*shot, "--still"))
        show("one clip of 50 frames, likewise", *measured(*shot))
        example = ("demo", str(Path(place) / "the-last-ferry"), "--engine", engine)
        show("the example film", *measured(*example))
        show("the example film a second time", *measured(*example))


if __name__ == "__main__":
    main()
