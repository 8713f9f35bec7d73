"""The figures: how well likeness tells casts apart, how many shifts are flagged, how near a match comes."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from model_runtime.stage.draw import render
from model_runtime.stage.scene import Scene
from studio.sight.lamps import compare
from studio.sight.likeness import SAME, WATCH, Place, likeness, look
from studio.sight.matching import match
from tests.continuity.lots import Casting, Cut, Shift
from tests.continuity.planted import apart, graded, plant

WIDTH, HEIGHT = 288, 160  # of what the sketch engine draws
NEAR_ENOUGH = 2.0  # delta-E a match should come under

Seen = tuple[np.ndarray, np.ndarray]


def last_and_first(one: Scene, other: Scene) -> Seen:
    last = render(one, width=WIDTH, height=HEIGHT).frames[-1]
    return last.copy(), render(other, frames=1, width=WIDTH, height=HEIGHT).frames[0].copy()


def auc(same: Sequence[float], other: Sequence[float]) -> float:
    """The chance that a pair of the one kind has a larger figure than a pair of the other; ties count half."""
    one, two = np.array(same)[:, None], np.array(other)[None]
    return float(((one > two) + 0.5 * (one == two)).mean())


# Likeness


def places(casting: Casting) -> list[tuple[Place, Place]]:
    """Where the recipes say that each of the cast stands."""
    together = zip(casting.one.people, casting.other.people, strict=True)
    return [(Place(a.side, casting.one.size), Place(b.side, casting.other.size)) for a, b in together]


def likeness_of(casting: Casting, seen: Seen, *, told: bool = True) -> float:
    """Mean over the cast; where places are not told, the two who look most alike count."""
    pairs = places(casting) if told else [(None, None)]
    found = [likeness(look(seen[0], before), look(seen[1], after)) for before, after in pairs]
    return float(np.mean(found))


@dataclass(frozen=True)
class Likenesses:
    """Of pairs with the same cast and of pairs with another."""

    same: list[float]
    other: list[float]

    @property
    def auc(self) -> float:
        return auc(self.same, self.other)

    @staticmethod
    def states(values: Sequence[float]) -> str:
        """What share of them each lamp would stand on."""
        same, watch = (np.mean(np.array(values) >= bound) for bound in (SAME, WATCH))
        return f"same {same:.0%}, watch {watch - same:.0%}, no {1 - watch:.0%}"


def likenesses(castings: Sequence[Casting], seen: Iterable[Seen], *, told: bool = True) -> Likenesses:
    found = [(pair.same, likeness_of(pair, each, told=told)) for pair, each in zip(castings, seen, strict=True)]
    return Likenesses([value for same, value in found if same], [value for same, value in found if not same])


# Colour and exposure


@dataclass(frozen=True)
class Flags:
    """Shares of pairs, 0 to 1."""

    flagged: float
    unknown: float
    seconds: float  # of one comparison


def flags(pairs: Iterable[Seen]) -> Flags:
    found, began = [], time.perf_counter()
    for last, first in pairs:
        found.append(compare(last, first))
    spent = time.perf_counter() - began
    states = [(each.colour.state, each.exposure.state) for each in found]
    flagged = np.mean([bool({"watch", "no"} & set(each)) for each in states])
    return Flags(float(flagged), float(np.mean(["unknown" in each for each in states])), spent / len(found))


def shifted_pairs(pairs: Sequence[Seen], shifts: Sequence[Shift]) -> list[Seen]:
    return [(last, plant(first, shift)) for (last, first), shift in zip(pairs, shifts, strict=True)]


def after_match(pairs: Sequence[Seen], shifted: Sequence[Seen]) -> np.ndarray:
    """(n,) mean delta-E between each shifted picture once matched and the picture before it was shifted."""
    together = zip(pairs, shifted, strict=True)
    return np.array([apart(graded(first, match(first, last).curves()), true) for (_, true), (last, first) in together])


def after_exact_inverse(pairs: Sequence[Seen], shifted: Sequence[Seen], shifts: Sequence[Shift]) -> np.ndarray:
    """(n,) the same where the stops are taken off exactly: what stays is what had been cut off at white."""
    back = [replace(each, way=(-each.way[0], -each.way[1], -each.way[2])) for each in shifts]
    together = zip(pairs, shifted, back, strict=True)
    return np.array([apart(plant(first, each), true) for (_, true), (_, first), each in together])


def drawn_cuts(cuts: Sequence[Cut]) -> list[Seen]:
    return [last_and_first(each.last, each.first) for each in cuts]
