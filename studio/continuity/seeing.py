"""The pictures of joins and appearances, and what looking at them says. Slow: not for the GUI thread.

OpenCV comes with the first look: a command or a window that never compares does not load it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from studio.continuity.joins import Appearance, Join, Moment, Standing
from studio.interchange import cut_pictures, pictures
from studio.project.grade import Grade

if TYPE_CHECKING:
    from studio.sight.lamps import Lamp, Lamps

Picture = NDArray[np.uint8]
"""(height, width, 3) RGB"""
HEIGHT = 360
"""Pictures are compared this high; they are shown smaller."""


@dataclass(frozen=True)
class Compared:
    last: Picture
    first: Picture
    lamps: Lamps


@dataclass(frozen=True)
class Alike:
    """One appearance of a subject beside all the others."""

    picture: Picture
    lamp: Lamp


def picture(moment: Moment, aspect: float) -> Picture:
    """As the cut shows it, `HEIGHT` high. Raises ProjectError where its file cannot be read."""
    size = 2 * round(HEIGHT * aspect / 2), HEIGHT
    return pictures.to_rgb(next(iter(cut_pictures.stretch_pictures(moment.stretch, size))))


def compare(join: Join, aspect: float) -> Compared:
    from studio.sight import lamps

    last, first = picture(join.last, aspect), picture(join.first, aspect)
    people = [(_place(one.before), _place(one.after)) for one in join.people]
    return Compared(last, first, lamps.compare(last, first, people))


def match(join: Join, aspect: float) -> Grade:
    """The grade under which the first picture looks lit and coloured like the last one of the event before."""
    from studio.sight import matching

    return matching.match(picture(join.first.ungraded, aspect), picture(join.last, aspect))


def compare_all(shown: Sequence[Appearance], aspect: float) -> tuple[Alike, ...]:
    """How much each looks like the others: the middle of its likenesses to them."""
    from studio.sight import likeness

    seen = [picture(one.moment, aspect) for one in shown]
    looks = [likeness.look(one, _place(each.standing)) for one, each in zip(seen, shown, strict=True)]
    found = []
    for place, look in enumerate(looks):
        to_others = [likeness.likeness(look, other) for other in looks[:place] + looks[place + 1 :]]
        found.append(Alike(seen[place], _alike(float(np.median(to_others))) if to_others else _alone()))
    return tuple(found)


IN_ALL_SHOTS = {
    "same": "Looks as in the other shots.",
    "watch": "Looks a little different from the other shots.",
    "no": "Looks different from the other shots.",
}


def _alike(value: float) -> Lamp:
    from studio.sight.lamps import Lamp, likeness_state

    state = likeness_state(value)
    return Lamp(state, value, IN_ALL_SHOTS[state])


def _alone() -> Lamp:
    from studio.sight.lamps import Lamp

    return Lamp("unknown", 0.0, "There is no other shot to compare it with yet.")


def _place(standing: Standing) -> Any:
    from studio.sight.likeness import Place

    return Place(standing.side, standing.size) if standing.side else None
