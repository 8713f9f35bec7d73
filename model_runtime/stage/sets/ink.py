"""The ink of sets, and the light of their lamps."""

from __future__ import annotations

from collections.abc import Sequence

import cv2

from model_runtime.stage.pen import Pen, Picture
from model_runtime.stage.sets import Glow

SET_LINE = 2.0  # ink of sets, in pixels of a drawing 288 wide
GLOW = (70, 56, 22)


def draw_glows(pen: Pen, glows: Sequence[Glow]) -> None:
    """The light of lamps on a black picture of three channels, for `add_light`."""
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
