"""Places by the water: pier, ferry deck, beach."""

from __future__ import annotations

from math import cos, pi, sin

from model_runtime.stage.light import Light, mixed, shaded
from model_runtime.stage.pen import Colour, Pen, Point
from model_runtime.stage.sets import backdrops
from model_runtime.stage.sets.backdrops import BOTTOM, LEFT, RIGHT
from model_runtime.stage.sets.plan import WINDOW_LIT, Glow, SetPlan, bulb, no_glows, ring, window

# Pier

PLANK_ROWS = (38.5, 41.0, 44.0, 48.0, 53.0, 59.5, 68.0, 78.0, 91.0, 108.0, 132.0, 164.0, 204.0, BOTTOM)
PIER_LAMPS = ((28.0, 53.2), (103.0, 47.0), (53.5, 41.0))


def _pier_far(pen: Pen, light: Light) -> None:
    backdrops.sky(pen, light)
    backdrops.sea(pen, light)
    _ship(pen, light)


def _ship(pen: Pen, light: Light) -> None:
    hull, house = light.on_surface((34, 60, 96)), light.on_ground((240, 238, 228), 0.3)
    pen.shape(((96, 30), (134, 30), (130, 36), (101, 36)), hull)
    pen.box(102, 25, 128, 30, house)
    pen.box(106, 21, 122, 25, house)
    pen.box(111, 16, 116, 21, light.on_surface((206, 60, 50)))
    pane = WINDOW_LIT if light.time != "day" else light.on_surface((80, 120, 150))
    for x in (104.5, 109.5, 114.5, 119.5, 124.5):
        pen.box(x - 1.3, 26.6, x + 1.3, 28.8, pane, inked=False)
    if light.lamps_lit:
        for x in (105, 113, 121):
            pen.stroke(((x, 38), (x, 45)), (214, 168, 90), width=1.5)


def _pier_half(y: float) -> float:
    return 8.0 + 92.0 * (y - 36.0) / 44.0


def _across(top: float, low: float) -> tuple[Point, Point, Point, Point]:
    """The planks between two heights."""
    a, b = _pier_half(top), _pier_half(low)
    return (72 - a, top), (72 + a, top), (72 + b, low), (72 - b, low)


def _pier_near(pen: Pen, light: Light) -> None:
    plank = light.on_ground((176, 142, 108), 0.7)
    pen.shape(_across(36.5, BOTTOM), plank)
    for top, low in zip(PLANK_ROWS[0::2], PLANK_ROWS[1::2], strict=True):
        pen.shape(_across(top, low), shaded(plank, 0.88), inked=False)
    for y in PLANK_ROWS[:-1]:
        half = _pier_half(y)
        pen.stroke(((72 - half, y), (72 + half, y)), shaded(plank, 0.6))
    backdrops.puddles(pen, light, ((56, 57, 9), (92, 66, 12), (66, 75, 10)))
    for side in (-1, 1):
        _rail(pen, light, side)
    for x, y in PIER_LAMPS:
        high = 1.75 * (y - 32.0)
        pen.limb(((x, y), (x, y - high)), light.on_surface((64, 66, 78)), 0.05 * (y - 26))
        pen.oval((x, y - high), 0.16 * (y - 22), 0.10 * (y - 22), bulb(light))


def _rail(pen: Pen, light: Light, side: int) -> None:
    post = light.on_surface((92, 76, 70))
    rope = ((72 + side * _pier_half(36.5), 34.5), (72 + side * _pier_half(140), 92.0))
    pen.stroke(rope, light.on_ground((220, 204, 168), 0.5), pixels=pen.line_width + 1)
    for y in (38.0, 41.5, 48.0, 58.0, 74.0, 98.0):
        x, high, width = 72 + side * _pier_half(y), 0.50 * (y - 32.0), 0.05 * (y - 29)
        pen.limb(((x, y), (x, y - high)), post, width)
        backdrops.snow_cap(pen, light, (x - width, y - high), (x + width, y - high))


