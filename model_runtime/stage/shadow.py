"""What figures leave on the ground: a dark oval where they touch it and, in the sun, a shadow away from it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from model_runtime.stage.layers import Layer
from model_runtime.stage.light import Light
from model_runtime.stage.pen import ONE, SHIFT, Picture

CONTACT_COVER = 88
CONTACT = (0.20, 0.034)  # half width and height of the oval under a figure, in its heights


@dataclass(frozen=True)
class Fall:
    """Where a shadow falls for each unit of height: to the right, and toward us; and how dark."""

    aside: float
    toward: float
    cover: int


# The sun stands left of the middle at dawn, right of it at dusk, high on the left by day: see backdrops.
FALLS = {"day": Fall(0.32, 0.10, 84), "dawn": Fall(0.95, 0.17, 78), "dusk": Fall(-0.95, 0.17, 92)}


def fall_of(light: Light, *, indoors: bool) -> Fall | None:
    """None where nothing but the contact is seen: indoors, at night, under clouds."""
    return FALLS.get(light.time) if light.clear and not indoors else None


def shadow_of(figure: Layer, foot: tuple[float, float], half: tuple[float, float], fall: Fall | None) -> Layer:
    """The shadow of a drawn figure as a layer of its own.

    `foot` is where it meets the ground and `half` the half axes of its contact, in pixels of the drawing.
    """
    x, y = foot[0] - figure.left, foot[1] - figure.top
    cover = cv2.extractChannel(figure.picture, 3)
    width = cover.shape[1]
    aside, toward = (fall.aside, fall.toward) if fall else (0.0, 0.0)
    before = int(max(0.0, -aside * y, half[0] - x)) + 2  # room to the left of the figure's picture
    after = int(max(0.0, aside * y, half[0] + x - width)) + 2
    above, below = int(half[1]) + 2, int(max(half[1], toward * y)) + 2
    shade = np.zeros((above + below, before + width + after), np.uint8)
    if fall:
        # a point `up` above the ground falls `aside * up` to the right and `toward * up` down
        matrix = np.array([[1.0, -aside, before + aside * y], [0.0, -toward, above + toward * y]])
        cv2.warpAffine(cover, matrix, shade.shape[::-1], dst=shade, borderMode=cv2.BORDER_CONSTANT)
        shade = np.asarray(cv2.convertScaleAbs(shade, alpha=fall.cover / 255), dtype=np.uint8)
    centre = (round((before + x) * ONE), round(above * ONE))
    axes = (round(half[0] * ONE), round(half[1] * ONE))
    contact = np.zeros_like(shade)
    cv2.ellipse(contact, centre, axes, 0, 0, 360, CONTACT_COVER, -1, cv2.LINE_AA, SHIFT)
    return Layer(_dark(cv2.max(shade, contact)), figure.left - before, figure.top + int(y) - above)


def _dark(cover: np.ndarray) -> Picture:
    picture = np.zeros((*cover.shape, 4), np.uint8)
    picture[..., 3] = cover
    return picture
