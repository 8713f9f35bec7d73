"""Animals and vehicles: which is drawn by what, how long its movement's cycle is, how much room it takes."""

from __future__ import annotations

from model_runtime.stage.figures.animals import BEASTS, FLIGHT, draw_beast, draw_bird
from model_runtime.stage.figures.look import GARMENTS, turn_of
from model_runtime.stage.figures.vehicles import draw_bicycle, draw_boat, draw_bus, draw_car
from model_runtime.stage.light import Light
from model_runtime.stage.pen import Pen
from model_runtime.stage.scene import Thing

# Drawings a cycle; divisors of 16, as those of people.
THING_CYCLES = {"dog": 8, "cat": 8, "horse": 8, "bird": 8, "car": 8, "bus": 8, "bicycle": 8, "boat": 16}
# The height of each in heights of an adult, and how far it reaches to either side of its middle.
HEIGHTS = {
    "dog": 0.50,
    "cat": 0.44,
    "horse": 1.16,
    "bird": 0.46,
    "car": 0.82,
    "bus": 1.57,
    "bicycle": 0.72,
    "boat": 1.33,
}
HALF_LENGTHS = {
    "dog": 0.40,
    "cat": 0.30,
    "horse": 0.79,
    "bird": 0.42,
    "car": 1.20,
    "bus": 1.84,
    "bicycle": 0.58,
    "boat": 1.13,
}
FLYERS = ("bird",)  # rise to animals.FLIGHT when they move
INK_ROOM = 0.05  # for outlines
VEHICLES = {"car": draw_car, "bus": draw_bus, "bicycle": draw_bicycle, "boat": draw_boat}


def reach(thing: str) -> tuple[float, float]:
    """How far it may reach to either side of its middle and above the ground, in heights of an adult."""
    above = FLIGHT + HEIGHTS[thing] if thing in FLYERS else HEIGHTS[thing]
    return HALF_LENGTHS[thing] + INK_ROOM, above + INK_ROOM


def draw_thing(pen: Pen, thing: Thing, light: Light, step: int) -> None:
    """Draws in heights of an adult: origin on the ground under its middle, y upwards, x the way it faces.

    A bird that moves flies at `animals.FLIGHT` above the origin; everything else stands on it.
    """
    colour, turn = light.on_figure(GARMENTS[thing.colour]), turn_of(thing.facing)
    moving = thing.motion == "moving"
    if thing.thing in BEASTS:
        draw_beast(pen, thing.thing, colour, turn, step, moving=moving)
    elif thing.thing == "bird":
        draw_bird(pen, colour, turn, step, moving=moving)
    else:
        VEHICLES[thing.thing](pen, colour, turn, light, step, moving=moving)
