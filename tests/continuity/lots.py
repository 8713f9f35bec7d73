"""Which pairs of drawings likeness, colour and exposure are measured on, the same ones every time.

Measured is on held-out combinations only; what is tuned is tuned on the others, by seeds of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from model_runtime.stage.held_out import is_held_out
from model_runtime.stage.lots import ACTION_PLACES, THING_PLACES
from model_runtime.stage.scene import Person, Scene, random_scene

CASTS, CUTS = 500, 200  # pairs
CAST_SEED, CUT_SEED = 50_001, 50_002
TUNING_CAST_SEED, TUNING_CUT_SEED = 70_001, 70_002
PLACEMENT = ("side", "facing", "action", "depth")  # fields of a person that a scene decides, not who it is
TOO_SMALL = "extreme wide shot"  # people are a few pixels high in it
SAME_VIEW_EVERY = 5  # cuts: one in so many is the same view of the set again


class Casting(NamedTuple):
    """Two shots of one or two people each; where `same`, of the same people in the same order of `scene.people`."""

    one: Scene
    other: Scene
    same: bool


class Cut(NamedTuple):
    """The last drawing of one shot and the first of the next, in the same place, time and weather."""

    last: Scene
    first: Scene
    same_view: bool


@dataclass(frozen=True)
class Shift:
    """What is planted: `kind` 'offset' (in L*a*b*) or 'balance' (of linear light) along `way`, or 'stops'."""

    kind: str
    way: tuple[float, float, float]


def castings(count: int = CASTS, seed: int = CAST_SEED, *, held_out: bool = True) -> list[Casting]:
    """Every second pair has the same cast."""
    rng = np.random.default_rng(seed)
    return [_casting(rng, number % 2 == 0, held_out) for number in range(count)]


def cuts(count: int = CUTS, seed: int = CUT_SEED, *, held_out: bool = True) -> list[Cut]:
    rng = np.random.default_rng(seed)
    return [_cut(rng, number % SAME_VIEW_EVERY == 0, held_out) for number in range(count)]


def shifts(count: int = CUTS, seed: int = CUT_SEED + 1) -> list[Shift]:
    """One for each cut: directions all around, offsets and balances in turn."""
    rng = np.random.default_rng(seed)
    ways = rng.normal(size=(count, 3))
    ways /= np.linalg.norm(ways, axis=1, keepdims=True)
    return [Shift(("offset", "balance")[number % 2], _three(way)) for number, way in enumerate(ways)]


def exposures(count: int = CUTS) -> list[Shift]:
    """Half a stop up and down in turn."""
    return [Shift("stops", (sign, sign, sign)) for sign in (0.5, -0.5) * (count // 2)]


def where(rng: np.random.Generator, wanted: Callable[[Scene], bool], *, held_out: bool) -> Scene:
    """The first scene drawn by lot that is as wanted."""
    while not wanted(scene := random_scene(rng, held_out=held_out)):
        pass
    return scene


def dressed_as(scene: Scene, people: tuple[Person, ...]) -> Scene:
    """The scene with its people's places and doings, looking like `people`."""
    seen = tuple(
        replace(looks, **{name: getattr(own, name) for name in PLACEMENT})
        for own, looks in zip(scene.people, people, strict=True)
    )
    return replace(scene, people=seen)


def _casting(rng: np.random.Generator, same: bool, held_out: bool) -> Casting:
    one = where(rng, _has_people, held_out=held_out)

    def as_many(scene: Scene) -> bool:
        return _has_people(scene) and len(scene.people) == len(one.people)

    if not same:
        return Casting(one, where(rng, as_many, held_out=held_out), same)

    def takes_them(scene: Scene) -> bool:
        return as_many(scene) and is_held_out(dressed_as(scene, one.people)) == held_out

    return Casting(one, dressed_as(where(rng, takes_them, held_out=held_out), one.people), same)


def _has_people(scene: Scene) -> bool:
    return bool(scene.people) and scene.size != TOO_SMALL


def _cut(rng: np.random.Generator, same_view: bool, held_out: bool) -> Cut:
    last = random_scene(rng, held_out=held_out)
    while True:
        # drawn for any place, then set in this one: to wait for the place by lot would take minutes
        other = random_scene(rng)
        first = replace(other, location=last.location, time=last.time, weather=last.weather)
        seen_alike = (first.size, first.angle) == (last.size, last.angle)
        if seen_alike == same_view and _fits(first) and is_held_out(first) == held_out:
            return Cut(last, first, same_view)


def _fits(scene: Scene) -> bool:
    """Nothing is where it does not go."""
    going = [(one.action, ACTION_PLACES) for one in scene.people] + [(one.thing, THING_PLACES) for one in scene.things]
    return all(scene.location in places.get(word, (scene.location,)) for word, places in going)


def _three(way: np.ndarray) -> tuple[float, float, float]:
    red, green, blue = way.tolist()
    return red, green, blue
