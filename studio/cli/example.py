"""An example film made from its board through the public commands, whole or not at all."""

from __future__ import annotations

import contextlib
import io
import shutil
import uuid
from pathlib import Path

from studio import assets
from studio.cli.board import read_board, steps
from studio.errors import NotFound, ProjectError


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
            with contextlib.redirect_stdout(io.StringIO()):
                shotwright.main(list(step), prog_name="shotwright", standalone_mode=False)
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
