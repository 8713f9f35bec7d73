"""Lengths and waiting times as the window writes and reads them."""

from __future__ import annotations

import re
from fractions import Fraction

from studio.errors import BadValue
from studio.project.timing import FrameRate
from studio.project.words import counted, shot_length

__all__ = ["counted", "film_length", "ordinal", "read_length", "shot_length", "waiting_time"]


def film_length(frames: int, rate: FrameRate) -> str:
    """Minutes, seconds and frames: `0:37:00`."""
    seconds, rest = divmod(frames, rate.nominal)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes}:{seconds:02d}:{rest:02d}"


def read_length(text: str, rate: FrameRate) -> int:
    """Film frames in `3:12` (seconds:frames), `0:03:12` or `84` (frames). Raises BadValue for anything else."""
    parts = text.strip().split(":")
    if not all(re.fullmatch(r"[0-9]{1,6}", part) for part in parts) or len(parts) > 3:
        raise BadValue(
            f"{text.strip()[:40]!r} is not a length.", "Write seconds and frames, such as 3:12, or frames, such as 84."
        )
    numbers = [int(part) for part in parts]
    if len(numbers) == 1:
        return numbers[0]
    minutes, seconds, frames = [0, *numbers][-3:]
    return (minutes * 60 + seconds) * rate.nominal + frames


def waiting_time(seconds: float) -> str:
    """Minutes and seconds to wait: `0:09`."""
    whole = max(0, round(seconds))
    return f"{whole // 60}:{whole % 60:02d}"


def ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def read_percent(text: str) -> Fraction:
    """`50`, `33.3 %` or `200,5` as a factor. Raises BadValue for anything that is no number above 0."""
    clean = text.strip().removesuffix("%").strip().replace(",", ".")
    try:
        percent = Fraction(clean)
    except (ValueError, ZeroDivisionError):
        percent = Fraction(0)
    if percent <= 0:
        raise BadValue(f"{text.strip()[:40]!r} is not a speed.", "Write percent of the take's own speed, such as 50.")
    return percent / 100
