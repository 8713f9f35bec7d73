"""What lies behind the places outdoors: sky, sun and moon, clouds, sea."""

from __future__ import annotations

from model_runtime.stage.light import Light, mixed, shaded
from model_runtime.stage.pen import Colour, Pen

HORIZON = 34.0  # design units from the top of a wide shot's frame
LEFT, RIGHT, BOTTOM = -30.0, 174.0, 92.0  # how far sets are drawn


def sky(pen: Pen, light: Light, bottom: float = HORIZON) -> None:
    step = (bottom + 30) / 4
    edges = [
        -30.0,
        bottom - 2.35 * step * 0.62,
        bottom - 1.45 * step * 0.62,
        bottom - 0.6 * step * 0.62,
        bottom + 0.5,
    ]
    for top, low, colour in zip(edges, edges[1:], light.sky, strict=False):
        pen.box(LEFT, top, RIGHT, low, colour, inked=False)
    if light.raining:
        _rain_clouds(pen, light)
    elif light.time == "night":
        _moon_and_stars(pen)
    elif light.time == "day":
        for x, y in ((24, 9), (98, 6)):
            _cloud(pen, x, y, (250, 252, 252))
    else:
        _low_sun(pen, light, bottom)


def _cloud(pen: Pen, x: float, y: float, colour: Colour, size: float = 1.0) -> None:
    for dx, dy, radius in ((-7, 1, 3.2), (0, -1, 4.6), (7, 1, 3.4)):
        pen.oval((x + dx * size, y + dy * size), radius * 1.5 * size, radius * size, colour, inked=False)


def _rain_clouds(pen: Pen, light: Light) -> None:
    colour = mixed(light.sky[0], (20, 22, 34), 0.30)
    for i in range(9):
        pen.oval((LEFT + 26.0 * i, -1.0 + 2.5 * (i % 2)), 17, 7.5, colour, inked=False)


def _moon_and_stars(pen: Pen) -> None:
    for x, y in ((10, 8), (34, 15), (54, 5), (70, 13), (88, 7), (134, 14), (142, 4), (-12, 12), (158, 9)):
        pen.disc((x, y), 0.7, (216, 222, 236), inked=False)
    pen.disc((112, 10), 5.2, (240, 236, 206), inked=False)
    pen.disc((114.4, 9), 4.4, (16, 24, 52), inked=False)


def _low_sun(pen: Pen, light: Light, bottom: float) -> None:
    if light.time == "dawn":
        pen.disc((44, bottom), 8.5, (255, 246, 206), inked=False)
        for y in (bottom - 13, bottom - 20):
            pen.stroke(((70, y), (112, y)), (255, 238, 216), pixels=4)
        return
    pen.disc((98, bottom - 3), 10.5, (255, 206, 92), inked=False)
    for x, y in ((60, bottom - 12), (112, bottom - 19)):
        pen.stroke(((x - 24, y), (x + 16, y)), (110, 52, 112), pixels=5)


def sea(pen: Pen, light: Light, bottom: float = BOTTOM) -> None:
    water = mixed(light.on_surface((52, 128, 168)), light.sky[3], 0.16)
    pen.box(LEFT, HORIZON, RIGHT, bottom, water, inked=False)
    pen.box(LEFT, HORIZON + 6, RIGHT, bottom, shaded(water, 0.86), inked=False)
    pen.box(LEFT, HORIZON + 16, RIGHT, bottom, shaded(water, 0.72), inked=False)
    pen.stroke(((LEFT, HORIZON), (RIGHT, HORIZON)))
    glint = mixed(water, light.sky[3], 0.5)
    for x, y, length in ((8, 37, 9), (38, 41, 12), (96, 38, 10), (126, 43, 13), (-14, 44, 10), (150, 40, 9)):
        pen.stroke(((x, y), (x + length, y)), glint)
    if light.time == "night" and not light.raining:
        for i, half in enumerate((4, 6, 3, 5)):
            pen.stroke(((112 - half, 36 + 3.2 * i), (112 + half, 36 + 3.2 * i)), (150, 164, 190), pixels=2)
    if light.time in ("dawn", "dusk") and not light.raining:
        x = 44 if light.time == "dawn" else 98
        for i, half in enumerate((7, 5, 6, 4)):
            pen.stroke(((x - half, 36 + 3.2 * i), (x + half, 36 + 3.2 * i)), (255, 224, 150), pixels=3)
