"""Words people write are found whatever their case, form and length; what is not known is said."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_runtime.expanders.lexicon import SPOKEN, load_lexicon, tokens, verb_forms

LEXICON = load_lexicon(Path(__file__).resolve().parents[3] / "assets" / "prompts")


def meanings(text: str) -> list[tuple[str, str]]:
    return [(one.field, one.word) for one in LEXICON.find(tokens(text))]


@pytest.mark.parametrize(
    ("text", "field", "word"),
    [
        ("jetty", "location", "pier"),
        ("EXT. PIER - NIGHT", "location", "pier"),
        ("EXT. PIER - NIGHT", "time", "night"),
        ("in the drizzle", "weather", "rain"),
        ("Close up", "size", "close-up"),
        ("CLOSE-UP", "size", "close-up"),
        ("ECU", "size", "close-up"),
        ("she sits", "action", "sitting"),
        ("sat down", "action", "sitting"),
        ("running", "action", "running"),
        ("runs", "action", "running"),
        ("hurried", "action", "running"),
        ("waved", "action", "waving"),
        ("whispering", "action", "talking"),
        ("slow push-in", "move", "push in"),
        ("pans left", "move", "pan left"),
        ("on the left", "side", "left"),
        ("facing left", "facing", "left"),
        ("golden hour", "time", "dusk"),
        ("ferry deck", "location", "ferry deck"),
        ("on the ferry", "location", "ferry deck"),
        ("waiting for the ferry", "weak_location", "ferry deck"),
        ("oilskins", "garment", "raincoat"),
        ("blonde", "colour", "blond"),
    ],
)
def test_what_people_write_is_found(text: str, field: str, word: str) -> None:
    if text == "blonde":
        assert ("hair", "blond") in meanings(text)
    else:
        assert (field, word) in meanings(text)


def test_the_longest_phrase_wins() -> None:
    assert meanings("medium close up") == [("size", "close-up")]
    assert meanings("pan left") == [("move", "pan left")]


@pytest.mark.parametrize("text", ["no rain", "without rain"])
def test_a_denied_word_does_not_count(text: str) -> None:
    assert ("weather", "rain") not in meanings(text)


@pytest.mark.parametrize("text", ["the waves", "a walk", "big waves", "a long run"])
def test_a_thing_is_not_something_somebody_does(text: str) -> None:
    assert not [one for one in meanings(text) if one[0] == "action"]


def test_every_own_word_means_itself() -> None:
    for field in ("size", "move", "location", "time", "weather", "garment", "action", "kind"):
        from model_runtime.expanders.captions import load_form

        words = load_form(Path(__file__).resolve().parents[3] / "assets" / "prompts" / "sketch.toml").words
        for word in words[field]:
            assert meanings(word) == [(field, word)], word


def test_every_meaning_is_a_word_the_engine_draws() -> None:
    from model_runtime.expanders.captions import load_form

    words = load_form(Path(__file__).resolve().parents[3] / "assets" / "prompts" / "sketch.toml").words
    for meaning in LEXICON.meanings.values():
        field = {"weak_location": "location", "pronoun": "kind"}.get(meaning.field, meaning.field)
        if field in words and field != "colour" and meaning.word != "other":
            assert meaning.word in words[field], meaning
    for cloth, hair in LEXICON.colours.values():
        assert cloth in words["colour"] and hair in words["hair"]
    for field, word in LEXICON.defaults.items():
        assert word in words[{"inside": "location", "size_nobody": "size"}.get(field, field)]


def test_names_are_whole_and_quotes_are_one_word() -> None:
    assert tokens("@Mara's coat, “Wait for me!” Ferry-deck") == ["@mara", "coat", SPOKEN, "ferry", "deck"]
    assert tokens('he says "never" and "again"') == ["he", "says", SPOKEN, "and", SPOKEN]


def test_verbs_have_their_forms() -> None:
    assert set(verb_forms("run")) >= {"run", "runs", "running"}
    assert set(verb_forms("wave")) >= {"wave", "waves", "waving"}
    assert set(verb_forms("sit down")) >= {"sit down", "sits down", "sitting down"}
    assert set(verb_forms("wait")) >= {"waits", "waiting", "waited"}
    assert set(verb_forms("watch")) >= {"watches", "watching"}


def test_unknown_words_are_named_once_in_order() -> None:
    text = tokens("A melancholy umbrella on the pier, melancholy as @mara. “Zounds” 12")
    assert LEXICON.unknown(text, {"@mara"}) == ("melancholy", "umbrella")


@given(st.text(max_size=300))
def test_any_text_is_read_and_nothing_overlaps(text: str) -> None:
    words = tokens(text)
    found = LEXICON.find(words)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert set(LEXICON.unknown(words)) <= set(words)
