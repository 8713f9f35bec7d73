"""Draws a set's two planes for one clip, and the light of its lamps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

import cv2
import numpy as np

from model_runtime.stage.camera import CENTRE, FRAME_HEIGHT, FRAME_WIDTH, FRAMINGS, JITTER, furthest_pan
from model_runtime.stage.light import Light, mixed
from model_runtime.stage.pen import Pen, Picture
from model_runtime.stage.seats import draw_seat
from model_runtime.stage.sets import SETS, Glow

__all__ = ["SET_LINE", "Planes", "add_light", "draw_glows", "draw_seat", "planes_of"]

SET_LINE = 2.0  # ink of sets, in pixels of a drawing 288 wide
# The ink of a set fades toward the sky's colour, the more the larger the figures before it.
INK_FADES = {"wide shot": 0.24, "medium shot": 0.32, "close-up": 0.42}
GLOW = (70, 56, 22)


@dataclass(frozen=True)
class Planes:
    far: Picture  # opaque, of four channels like the near one
    near: Picture  # premultiplied RGB with cover
    margin: int  # pixels drawn beyond the frame's left and right edge
    indoors: bool


@lru_cache(maxsize=len(SETS) * 4 * 4 * 3)
def planes_of(location: str, light: Light, size: str, fine: float) -> Planes:
    """The planes at `fine` pixels a design unit, not to be written on.

    Kept, since writers of training data draw each of them thousands of times: half a megabyte each at 288 x 160.
    """
    plan, framing = SETS[location], FRAMINGS[size]
    margin = ceil((furthest_pan(size) + JITTER) * fine)
    high, wide = round(FRAME_HEIGHT * fine), round(FRAME_WIDTH * fine) + 2 * margin
    zoom = framing.set_zoom * fine
    left = CENTRE[0] * fine + margin - framing.set_centre[0] * zoom
    top = CENTRE[1] * fine - framing.set_centre[1] * zoom
    ink = mixed(light.ink, light.sky[1], INK_FADES[size])
    line = SET_LINE * fine / 2
    far, near = np.zeros((high, wide, 4), np.uint8), np.zeros((high, wide, 4), np.uint8)
    plan.far(Pen(far, zoom, zoom, left, top, ink, line), light)
    plan.near(Pen(near, zoom, zoom, left, top, ink, line), light)
    glows = plan.glows(light)
    if glows:
        added = np.zeros((high, wide, 3), np.uint8)
        draw_glows(Pen(added, zoom, zoom, left, top, ink, line), glows)
        add_light(near, added)
    return Planes(far, near, margin, plan.indoors)


def draw_glows(pen: Pen, glows: Sequence[Glow]) -> None:
    dim = (GLOW[0] // 2, GLOW[1] // 2, GLOW[2] // 2)
    for glow in glows:
        x, y = glow.lamp
        if glow.foot:
            left, right, low = glow.foot
            pen.shape(((x - 1, y), (x + 1, y), (right, low), (left, low)), dim, inked=False)
            pen.oval(((left + right) / 2, low), (right - left) / 2, (right - left) / 9, dim, inked=False)
        pen.disc(glow.lamp, glow.radius, dim, inked=False)
        pen.disc(glow.lamp, glow.radius * 0.55, GLOW, inked=False)


def add_light(near: Picture, added: Picture) -> None:
    """Light without cover adds to whatever is under it, also where the near plane is clear."""
    light = cv2.cvtColor(added, cv2.COLOR_RGB2RGBA)
    light[..., 3] = 0
    cv2.add(near, light, dst=near)
