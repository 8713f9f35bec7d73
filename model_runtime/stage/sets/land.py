"""Places in the open country: forest, desert, mountains."""

from __future__ import annotations

from model_runtime.stage.light import Light, mixed, shaded
from model_runtime.stage.pen import Colour, Pen, Point
from model_runtime.stage.sets import backdrops
from model_runtime.stage.sets.backdrops import BOTTOM, LEFT, RIGHT
from model_runtime.stage.sets.coast import fern
from model_runtime.stage.sets.plan import Glow, SetPlan, no_glows, window

# Forest

FAR_TRUNKS = ((-16, 4), (4, 3), (21, 4), (46, 3), (57, 4), (86, 3), (98, 4), (124, 3), (140, 4), (160, 4))
TRUNKS = ((-20, 6, 66), (10, 5.2, 60), (36, 3.6, 53), (110, 4.0, 54), (133, 5.6, 63), (162, 6, 66))
SIDE_TRUNKS = (
    (-236, 5, 62),
    (-200, 6, 67),
    (-164, 5, 60),
    (-124, 6, 68),
    (-92, 4.4, 58),
    (-58, 5.6, 63),
    (196, 4.4, 57),
    (226, 6, 67),
    (260, 5, 60),
    (296, 6, 67),
    (334, 5, 61),
    (372, 6, 66),
)


def _forest_far(pen: Pen, light: Light) -> None:
    backdrops.sky(pen, light, 42)
    haze = mixed(light.on_ground((126, 170, 120), 0.4), light.sky[3], 0.40)
    pen.box(LEFT, 25, RIGHT, BOTTOM, haze, inked=False)
    for i in range(30):
        pen.oval((LEFT + 5 + 22.0 * i, 29 - 3.5 * (i % 3)), 13, 9, haze, inked=False)
    trunk = mixed(light.on_surface((92, 104, 84)), light.sky[3], 0.26)
    sides = tuple((x, 4.0) for x in (*range(-246, -30, 22), *range(182, 394, 22)))
    for x, width in (*FAR_TRUNKS, *sides):
        pen.box(x, -70, x + width, 50, trunk, inked=False)


def _forest_near(pen: Pen, light: Light) -> None:
    ground, path = light.on_ground((92, 134, 62)), light.on_ground((186, 146, 98), 0.6)
    humps = [(x, 46.0 + 2.5 * (i % 2)) for i, x in enumerate(range(-250, 395, 46))]
    pen.shape([*humps, (RIGHT, BOTTOM), (LEFT, BOTTOM)], ground)
    way = (
        (66, 47.5),
        (76, 47.5),
        (92, 56),
        (100, 66),
        (140, 92),
        (140 + 1.28 * (BOTTOM - 92), BOTTOM),
        (10 - 1.28 * (BOTTOM - 92), BOTTOM),
        (10, 92),
        (44, 66),
    )
    pen.shape((*way, (58, 56)), path)
    backdrops.puddles(pen, light, ((72, 61, 8), (84, 74, 12)))
    backdrops.snow_patches(pen, light, ((24, 56, 12), (122, 58, 11), (30, 72, 10), (72, 66, 13)))
    for x, half, foot in (*TRUNKS, *SIDE_TRUNKS):
        _trunk(pen, light, x, half, foot)
    _crowns(pen, light)
    for x, y in ((24, 61), (121, 60), (-10, 70), (152, 70), (-76, 66), (-110, 76), (204, 66), (242, 74)):
        fern(pen, (x, y), light.on_ground((64, 142, 66), 0.5))


def _trunk(pen: Pen, light: Light, x: float, half: float, foot: float) -> None:
    bark = light.on_surface((112, 74, 50))
    roots = ((x + half, foot - 4), (x + half * 1.7, foot), (x - half * 1.7, foot), (x - half, foot - 4))
    pen.shape(((x - half, -70), (x + half, -70), *roots), bark)
    shade = ((x + half, foot - 4), (x + half * 1.6, foot - 0.5), (x, foot - 0.5))
    pen.shape(((x + half * 0.2, -70), (x + half, -70), *shade), shaded(bark), inked=False)
    if light.snowing:  # blown against one side
        pen.box(x - half + 0.6, -70, x - half + 1.8, foot - 4, light.on_ground((240, 245, 252)), inked=False)


