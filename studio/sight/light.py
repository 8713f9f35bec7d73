"""What became of the light from one picture to another, told by the colours both have.

Two shots of one place show other parts of it, and other people. So no mean is compared: sought is the one change under
which most colours of the one picture are found in the other, whatever else either shows.

Letters: c changes tried at once, n colours of the one palette, m of the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from studio.sight.colour import BLACK_L, Colours, delta_e
from studio.sight.palette import Palette

TRIED_STOPS = (-1.2, -0.8, -0.4, 0.0, 0.4, 0.8, 1.2)
TRIED_CASTS = ((0.0, 0.0), (6.0, 0.0), (-6.0, 0.0), (0.0, 6.0), (0.0, -6.0))  # of a* and b*
REACHES = (8.0, 6.0, 4.5, 3.5, 2.5, 2.0, 2.0)  # delta-E within which colours meet, turn by turn
MEETS = REACHES[-1]
# How strongly scale, L*, a* and b* are held to no change: what two palettes do not tell stays as it is.
HELD = np.array((2.0, 0.00055, 0.0003, 0.0003))
# A change must gain so much in common for each delta-E it changes the picture, up to 20.
COST, MOST_COSTLY = 0.004, 20.0
# How much two palettes must have in common for the light to be known: more where a change is large, for a large one is
# easily found between pictures that share nothing.
LEAST_COMMON, LARGE, MORE_COMMON = 0.17, 12.0, 0.015  # share, delta-E, share a delta-E
PER_STOP = 3.0  # light is the cube of L* + 16


@dataclass(frozen=True)
class Change:
    """L* + 16, a* and b* become `scale` times what they were, and `offset` more.

    `common` is the share of the palettes, 0 to 1, that meets under it.
    """

    scale: float
    offset: tuple[float, float, float]
    common: float

    def of(self, colours: Colours) -> Colours:
        """(n, 3) as they become."""
        numbers = np.array((self.scale, *self.offset))
        return np.asarray(_changed(numbers[None], colours)[0])

    def is_known(self, palette: Palette) -> bool:
        """Whether the palette's picture and the other have enough in common to believe in it."""
        size = float(np.average(delta_e(self.of(palette.colours), palette.colours), weights=palette.shares))
        return self.common >= LEAST_COMMON + MORE_COMMON * max(0.0, size - LARGE)

    def stops(self, palette: Palette) -> float:
        """How much more light the palette's picture has by it; 1 is twice as much."""
        before, after = (_light(palette, each) for each in (palette.colours, self.of(palette.colours)))
        return float(np.clip(np.log2((after + 1e-4) / (before + 1e-4)), -8.0, 8.0))

    def remainder(self, palette: Palette) -> Colours:
        """(n, 3) by what each colour of the palette differs once exposure is taken off."""
        exposure = np.array([[2.0 ** (self.stops(palette) / PER_STOP), 0.0, 0.0, 0.0]])
        return np.asarray(self.of(palette.colours) - _changed(exposure, palette.colours)[0])


def change_between(one: Palette, other: Palette) -> Change:
    """From the one picture's light to the other's."""
    none = np.array([[1.0, 0.0, 0.0, 0.0]])
    tried = np.concatenate([none, _settled(one, other)])
    common = _common(tried, one, other)
    costs = COST * np.minimum(_size(tried, one), MOST_COSTLY)
    best = int(np.argmax(common - costs))
    scale, *offset = tried[best].tolist()
    return Change(scale, (offset[0], offset[1], offset[2]), float(common[best]))


def meeting(distances: np.ndarray, weights: np.ndarray, reach: float) -> np.ndarray:
    """How much each colour of the one palette has to do with each of the other, (..., n, m); each gives itself once.

    `distances` are squares of delta-E.
    """
    near = np.exp(-distances / (2.0 * reach * reach)) * weights
    busiest = np.maximum(near.sum(axis=-1, keepdims=True), near.sum(axis=-2, keepdims=True))
    return np.asarray(near * near / np.maximum(busiest, 1e-9))


def pair_weights(one: Palette, other: Palette) -> np.ndarray:
    """(n, m): two colours have in common what the rarer of them has."""
    return np.minimum(one.weights[:, None], other.weights[None])


def squares(one: Colours, other: Colours) -> np.ndarray:
    """(..., n, 3) and (m, 3) -> (..., n, m): squares of delta-E."""
    return np.asarray(((one[..., :, None, :] - other) ** 2).sum(axis=-1))


def _settled(one: Palette, other: Palette) -> np.ndarray:
    """(c, 4): every change tried, drawn turn by turn to where the most colours meet."""
    tried = np.array(
        [(2.0 ** (stops / PER_STOP), 0.0, *cast) for stops, cast in product(TRIED_STOPS, TRIED_CASTS)], dtype=float
    )
    weights = pair_weights(one, other)
    for reach in REACHES:
        near = meeting(squares(_changed(tried, one.colours), other.colours), weights, reach)
        tried = _fitted(near / (reach * reach), _lifted(one.colours), _lifted(other.colours))
    return tried


def _fitted(near: np.ndarray, before: Colours, after: Colours) -> np.ndarray:
    """(c, 4): the change of least squares, each pair of colours as heavy as `near` (c, n, m) says."""
    left = np.zeros((len(near), 4, 4))
    right = np.zeros((len(near), 4))
    sums = near.sum(axis=2) @ before
    left[:, 0, 0] = near.sum(axis=2) @ (before**2).sum(axis=1)
    left[:, 0, 1:] = left[:, 1:, 0] = sums
    left[:, (1, 2, 3), (1, 2, 3)] = near.sum(axis=(1, 2))[:, None]
    right[:, 0] = np.einsum("cnm,nd,md->c", near, before, after, optimize=True)
    right[:, 1:] = near.sum(axis=1) @ after
    left += np.diag(HELD)
    right += HELD * (1.0, 0.0, 0.0, 0.0)
    return np.asarray(np.linalg.solve(left, right[..., None])[..., 0])


def _common(tried: np.ndarray, one: Palette, other: Palette) -> np.ndarray:
    """(c,) from 0 to 1: how much of both palettes finds its like in the other."""
    near = np.exp(-squares(_changed(tried, one.colours), other.colours) / (2.0 * MEETS * MEETS))
    near *= pair_weights(one, other)
    found = np.minimum(near.max(axis=2).sum(axis=1), near.max(axis=1).sum(axis=1))
    return np.asarray(found / min(one.weights.sum(), other.weights.sum()))


def _size(tried: np.ndarray, palette: Palette) -> np.ndarray:
    """(c,) mean delta-E by which each change alters the palette's picture."""
    return np.asarray(
        delta_e(_changed(tried, palette.colours), palette.colours) @ palette.shares / palette.shares.sum()
    )


def _lifted(colours: Colours) -> Colours:
    return colours + np.array((BLACK_L, 0.0, 0.0))


def _changed(tried: np.ndarray, colours: Colours) -> Colours:
    """(c, n, 3)"""
    moved = tried[:, None, :1] * _lifted(colours) + tried[:, None, 1:]
    return np.asarray(moved - np.array((BLACK_L, 0.0, 0.0)))


def _light(palette: Palette, colours: Colours) -> float:
    """Mean luminance, 1 for white: CIE 15:2004's Y of L*."""
    lightness = np.maximum(colours[:, 0], 0.0)
    luminance = np.where(lightness > 8.0, ((lightness + BLACK_L) / 116.0) ** 3, lightness / 903.3)
    return float(np.average(luminance, weights=palette.shares))
