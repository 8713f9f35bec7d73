"""Animals and vehicles: which is drawn by what, how long its movement's cycle is, how much room it takes."""

from __future__ import annotations

from model_runtime.stage.light import Light
from model_runtime.stage.look import GARMENTS
from model_runtime.stage.pen import Pen
from model_runtime.stage.scene import Thing

# Drawings a cycle; divisors of 16, as those of people.
THING_CYCLES = {"dog": 8, "cat": 8, "horse": 8, "bird": 8, "car": 8, "bus": 8, "bicycle": 8, "boat": 16}
# Height of each, in heights of an adult, and how far it reaches to either side of its middle.
HEIGHTS = {
    "dog": 0.42,
    "cat": 0.28,
    "horse": 1.0,
    "bird": 0.24,
    "car": 0.80,
    "bus": 1.55,
    "bicycle": 0.60,
    "boat": 1.30,
}
HALF_LENGTHS = {
    "dog": 0.34,
    "cat": 0.26,
    "horse": 0.72,
    "bird": 0.30,
    "car": 1.20,
    "bus": 1.85,
    "bicycle": 0.55,
    "boat": 1.20,
}


def reach(thing: str) -> tuple[float, float]:
    """How far it may reach to either side of its middle and above the ground, in heights of an adult."""
    return HALF_LENGTHS[thing] + 0.05, HEIGHTS[thing] + 0.08


def draw_thing(pen: Pen, thing: Thing, light: Light, step: int) -> None:
    """Draws in heights of an adult: origin on the ground under its middle, y upwards, x the way it faces."""
    colour = light.on_figure(GARMENTS[thing.colour])
    aside, above = HALF_LENGTHS[thing.thing], HEIGHTS[thing.thing]
    pen.box(-aside, above, aside, 0.1 * above, colour)
