"""Car, bus, bicycle and boat: wheels that turn, a hull that rocks, seen from the side, the front and behind.

In heights of an adult: the origin is the ground under the vehicle's middle, y grows upwards, x is the way it faces.
"""

from __future__ import annotations

from math import cos, pi, sin

from model_runtime.stage.figures.curves import arc
from model_runtime.stage.figures.look import Turn
from model_runtime.stage.light import Light, mixed, shaded
from model_runtime.stage.pen import Colour, Pen, Point

CYCLE = 8
ROCKING = 16
TYRE: Colour = (44, 42, 50)
RIM: Colour = (196, 200, 206)
GLASS: Colour = (168, 206, 224)
LAMP: Colour = (255, 240, 180)
TAIL_LAMP: Colour = (206, 40, 44)
SAIL: Colour = (244, 240, 228)
WOOD: Colour = (140, 98, 62)


def draw_wheel(pen: Pen, centre: Point, radius: float, light: Light, step: int, *, moving: bool) -> None:
    """A tyre whose four spokes are back in their places after CYCLE steps."""
    pen.disc(centre, radius, light.on_figure(TYRE))
    pen.disc(centre, 0.58 * radius, light.on_figure(RIM), inked=False)
    turned = -pi / 2 * (step % CYCLE) / CYCLE if moving else 0.0
    for spoke in range(2):
        x, y = 0.56 * radius * cos(turned + spoke * pi / 2), 0.56 * radius * sin(turned + spoke * pi / 2)
        pen.stroke(((centre[0] - x, centre[1] - y), (centre[0] + x, centre[1] + y)), width=0.16 * radius)


def _bump(step: int, *, moving: bool) -> float:
    return 0.012 if moving and step % CYCLE in (2, 3, 6) else 0.0


def draw_car(pen: Pen, colour: Colour, turn: Turn, light: Light, step: int, *, moving: bool) -> None:
    up = _bump(step, moving=moving)
    if turn == "side":
        _car_aside(pen, colour, light, up)
        for x in (-0.74, 0.74):
            draw_wheel(pen, (x, 0.165), 0.165, light, step, moving=moving)
        return
    _wheels_ahead(pen, 0.40, 0.10, 0.22, light)
    half, roof = 0.52, 0.80
    cabin = ((-0.47, 0.46 + up), (-0.37, roof + up), (0.37, roof + up), (0.47, 0.46 + up))
    pen.shape(cabin, colour)
    pane = ((-0.38, 0.49 + up), (-0.31, 0.74 + up), (0.31, 0.74 + up), (0.38, 0.49 + up))
    pen.shape(pane, _glass(light))
    body = ((-half, 0.12 + up), (-half, 0.42 + up), (-0.44, 0.49 + up), (0.44, 0.49 + up), (half, 0.42 + up))
    pen.shape((*body, (half, 0.12 + up)), colour)
    pen.box(-half, 0.20 + up, half, 0.12 + up, shaded(colour), inked=False)
    _lamps_ahead(pen, 0.38, 0.36 + up, 0.065, turn, light)
    pen.box(-0.12, 0.28 + up, 0.12, 0.20 + up, light.on_figure((240, 240, 232)))


