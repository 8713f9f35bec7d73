"""A head: face, hair of a woman or a man, hood up or down."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

from model_runtime.stage.light import mixed, shaded
from model_runtime.stage.pen import Pen, Point

if TYPE_CHECKING:
    from model_runtime.stage.figure import Look

FACE_X, FACE_Y = 0.070, 0.088
SMALL_HEAD = 30.0  # pixels of the drawing; below, a face is two dots


def _arc(centre: Point, radius_x: float, radius_y: float, start: float, end: float, steps: int) -> list[Point]:
    """Points from angle `start` to `end` in half turns: 0 to the right, 0.5 up."""
    angles = [pi * (start + (end - start) * i / steps) for i in range(steps + 1)]
    return [(centre[0] + radius_x * cos(a), centre[1] + radius_y * sin(a)) for a in angles]


def draw_back_hair(pen: Pen, look: Look, head: Point) -> None:
    """What falls behind the neck; drawn before the garment."""
    if look.kind != "woman" or look.hood:
        return
    x, y = head
    x -= 0.0 if look.front else 0.022
    fall = [(x + 0.092, y - 0.10), (x + 0.075, y - 0.165), (x - 0.075, y - 0.165), (x - 0.092, y - 0.10)]
    pen.shape(_arc((x, y + 0.012), 0.094, 0.096, 0.0, 1.0, 8) + fall[::-1], shaded(look.hair))


def draw_head(pen: Pen, look: Look, head: Point, mouth: float) -> None:
    x, y = head
    if look.hood:
        _hood(pen, look, head)
    else:
        pen.box(x - 0.032, y - 0.07, x + 0.032, y - 0.125, shaded(look.skin), inked=look.scarf is None)
    turn = 0.0 if look.front else 0.030
    face_x = x + turn * 0.4
    pen.oval((face_x, y), FACE_X, FACE_Y, look.skin)
    if look.kind == "man":
        _beard(pen, look, (face_x, y))
    _features(pen, look, (face_x + turn, y), mouth)
    if look.hood:
        _fringe_in_hood(pen, look, (face_x, y))
    elif look.kind == "woman":
        _long_hair(pen, look, (face_x, y))
    else:
        _short_hair(pen, look, (face_x, y))


def _hood(pen: Pen, look: Look, head: Point) -> None:
    x, y = head
    back = 0.0 if look.front else 0.02
    outer = _arc((x - back, y + 0.006), 0.112, 0.116, -0.12, 1.12, 12)
    outer += [(x - 0.085, y - 0.118), (x + 0.085, y - 0.118)]
    pen.shape(outer, look.cloth)
    inside_x = x + (0.0 if look.front else 0.018)
    pen.oval((inside_x, y - 0.006), 0.084, 0.098, shaded(look.cloth, 0.5))


def _beard(pen: Pen, look: Look, face: Point) -> None:
    x, y = face
    jaw = _arc((x, y), FACE_X, FACE_Y, 1.10, 1.90, 10)
    inner = _arc((x, y - 0.022), FACE_X * 0.74, 0.026, 2.0, 1.0, 6)
    pen.shape(jaw + inner, look.hair, inked=False)
    pen.stroke(jaw)


def _features(pen: Pen, look: Look, middle: Point, mouth: float) -> None:
    x, y = middle
    gap = 0.028 if look.front else 0.024
    small = pen.unit * 0.19 < SMALL_HEAD
    thin = max(1, pen.line_width - 1)
    eye = 0.0095 if not small else 0.0125
    for side in (-1, 1):
        if not small:
            pen.oval((x + side * gap, y + 0.003), 0.0165, 0.0105, look.white, inked=False)
            lid = ((x + side * (gap - 0.016), y + 0.009), (x + side * gap, y + 0.014), (x + side * (gap + 0.018), y + 0.008))
            pen.stroke(lid, pixels=thin)
            brow = ((x + side * (gap - 0.014), y + 0.031), (x + side * (gap + 0.018), y + 0.033))
            pen.stroke(brow, shaded(look.hair, 0.6), pixels=thin)
        pen.disc((x + side * gap + (0 if look.front else 0.004), y + 0.003), eye, pen.ink, inked=False)
    if small:
        if mouth > 0.3:
            pen.disc((x, y - 0.045), 0.009 + 0.012 * mouth, (96, 36, 40), inked=False)
        return
    nose = 0.0 if look.front else 0.008
    pen.stroke(((x + nose, y - 0.002), (x + nose + 0.010, y - 0.022), (x + nose, y - 0.025)), pixels=thin)
    lips = (150, 58, 56) if look.kind == "woman" else (110, 50, 48)
    if mouth > 0.3:
        pen.oval((x, y - 0.045), 0.020, 0.007 + 0.013 * mouth, mixed(lips, pen.ink, 0.45), inked=False)
    else:
        pen.stroke(((x - 0.020, y - 0.043), (x, y - 0.046), (x + 0.020, y - 0.043)), mixed(lips, pen.ink, 0.3))


def _long_hair(pen: Pen, look: Look, face: Point) -> None:
    x, y = face
    crown = _arc((x, y + 0.008), 0.086, 0.094, 0.0, 1.0, 10)
    if look.front:
        inner = [(x - 0.058, y - 0.05), (x - 0.056, y + 0.02), (x - 0.03, y + 0.056), (x + 0.03, y + 0.052)]
        inner += [(x + 0.056, y + 0.02), (x + 0.058, y - 0.05)]
        ends = [(x - 0.088, y - 0.10), (x - 0.064, y - 0.115)]
        starts = [(x + 0.064, y - 0.115), (x + 0.088, y - 0.10)]
        pen.shape(crown + ends + inner + starts, look.hair)
        return
    inner = [(x - 0.022, y - 0.03), (x - 0.012, y + 0.03), (x + 0.035, y + 0.058), (x + 0.072, y + 0.03)]
    ends = [(x - 0.098, y - 0.06), (x - 0.096, y - 0.14), (x - 0.03, y - 0.145)]
    pen.shape(crown + ends + inner, look.hair)


def _short_hair(pen: Pen, look: Look, face: Point) -> None:
    x, y = face
    crown = _arc((x, y + 0.012), 0.079, 0.090, -0.02, 1.02, 10)
    if look.front:
        inner = [(x - 0.062, y - 0.004), (x - 0.054, y + 0.046), (x + 0.01, y + 0.060), (x + 0.054, y + 0.044)]
        pen.shape([*crown, *inner, (x + 0.062, y - 0.004)], look.hair)
        return
    inner = [(x - 0.070, y - 0.040), (x - 0.042, y - 0.025), (x - 0.030, y + 0.035), (x + 0.03, y + 0.056)]
    pen.shape([*crown, *inner, (x + 0.074, y + 0.034)], look.hair)


def _fringe_in_hood(pen: Pen, look: Look, face: Point) -> None:
    x, y = face
    crown = _arc((x, y), FACE_X, FACE_Y + 0.004, 0.0, 1.0, 8)
    turned = 0.0 if look.front else 0.020
    if look.kind == "woman":
        locks = [(x - 0.072, y - 0.06), (x - 0.050 + turned, y - 0.05), (x - 0.046 + turned, y + 0.02)]
        locks += [(x - 0.01 + turned, y + 0.054), (x + 0.046 + turned, y + 0.024)]
        if look.front:
            locks += [(x + 0.050, y - 0.05), (x + 0.072, y - 0.06)]
        pen.shape(crown + locks, look.hair)
        return
    locks = [(x - 0.054 + turned, y + 0.040), (x + turned, y + 0.058), (x + 0.054, y + 0.040)]
    pen.shape(crown + locks, look.hair)
