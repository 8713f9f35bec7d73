"""Places in the town: street, rooftop, station."""

from __future__ import annotations

from collections.abc import Sequence

from model_runtime.stage.light import Light, mixed, shaded
from model_runtime.stage.pen import Colour, Pen, Point
from model_runtime.stage.sets import backdrops
from model_runtime.stage.sets.backdrops import BOTTOM, LEFT, RIGHT
from model_runtime.stage.sets.plan import Glow, SetPlan, bulb, window

# Street: fronts stand between x = left and right; roof and foot heights at both ends give the perspective.

FRONTS: tuple[tuple[float, float, tuple[float, float], tuple[float, float], Colour], ...] = (
    (LEFT, -140, (-157, -94), (125, 97), (196, 150, 120)),
    (-140, -84, (-94, -62), (97, 82.8), (150, 160, 150)),
    (-84, -34, (-70, -40), (82.8, 70), (226, 190, 150)),
    (-34, 12, (-34, -8), (70, 57), (196, 92, 70)),
    (12, 38, (2, 14), (57, 51), (232, 188, 96)),
    (38, 55, (16, 24), (51, 47), (106, 140, 152)),
    (89, 108, (22, 12), (47, 51.5), (214, 140, 120)),
    (108, 134, (4, -10), (51.5, 58), (128, 160, 120)),
    (134, 180, (-16, -44), (58, 71), (222, 206, 172)),
    (180, 230, (-50, -80), (71, 85), (150, 130, 160)),
    (230, 284, (-70, -100), (85, 100), (210, 120, 90)),
    (284, RIGHT, (-100, -163), (100, 128), (120, 150, 170)),
)
KERB = 1.19  # how far aside the pavement's edge goes, for each unit down
STREET_LAMPS = ((100.0, 60.0, 15.0), (57.0, 53.0, 26.0))


def _street_far(pen: Pen, light: Light) -> None:
    backdrops.sky(pen, light, 44)
    back = mixed(light.on_surface((130, 140, 168)), light.sky[2], 0.35)
    for left, right, top in ((54, 66, 20), (66, 76, 26), (76, 92, 17)):
        pen.box(left, top, right, 48, back)
    pen.shape(((75, 17), (84, 9), (93, 17)), light.on_ground((100, 104, 130)))


def _front(
    pen: Pen,
    light: Light,
    left: float,
    right: float,
    roof: tuple[float, float],
    foot: tuple[float, float],
    wall: Colour,
) -> None:
    def at(share: float, high: float) -> Point:
        top, low = roof[0] + (roof[1] - roof[0]) * share, foot[0] + (foot[1] - foot[0]) * share
        return left + (right - left) * share, top + (low - top) * high

    pen.shape((at(0, 0), at(1, 0), at(1, 1), at(0, 1)), light.on_surface(wall))
    backdrops.snow_cap(pen, light, at(0, 0), at(1, 0), 2.6)
    for high, lit_column in ((0.16, 0), (0.50, 1)):
        for column in (0, 1):
            a, b = 0.16 + 0.44 * column, 0.40 + 0.44 * column
            quad = (at(a, high), at(b, high), at(b, high + 0.2), at(a, high + 0.2))
            pen.shape(quad, window(light, (70, 88, 112), lit=column == lit_column))
    door = (at(0.42, 0.80), at(0.62, 0.80), at(0.62, 1.0), at(0.42, 1.0))
    pen.shape(door, light.on_surface(shaded(wall, 0.5)))