def _car_aside(pen: Pen, colour: Colour, light: Light, up: float) -> None:
    cabin = ((-0.78, 0.47 + up), (-0.60, 0.78 + up), (-0.50, 0.81 + up), (0.18, 0.81 + up), (0.28, 0.78 + up))
    pen.shape((*cabin, (0.52, 0.47 + up)), colour)
    glass = _glass(light)
    pen.shape(((-0.65, 0.50 + up), (-0.52, 0.74 + up), (-0.18, 0.74 + up), (-0.18, 0.50 + up)), glass)
    pen.shape(((-0.10, 0.50 + up), (-0.10, 0.74 + up), (0.20, 0.74 + up), (0.38, 0.50 + up)), glass)
    body = ((-1.18, 0.17 + up), (-1.19, 0.42 + up), (-1.10, 0.50 + up), (0.60, 0.50 + up), (1.08, 0.43 + up))
    pen.shape((*body, (1.19, 0.34 + up), (1.19, 0.17 + up)), colour)
    sill = ((-1.18, 0.17 + up), (-1.18, 0.26 + up), (1.18, 0.26 + up), (1.18, 0.17 + up))
    pen.shape(sill, shaded(colour), inked=False)
    thin = max(1, pen.line_width - 1)
    pen.stroke(((-0.14, 0.50 + up), (-0.14, 0.20 + up)), pixels=thin)
    pen.stroke(((0.42, 0.50 + up), (0.42, 0.22 + up)), pixels=thin)
    pen.oval((1.12, 0.36 + up), 0.05, 0.045, light.on_figure(LAMP))
    pen.box(-1.19, 0.43 + up, -1.11, 0.34 + up, light.on_figure(TAIL_LAMP))


def _glass(light: Light) -> Colour:
    return mixed(light.on_figure(GLASS), light.sky[1], 0.35)


def _wheels_ahead(pen: Pen, x: float, half: float, high: float, light: Light) -> None:
    for side in (-1, 1):
        pen.box(side * x - half, high, side * x + half, 0.0, light.on_figure(TYRE))


def _lamps_ahead(pen: Pen, x: float, y: float, radius: float, turn: Turn, light: Light) -> None:
    colour = light.on_figure(LAMP if turn == "front" else TAIL_LAMP)
    for side in (-1, 1):
        pen.disc((side * x, y), radius, colour)


def draw_bus(pen: Pen, colour: Colour, turn: Turn, light: Light, step: int, *, moving: bool) -> None:
    up = _bump(step, moving=moving)
    glass = _glass(light)
    if turn != "side":
        _wheels_ahead(pen, 0.46, 0.11, 0.24, light)
        pen.box(-0.62, 1.55 + up, 0.62, 0.14 + up, colour)
        pen.box(-0.54, 1.34 + up, 0.54, 0.80 + up, glass)
        pen.box(-0.62, 0.28 + up, 0.62, 0.16 + up, shaded(colour), inked=False)
        pen.box(-0.36, 1.50 + up, 0.36, 1.39 + up, light.on_figure(LAMP if turn == "front" else TYRE))
        _lamps_ahead(pen, 0.46, 0.44 + up, 0.075, turn, light)
        return
    body = ((-1.82, 0.18 + up), (-1.82, 1.46 + up), (-1.74, 1.55 + up), (1.70, 1.55 + up), (1.82, 1.44 + up))
    pen.shape((*body, (1.82, 0.18 + up)), colour)
    pen.box(-1.80, 0.32 + up, 1.80, 0.19 + up, shaded(colour), inked=False)
    pen.box(-1.80, 0.70 + up, 1.80, 0.62 + up, light.on_figure(SAIL), inked=False)
    for left in (-1.68, -1.06, -0.44, 0.18):
        pen.box(left, 1.36 + up, left + 0.50, 0.80 + up, glass)
    pen.box(0.80, 1.36 + up, 1.20, 0.22 + up, glass)
    pen.box(1.32, 1.36 + up, 1.82, 0.76 + up, glass)
    pen.oval((1.76, 0.46 + up), 0.05, 0.055, light.on_figure(LAMP))
    for x in (-1.12, 1.30 - 0.75):
        draw_wheel(pen, (x, 0.20), 0.20, light, step, moving=moving)


