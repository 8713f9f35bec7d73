"""A subject alone on a small sheet: what shows who or what it is, in another pose and place than its clip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np

from model_runtime.stage.figures.animals import FLIGHT
from model_runtime.stage.figures.figure import Body, head_place
from model_runtime.stage.figures.look import look_of
from model_runtime.stage.figures.poses import CYCLES, pose
from model_runtime.stage.figures.things import FLYERS, THING_CYCLES, draw_thing, reach
from model_runtime.stage.layers import Stamp, clear_of, press
from model_runtime.stage.light import Light, mixed, shaded
from model_runtime.stage.pen import Colour, Pen, Picture, Point
from model_runtime.stage.scene import Person, Subject, Thing

SHEET_WIDTH, SHEET_HEIGHT = 64, 96
FINER = 3  # pixels of the drawing to one of the sheet, in either direction
# Shares. A back is rare: it hides the face, the glasses and the front of the garment.
FACINGS = {"us": 5.0, "left": 2.0, "right": 2.0, "away": 1.0}
ACTIONS = {"standing": 3.0, "walking": 2.0, "waving": 1.5, "talking": 2.0, "sitting": 1.0}
TIMES = {"day": 7.0, "dawn": 1.5, "dusk": 1.0, "night": 0.5}
GROUNDS = {"plain": 2.0, "fading": 1.0, "room": 2.0}
WAIST_UP_SHARE = 0.45
# Quiet colours that none of the words names.
WALLS: tuple[Colour, ...] = (
    (206, 214, 220),
    (222, 214, 198),
    (186, 204, 190),
    (214, 190, 186),
    (170, 186, 204),
    (150, 152, 158),
    (232, 228, 218),
    (196, 184, 210),
)
SEAT: Colour = (158, 134, 112)


class _Framing(NamedTuple):
    """Height of an adult and where the ground is, as shares of the sheet's height; size of heads; width of ink."""

    tall: float
    ground: float
    head: float
    line: float


WHOLE = _Framing(tall=0.80, ground=0.94, head=1.22, line=1.0)
WAIST_UP = _Framing(tall=1.50, ground=1.68, head=1.08, line=1.5)
FACE_AT, FACE_BELOW_HAT = 0.27, 0.34  # where the face of a waist-up sheet is, as a share of its height


def reference_sheet(
    subject: Subject, rng: np.random.Generator, *, width: int = SHEET_WIDTH, height: int = SHEET_HEIGHT
) -> Picture:
    """(height, width, 3) uint8 RGB: whole or waist-up, turned, posed, lit and set before a ground by lot.

    Never in the action of a person's clip, or the motion of a thing's.
    """
    light = Light(_pick(rng, TIMES), "clear")
    sheet = _ground(rng, light, width * FINER, height * FINER)
    front = np.zeros_like(sheet)
    if isinstance(subject, Person):
        _draw_person(front, subject, light, rng)
    else:
        _draw_thing(front, subject, light, rng)
    press(sheet, Stamp(front, clear_of(front), 0, 0))
    small = cv2.resize(sheet[..., :3], (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8)


def _ground(rng: np.random.Generator, light: Light, width: int, height: int) -> Picture:
    """An opaque background: one colour, a vertical fade, or a wall above a floor."""
    kind, wall = _pick(rng, GROUNDS), light.on_figure(WALLS[int(rng.integers(len(WALLS)))])
    colours = np.empty((height, 4), np.uint8)
    colours[:] = (*wall, 255)
    if kind == "fading":
        for row in range(height):
            colours[row, :3] = mixed(wall, shaded(wall, 0.62), row / height)
    elif kind == "room":
        floor = int(height * rng.uniform(0.80, 0.90))
        colours[floor:, :3] = shaded(wall, 0.70)
        colours[floor : floor + FINER, :3] = shaded(wall, 0.45)
    return np.repeat(colours[:, None], width, axis=1)


def _draw_person(front: Picture, person: Person, light: Light, rng: np.random.Generator) -> None:
    others = {action: share for action, share in ACTIONS.items() if action != person.action}
    seen = replace(person, facing=_pick(rng, FACINGS), action=_pick(rng, others))
    framing = WAIST_UP if rng.random() < WAIST_UP_SHARE else WHOLE
    look, posed = look_of(seen, light), pose(seen.action, int(rng.integers(CYCLES[seen.action])))
    # children are drawn larger than beside an adult, or the sheet would hardly show them
    tall = framing.tall * float(np.sqrt(look.height)) * rng.uniform(0.92, 1.0)
    ground = framing.ground
    if framing is WAIST_UP:
        # the face stays where it is however large or low the figure is
        face = head_place(look, posed, framing.head)[1] * tall
        ground = face + (FACE_BELOW_HAT if look.hat else FACE_AT)
    high, wide = front.shape[:2]
    foot = (wide * rng.uniform(0.46, 0.54), ground * high)
    upper = np.zeros_like(front)
    pens = [_pen(part, seen, tall * high, foot, light, framing.line) for part in (front, upper)]
    if posed.seated:
        pens[0].box(-0.20, 0.235, 0.20, 0.0, light.on_figure(SEAT))
    body = Body(pens[0], look, posed, framing.head)
    body.draw_behind(legs=True)
    Body(pens[1], look, posed, framing.head).draw_upper()
    press(front, Stamp(upper, clear_of(upper), 0, -round((posed.rise + posed.breath) * tall * high)))
    body.draw_before()


def _pen(picture: Picture, seen: Subject, unit: float, foot: Point, light: Light, line: float) -> Pen:
    """`unit` pixels a height, its origin at pixel `foot`; `line` counts pixels of the sheet."""
    way = -1 if seen.facing == "left" else 1
    ink_width = line * picture.shape[0] / SHEET_HEIGHT
    return Pen(picture, way * unit, -unit, foot[0], foot[1], light.ink, ink_width)


def _draw_thing(front: Picture, thing: Thing, light: Light, rng: np.random.Generator) -> None:
    motion = "standing" if thing.motion == "moving" else "moving"
    seen = replace(thing, facing=("left", "right")[int(rng.integers(2))], motion=motion)
    high, wide = front.shape[:2]
    aside, above = reach(thing.thing)
    above -= FLIGHT if thing.thing in FLYERS else 0.0
    scale = min(0.48 * wide / aside, 0.80 * high / above) * rng.uniform(0.86, 1.0)
    middle = FLIGHT if motion == "moving" and thing.thing in FLYERS else above / 2
    foot = (wide / 2, high * rng.uniform(0.50, 0.62) + middle * scale)
    draw_thing(_pen(front, seen, scale, foot, light, 1.0), seen, light, int(rng.integers(THING_CYCLES[thing.thing])))


def _pick(rng: np.random.Generator, shares: Mapping[str, float]) -> str:
    words: Sequence[str] = tuple(shares)
    bounds = np.cumsum(tuple(shares.values()))
    return words[int(np.searchsorted(bounds, rng.random() * bounds[-1], side="right"))]
