"""The grade under which a picture looks as if it stood in another one's light."""

from __future__ import annotations

import numpy as np

from studio.project.grade import FURTHEST_OFFSET, HIGHEST_SLOPE, Grade, Triple
from studio.sight.colour import Codes, Picture, codes_of, lab
from studio.sight.light import LEAST_COMMON, Change, change_between, meeting, pair_weights, squares
from studio.sight.palette import Palette, palette_of

REACHES = (3.0, 2.5, 2.0, 1.5, 1.5)  # delta-E within which colours meet, turn by turn
# How strongly slope and offset are held to what the first look at the light said.
HELD = np.array((0.008, 0.03))
HELD_TO_NONE = np.array((0.01, 0.04))
# Code values at which a channel is cut off: what it was before cannot be told.
DARK, BRIGHT = 0.002, 0.995
MOST_LIGHT = 0.98

Lines = tuple[np.ndarray, np.ndarray]  # slope and offset of the three channels, (3,) each


def match(picture: Picture, like: Picture) -> Grade:
    """For `picture`, from `like`; no change where the two have too little in common to tell."""
    own, other = palette_of(picture), palette_of(like)
    change = change_between(own, other)
    if change.common < LEAST_COMMON:
        return Grade()
    return _grade(_refined(_first_lines(change, own), own, other))


def _first_lines(change: Change, own: Palette) -> Lines:
    codes, none = own.codes, (np.ones(3), np.zeros(3))
    return _lines(codes, codes_of(change.of(own.colours)), own.shares / own.shares.sum(), HELD_TO_NONE, none)


def _refined(first: Lines, own: Palette, other: Palette) -> Lines:
    """Turn by turn the lines that bring the picture's colours to those of the other which they meet."""
    codes, aims = own.codes, other.codes
    weights = pair_weights(own, other)
    found = first
    for reach in REACHES:
        graded = lab(np.clip(codes * found[0] + found[1], 0.0, 1.0))
        near = meeting(squares(graded, other.colours), weights, reach)
        heavy = near.sum(axis=1)
        met = (near @ aims) / np.maximum(heavy, 1e-9)[:, None]
        found = _lines(codes, met, heavy, HELD, first)
    return found


def _lines(before: Codes, after: Codes, weights: np.ndarray, held: np.ndarray, to: Lines) -> Lines:
    """For each channel the line of least squares through its code values, held to another one."""
    slopes, offsets = np.empty(3), np.empty(3)
    for channel in range(3):
        x, y = before[:, channel], after[:, channel]
        told = weights * ((x < BRIGHT) | (y > MOST_LIGHT)) * (x > DARK)
        sides = np.stack([x, np.ones_like(x)], axis=1)
        left = (sides * told[:, None]).T @ sides + np.diag(held)
        right = (sides * told[:, None]).T @ y + held * (to[0][channel], to[1][channel])
        slopes[channel], offsets[channel] = np.linalg.solve(left, right)
    return slopes, offsets


def _grade(lines: Lines) -> Grade:
    slopes, offsets = lines
    return Grade(
        _three(np.clip(slopes, 0.0, HIGHEST_SLOPE)), _three(np.clip(offsets, -FURTHEST_OFFSET, FURTHEST_OFFSET))
    )


def _three(numbers: np.ndarray) -> Triple:
    red, green, blue = numbers.tolist()
    return red, green, blue
