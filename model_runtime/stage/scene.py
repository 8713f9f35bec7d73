"""What a drawing shows, as one frozen value, and how scenes are drawn by lot for training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model_runtime.stage.held_out import is_held_out
from model_runtime.stage.words import Words, load_words

FAST_ACTIONS = ("running", "waving")
HOODED_GARMENT = "raincoat"

# Shares, not probabilities. Words that are missing here weigh 1. Fast movement is drawn more often than
# its number of words would give, since a model that sees little of it learns to hold still.
SIZE_SHARES = {"wide shot": 1.3}
MOVE_SHARES = {"static": 2.8}
ACTION_SHARES = {"standing": 1.1, "walking": 1.6, "running": 1.5, "waving": 1.3}
PEOPLE_SHARES = (0.10, 0.55, 0.35)
HOOD_UP_SHARE = 0.65
SCARF_SHARE = 0.25


@dataclass(frozen=True)
class Person:
    """Who it is (what reference pictures show), then where they stand and what they do in this scene.

    `skin` is an index of `look.SKINS` that no caption tells; the words of "usual" (average, usual, middle) are not told.
    """

    kind: str
    hair: str
    colour: str
    garment: str
    hood: bool
    scarf: str | None
    side: str
    facing: str
    action: str
    build: str = "average"
    style: str = "usual"
    hat: str = ""
    hat_colour: str = ""
    glasses: bool = False
    skin: int = 0
    depth: str = "middle"


@dataclass(frozen=True)
class Thing:
    """An animal or a vehicle."""

    thing: str
    colour: str
    side: str
    facing: str
    motion: str
    depth: str = "middle"


Subject = Person | Thing


@dataclass(frozen=True)
class Scene:
    """One shot. `seed` holds all that the caption does not tell: small shifts, phase, drops of rain."""

    size: str
    move: str
    location: str
    time: str
    weather: str
    people: tuple[Person, ...]
    seed: int
    angle: str = "eye level"
    things: tuple[Thing, ...] = ()

    def __post_init__(self) -> None:
        sides = [person.side for person in self.people]
        if len(sides) > 2 or len(set(sides)) != len(sides):
            raise ValueError(f"a scene holds at most two people, each on a side of their own, not {sides}")
        if len(self.things) > 1:
            raise ValueError(f"a scene holds at most one animal or vehicle, not {len(self.things)}")

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """People, then things: the order of captions, masks and reference sheets."""
        return (*self.people, *self.things)


def random_scene(rng: np.random.Generator, *, held_out: bool = False) -> Scene:
    """A scene drawn by lot: never a held-out combination, or with `held_out` only such."""
    words = load_words()
    while True:
        scene = _any_scene(rng, words)
        if is_held_out(scene) == held_out:
            return scene


def has_fast_movement(scene: Scene) -> bool:
    quick_pan = scene.move.startswith("pan") and scene.size == "wide shot"
    return quick_pan or any(person.action in FAST_ACTIONS for person in scene.people)


def _any_scene(rng: np.random.Generator, words: Words) -> Scene:
    size = _pick(rng, words.size, SIZE_SHARES)
    number = int(np.searchsorted(np.cumsum(PEOPLE_SHARES), rng.random(), side="right"))
    return Scene(
        size=size,
        move=_pick(rng, words.move, MOVE_SHARES),
        location=_pick(rng, words.location),
        time=_pick(rng, words.time),
        weather=_pick(rng, words.weather),
        people=tuple(_any_person(rng, words, side) for side in _sides(rng, words, size, number)),
        seed=int(rng.integers(2**31)),
    )


def _sides(rng: np.random.Generator, words: Words, size: str, number: int) -> list[str]:
    # Two large figures only fit beside each other with the middle left free.
    free = ("left", "right") if number == 2 and size != "wide shot" else words.side
    return [free[i] for i in rng.permutation(len(free))[:number]]


def _any_person(rng: np.random.Generator, words: Words, side: str) -> Person:
    garment = _pick(rng, words.garment)
    return Person(
        kind=_pick(rng, words.kind),
        hair=_pick(rng, words.hair),
        colour=_pick(rng, words.colour),
        garment=garment,
        hood=garment == HOODED_GARMENT and bool(rng.random() < HOOD_UP_SHARE),
        scarf=_pick(rng, words.colour) if rng.random() < SCARF_SHARE else None,
        side=side,
        facing=_pick(rng, words.facing),
        action=_pick(rng, words.action, ACTION_SHARES),
    )


def _pick(rng: np.random.Generator, words: Sequence[str], shares: dict[str, float] | None = None) -> str:
    if not shares:
        return words[int(rng.integers(len(words)))]
    bounds = np.cumsum([shares.get(word, 1.0) for word in words])
    return words[int(np.searchsorted(bounds, rng.random() * bounds[-1], side="right"))]
