"""Who a picture shows, as numbers that pose, place and light leave alone, and how alike two of them are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio.sight.colour import Picture, smaller
from studio.sight.light import squares
from studio.sight.palette import Palette, palette_of

LONGEST = 160  # pixels a picture is brought to
SIDES = {"left": 0.27, "centre": 0.5, "right": 0.73}  # where who stands there is, as a share of the width
WIDTHS = {"extreme wide shot": 0.16, "wide shot": 0.26, "medium shot": 0.4, "close-up": 0.5}
ANYWHERE = 0.6
ALIKE = 9.0  # delta-E within which two colours may be one cloth in two lights
SAME, WATCH = 0.55, 0.4


@dataclass(frozen=True)
class Place:
    """Where somebody stands: `side` left, centre or right, and the shot's size; "" where it is not known."""

    side: str = ""
    size: str = ""


@dataclass(frozen=True, eq=False)
class Look:
    """The colours of who is seen, with their shares."""

    seen: Palette


def look(picture: Picture, place: Place | None = None) -> Look:
    """Of who stands at `place`, else of what stands out in the picture."""
    small = smaller(picture, LONGEST)
    inside, outside = _parted(small, place or Place())
    own = palette_of(inside)
    return Look(_without(own, palette_of(outside)) if outside.size else own)


def likeness(one: Look, other: Look) -> float:
    """0 (nothing alike) to 1."""
    near = np.exp(-squares(one.seen.colours, other.seen.colours) / (2 * ALIKE * ALIKE))
    forth = np.average(near.max(axis=1), weights=one.seen.shares)
    back = np.average(near.max(axis=0), weights=other.seen.shares)
    return float(np.sqrt(forth * back))


def _parted(picture: Picture, place: Place) -> tuple[Picture, Picture]:
    """The columns around the place, and all the others."""
    width = picture.shape[1]
    half = WIDTHS.get(place.size, ANYWHERE if not place.side else 0.3) / 2
    middle = SIDES.get(place.side, 0.5)
    start, end = max(0, round((middle - half) * width)), min(width, max(1, round((middle + half) * width)))
    return picture[:, start:end], np.concatenate([picture[:, :start], picture[:, end:]], axis=1)


def _without(own: Palette, around: Palette) -> Palette:
    """What is as frequent around as inside is no part of who stands there."""
    near = np.exp(-squares(own.colours, around.colours) / (2 * 4.0 * 4.0))
    left = np.maximum(own.shares - near @ around.shares, own.shares * 0.05)
    return Palette(own.colours, left)
