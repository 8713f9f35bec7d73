"""What a prompt writer is asked, and how its answer becomes parts."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from model_runtime import protocol
from model_runtime.expanders import prompting
from model_runtime.expanders.answer import Answer
from model_runtime.expanders.styles import load_style, style_names
from model_runtime.failures import BadInput

FOLDER = Path(__file__).resolve().parents[3] / "assets" / "prompts"
ANSWER = Answer("@mara waits", "Wide shot", "Rain falls.", ("She is tall.", "He is short."), "blur", ("FERRY 7",))


def request(draft: str = "@mara waits", style: str = "wan", **changes: Any) -> protocol.ExpandPrompt:
    return protocol.ExpandPrompt("a", 1, "mine", draft, style, **changes)


def asked(wanted: protocol.ExpandPrompt) -> tuple[str, str]:
    found = prompting.question(wanted, load_style(FOLDER, wanted.style), FOLDER)
    return found.system, found.turns[0].text


@pytest.mark.parametrize("style", style_names(FOLDER))
def test_nothing_in_braces_is_left_unfilled_in_any_style(style: str) -> None:
    system, told = asked(
        request(style=style, variant=3, locked=(protocol.PromptPart("camera", "Still."),), max_length=300)
    )
    assert not re.search(r"\{[a-z]+\}", system + told)
    assert load_style(FOLDER, style).example in system and "300 characters" in system


def test_the_file_of_instructions_has_no_words_nobody_uses() -> None:
    content = tomllib.loads((FOLDER / "instruction.toml").read_text(encoding="utf-8"))
    used = {"system", "keys_prose", "keys_caption", "again", "another", "fixed", "pictures", "trial", "version"}
    assert set(content) == used
    assert set(re.findall(r"\{([a-z]+)\}", "".join(map(str, content.values())))) == {
        "language", "words", "characters", "style", "example", "keys", "order", "reason", "variant",
    }  # fmt: skip


def test_everything_the_shot_tells_is_asked_with() -> None:
    _, told = asked(
        request(
            fields={"size": "close-up", "lens": " "},
            subjects=(
                {"name": "@mara", "kind": "character", "description": "a courier.", "worn": "wet raincoat",
                 "side": "left", "facing": "right", "action": "waits"},
            ),
            before={"number": "12_0010", "prompt": "an empty pier"},
            style_notes="Muted colours.",
            locked=(protocol.PromptPart("text", "EXIT"), protocol.PromptPart("place", "On the pier.")),
        )
    )  # fmt: skip
    assert "- size: close-up" in told and "lens" not in told
    assert "- @mara (character): a courier. Worn: wet raincoat. Stands left, facing right. Does: waits." in told
    assert "- prompt: an empty pier" in told and "Muted colours." in told
    assert "- on_screen_text: EXIT" in told and "- place: On the pier." in told


def test_a_shot_that_says_nothing_and_one_that_says_too_much_are_refused() -> None:
    with pytest.raises(BadInput, match="nothing to write of"):
        asked(request(""))
    with pytest.raises(BadInput, match="characters"):
        asked(request("rain " * 10_000))


@pytest.mark.parametrize(
    ("draft", "language", "style", "wanted"),
    [
        ("a pier", "", "wan", "en"),
        ("雨中的码头", "", "wan", "zh"),
        ("雨中的码头", "en", "wan", "en"),
        ("雨中的码头", "", "sketch", "en"),
        ("a pier", "zh", "sketch", "en"),
    ],
)
def test_the_language_is_that_of_the_draft_as_far_as_the_style_allows(
    draft: str, language: str, style: str, wanted: str
) -> None:
    assert prompting.language_of(request(draft, style, language=language), load_style(FOLDER, style)) == wanted


def test_the_second_question_repeats_the_first_and_says_what_was_wrong() -> None:
    first = prompting.question(request(), load_style(FOLDER, "wan"), FOLDER)
    more = prompting.again(first, "nonsense", "it was no JSON object", FOLDER)
    assert [turn.role for turn in more.turns] == ["user", "assistant", "user"]
    assert more.turns[0] == first.turns[0] and "it was no JSON object" in more.turns[2].text
    silent = prompting.again(first, " ", "it was empty", FOLDER)
    assert [turn.role for turn in silent.turns] == ["user"] and silent.turns[0].text.startswith(first.turns[0].text)


# --- parts --------------------------------------------------------------------------------------------------------


def parts(wanted: protocol.ExpandPrompt, said: Answer = ANSWER, language: str = "en") -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in prompting.parts(vars(said), wanted, load_style(FOLDER, wanted.style), language):
        found.setdefault(one.kind, []).append(one.text)
    return found


def test_every_key_becomes_its_part_with_a_full_stop() -> None:
    assert parts(request()) == {
        "caption": ["@mara waits."],
        "subjects": ["She is tall. He is short."],
        "motion": ["Rain falls."],
        "camera": ["Wide shot."],
        "text": ['In the picture is written: "FERRY 7".'],
        "negative": ["blur"],
    }


def test_what_is_empty_or_told_already_is_no_part() -> None:
    told = parts(request(), replace(ANSWER, caption='A sign "FERRY 7".', motion="", subjects=()))
    assert set(told) == {"caption", "camera", "negative"}


def test_locked_parts_come_as_they_were_in_place_of_the_answers_own() -> None:
    kept = (
        protocol.PromptPart("subjects", "First  one"),
        protocol.PromptPart("place", "On the pier."),
        protocol.PromptPart("subjects", "Second one"),
        protocol.PromptPart("negative", "people"),
    )
    told = parts(request(locked=kept))
    assert told["subjects"] == ["First  one", "Second one"] and told["place"] == ["On the pier."]
    assert told["negative"] == ["people"] and list(told)[-1] == "negative"


def test_a_fixed_form_is_one_part() -> None:
    assert parts(request(style="sketch"), replace(ANSWER, caption="wide shot, static. pier, day, clear. nobody.")) == {
        "caption": ["wide shot, static. pier, day, clear. nobody."]
    }


def test_chinese_parts_are_joined_without_spaces() -> None:
    said = Answer("@mara 在码头上", "远景", "", (), "", ("七号码头",))
    wanted = request("雨")
    found = prompting.parts(vars(said), wanted, load_style(FOLDER, "wan"), "zh")
    assert prompting.joined(found) == "@mara 在码头上。远景。画面上的文字：“七号码头”。"
