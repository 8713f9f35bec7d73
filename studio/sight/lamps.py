"""The three lamps of a cut: is who is seen the same, is the colour, is the exposure.

They compare the last frame of one shot with the first of the next. How far apart two shots may be before a lamp says
so was set on drawings whose truth is known (tests/continuity).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from studio.sight.colour import Picture
from studio.sight.light import Change, change_between
from studio.sight.likeness import SAME, WATCH, Place, likeness, look
from studio.sight.palette import Palette, palette_of

State: TypeAlias = Literal["same", "watch", "no", "unknown"]

SAME_COLOUR, WATCH_COLOUR = 2.3, 4.5  # delta-E: up to the first the same, up to the second worth a look
SAME_EXPOSURE, WATCH_EXPOSURE = 0.17, 0.4  # stops
AFTER_THE_CUT = {"same": "Looks the same", "watch": "May look different", "no": "Looks like somebody else"}
NOTHING_COMMON = "The two frames show too little of the same to tell."


@dataclass(frozen=True)
class Lamp:
    """`value` is what the state was read from: likeness 0 to 1, delta-E, or stops (more light is above 0).

    An unknown lamp has the value 0.
    """

    state: State
    value: float
    sentence: str


@dataclass(frozen=True)
class Lamps:
    likeness: Lamp
    colour: Lamp
    exposure: Lamp


def compare(last: Picture, first: Picture, people: Sequence[tuple[Place | None, Place | None]] = ()) -> Lamps:
    """Of the last frame of a shot and the first of the next, uint8 RGB (h, w, 3) of any size.

    `people` are those whom both shots show, each with where they stand in the one and in the other, None where nobody
    knows. Takes about 50 ms; may be called on any thread.
    """
    own = palette_of(last)
    change = change_between(own, palette_of(first))
    return Lamps(_likeness(last, first, people), _colour(change, own), _exposure(change, own))


def _likeness(last: Picture, first: Picture, people: Sequence[tuple[Place | None, Place | None]]) -> Lamp:
    """Of the one who is least alike: one wrong face is a wrong cut."""
    if not people:
        return Lamp("unknown", 0.0, "Nobody is in both shots.")
    value = min(likeness(look(last, before), look(first, after)) for before, after in people)
    state = likeness_state(value)
    return Lamp(state, value, f"{AFTER_THE_CUT[state]} after the cut: likeness {value:.2f}.")


def likeness_state(value: float) -> Literal["same", "watch", "no"]:
    """Of a likeness from 0 to 1."""
    if value >= SAME:
        return "same"
    return "watch" if value >= WATCH else "no"


def _colour(change: Change, palette: Palette) -> Lamp:
    if not change.is_known(palette):
        return Lamp("unknown", 0.0, NOTHING_COMMON)
    rest = change.remainder(palette)
    value = float(np.average(np.linalg.norm(rest, axis=1), weights=palette.shares))
    state = _state(value, SAME_COLOUR, WATCH_COLOUR)
    if state == "same":
        return Lamp(state, value, f"The colour is the same within ΔE {max(value, 0.1):.1f}.")
    return Lamp(state, value, f"{_tint(np.average(rest, axis=0, weights=palette.shares))} by ΔE {value:.1f}.")


def _tint(mean: np.ndarray) -> str:
    """What the largest part of a mean difference in L*, a* and b* does to a picture."""
    axis = int(np.argmax(np.abs(mean)))
    if axis == 0:
        return "Of another contrast"
    more, less = {1: ("More magenta", "Greener"), 2: ("Warmer", "Cooler")}[axis]
    return more if mean[axis] > 0 else less


def _exposure(change: Change, palette: Palette) -> Lamp:
    if not change.is_known(palette):
        return Lamp("unknown", 0.0, NOTHING_COMMON)
    value = change.stops(palette)
    state = _state(abs(value), SAME_EXPOSURE, WATCH_EXPOSURE)
    if state == "same":
        return Lamp(state, value, f"The exposure is the same within {max(abs(value), 0.05):.2f} stops.")
    return Lamp(state, value, f"{'Brighter' if value > 0 else 'Darker'} by {abs(value):.1f} stops.")


def _state(value: float, same: float, watch: float) -> State:
    if value <= same:
        return "same"
    return "watch" if value <= watch else "no"
