"""Turns board.toml into a film by calling the public commands one after the other, each shown as it is called.

    python projects_examples/the-last-ferry/make_film.py DIR [ENGINE]

`shotwright demo DIR` does the same in one go and with progress; this shows how little there is to it.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from studio.cli.board import read_board, steps  # noqa: E402


def main() -> int:
    if len(sys.argv) not in (2, 3):
        print("Say where the film shall lie: make_film.py DIR [ENGINE]", file=sys.stderr)
        return 2
    film, engine = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) == 3 else "sketch"
    commands = [*steps(read_board(HERE / "board.toml"), film), ("render", str(film), "--engine", engine)]
    for form in ("mp4", "otio"):
        commands.append(("export", str(film), "--to", form, str(film / "exports" / f"film.{form}")))
    for command in commands:
        print("shotwright", shlex.join(command), flush=True)
        done = subprocess.run([sys.executable, "-P", "-m", "studio", *command], env=environment())
        if done.returncode:
            return done.returncode
    return 0


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(HERE.parents[1])}


if __name__ == "__main__":
    sys.exit(main())
