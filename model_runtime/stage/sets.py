"""The places scenes play in, each drawn as two planes: what is far, and the ground people stand on.

Design units: 144 x 80 for the frame of a wide shot, the horizon at y = 34. A set is drawn from x = -30 to 174,
so that pans and small shifts find no edge. The near plane is transparent where the far one shows through.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from model_runtime.stage import backdrops
from model_runtime.stage.backdrops import BOTTOM, LEFT, RIGHT
from model_runtime.stage.light import Light, mixed, shaded
from model_runtime.stage.pen import Colour, Pen, Point

LAMP: Colour = (255, 226, 140)
WINDOW_LIT: Colour = (255, 208, 104)


@dataclass(frozen=True)
class SetPlan:
    far: Callable[[Pen, Light], None]
    near: Callable[[Pen, Light], None]
    glows: Callable[[Light], Sequence[Glow]]
    seat: Colour
    indoors: bool = False


@dataclass(frozen=True)
class Glow:
    """Light added to what is drawn: a cone when `foot` is given, and a halo of two rings at the lamp."""

    lamp: Point
    radius: float
    foot: tuple[float, float, float] | None = None  # left, right, y


def _ring(centre: Point, radius_x: float, radius_y: float, start: float, end: float) -> list[Point]:
    steps = 8
    angles = [pi * (start + (end - start) * i / steps) for i in range(steps + 1)]
    return [(centre[0] + radius_x * cos(a), centre[1] - radius_y * sin(a)) for a in angles]


# Pier


def _pier_far(pen: Pen, light: Light) -> None:
    backdrops.sky(pen, light)
    backdrops.sea(pen, light)
    hull, house = light.on_surface((34, 60, 96)), light.on_surface((240, 238, 228))
    pen.shape(((96, 30), (134, 30), (130, 36), (101, 36)), hull)
    pen.box(102, 25, 128, 30, house)
    pen.box(106, 21, 122, 25, house)
    pen.box(111, 16, 116, 21, light.on_surface((206, 60, 50)))
    window = WINDOW_LIT if light.time != "day" else light.on_surface((80, 120, 150))
    for x in (104.5, 109.5, 114.5, 119.5, 124.5):
        pen.box(x - 1.3, 26.6, x + 1.3, 28.8, window, inked=False)
    if light.lamps_lit:
        for x in (105, 113, 121):
            pen.stroke(((x, 38), (x, 45)), (214, 168, 90), pixels=3)


def _pier_half(y: float) -> float:
    return 8.0 + 92.0 * (y - 36.0) / 44.0


def _pier_near(pen: Pen, light: Light) -> None:
    plank = light.on_surface((176, 142, 108))
    top, low = 36.5, BOTTOM
    a, b = _pier_half(top), _pier_half(low)
    pen.shape(((72 - a, top), (72 + a, top), (72 + b, low), (72 - b, low)), plank)
    for y, y2 in ((38.5, 41), (44, 48), (53, 59.5), (68, 78)):
        a, b = _pier_half(y), _pier_half(y2)
        pen.shape(((72 - a, y), (72 + a, y), (72 + b, y2), (72 - b, y2)), shaded(plank, 0.88), inked=False)
    line = shaded(plank, 0.55)
    for y in (38.5, 41, 44, 48, 53, 59.5, 68, 78):
        half = _pier_half(y)
        pen.stroke(((72 - half, y), (72 + half, y)), line)
    post = light.on_surface((92, 76, 70))
    for side in (-1, 1):
        far_end, near_end = _pier_half(36.5), _pier_half(86)
        rope = ((72 + side * far_end, 34.5), (72 + side * near_end, 60.0))
        pen.stroke(rope, light.on_surface((220, 204, 168)), pixels=pen.line_width + 1)
        for y in (38.0, 41.5, 48.0, 58.0):
            x, high = 72 + side * _pier_half(y), 0.50 * (y - 32.0)
            pen.limb(((x, y), (x, y - high)), post, 0.05 * (y - 29))
    for x, y in PIER_LAMPS:
        high = 1.75 * (y - 32.0)
        pen.limb(((x, y), (x, y - high)), light.on_surface((64, 66, 78)), 0.05 * (y - 26))
        bulb = LAMP if light.lamps_lit else light.on_surface((236, 232, 214))
        pen.oval((x, y - high), 0.16 * (y - 22), 0.10 * (y - 22), bulb)


PIER_LAMPS = ((72 - 44.0, 53.2), (72 + 31.0, 47.0), (72 - 18.5, 41.0))


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
    coast = mixed(light.on_surface((86, 118, 116)), light.sky[3], 0.35)
    pen.shape(((50, 34), (62, 30), (74, 31), (88, 27), (104, 31), (124, 34)), coast)
    backdrops.sea(pen, light)


def _deck_near(pen: Pen, light: Light) -> None:
    white, deck = light.on_surface((240, 240, 234)), light.on_surface((188, 120, 74))
    pen.box(LEFT, 57, RIGHT, BOTTOM, deck)
    for x in range(-9, 10):
        pen.stroke(((72 + 11.0 * x, 57), (72 + 19.0 * x, 80), (72 + 27.0 * x, 103)), shaded(deck, 0.74))
    pen.box(LEFT, 55, RIGHT, 58, shaded(white, 0.82))
    for x in range(-26, 174, 16):
        pen.limb(((x, 40), (x, 56)), white, 1.2)
    for y, width in ((49.5, 0.9), (45.0, 0.9), (40.0, 2.0)):
        pen.limb(((LEFT, y), (RIGHT, y)), white, width)
    _funnel_and_cabin(pen, light, white)
    _lifebuoy(pen, light, (113, 48))


def _funnel_and_cabin(pen: Pen, light: Light, white: Colour) -> None:
    red = light.on_surface((204, 52, 46))
    pen.shape(((3, -6), (25, -6), (30, 26), (0, 26)), red)
    pen.shape(((16, -6), (25, -6), (30, 26), (19, 26)), shaded(red), inked=False)
    pen.box(3.5, 4, 26.5, 10, light.on_surface((240, 240, 234)))
    pen.box(LEFT, 26, 22, 66, white)
    pen.box(LEFT, 26, 34, 30, shaded(white, 0.86))
    window = WINDOW_LIT if light.lamps_lit else light.on_surface((96, 146, 178))
    for x in (-10, 10):
        pen.disc((x, 40), 4.2, window)
    pen.box(17, 30, 22, 66, shaded(white, 0.80), inked=False)


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
    return [Glow((10, 40), 9.0)] if light.lamps_lit else []


# Street


def _street_far(pen: Pen, light: Light) -> None:
    backdrops.sky(pen, light, 44)
    back = mixed(light.on_surface((130, 140, 168)), light.sky[2], 0.35)
    for left, right, top in ((54, 66, 20), (66, 76, 26), (76, 92, 17)):
        pen.box(left, top, right, 48, back)
    pen.shape(((75, 17), (84, 9), (93, 17)), shaded(back))


def _house(
    pen: Pen,
    light: Light,
    left: float,
    right: float,
    roof: tuple[float, float],
    foot: tuple[float, float],
    wall: Colour,
) -> None:
    """A front between x = left and right; roof and foot heights at both ends give the perspective."""
    colour = light.on_surface(wall)
    pen.shape(((left, roof[0]), (right, roof[1]), (right, foot[1]), (left, foot[0])), colour)
    for row, lit_column in ((0.16, 0), (0.50, 1)):
        for column in (0, 1):
            share_a, share_b = 0.16 + 0.44 * column, 0.40 + 0.44 * column
            quad = []
            for share, high in ((share_a, row), (share_b, row), (share_b, row + 0.2), (share_a, row + 0.2)):
                x = left + (right - left) * share
                top = roof[0] + (roof[1] - roof[0]) * share
                low = foot[0] + (foot[1] - foot[0]) * share
                quad.append((x, top + (low - top) * high))
            dark = light.on_surface((70, 88, 112))
            pen.shape(quad, WINDOW_LIT if light.lamps_lit and column == lit_column else dark)


def _street_near(pen: Pen, light: Light) -> None:
    road, pavement = light.on_surface((122, 122, 130)), light.on_surface((196, 190, 178))
    pen.box(LEFT, 46, RIGHT, BOTTOM, road, inked=False)
    pen.shape(((LEFT, 66), (60, 46), (66, 46), (8, BOTTOM), (LEFT, BOTTOM)), pavement)
    pen.shape(((RIGHT, 66), (86, 46), (80, 46), (136, BOTTOM), (RIGHT, BOTTOM)), pavement)
    for y, y2 in ((48, 50), (53, 57), (62, 69), (76, 88)):
        a, b = 0.05 * (y - 40), 0.05 * (y2 - 40)
        pen.shape(
            ((72 - a, y), (72 + a, y), (72 + b, y2), (72 - b, y2)),
            light.on_surface((236, 228, 196)),
            inked=False,
        )
    _house(pen, light, -34, 12, (-34, -8), (70, 57), (196, 92, 70))
    _house(pen, light, 12, 38, (2, 14), (57, 51), (232, 188, 96))
    _house(pen, light, 38, 55, (16, 24), (51, 47), (106, 140, 152))
    _house(pen, light, 89, 108, (22, 12), (47, 51.5), (214, 140, 120))
    _house(pen, light, 108, 134, (4, -10), (51.5, 58), (128, 160, 120))
    _house(pen, light, 134, 180, (-16, -44), (58, 71), (222, 206, 172))
    for x, foot, top in STREET_LAMPS:
        pen.limb(((x, foot), (x, top)), light.on_surface((58, 60, 70)), 0.9)
        pen.oval((x, top), 3.4, 2.3, LAMP if light.lamps_lit else light.on_surface((238, 234, 216)))


STREET_LAMPS = ((100.0, 60.0, 15.0), (57.0, 53.0, 26.0))


def _street_glows(light: Light) -> list[Glow]:
    if not light.lamps_lit:
        return []
    return [Glow((x, top), 10.0, (x - 13, x + 13, foot + 2)) for x, foot, top in STREET_LAMPS]


# Kitchen: the far plane is what the window shows


def _kitchen_far(pen: Pen, light: Light) -> None:
    backdrops.sky(pen, light, 40)
    hill = mixed(light.on_surface((84, 140, 84)), light.sky[3], 0.2)
    pen.shape(((LEFT, 30), (40, 26), (72, 30), (104, 25), (RIGHT, 31), (RIGHT, 60), (LEFT, 60)), hill)


def _kitchen_near(pen: Pen, light: Light) -> None:
    wall, front = light.in_room((246, 220, 160)), light.in_room((78, 146, 142))
    left, right, top, low = 44.0, 102.0, 8.0, 35.0
    pen.box(LEFT, -30, RIGHT, top, wall, inked=False)
    pen.box(LEFT, top - 1, left, low + 1, wall, inked=False)
    pen.box(right, top - 1, RIGHT, low + 1, wall, inked=False)
    pen.box(LEFT, low, RIGHT, 60, wall, inked=False)
    frame = light.in_room((250, 248, 240))
    for bar in (
        ((left, top), (right, top)),
        ((left, low), (right, low)),
        ((left, top), (left, low)),
        ((right, top), (right, low)),
        ((73, top), (73, low)),
    ):
        pen.limb(bar, frame, 1.8)
    _cupboards(pen, light, front)
    tile, dark = light.in_room((222, 206, 186)), light.in_room((176, 128, 104))
    pen.box(LEFT, 62, RIGHT, BOTTOM, tile)
    for row, (y, y2) in enumerate(((62, 67), (67, 75), (75, 87))):
        for column in range(-7, 7):
            if (row + column) % 2:
                continue
            a, b = 1.0 + 0.035 * (y - 62), 1.0 + 0.035 * (y2 - 62)
            x = 15.0 * column
            quad = ((72 + x * a, y), (72 + (x + 15) * a, y), (72 + (x + 15) * b, y2), (72 + x * b, y2))
            pen.shape(quad, dark, inked=False)
    _fridge_and_table(pen, light)
    pen.stroke(((72, -30), (72, 2)))
    shade = ((66, 8.5), (69.5, 2), (74.5, 2), (78, 8.5))
    pen.shape(shade, light.in_room((210, 64, 48)))


def _cupboards(pen: Pen, light: Light, front: Colour) -> None:
    pen.box(LEFT, 44, RIGHT, 62, front)
    pen.box(LEFT, 41, RIGHT, 45, light.in_room((240, 232, 214)))
    for x in range(-26, 174, 20):
        pen.box(x + 2, 47.5, x + 18, 60, shaded(front, 0.88))
        pen.stroke(((x + 8, 50), (x + 12, 50)), light.in_room((250, 240, 210)), pixels=3)
    for x, colour in ((108, (196, 60, 50)), (115, (240, 240, 230)), (122, (64, 96, 160))):
        pen.box(x - 2.6, 35.5, x + 2.6, 41, light.in_room(colour))
    pen.box(104, 18, 150, 21, light.in_room((150, 98, 62)))
    for x, colour in ((112, (240, 240, 230)), (121, (230, 160, 60)), (130, (110, 160, 110))):
        pen.box(x - 3, 12, x + 3, 18, light.in_room(colour))


def _fridge_and_table(pen: Pen, light: Light) -> None:
    white = light.in_room((236, 240, 240))
    pen.box(-14, 14, 20, 66, white)
    pen.stroke(((-14, 32), (20, 32)))
    pen.stroke(((16, 20), (16, 28)), pixels=4)
    pen.stroke(((16, 37), (16, 48)), pixels=4)
    wood = light.in_room((168, 108, 64))
    for x in (94, 126):
        pen.limb(((x, 58), (x, 72)), shaded(wood, 0.8), 2.0)
    pen.shape(((88, 58), (95, 52), (126, 52), (133, 58)), wood)
    pen.box(88, 58, 133, 60.5, shaded(wood, 0.8))
    pen.oval((110, 54.5), 5.5, 1.8, light.in_room((240, 240, 230)))


def _kitchen_glows(light: Light) -> list[Glow]:
    return [Glow((72, 9), 13.0, (30, 114, 60))] if light.lamps_lit else []


# Forest


def _forest_far(pen: Pen, light: Light) -> None:
    backdrops.sky(pen, light, 42)
    haze = mixed(light.on_surface((126, 170, 120)), light.sky[3], 0.40)
    pen.box(LEFT, 25, RIGHT, BOTTOM, haze, inked=False)
    for i in range(10):
        pen.oval((LEFT + 5 + 22.0 * i, 29 - 3.5 * (i % 3)), 13, 9, haze, inked=False)
    trunk = mixed(light.on_surface((92, 104, 84)), light.sky[3], 0.26)
    for x, width in (
        (-16, 4),
        (4, 3),
        (21, 4),
        (46, 3),
        (57, 4),
        (86, 3),
        (98, 4),
        (124, 3),
        (140, 4),
        (160, 4),
    ):
        pen.box(x, -30, x + width, 50, trunk, inked=False)


def _forest_near(pen: Pen, light: Light) -> None:
    ground, path = light.on_surface((92, 134, 62)), light.on_surface((186, 146, 98))
    hump = (
        (LEFT, 48),
        (10, 46),
        (50, 48.5),
        (94, 46.5),
        (130, 48.5),
        (RIGHT, 46),
        (RIGHT, BOTTOM),
        (LEFT, BOTTOM),
    )
    pen.shape(hump, ground)
    pen.shape(
        ((66, 47.5), (76, 47.5), (92, 56), (100, 66), (140, BOTTOM), (10, BOTTOM), (44, 66), (58, 56)), path
    )
    bark = light.on_surface((112, 74, 50))
    for x, half, foot in (
        (-20, 6, 66),
        (10, 5.2, 60),
        (36, 3.6, 53),
        (110, 4.0, 54),
        (133, 5.6, 63),
        (162, 6, 66),
    ):
        trunk = (
            (x - half, -30),
            (x + half, -30),
            (x + half, foot - 4),
            (x + half * 1.7, foot),
            (x - half * 1.7, foot),
            (x - half, foot - 4),
        )
        pen.shape(trunk, bark)
        side = (
            (x + half * 0.2, -30),
            (x + half, -30),
            (x + half, foot - 4),
            (x + half * 1.6, foot - 0.5),
            (x, foot - 0.5),
        )
        pen.shape(side, shaded(bark), inked=False)
    leaf = light.on_surface((48, 108, 58))
    for i in range(11):
        pen.oval((LEFT + 21.0 * i, -3.5 + 4.5 * (i % 2)), 14.5, 10, leaf if i % 2 else shaded(leaf, 0.86))
    for x, y in ((24, 61), (121, 60), (-10, 70), (152, 70)):
        _fern(pen, (x, y), light.on_surface((64, 142, 66)))


def _fern(pen: Pen, foot: Point, colour: Colour) -> None:
    x, y = foot
    tips = ((-8, -4), (-5.5, -8.5), (0, -10.5), (5.5, -8.5), (8, -4))
    outline: list[Point] = [(x - 2, y)]
    for i, (dx, dy) in enumerate(tips):
        outline.append((x + dx, y + dy))
        outline.append((x - 1.6 + 0.9 * i, y - 3.0))
    pen.shape([*outline, (x + 2, y)], colour)


# Beach


def _beach_far(pen: Pen, light: Light) -> None:
    backdrops.sky(pen, light)
    backdrops.sea(pen, light)
    sail, hull = light.on_surface((246, 244, 236)), light.on_surface((170, 60, 50))
    pen.shape(((24, 32), (24, 17), (34, 32)), sail)
    pen.shape(((16, 32.5), (37, 32.5), (33, 36), (20, 36)), hull)


def _beach_near(pen: Pen, light: Light) -> None:
    sand, foam = light.on_surface((246, 212, 140)), light.on_surface((244, 248, 246))
    shore = [(LEFT + 12.0 * i, 49 + (1.6 if i % 2 else -1.0)) for i in range(18)]
    pen.shape([*shore, (RIGHT, BOTTOM), (LEFT, BOTTOM)], foam, inked=False)
    wet = [(x, y + 2.2) for x, y in shore]
    pen.shape([*wet, (RIGHT, BOTTOM), (LEFT, BOTTOM)], shaded(sand, 0.86), inked=False)
    dry = [(x, y + 7.5) for x, y in shore]
    pen.shape([*dry, (RIGHT, BOTTOM), (LEFT, BOTTOM)], sand, inked=False)
    grass = light.on_surface((110, 150, 74))
    pen.oval((-4, 66), 34, 15, shaded(sand, 0.93), inked=False)
    for x, y in ((-20, 57), (3, 55), (19, 61)):
        _fern(pen, (x, y), grass)
    for x, y in ((34, 70), (62, 63), (88, 76), (134, 74), (112, 66)):
        pen.stroke(((x, y), (x + 7, y - 0.6)), shaded(sand, 0.78))
    _parasol(pen, light, (116, 62))


def _parasol(pen: Pen, light: Light, foot: Point) -> None:
    x, y = foot
    red, white = light.on_surface((222, 60, 52)), light.on_surface((248, 244, 232))
    pen.shape(
        ((x - 4, y + 6), (x + 8, y + 1), (x + 26, y + 4), (x + 15, y + 10)), light.on_surface((70, 150, 190))
    )
    pen.limb(((x, y), (x, 24)), light.on_surface((226, 214, 190)), 1.4)
    dome = _ring((x, 36), 21, 16, 0.0, 1.0)
    pen.shape(dome, red)
    for a, b in ((1, 3), (5, 7)):
        rim_a, rim_b = x + 21 * cos(pi * a / 8), x + 21 * cos(pi * b / 8)
        pen.shape([(rim_a, 36), *dome[a : b + 1], (rim_b, 36)], white)


def _none(_light: Light) -> list[Glow]:
    return []


SETS: dict[str, SetPlan] = {
    "pier": SetPlan(_pier_far, _pier_near, _pier_glows, (150, 110, 74)),
    "ferry deck": SetPlan(_deck_far, _deck_near, _deck_glows, (236, 236, 228)),
    "street": SetPlan(_street_far, _street_near, _street_glows, (104, 78, 62)),
    "kitchen": SetPlan(_kitchen_far, _kitchen_near, _kitchen_glows, (150, 92, 56), indoors=True),
    "forest": SetPlan(_forest_far, _forest_near, _none, (124, 84, 56)),
    "beach": SetPlan(_beach_far, _beach_near, _none, (70, 150, 190)),
}
