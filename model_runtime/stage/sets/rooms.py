"""Rooms: kitchen, office, bedroom. Their far plane is what the window shows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from model_runtime.stage.light import Light, mixed, shaded
from model_runtime.stage.pen import Colour, Pen
from model_runtime.stage.sets import backdrops
from model_runtime.stage.sets.backdrops import BOTTOM, LEFT, RIGHT, TOP
from model_runtime.stage.sets.plan import LAMP, Glow, SetPlan, ring
from model_runtime.stage.sets.town import skyline

Opening = tuple[float, float, float, float]  # left, top, right, low
CORNERS = (-78.0, 222.0)  # where the back wall meets the side walls
CEILING = -22.0


def _shell(pen: Pen, light: Light, opening: Opening, wall: Colour, floor: Colour, floor_y: float) -> None:
    """Back wall around a window, side walls, ceiling and floor: a box seen from its open side."""
    left, top, right, low = opening
    pen.box(LEFT, TOP, RIGHT, top, wall, inked=False)
    pen.box(LEFT, top - 1, left, low + 1, wall, inked=False)
    pen.box(right, top - 1, RIGHT, low + 1, wall, inked=False)
    pen.box(LEFT, low, RIGHT, floor_y + 1, wall, inked=False)
    pen.box(LEFT, floor_y, RIGHT, BOTTOM, floor)
    side, slope = shaded(wall, 0.88), 0.75
    for corner, end in zip(CORNERS, (LEFT, RIGHT), strict=True):
        out = abs(end - corner) * slope
        quad = ((corner, CEILING), (end, CEILING - out), (end, floor_y + out), (corner, floor_y))
        pen.shape(quad, side)
    one, other = CORNERS
    out = (one - LEFT) * slope
    above = ((one, CEILING), (other, CEILING), (RIGHT, CEILING - out), (RIGHT, TOP), (LEFT, TOP), (LEFT, CEILING - out))
    pen.shape(above, mixed(wall, light.in_room((255, 255, 255)), 0.5))
    skirting = shaded(wall, 0.74)
    pen.box(one, floor_y - 2.2, other, floor_y, skirting, inked=False)


def _window_frame(pen: Pen, light: Light, opening: Opening, bars: Sequence[float]) -> None:
    left, top, right, low = opening
    frame = light.in_room((250, 248, 240))
    for bar in (*bars, left, right):
        pen.limb(((bar, top), (bar, low)), frame, 1.8)
    for y in (top, low):
        pen.limb(((left, y), (right, y)), frame, 1.8)
    if light.snowing:
        drift = ((left + 1, low - 1), (left + 1, low - 3.5), ((left + right) / 2, low - 2.2), (right - 1, low - 4))
        pen.shape((*drift, (right - 1, low - 1)), light.on_surface((240, 245, 252)), inked=False)


def _garden(pen: Pen, light: Light) -> None:
    backdrops.sky(pen, light, 40)
    hill = mixed(light.on_ground((84, 140, 84)), light.sky[3], 0.2)
    pen.shape(((LEFT, 30), (40, 26), (72, 30), (104, 25), (RIGHT, 31), (RIGHT, 70), (LEFT, 70)), hill)


# Kitchen

KITCHEN_WINDOW: Opening = (45.0, 7.0, 102.0, 37.0)


def _kitchen_near(pen: Pen, light: Light) -> None:
    wall, tile = light.in_room((246, 220, 160)), light.in_room((222, 206, 186))
    _shell(pen, light, KITCHEN_WINDOW, wall, tile, 62)
    _window_frame(pen, light, KITCHEN_WINDOW, (73.0,))
    _chequers(pen, light)
    _cupboards(pen, light, light.in_room((78, 146, 142)))
    _stove(pen, light)
    _fridge_and_table(pen, light)
    pen.stroke(((72, CEILING), (72, 2)))
    pen.shape(((66, 8.5), (69.5, 2), (74.5, 2), (78, 8.5)), light.in_room((210, 64, 48)))
    if light.lamps_lit:
        pen.oval((72, 8.8), 3.4, 1.6, LAMP, inked=False)


def _chequers(pen: Pen, light: Light) -> None:
    dark = light.in_room((176, 128, 104))
    rows = (62, 67, 75, 87, 106, 134, 170, BOTTOM)
    for row, (y, y2) in enumerate(pairwise(rows)):
        a, b = 1.0 + 0.035 * (y - 62), 1.0 + 0.035 * (y2 - 62)
        for column in range(-14, 14):
            if (row + column) % 2:
                x = 15.0 * column
                quad = ((72 + x * a, y), (72 + (x + 15) * a, y), (72 + (x + 15) * b, y2), (72 + x * b, y2))
                pen.shape(quad, dark, inked=False)


def _cupboards(pen: Pen, light: Light, front: Colour) -> None:
    left, right = CORNERS
    pen.box(left, 44, right, 62, front)
    pen.box(left, 41, right, 45, light.in_room((240, 232, 214)))
    for i in range(15):
        x = left + 20.0 * i
        pen.box(x + 2, 47.5, x + 18, 60, shaded(front, 0.88))
        pen.stroke(((x + 8, 50), (x + 12, 50)), light.in_room((250, 240, 210)), width=1.4)
    for x, colour in ((108, (196, 60, 50)), (115, (240, 240, 230)), (122, (64, 96, 160))):
        pen.box(x - 2.6, 35.5, x + 2.6, 41, light.in_room(colour))
    for shelf in (104, 164):
        pen.box(shelf, 18, shelf + 46, 21, light.in_room((150, 98, 62)))
        for x, colour in ((8, (240, 240, 230)), (17, (230, 160, 60)), (26, (110, 160, 110)), (36, (196, 90, 80))):
            pen.box(shelf + x - 3, 12, shelf + x + 3, 18, light.in_room(colour))


def _stove(pen: Pen, light: Light) -> None:
    steel = light.in_room((198, 204, 208))
    pen.box(22, 42, 44, 63, steel)
    pen.box(25, 50, 41, 60, light.in_room((70, 74, 84)))
    for x in (26, 31, 36, 40):
        pen.disc((x, 46.5), 1.1, light.in_room((60, 62, 72)), inked=False)
    pen.box(25, 36, 35, 41.5, light.in_room((206, 70, 54)))
    pen.stroke(((35, 38), (40, 37)), width=1.0)
    pen.shape(((22, 20), (27, 12), (39, 12), (44, 20)), steel)


def _fridge_and_table(pen: Pen, light: Light) -> None:
    white = light.in_room((236, 240, 240))
    pen.box(-14, 14, 20, 66, white)
    pen.stroke(((-14, 32), (20, 32)))
    pen.stroke(((16, 20), (16, 28)), width=2.0)
    pen.stroke(((16, 37), (16, 48)), width=2.0)
    wood = light.in_room((168, 108, 64))
    for x in (94, 126):
        pen.limb(((x, 58), (x, 72)), shaded(wood, 0.8), 2.0)
    pen.shape(((88, 58), (95, 52), (126, 52), (133, 58)), wood)
    pen.box(88, 58, 133, 60.5, shaded(wood, 0.8))
    pen.oval((110, 54.5), 5.5, 1.8, light.in_room((240, 240, 230)))


def _kitchen_glows(light: Light) -> list[Glow]:
    return [Glow((72, 9), 13.0, (30, 114, 60))] if light.lamps_lit else []


# Office

OFFICE_WINDOW: Opening = (26.0, 8.0, 109.0, 43.0)
OFFICE_TOWERS = ((8, 28, 25), (30, 44, 20), (46, 62, 30), (64, 78, 18), (82, 96, 28), (99, 116, 22), (118, 134, 28))


def _office_far(pen: Pen, light: Light) -> None:
    backdrops.sky(pen, light, 40)
    skyline(pen, light, OFFICE_TOWERS)


def _office_near(pen: Pen, light: Light) -> None:
    wall, carpet = light.in_room((198, 212, 222)), light.in_room((92, 112, 146))
    _shell(pen, light, OFFICE_WINDOW, wall, carpet, 60)
    _window_frame(pen, light, OFFICE_WINDOW, (53.7, 81.3))
    blind = light.in_room((236, 240, 242))
    for y in (9.5, 12.0):
        pen.stroke(((27, y), (108, y)), blind, width=1.4)
    backdrops.floor_lines(pen, shaded(carpet, 0.88), 60, 13, 24)
    _ceiling_lights(pen, light)
    _board(pen, light)
    _cabinet_and_plant(pen, light)
    for x in (104, 168, -70):
        _desk(pen, light, x)


def _ceiling_lights(pen: Pen, light: Light) -> None:
    tube = LAMP if light.lamps_lit else light.in_room((250, 250, 246))
    for x in (-44, 30, 104, 178):
        pen.box(x - 15, 0.5, x + 15, 3.6, tube)
        for wire in (x - 10, x + 10):
            pen.stroke(((wire, CEILING), (wire, 0.5)))


def _board(pen: Pen, light: Light) -> None:
    pen.box(116, 10, 152, 31, light.in_room((250, 250, 248)))
    for y, end, colour in ((15, 140, (210, 60, 50)), (20, 146, (50, 90, 160)), (25, 134, (50, 90, 160))):
        pen.stroke(((121, y), (end, y)), light.in_room(colour), width=1.2)
    for x, colour in ((-52, (240, 200, 70)), (-40, (240, 130, 60)), (-46, (120, 190, 120))):
        pen.box(x - 4.5, 14 + (x + 52), x + 4.5, 22 + (x + 52), light.in_room(colour))


def _cabinet_and_plant(pen: Pen, light: Light) -> None:
    grey = light.in_room((136, 144, 156))
    pen.box(-6, 32, 16, 65, grey)
    for y in (43.0, 54.0):
        pen.stroke(((-6, y), (16, y)))
    for y in (37.5, 48.5, 59.5):
        pen.stroke(((2, y), (8, y)), light.in_room((226, 230, 232)), width=1.4)
    leaf = light.in_room((70, 150, 84))
    for tip in ((-3, 14), (3, 10), (9, 13), (13, 19), (-6, 20)):
        pen.limb(((5, 27), tip), leaf, 2.6)
    pen.shape(((0, 25), (10, 25), (8.6, 32), (1.4, 32)), light.in_room((204, 106, 66)))


def _desk(pen: Pen, light: Light, x: float) -> None:
    wood, dark = light.in_room((206, 160, 104)), light.in_room((56, 60, 72))
    screen = (164, 214, 236) if light.lamps_lit else light.in_room((96, 170, 206))
    pen.box(x + 13, 45, x + 19, 51, dark)
    pen.box(x + 4, 31, x + 28, 46, dark)
    pen.box(x + 6, 33, x + 26, 44, screen, inked=False)
    pen.box(x - 6, 50, x + 44, 53.5, wood)
    pen.box(x - 4, 53.5, x, 68, shaded(wood, 0.8))
    pen.box(x + 26, 53.5, x + 42, 68, shaded(wood, 0.86))
    pen.stroke(((x + 31, 60), (x + 37, 60)), shaded(wood, 0.6), width=1.2)
    for y, colour in ((48.0, (230, 120, 60)), (45.5, (80, 120, 180))):
        pen.box(x + 32, y - 0.4, x + 42, y + 2, light.in_room(colour))


def _office_glows(light: Light) -> list[Glow]:
    if not light.lamps_lit:
        return []
    return [Glow((x, 3), 20.0) for x in (30, 104)]


# Bedroom

BEDROOM_WINDOW: Opening = (21.0, 8.0, 61.0, 43.0)


def _bedroom_near(pen: Pen, light: Light) -> None:
    wall, floor = light.in_room((206, 176, 212)), light.in_room((184, 132, 92))
    _shell(pen, light, BEDROOM_WINDOW, wall, floor, 60)
    _window_frame(pen, light, BEDROOM_WINDOW, (41.0,))
    backdrops.floor_lines(pen, shaded(floor, 0.85), 60, 15, 27)
    _curtains(pen, light)
    _wardrobe(pen, light)
    pen.oval((58, 72), 34, 5.4, light.in_room((238, 206, 120)))
    pen.oval((58, 72), 24, 3.4, light.in_room((226, 124, 96)), inked=False)
    _bed(pen, light)
    _bedside(pen, light)
    pen.box(104, 10, 130, 28, light.in_room((240, 232, 212)))
    pen.box(107, 13, 127, 25, light.in_room((126, 186, 206)), inked=False)
    pen.shape(((107, 25), (115, 17), (120, 21), (123, 18), (127, 25)), light.in_room((84, 134, 104)), inked=False)


def _curtains(pen: Pen, light: Light) -> None:
    cloth = light.in_room((226, 104, 96))
    pen.limb(((9, 6), (73, 6)), light.in_room((150, 104, 66)), 1.2)
    for inner, outer in ((24, 11), (58, 71)):
        pen.shape(((inner, 6), (outer, 6), (outer, 50), (inner + (outer - inner) * 0.25, 50)), cloth)
        for share in (0.45, 0.75):
            x = inner + (outer - inner) * share
            pen.stroke(((x, 8), (x, 48)), shaded(cloth, 0.8))


def _wardrobe(pen: Pen, light: Light) -> None:
    wood = light.in_room((244, 236, 222))
    pen.box(-34, 4, 6, 65, wood)
    pen.box(-36, 1, 8, 5, shaded(wood, 0.86))
    pen.stroke(((-14, 5), (-14, 64)))
    for x in (-31, -11):
        pen.box(x, 9, x + 14, 60, shaded(wood, 0.92))
    for x in (-16, -12):
        pen.disc((x, 36), 0.9, light.in_room((200, 150, 80)))


def _bed(pen: Pen, light: Light) -> None:
    wood, blanket = light.in_room((128, 80, 56)), light.in_room((66, 112, 188))
    pen.shape(((146, 32), (152, 30), (154, 66), (146, 68)), wood)
    pen.box(86, 50, 91, 68, wood)
    pen.box(88, 56, 150, 66, shaded(wood, 0.9))
    pen.shape(((90, 50), (146, 48), (148, 58), (90, 59)), light.in_room((246, 244, 240)))
    pen.oval((138, 46.5), 8, 4.0, light.in_room((252, 250, 246)))
    pen.shape(((89, 48), (128, 47), (131, 61), (89, 63)), blanket)
    pen.shape(((120, 47.2), (128, 47), (131, 61), (123, 61.5)), mixed(blanket, (255, 255, 255), 0.3), inked=False)


def _bedside(pen: Pen, light: Light) -> None:
    wood = light.in_room((150, 98, 62))
    pen.box(158, 50, 176, 66, wood)
    pen.stroke(((158, 56), (176, 56)))
    x = 77
    pen.box(x - 7, 50, x + 7, 65, wood)
    pen.stroke(((x - 7, 56), (x + 7, 56)))
    pen.disc((x, 53), 0.9, light.in_room((236, 214, 120)), inked=False)
    pen.limb(((x, 50), (x, 44)), light.in_room((240, 232, 212)), 2.0)
    shade = LAMP if light.lamps_lit else light.in_room((250, 214, 110))
    pen.shape(((x - 6, 44), (x - 3.4, 35), (x + 3.4, 35), (x + 6, 44)), shade)
    clock = ring((167, 50), 4, 5, 0.0, 1.0)
    pen.shape(clock, light.in_room((206, 70, 54)))


def _bedroom_glows(light: Light) -> list[Glow]:
    return [Glow((77, 41), 15.0)] if light.lamps_lit else []


ROOMS = {
    "kitchen": SetPlan(_garden, _kitchen_near, _kitchen_glows, "chair", (150, 92, 56), indoors=True),
    "office": SetPlan(_office_far, _office_near, _office_glows, "chair", (226, 116, 50), indoors=True),
    "bedroom": SetPlan(_garden, _bedroom_near, _bedroom_glows, "chair", (232, 196, 96), indoors=True),
}
