"""The detail of given drawings in the drawings around them, carried along the motion.

What the networks draw is softer than what they were given: a given drawing among them would be a flash of sharpness.
So its pixels go on into the drawings around it, moved along the optical flow between what was decoded of both, where
both show the same thing there, and less the further away in time.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache

import cv2
import numpy as np

from model_runtime.video.pictures import middle

REACH = 24  # drawings after which nothing is carried any more: two seconds at twelve a second
ALIKE = 30.0  # levels of 0..255 by which what was decoded may differ for 1/e of a pixel to be carried
SMOOTHING = 1.5  # pixels over which the difference is blurred
SMALLEST_SIDE = 16  # of pictures that have a flow
BAND = 128  # rows that are sharpened at a time, so that the largest films need little memory


def sources(number: int, given: Collection[int]) -> dict[int, float]:
    """The given drawings around drawing `number`, which is not given, and the share of each, 0 to 1 together."""
    before = max((one for one in given if one < number), default=None)
    after = min((one for one in given if one > number), default=None)
    if before is None or after is None:
        return {one: _fading(number, one) for one in (before, after) if one is not None}
    way = (number - before) / (after - before)
    return {before: (1 - way) * _fading(number, before), after: way * _fading(number, after)}


def _fading(number: int, given: int) -> float:
    return max(0.0, 1.0 - (abs(number - given) - 1) / REACH)


def carried(
    drawn: np.ndarray, number: int, small: Mapping[int, np.ndarray], given: Mapping[int, np.ndarray]
) -> np.ndarray:
    """Drawing `number`, `drawn` uint8 (h, w, 3), with the detail of the `given` drawings around it, of the same size.

    small: `number` and each of the given drawings as the decoder draws them, uint8 of one size, by whose motion and
    likeness the detail is carried; drawings of any size and aspect, which show their middle, may be sharpened by them.
    """
    shares = {other: share for other, share in sources(number, given).items() if share}
    if not shares:
        return drawn
    size = drawn.shape[1::-1]
    lent = []
    for other, share in shares.items():
        way = motion(small[number], small[other])
        alike = likeness(small[number], moved(small[other], way))
        lent.append((given[other], _motion_at(way, size), share * _at(alike, size)))
    found = np.empty_like(drawn)
    for top in range(0, len(drawn), BAND):
        rows = slice(top, top + BAND)
        levels = drawn[rows].astype(np.float32)
        change = np.zeros_like(levels)
        for picture, way, share_here in lent:
            there = moved(picture, way[rows], top).astype(np.float32)
            change += share_here[rows, :, None] * (there - levels)
        found[rows] = (levels + change).round().clip(0, 255)
    return found


def motion(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Float32 (h, w, 2): how many pixels right and down of a pixel of `one` the same thing lies in `other`.

    Dense inverse search (Kroeger et al. 2016, "Fast optical flow using dense inverse search").
    """
    if min(one.shape[:2]) < SMALLEST_SIDE:
        return np.zeros((*one.shape[:2], 2), np.float32)
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
    grey, other_grey = (cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) for picture in (one, other))
    return np.asarray(search.calc(grey, other_grey, None))


def moved(picture: np.ndarray, way: np.ndarray, top: int = 0) -> np.ndarray:
    """`picture` as seen from where `way`, a motion of its rows from `top` on, leads into it; its edge goes on."""
    columns, rows = _places(*way.shape[:2])
    return np.asarray(
        cv2.remap(
            picture, columns + way[:, :, 0], rows + way[:, :, 1] + top, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
    )


def likeness(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Float32 (h, w): 1 where two pictures are equal, falling to 0 where they show other things."""
    apart = cv2.absdiff(one, other).max(axis=2).astype(np.float32)
    return np.asarray(np.exp(-((cv2.GaussianBlur(apart, (0, 0), SMOOTHING) / ALIKE) ** 2)))


@lru_cache(maxsize=4)
def _places(height: int, width: int) -> tuple[np.ndarray, np.ndarray]:
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    return columns, rows


def _at(values: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Values that lie over a small drawing, over pictures of (width, height) that show its middle."""
    shown = middle(values, size)
    return shown if shown.shape[1::-1] == size else np.asarray(cv2.resize(shown, size))


def _motion_at(way: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """In pixels of that size."""
    height, width = middle(way, size).shape[:2]
    return _at(way, size) * np.array((size[0] / width, size[1] / height), np.float32)
