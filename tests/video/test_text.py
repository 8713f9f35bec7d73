"""Tokens of prompts: known words, bytes for the rest, and the cut."""

from __future__ import annotations

import pytest
import torch

from model_runtime.video.networks import Sketch
from model_runtime.video.text import BYTES_FROM, START, WORDS_FROM, Vocabulary
from tests.video.conftest import WORDS

VOCABULARY = Vocabulary(WORDS)


def test_known_words_are_one_token_each_in_any_case() -> None:
    tokens = VOCABULARY.tokens("Pier, NIGHT. close-up", 96)
    assert tokens == [START, *(WORDS_FROM + WORDS.index(word) for word in ("pier", ",", "night", ".", "close-up"))]


@pytest.mark.parametrize("text", ["zeppelin", "\N{ROCKET}", "雨の桟橋", "\ud800", "a\x00b", "“Nein”"])
def test_anything_else_becomes_bytes(text: str) -> None:
    tokens = VOCABULARY.tokens(text, 96)
    assert any(BYTES_FROM <= token < WORDS_FROM for token in tokens)
    assert all(0 < token < len(VOCABULARY) for token in tokens)


def test_unknown_words_keep_their_letters_and_the_space_between_them() -> None:
    tokens = VOCABULARY.tokens("Old Harbour", 96)
    assert bytes(token - BYTES_FROM for token in tokens[1:]) == b"Old Harbour"


def test_long_prompt_is_cut_to_the_first_tokens() -> None:
    long = "pier, night. " * 2000
    assert VOCABULARY.tokens(long, 96) == VOCABULARY.tokens("pier, night. " * 24, 96)
    assert len(VOCABULARY.tokens(long, 96)) == 96


def test_each_token_knows_its_sentence_and_its_place() -> None:
    sentences, places = VOCABULARY.places(VOCABULARY.tokens("pier. red coat.", 96))
    assert sentences == [0, 0, 0, 1, 1, 1]
    assert places == [0, 1, 2, 0, 1, 2]


def test_empty_prompt_has_one_token_and_is_encoded(tiny: Sketch) -> None:
    vectors, mask = tiny.text_encoder.encode([""])
    assert vectors.shape == (1, 1, 32) and bool(mask.all()) and bool(torch.isfinite(vectors).all())


def test_marks_of_references_are_one_token_each_and_one_vector_each(tiny: Sketch) -> None:
    tokens = VOCABULARY.tokens("<s1> beside <s8>.", 96)
    assert tokens[1] == VOCABULARY.marks([1])[0] and VOCABULARY.marks([8])[0] in tokens
    marks = tiny.text_encoder.marks([2, 1, 2])
    assert marks.shape == (3, 32) and torch.equal(marks[0], marks[2]) and not torch.equal(marks[0], marks[1])


@pytest.mark.parametrize("slot", [0, 9, -1])
def test_slots_without_a_mark_are_refused_with_the_number(tiny: Sketch, slot: int) -> None:
    with pytest.raises(ValueError, match=f"slot {slot}"):
        tiny.text_encoder.marks([1, slot])


def test_same_word_differs_beside_other_neighbours(tiny: Sketch) -> None:
    one, _ = tiny.text_encoder.encode(["red hair"])
    other, _ = tiny.text_encoder.encode(["red coat"])
    assert not torch.allclose(one[0, 1], other[0, 1], atol=1e-3)
