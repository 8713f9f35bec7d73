"""Draws a set's two planes for one clip, with the lights, the contact shadows and the seats of its people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from model_runtime.stage.camera import CENTRE, FRAME_HEIGHT, FRAME_WIDTH, FRAMINGS, reach
from model_runtime.stage.light import Light, shaded
from model_runtime.stage.pen import Pen, Picture
from model_runtime.stage.scene import Scene
from model_runtime.stage.sets import SETS, Glow

SET_LINE = 2.0  # ink of sets, in pixels of a drawing 288 wide
GLOW = (70, 56, 22)


@dataclass(frozen=True)
class Planes:
    far: Picture  # RGB
    near: Picture  # premultiplied RGB with cover
    left: float  # design x of their left edge
    top: float
    indoors: bool


def draw_planes(
    scene: Scene,
    light: Light,
    fine: float,
    spots: Sequence[tuple[float, float, float]],
    seated: Sequence[bool],
    *,
    shift: float,
    size: tuple[int, int],
) -> Planes:
    """`spots` are the feet and height (x, y, height) of the people, in design units; `fine` is pixels a unit."""
    plan = SETS[scene.location]
    framing = FRAMINGS[scene.size]
    margin = float(np.ceil(reach(scene)))
    left = -margin
    wide = round((FRAME_WIDTH + 2 * margin) * fine)
    high = round(FRAME_HEIGHT * fine)
    far = np.zeros((high, wide, 3), np.uint8)
    near = np.zeros((high, wide, 4), np.uint8)

    def set_pen(picture: Picture) -> Pen:
        zoom = framing.set_zoom * fine
        origin_x = (CENTRE[0] - left) * fine - (framing.set_centre[0] - shift) * zoom
        origin_y = CENTRE[1] * fine - framing.set_centre[1] * zoom
        return Pen(picture, zoom, zoom, origin_x, origin_y, light.ink, SET_LINE * fine / 2)

    plan.far(set_pen(far), light)
    plan.near(set_pen(near), light)
    glows = plan.glows(light)
    if glows:
        _add_glows(near, set_pen, glows)
    ground = Pen(near, fine, fine, -left * fine, 0.0, light.ink, SET_LINE * fine / 2)
    for spot, sits in zip(spots, seated, strict=True):
        if sits:
            _seat(ground, spot, light.in_room(plan.seat) if plan.indoors else light.on_surface(plan.seat), scene.size)
    return Planes(far, near, left, 0.0, plan.indoors)


def _add_glows(near: Picture, set_pen, glows: Sequence[Glow]) -> None:
    added = np.zeros((*near.shape[:2], 3), np.uint8)
    pen = set_pen(added)
    dim = (GLOW[0] // 2, GLOW[1] // 2, GLOW[2] // 2)
    for glow in glows:
        x, y = glow.lamp
        if glow.foot:
            left, right, low = glow.foot
            pen.shape(((x - 1, y), (x + 1, y), (right, low), (left, low)), dim, inked=False)
            pen.oval(((left + right) / 2, low), (right - left) / 2, (right - left) / 9, dim, inked=False)
        pen.disc(glow.lamp, glow.radius, dim, inked=False)
        pen.disc(glow.lamp, glow.radius * 0.55, GLOW, inked=False)
    near[..., :3] = cv2.add(np.ascontiguousarray(near[..., :3]), added)


def _seat(pen: Pen, spot: tuple[float, float, float], colour: tuple[int, int, int], size: str) -> None:
    x, feet, tall = spot
    if size == "wide shot":
        pen.box(x - 0.17 * tall, feet - 0.235 * tall, x + 0.15 * tall, feet - 0.02 * tall, colour)
        pen.box(x - 0.17 * tall, feet - 0.235 * tall, x + 0.15 * tall, feet - 0.18 * tall, shaded(colour, 0.85))
        return
    # in large shots only the back of the seat can be seen
    top = feet - 0.66 * tall
    pen.box(x - 0.20 * tall, top, x + 0.20 * tall, FRAME_HEIGHT + 8, colour)
    pen.box(x - 0.15 * tall, top + 0.05 * tall, x + 0.15 * tall, FRAME_HEIGHT + 8, shaded(colour, 0.85))