def draw_bicycle(pen: Pen, colour: Colour, turn: Turn, light: Light, step: int, *, moving: bool) -> None:
    tyre = light.on_figure(TYRE)
    if turn != "side":
        pen.limb(((0.0, 0.03), (0.0, 0.46)), tyre, 0.055)
        pen.limb(((0.0, 0.30), (0.0, 0.62)), colour, 0.055)
        pen.limb(((-0.20, 0.60), (-0.18, 0.66), (0.18, 0.66), (0.20, 0.60)), tyre, 0.045)
        lamp = LAMP if turn == "front" else TAIL_LAMP
        pen.disc((0.0, 0.56), 0.060, light.on_figure(lamp))
        return
    hind, front, crank = (-0.33, 0.24), (0.35, 0.24), (-0.02, 0.23)
    for x, y in (hind, front):
        rim = arc((x, y), 0.215, 0.215, 0.0, 2.0, 18)
        pen.stroke(rim, tyre, width=0.060)
        for spoke in range(3):
            angle = pi * spoke / 3 - (pi / 3 * (step % CYCLE) / CYCLE if moving else 0.0)
            aside, above = 0.19 * cos(angle), 0.19 * sin(angle)
            pen.stroke(((x - aside, y - above), (x + aside, y + above)), light.on_figure(RIM), pixels=1)
    saddle, bars = (-0.13, 0.55), (0.26, 0.56)
    for tube in ((hind, crank, saddle, hind), (saddle, bars, crank), (bars, front)):
        pen.stroke(tube, width=0.080)
    for tube in ((hind, crank, saddle, hind), (saddle, bars, crank), (bars, front)):
        pen.stroke(tube, colour, width=0.052)
    pen.limb(((-0.21, 0.61), (-0.06, 0.61)), tyre, 0.05)
    pen.limb((bars, (0.24, 0.66), (0.34, 0.69)), tyre, 0.04)
    turned = -2 * pi * (step % CYCLE) / CYCLE if moving else -0.5
    x, y = 0.10 * cos(turned), 0.10 * sin(turned)
    pen.limb(((crank[0] - x, crank[1] - y), (crank[0] + x, crank[1] + y)), tyre, 0.03)


def draw_boat(pen: Pen, colour: Colour, turn: Turn, light: Light, step: int, *, moving: bool) -> None:
    """A small sailing boat; moored it has its sail down."""
    rock = 0.022 * sin(2 * pi * (step % ROCKING) / ROCKING)
    sail, wood = light.on_figure(SAIL), light.on_figure(WOOD)
    if turn != "side":
        pen.limb(((0.0, 0.30), (rock, 1.28)), wood, 0.045)
        if moving:
            pen.shape(((rock, 1.24), (0.34 + rock, 0.46), (-0.10, 0.44)), sail)
        hull = ((-0.36, 0.42 + rock), (0.36, 0.42 - rock), (0.24, 0.10), (0.0, 0.02), (-0.24, 0.10))
        pen.shape(hull, colour)
        pen.shape(((0.0, 0.42), (0.36, 0.42 - rock), (0.24, 0.10), (0.0, 0.02)), shaded(colour), inked=False)
        return
    pen.limb(((0.08, 0.30), (0.08 - rock, 1.30)), wood, 0.045)
    if moving:
        pen.shape(((0.04 - rock, 1.26), (-0.72, 0.46), (0.02, 0.44)), sail)
        pen.shape(((0.13 - rock, 1.18), (0.72, 0.48), (0.14, 0.46)), mixed(sail, colour, 0.22))
    else:
        pen.limb(((0.06, 0.50), (-0.64, 0.48)), sail, 0.10)
    hull = ((-0.98, 0.40 - rock), (1.12, 0.44 + rock), (0.90, 0.16 + rock), (0.66, 0.03), (-0.74, 0.03))
    pen.shape((*hull, (-0.92, 0.12)), colour)
    pen.shape(((-0.94, 0.16 - rock), (0.90, 0.18 + rock), (0.66, 0.03), (-0.74, 0.03)), shaded(colour), inked=False)
    pen.stroke(((-0.98, 0.33 - rock), (1.06, 0.36 + rock)), light.on_figure(SAIL), width=0.04)
