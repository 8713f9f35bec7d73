"""What a written prompt breaks is told; what it keeps is not complained of."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_runtime import protocol
from model_runtime.expanders import prompting, rules
from model_runtime.expanders.styles import load_style

FOLDER = Path(__file__).resolve().parents[3] / "assets" / "prompts"
GOOD = "@mara, a woman in a yellow raincoat, waits on the wooden pier at night while rain is falling on the planks."


def request(draft: str = "@mara waits", **changes: Any) -> protocol.ExpandPrompt:
    subjects = changes.pop("subjects", ({"name": "@mara", "kind": "character", "description": "a courier"},))
    return protocol.ExpandPrompt("a", 1, "mine", draft, changes.pop("style", "wan"), subjects=subjects, **changes)


def told(text: str, wanted: protocol.ExpandPrompt | None = None, negative: str = "") -> tuple[str, ...]:
    wanted = wanted or request()
    style = load_style(FOLDER, wanted.style)
    parts = [protocol.PromptPart("caption", text)]
    parts += [protocol.PromptPart("negative", negative)] if negative else []
    return rules.warnings(wanted, style, prompting.language_of(wanted, style), parts, FOLDER)


def test_a_text_that_keeps_every_rule_is_not_complained_of() -> None:
    assert told(GOOD) == ()


@pytest.mark.parametrize("text", [GOOD.replace("@mara", "Mara"), GOOD.replace("@mara", "@mira"), GOOD.replace("@", "")])
def test_a_lost_or_changed_name_is_told(text: str) -> None:
    assert any("@mara is missing" in one for one in told(text))


@given(st.lists(st.sampled_from(["@mara", "@jon-2", "@Zoë", "@小美"]), min_size=1, unique=True), st.data())
def test_of_every_name_in_the_draft_exactly_those_that_are_lost_are_told(names: list[str], data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.sampled_from(names), unique=True))
    wanted = request(" and ".join(names), subjects=())
    text = f"{GOOD.removeprefix('@mara, ')} " + ", ".join(kept)
    lost = {one.split()[0] for one in told(text, wanted) if "missing" in one}
    assert lost == set(names) - set(kept)


def test_a_name_in_another_case_is_the_same_name() -> None:
    assert told(GOOD.replace("@mara", "@Mara")) == ()


def test_somebody_in_the_shot_is_missed_even_where_the_draft_does_not_name_them() -> None:
    both = request("@mara waits", subjects=({"name": "@mara"}, {"name": "@jon", "kind": "character"}))
    assert told(GOOD, both) == ("@jon is missing from the text.",)


def test_a_place_may_be_told_without_its_name_unless_the_draft_names_it() -> None:
    place = {"name": "@pier", "kind": "location"}
    assert told(GOOD, request(subjects=({"name": "@mara"}, place))) == ()
    assert told(GOOD, request("@mara on @pier", subjects=({"name": "@mara"}, place))) == (
        "@pier is missing from the text.",
    )


@pytest.mark.parametrize("draft", ["@José waits", unicodedata.normalize("NFD", "@José waits"), "@JOSE waits"])
def test_case_and_accents_make_no_name_lost_or_new(draft: str) -> None:
    assert told(GOOD.replace("@mara", "@José"), request(draft, subjects=())) == ()


def test_a_new_name_is_told_also_where_it_must_not_be_seen() -> None:
    assert "@jon" in told(f"{GOOD} @jon follows her to the end.")[0]
    assert "@jon" in told(GOOD, negative="@jon")[0]


def test_names_in_the_shot_before_and_in_locked_parts_are_not_new() -> None:
    locked = (protocol.PromptPart("motion", "@jon follows."),)
    assert told(f"{GOOD} @jon follows.", request(locked=locked)) == ()
    assert told(f"{GOOD} @jon follows.", request(before={"prompt": "@jon waits"})) == ()


@pytest.mark.parametrize("marks", ['""', "“”", "「」", "«»"])
def test_quoted_words_stay_letter_by_letter(marks: str) -> None:
    wanted = request(f"@mara reads {marks[0]}FERRY  7{marks[1]}")
    assert told(f'{GOOD} The sign says "FERRY  7".', wanted) == ()
    assert "FERRY" in told(f'{GOOD} The sign says "Ferry 7".', wanted)[0]


@pytest.mark.parametrize("text", ["Anna walks by.", "She waves to Jonas.", "It is Anna's boat that lies there."])
def test_a_new_person_is_told(text: str) -> None:
    assert any("is new" in one for one in told(f"{GOOD} {text}"))


@pytest.mark.parametrize(
    "text",
    [
        "Light falls on her. Rain runs down.",
        "A Dutch angle, like on Kodak film.",
        "Framed as a Medium Close-Up at Eye Level.",
        'A sign reads "Anna".',
        "Will she go?",
    ],
)
def test_what_names_nobody_is_no_new_person(text: str) -> None:
    assert told(f"{GOOD} {text}") == ()


def test_a_person_the_shot_tells_of_is_not_new() -> None:
    assert told(f"{GOOD} Anna walks by.", request("@mara and Anna wait")) == ()


def test_too_many_words_or_letters_are_told_with_their_number() -> None:
    assert "1 words" not in told(GOOD) and "words" in told(GOOD + " and rain is in the air" * 60)[0]
    assert "characters" in told(GOOD, request(max_length=50))[0]


@pytest.mark.parametrize(
    ("language", "text", "right"),
    [
        ("en", GOOD, True),
        ("en", "@mara 穿着黄色雨衣在码头上等待，雨不停地下着。", False),
        ("en", "@mara, une femme en manteau jaune, attend sur la jetée de bois pendant que la pluie tombe.", False),
        ("en", "@mara стоит на деревянном пирсе под дождём ночью.", False),
        ("zh", "@mara 穿着黄色雨衣在码头上等待，雨不停地下着。", True),
        ("zh", GOOD, False),
        ("zh", "@mara は黄色いレインコートを着て桟橋で待っている。", False),
    ],
)
def test_another_language_is_told(language: str, text: str, right: bool) -> None:
    assert (told(text, request(language=language)) == ()) == right


def test_quoted_words_may_be_in_any_language() -> None:
    wanted = request('@mara reads "危险请勿靠近这个地方以免发生事故"')
    assert told(f'{GOOD} The sign reads "危险请勿靠近这个地方以免发生事故".', wanted) == ()


def test_for_the_sketch_engine_the_fixed_form_counts() -> None:
    caption = "wide shot, static. pier, night, rain. @mara, centre, facing us, standing."
    assert told(caption, request(style="sketch")) == ()
    assert "form" in told(GOOD, request(style="sketch"))[0]


def test_in_a_fixed_form_only_somebody_with_pictures_needs_the_name() -> None:
    caption = (
        "wide shot, static. pier, night, rain. woman with black hair in a yellow raincoat, centre, facing us, standing."
    )
    shown = ({"name": "@mara", "kind": "character", "pictures": "2"},)
    assert told(caption, request(style="sketch")) == ()
    assert told(caption, request(style="sketch", subjects=shown)) == ("@mara is missing from the text.",)


@pytest.mark.parametrize(("text", "count"), [("", 0), ("a wide shot", 3), ("雨中的码头上", 4), ("@mara 在雨中", 3)])
def test_words_are_counted_in_both_languages(text: str, count: int) -> None:
    assert rules.word_count(text) == count