def _pier_glows(light: Light) -> list[Glow]:
    if not light.lamps_lit:
        return []
    return [
        Glow((x, y - 1.75 * (y - 32)), 0.5 * (y - 24), (x - 0.55 * (y - 24), x + 0.55 * (y - 24), y + 1))
        for x, y in PIER_LAMPS
    ]


# Ferry deck


def _deck_far(pen: Pen, light: Light) -> None:
    backdrops.sky(pen, light)
    coast = mixed(light.on_ground((86, 118, 116), 0.5), light.sky[3], 0.35)
    ridge = ((-90, 34), (-60, 30), (-30, 32), (20, 34), (50, 34), (62, 30), (74, 31), (88, 27), (104, 31), (124, 34))
    pen.shape((*ridge, (176, 34), (204, 29), (240, 34), (300, 34), (340, 28), (380, 34)), coast)
    backdrops.sea(pen, light)


def _deck_near(pen: Pen, light: Light) -> None:
    white, deck = light.on_surface((240, 240, 234)), light.on_ground((188, 120, 74), 0.6)
    pen.box(LEFT, 57, RIGHT, BOTTOM, deck)
    backdrops.floor_lines(pen, shaded(deck, 0.76), 57, 11, 19)
    backdrops.puddles(pen, light, ((60, 64, 8), (100, 71, 11)))
    pen.box(LEFT, 55, RIGHT, 58, shaded(white, 0.82))
    for x in range(-250, 394, 16):
        pen.limb(((x, 40), (x, 56)), white, 1.2)
    for y, width in ((49.5, 0.9), (45.0, 0.9), (40.0, 2.0)):
        pen.limb(((LEFT, y), (RIGHT, y)), white, width)
    backdrops.snow_cap(pen, light, (LEFT, 39.2), (RIGHT, 39.2), 1.2)
    _funnel_and_cabin(pen, light, white)
    _lifebuoy(pen, light, (113, 48))


def _funnel_and_cabin(pen: Pen, light: Light, white: Colour) -> None:
    red = light.on_surface((204, 52, 46))
    pen.shape(((4, -18), (24, -18), (30, 26), (0, 26)), red)
    pen.shape(((16, -18), (24, -18), (30, 26), (19, 26)), shaded(red), inked=False)
    pen.box(3.5, 4, 26.5, 10, light.on_surface((240, 240, 234)))
    pen.box(2.5, -24, 25.5, -17, light.on_surface((50, 50, 60)))
    pen.box(LEFT, 26, 22, 66, white)
    pen.box(LEFT, 26, 34, 30, shaded(white, 0.86))
    backdrops.snow_cap(pen, light, (LEFT, 26), (34, 26), 2.2)
    for x in range(-250, 22, 20):
        pen.disc((x, 40), 4.2, window(light, (96, 146, 178)))
    pen.box(17, 30, 22, 66, shaded(white, 0.80), inked=False)
    pen.stroke(((LEFT, 60), (17, 60)), light.on_surface((204, 52, 46)), width=1.6)


def _lifebuoy(pen: Pen, light: Light, centre: Point) -> None:
    x, y = centre
    red, white = light.on_surface((236, 84, 36)), light.on_surface((246, 244, 236))
    pen.disc(centre, 7.4, red)
    for turn in (0.25, 0.75, 1.25, 1.75):
        a, b = turn - 0.11, turn + 0.11
        quarter = [(x + 7.0 * cos(pi * t), y - 7.0 * sin(pi * t)) for t in (a, b)]
        quarter += [(x + 3.2 * cos(pi * t), y - 3.2 * sin(pi * t)) for t in (b, a)]
        pen.shape(quarter, white, inked=False)
    pen.disc(centre, 3.4, mixed(light.on_surface((52, 128, 168)), light.sky[3], 0.1))


def _deck_glows(light: Light) -> list[Glow]:
    return [Glow((x, 40), 8.0) for x in (-10, 10)] if light.lamps_lit else []


# Beach