def _street_near(pen: Pen, light: Light) -> None:
    road, pavement = light.on_ground((122, 122, 130), 0.45), light.on_ground((196, 190, 178))
    pen.box(LEFT, 46, RIGHT, BOTTOM, road, inked=False)
    pen.shape(((LEFT, 60), (60, 46), (66, 46), (66 - KERB * (BOTTOM - 46), BOTTOM), (LEFT, BOTTOM)), pavement)
    pen.shape(((RIGHT, 60), (86, 46), (80, 46), (80 + KERB * (BOTTOM - 46), BOTTOM), (RIGHT, BOTTOM)), pavement)
    for y, y2 in ((48, 50), (53, 57), (62, 69), (76, 88), (99, 116), (133, 155), (180, 215)):
        a, b = 0.05 * (y - 40), 0.05 * (y2 - 40)
        stripe = ((72 - a, y), (72 + a, y), (72 + b, y2), (72 - b, y2))
        pen.shape(stripe, light.on_ground((236, 228, 196), 0.5), inked=False)
    backdrops.puddles(pen, light, ((60, 63, 9), (96, 71, 12), (52, 76, 11)))
    backdrops.snow_patches(pen, light, ((56, 61, 8), (90, 66, 10), (30, 76, 14), (124, 74, 13)))
    for left, right, roof, foot, wall in FRONTS:
        _front(pen, light, left, right, roof, foot, wall)
    for x, foot_y, top in STREET_LAMPS:
        pen.limb(((x, foot_y), (x, top)), light.on_surface((58, 60, 70)), 0.9)
        pen.oval((x, top), 3.4, 2.3, bulb(light))


def _street_glows(light: Light) -> list[Glow]:
    if not light.lamps_lit:
        return []
    return [Glow((x, top), 10.0, (x - 13, x + 13, foot + 2)) for x, foot, top in STREET_LAMPS]


# Rooftop

TOWERS = (  # left, right, top
    *((-248, -226, 14), (-222, -204, 24), (-200, -172, 8), (-166, -142, 20), (-136, -108, 22), (-104, -84, 10)),
    *((-80, -50, 26), (-46, -26, 14), (-22, -2, 24), (2, 18, 12), (22, 40, 24), (42, 56, 5), (60, 82, 20)),
    *((86, 98, 27), (132, 150, 18), (154, 170, 8), (174, 200, 24), (204, 220, 14), (226, 252, 26)),
    *((256, 282, 10), (288, 306, 22), (310, 336, 16), (342, 358, 6), (362, 390, 24)),
)
SKYLINE_FOOT = 58.0
TANK = (112.0, 27.0)  # the middle of the water tank's foot


