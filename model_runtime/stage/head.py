"""A head: face, hair of a woman or a man, hood up or down."""

from __future__ import annotations

from math import cos, pi, sin

from model_runtime.stage.light import mixed, shaded
from model_runtime.stage.look import Look
from model_runtime.stage.pen import Pen, Point

FACE_X, FACE_Y = 0.070, 0.088
# Heads of fewer pixels of the drawing get two dots for a face; of fewer than LARGE_HEAD, no whites of the eyes.
SMALL_HEAD, LARGE_HEAD = 32.0, 58.0


def _arc(
    centre: Point, radius_x: float, radius_y: float, start: float, end: float, steps: int
) -> list[Point]:
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
    eared = look.kind == "man" and not look.hood
    if eared and look.front:
        _ears(pen, look, (face_x, y))
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
    if eared and not look.front:
        _ears(pen, look, (face_x, y))


def _hood(pen: Pen, look: Look, head: Point) -> None:
    x, y = head
    back = 0.0 if look.front else 0.02
    outer = _arc((x - back, y + 0.008), 0.118, 0.122, -0.12, 1.12, 12)
    outer += [(x - 0.085, y - 0.118), (x + 0.085, y - 0.118)]
    pen.shape(outer, look.cloth)
    inside_x = x + (0.0 if look.front else 0.018)
    pen.oval((inside_x, y - 0.006), 0.079, 0.094, shaded(look.cloth, 0.6))


def _beard(pen: Pen, look: Look, face: Point) -> None:
    x, y = face
    jaw = _arc((x, y), FACE_X, FACE_Y, 1.07, 1.93, 10)
    inner = _arc((x, y - 0.022), FACE_X * 0.74, 0.026, 2.0, 1.0, 6)
    pen.shape(jaw + inner, look.hair, inked=False)
    pen.stroke(jaw)


def _features(pen: Pen, look: Look, middle: Point, mouth: float) -> None:
    high = pen.unit * 2 * FACE_Y
    if high < SMALL_HEAD:
        _small_face(pen, look, middle, mouth)
        return
    _eyes(pen, look, middle, large=high >= LARGE_HEAD)
    x, y = middle
    thin = max(1, pen.line_width - 1)
    nose = 0.0 if look.front else 0.008
    bridge = ((x + nose + 0.002, y - 0.004), (x + nose + 0.010, y - 0.022), (x + nose, y - 0.025))
    pen.stroke(bridge, shaded(look.skin, 0.5), pixels=thin)
    lips = (150, 58, 56) if look.kind == "woman" else (110, 50, 48)
    if mouth > 0.3:
        pen.oval((x, y - 0.047), 0.020, 0.006 + 0.014 * mouth, mixed(lips, pen.ink, 0.45), inked=False)
    else:
        line = ((x - 0.020, y - 0.043), (x, y - 0.046), (x + 0.020, y - 0.043))
        pen.stroke(line, mixed(lips, pen.ink, 0.3), pixels=thin)


def _small_face(pen: Pen, look: Look, middle: Point, mouth: float) -> None:
    x, y = middle
    gap = 0.028 if look.front else 0.024
    for side in (-1, 1):
        pen.disc((x + side * gap, y), 0.0115, pen.ink, inked=False)
    if mouth > 0.3:
        pen.disc((x, y - 0.045), 0.009 + 0.012 * mouth, (96, 36, 40), inked=False)


def _eyes(pen: Pen, look: Look, middle: Point, *, large: bool) -> None:
    x, y = middle
    thin = max(1, pen.line_width - 1)
    gap = 0.029 if look.front else 0.025
    gaze = 0.0 if look.front else 0.004
    for side in (-1, 1):
        eye = x + side * gap
        if large:
            pen.oval((eye, y + 0.003), 0.0165, 0.0115, look.white, inked=False)
            pen.stroke(((eye - 0.015, y + 0.011), (eye, y + 0.0155), (eye + 0.016, y + 0.010)), pixels=thin)
        pen.disc((eye + gaze, y + 0.003), 0.0090 if large else 0.0115, pen.ink, inked=False)
        brow = ((eye - 0.014, y + 0.032), (eye + 0.016, y + 0.034))
        pen.stroke(brow, shaded(look.hair, 0.55), pixels=thin)


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
    if look.front:
        crown = _arc((x, y + 0.010), 0.077, 0.092, 0.08, 0.92, 10)
        inner = [
            (x - 0.056, y + 0.036),
            (x - 0.022, y + 0.062),
            (x + 0.024, y + 0.054),
            (x + 0.056, y + 0.036),
        ]
        pen.shape([*crown, *inner], look.hair)
        return
    crown = _arc((x, y + 0.010), 0.078, 0.092, 0.14, 1.04, 10)
    inner = [(x - 0.064, y - 0.052), (x - 0.050, y - 0.020), (x - 0.032, y + 0.034), (x + 0.03, y + 0.058)]
    pen.shape([*crown, *inner], look.hair)


def _ears(pen: Pen, look: Look, face: Point) -> None:
    """Of a head with short hair: both from the front, from the side the near one, drawn over the hair."""
    x, y = face
    if look.front:
        for side in (-1, 1):
            pen.oval((x + side * 0.073, y - 0.004), 0.015, 0.022, look.skin)
    else:
        pen.oval((x - 0.036, y - 0.006), 0.014, 0.020, shaded(look.skin, 0.86), inked=False)


def _fringe_in_hood(pen: Pen, look: Look, face: Point) -> None:
    x, y = face
    crown = _arc((x, y), FACE_X, FACE_Y + 0.004, 0.0, 1.0, 8)
    turned = 0.0 if look.front else 0.020
    if look.kind == "woman":
        locks = [(x - 0.072, y - 0.055), (x - 0.056 + turned, y - 0.040), (x - 0.054 + turned, y + 0.025)]
        locks += [(x - 0.014 + turned, y + 0.062), (x + 0.054 + turned * 0.6, y + 0.030)]
        if look.front:
            locks += [(x + 0.056, y - 0.040), (x + 0.072, y - 0.055)]
        pen.shape(crown + locks, look.hair)
        return
    locks = [(x - 0.056 + turned, y + 0.046), (x + turned, y + 0.064), (x + 0.056, y + 0.046)]
    pen.shape(crown + locks, look.hair)
