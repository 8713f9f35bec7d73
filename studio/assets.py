"""Where the shipped data lies: icons, fonts, word lists, weights and examples, in each form the program comes in."""

from __future__ import annotations

import sys
from pathlib import Path

from studio.errors import ProjectError

PACKAGE = Path(__file__).resolve().parent
REINSTALL = "Install Shotwright again, or run it from a complete copy of its repository."


def folder() -> Path:
    """The assets folder."""
    return _shipped("assets")


def examples() -> Path:
    """The folder with one folder for each example film."""
    return _shipped("projects_examples")


def places() -> tuple[Path, ...]:
    """Where shipped data may lie, first choice first: frozen bundle, source tree, inside the wheel."""
    frozen = getattr(sys, "_MEIPASS", None)
    bundle = (Path(frozen),) if frozen else ()
    return (*bundle, PACKAGE.parent, PACKAGE / "shipped")


def _shipped(name: str) -> Path:
    for place in places():
        if (place / name).is_dir():
            return place / name
    raise ProjectError(f"Shotwright's own folder '{name}' is missing beside {PACKAGE}.", REINSTALL)
