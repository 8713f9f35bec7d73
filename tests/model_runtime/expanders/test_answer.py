"""An answer is read where it can be meant in one way only, and is none where it cannot."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_runtime.expanders import answer
from model_runtime.expanders.answer import Answer, NoAnswer, WouldNot

WHOLE = {
    "caption": "@mara waits.",
    "camera": "Wide shot.",
    "motion": "",
    "subjects": ["She is tall."],
    "negative": "blur",
    "on_screen_text": [],
}
READ = Answer("@mara waits.", "Wide shot.", "", ("She is tall.",), "blur", ())
JSON = json.dumps(WHOLE)

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


@pytest.mark.parametrize(
    "text",
    [
        JSON,
        f"Sure! Here it is:\n```json\n{JSON}\n```\nEnjoy.",
        f'<think>maybe {{"caption": "no"}}</think>{JSON}',
        f"<THINKING>no end tag inside</THINKING>\n\n{JSON}",
        f"the template opened the thought itself</think>{JSON}",
        f'<|channel|>analysis<|message|>{{"caption": "no"}}<|end|><|start|>assistant<|channel|>final<|message|>{JSON}',
        JSON.replace('tall."]', 'tall.",]').replace("[]}", "[],}"),
        JSON[:-1],
        JSON.replace("[]}", "["),
        JSON + "\n" + JSON,
        JSON.replace('"caption"', '"Caption"'),
    ],
    ids=[
        "plain",
        "fenced",
        "thought",
        "thinking",
        "end of thought",
        "channels",
        "commas",
        "no brace",
        "two missing",
        "twice",
        "case",
    ],
)
def test_what_can_only_be_meant_so_is_read(text: str) -> None:
    assert answer.read(text) == READ


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A wide shot of a pier at night.",
        JSON[:40],
        '{"caption": "she waits", "camera": "wide"',
        '{"caption": ""}',
        '{"caption": 7}',
        '{"caption": "a", "subjects": [{"name": "x"}]}',
        '{"prompt": "she waits"}',
        '[{"a": 1}]',
        '{"caption": "one"} {"caption": "another"}',
        "<think>" + JSON,
        "{" * 5000,
        '{"caption": ' * 3000,
    ],
    ids=lambda text: text[:24],
)
def test_what_could_be_meant_otherwise_is_no_answer(text: str) -> None:
    with pytest.raises(NoAnswer):
        answer.read(text)


@pytest.mark.parametrize(
    "text",
    [
        "I'm sorry, but I can't help with that.",
        "I cannot create this content. It is violent.",
        "Unfortunately, this goes too far.",
        "抱歉，我无法协助完成这个请求。",
        "我不能描述这个画面。",
        '{"refusal": "I will not."}',
        "<think>hm</think>I won’t write this.",
    ],
)
def test_a_refusal_is_told_apart_from_nonsense(text: str) -> None:
    with pytest.raises(WouldNot) as refused:
        answer.read(text)
    assert "\n" not in str(refused.value)


def test_a_comma_too_many_says_nothing_of_what_is_missing() -> None:
    assert answer.read('{"caption": "a pier,}",}') == Answer("a pier,}")


def test_a_caption_is_not_asked_for_where_it_is_locked() -> None:
    assert answer.read('{"caption": "", "camera": "Wide."}', needs_caption=False).camera == "Wide."


@given(TEXT.filter(str.strip), st.lists(TEXT, max_size=3), TEXT)
def test_every_whole_answer_is_read_as_one_line_texts(caption: str, subjects: list[str], negative: str) -> None:
    told = {**WHOLE, "caption": caption, "subjects": subjects, "negative": negative}
    try:
        found = answer.read(json.dumps(told))
    except NoAnswer:
        assert not answer.one_line(caption)
        return
    assert found.caption == answer.one_line(caption) and "\n" not in found.caption
    assert all(found.subjects) and len(found.subjects) <= len(subjects)


@given(TEXT)
def test_any_text_is_an_answer_or_refused(text: str) -> None:
    try:
        found = answer.read(text)
    except (NoAnswer, WouldNot):
        return
    assert found.caption


@given(st.integers(0, len(JSON)))
def test_what_is_shown_while_it_comes_grows_and_has_no_markup(length: int) -> None:
    shown = answer.readable(JSON[:length])
    whole = "@mara waits. Wide shot. She is tall."
    assert whole.startswith(shown)
    assert answer.readable(JSON) == whole


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<think>She could", ""),
        ("Here you", ""),
        ('{"caption": "caf\\u00', "caf"),
        ('{"caption": "caf\\u00e9 \\"a', 'café "a'),
        ('{"negative": "blur", "caption": "a', "a"),
        ('{"subjects": ["a", "b', "a b"),
    ],
)
def test_half_an_answer_is_shown_as_far_as_it_can_be_read(text: str, shown: str) -> None:
    assert answer.readable(text) == shown