def _crowns(pen: Pen, light: Light) -> None:
    leaf = light.on_ground((48, 108, 58), 0.5)
    pen.box(LEFT, -60, RIGHT, -6, shaded(leaf, 0.86), inked=False)
    for row, y in enumerate((-62.0, -44.0, -24.0, -3.5)):
        for i in range(32):
            tone = leaf if (i + row) % 2 else shaded(leaf, 0.86)
            pen.oval((LEFT + 21.0 * i - 9.0 * (row % 2), y + 4.5 * (i % 2)), 14.5, 10, tone)


# Desert

BUTTES: tuple[tuple[Point, ...], ...] = (
    ((-104, 36), (-96, 16), (-58, 16), (-48, 36)),
    ((6, 36), (12, 22), (15, 22), (18, 8), (44, 8), (47, 20), (52, 22), (58, 36)),
    ((104, 36), (108, 25), (112, 25), (115, 17), (126, 17), (128, 26), (134, 36)),
    ((176, 36), (184, 12), (222, 12), (226, 24), (236, 36)),
    ((-212, 36), (-206, 20), (-176, 20), (-168, 36)),
    ((300, 36), (306, 24), (312, 14), (344, 14), (352, 36)),
)

CACTI = (
    (22, 62, 34.0),
    (132, 58, 26.0),
    (-40, 60, 28.0),
    (-112, 66, 36.0),
    (184, 60, 30.0),
    (244, 66, 34.0),
    (-190, 62, 30.0),
    (310, 60, 28.0),
    (366, 66, 36.0),
)


def _desert_far(pen: Pen, light: Light) -> None:
    backdrops.sky(pen, light, 36)
    rock = mixed(light.on_ground((200, 92, 60), 0.25), light.sky[3], 0.14)
    for butte in BUTTES:
        pen.shape(butte, rock)
        left, right = butte[0][0], butte[-1][0]
        top = min(y for _, y in butte)
        dark = [(x, y) for x, y in butte if x > (left + right) / 2]
        pen.shape([((left + right) / 2 + 4, top), *dark, (right - 16, 36)], shaded(rock, 0.82), inked=False)
        caps = sorted(x for x, y in butte if y == top)
        backdrops.snow_cap(pen, light, (caps[0], top), (caps[-1], top), 1.8)


def _desert_near(pen: Pen, light: Light) -> None:
    sand = light.on_ground((232, 156, 84), 0.45)
    pen.box(LEFT, 35, RIGHT, BOTTOM, shaded(sand, 0.90))
    dunes = (
        (((LEFT, 46), (-70, 40), (10, 46), (70, 41), (130, 47), (190, 41), (RIGHT, 46)), sand),
        (((LEFT, 58), (-40, 53), (40, 60), (110, 54), (180, 60), (RIGHT, 54)), shaded(sand, 0.92)),
        (((LEFT, 70), (-20, 72), (50, 67), (120, 72), (200, 66), (RIGHT, 72)), sand),
    )
    for edge, colour in dunes:
        pen.shape((*edge, (RIGHT, BOTTOM), (LEFT, BOTTOM)), colour, inked=False)
    backdrops.puddles(pen, light, ((66, 64, 8), (92, 76, 11)))
    backdrops.snow_patches(pen, light, ((60, 50, 12), (110, 64, 14), (36, 76, 13)))
    for x, y in ((60, 76), (84, 64), (30, 84), (108, 90), (-30, 82), (170, 80)):
        pen.stroke(((x, y), (x + 8, y - 0.8), (x + 15, y)), shaded(sand, 0.78))
    for x, y, high in CACTI:
        _cactus(pen, light, x, y, high)
    _rocks(pen, light, (97, 58))


