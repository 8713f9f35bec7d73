"""Words people write are found whatever their case, form and length; what is not known is said."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_runtime.expanders.captions import load_form
from model_runtime.expanders.lexicon import OWN_WORDS, SETTINGS, SPOKEN, load_lexicon, tokens, verb_forms

PROMPTS = Path(__file__).resolve().parents[3] / "assets" / "prompts"
LEXICON = load_lexicon(PROMPTS)
WORDS = load_form(PROMPTS / "sketch.toml").words


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
        ("blonde", "hair", "blond"),
        ("EWS", "size", "extreme wide shot"),
        ("crane up", "move", "tilt up"),
        ("dolly right", "move", "truck right"),
        ("OTS", "angle", "over-the-shoulder"),
        ("bird's-eye view", "angle", "high angle"),
        ("blizzard", "weather", "snow"),
        ("in the mist", "weather", "fog"),
        ("railway platform", "location", "station"),
        ("at her desk", "weak_location", "office"),
        ("schoolgirl", "kind", "girl"),
        ("stocky", "build", "heavy"),
        ("ponytail", "style", "tied"),
        ("a straw hat", "hat", "hat"),
        ("sunglasses", "glasses", "glasses"),
        ("seagulls", "thing", "bird"),
        ("taxi", "thing", "car"),
        ("gallops", "motion", "moving"),
        ("in the distance", "depth", "far"),
        ("from behind", "facing", "away"),
        ("carries", "action", "carrying a box"),
        ("men in raincoats", "garment", "raincoat"),
        ("ballerinas in white dresses", "garment", "dress"),
        ("jetties", "location", "pier"),
        ("she opens the door", "action", "opening a door"),
        ("kissing", "action", "hugging"),
        ("在碼頭", "location", "pier"),
        ("在码头", "location", "pier"),
        ("红色的裙子", "garment", "dress"),
        ("走路", "action", "walking"),
    ],
)
def test_what_people_write_is_found(text: str, field: str, word: str) -> None:
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
    for field in OWN_WORDS:
        for word in WORDS[field]:
            shared = "action" if (field, word) == ("motion", "standing") else field
            assert meanings(word) == [(shared, word)], word


def test_every_meaning_is_a_word_the_engine_draws() -> None:
    for meaning in LEXICON.meanings.values():
        field = {"weak_location": "location", "pronoun": "kind"}.get(meaning.field, meaning.field)
        if field in WORDS and field != "colour" and meaning.word != "other":
            assert meaning.word in WORDS[field], meaning
    for cloth, hair in LEXICON.colours.values():
        assert cloth in WORDS["colour"] and hair in WORDS["hair"]
    for field, word in LEXICON.defaults.items():
        assert word in WORDS[{"inside": "location", "size_nobody": "size"}.get(field, field)]
    assert set(LEXICON.usual_colour) == set(WORDS["thing"])
    assert set(LEXICON.usual_colour.values()) <= set(WORDS["colour"])


def test_every_word_can_be_asked_for() -> None:
    told = {(meaning.field, meaning.word) for meaning in LEXICON.meanings.values()}
    for field in ("size", "angle", "move", "location", "time", "weather", "kind", "garment", "hat", "action", "thing"):
        assert {(field, word) for word in WORDS[field]} <= told
    for field, usual in (("build", "average"), ("style", "usual"), ("depth", "middle")):
        assert {(field, word) for word in WORDS[field] if word != usual} <= told


def test_no_phrase_is_listed_for_two_meanings() -> None:
    listed: dict[tuple[str, ...], set[tuple[str, str]]] = {}
    for file in PROMPTS.glob("lexicon*.toml"):
        for field, table in tomllib.loads(file.read_text(encoding="utf-8")).items():
            for word, phrases in table.items() if field not in SETTINGS else ():
                for phrase in phrases:
                    listed.setdefault(tuple(tokens(phrase)), set()).add((field, word))
    assert not {phrase: found for phrase, found in listed.items() if len(found) > 1 or not phrase}


def test_names_are_whole_and_quotes_are_one_word() -> None:
    assert tokens("@Mara's coat, “Wait for me!” Ferry-deck") == ["@mara", "coat", SPOKEN, "ferry", "deck"]
    assert tokens('he says "never" and "again"') == ["he", "says", SPOKEN, "and", SPOKEN]


def test_names_are_found_whatever_stands_around_them_and_addresses_name_nobody() -> None:
    assert tokens("看@Mara在 @JOSÉ, @mara-") == ["看", "@mara", "在", "@jose", "@mara"]
    assert tokens("write jon@mara.com or @@mara") == ["write", "or"]


def test_there_are_words_enough() -> None:
    """Entries as they are written, not the forms made of them."""
    counted = {}
    for file in PROMPTS.glob("lexicon*.toml"):
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
        phrases = [
            phrase for field in tables.keys() - set(SETTINGS) for some in tables[field].values() for phrase in some
        ]
        counted[file.name] = len({*phrases, *tables["colours"]})
    assert counted["lexicon.toml"] >= 1500 and counted["lexicon.zh.toml"] >= 600


def test_files_are_read_again_when_they_change(tmp_path: Path) -> None:
    for file in PROMPTS.glob("*.toml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    assert not load_lexicon(tmp_path).knows("zeppelin")
    assert load_lexicon(tmp_path) is load_lexicon(tmp_path)
    chinese = tmp_path / "lexicon.zh.toml"
    chinese.write_text(chinese.read_text(encoding="utf-8").replace('"船"', '"船", "zeppelin"'), encoding="utf-8")
    assert load_lexicon(tmp_path).knows("zeppelin")


def test_chinese_is_read_character_by_character_and_names_end_where_it_begins() -> None:
    assert tokens("@mara在碼頭，红色的雨衣「等等」") == ["@mara", "在", "碼", "頭", "红", "色", "雨", "衣", SPOKEN]
    assert tokens("@小明 走") == ["@小明", "走"]
    assert LEXICON.unknown(tokens("憂鬱的碼頭，melancholy 詩")) == ("憂鬱", "melancholy", "詩")


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("walks left", ("facing", "left")),
        ("runs away", ("facing", "away")),
        ("sits right", ("side", "right")),
        ("enters left", ("side", "left")),
    ],
)
def test_a_way_after_a_verb_is_found(text: str, way: tuple[str, str]) -> None:
    assert meanings(text)[1:] == [way]


@pytest.mark.parametrize("text", ["runs right past", "says right away", "walks the left", "sits right next to"])
def test_right_is_not_always_a_way(text: str) -> None:
    assert not [one for one in meanings(text) if one[0] in ("facing", "side")]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("she sits on the left", ("side", "left")),
        ("he lies on the right", ("side", "right")),
        ("a boat moves in the fog", ("weather", "fog")),
        ("moves in the background", ("depth", "far")),
        ("雨夜", ("time", "night")),
        ("雪夜", ("weather", "snow")),
    ],
)
def test_no_phrase_takes_the_first_word_of_the_next(text: str, meaning: tuple[str, str]) -> None:
    assert meaning in meanings(text)


def test_verbs_have_their_forms() -> None:
    assert set(verb_forms("run")) >= {"run", "runs", "running"}
    assert set(verb_forms("wave")) >= {"wave", "waves", "waving"}
    assert set(verb_forms("sit down")) >= {"sit down", "sits down", "sitting down"}
    assert set(verb_forms("wait")) >= {"waits", "waiting", "waited"}
    assert set(verb_forms("carry")) == {"carry", "carries", "carrying", "carried"}
    assert set(verb_forms("watch")) >= {"watches", "watching"}


def test_unknown_words_are_named_once_in_order() -> None:
    text = tokens("A melancholy umbrella on the pier, melancholy as @mara. “Zounds” 12")
    assert LEXICON.unknown(text, {"@mara"}) == ("melancholy", "umbrella")


@given(st.text(max_size=300))
def test_any_text_is_read_and_nothing_overlaps(text: str) -> None:
    words = tokens(text)
    found = LEXICON.find(words)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(word in "".join(words) for word in LEXICON.unknown(words))
