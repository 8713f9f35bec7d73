"""An example film made from its board through the public commands, whole or not at all."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Sequence
from pathlib import Path

from studio import assets
from studio.cli.board import read_board, steps
from studio.errors import NotFound, ProjectError, StudioError

NEEDS_A_RUNTIME = ("expand",)
"""Commands that wait for a runtime."""
ENDS_WITHIN_S = 120


def make_example(name: str, folder: Path) -> None:
    """The example `name` in `folder`, which is not there yet or empty. Takes seconds: not for the GUI thread.

    The shipped example itself is only read. Raises NotFound, ProjectError.
    """
    board = assets.examples() / name / "board.toml"
    if not board.is_file():
        raise NotFound(f"There is no example {name!r}.", "Its folder may be missing; install Shotwright again.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ProjectError(f"{folder} is not empty and holds no film.", "Name another folder for the example.")
    from studio.cli.root import shotwright  # late: root reads the commands, which read this

    part = folder.resolve().with_name(f".{folder.name}.part-{uuid.uuid4().hex[:8]}")
    part.parent.mkdir(parents=True, exist_ok=True)
    try:
        for step in steps(read_board(board), part):
            if step[0] in NEEDS_A_RUNTIME:
                _run_beside(step)
                continue
            with contextlib.redirect_stdout(io.StringIO()):
                shotwright.main(list(step), prog_name="shotwright", standalone_mode=False)
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _run_beside(step: Sequence[str]) -> None:
    """In a process of its own: what talks with a runtime belongs to the thread it began on, and this is any thread."""
    # `-P` keeps the working folder, a film's perhaps, out of what is imported.
    command = [sys.executable, "-P", "-m", "studio", *step]
    ours = str(Path(assets.__file__).resolve().parents[1])
    paths = os.pathsep.join(filter(None, (ours, os.environ.get("PYTHONPATH", ""))))
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=ENDS_WITHIN_S,
                              env={**os.environ, "PYTHONPATH": paths})
    except subprocess.TimeoutExpired:
        raise StudioError("The example's prompts were not written in time.", "Try again.") from None
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["The example's prompts were not written."]
        raise StudioError(said[0], " ".join(said[1:]))
