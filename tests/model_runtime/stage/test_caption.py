from __future__ import annotations

import re

import numpy as np
import pytest

from model_runtime.stage.caption import caption
from model_runtime.stage.scene import random_scene
from model_runtime.stage.words import load_words
from tests.model_runtime.stage.scenes import JON, MARA, a_person, a_scene

WORDS = load_words()


def one_of(words: tuple[str, ...]) -> str:
    return "(" + "|".join(re.escape(word) for word in words) + ")"


PERSON = re.compile(
    f"{one_of(WORDS.kind)} with {one_of(WORDS.hair)} hair in a {one_of(WORDS.colour)} {one_of(WORDS.garment)}"
    f"(, hood up)?(?:, {one_of(WORDS.colour)} scarf)?, {one_of(WORDS.side)}, facing {one_of(WORDS.facing)}, "
    f"{one_of(WORDS.action)}"
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


def test_caption_tells_all_of_a_scene_but_its_seed() -> None:
    rng = np.random.default_rng(3)
    for _ in range(200):
        scene = random_scene(rng)
        camera, place, *people = caption(scene).removesuffix(".").split(". ")
        assert camera.split(", ") == [scene.size, scene.move]
        assert place.split(", ") == [scene.location, scene.time, scene.weather]
        told = [PERSON.fullmatch(sentence) for sentence in people if sentence != "nobody"]
        assert len(told) == len(scene.people)
        for match, person in zip(told, scene.people, strict=True):
            assert match is not None
            kind, hair, colour, garment, hood, scarf, side, facing, action = match.groups()
            assert (kind, hair, colour, garment) == (person.kind, person.hair, person.colour, person.garment)
            assert (bool(hood), scarf) == (person.hood, person.scarf)
            assert (side, facing, action) == (person.side, person.facing, person.action)


@pytest.mark.parametrize("name", ["size", "move", "location", "time", "weather"])
def test_every_word_of_a_scene_is_drawn_by_lot(name: str) -> None:
    rng = np.random.default_rng(5)
    met = {getattr(random_scene(rng), name) for _ in range(300)}
    assert met == set(getattr(WORDS, name))


@pytest.mark.parametrize("name", ["kind", "hair", "colour", "garment", "side", "facing", "action"])
def test_every_word_of_a_person_is_drawn_by_lot(name: str) -> None:
    rng = np.random.default_rng(5)
    met = {getattr(person, name) for _ in range(300) for person in random_scene(rng).people}
    assert met == set(getattr(WORDS, name))
