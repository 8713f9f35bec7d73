"""Builds the wheel, installs it in an empty environment outside the repository and makes one take with it.

It proves that nothing the product needs was left behind in the checkout: weights, fonts, word lists, migrations.
Run by `make smoke`; `--engine slate` leaves the sketch model out.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", default="sketch")
    engine = parser.parse_args().engine
    with tempfile.TemporaryDirectory(prefix="shotwright-smoke-") as place:
        wheel = build(Path(place) / "wheel")
        print(f"built {wheel.name}, {wheel.stat().st_size / 2**20:.1f} MB")
        shotwright = install(wheel, Path(place) / "environment")
        return make_one_take(shotwright, Path(place) / "film", engine)


def build(folder: Path) -> Path:
    run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)], cwd=folder.parent)
    return next(folder.glob("shotwright-*.whl"))


def install(wheel: Path, environment: Path) -> Path:
    """The `shotwright` command of a new environment that holds the wheel and what it asks for."""
    venv.create(environment, with_pip=True)
    bin_folder = environment / ("Scripts" if os.name == "nt" else "bin")
    started = time.monotonic()
    run([str(bin_folder / "python"), "-m", "pip", "install", "-q", "-c", str(CONSTRAINTS), str(wheel)], cwd=environment)
    print(f"installed in {time.monotonic() - started:.0f} s")
    return bin_folder / "shotwright"


def make_one_take(shotwright: Path, film: Path, engine: str) -> int:
    def studio(*arguments: str) -> str:
        return run([str(shotwright), *arguments], cwd=film.parent)

    studio("new", str(film), "--rate", "24", "--size", "1280x720")
    studio("add-scene", str(film), "--heading", "EXT. PIER - NIGHT", "--location", "pier", "--time", "night")
    studio("add-shot", str(film), "--size", "wide", "--action", "a woman walks", "--frames", "24")
    started = time.monotonic()
    studio("generate", str(film), "--shot", "1", "--engine", engine, "--seed", "7")
    seconds = time.monotonic() - started
    takes = json.loads(studio("takes", str(film), "--shot", "1", "--json"))
    assert len(takes) == 1, f"one take was asked for, {len(takes)} are there"
    movie = film / takes[0]["file"]
    assert movie.is_file() and movie.stat().st_size > 10_000, f"{movie} is missing or empty"
    studio("export", str(film), "--to", "mp4", str(film / "cut.mp4"))
    studio("check", str(film))
    print(f"one take with engine {engine} in {seconds:.1f} s: {movie.name}, {movie.stat().st_size / 2**10:.0f} kB")
    return 0


def run(command: list[str], *, cwd: Path) -> str:
    """Runs outside the repository, without a Python path that could reach into it."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
