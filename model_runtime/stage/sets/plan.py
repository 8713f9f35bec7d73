"""What a place is to the stage: the functions that draw its two planes, its lamps and its seats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import cos, pi, sin

import numpy as np

from model_runtime.stage.light import Light
from model_runtime.stage.pen import Colour, Pen, Picture, Point

LAMP: Colour = (255, 226, 140)
LAMP_OFF: Colour = (238, 234, 216)
WINDOW_LIT: Colour = (255, 208, 104)
# How much of the fog's colour lies over each plane; through a window only what is behind it is hidden.
FAR_FOG, NEAR_FOG = 0.66, 0.26
FOG_SPREADS = 1.35


@dataclass(frozen=True)
class Glow:
    """Light added to what is drawn: a cone when `foot` is given, and a halo of two rings at the lamp."""

    lamp: Point
    radius: float
    foot: tuple[float, float, float] | None = None  # left, right, y


@dataclass(frozen=True)
class SetPlan:
    """Both planes in sunshine, rain and snow are drawn by functions of the set; fog is laid over them here."""

    draw_far: Callable[[Pen, Light], None]
    draw_near: Callable[[Pen, Light], None]
    lamps: Callable[[Light], Sequence[Glow]]
    seat: str  # one of seats.SEATS
    seat_colour: Colour
    indoors: bool = False

    def far(self, pen: Pen, light: Light) -> None:
        """What moves least with the camera; opaque. The pen's picture holds nothing else."""
        self.draw_far(pen, light)
        if light.foggy:
            _lay_fog(pen.picture, light.sky[3], FAR_FOG)

    def near(self, pen: Pen, light: Light) -> None:
        """The ground and what stands on it. The pen's picture holds nothing else and shows the far plane through."""
        self.draw_near(pen, light)
        if light.foggy and not self.indoors:
            _lay_fog(pen.picture, light.sky[3], NEAR_FOG)

    def glows(self, light: Light) -> Sequence[Glow]:
        """Lamps that are lit; in fog their halos spread."""
        glows = self.lamps(light)
        if light.foggy and not self.indoors:
            return [replace(glow, radius=glow.radius * FOG_SPREADS) for glow in glows]
        return glows


def _lay_fog(plane: Picture, fog: Colour, share: float) -> None:
    """Mixes a premultiplied plane with the fog's colour where it covers."""
    cover = plane[..., 3:].astype(np.float32) / 255
    mist = cover * np.array(fog, np.float32)
    plane[..., :3] = np.rint(plane[..., :3] * (1 - share) + mist * share).astype(np.uint8)


def no_glows(_light: Light) -> Sequence[Glow]:
    return ()


def bulb(light: Light) -> Colour:
    return LAMP if light.lamps_lit else light.on_surface(LAMP_OFF)


def window(light: Light, dark: Colour = (84, 112, 140), *, lit: bool = True) -> Colour:
    """A pane seen from outside; not every window of a house is lit."""
    return WINDOW_LIT if light.lamps_lit and lit else light.on_surface(dark)


def ring(centre: Point, radius_x: float, radius_y: float, start: float, end: float, steps: int = 8) -> list[Point]:
    """Points of an arc from `start` to `end`, in half turns against the clock from the right."""
    angles = [pi * (start + (end - start) * i / steps) for i in range(steps + 1)]
    return [(centre[0] + radius_x * cos(a), centre[1] - radius_y * sin(a)) for a in angles]
