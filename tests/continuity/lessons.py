"""What the recogniser learns from: windows on the same subjects in two scenes each, drawn and round-tripped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import cv2
import numpy as np

from model_runtime.stage.draw import render
from model_runtime.stage.lots import THING_PLACES
from model_runtime.stage.scene import Person, Scene, Subject, Thing
from studio.sight.windows import Place, windows_of
from tests.continuity.lots import dressed_as, where

LESSON_SEED = 90_001
THINGS_SHARE = 0.2  # casts that are an animal or a vehicle


@dataclass(frozen=True)
class Lesson:
    """Windows uint8 (n, 2, h, w, 3) of n subjects in two scenes each, and those scenes with the one subject alone."""

    windows: np.ndarray
    scenes: list[tuple[Scene, Scene]]


Through = Callable[[np.ndarray], np.ndarray]  # pictures uint8 (n, h, w, 3) to other pictures of the same
Pair = tuple[Scene, Scene]


def lesson(count: int, seed: int, size: tuple[int, int], through: Through | None = None) -> Lesson:
    """`count` casts drawn at `size` (w, h), seen as drawn or `through` something."""
    cv2.setNumThreads(1)
    rng = np.random.default_rng(seed)
    casts = [_things(rng) if rng.random() < THINGS_SHARE else _people(rng) for _ in range(count)]
    drawn = np.stack([_drawn(scene, size) for cast in casts for scene in cast])
    seen = through(drawn) if through else drawn
    windows, scenes = [], []
    for number, cast in enumerate(casts):
        pictures = seen[2 * number : 2 * number + 2]
        for pair in _alone(cast):
            places = [Place(scene.subjects[0].side, scene.size) for scene in pair]
            windows.append([windows_of(each, place)[0] for each, place in zip(pictures, places, strict=True)])
            scenes.append(pair)
    return Lesson(np.array(windows), scenes)


def _drawn(scene: Scene, size: tuple[int, int]) -> np.ndarray:
    return np.asarray(render(scene, frames=1, width=size[0], height=size[1]).frames[0])


def _alone(cast: Pair) -> list[Pair]:
    """Both scenes with each of the subjects they share by itself: where it stands, and what may be read off it."""
    one, other = cast
    if one.people:
        return [
            (_only(one, person), _only(other, again)) for person, again in zip(one.people, other.people, strict=True)
        ]
    return [(_only(one, one.things[0]), _only(other, other.things[0]))]


def _only(scene: Scene, subject: Subject) -> Scene:
    people, things = ((subject,), ()) if isinstance(subject, Person) else ((), (subject,))
    return replace(scene, people=people, things=things, angle="eye level")


def _people(rng: np.random.Generator) -> Pair:
    """One or two people, each scene with animals and vehicles of its own."""
    one = where(rng, lambda scene: bool(scene.people), held_out=False)
    other = where(rng, lambda scene: len(scene.people) == len(one.people), held_out=False)
    return one, dressed_as(other, one.people)


def _things(rng: np.random.Generator) -> Pair:
    one = where(rng, lambda scene: bool(scene.things), held_out=False)
    thing = one.things[0]

    def has_room(scene: Scene) -> bool:
        return bool(scene.things) and scene.location in THING_PLACES.get(thing.thing, (scene.location,))

    other = where(rng, has_room, held_out=False)
    there: Thing = replace(other.things[0], thing=thing.thing, colour=thing.colour)
    return replace(one, people=()), replace(other, people=(), things=(there,))