def _beach_far(pen: Pen, light: Light) -> None:
    backdrops.sky(pen, light)
    headland = mixed(light.on_ground((96, 140, 104), 0.6), light.sky[3], 0.25)
    pen.shape(((RIGHT, 34), (RIGHT, -4), (300, 2), (236, 10), (206, 21), (176, 27), (158, 34)), headland)
    backdrops.sea(pen, light)
    sail, hull = light.on_surface((246, 244, 236)), light.on_surface((170, 60, 50))
    pen.shape(((24, 32), (24, 17), (34, 32)), sail)
    pen.shape(((16, 32.5), (37, 32.5), (33, 36), (20, 36)), hull)


def _beach_near(pen: Pen, light: Light) -> None:
    sand, foam = light.on_ground((246, 212, 140), 0.55), light.on_surface((244, 248, 246))
    shore = [(LEFT + 12.0 * i, 49 + (1.6 if i % 2 else -1.0)) for i in range(55)]
    for down, colour in ((0.0, foam), (2.2, shaded(sand, 0.86)), (7.5, sand)):
        edge = [(x, y + down) for x, y in shore]
        pen.shape([*edge, (RIGHT, BOTTOM), (LEFT, BOTTOM)], colour, inked=False)
    for x, y, wide in ((-4, 66, 34), (-112, 74, 46), (206, 70, 44)):
        pen.oval((x, y), wide, wide * 0.42, shaded(sand, 0.93), inked=False)
    backdrops.snow_patches(pen, light, ((60, 66, 16), (120, 73, 20), (30, 76, 15)))
    grass = light.on_ground((110, 150, 74), 0.4)
    for x, y in ((-20, 57), (3, 55), (19, 61), (-104, 62), (-70, 58), (196, 58), (232, 62)):
        fern(pen, (x, y), grass)
    for x, y in ((34, 70), (62, 63), (88, 76), (134, 74), (112, 66), (50, 88), (104, 96), (-40, 80), (176, 84)):
        pen.stroke(((x, y), (x + 7, y - 0.6)), shaded(sand, 0.78))
    _parasol(pen, light, (116, 62))


def fern(pen: Pen, foot: Point, colour: Colour) -> None:
    x, y = foot
    tips = ((-8, -4), (-5.5, -8.5), (0, -10.5), (5.5, -8.5), (8, -4))
    outline: list[Point] = [(x - 2, y)]
    for i, (dx, dy) in enumerate(tips):
        outline.append((x + dx, y + dy))
        outline.append((x - 1.6 + 0.9 * i, y - 3.0))
    pen.shape([*outline, (x + 2, y)], colour)


def _parasol(pen: Pen, light: Light, foot: Point) -> None:
    x, y = foot
    red, white = light.on_surface((222, 60, 52)), light.on_surface((248, 244, 232))
    towel = ((x - 4, y + 6), (x + 8, y + 1), (x + 26, y + 4), (x + 15, y + 10))
    pen.shape(towel, light.on_surface((70, 150, 190)))
    pen.limb(((x, y), (x, 24)), light.on_surface((226, 214, 190)), 1.4)
    dome = ring((x, 36), 21, 16, 0.0, 1.0)
    pen.shape(dome, red)
    for a, b in ((1, 3), (5, 7)):
        rim_a, rim_b = x + 21 * cos(pi * a / 8), x + 21 * cos(pi * b / 8)
        pen.shape([(rim_a, 36), *dome[a : b + 1], (rim_b, 36)], white)
    if light.snowing:
        pen.shape(ring((x, 24.5), 14, 6, 0.0, 1.0), light.on_ground((240, 245, 252)), inked=False)


COAST = {
    "pier": SetPlan(_pier_far, _pier_near, _pier_glows, "bench", (150, 110, 74)),
    "ferry deck": SetPlan(_deck_far, _deck_near, _deck_glows, "bench", (236, 236, 228)),
    "beach": SetPlan(_beach_far, _beach_near, no_glows, "chair", (70, 150, 190)),
}
