"""What is asked of a picture or clip: each attribute's possible answers and the right one for a scene."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from model_runtime.stage.scene import Person, Scene, random_scene
from model_runtime.stage.words import load_words

NONE = "none"
UNTOLD = -1  # label of a scene whose pictures do not tell an attribute
SMALL_FIGURES = "extreme wide shot"
WHOLE_FIGURES = "wide shot"
WALK_OR_STAND = ("walking", "standing")


@dataclass(frozen=True)
class Attribute:
    """`of` gives the right answer, or None where a scene's pictures do not tell it."""

    name: str
    answers: tuple[str, ...]
    of: Callable[[Scene], str | None]

    def label(self, scene: Scene) -> int:
        answer = self.of(scene)
        return UNTOLD if answer is None else self.answers.index(answer)

    @property
    def chance(self) -> float:
        return 1.0 / len(self.answers)


@cache
def still_attributes() -> tuple[Attribute, ...]:
    """Of one drawing as a whole."""
    words = load_words()
    return (
        Attribute("location", words.location, lambda scene: scene.location),
        Attribute("time of day", words.time, lambda scene: scene.time),
        Attribute("weather", words.weather, lambda scene: scene.weather),
        Attribute("shot size", words.size, lambda scene: scene.size if scene.people else None),
        Attribute("angle", words.angle, lambda scene: scene.angle),
        Attribute("people", ("0", "1", "2"), lambda scene: str(len(scene.people))),
        Attribute("side", words.side, of_single(lambda person: person.side)),
    )


@cache
def person_attributes() -> tuple[Attribute, ...]:
    """Of one drawing, where a person stands: who that is, and which way they face."""
    words = load_words()
    return (
        Attribute("top colour", words.colour, of_single(lambda person: person.colour)),
        Attribute("facing", words.facing, of_single(lambda person: person.facing)),
        Attribute("garment", words.garment, _garment),
        Attribute("kind", words.kind, of_single(lambda person: person.kind)),
        Attribute("hair", words.hair, of_single(lambda person: person.hair)),
        Attribute("hat", (NONE, *words.hat), of_single(lambda person: person.hat or NONE)),
        Attribute("hat colour", (NONE, *words.colour), of_single(lambda person: person.hat_colour or NONE)),
        Attribute("scarf", (NONE, *words.colour), of_single(lambda person: person.scarf or NONE)),
        Attribute("hood", ("down", "up"), of_single(lambda person: "up" if person.hood else "down")),
    )


APPEARANCE = ("top colour", "garment", "kind", "hair", "hat", "hat colour", "scarf", "hood")
"""Attributes that together tell who a person is, apart from place, pose and light."""


@cache
def action_attributes() -> tuple[Attribute, ...]:
    """Of a short clip before a resting camera."""
    return (Attribute("action", load_words().action, lambda scene: _only(scene).action),)


@cache
def move_attributes() -> tuple[Attribute, ...]:
    """Of a whole clip."""
    return (Attribute("camera move", load_words().move, lambda scene: scene.move),)


def attribute(name: str) -> Attribute:
    known = {
        each.name: each
        for each in (*still_attributes(), *person_attributes(), *action_attributes(), *move_attributes())
    }
    return known[name]


def is_alone(scene: Scene) -> bool:
    """One person, nothing else, large enough to be looked at."""
    return len(scene.people) == 1 and not scene.things and scene.size != SMALL_FIGURES


def is_pair(scene: Scene) -> bool:
    """Two people side by side, left and right, large enough to be looked at."""
    beside = {person.side for person in scene.people} == {"left", "right"}
    return beside and not scene.things and scene.size != SMALL_FIGURES and scene.angle != "over-the-shoulder"


def is_whole_figure(scene: Scene) -> bool:
    """One person seen from head to foot before a resting camera: what is done can be told."""
    return is_alone(scene) and scene.size == WHOLE_FIGURES and scene.move == "static"


def of_single(told: Callable[[Person], str]) -> Callable[[Scene], str | None]:
    return lambda scene: told(scene.people[0]) if is_alone(scene) else None


def _garment(scene: Scene) -> str | None:
    # a close-up ends above the cut that tells one garment from another
    return scene.people[0].garment if is_alone(scene) and scene.size != "close-up" else None


def _only(scene: Scene) -> Person:
    return scene.people[0]


def scene_where(
    rng: np.random.Generator,
    wanted: Callable[[Scene], bool],
    lot: Callable[[np.random.Generator], Scene] = random_scene,
) -> Scene:
    """The first scene drawn by lot that is as wanted."""
    while not wanted(scene := lot(rng)):
        pass
    return scene


def labels_of(attributes: Sequence[Attribute], scenes: Sequence[Scene]) -> np.ndarray:
    """int64 (attributes, scenes), UNTOLD where an attribute is not asked."""
    return np.array([[each.label(scene) for scene in scenes] for each in attributes], dtype=np.int64)
