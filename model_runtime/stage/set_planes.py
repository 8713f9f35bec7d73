"""Draws a set's two planes for one clip, with the lights, the contact shadows and the seats of its people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

import cv2
import numpy as np

from model_runtime.stage.camera import CENTRE, FRAME_HEIGHT, FRAME_WIDTH, FRAMINGS, reach
from model_runtime.stage.light import Light, mixed, shaded
from model_runtime.stage.pen import Colour, Pen, Picture
from model_runtime.stage.scene import Scene
from model_runtime.stage.sets import SETS, Glow

SET_LINE = 2.0  # ink of sets, in pixels of a drawing 288 wide
# The ink of a set fades toward the sky's colour, the more the larger the figures before it.
INK_FADES = {"wide shot": 0.10, "medium shot": 0.22, "close-up": 0.34}
GLOW = (70, 56, 22)
SEAT_BACKS = {"medium shot": 0.70, "close-up": 0.76}  # height of a seat's back, in figure heights


class Spot(NamedTuple):
    """Where a person is: the feet and the height, in design units."""

    x: float
    feet: float
    height: float


@dataclass(frozen=True)
class Planes:
    far: Picture  # opaque, of four channels like the near one
    near: Picture  # premultiplied RGB with cover
    margin: int  # pixels drawn beyond the frame's left and right edge
    indoors: bool


def draw_planes(scene: Scene, light: Light, fine: float, seated: Sequence[Spot], *, aside: float) -> Planes:
    """The planes at `fine` pixels a design unit, with a seat for everyone seated, the set moved `aside`."""
    plan, framing = SETS[scene.location], FRAMINGS[scene.size]
    margin = ceil(reach(scene) * fine)
    high, wide = round(FRAME_HEIGHT * fine), round(FRAME_WIDTH * fine) + 2 * margin
    zoom = framing.set_zoom * fine
    left = CENTRE[0] * fine + margin - (framing.set_centre[0] - aside) * zoom
    top = CENTRE[1] * fine - framing.set_centre[1] * zoom
    ink = mixed(light.ink, light.sky[1], INK_FADES[scene.size])
    line = SET_LINE * fine / 2
    far, near = np.zeros((high, wide, 4), np.uint8), np.zeros((high, wide, 4), np.uint8)
    plan.far(Pen(far, zoom, zoom, left, top, ink, line), light)
    plan.near(Pen(near, zoom, zoom, left, top, ink, line), light)
    glows = plan.glows(light)
    if glows:
        added = np.zeros((high, wide, 3), np.uint8)
        _draw_glows(Pen(added, zoom, zoom, left, top, ink, line), glows)
        _add_light(near, added)
    ground = Pen(near, fine, fine, margin, 0.0, light.ink, line)
    colour = light.in_room(plan.seat) if plan.indoors else light.on_surface(plan.seat)
    for spot in seated:
        _seat(ground, spot, colour, scene.size)
    return Planes(far, near, margin, plan.indoors)


def _draw_glows(pen: Pen, glows: Sequence[Glow]) -> None:
    dim = (GLOW[0] // 2, GLOW[1] // 2, GLOW[2] // 2)
    for glow in glows:
        x, y = glow.lamp
        if glow.foot:
            left, right, low = glow.foot
            pen.shape(((x - 1, y), (x + 1, y), (right, low), (left, low)), dim, inked=False)
            pen.oval(((left + right) / 2, low), (right - left) / 2, (right - left) / 9, dim, inked=False)
        pen.disc(glow.lamp, glow.radius, dim, inked=False)
        pen.disc(glow.lamp, glow.radius * 0.55, GLOW, inked=False)


def _add_light(near: Picture, added: Picture) -> None:
    # light without cover adds to whatever is under it, also where the near plane is clear
    light = cv2.cvtColor(added, cv2.COLOR_RGB2RGBA)
    light[..., 3] = 0
    cv2.add(near, light, dst=near)


def _seat(pen: Pen, spot: Spot, colour: Colour, size: str) -> None:
    x, feet, tall = spot
    if size == "wide shot":
        pen.box(x - 0.17 * tall, feet - 0.235 * tall, x + 0.15 * tall, feet - 0.02 * tall, colour)
        pen.box(x - 0.17 * tall, feet - 0.235 * tall, x + 0.15 * tall, feet - 0.18 * tall, shaded(colour, 0.85))
        return
    # in large shots only the back of the seat can be seen, up to the shoulders
    top = feet - SEAT_BACKS[size] * tall
    pen.box(x - 0.20 * tall, top, x + 0.20 * tall, FRAME_HEIGHT + 8, colour)
    pen.box(x - 0.16 * tall, top + 0.04 * tall, x + 0.16 * tall, FRAME_HEIGHT + 8, shaded(colour, 0.85))
