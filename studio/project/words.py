"""Numbers, lengths and engines as people read them: for what the window and the command line both say. Pure."""

from __future__ import annotations

from studio.project.timing import FrameRate

ENGINES = {"sketch": "Sketch", "slate": "Missing-shot card"}
"""Engines by the words people have for them; others are shown by their id."""


def counted(number: int, noun: str) -> str:
    """`1 take`, `4 takes`, `1,200 takes`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def shot_length(frames: int, rate: FrameRate) -> str:
    """Seconds and frames: 84 frames at 24 are `3:12`."""
    seconds, rest = divmod(frames, rate.nominal)
    return f"{seconds}:{rest:02d}"


def engine_word(engine: str) -> str:
    return ENGINES.get(engine, engine)
