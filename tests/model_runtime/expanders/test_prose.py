"""Prose styles: the draft in its own words, names described once, fields in sentences, locked parts word for word."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_runtime import protocol
from model_runtime.expanders.grammar import GrammarExpander
from model_runtime.expanders.lexicon import load_lexicon
from model_runtime.expanders.phrases import language_of, with_article
from model_runtime.expanders.styles import PROSE, load_style, style_names
from model_runtime.failures import BadInput
from model_runtime.mentions import mentions
from model_runtime.prompt_text import joined
from model_runtime.quotes import QUOTED
from studio.project import prompt_parts
from studio.project.prompt_cards import PARTS, PromptPart

ASSETS = Path(__file__).resolve().parents[3] / "assets"
PROMPTS = ASSETS / "prompts"
EXPANDER = GrammarExpander(ASSETS)
PROSE_STYLES = [name for name in style_names(PROMPTS) if load_style(PROMPTS, name).form == PROSE]

MARA = {"name": "@mara", "kind": "character", "description": "woman with black hair in a yellow raincoat"}
JON = {"name": "@jon", "kind": "character", "description": "A man, brown-haired. Dark coat and a red scarf."}
NIGHT = {"location": "pier", "time": "night", "weather": "rain"}


def expand(draft: str = "", *subjects: dict[str, str], style: str = "wan", **more: Any) -> protocol.Expanded:
    fields = more.pop("fields", {})
    return EXPANDER.expand(protocol.ExpandPrompt("job", 1, "grammar", draft, style, fields, subjects, **more))


def part(kind: str, found: protocol.Expanded) -> str:
    return " ".join(one.text for one in found.parts if one.kind == kind)


# --- always ---------------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        "@mara",
        "@jon",
        "@kai",
        "walks",
        "slowly",
        "码头",
        "她",
        "“Wait!”",
        "「等等」",
        "a red coat",
        "wide:",
        ",",
        ".",
        "zeppelin",
    ]
)
DRAFTS = st.lists(WORDS | st.text(max_size=8), max_size=10).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(
    DRAFTS,
    st.sampled_from(PROSE_STYLES),
    st.dictionaries(
        st.sampled_from(["size", "angle", "move", "lens", "action", "time", "weather", "dialogue"]), DRAFTS
    ),
    st.lists(st.sampled_from([MARA, JON]), unique_by=lambda one: one["name"]),
    st.sampled_from(["", "en", "zh"]),
    st.integers(1, 5),
)
def test_whatever_is_written_keeps_names_and_quotations_and_joins_to_its_parts(
    draft: str, style: str, fields: dict[str, str], subjects: list[dict[str, str]], language: str, variant: int
) -> None:
    more: dict[str, Any] = {"fields": fields, "language": language, "variant": variant}
    try:
        found = expand(draft, *subjects, style=style, **more)
    except BadInput as refused:
        assert refused.sentence.endswith(".") and refused.hint
        return
    assert found == expand(draft, *subjects, style=style, **more), "the same request, the same text"
    assert found.text == joined(one.text for one in found.parts if one.kind != "negative")
    assert all(one.kind in PARTS and one.text.strip() for one in found.parts)
    for subject in subjects:
        assert subject["name"] in found.text
    for quotation in QUOTED.findall(" ".join(draft.split())):
        assert quotation in found.text


# --- the draft and its names ----------------------------------------------------------------------------------------


def test_the_draft_stays_and_each_name_is_described_once() -> None:
    found = expand("@mara waits while @jon walks up to @mara", MARA, JON)
    assert part("caption", found) == (
        "@mara, a woman with black hair in a yellow raincoat, waits while @jon, a man, brown-haired, dark coat and a "
        "red scarf, walks up to @mara."
    )
    assert found.text.count("yellow raincoat") == 1 and found.unknown == ()


def test_a_possessive_is_not_parted_from_what_is_owned() -> None:
    found = expand("@mara's hands", MARA)
    assert part("caption", found) == "@mara's hands."
    assert "@mara is a woman with black hair" in part("subjects", found)


def test_who_is_in_the_shot_and_not_in_the_draft_is_told_besides() -> None:
    found = expand("@mara waits", MARA, {**JON, "side": "right", "facing": "left"})
    assert part("subjects", found).startswith("@jon, a man, brown-haired,")
    assert "on the right of the frame, facing left" in part("subjects", found)


def test_a_pronoun_or_noun_of_the_draft_is_said_to_be_the_subject_of_the_shot() -> None:
    assert "She is @mara, a woman" in expand("she turns round", MARA).text
    assert "The woman is @mara, a woman" in expand("a woman turns round", MARA).text


def test_a_description_too_long_for_a_sentence_follows_it() -> None:
    long = {**MARA, "description": "a woman " + "with a very long story behind her " * 6}
    found = expand("@mara waits", long)
    assert part("caption", found) == "@mara waits." and "@mara is a woman with a very long" in part("subjects", found)


def test_a_name_inside_an_address_is_nobody() -> None:
    found = expand("a letter from jon@mara.com", JON, MARA)
    assert "from jon@mara.com." in part("caption", found) and "@mara, a woman" in part("subjects", found)


# --- fields ---------------------------------------------------------------------------------------------------------


def test_fields_alone_make_a_prompt() -> None:
    found = expand("", fields={**NIGHT, "size": "wide shot", "angle": "low angle", "move": "push in"})
    assert part("shot", found) == "Wide shot, from a low angle, looking up."
    assert part("place", found) == "The scene is a pier by the water, at night, in dim light; rain is falling."
    assert part("camera", found) == "The camera pushes in slowly."


@pytest.mark.parametrize(
    ("field", "value", "kind", "words"),
    [
        ("size", "ECU", "shot", "Extreme close-up"),
        ("angle", "dutch", "shot", "with a tilted horizon"),
        ("lens", "35 mm", "shot", "35 mm lens"),
        ("lens", "28", "shot", "28 mm lens"),
        ("heading", "INT. CABIN - NIGHT", "place", "a cabin, at night, lit by lamps"),
        ("move", "handheld", "camera", "handheld"),
        ("move", "slow drift over the roofs", "camera", "Camera: slow drift over the roofs."),
        ("location", "The old lighthouse", "place", "the old lighthouse"),
        ("location", "LIGHTHOUSE", "place", "a lighthouse"),
        ("weather", "overcast", "place", "he sky is overcast"),
    ],
)
def test_fields_are_said_in_the_trades_words_or_their_own(field: str, value: str, kind: str, words: str) -> None:
    assert words in part(kind, expand("@mara waits", MARA, fields={field: value}))


def test_what_the_draft_says_is_not_said_again() -> None:
    found = expand("Close-up on the jetty at night, push in: @mara waits", MARA, fields={"location": "pier"})
    assert not part("shot", found) and not part("place", found) and not part("camera", found)


def test_a_size_before_a_colon_becomes_the_shot() -> None:
    found = expand("Wide: @mara waits", MARA)
    assert part("shot", found) == "Wide shot." and part("caption", found).startswith("@mara, a woman")


def test_rain_seen_from_a_room_falls_outside() -> None:
    found = expand("", MARA, fields={"heading": "INT. KITCHEN - NIGHT", "weather": "rain"})
    assert "lit by lamps; rain is falling outside" in part("place", found)


def test_an_action_without_somebody_is_done_by_whoever_is_alone() -> None:
    assert expand("", MARA, fields={"action": "opens the fridge"}).text.startswith("@mara, a woman")
    assert "@mara opens the fridge." in part(
        "motion", expand("@mara at home", MARA, fields={"action": "opens the fridge"})
    )
    assert expand("", MARA, JON, fields={"action": "opens the fridge"}).text.startswith("Opens the fridge.")


def test_only_an_engine_with_sound_is_told_what_is_said() -> None:
    fields = {"dialogue": "MARA: Not again."}
    assert "@mara says: “Not again.”" in expand("@mara waits", MARA, style="ltx", fields=fields).text
    silent = expand("@mara waits", MARA, style="wan", fields=fields).text
    assert "@mara speaks." in silent and "Not again" not in silent


def test_a_place_and_a_look_among_the_subjects_are_told_as_such() -> None:
    place = {"name": "@harbour_end", "kind": "location", "description": "an old wooden jetty"}
    look = {"name": "@noir", "kind": "look", "description": "high contrast, hard shadows"}
    found = expand("@mara waits", MARA, place, look, style_notes="16 mm film.")
    assert part("place", found) == "The scene is @harbour_end, an old wooden jetty."
    assert part("style", found) == "High contrast, hard shadows. 16 mm film."


# --- wardrobe and the shot before -----------------------------------------------------------------------------------


def test_titles_of_what_is_worn_are_told_where_the_description_does_not() -> None:
    worn = {**MARA, "worn": "Change 2, wet through; Change 3"}
    assert part("wardrobe", expand("@mara waits", worn)) == "@mara in this shot: wet through."
    assert not part("wardrobe", expand("@mara waits", {**MARA, "worn": "Change 2, yellow raincoat"}))


@pytest.mark.parametrize(
    ("description", "told"),
    [
        (
            "woman with black hair in a yellow raincoat, hood up, in a red dress",
            "a woman with black hair, in a red dress",
        ),
        ("A woman. Yellow raincoat. A blue jumper", "a woman, a blue jumper"),
        ("a man in a dark coat, a scar on his chin", "a man in a dark coat, a scar on his chin"),
        ("a man in a dark coat with a red scarf, in a white shirt", "a man with a red scarf, in a white shirt"),
    ],
)
def test_what_is_worn_in_this_shot_takes_the_place_of_the_usual_clothes(description: str, told: str) -> None:
    worn = {"name": "@mara", "kind": "character", "description": description, "worn": "Change 2"}
    assert part("caption", expand("@mara waits", worn)) == f"@mara, {told}, waits."


def test_what_somebody_held_in_the_shot_before_is_still_there() -> None:
    before = {"action": "@mara carries a small red suitcase to the rail, @jon holds her hat"}
    found = expand("@mara turns round", MARA, before=before)
    assert part("continuity", found) == "@mara still has a small red suitcase."
    for fixed in ("@mara grips the wheel", "@mara holds her breath"):
        assert not part("continuity", expand("@mara turns round", MARA, before={"action": fixed}))
    assert not part("continuity", expand("@mara puts the suitcase down", MARA, before=before))


def test_light_that_only_the_shot_before_tells_goes_on() -> None:
    before = {"prompt": "It is dusk and fog lies over the water."}
    kept = part("continuity", expand("@mara waits", MARA, before=before))
    assert "dusk" in kept and "fog" in kept
    assert "dusk" not in expand("@mara waits", MARA, before=before, fields={"time": "night", "weather": "rain"}).text


# --- languages ------------------------------------------------------------------------------------------------------


def test_a_chinese_draft_makes_chinese_prose_where_the_engine_reads_it() -> None:
    found = expand("@mara在码头等渡轮，说「等等我」", MARA, fields={**NIGHT, "size": "wide shot"})
    assert found.parts[0].text == "@mara（一个黑色头发、穿黄色雨衣的女人）在码头等渡轮，说「等等我」。"
    assert part("shot", found) == "全景。" and "夜晚" in part("place", found)
    assert language_of(found.negative) == "zh"


def test_chinese_sentences_do_not_write_on_into_a_name() -> None:
    ming = {"name": "@小明", "kind": "character", "description": "", "side": "right", "action": "跑"}
    for found in (
        expand("码头，夜晚", ming),
        expand("@小明 在码头", ming),
        expand("", ming, fields={"action": "跑向码头"}),
    ):
        assert "@小明" in mentions(found.text)


def test_a_chinese_draft_is_told_in_english_where_the_engine_reads_no_chinese() -> None:
    found = expand("一个穿红裙子的女孩在公园跳舞，说「等等我」", style="ltx")
    assert part("caption", found) == "A girl in a red dress dances." and "forest" in part("place", found)
    assert "「等等我」" in part("text", found) and any("language" in note for note in found.notes)


def test_a_language_may_be_asked_for() -> None:
    found = expand("a woman walks on the pier at night", language="zh")
    assert part("caption", found) == "一个女人走着。" and "码头" in part("place", found)
    assert language_of(expand("她走", language="zh", style="mochi").text) == "en", "Mochi reads English alone"


def test_chinese_fields_are_said_in_english() -> None:
    assert "a pier by the water" in part("place", expand("@mara waits", MARA, fields={"location": "码头"}))


# --- variants, locks, limits ----------------------------------------------------------------------------------------


def test_variants_differ_in_what_is_open_and_never_in_what_a_field_tells() -> None:
    fields = {"size": "wide shot", "move": "pan left", **NIGHT}
    texts = [expand("@mara waits", MARA, fields=fields, variant=number).text for number in (1, 2, 3)]
    assert len(set(texts)) == 3
    assert all("ide shot" in text and "pans slowly to the left" in text for text in texts)


def test_locked_parts_stay_word_for_word() -> None:
    locked = (protocol.PromptPart("place", "On the ferry, blue hour."), protocol.PromptPart("negative", "no people"))
    found = expand("@mara waits", MARA, fields=NIGHT, locked=locked, variant=2)
    assert part("place", found) == "On the ferry, blue hour." and found.negative == "no people"
    assert "On the ferry, blue hour." in found.text and "no people" not in found.text


def test_the_look_is_spared_before_the_shot_is_refused() -> None:
    notes = "Kodak film, " * 30
    found = expand("@mara waits", MARA, style_notes=notes, max_length=300)
    assert len(found.text) <= 300 and not part("style", found) and any("Kodak" in note for note in found.notes)
    with pytest.raises(BadInput, match="reads 20"):
        expand("@mara waits", MARA, max_length=20)


def test_every_style_reads_its_own_file() -> None:
    assert style_names(PROMPTS) == ("sketch", "cogvideox", "hunyuan", "ltx", "mochi", "plain", "wan")
    lexicon = load_lexicon(PROMPTS)
    for name in style_names(PROMPTS):
        style = load_style(PROMPTS, name)
        assert style.title and style.instruction and style.example and style.most_words > 0
        assert set(style.order) <= set(PARTS) and len(set(style.order)) == len(style.order)
        for language in style.languages if style.form == PROSE else ():
            assert set(style.sentences[language]) == set(load_style(PROMPTS, "plain").sentences["en"])
        assert lexicon.variants["size"]


def test_every_prose_style_tells_its_parts_in_its_own_order() -> None:
    for name in PROSE_STYLES:
        found = expand(
            "@mara waits", MARA, style=name, fields={**NIGHT, "size": "wide shot"}, style_notes="16 mm film."
        )
        kinds = [one.kind for one in found.parts if one.kind != "negative"]
        order = load_style(PROMPTS, name).order
        assert kinds == [kind for kind in order if kind in kinds] and {"caption", "shot", "place", "style"} <= set(
            kinds
        )


def test_an_unknown_style_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadInput, match="haiku") as refused:
        expand("pier", style="haiku")
    assert "wan" in refused.value.hint


def test_an_expansion_takes_no_time() -> None:
    def one() -> float:
        began = time.perf_counter()
        expand("@mara waits at the end of the jetty while @jon walks up", MARA, JON, fields=NIGHT, style="ltx")
        return time.perf_counter() - began

    assert min(one() for _ in range(20)) < 0.005


@pytest.mark.parametrize(
    ("words", "said"),
    {
        "red coat": "a red coat",
        "old jetty": "an old jetty",
        "the sea": "the sea",
        "mountains": "mountains",
        "Lisbon": "Lisbon",
        "bus": "a bus",
        "lights of the city": "lights of the city",
        "": "",
    }.items(),
)
def test_articles(words: str, said: str) -> None:
    assert with_article(words) == said


def test_what_fields_repeat_of_the_draft_is_told_once() -> None:
    """A board fills prompt, action and subjects with much the same words."""
    mara = {**MARA, "side": "left", "facing": "right", "action": "walking"}
    fields = {**NIGHT, "size": "wide shot", "action": "@mara walks along the pier."}
    found = expand("The pier at night in the rain. @mara walks along it, alone.", mara, fields=fields)
    assert found.text == (
        "The pier at night in the rain. @mara, a woman with black hair in a yellow raincoat, walks along it, alone. "
        "@mara is on the left of the frame, facing right. Wide shot. The camera holds still."
    )
    assert "on the left of the frame" not in expand("@mara sits on the left, @jon stands", mara, JON).text


def test_a_place_waited_for_is_not_the_place() -> None:
    assert "a pier by the water" in part("place", expand("@mara calls out to the ferry", MARA, fields=NIGHT))


def test_what_only_a_field_tells_somebody_does_is_told() -> None:
    found = expand("@mara and @jon on the pier", MARA, {**JON, "action": "pointing at the ferry"})
    assert part("subjects", found) == "@jon is pointing at the ferry."


def test_what_the_language_of_the_prompt_has_no_words_for_is_noted() -> None:
    fields = {"location": "破败的灯塔", "lens": "长焦镜头", "time": "night"}
    found = expand("@mara waits", MARA, fields=fields, style="mochi")
    assert language_of(found.text.replace("@mara", "")) != "zh" and "night" in part("place", found)
    assert [note for note in found.notes if "灯塔" in note] and [note for note in found.notes if "长焦" in note]
    assert expand("她在厨房", fields={"weather": "clear"}, style="wan").notes == (), "clear air in a room needs no word"


def test_a_quotation_survives_a_locked_caption_without_it() -> None:
    locked = (protocol.PromptPart("caption", "@mara shouts."),)
    found = expand("@mara says “Wait!”", MARA, locked=locked)
    assert part("caption", found) == "@mara shouts." and "“Wait!”" in part("text", found)


@pytest.mark.parametrize("draft", ["@mara 在码头等着，说“等等”", "@mara waits under “FERRY 7”", "@mara 走进来"])
@pytest.mark.parametrize("style", ["wan", "ltx", "hunyuan"])
def test_the_text_is_what_its_parts_come_to_in_the_film(draft: str, style: str) -> None:
    found = expand(draft, MARA, fields=NIGHT, style=style)
    parts = [PromptPart(one.kind, one.text) for one in found.parts]
    assert (found.text, found.negative) == (prompt_parts.joined(parts), prompt_parts.negative(parts))


def test_a_name_that_another_one_begins_with_is_told_to_be_left_out() -> None:
    locked = (protocol.PromptPart("caption", "@mara_b waits."),)
    found = expand("@mara and @mara_b", {**JON, "name": "@mara_b"}, locked=locked)
    assert [note for note in found.notes if note.startswith("@mara is left out")]
