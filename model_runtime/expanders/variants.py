"""Variants of a prompt: which of what was left open another one tells, the plainest first, always in the same order."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence


def choices(left_open: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """Every choice among what was left open: first the usual (the first of each), then one change, then more.

    `left_open`: by name what may be told, the usual first; never empty.
    """
    names = list(left_open)
    every = itertools.product(*(range(len(left_open[name])) for name in names))
    in_turn = sorted(every, key=lambda places: (sum(map(bool, places)), max(places, default=0), _first_changed(places)))
    return [{name: left_open[name][place] for name, place in zip(names, places, strict=True)} for places in in_turn]


def _first_changed(places: Sequence[int]) -> tuple[int, ...]:
    """Changes of what is named first come first."""
    return tuple(-place for place in places)


def turn(number: int, ways: int) -> int:
    """Which of so many ways variant `number` (1 is the first) takes."""
    return (max(number, 1) - 1) % ways