def _cactus(pen: Pen, light: Light, x: float, foot: float, high: float) -> None:
    green, thick = light.on_surface((62, 134, 76)), high * 0.17
    top, arm = foot - high, high * 0.26
    for out, joint, tip in ((-arm, 0.40, 0.72), (arm, 0.28, 0.55)):
        elbow = (x + out, foot - joint * high)
        pen.limb(((x, elbow[1]), elbow, (elbow[0], foot - tip * high)), green, thick * 0.72)
    pen.limb(((x, foot - thick / 2), (x, top + thick / 2)), green, thick)
    pen.stroke(((x + thick * 0.15, foot - 1), (x + thick * 0.15, top + thick)), shaded(green, 0.7))
    for aside, level, wide in ((0.0, top, thick), (-arm, foot - 0.74 * high, thick * 0.8)):
        backdrops.snow_cap(pen, light, (x + aside - wide / 2, level + 1.5), (x + aside + wide / 2, level + 1.5), 1.8)


def _rocks(pen: Pen, light: Light, foot: Point) -> None:
    x, y = foot
    rock = light.on_ground((168, 104, 78), 0.35)
    pen.shape(((x - 7, y), (x - 5, y - 6), (x + 1, y - 8), (x + 6, y - 4), (x + 8, y)), rock)
    pen.shape(((x + 1, y - 7), (x + 6, y - 4), (x + 7.4, y - 0.8), (x + 2, y - 0.8)), shaded(rock), inked=False)


# Mountains

PEAKS = (  # left foot, top x, top y, right foot
    *((-270, -226, 4, -180), (-206, -164, -6, -116), (-150, -104, 0, -50), (-76, -34, -8, 16), (-26, 20, 4, 62)),
    *((30, 76, -10, 118), (84, 120, 6, 158), (128, 172, -8, 214), (190, 232, 2, 280), (256, 296, -9, 342)),
    (318, 362, 3, 410),
)
PINES = (  # x, foot, height
    *((4, 60, 30.0), (20, 55, 22.0), (31, 51, 15.0), (119, 52, 17.0), (139, 60, 29.0), (-24, 58, 26.0)),
    *((-58, 62, 32.0), (-96, 60, 28.0), (-126, 66, 34.0), (166, 58, 26.0), (202, 62, 32.0), (240, 60, 27.0)),
    *((270, 66, 33.0), (-160, 60, 28.0), (-196, 66, 34.0), (-230, 60, 28.0), (304, 60, 28.0), (342, 66, 34.0)),
    (374, 60, 28.0),
)
SUMMIT_SNOW: Colour = (246, 249, 252)


def _mountains_far(pen: Pen, light: Light) -> None:
    backdrops.sky(pen, light, 40)
    rock = mixed(light.on_surface((112, 126, 156)), light.sky[3], 0.14)
    snow = mixed(light.on_surface(SUMMIT_SNOW), light.sky[3], 0.10)
    for left, x, top, right in PEAKS:
        _peak(pen, (left, x, top, right), rock, snow, 0.75 if light.snowing else 0.42)
    foothill = mixed(light.on_ground((84, 124, 100), 0.6), light.sky[3], 0.18)
    ridge = [(px, 40.0 + 3.5 * (i % 2)) for i, px in enumerate(range(-250, 395, 46))]
    pen.shape([*ridge, (RIGHT, 60), (LEFT, 60)], foothill)


def _peak(pen: Pen, peak: tuple[float, float, float, float], rock: Colour, snow: Colour, white: float) -> None:
    """`white`: how far down the snow lies, as a share of the height."""
    left, x, top, right = peak
    foot = 50.0

    def at(side: float, share: float) -> Point:
        return x + (side - x) * share, top + (foot - top) * share

    pen.shape(((left, foot), (x, top), (right, foot)), rock)
    ridge = at(right, 0.4)
    shade = ((x, top), (right, foot), at(x + (right - x) * 0.25, 1.0), (x + (ridge[0] - x) * 0.15, ridge[1]))
    pen.shape(shade, shaded(rock, 0.80), inked=False)
    low, mid = at(left, white), at(right, white)
    drop = (foot - top) * 0.10
    teeth = [(mid[0] + (low[0] - mid[0]) * i / 6, mid[1] + (drop if i % 2 == 0 else -drop)) for i in range(1, 6)]
    pen.shape([low, (x, top), mid, *teeth], snow)
    pen.shape([(x, top + 1.5), mid, *teeth[:3]], shaded(snow, 0.88), inked=False)


