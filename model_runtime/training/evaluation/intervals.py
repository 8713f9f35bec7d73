"""95 % intervals of what is measured: shares of right answers and means."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Z = 1.96


@dataclass(frozen=True)
class Estimate:
    """A share (0..1) or a mean, with the bounds of its 95 % interval and the number of clips behind it."""

    value: float
    low: float
    high: float
    count: int


def share(right: int, count: int) -> Estimate:
    """Wilson's interval of `right` out of `count`."""
    if not count:
        raise ValueError("nothing was counted")
    part = right / count
    middle = (part + Z * Z / (2 * count)) / (1 + Z * Z / count)
    reach = Z * math.sqrt(part * (1 - part) / count + Z * Z / (4 * count * count)) / (1 + Z * Z / count)
    return Estimate(part, max(0.0, middle - reach), min(1.0, middle + reach), count)


def mean(values: Sequence[float]) -> Estimate:
    """The mean with the interval of a normal distribution; a lone value has no interval but itself."""
    if not values:
        raise ValueError("nothing was measured")
    count = len(values)
    middle = math.fsum(values) / count
    if count == 1:
        return Estimate(middle, middle, middle, 1)
    variance = math.fsum((value - middle) ** 2 for value in values) / (count - 1)
    reach = Z * math.sqrt(variance / count)
    return Estimate(middle, middle - reach, middle + reach, count)


def bootstrap(values: Sequence[float], *, draws: int = 10_000, seed: int = 5) -> Estimate:
    """The mean with the interval of means of values drawn again from these: for paired differences of any shape."""
    if not values:
        raise ValueError("nothing was measured")
    each = np.asarray(values, dtype=np.float64)
    rows = np.random.default_rng(seed).integers(len(each), size=(draws, len(each)))
    low, high = np.percentile(each[rows].mean(axis=1), (2.5, 97.5))
    return Estimate(float(each.mean()), float(low), float(high), len(each))
