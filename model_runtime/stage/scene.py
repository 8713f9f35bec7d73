"""What a drawing shows, as one frozen value, and how scenes are drawn by lot for training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from model_runtime.stage import lots
from model_runtime.stage.held_out import is_held_out
from model_runtime.stage.words import Words, load_words

HOODED_GARMENT = "raincoat"
SKIN_TONES = 3  # as many as `look.SKINS` has
MOST_PEOPLE, MOST_THINGS = 2, 1


@dataclass(frozen=True)
class Person:
    """Who it is (what reference pictures show), then where they stand and what they do in this scene.

    `skin` is an index of `look.SKINS` that no caption tells. Nor does it tell what is average, usual or middle.
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
        if len(self.people) > MOST_PEOPLE or len(self.things) > MOST_THINGS:
            raise ValueError(
                f"a scene holds at most two people and one animal or vehicle, "
                f"not {len(self.people)} and {len(self.things)}"
            )
        sides = [person.side for person in self.people]
        if len(set(sides)) != len(sides):
            raise ValueError(f"people stand each on a side of their own, not {sides}")
        if self.angle == "over-the-shoulder" and (len(sides) < MOST_PEOPLE or self.people[1].facing != "away"):
            raise ValueError("an over-the-shoulder shot needs two people, the second facing away")

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


def _any_scene(rng: np.random.Generator, words: Words) -> Scene:
    size, location = _pick(rng, words.size, lots.SIZES), _pick(rng, words.location)
    people = _any_people(rng, words, size, location)
    angle = _pick(rng, words.angle, {**lots.ANGLES, "over-the-shoulder": 0})
    if len(people) == 2 and size != "extreme wide shot" and rng.random() < lots.OVER_THE_SHOULDER:
        angle, people = "over-the-shoulder", _over_the_shoulder(rng, people)
    things: tuple[Thing, ...] = ()
    crowded = (size == "close-up" and len(people) == 2) or any(person.action == "driving" for person in people)
    if not crowded and angle != "over-the-shoulder" and rng.random() < lots.THING:
        things = (_any_thing(rng, words, size, location, people),)
    return Scene(
        size=size,
        move=_pick(rng, words.move, lots.MOVES),
        location=location,
        time=_pick(rng, words.time),
        weather=_pick(rng, words.weather, lots.WEATHERS),
        people=people,
        seed=int(rng.integers(2**31)),
        angle=angle,
        things=things,
    )


# People


def _any_people(rng: np.random.Generator, words: Words, size: str, location: str) -> tuple[Person, ...]:
    number = int(np.searchsorted(np.cumsum(lots.PEOPLE), rng.random(), side="right"))
    sides = _sides(rng, words, size, number)
    people = tuple(_any_person(rng, words, _seen_actions(size, location, number), size, side) for side in sides)
    return _hugging(people) if number == 2 and rng.random() < lots.HUGGING else people


def _sides(rng: np.random.Generator, words: Words, size: str, number: int) -> list[str]:
    # Two large figures only fit beside each other with the middle left free.
    roomy = number < 2 or size in ("extreme wide shot", "wide shot")
    free = words.side if roomy else ("left", "right")
    return [free[i] for i in rng.permutation(len(free))[:number]]


def _any_person(rng: np.random.Generator, words: Words, actions: lots.Shares, size: str, side: str) -> Person:
    action = _pick(rng, words.action, actions)
    kind = _pick(rng, words.kind, lots.DRIVERS if action == "driving" else lots.KINDS)
    garment = _pick(rng, words.garment, lots.MENS_GARMENTS if kind in ("man", "boy") else None)
    hood = garment == HOODED_GARMENT and bool(rng.random() < lots.HOOD_UP)
    hatted = not hood and bool(rng.random() < lots.HAT)
    return Person(
        kind=kind,
        hair=_pick(rng, words.hair),
        colour=_pick(rng, words.colour),
        garment=garment,
        hood=hood,
        scarf=_pick(rng, words.colour) if rng.random() < lots.SCARF else None,
        side=side,
        facing=_pick(rng, _facings(words, action, side)),
        action=action,
        build=_pick(rng, words.build, lots.BUILDS),
        style=_pick(rng, words.style, lots.STYLES),
        hat=_pick(rng, words.hat) if hatted else "",
        hat_colour=_pick(rng, words.colour) if hatted else "",
        glasses=bool(rng.random() < lots.GLASSES),
        skin=int(rng.integers(SKIN_TONES)),
        depth=_any_depth(rng, words, size),
    )


