"""How alike two people in two pictures are, whatever they do, wherever they stand and however they are lit.

Measured on held-out drawings (tests/continuity). It was taught on drawings of figures alone: of photographs, and of
engines that draw unlike ours, it says little more than whether clothes and hair have the same colours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio.sight import recogniser
from studio.sight.colour import Picture
from studio.sight.windows import Place, windows_of

__all__ = ["SAME", "WATCH", "Look", "Place", "likeness", "look"]

# From the nearest two numbers to the chance that they are one person's, where half of all pairs are: the middle and how
# steep it is, by how many pairs of windows were looked at. The more there are, the nearer the nearest are by chance.
CHANCES = {1: (0.40, 10.5), 3: (0.51, 14.0), 9: (0.62, 18.0)}
SAME, WATCH = 0.6, 0.2


@dataclass(frozen=True, eq=False)
class Look:
    """What the recogniser makes of each window somebody was looked for in, (n, 64)."""

    numbers: np.ndarray


def look(picture: Picture, place: Place | None = None) -> Look:
    """Of who stands at `place` in uint8 RGB (h, w, 3) of any size; looked for everywhere where it is not known.

    Takes about 10 ms, three times as much where the place is not known. Raises ProjectError where Shotwright's own
    files are incomplete.
    """
    return Look(recogniser.shipped()(windows_of(picture, place)))


def likeness(one: Look, other: Look) -> float:
    """0 (somebody else) to 1 (the same), read off the two windows that are most alike."""
    pairs = one.numbers @ other.numbers.T
    middle, steepness = CHANCES[pairs.size]
    return float(1.0 / (1.0 + np.exp(steepness * (middle - pairs.max()))))