def _mountains_near(pen: Pen, light: Light) -> None:
    meadow = light.on_ground((122, 168, 84))
    edge = [(x, 49.5 + (2.0 if i % 2 else -1.5)) for i, x in enumerate(range(-250, 395, 46))]
    pen.shape([*edge, (RIGHT, BOTTOM), (LEFT, BOTTOM)], meadow)
    for y, tone in ((62, 0.93), (73, 0.87), (100, 0.82)):
        rise = [(x, y + (1.5 if i % 2 else -1.5)) for i, x in enumerate(range(-250, 395, 46))]
        pen.shape([*rise, (RIGHT, BOTTOM), (LEFT, BOTTOM)], shaded(meadow, tone), inked=False)
    backdrops.puddles(pen, light, ((58, 64, 8), (92, 75, 11)))
    backdrops.snow_patches(pen, light, ((70, 58, 12), (50, 69, 12), (112, 72, 14)))
    for x, foot, high in PINES:
        _pine(pen, light, x, foot, high)
    _cabin(pen, light)
    _fence(pen, light)
    if not light.snowing:
        for x, y in ((46, 67), (62, 74), (84, 68), (104, 76), (128, 72), (20, 76), (140, 84), (8, 90)):
            pen.disc((x, y), 1.0, light.on_surface((250, 238, 160)), inked=False)


def _pine(pen: Pen, light: Light, x: float, foot: float, high: float) -> None:
    green, half = light.on_ground((40, 92, 72), 0.35), high * 0.26
    pen.box(x - high * 0.05, foot - high * 0.2, x + high * 0.05, foot, light.on_surface((96, 68, 52)))
    for share, wide in ((0.12, 1.0), (0.38, 0.8), (0.62, 0.55)):
        low = foot - high * share
        pen.shape(((x - half * wide, low), (x, low - high * 0.40), (x + half * wide, low)), green)
        backdrops.snow_cap(pen, light, (x - half * wide, low), (x, low - high * 0.16), 2.2)


def _cabin(pen: Pen, light: Light) -> None:
    log = light.on_surface((156, 100, 62))
    pen.box(94, 42, 114, 55, log)
    for y in (46, 50.5):
        pen.stroke(((94, y), (114, y)), shaded(log, 0.7))
    pen.box(108, 30, 111.5, 38, light.on_surface((130, 120, 118)))
    pen.shape(((91, 43), (98, 33), (111, 33), (117, 43)), light.on_ground((150, 58, 48)))
    pen.box(97, 45.5, 102, 50.5, window(light, (96, 120, 140)))
    pen.box(106, 45.5, 111, 55, light.on_surface((92, 58, 42)))


def _fence(pen: Pen, light: Light) -> None:
    wood = light.on_ground((176, 142, 104), 0.3)
    for y in (55.5, 58.5):
        pen.stroke(((LEFT, y + 4), (40, y), (86, y)), wood, width=1.1)
    for x in range(-249, 90, 13):
        down = 4 * (40 - x) / 180 if x < 40 else 0.0
        pen.limb(((x, 53.5 + down), (x, 62 + down)), wood, 1.2)
        backdrops.snow_cap(pen, light, (x - 1.2, 53.2 + down), (x + 1.2, 53.2 + down), 1.2)


def _mountain_glows(light: Light) -> list[Glow]:
    return [Glow((99.5, 48), 7.0)] if light.lamps_lit else []


LAND = {
    "forest": SetPlan(_forest_far, _forest_near, no_glows, "log", (124, 84, 56)),
    "desert": SetPlan(_desert_far, _desert_near, no_glows, "rock", (172, 108, 80)),
    "mountains": SetPlan(_mountains_far, _mountains_near, _mountain_glows, "log", (140, 96, 62)),
}
