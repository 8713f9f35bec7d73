"""How a director would jot down a held-out scene: the hundred ideas of `ideas.toml` are made here, once.

Never the caption form: other words, another order, and what goes without saying is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from model_runtime.stage.scene import Person, Scene
from model_runtime.training.evaluation.attributes import scene_where, still_attributes
from model_runtime.training.evaluation.ideas import HELD_OUT, Idea
from model_runtime.training.evaluation.lots import any_scene, rng_of

COUNT = 100
UNTOLD_SIZES, UNTOLD_ANGLES, PRONOUNS = 0.3, 0.5, 0.3
"""Shares of ideas that leave the size or the angle open, and of people alone who are only she or he."""

PLACES = {
    "pier": ("on the jetty", "at the end of the pier", "on the dock", "by the harbour wall on the quay"),
    "ferry deck": ("on the deck of the ferry", "aboard the ferry", "on the ferry's upper deck"),
    "street": ("in an empty street", "on the pavement in town", "down a narrow alley", "on the main road"),
    "kitchen": ("in the kitchen", "in a small kitchen", "at the kitchen table"),
    "forest": ("in the woods", "among the trees of a forest", "deep in the forest"),
    "beach": ("on the beach", "by the sea, on the sand", "along the shore"),
    "desert": ("out in the desert", "among the dunes", "in the desert"),
    "office": ("at the office", "in an office", "at a desk in the office"),
    "rooftop": ("up on the roof", "on a rooftop over the city", "on the roof terrace"),
    "station": ("at the train station", "on the station platform", "in the railway station"),
    "bedroom": ("in the bedroom", "in an old bedroom", "in a hotel room"),
    "mountains": ("high in the mountains", "on a mountain path", "up in the hills"),
}
TIMES = {
    "day": ("at noon", "in the middle of the day", "in daylight", "in the afternoon"),
    "dawn": ("at dawn", "at sunrise", "at first light", "very early, the sun just coming up"),
    "dusk": ("at dusk", "at sunset", "in the evening light", "at nightfall"),
    "night": ("at night", "late at night", "after dark", "around midnight"),
}
WEATHERS = {
    "clear": ("", "", "the sky clear", "no wind, dry"),
    "rain": ("in the rain", "it is pouring", "drizzle", "everything wet with rain"),
    "snow": ("in the snow", "it is snowing", "snow coming down", "in a snowstorm"),
    "fog": ("in the fog", "in thick mist", "foggy", "everything lost in haze"),
}
SIZES = {
    "extreme wide shot": ("a huge vista", "extreme wide", "very wide, tiny figures"),
    "wide shot": ("wide", "a wide shot", "full figure", "establishing"),
    "medium shot": ("medium shot", "mid shot", "from the waist up"),
    "close-up": ("close-up", "tight", "close on the face"),
}
ANGLES = {"high angle": ("seen from above", "camera up high"), "low angle": ("camera low", "from below")}
KINDS = {
    "woman": ("a woman", "a lady", "some woman"),
    "man": ("a man", "a guy", "some man"),
    "girl": ("a girl", "a little girl", "a schoolgirl"),
    "boy": ("a boy", "a little boy", "a kid"),
}
GARMENTS = {
    "raincoat": ("raincoat", "slicker"),
    "coat": ("coat", "long coat"),
    "sweater": ("sweater", "jumper"),
    "jacket": ("jacket",),
    "shirt": ("shirt", "t-shirt"),
    "dress": ("dress",),
    "suit": ("suit",),
}
ACTIONS = {
    "standing": ("waits", "just stands there", "stands and listens"),
    "walking": ("walks", "strolls along", "wanders about"),
    "running": ("runs", "is running hard", "hurries"),
    "sitting": ("sits", "is sitting down", "takes a rest"),
    "waving": ("waves", "waves to somebody"),
    "pointing": ("points at something", "is pointing"),
    "talking": ("talks", "is saying something", "whispers"),
    "kneeling": ("kneels", "is down on one knee"),
    "jumping": ("jumps", "leaps up"),
    "dancing": ("dances", "is dancing alone"),
    "drinking": ("drinks coffee", "has a drink"),
    "reading": ("reads a letter", "is reading"),
    "phoning": ("is on the phone", "makes a phone call"),
    "carrying a box": ("carries a box", "lugs a heavy box"),
    "lying": ("lies asleep", "is lying down"),
    "opening a door": ("opens a door", "unlocks the door"),
    "driving": ("drives a car", "sits at the wheel"),
    "hugging": ("gives a hug",),
}
SHE_OR_HE = {"woman": "she", "man": "he"}
NOBODY = ("nobody about", "not a soul", "empty", "no one there")


def held_out_ideas() -> list[Idea]:
    rng = rng_of("ideas")
    return [_idea(rng, scene_where(rng, _is_plain, any_scene)) for _ in range(COUNT)]


def _is_plain(scene: Scene) -> bool:
    return scene.angle != "over-the-shoulder" and not scene.things


def _idea(rng: np.random.Generator, scene: Scene) -> Idea:
    told = {name: answer for name, answer in _truth(scene).items() if answer is not None}
    size = _one(rng, SIZES[scene.size])
    if rng.random() < UNTOLD_SIZES or not scene.people:
        size = ""
        told.pop("shot size", None)
    weather = _one(rng, WEATHERS[scene.weather])
    angle = _one(rng, ANGLES[scene.angle]) if scene.angle in ANGLES and rng.random() > UNTOLD_ANGLES else ""
    who = _who(rng, scene, told)
    where, when = _one(rng, PLACES[scene.location]), _one(rng, TIMES[scene.time])
    if not angle:
        told.pop("angle", None)
    if scene.weather == "clear" and not weather:
        told.pop("weather", None)
    return Idea(HELD_OUT, "en", _ordered(rng, who, where, when, weather, size, angle), told)


def _truth(scene: Scene) -> dict[str, str | None]:
    found = {each.name: each.of(scene) for each in still_attributes() if each.name != "side"}
    if len(scene.people) == 1:
        found |= {"top colour": scene.people[0].colour, "kind": scene.people[0].kind}
    return found


def _who(rng: np.random.Generator, scene: Scene, told: dict[str, str]) -> str:
    if not scene.people:
        return _one(rng, NOBODY)
    if all(person.action == "hugging" for person in scene.people):
        return f"{' and '.join(_looks(rng, person) for person in scene.people)} hug each other"
    if len(scene.people) == 1 and rng.random() < PRONOUNS and scene.people[0].kind in SHE_OR_HE:
        told.pop("top colour", None)
        return f"{SHE_OR_HE[scene.people[0].kind]} {_one(rng, ACTIONS[scene.people[0].action])}"
    return " and ".join(_person(rng, person) for person in scene.people)


def _person(rng: np.random.Generator, person: Person) -> str:
    return f"{_looks(rng, person)} {_one(rng, ACTIONS[person.action])}"


def _looks(rng: np.random.Generator, person: Person) -> str:
    colour = _one(rng, ("dark", "black")) if person.colour == "dark" else person.colour
    article = "an" if colour == "orange" else "a"
    return f"{_one(rng, KINDS[person.kind])} in {article} {colour} {_one(rng, GARMENTS[person.garment])}"


def _ordered(rng: np.random.Generator, who: str, where: str, when: str, weather: str, size: str, angle: str) -> str:
    """The same things in one of the orders in which people tell them."""
    orders = (
        (f"{who} {where} {when}", weather, size, angle),
        (size, angle, f"{who} {where}", when, weather),
        (when, weather, f"{who} {where}", size, angle),
        (f"{where} {when}", weather, who, angle, size),
        (f"{who}, {where}", weather, when, angle, size),
    )
    return ", ".join(filter(None, orders[int(rng.integers(len(orders)))]))


def _one(rng: np.random.Generator, ways: Sequence[str]) -> str:
    return ways[int(rng.integers(len(ways)))]
