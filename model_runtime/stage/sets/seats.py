"""What people sit on: a seat for each place, drawn for the figure that sits on it."""

from __future__ import annotations

from collections.abc import Callable

from model_runtime.stage.light import Light, mixed, shaded
from model_runtime.stage.pen import Colour, Pen
from model_runtime.stage.sets import SETS

BACKS = {"medium shot": 0.70, "close-up": 0.76}  # height of a seat's back, in figure heights
LEVEL = 0.235  # of the seat itself
FAR_BELOW = 80.0  # design units: seats of large shots run out of the frame
BEHIND = {"left": 1, "right": -1}  # on which side of a figure its back is


def draw_seat(pen: Pen, location: str, light: Light, size: str, tall: float, facing: str = "us") -> None:
    """What a seated figure `tall` design units high sits on; the pen counts from its feet, downwards.

    In large shots only the back of the seat can be seen, up to the shoulders.
    """
    plan, behind = SETS[location], BEHIND.get(facing, 0)
    colour = light.in_room(plan.seat_colour) if plan.indoors else light.on_surface(plan.seat_colour)
    if size in BACKS:
        LARGE.get(plan.seat, _back)(pen, colour, BACKS[size] * tall, 0.07 * tall * behind, 0.20 * tall)
    elif plan.seat == "chair" and behind:
        _chair_aside(pen, colour, tall, behind)
    else:
        SEATS[plan.seat](pen, colour, tall)


def _back(pen: Pen, colour: Colour, high: float, aside: float, half: float) -> None:
    pen.box(aside - half, -high, aside + half, FAR_BELOW, colour)
    pen.box(aside - 0.8 * half, -0.95 * high, aside + 0.8 * half, FAR_BELOW, shaded(colour, 0.85))


def _stump(pen: Pen, colour: Colour, high: float, aside: float, half: float) -> None:
    """The broken trunk that a log in the woods leans on."""
    left, right, low = aside - 1.15 * half, aside + 1.15 * half, FAR_BELOW
    top = ((left, -0.9 * high), (aside - 0.5 * half, -1.06 * high), (aside, -0.92 * high), (aside + 0.6 * half, -high))
    pen.shape(((left, low), *top, (right, -0.86 * high), (right, low)), colour)
    for x in (left + 0.35 * half, right - 0.35 * half):
        pen.stroke(((x, -0.8 * high), (x, low)), shaded(colour, 0.7))


def _boulder(pen: Pen, colour: Colour, high: float, aside: float, half: float) -> None:
    left, right, low = aside - 1.6 * half, aside + 1.6 * half, FAR_BELOW
    top = ((left + 0.5 * half, -0.8 * high), (aside - 0.3 * half, -0.96 * high), (aside + 0.8 * half, -0.86 * high))
    pen.shape(((left, low), (left, -0.4 * high), *top, (right, -0.5 * high), (right, low)), colour)
    shade = ((aside + 0.8 * half, -0.84 * high), (right, -0.5 * high), (right, low), (aside + 1.1 * half, low))
    pen.shape(shade, shaded(colour), inked=False)


def _chair(pen: Pen, colour: Colour, tall: float) -> None:
    half, level = 0.16 * tall, -LEVEL * tall
    for aside in (-half + 0.02 * tall, half - 0.02 * tall):
        pen.limb(((aside, level), (aside, -0.01 * tall)), shaded(colour, 0.7), 0.035 * tall)
    pen.box(-half, level - 0.24 * tall, half, level, shaded(colour, 0.85))
    pen.box(-half * 1.15, level - 0.01 * tall, half * 1.15, level + 0.055 * tall, colour)


def _chair_aside(pen: Pen, colour: Colour, tall: float, behind: int) -> None:
    half, level = 0.16 * tall, -LEVEL * tall
    for aside in (-half, half):
        pen.limb(((aside * 0.85, level), (aside, -0.01 * tall)), shaded(colour, 0.7), 0.035 * tall)
    back = behind * half
    pen.limb(((back, level), (back * 1.15, level - 0.26 * tall)), shaded(colour, 0.85), 0.05 * tall)
    pen.box(-half * 1.1, level - 0.01 * tall, half * 1.1, level + 0.045 * tall, colour)


def _bench(pen: Pen, colour: Colour, tall: float) -> None:
    half, level = 0.30 * tall, -LEVEL * tall
    for aside in (-half * 0.8, half * 0.8):
        pen.limb(((aside, level), (aside, -0.01 * tall)), shaded(colour, 0.6), 0.04 * tall)
    pen.box(-half, level - 0.24 * tall, half, level - 0.10 * tall, shaded(colour, 0.88))
    pen.box(-half * 1.05, level - 0.01 * tall, half * 1.05, level + 0.06 * tall, colour)


def _crate(pen: Pen, colour: Colour, tall: float) -> None:
    half, level = 0.19 * tall, -LEVEL * tall
    pen.box(-half, level, half, -0.01 * tall, colour)
    pen.stroke(((-half, level), (half, -0.01 * tall)), shaded(colour, 0.7), width=0.03 * tall)
    pen.box(-half, level, half, level + 0.05 * tall, shaded(colour, 0.85))


def _log(pen: Pen, colour: Colour, tall: float) -> None:
    half, top, low = 0.30 * tall, (0.02 - LEVEL) * tall, -0.02 * tall
    pen.box(-half, top, half, low, colour)
    pen.oval((half, (top + low) / 2), 0.06 * tall, (low - top) / 2, mixed(colour, (255, 240, 210), 0.4))
    pen.stroke(((-half * 0.7, top * 0.6), (half * 0.3, top * 0.6)), shaded(colour, 0.7))


def _rock(pen: Pen, colour: Colour, tall: float) -> None:
    half, level = 0.24 * tall, -LEVEL * tall
    pen.shape(((-half, 0), (-half * 0.8, level * 0.8), (-half * 0.3, level), (half * 0.6, level), (half, 0)), colour)
    side = ((half * 0.2, level * 0.93), (half * 0.58, level * 0.93), (half * 0.92, -0.5), (half * 0.3, -0.5))
    pen.shape(side, shaded(colour), inked=False)


SEATS: dict[str, Callable[[Pen, Colour, float], None]] = {
    "chair": _chair,
    "bench": _bench,
    "crate": _crate,
    "log": _log,
    "rock": _rock,
}

# in large shots; other seats have a plain back
LARGE: dict[str, Callable[[Pen, Colour, float, float, float], None]] = {"log": _stump, "rock": _boulder}
