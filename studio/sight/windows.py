"""The part of a picture in which somebody is looked for."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from studio.sight.colour import Picture

HEIGHT, WIDTH = 160, 128  # pixels of a window
# Of such a shot only these rows, from and to, as shares of its height: people are a few pixels high in it.
ROWS = {"extreme wide shot": (0.38, 0.94)}
SIDES = {"left": 0.27, "centre": 0.5, "right": 0.73}  # where who stands there is, as a share of the picture's width


@dataclass(frozen=True)
class Place:
    """Where somebody stands: `side` is left, centre or right, `size` the shot's, in the words of its fields.

    Words that are not known stand for anywhere.
    """

    side: str = ""
    size: str = ""


def windows_of(picture: Picture, place: Place | None = None) -> Picture:
    """uint8 (n, HEIGHT, WIDTH, 3): one around the place, or one for each side where it is not known."""
    looked_at = place or Place()
    fitted = _fitted(_rows(picture, ROWS.get(looked_at.size, (0.0, 1.0))))
    shares = [SIDES[looked_at.side]] if looked_at.side in SIDES else list(SIDES.values())
    return np.stack([_window(fitted, share) for share in shares])


def _rows(picture: Picture, shares: tuple[float, float]) -> Picture:
    start, end = (round(share * len(picture)) for share in shares)
    return picture[start : max(end, start + 1)] if start < len(picture) else picture


def _fitted(picture: Picture) -> Picture:
    """HEIGHT pixels high, and at least WIDTH wide: what is missing repeats the edges."""
    height, width = picture.shape[:2]
    wide = max(1, round(width * HEIGHT / height))
    shrinks = height >= HEIGHT
    fitted = cv2.resize(picture, (wide, HEIGHT), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
    missing = max(0, WIDTH - wide)
    if missing:
        before = missing // 2
        fitted = cv2.copyMakeBorder(fitted, 0, 0, before, missing - before, cv2.BORDER_REPLICATE)
    return np.asarray(fitted, np.uint8)


def _window(fitted: Picture, share: float) -> Picture:
    wide = fitted.shape[1]
    left = min(max(0, round(share * wide - WIDTH / 2)), wide - WIDTH)
    return fitted[:, left : left + WIDTH]
