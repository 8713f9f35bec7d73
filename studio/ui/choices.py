"""The words a filmmaker picks from for size, move, place and so on: those the built-in engine knows, first."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Choices:
    sizes: tuple[str, ...]
    moves: tuple[str, ...]
    angles: tuple[str, ...]
    locations: tuple[str, ...]
    times: tuple[str, ...]
    weathers: tuple[str, ...]
    sides: tuple[str, ...]
    facings: tuple[str, ...]
    actions: tuple[str, ...]
    motions: tuple[str, ...]
    """What an animal or a vehicle does."""


def read_choices(file: Path) -> Choices:
    """From `assets/prompts/sketch.toml`."""
    words = {name: tuple(some) for name, some in tomllib.loads(file.read_text(encoding="utf-8"))["words"].items()}
    return Choices(
        words["size"], words["move"], words["angle"], words["location"], words["time"], words["weather"],
        words["side"], words["facing"], words["action"], words["motion"],
    )  # fmt: skip
