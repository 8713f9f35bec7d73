from __future__ import annotations

import re

import numpy as np
import pytest

from model_runtime.stage.caption import Mark, caption
from model_runtime.stage.scene import Person, random_scene
from model_runtime.stage.words import load_words
from tests.model_runtime.stage.scenes import DOG, JON, MARA, a_person, a_scene, a_thing

WORDS = load_words()


def one_of(words: tuple[str, ...]) -> str:
    return "(" + "|".join(re.escape(word) for word in words) + ")"


def maybe(words: tuple[str, ...], before: str = "", after: str = "") -> str:
    return f"(?:{before}{one_of(words)}{after})?"


PERSON = re.compile(
    f"{maybe(WORDS.build, after=' ')}{one_of(WORDS.kind)} with {maybe(WORDS.style, after=' ')}{one_of(WORDS.hair)} hair"
    f" in a {one_of(WORDS.colour)} {one_of(WORDS.garment)}(, hood up)?"
    f"(?:, {one_of(WORDS.colour)} {one_of(WORDS.hat)})?(, glasses)?(?:, {one_of(WORDS.colour)} scarf)?"
    f", {one_of(WORDS.side)}{maybe(WORDS.depth, before=', ')}, facing {one_of(WORDS.facing)}, {one_of(WORDS.action)}"
)
THING = re.compile(
    f"{one_of(WORDS.colour)} {one_of(WORDS.thing)}, {one_of(WORDS.side)}{maybe(WORDS.depth, before=', ')}"
    f", facing {one_of(WORDS.facing)}, {one_of(WORDS.motion)}"
)


def told_of_person(person: Person) -> tuple[object, ...]:
    """The groups of PERSON; None for what is usual."""
    return (
        None if person.build == "average" else person.build,
        person.kind,
        None if person.style == "usual" else person.style,
        person.hair,
        person.colour,
        person.garment,
        ", hood up" if person.hood else None,
        person.hat_colour or None,
        person.hat or None,
        ", glasses" if person.glasses else None,
        person.scarf,
        person.side,
        None if person.depth == "middle" else person.depth,
        person.facing,
        person.action,
    )


def test_caption_has_the_form_of_the_word_list() -> None:
    scene = a_scene(move="push in", location="pier", time="night", weather="rain", people=(MARA, JON))
    assert caption(scene) == (
        "wide shot, push in. pier, night, rain. "
        "woman with black hair in a yellow raincoat, hood up, left, facing right, standing. "
        "man with brown hair in a dark coat, red scarf, right, facing left, standing."
    )


def test_empty_set_is_told_as_nobody() -> None:
    assert caption(a_scene(people=())) == "wide shot, static. beach, day, clear. nobody."


def test_hood_comes_before_scarf() -> None:
    both = a_person(scarf="blue")
    assert "yellow raincoat, hood up, blue scarf, left" in caption(a_scene(people=(both,)))


def test_usual_words_are_not_said() -> None:
    plain = caption(a_scene(people=(a_person(hood=False),)))
    assert plain == (
        "wide shot, static. beach, day, clear. "
        "woman with black hair in a yellow raincoat, left, facing right, standing."
    )


def test_unusual_words_are_said_in_their_places() -> None:
    person = a_person(hood=False, build="tall", style="curly", hat="cap", hat_colour="red", glasses=True, depth="far")
    told = caption(a_scene(angle="low angle", people=(person,), things=(a_thing(depth="near"),)))
    assert told == (
        "wide shot, low angle, static. beach, day, clear. "
        "tall woman with curly black hair in a yellow raincoat, red cap, glasses, left, far, facing right, standing. "
        "brown dog, right, near, facing left, standing."
    )


def test_mark_comes_before_the_words_or_in_their_place() -> None:
    scene = a_scene(things=(DOG,))
    named = caption(scene, {0: Mark("<s2>"), 1: Mark("<s1>", alone=True)})
    assert "<s2> woman with black hair in a yellow raincoat, hood up, left, facing right, standing." in named
    assert named.endswith("standing. <s1>, right, facing left, standing.")


def test_caption_tells_all_of_a_scene_but_its_seed() -> None:
    rng = np.random.default_rng(3)
    for _ in range(200):
        scene = random_scene(rng)
        camera, place, *told = caption(scene).removesuffix(".").split(". ")
        angle = [] if scene.angle == "eye level" else [scene.angle]
        assert camera.split(", ") == [scene.size, *angle, scene.move]
        assert place.split(", ") == [scene.location, scene.time, scene.weather]
        if not scene.subjects:
            assert told == ["nobody"]
            continue
        people, things = told[: len(scene.people)], told[len(scene.people) :]
        for sentence, person in zip(people, scene.people, strict=True):
            match = PERSON.fullmatch(sentence)
            assert match is not None
            assert match.groups() == told_of_person(person)
        for sentence, thing in zip(things, scene.things, strict=True):
            match = THING.fullmatch(sentence)
            assert match is not None
            depth = None if thing.depth == "middle" else thing.depth
            assert match.groups() == (thing.colour, thing.thing, thing.side, depth, thing.facing, thing.motion)


@pytest.mark.parametrize("name", ["size", "angle", "move", "location", "time", "weather"])
def test_every_word_of_a_scene_is_drawn_by_lot(name: str) -> None:
    rng = np.random.default_rng(5)
    met = {getattr(random_scene(rng), name) for _ in range(300)}
    assert met == set(getattr(WORDS, name))


PERSON_LISTS = ["kind", "build", "hair", "style", "colour", "garment", "side", "depth", "facing", "action"]


@pytest.mark.parametrize("name", PERSON_LISTS)
def test_every_word_of_a_person_is_drawn_by_lot(name: str) -> None:
    rng = np.random.default_rng(5)
    met = {getattr(person, name) for _ in range(600) for person in random_scene(rng).people}
    assert met == set(getattr(WORDS, name))


@pytest.mark.parametrize("name", ["thing", "colour", "motion", "side", "depth"])
def test_every_word_of_a_thing_is_drawn_by_lot(name: str) -> None:
    rng = np.random.default_rng(5)
    met = {getattr(thing, name) for _ in range(1200) for thing in random_scene(rng).things}
    assert met == set(getattr(WORDS, name))


def test_hats_are_drawn_by_lot_in_colours() -> None:
    rng = np.random.default_rng(5)
    hats = {(person.hat, person.hat_colour) for _ in range(600) for person in random_scene(rng).people}
    assert {hat for hat, _ in hats} == {"", *WORDS.hat}
    assert {colour for hat, colour in hats if hat} == set(WORDS.colour)