def _facings(words: Words, action: str, side: str) -> Sequence[str]:
    if action == "opening a door" and side != "centre":
        return ("left",) if side == "right" else ("right",)  # the door stands toward the middle, not outside
    return lots.FACINGS_OF.get(action, words.facing)


def _seen_actions(size: str, location: str, people: int) -> lots.Shares:
    unseen = [*lots.UNSEEN_ACTIONS.get(size, ()), *(lots.ACTIONS_ALONE if people > 1 else ())]
    unseen += [action for action, places in lots.ACTION_PLACES.items() if location not in places]
    return {**lots.ACTIONS, **dict.fromkeys(unseen, 0.0)}


def _any_depth(rng: np.random.Generator, words: Words, size: str) -> str:
    # what is far in the widest shot would be a few pixels high
    return _pick(rng, words.depth, {**lots.DEPTHS, "far": 0} if size == "extreme wide shot" else lots.DEPTHS)


def _hugging(people: tuple[Person, ...]) -> tuple[Person, ...]:
    """Both, face to face and equally near."""
    order = ("left", "centre", "right")
    one, other = people
    first_left = order.index(one.side) < order.index(other.side)
    facings = ("right", "left") if first_left else ("left", "right")
    return tuple(
        replace(person, action="hugging", facing=facing, depth="middle")
        for person, facing in zip(people, facings, strict=True)
    )


def _over_the_shoulder(rng: np.random.Generator, people: tuple[Person, ...]) -> tuple[Person, ...]:
    """The second one large before us, from behind; the first turned to them or to us."""
    near_side, far_side = ("left", "right") if rng.random() < 0.5 else ("right", "left")
    quiet = ("standing", "talking", "sitting", "drinking", "phoning", "reading")
    first = replace(
        people[0],
        side=far_side if rng.random() < 0.6 else "centre",
        facing="us" if rng.random() < 0.5 else near_side,
        action=quiet[int(rng.integers(len(quiet)))],
        depth="middle",
    )
    second = replace(people[1], side=near_side, facing="away", action="standing", depth="middle")
    return first, second


# Animals and vehicles


def _any_thing(rng: np.random.Generator, words: Words, size: str, location: str, people: tuple[Person, ...]) -> Thing:
    here = [thing for thing in words.thing if location in lots.THING_PLACES.get(thing, (location,))]
    thing = _pick(rng, here)
    taken = {person.side for person in people}
    large = size in ("medium shot", "close-up")
    # a boat keeps clear of the planks in the middle of the pier, and one large person hides the middle
    aside = thing == "boat" or (large and len(people) == 1)
    free = [side for side in words.side if side not in taken and not (aside and side == "centre")]
    if thing == "boat" or (large and people):
        depth = "far"  # where large people leave room for it, or where the water is
    else:
        depth = "middle" if large else _any_depth(rng, words, size)
    return Thing(
        thing=thing,
        colour=_pick(rng, words.colour),
        side=_pick(rng, free or words.side),
        facing=_pick(rng, ("left", "right")),
        motion=_pick(rng, words.motion),
        depth=depth,
    )


def _pick(rng: np.random.Generator, words: Sequence[str], shares: lots.Shares | None = None) -> str:
    if not shares:
        return words[int(rng.integers(len(words)))]
    bounds = np.cumsum([shares.get(word, 1.0) for word in words])
    return words[int(np.searchsorted(bounds, rng.random() * bounds[-1], side="right"))]
