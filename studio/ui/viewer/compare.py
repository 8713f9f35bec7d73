"""Two takes of one shot, looked at frame by frame: which keys they have, which side is seen. Pure; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

KEYS = 9
AB, WIPE, SIDE = "ab", "wipe", "side"
MODES = ((AB, "A/B"), (WIPE, "Wipe"), (SIDE, "Side by side"))


@dataclass(frozen=True)
class CompareState:
    """Takes by id. A take keeps its key as long as the shot is looked at, whatever comes and goes beside it."""

    slots: tuple[str | None, ...] = (None,) * KEYS
    """The take that key 1, 2 … picks; None for an empty place."""
    a: str | None = None
    b: str | None = None
    mode: str = AB
    shows_b: bool = False
    """In A/B, which of the two is seen."""
    wipe: float = 0.5
    """Where the line stands, as a part of the picture's width."""

    @property
    def seen(self) -> str | None:
        """The take that is seen where only one is."""
        return self.b if self.shows_b and self.mode == AB else self.a

    def side_of(self, take: str | None) -> str:
        """A, B or nothing."""
        return "" if take is None else "A" if take == self.a else "B" if take == self.b else ""

    def with_takes(self, takes: Sequence[str], chosen: str | None) -> CompareState:
        """For the takes the shot has now: A is the chosen one at first, B the newest other."""
        slots = _filled(self.slots, takes)
        there = [one for one in slots if one is not None]
        a = self.a if self.a in there else chosen if chosen in there and chosen != self.b else None
        a = a or next((one for one in reversed(there) if one != self.b), None)
        b = self.b if self.b in there and self.b != a else next((one for one in reversed(there) if one != a), None)
        return replace(self, slots=slots, a=a, b=b)

    def picked(self, key: int) -> CompareState:
        """A number key: a take that is A or B is brought to the eye; another takes the place of what is looked at.

        In A/B that is the side seen, in a wipe or side by side it is B.
        """
        take = self.slots[key - 1] if 1 <= key <= KEYS else None
        if take is None:
            return self
        if take in (self.a, self.b):
            return replace(self, shows_b=take == self.b)
        replaces_a = self.mode == AB and not self.shows_b
        return replace(self, a=take) if replaces_a else replace(self, b=take)

    def swapped(self) -> CompareState:
        """In A/B the other one is seen; else the two change sides."""
        if self.mode == AB:
            return replace(self, shows_b=not self.shows_b)
        return replace(self, a=self.b, b=self.a)

    def wiped(self, part: float) -> CompareState:
        return replace(self, wipe=max(0.0, min(1.0, part)))


def _filled(slots: tuple[str | None, ...], takes: Sequence[str]) -> tuple[str | None, ...]:
    """Takes that are gone leave their place empty; new ones come into the first empty places."""
    kept = [one if one in takes else None for one in slots]
    for take in takes:
        if take not in kept and None in kept:
            kept[kept.index(None)] = take
    return tuple(kept)
