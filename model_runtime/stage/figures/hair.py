"""Hair: long, short, curly or tied, from the front, the side and behind."""

from __future__ import annotations

from model_runtime.stage.figures.curves import arc, curls
from model_runtime.stage.figures.look import Look
from model_runtime.stage.light import shaded
from model_runtime.stage.pen import Pen, Point

FACE_X, FACE_Y = 0.070, 0.088


def draw_back_hair(pen: Pen, look: Look, head: Point) -> None:
    """What falls behind the neck of who does not look away; drawn before the garment."""
    if look.hood:
        return
    x, y = head
    side = look.turn == "side"
    dark = shaded(look.hair, 0.84)
    if look.style == "long":
        x -= 0.022 if side else 0.0
        low = y - (0.145 if look.child else 0.180)
        fall = [(x + 0.096, y - 0.10), (x + 0.084, low), (x - 0.084, low), (x - 0.096, y - 0.10)]
        pen.shape(arc((x, y + 0.012), 0.096, 0.096, 0.0, 1.0, 8) + fall[::-1], dark)
    elif look.style == "curly":
        x -= 0.020 if side else 0.0
        pen.shape(curls((x, y + 0.012), 0.116, 0.116, -0.30, 1.30, 9), dark)
    elif look.style == "tied":
        _tail(pen, look, head)


def _tail(pen: Pen, look: Look, head: Point) -> None:
    x, y = head
    if look.turn == "side":
        tail = [(x - 0.05, y + 0.070), (x - 0.105, y + 0.075), (x - 0.160, y + 0.03), (x - 0.172, y - 0.06)]
        tail += [(x - 0.150, y - 0.145), (x - 0.118, y - 0.06), (x - 0.105, y + 0.005), (x - 0.07, y + 0.02)]
        pen.shape(tail, look.hair)
        return
    if not look.hat:
        pen.oval((x, y + 0.112), 0.044, 0.040, look.hair)
    tail = [(x + 0.05, y + 0.02), (x + 0.100, y - 0.02), (x + 0.128, y - 0.10), (x + 0.116, y - 0.175)]
    pen.shape([*tail, (x + 0.088, y - 0.11), (x + 0.05, y - 0.06)], look.hair)


def draw_hair(pen: Pen, look: Look, face: Point) -> None:
    """What frames the face, or from behind all of the head."""
    if look.turn == "back":
        _BEHIND[look.style](pen, look, face)
    elif look.style == "long":
        _long(pen, look, face)
    elif look.style == "curly":
        _curly(pen, look, face)
    else:
        _short(pen, look, face)


def _long(pen: Pen, look: Look, face: Point) -> None:
    x, y = face
    crown = arc((x, y + 0.008), 0.086, 0.094, 0.0, 1.0, 10)
    if look.front:
        inner = [(x - 0.058, y - 0.05), (x - 0.056, y + 0.02), (x - 0.03, y + 0.056), (x + 0.03, y + 0.052)]
        inner += [(x + 0.056, y + 0.02), (x + 0.058, y - 0.05)]
        ends = [(x - 0.090, y - 0.13), (x - 0.064, y - 0.145)]
        starts = [(x + 0.064, y - 0.145), (x + 0.090, y - 0.13)]
        pen.shape(crown + ends + inner + starts, look.hair)
        return
    inner = [(x - 0.022, y - 0.03), (x - 0.012, y + 0.03), (x + 0.035, y + 0.058), (x + 0.072, y + 0.03)]
    ends = [(x - 0.100, y - 0.06), (x - 0.102, y - 0.165), (x - 0.03, y - 0.170)]
    pen.shape(crown + ends + inner, look.hair)


def _curly(pen: Pen, look: Look, face: Point) -> None:
    x, y = face
    if look.front:
        crown = curls((x, y + 0.022), 0.094, 0.092, 0.0, 1.0, 6)
        inner = [(x - 0.066, y - 0.01), (x - 0.050, y + 0.036), (x - 0.018, y + 0.050), (x + 0.020, y + 0.052)]
        pen.shape([*crown, *inner, (x + 0.050, y + 0.036), (x + 0.066, y - 0.01)], look.hair)
        return
    crown = curls((x - 0.012, y + 0.022), 0.098, 0.092, 0.02, 1.2, 7)
    pen.shape([*crown, (x - 0.030, y - 0.03), (x - 0.018, y + 0.03), (x + 0.035, y + 0.052)], look.hair)


