"""What lies behind the places outdoors: sky, sun and moon, clouds, sea; and what rain and snow leave on the ground."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from model_runtime.stage.light import SNOW, Light, mixed, shaded
from model_runtime.stage.pen import Colour, Pen, Point

HORIZON = 34.0  # design units from the top of a wide shot's frame
# How far sets are drawn: extreme wide shots in the broadest and the tallest frames see so much, moves included.
LEFT, RIGHT, TOP, BOTTOM = -250.0, 394.0, -220.0, 250.0
SUN_X, LOW_SUN_X, MOON_X = 44.0, 98.0, 112.0


def sky(pen: Pen, light: Light, bottom: float = HORIZON) -> None:
    step = (bottom + 30) / 4 * 0.62
    edges = (TOP, bottom - 2.35 * step, bottom - 1.45 * step, bottom - 0.6 * step, bottom + 0.5)
    for top, low, colour in zip(edges, edges[1:], light.sky, strict=False):
        pen.box(LEFT, top, RIGHT, low, colour, inked=False)
    # under the ground as well: cameras that part the planes must not look through
    pen.box(LEFT, bottom, RIGHT, BOTTOM, light.sky[3], inked=False)
    if light.raining:
        _clouds(pen, mixed(light.sky[0], (20, 22, 34), 0.30))
    elif light.snowing:
        _clouds(pen, mixed(light.sky[0], SNOW, 0.28 if light.time == "day" else 0.14))
    elif light.clear:
        _clear_sky(pen, light, bottom)


def _clear_sky(pen: Pen, light: Light, bottom: float) -> None:
    if light.time == "night":
        _moon_and_stars(pen, light)
    elif light.time == "day":
        for x, y in (
            (24, 9),
            (98, 6),
            (-66, 2),
            (186, 10),
            (60, -34),
            (142, -26),
            (-20, -58),
            (222, -48),
            (-150, 6),
            (-120, -40),
            (300, -6),
            (352, 8),
        ):
            _cloud(pen, x, y, (250, 252, 252))
    else:
        _low_sun(pen, light, bottom)


def _cloud(pen: Pen, x: float, y: float, colour: Colour, size: float = 1.0) -> None:
    for dx, dy, radius in ((-7, 1, 3.2), (0, -1, 4.6), (7, 1, 3.4)):
        pen.oval((x + dx * size, y + dy * size), radius * 1.5 * size, radius * size, colour, inked=False)


def _clouds(pen: Pen, colour: Colour) -> None:
    """A ceiling of cloud whose lower edge hangs into the wide shot's frame."""
    pen.box(LEFT, TOP, RIGHT, -2.0, colour, inked=False)
    for i in range(26):
        pen.oval((LEFT + 26.0 * i, -1.0 + 2.5 * (i % 2)), 17, 7.5, colour, inked=False)


def _moon_and_stars(pen: Pen, light: Light) -> None:
    near = ((10, 8), (34, 15), (54, 5), (70, 13), (88, 7), (134, 14), (142, 4), (-12, 12), (158, 9))
    far = [(LEFT + 37.0 * i, -14.0 - 23.0 * (i * 7 % 5)) for i in range(18)]
    sides = ((-52, 6), (-88, 14), (-118, 3), (196, 13), (232, 5), (262, 15), (-176, 9), (-220, 2), (318, 7), (360, 12))
    for x, y in (*near, *far, *sides):
        pen.disc((x, y), 0.7, (216, 222, 236), inked=False)
    pen.disc((MOON_X, 10), 5.2, (240, 236, 206), inked=False)
    pen.disc((MOON_X + 2.4, 9), 4.4, light.sky[0], inked=False)


