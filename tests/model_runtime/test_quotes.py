"""The one rule of what a quotation is, and that whoever reads drafts and prompts goes by it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_runtime import quotes
from model_runtime.expanders.lexicon import SPOKEN, tokens
from studio.project.additions import additions, words_in

MARKS = ('""', "“”", "„“", "„”", "«»", "「」", "『』")


@pytest.mark.parametrize("marks", MARKS)
def test_words_between_marks_are_quoted_for_everybody(marks: str) -> None:
    text = f"a sign {marks[0]}red FERRY 7{marks[1]} hangs"
    assert quotes.quoted(text) == ["red FERRY 7"]
    assert quotes.without(text).split() == ["a", "sign", "hangs"]
    assert tokens(text) == ["a", "sign", SPOKEN, "hangs"]
    (added,) = additions(text, "a sign hangs")
    assert text[added.start : added.end] == f"{marks[0]}red FERRY 7{marks[1]}" and words_in(text) == 6


@pytest.mark.parametrize("text", ['a 5" lens', 'one "two\nthree" four', '""', '"  "', "“open", "close”", "it's Mara's"])
def test_what_does_not_close_on_its_line_or_is_empty_is_no_quotation(text: str) -> None:
    assert quotes.quoted(text) == [] and quotes.without(text) == text
    assert SPOKEN not in tokens(text)


def test_of_marks_inside_one_another_the_inner_ones_count() -> None:
    assert quotes.quoted("“he says “stop” loudly") == ["stop"]


@given(st.text(st.sampled_from('ab \n"“”„«»「」『』'), max_size=30))
def test_a_quotation_is_one_line_that_says_something(text: str) -> None:
    for words in quotes.quoted(text):
        assert words.strip() and "\n" not in words and words in text
