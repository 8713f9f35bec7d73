"""Parts of a prompt become one text by one rule, whoever puts them together."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_runtime import protocol
from model_runtime.expanders import prompting
from model_runtime.prompt_text import joined
from studio.project import prompt_parts
from studio.project.prompt_cards import PromptPart


@pytest.mark.parametrize(
    ("texts", "whole"),
    [
        (["A pier.", "", "Night."], "A pier. Night."),
        (["He says “wait.”", "The camera holds."], "He says “wait.” The camera holds."),
        (["他说“等等。”", "镜头不动。", "夜。"], "他说“等等。”镜头不动。夜。"),
        (["牌上写着“渡口”", "夜。"], "牌上写着“渡口”夜。"),
        (["A sign\n", " “FERRY”", "  "], "A sign\n “FERRY”"),
        ([], ""),
    ],
)
def test_a_space_stands_where_the_writing_has_spaces(texts: list[str], whole: str) -> None:
    assert joined(texts) == whole


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.sampled_from("ab .,。走“”\n"), min_size=1, max_size=8), max_size=5))
def test_the_runtime_and_the_film_make_the_same_text_of_the_same_parts(texts: list[str]) -> None:
    told = (*(protocol.PromptPart("caption", one) for one in texts), protocol.PromptPart("negative", "text"))
    assert prompting.joined(told) == prompt_parts.joined(PromptPart(one.kind, one.text) for one in told)
