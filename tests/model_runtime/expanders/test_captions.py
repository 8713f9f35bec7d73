"""The caption form: written and read without loss, the same one the stage's drawings are told in."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_runtime.expanders.captions import Caption, CaptionForm, Marked, NoCaption, Person, Subject, Thing, load_form
from model_runtime.stage import scene as stage
from model_runtime.stage.caption import Mark
from model_runtime.stage.caption import caption as stage_caption
from model_runtime.stage.scene import random_scene

FORM = load_form(Path(__file__).resolve().parents[3] / "assets" / "prompts" / "sketch.toml")
WORDS = {name: st.sampled_from(words) for name, words in FORM.words.items()}
MARKS = st.sampled_from(["<s1>", "<s8>", "@mara", "@Old-Jon_2", "@小明"])


def words_of(*names: str) -> dict[str, st.SearchStrategy[str]]:
    return {name: WORDS[name] for name in names}


def with_hat(person: Person, hat: tuple[str, str]) -> Person:
    return replace(person, hat=hat[0], hat_colour=hat[1])


PEOPLE = st.builds(
    with_hat,
    st.builds(
        Person,
        **words_of("kind", "hair", "colour", "garment", "side", "facing", "action", "build", "style", "depth"),
        hood=st.booleans(),
        scarf=st.just("") | WORDS["colour"],
        glasses=st.booleans(),
        mark=st.just("") | MARKS,
    ),
    st.just(("", "")) | st.tuples(WORDS["hat"], WORDS["colour"]),
)
THINGS = st.builds(Thing, **words_of("thing", "colour", "side", "facing", "motion", "depth"), mark=st.just("") | MARKS)
MARKED = st.builds(Marked, MARKS, **words_of("side", "facing", "depth"), action=WORDS["action"] | WORDS["motion"])
CAPTIONS = st.builds(
    Caption,
    **words_of("size", "move", "location", "time", "weather", "angle"),
    subjects=st.lists(PEOPLE | THINGS | MARKED, max_size=3).map(tuple),
)


@given(CAPTIONS)
def test_a_caption_is_read_back_as_it_was_written(caption: Caption) -> None:
    assert FORM.parse(FORM.compose(caption)) == caption


def as_subject(subject: stage.Subject, mark: Mark | None) -> Subject:
    """What a caption tells of a subject of the stage."""
    told = {name: value for name, value in asdict(subject).items() if name != "skin"}
    if mark and mark.alone:
        return Marked(
            mark.word, subject.side, subject.facing, told.get("action") or told["motion"], depth=subject.depth
        )
    word = mark.word if mark else ""
    if isinstance(subject, stage.Thing):
        return Thing(**told, mark=word)
    return Person(**told | {"scarf": subject.scarf or ""}, mark=word)


def test_the_stage_tells_its_drawings_in_the_same_form() -> None:
    rng = np.random.default_rng(7)
    for _ in range(300):
        scene = random_scene(rng)
        marks = {i: Mark(f"<s{i + 1}>", alone=bool(rng.random() < 0.5)) for i in range(3) if rng.random() < 0.5}
        told = Caption(
            scene.size,
            scene.move,
            scene.location,
            scene.time,
            scene.weather,
            tuple(as_subject(one, marks.get(i)) for i, one in enumerate(scene.subjects)),
            scene.angle,
        )
        text = stage_caption(scene, marks)
        assert FORM.compose(told) == text and FORM.parse(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "wide shot, push in. pier, night, rain. woman with black hair in a yellow raincoat, hood up, left, "
        "facing right, walking. man with brown hair in a dark coat, red scarf, right, facing left, standing.",
        "close-up, low angle, static. street, day, clear. <s1>, centre, facing us, talking. dark dog, right, far, "
        "facing left, moving.",
        "medium shot, over-the-shoulder, tilt up. office, day, fog. <s2> tall girl with curly red hair in a blue "
        "dress, green cap, glasses, white scarf, left, near, facing away, opening a door.",
    ],
)
def test_the_form_is_the_one_of_its_own_examples(text: str) -> None:
    assert FORM.compose(FORM.parse(text)) == text


def test_everything_said_of_somebody_is_read() -> None:
    text = (
        "wide shot, static. pier, night, rain. @mara slim woman with long black hair in a red suit, blue beanie, "
        "glasses, left, far, facing away, reading."
    )
    (read,) = FORM.parse(text).people
    assert (read.mark, read.build, read.style, read.hat_colour, read.hat) == ("@mara", "slim", "long", "blue", "beanie")
    assert (read.glasses, read.hood, read.depth, read.facing, read.action) == (True, False, "far", "away", "reading")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "wide shot, static.",
        "wide shot, static. pier, night, rain.",
        "wide shot, static. pier, night, rain. nobody",
        "wide shot, static. pier, night, hail. nobody.",
        "Wide shot, static. pier, night, rain. nobody.",
        "wide shot, static. pier, night, rain. nobody. nobody.",
        "wide shot, eye level, static. pier, night, rain. nobody.",
        "wide shot, static. pier, night, rain. <s9>, left, facing us, standing.",
        "wide shot, static. pier, night, rain. dog, left, facing us, standing.",
        "wide shot, static. pier, night, rain. average woman with black hair in a red coat, left, facing us, walking.",
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
