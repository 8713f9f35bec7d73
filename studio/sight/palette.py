"""The colours a picture is made of, each with its share: what two shots of one place have in common."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio.sight.colour import Codes, Colours, Picture, codes_of, lab_of, smaller

LONGEST = 160  # pixels a picture is brought to before it is read
CELL = 3.0  # delta-E along each axis that counts as one colour
MOST, LEAST_SHARE = 48, 0.0015
EDGE = 8.0  # delta-E between neighbours from which a pixel mixes two colours rather than shows one


@dataclass(frozen=True, eq=False)
class Palette:
    """Colours (n, 3) in L*a*b* and their shares (n,), the largest first; shares of all add up to 1 at most."""

    colours: Colours
    shares: np.ndarray

    @property
    def codes(self) -> Codes:
        return codes_of(self.colours)

    @property
    def weights(self) -> np.ndarray:
        """Roots of the shares, or a sky would decide alone."""
        return np.sqrt(self.shares)


def palette_of(picture: Picture) -> Palette:
    colours = lab_of(smaller(picture, LONGEST))
    flat = np.exp(-((_steps(colours) / EDGE) ** 2)).ravel() + 1e-3
    pixels = colours.reshape(-1, 3)
    places = np.floor(pixels / CELL).astype(np.int64)
    codes = ((places[:, 0] + 128) * 256 + places[:, 1] + 128) * 256 + places[:, 2] + 128
    _, member = np.unique(codes, return_inverse=True)
    member = member.ravel()
    mass = np.bincount(member, flat)
    means = np.stack([np.bincount(member, flat * pixels[:, axis]) / mass for axis in range(3)], axis=1)
    shares = mass / mass.sum()
    order = np.argsort(-shares, kind="stable")[:MOST]
    kept = order[shares[order] >= min(LEAST_SHARE, shares.max())]
    return Palette(means[kept], shares[kept])


def _steps(colours: Colours) -> np.ndarray:
    """(h, w): the largest step from a pixel to one beside, above or below it."""
    found = np.zeros(colours.shape[:2])
    across = np.abs(np.diff(colours, axis=1)).sum(axis=-1)
    down = np.abs(np.diff(colours, axis=0)).sum(axis=-1)
    found[:, 1:] = np.maximum(found[:, 1:], across)
    found[:, :-1] = np.maximum(found[:, :-1], across)
    found[1:] = np.maximum(found[1:], down)
    found[:-1] = np.maximum(found[:-1], down)
    return found
