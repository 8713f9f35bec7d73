"""Which scenes each figure is measured on: held-out combinations only, the same ones every time."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import fields, replace

import numpy as np

from model_runtime.stage.held_out import is_held_out
from model_runtime.stage.scene import Person, Scene, random_scene
from model_runtime.training.drawings import rng_for
from model_runtime.training.evaluation.attributes import WALK_OR_STAND, is_alone, is_pair, is_whole_figure, scene_where
from model_runtime.training.evaluation.scorer import move_lot

EVALUATE_SEED = 77
PLACEMENT = ("side", "facing", "action", "depth")  # fields of a person that a scene decides, not who it is

Lot = Callable[[np.random.Generator], Scene]


def rng_of(figure: str) -> np.random.Generator:
    """A generator of its own for each figure, so that figures can be measured apart."""
    return rng_for(EVALUATE_SEED, zlib.crc32(figure.encode()))


def scenes_of(figure: str, lot: Lot, count: int) -> list[Scene]:
    rng = rng_of(figure)
    return [lot(rng) for _ in range(count)]


def any_scene(rng: np.random.Generator) -> Scene:
    return random_scene(rng, held_out=True)


def with_people(rng: np.random.Generator) -> Scene:
    return scene_where(rng, lambda scene: bool(scene.people), any_scene)


def single(rng: np.random.Generator) -> Scene:
    return scene_where(rng, is_alone, any_scene)


def pair(rng: np.random.Generator) -> Scene:
    """Two people side by side in different colours."""
    return scene_where(rng, lambda scene: is_pair(scene) and len({one.colour for one in scene.people}) == 2, any_scene)


def walking_or_standing(rng: np.random.Generator) -> Scene:
    def wanted(scene: Scene) -> bool:
        return is_whole_figure(scene) and scene.people[0].action in WALK_OR_STAND

    return scene_where(rng, wanted, any_scene)


def acting(rng: np.random.Generator) -> Scene:
    return scene_where(rng, is_whole_figure, any_scene)


def moving_camera(rng: np.random.Generator) -> Scene:
    return scene_where(rng, is_held_out, move_lot)


def dressed_as(scene: Scene, person: Person) -> Scene:
    """The scene with its single person's place and doing, but looking like `person`."""
    own = scene.people[0]
    return replace(scene, people=(replace(person, **{name: getattr(own, name) for name in PLACEMENT}),))


def looks_of_person(person: Person) -> dict[str, object]:
    """Who it is, without where and what they do."""
    return {each.name: getattr(person, each.name) for each in fields(person) if each.name not in PLACEMENT}


def other_person(rng: np.random.Generator, persons: list[Person]) -> Person:
    """Somebody who looks like none of them."""
    known = [looks_of_person(each) for each in persons]
    return scene_where(rng, lambda scene: is_alone(scene) and looks_of_person(scene.people[0]) not in known).people[0]