def _short(pen: Pen, look: Look, face: Point) -> None:
    x, y = face
    if look.front:
        crown = arc((x, y + 0.010), 0.077, 0.092, 0.08, 0.92, 10)
        inner = [(x - 0.056, y + 0.036), (x - 0.022, y + 0.062), (x + 0.024, y + 0.054), (x + 0.056, y + 0.036)]
        pen.shape([*crown, *inner], look.hair)
        return
    crown = arc((x, y + 0.010), 0.078, 0.092, 0.14, 1.04, 10)
    inner = [(x - 0.064, y - 0.052), (x - 0.050, y - 0.020), (x - 0.032, y + 0.034), (x + 0.03, y + 0.058)]
    pen.shape([*crown, *inner], look.hair)


def _short_behind(pen: Pen, look: Look, face: Point) -> None:
    x, y = face
    crown = arc((x, y + 0.008), 0.080, 0.094, -0.06, 1.06, 12)
    pen.shape([*crown, (x - 0.056, y - 0.070), (x, y - 0.080), (x + 0.056, y - 0.070)], look.hair)


def _long_behind(pen: Pen, look: Look, face: Point) -> None:
    x, y = face
    # the large head of a child must not hide what it wears
    low = y - (0.135 if look.child else 0.170)
    crown = arc((x, y + 0.008), 0.092, 0.096, 0.0, 1.0, 10)
    ends = [(x - 0.096, low + 0.02), (x - 0.03, low), (x + 0.03, low), (x + 0.096, low + 0.02)]
    pen.shape(crown + ends, look.hair)
    dark = shaded(look.hair, 0.7)
    pen.stroke(((x - 0.012, y + 0.03), (x - 0.016, low + 0.03)), dark, pixels=max(1, pen.line_width - 1))


def _curly_behind(pen: Pen, look: Look, face: Point) -> None:
    x, y = face
    pen.shape(curls((x, y + 0.010), 0.112, 0.112, -0.5, 1.5, 11), look.hair)


def _tied_behind(pen: Pen, look: Look, face: Point) -> None:
    x, y = face
    _short_behind(pen, look, face)
    low = y - (0.165 if look.child else 0.225)
    tail = [(x - 0.022, y + 0.060), (x + 0.022, y + 0.060), (x + 0.062, y - 0.02), (x + 0.054, y - 0.11)]
    tail += [(x + 0.010, low), (x - 0.046, y - 0.10), (x - 0.060, y - 0.02)]
    pen.shape(tail, shaded(look.hair, 0.82))


_BEHIND = {"short": _short_behind, "long": _long_behind, "curly": _curly_behind, "tied": _tied_behind}


def draw_fringe_in_hood(pen: Pen, look: Look, face: Point) -> None:
    x, y = face
    crown = arc((x, y), FACE_X, FACE_Y + 0.004, 0.0, 1.0, 8)
    turned = 0.0 if look.front else 0.020
    if look.style in ("long", "curly"):
        locks = [(x - 0.072, y - 0.055), (x - 0.056 + turned, y - 0.040), (x - 0.054 + turned, y + 0.025)]
        locks += [(x - 0.014 + turned, y + 0.062), (x + 0.054 + turned * 0.6, y + 0.030)]
        if look.front:
            locks += [(x + 0.056, y - 0.040), (x + 0.072, y - 0.055)]
        pen.shape(crown + locks, look.hair)
        return
    locks = [(x - 0.056 + turned, y + 0.046), (x + turned, y + 0.064), (x + 0.056, y + 0.046)]
    pen.shape(crown + locks, look.hair)


def draw_beard(pen: Pen, look: Look, face: Point) -> None:
    x, y = face
    jaw = arc((x, y), FACE_X, FACE_Y, 1.07, 1.93, 10)
    inner = arc((x, y - 0.022), FACE_X * 0.74, 0.026, 2.0, 1.0, 6)
    pen.shape(jaw + inner, look.hair, inked=False)
    pen.stroke(jaw)
