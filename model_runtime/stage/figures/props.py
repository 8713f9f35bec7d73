"""What stands around a figure because of what it does: the car it drives, the door it opens.

All in figure heights: the origin is the ground between the feet, y grows upwards, x the way the figure faces.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import pi
from typing import TypeAlias

from model_runtime.stage.figures.look import Look
from model_runtime.stage.figures.poses import CYCLES, opened
from model_runtime.stage.figures.vehicles import LAMP, TAIL_LAMP, TYRE, draw_wheel
from model_runtime.stage.light import Light, shaded
from model_runtime.stage.pen import Colour, Pen

Stroke: TypeAlias = Callable[[Pen, Look, Light, int], None]
"""Draws with the figure's pen; the number is the step of the action's cycle."""

CAR: Colour = (110, 158, 152)  # none of the colours of the words: no caption tells it
SEAT: Colour = (70, 58, 56)
DOOR: Colour = (178, 122, 76)
DOOR_FRAME: Colour = (112, 82, 62)
BEHIND_DOOR: Colour = (255, 232, 164)
KNOB: Colour = (240, 210, 110)


@dataclass(frozen=True)
class SetPiece:
    draw_behind: Stroke
    draw_before: Stroke
    aside: float  # how far it reaches from the figure to either side, in figure heights
    above: float  # and above the ground


def setpiece(action: str) -> SetPiece | None:
    """Of an action that needs one. What people sit on belongs to the set, not here."""
    return _PIECES.get(action)


# the door


def _draw_door(pen: Pen, look: Look, light: Light, step: int) -> None:
    frame, leaf = light.on_figure(DOOR_FRAME), light.on_figure(DOOR)
    pen.box(0.20, 1.27, 0.86, 0.0, frame)
    pen.box(0.26, 1.21, 0.80, 0.0, light.on_figure(BEHIND_DOOR))
    # the free edge comes toward us: it moves to the hinge and grows
    open_by = opened(2 * pi * (step % CYCLES["opening a door"]) / CYCLES["opening a door"])
    edge, grown = 0.27 + 0.30 * open_by, 0.05 * open_by
    pen.shape(((0.80, 1.21), (edge, 1.21 + grown), (edge, -grown * 0.6), (0.80, 0.0)), leaf)
    across = 0.80 - edge
    for low, high in ((0.12, 0.52), (0.68, 1.08)):
        panel = ((0.80 - 0.16 * across, high), (edge + 0.22 * across, high), (edge + 0.22 * across, low))
        pen.shape((*panel, (0.80 - 0.16 * across, low)), shaded(leaf, 0.86), line=1)
    pen.disc((edge + 0.1 * across, 0.61), 0.026, light.on_figure(KNOB))


def _nothing(pen: Pen, look: Look, light: Light, step: int) -> None:
    """A door stands behind whoever opens it."""


# the open car


def _draw_car_behind(pen: Pen, look: Look, light: Light, step: int) -> None:
    """The seat and what else is behind the driver."""
    seat, car = light.on_figure(SEAT), light.on_figure(CAR)
    if look.turn == "side":
        pen.box(-0.98, 0.44, 0.52, 0.20, shaded(car, 0.62))
        pen.shape(((-0.20, 0.30), (-0.27, 0.70), (-0.17, 0.72), (-0.08, 0.30)), seat)
        return
    pen.box(-0.46, 0.42, 0.46, 0.14, shaded(car, 0.62))
    if look.turn == "front":
        pen.box(-0.20, 0.66, 0.20, 0.20, seat)
    else:
        _draw_windscreen(pen)


def _draw_car_before(pen: Pen, look: Look, light: Light, step: int) -> None:
    if look.turn == "side":
        _draw_car_side(pen, light, step)
    else:
        _draw_car_end(pen, look, light)


def _draw_car_side(pen: Pen, light: Light, step: int) -> None:
    car = light.on_figure(CAR)
    pen.limb(((0.25, 0.44), (0.31, 0.58)), light.on_figure(TYRE), 0.026)
    pen.stroke(((0.46, 0.44), (0.37, 0.74)), width=0.034)
    body = ((-1.05, 0.16), (-1.06, 0.38), (-0.96, 0.45), (-0.30, 0.46), (-0.24, 0.37), (0.34, 0.37), (0.40, 0.46))
    pen.shape((*body, (0.92, 0.42), (1.06, 0.34), (1.06, 0.16)), car)
    pen.shape(((-1.05, 0.16), (-1.05, 0.23), (1.06, 0.23), (1.06, 0.16)), shaded(car), inked=False)
    for x in (-0.24, 0.34):
        pen.stroke(((x, 0.37), (x, 0.18)), pixels=max(1, pen.line_width - 1))
    pen.oval((1.00, 0.34), 0.05, 0.045, light.on_figure(LAMP))
    pen.box(-1.06, 0.38, -0.99, 0.30, light.on_figure(TAIL_LAMP))
    for x in (-0.68, 0.70):
        draw_wheel(pen, (x, 0.145), 0.145, light, step, moving=True)


def _draw_car_end(pen: Pen, look: Look, light: Light) -> None:
    """The bonnet and the windscreen of who drives at us, or the boot of who drives away."""
    car, tyre = light.on_figure(CAR), light.on_figure(TYRE)
    for side in (-1, 1):
        pen.box(side * 0.38 - 0.09, 0.20, side * 0.38 + 0.09, 0.0, tyre)
    body = ((-0.50, 0.11), (-0.50, 0.34), (-0.42, 0.41), (0.42, 0.41), (0.50, 0.34), (0.50, 0.11))
    pen.shape(body, car)
    pen.box(-0.50, 0.19, 0.50, 0.11, shaded(car), inked=False)
    lamp = light.on_figure(LAMP if look.turn == "front" else TAIL_LAMP)
    for side in (-1, 1):
        pen.disc((side * 0.38, 0.30), 0.062, lamp)
    if look.turn == "front":
        pen.box(-0.16, 0.33, 0.16, 0.23, shaded(car, 0.5))
        _draw_windscreen(pen)


def _draw_windscreen(pen: Pen) -> None:
    pen.stroke(((-0.42, 0.41), (-0.36, 0.90), (0.36, 0.90), (0.42, 0.41)), width=0.030)


_PIECES = {
    "opening a door": SetPiece(_draw_door, _nothing, 0.92, 1.34),
    "driving": SetPiece(_draw_car_behind, _draw_car_before, 1.12, 1.10),
}
