"""The caption form: written and read without loss, the same one the stage's drawings are told in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_runtime.expanders.captions import Caption, CaptionForm, NoCaption, Person, load_form
from model_runtime.stage.caption import caption as stage_caption
from model_runtime.stage.scene import random_scene

FORM = load_form(Path(__file__).resolve().parents[3] / "assets" / "prompts" / "sketch.toml")
WORDS = {name: st.sampled_from(words) for name, words in FORM.words.items()}
PEOPLE = st.builds(
    Person,
    **{name: WORDS[name] for name in ("kind", "hair", "colour", "garment", "side", "facing", "action")},
    hood=st.booleans(),
    scarf=st.just("") | WORDS["colour"],
)
CAPTIONS = st.builds(
    Caption,
    **{name: WORDS[name] for name in ("size", "move", "location", "time", "weather")},
    people=st.lists(PEOPLE, max_size=3).map(tuple),
)


@given(CAPTIONS)
def test_a_caption_is_read_back_as_it_was_written(caption: Caption) -> None:
    assert FORM.parse(FORM.compose(caption)) == caption


def test_the_stage_tells_its_drawings_in_the_same_form() -> None:
    rng = np.random.default_rng(7)
    for _ in range(300):
        text = stage_caption(random_scene(rng))
        assert FORM.compose(FORM.parse(text)) == text


def test_the_form_is_the_one_of_its_own_example() -> None:
    text = (
        "wide shot, push in. pier, night, rain. woman with black hair in a yellow raincoat, hood up, left, "
        "facing right, walking. man with brown hair in a dark coat, red scarf, right, facing left, standing."
    )
    caption = FORM.parse(text)
    assert caption.people[0].hood and caption.people[1].scarf == "red" and FORM.compose(caption) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "wide shot, static.",
        "wide shot, static. pier, night, rain.",
        "wide shot, static. pier, night, rain. nobody",
        "wide shot, static. pier, night, snow. nobody.",
        "Wide shot, static. pier, night, rain. nobody.",
        "wide shot, static. pier, night, rain. nobody. nobody.",
        "wide shot, static. pier, night, rain. woman with black hair in a yellow raincoat, left, facing right, flying.",
    ],
)
def test_what_is_not_in_the_form_is_refused(text: str) -> None:
    with pytest.raises(NoCaption):
        FORM.parse(text)


def test_two_forms_do_not_share_words() -> None:
    other = CaptionForm(FORM.form, {**FORM.words, "location": ("moon",)})
    assert other.parse("wide shot, static. moon, night, rain. nobody.").location == "moon"
    with pytest.raises(NoCaption):
        FORM.parse("wide shot, static. moon, night, rain. nobody.")
