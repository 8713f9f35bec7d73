"""What is worn on the chest: seven garments, each with a silhouette of its own, and scarves."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from model_runtime.stage.figures.look import CUTS, Look
from model_runtime.stage.figures.poses import Pose
from model_runtime.stage.light import shaded
from model_runtime.stage.pen import Pen, Point

HIP, SHOULDER, NECK = 0.455, 0.765, 0.80
TIE = (64, 58, 78)
SMALL_FIGURE = 130.0  # pixels of the drawing; a smaller figure wears a thicker scarf


class Torso(NamedTuple):
    """A chest to be drawn; `at` turns a point of the upright body into one of the posed body."""

    pen: Pen
    look: Look
    at: Callable[[float, float], Point]
    pose: Pose

    @property
    def widths(self) -> tuple[float, float, float]:
        """Half widths of chest, waist and hem."""
        cut = CUTS[self.look.garment]
        broad = self.look.breadth * (1.0 if self.look.front else 0.90)
        # a heavy body is widest at the waist
        belly = max(1.0, 1.0 + 0.45 * (self.look.breadth - 1.12))
        return 0.125 * broad, cut.waist_half * broad * belly, cut.hem_half * broad

    @property
    def open_by(self) -> float:
        """How wide collars and lapels look: in profile half as wide."""
        return 1.0 if self.look.front else 0.55

    @property
    def hem(self) -> float:
        cut = CUTS[self.look.garment]
        if self.pose.seated:
            return max(cut.hem, HIP - 0.06)
        return max(cut.hem, self.pose.drop + 0.02)


def draw_torso(torso: Torso) -> None:
    pen, look, at, _ = torso
    half, waist, hem = torso.widths
    hem_y = torso.hem
    belly = 0.0 if look.front else 0.16 * max(0.0, look.breadth - 1.15)
    right = [
        at(0.045, NECK + 0.01),
        at(half * 0.82, SHOULDER + 0.010),
        at(half, SHOULDER - 0.035),
        at(half * 0.98 + belly * 0.5, 0.66),
        at(waist + belly, 0.55),
        at(hem + belly * 0.15, hem_y),
    ]
    left = [
        at(-hem, hem_y),
        at(-waist, 0.55),
        at(-half * 0.98, 0.66),
        at(-half, SHOULDER - 0.035),
        at(-half * 0.82, SHOULDER + 0.010),
        at(-0.045, NECK + 0.01),
    ]
    pen.shape(right + left, look.cloth)
    dark = 1.0 if look.front else 1.35  # a chest in profile is narrow: less of it lies in the shade
    shade = [at(half * 0.55 * dark, SHOULDER - 0.02), *right[2:]]
    shade += [at(hem * 0.35 * dark, hem_y), at(waist * 0.45 * dark, 0.57)]
    pen.shape(shade, look.cloth_shade, inked=False)
    if look.turn == "back":
        _back_marks(torso)
    else:
        _MARKS[look.garment](torso, 0.0 if look.front else 0.045)


def draw_lap(torso: Torso) -> None:
    """A long garment covers the thighs of who sits."""
    pen, look, pose = torso.pen, torso.look, torso.pose
    if CUTS[look.garment].hem >= 0.35:
        return
    hip_y = HIP - pose.drop
    width = 0.10 * (1.0 + look.breadth) / 2
    if look.front:
        for side in (1, -1):
            pen.limb(((side * 0.05, hip_y), (side * 0.075, hip_y - 0.04)), look.cloth, width)
    else:
        pen.limb(((0.0, hip_y), (0.19, hip_y - 0.005)), look.cloth, width)


def draw_scarf(torso: Torso) -> None:
    """A band around the neck with one hanging end, before the chest or down the back."""
    pen, look, at, _ = torso
    if look.scarf is None:
        return
    tail_x = {"front": 0.045, "side": -0.02, "back": -0.045}[look.turn]
    tail = (at(tail_x - 0.034, 0.80), at(tail_x + 0.040, 0.80), at(tail_x + 0.054, 0.57), at(tail_x - 0.032, 0.56))
    pen.shape(tail, look.scarf)
    band = (at(-0.064, NECK + 0.008), at(0.0, NECK - 0.012), at(0.068, NECK + 0.008))
    pen.limb(band, look.scarf, 0.066 if pen.unit > SMALL_FIGURE else 0.088)


def _thin(pen: Pen) -> int:
    return max(1, pen.line_width - 1)


def _back_marks(torso: Torso) -> None:
    pen, look, at, _ = torso
    _, waist, _ = torso.widths
    if look.garment == "sweater":
        pen.stroke((at(-waist * 1.1, 0.64), at(waist * 1.1, 0.64)), look.white, width=0.03)
    elif look.garment in ("coat", "dress"):
        pen.stroke((at(-waist, 0.55), at(waist, 0.55)), pixels=_thin(pen))
    if look.garment in ("coat", "suit", "jacket", "raincoat"):
        pen.stroke((at(0.0, 0.50), at(0.0, torso.hem)), pixels=_thin(pen))


def _raincoat(torso: Torso, middle: float) -> None:
    pen, at = torso.pen, torso.at
    pen.stroke((at(middle, NECK - 0.02), at(middle, torso.hem)), pixels=_thin(pen))
    for y in (0.70, 0.58, 0.46):
        pen.disc(at(middle + 0.026, y), 0.011, pen.ink, inked=False)


def _coat(torso: Torso, middle: float) -> None:
    pen, look, at, _ = torso
    _, waist, _ = torso.widths
    for side in (-1, 1):
        spread = side * torso.open_by
        lapel = (at(middle + spread * 0.035, NECK), at(middle + spread * 0.085, 0.735), at(middle, 0.63))
        pen.shape(lapel, look.cloth_shade, line=_thin(pen))
    pen.stroke((at(middle, 0.63), at(middle, torso.hem)), pixels=_thin(pen))
    pen.stroke((at(-waist, 0.545), at(waist, 0.545)), pixels=pen.line_width + 1)


def _sweater(torso: Torso, _: float) -> None:
    pen, look, at, _pose = torso
    half, waist, _hem = torso.widths
    pen.stroke((at(-half * 0.93, 0.645), at(half * 0.93, 0.645)), look.white, width=0.036)
    band = torso.hem + 0.032
    pen.stroke((at(-waist, band), at(waist, band)), pixels=_thin(pen))


def _jacket(torso: Torso, middle: float) -> None:
    pen, look, at, _ = torso
    shirt = (
        at(middle - 0.04, NECK),
        at(middle + 0.04, NECK),
        at(middle + 0.028, 0.60),
        at(middle + 0.034, torso.hem),
        at(middle - 0.034, torso.hem),
        at(middle - 0.028, 0.60),
    )
    pen.shape(shirt, look.white, line=_thin(pen))


def _shirt(torso: Torso, middle: float) -> None:
    pen, look, at, _ = torso
    for side in (-1, 1):
        spread = side * torso.open_by
        collar = (at(middle, NECK - 0.01), at(middle + spread * 0.06, NECK + 0.008), at(middle + spread * 0.045, 0.745))
        pen.shape(collar, look.cloth, line=_thin(pen))
    pen.stroke((at(middle, NECK - 0.02), at(middle, torso.hem)), pixels=_thin(pen))


def _dress(torso: Torso, middle: float) -> None:
    pen, look, at, _ = torso
    _, waist, _ = torso.widths
    half = 0.052 * torso.open_by
    neck = (at(middle - half, NECK + 0.012), at(middle + half, NECK + 0.012), at(middle, 0.735))
    pen.shape(neck, look.skin, line=_thin(pen))
    pen.stroke((at(-waist, 0.55), at(waist, 0.55)), shaded(look.cloth, 0.55), width=0.026)


def _suit(torso: Torso, middle: float) -> None:
    pen, look, at, _ = torso
    half = 0.056 * torso.open_by
    shirt = (at(middle - half, NECK), at(middle + half, NECK), at(middle, 0.58))
    pen.shape(shirt, look.white, line=_thin(pen))
    tie = (at(middle - 0.012, NECK - 0.01), at(middle + 0.012, NECK - 0.01), at(middle + 0.006, 0.60))
    pen.shape((*tie, at(middle - 0.006, 0.60)), TIE, line=_thin(pen))
    pen.stroke((at(middle, 0.58), at(middle, torso.hem)), pixels=_thin(pen))


_MARKS = {
    "raincoat": _raincoat,
    "coat": _coat,
    "sweater": _sweater,
    "jacket": _jacket,
    "shirt": _shirt,
    "dress": _dress,
    "suit": _suit,
}
