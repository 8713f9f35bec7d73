"""Grade: the colour of an event, as slope, offset and power of each channel; the take stays as it was drawn.

The form is the ASC Color Decision List's (ASC CDL 1.2, section 2): out = clamp(in × slope + offset) ^ power, on the
picture's own code values from 0 to 1, red, green and blue each by itself. Other programs read these nine numbers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from studio.errors import BadValue

Triple = tuple[float, float, float]

LOWEST_SLOPE, HIGHEST_SLOPE = 0.0, 8.0
FURTHEST_OFFSET = 1.0
LOWEST_POWER, HIGHEST_POWER = 0.1, 8.0
DECIMALS = 5


@dataclass(frozen=True)
class Grade:
    """Raises BadValue for numbers no picture could be seen through."""

    slope: Triple = (1.0, 1.0, 1.0)
    offset: Triple = (0.0, 0.0, 0.0)
    power: Triple = (1.0, 1.0, 1.0)

    def __post_init__(self) -> None:
        _check(self.slope, "slope", LOWEST_SLOPE, HIGHEST_SLOPE)
        _check(self.offset, "offset", -FURTHEST_OFFSET, FURTHEST_OFFSET)
        _check(self.power, "power", LOWEST_POWER, HIGHEST_POWER)

    @property
    def text(self) -> str:
        """As the film keeps it: nine numbers; empty where nothing is changed."""
        numbers = [round(one, DECIMALS) for one in (*self.slope, *self.offset, *self.power)]
        return "" if numbers == [1, 1, 1, 0, 0, 0, 1, 1, 1] else " ".join(f"{one:g}" for one in numbers)

    def curves(self) -> tuple[bytes, bytes, bytes]:
        """For red, green and blue what each of the 256 code values becomes."""
        return _curves(self)


def kept(grade: Grade | None) -> Grade | None:
    """As the film gives it back: in so many decimals, and None where nothing is changed."""
    return read(grade.text) if grade is not None else None


def read(text: str) -> Grade | None:
    """What `Grade.text` wrote; None for none, and for what cannot be read."""
    try:
        numbers = [float(one) for one in text.split()]
        if len(numbers) != 9:
            return None
        return Grade(_triple(numbers[0:3]), _triple(numbers[3:6]), _triple(numbers[6:9]))
    except (ValueError, BadValue):
        return None


@lru_cache(maxsize=64)
def _curves(grade: Grade) -> tuple[bytes, bytes, bytes]:
    red, green, blue = (
        bytes(_code(value / 255 * slope + offset, power) for value in range(256))
        for slope, offset, power in zip(grade.slope, grade.offset, grade.power, strict=True)
    )
    return red, green, blue


def _code(value: float, power: float) -> int:
    return round(255 * min(1.0, max(0.0, value)) ** power)


def _check(numbers: Triple, what: str, low: float, high: float) -> None:
    for one in numbers:
        if not math.isfinite(one) or not low <= one <= high:
            raise BadValue(f"A grade cannot have a {what} of {one:g}.", f"Give {low:g} to {high:g}.")


def _triple(numbers: list[float]) -> Triple:
    red, green, blue = numbers
    return red, green, blue