def _rooftop_far(pen: Pen, light: Light) -> None:
    backdrops.sky(pen, light, 44)
    hazy = mixed(light.on_surface((140, 150, 176)), light.sky[3], 0.55)
    for x in range(-250, 394, 22):
        pen.box(x, 30 - 5 * (x // 22 % 3), x + 15, SKYLINE_FOOT, hazy, inked=False)
    skyline(pen, light, TOWERS)


def skyline(pen: Pen, light: Light, towers: Sequence[tuple[float, float, float]]) -> None:
    """Distant houses with a grid of windows, from their roofs down to SKYLINE_FOOT."""
    wall = mixed(light.on_surface((104, 116, 150)), light.sky[2], 0.22)
    for number, (left, right, top) in enumerate(towers):
        pen.box(left, top, right, SKYLINE_FOOT, wall if number % 2 else shaded(wall, 0.86))
        backdrops.snow_cap(pen, light, (left, top), (right, top))
        for row in range(int((SKYLINE_FOOT - 8 - top) / 7)):
            for column in range(int((right - left - 3) / 5)):
                lit = (row * 3 + column * 5 + number) % 4 < 2
                pane = window(light, (150, 176, 200), lit=lit)
                x, y = left + 3 + 5 * column, top + 4 + 7 * row
                pen.box(x, y, x + 2.4, y + 3.4, pane, inked=False)


def _rooftop_near(pen: Pen, light: Light) -> None:
    floor, wall = light.on_ground((150, 150, 160)), light.on_surface((166, 112, 96))
    pen.box(LEFT, 52, RIGHT, BOTTOM, floor, inked=False)
    for y in (58, 66, 78, 95, 120, 155, 200):
        pen.stroke(((LEFT, y), (RIGHT, y)), shaded(floor, 0.86))
    backdrops.floor_lines(pen, shaded(floor, 0.86), 56, 15, 33)
    backdrops.puddles(pen, light, ((62, 64, 10), (98, 73, 13), (40, 75, 9)))
    backdrops.snow_patches(pen, light, ((60, 63, 10), (98, 68, 14), (34, 76, 12)))
    pen.box(LEFT, 45, RIGHT, 56, wall)
    for x in range(-250, 394, 12):
        pen.stroke(((x, 48), (x, 51.5)), shaded(wall, 0.8))
        pen.stroke(((x + 6, 51.5), (x + 6, 55)), shaded(wall, 0.8))
    pen.stroke(((LEFT, 51.5), (RIGHT, 51.5)), shaded(wall, 0.8))
    pen.box(LEFT, 43, RIGHT, 47, light.on_ground((206, 196, 184)))
    _stair_house(pen, light)
    _water_tank(pen, light)
    _air_box(pen, light, 62, 84)
    _air_box(pen, light, 190, 214)


def _stair_house(pen: Pen, light: Light) -> None:
    wall = light.on_surface((196, 176, 150))
    pen.box(-34, 16, 24, 62, wall)
    pen.box(15, 17, 24, 62, shaded(wall, 0.82), inked=False)
    pen.box(-37, 12, 27, 17, light.on_ground((120, 110, 106)))
    pen.box(-4, 28, 11, 62, light.on_surface((176, 52, 46)))
    pen.disc((8.4, 46), 0.9, light.on_surface((236, 214, 120)))
    pen.oval((3.5, 23.5), 2.6, 1.8, bulb(light))


def _water_tank(pen: Pen, light: Light) -> None:
    x, foot = TANK
    wood, leg = light.on_surface((150, 98, 62)), light.on_surface((70, 66, 72))
    for aside in (-11, -4, 4, 11):
        pen.limb(((x + aside, foot), (x + aside * 1.15, 57)), leg, 1.1)
    pen.stroke(((x - 11, foot + 3), (x + 12, 52)), leg, width=0.8)
    pen.stroke(((x + 11, foot + 3), (x - 12, 52)), leg, width=0.8)
    pen.box(x - 14, 4, x + 14, foot + 1, wood)
    pen.box(x + 5, 5, x + 14, foot, shaded(wood), inked=False)
    for y in (10, 20):
        pen.stroke(((x - 14, y), (x + 14, y)))
    pen.shape(((x - 16.5, 4.5), (x, -8), (x + 16.5, 4.5)), light.on_ground((96, 78, 82)))


def _air_box(pen: Pen, light: Light, left: float, right: float) -> None:
    metal = light.on_surface((206, 212, 216))
    pen.box(left, 48, right, 60, metal)
    backdrops.snow_cap(pen, light, (left, 48), (right, 48), 2.0)
    for x in (left + 6, right - 6):
        pen.disc((x, 54), 4.0, shaded(metal, 0.6))
        pen.stroke(((x - 2.6, 56), (x + 2.6, 52)), metal)


def _rooftop_glows(light: Light) -> list[Glow]:
    return [Glow((3.5, 23.5), 10.0, (-14, 24, 66))] if light.lamps_lit else []


# Station: a platform under a roof, a train at it, the line going off to the right

TRAIN_NOSE = 58.0
STATION_LAMPS = (30.0, 84.0)


def _station_far(pen: Pen, light: Light) -> None:
    backdrops.sky(pen, light, 42)
    hill = mixed(light.on_ground((104, 140, 110), 0.6), light.sky[3], 0.30)
    pen.shape(
        ((LEFT, 34), (20, 30), (70, 33), (108, 26), (150, 31), (220, 24), (RIGHT, 32), (RIGHT, 60), (LEFT, 60)), hill
    )
    ballast = light.on_ground((128, 116, 112), 0.6)
    pen.box(LEFT, 46, RIGHT, 62, ballast, inked=False)
    for y in (48.5, 52.5):
        pen.stroke(((LEFT, y), (RIGHT, y)), light.on_surface((72, 66, 76)), width=1.0)
    mast = light.on_surface((92, 96, 110))
    for x in (-224, -164, -104, -40, 98, 168, 240, 310, 370):
        pen.stroke(((x, 47), (x, 8), (x - 9, 8)), mast, width=1.0)
    pen.stroke(((LEFT, 11), (RIGHT, 11)), mast)


def _station_near(pen: Pen, light: Light) -> None:
    _train(pen, light)
    floor = light.on_ground((186, 182, 186), 0.5)
    pen.box(LEFT, 56, RIGHT, BOTTOM, floor)
    pen.box(LEFT, 56, RIGHT, 58.5, shaded(floor, 0.72), inked=False)
    pen.box(LEFT, 60, RIGHT, 63, light.on_ground((246, 200, 44), 0.3), inked=False)
    backdrops.floor_lines(pen, shaded(floor, 0.88), 63, 22, 33)
    for y in (70, 83, 104, 136, 180):
        pen.stroke(((LEFT, y), (RIGHT, y)), shaded(floor, 0.88))
    backdrops.puddles(pen, light, ((58, 67, 9), (98, 75, 12)))
    _canopy(pen, light)


def _train(pen: Pen, light: Light) -> None:
    body, dark = light.on_surface((34, 128, 116)), light.on_surface((52, 54, 62))
    nose = TRAIN_NOSE
    pen.box(LEFT, 50, nose + 2, 57, dark)
    pen.shape(((LEFT, 17), (nose - 4, 17), (nose + 3, 24), (nose + 7, 40), (nose + 7, 53), (LEFT, 53)), body)
    pen.box(LEFT, 43, nose + 6.4, 47, light.on_surface((240, 232, 206)), inked=False)
    pen.shape(((LEFT, 13.5), (nose - 10, 13.5), (nose - 4, 17.5), (LEFT, 17.5)), light.on_ground((196, 204, 206)))
    for left in range(-224, 50, 46):
        door = light.on_surface((226, 190, 70))
        pen.box(left + 30, 22, left + 40, 53, door)
        pen.box(left + 32, 25, left + 38, 38, window(light, (176, 208, 222)))
        for x in (left + 1, left + 15):
            pen.box(x, 24, x + 11, 36, window(light, (176, 208, 222)))
    pen.shape(((nose - 1, 25), (nose + 2, 25), (nose + 5.4, 37), (nose - 1, 37)), window(light, (176, 208, 222)))
    pen.disc((nose + 4.4, 50), 1.6, bulb(light))


def _canopy(pen: Pen, light: Light) -> None:
    post, roof = light.on_surface((150, 60, 54)), light.on_surface((96, 64, 66))
    for at in (-238, -174, -110, -46, 16, 126, 190, 252, 316, 380):
        pen.limb(((at, 64), (at, 6)), post, 2.2)
        pen.stroke(((at - 9, 7), (at, 17), (at + 9, 7)), post, width=1.3)
    pen.box(LEFT, -7, RIGHT, 6, roof)
    pen.stroke(((LEFT, 2.5), (RIGHT, 2.5)), shaded(roof, 0.7))
    pen.box(LEFT, -12, RIGHT, -6, light.on_ground((120, 86, 84)))
    for x in STATION_LAMPS:
        pen.shape(((x - 4, 10), (x - 1.6, 6), (x + 1.6, 6), (x + 4, 10)), light.on_surface((60, 62, 72)))
        pen.oval((x, 10.4), 3.2, 1.4, bulb(light))
    pen.stroke(((108, 6), (108, 11)), width=1.0)
    pen.disc((108, 17), 6.4, light.on_surface((248, 246, 236)))
    pen.stroke(((108, 13), (108, 17), (111, 18.5)), width=1.0)
    pen.box(136, 12, 166, 21, light.on_surface((40, 80, 160)))
    pen.box(139, 15.4, 163, 17.6, light.on_surface((244, 244, 238)), inked=False)


def _station_glows(light: Light) -> list[Glow]:
    if not light.lamps_lit:
        return []
    return [Glow((x, 10.4), 8.0, (x - 17, x + 17, 66)) for x in STATION_LAMPS]


TOWN = {
    "street": SetPlan(_street_far, _street_near, _street_glows, "bench", (104, 78, 62)),
    "rooftop": SetPlan(_rooftop_far, _rooftop_near, _rooftop_glows, "crate", (176, 130, 80)),
    "station": SetPlan(_station_far, _station_near, _station_glows, "bench", (60, 104, 150)),
}
