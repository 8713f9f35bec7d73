"""The limits of every field the user can fill, checked before anything changes."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from fractions import Fraction

from model_runtime.mentions import mentions
from studio.errors import BadValue
from studio.project.timing import FrameRate

LONG = 4_000
"""Characters in a prompt, an action, a dialogue, a note."""
DESCRIPTION = 2_000
LINE = 200
WORD = 60
"""Characters in a size, an angle, a move."""

SMALLEST, LARGEST = 64, 8192
"""Pixels of an output side."""

_NAME = re.compile(r"^[^\W\d_][\w-]{0,39}$")


def text(value: object, what: str, limit: int) -> str:
    """`value` as text with its line ends made plain, or BadValue naming `what`."""
    if not isinstance(value, str):
        raise BadValue(f"The {what} is not text but {type(value).__name__}.", "Write it as text.")
    clean = value.replace("\r\n", "\n").replace("\r", "\n")
    if len(clean) > limit:
        raise BadValue(
            f"The {what} has {len(clean):,} characters; at most {limit:,} fit.", "Shorten it, or split it in two shots."
        )
    if "\0" in clean or any("\ud800" <= one <= "\udfff" for one in clean):
        raise BadValue(f"The {what} holds characters that are no text.", "Type or paste it again.")
    return clean


def whole(value: object, what: str, low: int, high: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadValue(f"The {what} is not a whole number: {str(value)[:40]!r}.", f"Give {low:,} to {high:,}.")
    if not low <= value <= high:
        raise BadValue(f"The {what} cannot be {value:,}.", f"Give {low:,} to {high:,}.")
    return value


def one_of(value: object, what: str, known: Iterable[str]) -> str:
    words = tuple(known)
    if value not in words:
        told = [one or "nothing" for one in words]
        raise BadValue(f"{str(value)[:40]!r} is no {what}.", f"Use {', '.join(told[:-1])} or {told[-1]}.")
    return str(value)


def truth(value: object, what: str) -> bool:
    if not isinstance(value, bool):
        raise BadValue(f"{what} is yes or no, not {str(value)[:40]!r}.", "Give yes or no.")
    return value


def decibels(value: object, what: str) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not math.isfinite(value):
        raise BadValue(f"The {what} is not a number: {str(value)[:40]!r}.", "Give decibels, -96 to 24.")
    if not -96 <= value <= 24:
        raise BadValue(f"The {what} cannot be {value} dB.", "Give -96 to 24.")
    return float(value)


def frames(value: object, rate: FrameRate, what: str = "length") -> int:
    """A number of film frames from 1 to 24 hours."""
    longest = 24 * 3600 * rate.nominal
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadValue(f"The {what} is not a whole number of frames: {str(value)[:40]!r}.", "Give 1 or more frames.")
    if not 1 <= value <= longest:
        raise BadValue(f"The {what} cannot be {value:,} frames.", f"Give 1 to {longest:,} frames (24 hours).")
    return value


def speed(num: object, den: object) -> Fraction:
    """num/den in lowest terms: from a thousandth to a thousand times, backwards below 0. Never nothing."""
    found = Fraction(whole(num, "speed", -1000, 1000), whole(den, "speed", 1, 1000))
    if not found:
        raise BadValue("A speed of nothing is a hold.", "Hold the first or the last frame instead.")
    return found


def side(value: object, what: str) -> int:
    """Pixels of an output side: even, because H.264 stores colour for two pixels together."""
    pixels = whole(value, what, SMALLEST, LARGEST)
    if pixels % 2:
        raise BadValue(f"The {what} cannot be {pixels}: movies need an even number of pixels.", f"Use {pixels + 1}.")
    return pixels


def aspect(value: object) -> str:
    """`16:9`, `2.39`, `2.39:1`, as written. Raises BadValue for anything outside 1:4 to 4:1."""
    clean = text(value, "aspect", 20).strip()
    found = re.fullmatch(r"(\d{1,3}(?:\.\d{1,3})?)(?::(\d{1,3}(?:\.\d{1,3})?))?", clean, re.ASCII)
    parts = [Fraction(one) for one in found.groups(default="1")] if found else [Fraction(0), Fraction(1)]
    if not all(parts) or not Fraction(1, 4) <= parts[0] / parts[1] <= 4:
        raise BadValue(f"{clean!r} is not an aspect a film can have.", "Write 16:9, 2.39, 1.85, 4:3, 1:1 or 9:16.")
    return clean


def frame_rect(value: object, what: str) -> list[float] | None:
    """left, top, width, height as parts of the picture, or nothing."""
    if value is None:
        return None
    numbers = list(value) if isinstance(value, (list, tuple)) else []
    fine = len(numbers) == 4 and all(isinstance(one, (int, float)) and math.isfinite(one) for one in numbers)
    if not fine or not all(-4 <= one <= 4 for one in numbers) or min(numbers[2:]) < 0.01:
        raise BadValue(f"The {what} is not a rectangle.", "Give left, top, width and height as parts of the picture.")
    return [float(one) for one in numbers]


def subject_name(value: object) -> str:
    """A subject's name without its @."""
    clean = unicodedata.normalize("NFC", text(value, "name", LINE).strip().removeprefix("@"))
    if not _NAME.match(clean) or mentions(f"@{clean}") != [f"@{clean}"]:
        raise BadValue(
            f"{'@' + clean[:40]!r} cannot be a subject's name.",
            "Begin with a letter; use letters of one writing, digits, - and _; at most 40 characters.",
        )
    return clean


def known_fields(given: Mapping[str, object], known: Iterable[str], what: str) -> None:
    extra = sorted(set(given) - set(known))
    if extra:
        raise BadValue(f"A {what} has no {extra[0]!r}.", f"It has {', '.join(sorted(known))}.")
