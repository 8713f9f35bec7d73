"""The grade under which a picture looks as if it stood in another one's light."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from studio.project.grade import FURTHEST_OFFSET, HIGHEST_SLOPE, Grade, Triple
from studio.sight.colour import Codes, Picture, codes_of, lab
from studio.sight.light import Change, change_between, meeting, pair_weights, squares
from studio.sight.palette import Palette, palette_of

REACHES = (3.0, 2.5, 2.0, 1.5, 1.5)  # delta-E within which colours meet, turn by turn
# How strongly slope and offset are held to what the first look at the light said, and that to no grade at all.
HELD, HELD_TO_NONE = np.array((0.008, 0.03)), np.array((0.01, 0.04))
# Code values at which a channel is cut off: what it was before cannot be told.
DARK, BRIGHT = 0.002, 0.995


class _Lines(NamedTuple):
    """Slope and offset of the three channels, (3,) each."""

    slopes: np.ndarray
    offsets: np.ndarray

    def of(self, codes: Codes) -> Codes:
        return np.asarray(np.clip(codes * self.slopes + self.offsets, 0.0, 1.0))


NONE = _Lines(np.ones(3), np.zeros(3))


def match(picture: Picture, like: Picture) -> Grade:
    """For `picture`, from `like`; no change where the two have too little in common to tell.

    A straight line for each channel: a power that kept highlights white which more light had cut off was tried, and
    left the rest of the picture further off than it brought them nearer.
    """
    own, other = palette_of(picture), palette_of(like)
    change = change_between(own, other)
    if not change.is_known(own):
        return Grade()
    return _grade(_refined(_first(change, own), own, other))


def _first(change: Change, own: Palette) -> _Lines:
    return _straight(own.codes, codes_of(change.of(own.colours)), own.shares / own.shares.sum(), HELD_TO_NONE, NONE)


def _refined(first: _Lines, own: Palette, other: Palette) -> _Lines:
    """Turn by turn the lines that bring the picture's colours to those of the other which they meet."""
    codes, aims = own.codes, other.codes
    weights = pair_weights(own, other)
    found = first
    for reach in REACHES:
        near = meeting(squares(lab(found.of(codes)), other.colours), weights, reach)
        heavy = near.sum(axis=1)
        met = (near @ aims) / np.maximum(heavy, 1e-9)[:, None]
        found = _straight(codes, met, heavy, HELD, first)
    return found


def _straight(before: Codes, after: Codes, weights: np.ndarray, held: np.ndarray, to: _Lines) -> _Lines:
    """For each channel the line of least squares through its code values, held to another one."""
    told = weights[:, None] * _told(before)
    lines = [
        _line(before[:, one], after[:, one], told[:, one], held, (to.slopes[one], to.offsets[one])) for one in range(3)
    ]
    slopes, offsets = np.array(lines).T
    return _Lines(slopes, offsets)


def _line(x: np.ndarray, y: np.ndarray, told: np.ndarray, held: np.ndarray, to: tuple[float, float]) -> np.ndarray:
    sides = np.stack([x, np.ones_like(x)], axis=1)
    left = (sides * told[:, None]).T @ sides + np.diag(held)
    return np.asarray(np.linalg.solve(left, (sides * told[:, None]).T @ y + held * to))


def _told(codes: Codes) -> np.ndarray:
    return np.asarray((codes < BRIGHT) & (codes > DARK))


def _grade(lines: _Lines) -> Grade:
    slopes = np.clip(lines.slopes, 0.0, HIGHEST_SLOPE)
    offsets = np.clip(lines.offsets, -FURTHEST_OFFSET, FURTHEST_OFFSET)
    return Grade(_three(slopes), _three(offsets))


def _three(numbers: np.ndarray) -> Triple:
    red, green, blue = numbers.tolist()
    return red, green, blue
