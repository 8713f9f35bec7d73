from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.errors import BadValue
from studio.project.recipe import Recipe, changes_in_words, difference

FULL = Recipe(
    kind="clip", engine="sketch", weights="abc", shot="shot_a", subjects=("subject_a",), prompt="雨 🌧 “quoted”", seed=9,
    guidance=2.5, first_frame={"hash": "ab", "name": "ab.png", "purpose": "first frame"},
    references=({"hash": "cd", "name": "cd.png"},), made_with={"torch": "2.11"}, fed={"size": "wide"},
)


def test_a_recipe_survives_its_json() -> None:
    assert Recipe.from_json(FULL.to_json()) == FULL
    assert Recipe.from_json(FULL.to_json()).to_json() == FULL.to_json()


@given(st.text(max_size=200), st.integers(0, 2**31), st.floats(0, 100))
def test_any_text_survives(prompt: str, seed: int, guidance: float) -> None:
    prompt = prompt.encode("utf-8", "ignore").decode()
    made = dataclasses.replace(FULL, prompt=prompt, seed=seed, guidance=guidance)
    assert Recipe.from_json(made.to_json()) == made


def test_unknown_fields_are_ignored_and_newer_versions_refused() -> None:
    text = FULL.to_json()
    assert Recipe.from_json(text[:-1] + ',"zoom":3}') == FULL
    with pytest.raises(BadValue, match="version 9"):
        Recipe.from_json(text.replace('"version":2', '"version":9'))


@pytest.mark.parametrize("text", ["", "hello", "[]", "{}", '{"version":"1"}', '{"version":1,"seed":"x"}', "[" * 9999])
def test_what_is_no_recipe_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        Recipe.from_json(text)


def test_the_difference_is_told_in_words() -> None:
    other = dataclasses.replace(FULL, seed=10, first_frame=None)
    assert difference(FULL, other) == ["seed: 9 and 10", "first frame: ab.png and none"]
    assert difference(FULL, FULL) == []


def test_work_on_a_take_is_told_by_its_name_and_what_follows_from_it_is_not() -> None:
    redone = dataclasses.replace(
        FULL,
        work={"name": "take 2 redone from frame 3 to 9", "task": "redo", "take": "take_a", "first": 3, "last": 9},
        given=({"hash": "ef", "name": "ef.mp4", "first": 0, "count": 2, "file_first": 0},), loop=True, strength=0.5,
    )
    assert difference(FULL, redone) == [
        "strength: 1.0 and 0.5", "loop: no and yes", "work on a take: none and take 2 redone from frame 3 to 9"]
    assert Recipe.from_json(redone.to_json()) == redone


def test_a_recipe_of_the_first_version_is_read_as_it_was() -> None:
    """As version 1 wrote it: no work, nothing given beside a first frame, every picture sent."""
    old = {"version": 1, "kind": "clip", "engine": "sketch", "seed": 4, "first_frame": {"hash": "ab", "name": "ab.png"},
           "guide": None, "references": [], "engine_frames": 25, "hold": 2, "frames": 50}
    recipe = Recipe.from_json(json.dumps(old))
    assert recipe.first_frame == {"hash": "ab", "name": "ab.png"} and recipe.seed == 4 and recipe.version == 1
    assert (recipe.work, recipe.given, recipe.mask, recipe.strength, recipe.loop) == (None, (), None, 1.0, False)


def test_why_a_take_is_out_of_date_is_told_in_words() -> None:
    before = {"action": "walk", "size": "wide", "@jon": "a man", "@jon side": "left", "@mara pictures": "a b"}
    after = {"action": "run", "time": "dusk", "@ada": "a girl", "@mara pictures": "a c"}
    assert changes_in_words(before, after) == (
        "@ada was added; @jon was removed; action changed from “walk” to “run”; size “wide” removed; "
        "@mara pictures changed; time set to “dusk”"
    )
    assert changes_in_words(before, dict(before)) == ""