def _low_sun(pen: Pen, light: Light, bottom: float) -> None:
    if light.time == "dawn":
        pen.disc((SUN_X, bottom), 8.5, (255, 246, 206), inked=False)
        for x, y in ((91, bottom - 13), (91, bottom - 20), (-40, bottom - 17), (200, bottom - 16)):
            pen.stroke(((x - 21, y), (x + 21, y)), (255, 238, 216), width=2.0)
        return
    pen.disc((LOW_SUN_X, bottom - 3), 10.5, (255, 206, 92), inked=False)
    for x, y in ((56, bottom - 12), (108, bottom - 19), (-52, bottom - 16), (210, bottom - 14)):
        pen.stroke(((x - 20, y), (x + 20, y)), (110, 52, 112), width=2.5)


def sea(pen: Pen, light: Light, bottom: float = BOTTOM) -> None:
    water = mixed(light.on_surface((52, 128, 168)), light.sky[3], 0.16)
    pen.box(LEFT, HORIZON, RIGHT, bottom, water, inked=False)
    for depth, tone in ((6, 0.86), (16, 0.72), (50, 0.62)):
        pen.box(LEFT, HORIZON + depth, RIGHT, bottom, shaded(water, tone), inked=False)
    pen.stroke(((LEFT, HORIZON), (RIGHT, HORIZON)), mixed(pen.ink, light.sky[3], 0.3))
    glint = mixed(water, light.sky[3], 0.5)
    glints = ((8, 37, 9), (38, 41, 12), (96, 38, 10), (126, 43, 13), (-14, 44, 10), (150, 40, 9))
    aside = ((-60, 40, 14), (-96, 47, 16), (190, 42, 14), (228, 38, 12), (206, 52, 18), (-40, 58, 20), (-110, 70, 24))
    for x, y, length in (*glints, *aside):
        pen.stroke(((x, y), (x + length, y)), glint)
    if not light.clear or light.time == "day":
        return
    shine_x = {"night": MOON_X, "dawn": SUN_X, "dusk": LOW_SUN_X}[light.time]
    shine = (150, 164, 190) if light.time == "night" else (255, 224, 150)
    for i, half in enumerate((7, 5, 6, 4)):
        pen.stroke(((shine_x - half, 36 + 3.2 * i), (shine_x + half, 36 + 3.2 * i)), shine, width=1.2)


def floor_lines(pen: Pen, colour: Colour, top: float, far: float, near: float) -> None:
    """Boards or seams that run toward us, `far` units apart at the row `top` and `near` apart at the row 80."""
    lowest = near + (near - far) * (BOTTOM - 80) / (80 - top)
    count = ceil((RIGHT - LEFT) / 2 / far)
    for x in range(-count, count + 1):
        pen.stroke(((72 + far * x, top), (72 + lowest * x, BOTTOM)), colour)


def puddles(pen: Pen, light: Light, spots: Sequence[tuple[float, float, float]]) -> None:
    """Flat mirrors of the sky on wet ground, each (x, y, half its width); dry days have none."""
    if not light.raining:
        return
    water = mixed(light.on_surface((150, 166, 184)), light.sky[2], 0.5)
    for x, y, half in spots:
        pen.oval((x, y), half, half * 0.22, water, inked=False)
        pen.oval((x + half * 0.2, y), half * 0.45, half * 0.09, mixed(water, (255, 255, 255), 0.35), inked=False)


def snow_cap(pen: Pen, light: Light, left: Point, right: Point, deep: float = 1.6) -> None:
    """Snow that lies on an edge from `left` to `right`."""
    if light.snowing:
        (x, y), (x2, y2) = left, right
        top = ((x, y), (x + (x2 - x) * 0.15, y - deep), (x + (x2 - x) * 0.85, y2 - deep), (x2, y2))
        pen.shape(top, light.on_ground((240, 245, 252)), inked=False)


def snow_patches(pen: Pen, light: Light, spots: Sequence[tuple[float, float, float]]) -> None:
    """Drifts a tone lighter or darker than the covered ground, so that it is not one flat white."""
    if light.snowing:
        for x, y, half in spots:
            pen.oval((x, y), half, half * 0.2, light.on_surface((222, 231, 244)), inked=False)
