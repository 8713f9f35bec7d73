"""The built-in prompt writer always writes the caption form, says what it left out, and refuses nothing to draw."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_runtime import protocol
from model_runtime.expanders.captions import Caption, Marked, Subject, Thing, load_form
from model_runtime.expanders.grammar import GrammarExpander
from model_runtime.expanders.lexicon import load_lexicon
from model_runtime.expanders.styles import load_style
from model_runtime.expanders.things import thing_of
from model_runtime.failures import BadInput
from model_runtime.stage import lots

ASSETS = Path(__file__).resolve().parents[3] / "assets"
FORM = load_form(ASSETS / "prompts" / "sketch.toml")
LEXICON = load_lexicon(ASSETS / "prompts")
EXPANDER = GrammarExpander(ASSETS)

MARA = {"name": "@mara", "kind": "character", "description": "woman with black hair in a yellow raincoat, hood up"}
JON = {"name": "@jon", "kind": "character", "description": "A man, brown-haired. Dark coat and a red scarf."}
PIER = {"location": "pier", "time": "night", "weather": "rain"}


def expand(draft: str = "", *subjects: dict[str, str], style: str = "sketch", **fields: str) -> protocol.Expanded:
    return EXPANDER.expand(protocol.ExpandPrompt("job", 1, "grammar", draft, style, fields, subjects))


def caption(draft: str = "", *subjects: dict[str, str], **fields: str) -> Caption:
    return FORM.parse(expand(draft, *subjects, **fields).text)


# --- always the form -----------------------------------------------------------------------------------------------

PHRASES = st.sampled_from([" ".join(phrase) for phrase in LEXICON.meanings])
PIECES = PHRASES | st.sampled_from(
    ["@mara", "@jon", "@kai", "Mara", "and", "the", "no", '"Wait!"', ",", ".", "umbrella"]
)
DRAFTS = st.lists(PIECES | st.text(max_size=12), max_size=14).map(" ".join)
FIELDS = st.dictionaries(
    st.sampled_from(
        ["size", "angle", "height", "lens", "move", "action", "dialogue", "heading", "location", "time", "weather"]
    ),
    PHRASES | st.text(max_size=20),
    max_size=6,
)
SUBJECTS = st.lists(
    st.fixed_dictionaries(
        {"name": st.sampled_from(["@mara", "@jon", "@rex", "", "@Old_Pier"])},
        optional={
            "kind": st.sampled_from(["character", "prop", "location", "look", ""]),
            "description": DRAFTS,
            "side": st.sampled_from(["", "left", "right", "centre", "center", "middle", "nowhere"]),
            "facing": st.sampled_from(["", "left", "us", "camera", "away"]),
            "action": PHRASES,
            "pictures": st.sampled_from(["", "0", "1", "2", "many"]),
        },
    ),
    max_size=4,
)


@settings(max_examples=300, deadline=None)
@given(DRAFTS, FIELDS, SUBJECTS)
def test_whatever_is_written_becomes_a_caption_or_a_refusal_in_words(
    draft: str, fields: dict[str, str], subjects: list[dict[str, str]]
) -> None:
    request = protocol.ExpandPrompt("job", 1, "grammar", draft, "sketch", fields, tuple(subjects))
    try:
        found = EXPANDER.expand(request)
    except BadInput as refused:
        assert refused.sentence.endswith(".") and refused.hint
        return
    read = FORM.parse(found.text)
    marks = {subject["name"] for subject in subjects if thing_of(subject, LEXICON)}
    things = [one for one in read.subjects if isinstance(one, Thing) or (isinstance(one, Marked) and one.mark in marks)]
    people = [one for one in read.subjects if one not in things]
    assert len(things) <= 1 and len(people) <= 2 and read.subjects == (*people, *things)
    check_drawn(read, people, things)
    sides = [one.side for one in people]
    assert len(set(sides)) == len(sides)
    if read.size not in ("wide shot", "extreme wide shot") and len(sides) == 2 and read.angle != "over-the-shoulder":
        assert "centre" not in sides, "two large figures leave the middle free, as in the drawings"
    assert not any(person.hood and (person.garment != "raincoat" or person.hat) for person in read.people)
    assert EXPANDER.expand(request) == found, "the same request, the same text"


def check_drawn(read: Caption, people: list[Subject], things: list[Subject]) -> None:
    """What is asked for is among what the drawings show."""
    assert read.angle != "over-the-shoulder" or (len(people) == 2 and people[1].facing == "away" and not things)
    hugging = [one.action == "hugging" for one in people]
    assert not any(hugging) or (len(people) == 2 and all(hugging))
    for one in people:
        assert one.action not in lots.UNSEEN_ACTIONS.get(read.size, ())
        assert read.location in lots.ACTION_PLACES.get(one.action, (read.location,))
        assert one.facing in lots.FACINGS_OF.get(one.action, FORM.words["facing"])
    for one in things:
        assert one.facing in ("left", "right")
        if isinstance(one, Thing):
            assert read.location in lots.THING_PLACES.get(one.thing, (read.location,))


def test_words_in_any_case_say_the_same() -> None:
    assert expand("A WOMAN WAVES ON THE BEACH AT DAWN").text == expand("a woman waves on the beach at dawn").text


# --- place, camera -------------------------------------------------------------------------------------------------


def test_fields_speak_before_the_draft() -> None:
    read = caption("wide of a beach at noon, pan left", size="close-up", move="push in", **PIER)
    assert (read.size, read.move, read.location, read.time, read.weather) == (
        "close-up",
        "push in",
        "pier",
        "night",
        "rain",
    )


def test_the_draft_speaks_where_fields_are_silent() -> None:
    read = caption("close-up on the jetty at sunset, drizzle, slow push in, a woman")
    assert (read.size, read.move, read.location, read.time, read.weather) == (
        "close-up",
        "push in",
        "pier",
        "dusk",
        "rain",
    )


def test_a_heading_names_place_and_time() -> None:
    read = caption("nobody", heading="EXT. FERRY DECK - DAWN")
    assert (read.location, read.time) == ("ferry deck", "dawn")


@pytest.mark.parametrize(("value", "word"), [("wide", "wide shot"), ("MEDIUM", "medium shot"), ("close", "close-up")])
def test_sizes_may_be_given_short(value: str, word: str) -> None:
    assert caption("a man", size=value).size == word


def test_a_size_may_stand_before_a_colon() -> None:
    assert caption("Wide: @mara waits in a wide street", MARA, **PIER).size == "wide shot"
    assert caption("@mara waits: the street is wide", MARA, **PIER).size == "medium shot"


def test_waiting_for_a_ferry_on_a_pier_is_on_the_pier() -> None:
    assert caption("@mara waits for the ferry on the pier", MARA).location == "pier"
    assert caption("@mara waits for the ferry", MARA).location == "ferry deck"


def test_a_location_subject_names_the_place() -> None:
    place = {"name": "@harbour_end", "kind": "location", "description": "an old wooden jetty"}
    assert caption("@mara at @harbour_end", MARA, place).location == "pier"


def test_an_interior_without_a_known_place_is_a_kitchen() -> None:
    assert caption("a man", heading="INT. CELLAR - DAY").location == "kitchen"


# --- people --------------------------------------------------------------------------------------------------------


def test_a_name_is_replaced_by_its_description() -> None:
    found = expand("@mara walks", MARA, **PIER)
    assert "woman with black hair in a yellow raincoat, hood up" in found.text and "@mara" not in found.text
    jon = caption("@jon", JON, **PIER).people[0]
    assert (jon.kind, jon.hair, jon.colour, jon.garment, jon.scarf) == ("man", "brown", "dark", "coat", "red")


def test_two_stand_left_and_right_and_face_each_other_one_in_the_centre() -> None:
    two = caption("@mara and @jon", MARA, JON, **PIER).people
    assert [(one.side, one.facing) for one in two] == [("left", "right"), ("right", "left")]
    assert caption("@mara", MARA, **PIER).people[0].side == "centre"


def test_sides_and_facing_can_be_told_by_field_or_draft() -> None:
    left = {**MARA, "side": "right", "facing": "right"}
    two = caption("@mara and @jon", left, JON, **PIER).people
    assert [(one.kind, one.side, one.facing) for one in two] == [("man", "left", "right"), ("woman", "right", "right")]
    told = caption("@jon on the left, looking left; @mara on the right facing the camera", MARA, JON, **PIER).people
    assert [(one.kind, one.side, one.facing) for one in told] == [("man", "left", "left"), ("woman", "right", "us")]


def test_two_who_ask_for_the_same_side_get_two_sides() -> None:
    same = caption("x", {**MARA, "side": "left"}, {**JON, "side": "left"}, **PIER).people
    assert [one.side for one in same] == ["left", "right"]


def test_each_does_what_is_said_of_them() -> None:
    two = caption("@mara sits, @jon waves at her", MARA, JON, **PIER).people
    assert [one.action for one in two] == ["sitting", "waving"]
    two = caption("@mara and @jon run", MARA, JON, **PIER).people
    assert [one.action for one in two] == ["running", "running"]


def test_an_action_field_is_read_like_the_draft() -> None:
    two = caption("", MARA, JON, action="Mara points at the water. Jon stands.", **PIER).people
    assert [one.action for one in two] == ["pointing", "standing"]
    assert caption("", MARA, action="runs", **PIER).people[0].action == "running"


def test_a_subjects_own_action_speaks_first() -> None:
    assert caption("@mara runs", {**MARA, "action": "waving"}, **PIER).people[0].action == "waving"


def test_quoted_words_make_somebody_talk() -> None:
    assert caption("@mara “Where is the boat?”", MARA, **PIER).people[0].action == "talking"
    assert caption("@mara", MARA, dialogue="Where is the boat?", **PIER).people[0].action == "talking"
    assert caption("@mara waves “Here!”", MARA, **PIER).people[0].action == "waving"


def test_people_without_a_subject_are_read_from_the_draft() -> None:
    two = caption("a red-haired woman in a blue sweater sits, a man in a green jacket points", **PIER).people
    assert (two[0].kind, two[0].hair, two[0].colour, two[0].garment, two[0].action) == (
        "woman",
        "red",
        "blue",
        "sweater",
        "sitting",
    )
    assert (two[1].kind, two[1].colour, two[1].garment, two[1].action) == ("man", "green", "jacket", "pointing")


@pytest.mark.parametrize(
    ("draft", "kinds"),
    [
        ("nobody on the beach", []),
        ("empty beach", []),
        ("she runs", ["woman"]),
        ("two women talk on the beach", ["woman", "woman"]),
        ("a man and another man wave", ["man", "man"]),
        ("the woman walks, the woman stops", ["woman"]),
        ("two people on the beach", ["woman", "man"]),
    ],
)
def test_people_are_counted_as_they_are_told(draft: str, kinds: list[str]) -> None:
    assert [one.kind for one in caption(draft, location="beach").people] == kinds


def test_who_is_not_described_looks_the_same_in_every_shot() -> None:
    kai = {"name": "@kai", "kind": "character", "description": ""}
    first = caption("@kai walks", kai, **PIER).people[0]
    second = caption("close-up of @kai", kai, location="beach").people[0]
    names = ("kind", "hair", "colour", "garment", "scarf")
    assert [getattr(first, name) for name in names] == [getattr(second, name) for name in names]


# --- every word of the engine --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("draft", "attribute", "word"),
    [
        ("extreme wide shot of a desert", "size", "extreme wide shot"),
        ("a man in the office", "location", "office"),
        ("sand dunes at noon", "location", "desert"),
        ("a woman on the roof", "location", "rooftop"),
        ("waiting on the platform", "location", "station"),
        ("a girl sits on her bed", "location", "bedroom"),
        ("a cliff above the valley", "location", "mountains"),
        ("camera trucks left past a man", "move", "truck left"),
        ("tilts up to a woman", "move", "tilt up"),
        ("pier in thick fog", "weather", "fog"),
        ("it is snowing on the pier", "weather", "snow"),
        ("bird's eye view of the street", "angle", "high angle"),
        ("a man from below", "angle", "low angle"),
    ],
)
def test_what_the_engine_learned_to_draw_is_no_longer_a_neighbour(draft: str, attribute: str, word: str) -> None:
    assert getattr(caption(draft), attribute) == word


@pytest.mark.parametrize("value", ["high", "High Angle", "from above", "overhead"])
def test_an_angle_is_a_field(value: str) -> None:
    found = expand("a man", angle=value, **PIER)
    assert FORM.parse(found.text).angle == "high angle" and not found.notes


def test_looks_that_descriptions_tell_are_drawn() -> None:
    ida = {"name": "@ida", "description": "A short, stout old woman with glasses, a red beanie and a dark blue suit"}
    one = caption("@ida reads", ida, **PIER).people[0]
    assert (one.kind, one.build, one.hair, one.glasses, one.hat, one.hat_colour) == (
        "woman",
        "short",
        "grey",
        True,
        "beanie",
        "red",
    )
    assert (one.colour, one.garment, one.action) == ("blue", "suit", "reading")
    tom = {"name": "@tom", "description": "a tall boy, short red hair, green shirt"}
    one = caption("@tom", tom, **PIER).people[0]
    assert (one.kind, one.build, one.style, one.hair, one.colour, one.garment) == (
        "boy",
        "tall",
        "short",
        "red",
        "green",
        "shirt",
    )


def test_a_long_coat_is_no_long_hair_and_a_tall_tower_makes_nobody_tall() -> None:
    one = caption("a man in a long coat by a tall tower", **PIER).people[0]
    assert (one.style, one.build, one.garment) == ("usual", "average", "coat")
    one = caption("a slim woman with long curly black hair in a white dress", **PIER).people[0]
    assert (one.build, one.style, one.hair, one.colour, one.garment) == ("slim", "curly", "black", "white", "dress")


def test_near_and_far_and_seen_from_behind() -> None:
    two = caption("@mara in the foreground, from behind; @jon in the distance", MARA, JON, **PIER).people
    assert [(one.depth, one.facing) for one in two] == [("near", "away"), ("far", "left")]


@pytest.mark.parametrize(
    ("said", "action"),
    [
        ("kneels", "kneeling"),
        ("leaps over a puddle", "jumping"),
        ("dances", "dancing"),
        ("sips her coffee", "drinking"),
        ("reads a letter", "reading"),
        ("talks on the phone", "phoning"),
        ("carries a box", "carrying a box"),
        ("is asleep", "lying"),
        ("opens the door", "opening a door"),
        ("drives", "driving"),
        ("walks left", "walking"),
    ],
)
def test_every_action_has_its_own_word(said: str, action: str) -> None:
    assert caption(f"@mara {said}", MARA, location="street").people[0].action == action


def test_a_way_after_a_verb_is_where_somebody_goes() -> None:
    assert caption("@mara runs away", MARA, **PIER).people[0].facing == "away"
    assert caption("@mara walks left", MARA, **PIER).people[0].facing == "left"
    assert caption("@mara answers right away", MARA, **PIER).people[0].facing == "us"


def test_what_they_do_is_done_by_all() -> None:
    assert [one.action for one in caption("They kiss.", MARA, JON, **PIER).people] == ["hugging", "hugging"]


def test_she_and_he_do_each_their_own() -> None:
    two = caption("She reads, her back to us. He is on the phone.", **PIER).people
    assert [(one.kind, one.action, one.facing) for one in two] == [
        ("woman", "reading", "right"),
        ("man", "phoning", "left"),
    ]


def test_who_enters_left_stands_left() -> None:
    two = caption("@jon enters left, @mara runs right", MARA, JON, **PIER).people
    assert [(one.kind, one.side, one.facing, one.action) for one in two] == [
        ("man", "left", "right", "walking"),
        ("woman", "right", "right", "running"),
    ]


def test_the_colour_of_a_place_is_nobodys_coat() -> None:
    found = expand("@kai walks on white sand under a red sky", {"name": "@kai", "pictures": "1"})
    assert found.text.endswith(" @kai, centre, facing right, walking.")


def test_nobody_is_grey_who_is_not_said_to_be_old() -> None:
    for name in ("kai", "ida", "tom", "ann", "leo", "zoe", "max", "eva", "ben", "una"):
        assert caption(f"@{name}", {"name": f"@{name}"}, **PIER).people[0].hair != "grey"
    assert caption("an old woman", **PIER).people[0].hair == "grey"


# --- animals and vehicles ------------------------------------------------------------------------------------------


def test_an_animal_does_what_is_said_of_it_and_nobody_else_does() -> None:
    read = caption("wide shot, @mara waits, a black dog runs past on the left", MARA, **PIER)
    assert read.people[0].action == "standing" and read.people[0].colour == "yellow"
    assert read.things == (Thing("dog", "dark", "left", "right", "moving"),)
    read = caption("a woman with a dog walks along the beach")
    assert (read.people[0].action, read.things[0].motion) == ("walking", "moving")
    read = caption("@mara walks past a parked blue car and waves", MARA, location="street")
    assert (read.people[0].action, read.things[0].motion, read.things[0].colour) == ("walking", "standing", "blue")


def test_a_subject_that_is_an_animal_or_a_vehicle_is_drawn_as_one() -> None:
    rex = {"name": "@rex", "kind": "character", "description": "a white dog", "side": "left", "action": "running"}
    van = {"name": "@van", "kind": "prop", "description": ""}
    read = caption("@mara and @rex", MARA, rex, size="wide", **PIER)
    assert read.things == (Thing("dog", "white", "left", "right", "moving"),) and len(read.people) == 1
    assert caption("@van drives by", van, location="street").things[0].motion == "moving"
    raven = {"name": "@raven", "kind": "character", "description": ""}
    assert caption("@raven walks", raven, **PIER).people[0].action == "walking"


def test_one_thing_is_drawn_and_only_where_the_engine_draws_it() -> None:
    found = expand("@mara, a dog and a cat", MARA, **PIER)
    assert len(FORM.parse(found.text).things) == 1 and any("cat is left out" in note for note in found.notes)
    found = expand("a bus in the bedroom")
    assert not FORM.parse(found.text).things and any("bus is left out" in note for note in found.notes)
    assert caption("a boat").location == "pier"
    assert any("one dog" in note for note in expand("two dogs on the beach").notes)


# --- what a drawing needs ------------------------------------------------------------------------------------------


def test_over_the_shoulder_shows_one_and_the_others_back() -> None:
    seen, near = caption("over Mara's shoulder at @jon, who talks", MARA, JON, **PIER).people
    assert (seen.kind, seen.action, seen.facing) == ("man", "talking", "us")
    assert (near.kind, near.facing, near.action) == ("woman", "away", "standing") and near.side != seen.side
    seen, near = caption("@mara talks to @jon", MARA, JON, size="OTS", **PIER).people
    assert (seen.kind, near.kind) == ("woman", "man")
    found = expand("@mara", MARA, angle="over the shoulder", **PIER)
    assert FORM.parse(found.text).angle == "eye level" and any("two people" in note for note in found.notes)


def test_a_hug_takes_two() -> None:
    two = caption("@mara hugs @jon", MARA, JON, **PIER).people
    assert [(one.action, one.facing) for one in two] == [("hugging", "right"), ("hugging", "left")]
    found = expand("@mara hugs", MARA, **PIER)
    assert FORM.parse(found.text).people[0].action == "standing" and any("two people" in note for note in found.notes)


def test_nobody_drives_in_a_kitchen() -> None:
    found = expand("@mara drives", MARA, location="kitchen")
    assert FORM.parse(found.text).people[0].action == "sitting" and any("no road" in note for note in found.notes)
    assert caption("@mara drives", MARA, location="street").people[0].facing == "right"


def test_what_a_size_does_not_show_is_said() -> None:
    for size, draft in (("extreme wide shot", "@mara reads"), ("close-up", "@mara dances")):
        found = expand(draft, MARA, size=size, **PIER)
        assert FORM.parse(found.text).people[0].action == "standing"
        assert any("cannot be seen" in note for note in found.notes), size


def test_the_rules_are_those_of_the_drawings() -> None:
    assert {word: set(LEXICON.drawn_at[word]) for word in lots.THING_PLACES} == {
        word: set(places) for word, places in lots.THING_PLACES.items()
    }
    assert {word: set(LEXICON.drawn_at[word]) for word in lots.ACTION_PLACES} == {
        word: set(places) for word, places in lots.ACTION_PLACES.items()
    }
    assert LEXICON.unseen == {size: tuple(actions) for size, actions in lots.UNSEEN_ACTIONS.items()}
    assert {word: ways for word, ways in LEXICON.turned.items() if word != "hugging"} == lots.FACINGS_OF


# --- reference pictures --------------------------------------------------------------------------------------------


def test_who_has_reference_pictures_is_named_before_their_words() -> None:
    found = expand("@mara walks, @jon waits", {**MARA, "pictures": "2"}, {**JON, "pictures": "0"}, **PIER)
    assert ". @mara woman with black hair in a yellow raincoat, hood up, left" in found.text
    assert "@jon" not in found.text


def test_who_is_not_described_is_drawn_by_the_pictures_alone() -> None:
    kai = {"name": "@Kai", "kind": "character", "description": "", "pictures": "1"}
    assert expand("@Kai walks", kai, **PIER).text.endswith(" @Kai, centre, facing right, walking.")
    assert expand("@Kai walks", {**kai, "description": "a man"}, **PIER).text.endswith(
        " @Kai, centre, facing right, walking."
    )
    rex = {"name": "@rex", "kind": "prop", "description": "a dog", "pictures": "1"}
    assert expand("@rex runs", rex, **PIER).text.endswith(" @rex, centre, facing right, moving.")
    red = {**rex, "description": "an orange dog"}
    assert expand("@rex runs", red, **PIER).text.endswith(" @rex orange dog, centre, facing right, moving.")


# --- Chinese -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "draft",
    ["特写，@mara穿黄色雨衣在碼頭上奔跑，夜晚下雨", "特寫。夜裡，碼頭下雨，@mara 穿黃色雨衣跑向右边"],
)
def test_a_draft_may_be_chinese(draft: str) -> None:
    found = expand(draft, {"name": "@mara", "description": "女人，黑色长发"})
    read = FORM.parse(found.text)
    assert (read.size, read.location, read.time, read.weather) == ("close-up", "pier", "night", "rain")
    one = read.people[0]
    assert (one.kind, one.hair, one.style, one.colour, one.garment) == ("woman", "black", "long", "yellow", "raincoat")
    assert one.action == "running" and found.unknown == ()


def test_chinese_says_who_before_the_noun() -> None:
    read = caption("一个男人和一个穿红裙子的女孩在公园散步，一只白色的狗跑过")
    man, girl = read.people
    assert (man.kind, man.action) == ("man", "walking")
    assert (girl.kind, girl.colour, girl.garment, girl.action) == ("girl", "red", "dress", "walking")
    assert (read.things[0].thing, read.things[0].colour, read.things[0].motion) == ("dog", "white", "moving")


# --- what is left out ----------------------------------------------------------------------------------------------


def test_a_third_person_is_left_out_and_said_so() -> None:
    kai = {"name": "@kai", "kind": "character", "description": "a boy"}
    found = expand("@mara, @jon and @kai", MARA, JON, kai, **PIER)
    assert len(FORM.parse(found.text).people) == 2
    assert any("@kai" in note and "two people" in note for note in found.notes)


def test_props_strangers_and_fields_that_are_not_drawn_are_said() -> None:
    lamp = {"name": "@lamp", "kind": "prop", "description": "an oil lamp"}
    found = expand("@mara holds @lamp, @ghost behind", MARA, lamp, angle="dutch", move="roll", lens="35 mm", **PIER)
    for word in ("@lamp", "@ghost", "'dutch'", "'roll'", "'35 mm'"):
        assert any(word in note for note in found.notes), word
    assert expand("@mara", MARA, angle="eye-level", **PIER).notes == ()


def test_unknown_words_of_the_draft_are_reported_and_known_ones_not() -> None:
    found = expand("@mara walks slowly along the melancholy pier with an umbrella", MARA, **PIER)
    assert found.unknown == ("melancholy", "umbrella")


def test_a_place_that_is_not_known_is_said() -> None:
    found = expand("@mara on the moon", MARA)
    assert any("street" in note for note in found.notes) and found.unknown == ("moon",)


# --- refusals ------------------------------------------------------------------------------------------------------


def test_an_empty_draft_is_fine_when_fields_say_something() -> None:
    assert expand("", size="wide").text == "wide shot, static. street, day, clear. nobody."
    assert caption("", MARA).people


@pytest.mark.parametrize("draft", ["", "  \n ", "🦊🦊", "憂鬱的詩", "左邊", "xyzzy plugh", "“Hello”"])
def test_nothing_to_draw_is_refused_in_words(draft: str) -> None:
    with pytest.raises(BadInput) as refused:
        expand(draft)
    assert refused.value.sentence.endswith(".") and refused.value.hint


def test_emoji_and_chinese_beside_known_words_are_reported_not_refused() -> None:
    found = expand("憂鬱 🦊 on the pier")
    assert FORM.parse(found.text).location == "pier" and found.unknown == ("憂鬱",)


def test_a_draft_too_long_is_refused_with_both_numbers() -> None:
    with pytest.raises(BadInput, match=r"20,000.*4,000"):
        expand("x" * 20_000)


def test_the_longest_draft_is_read_at_once() -> None:
    began = time.monotonic()
    expand(("@mara and @jon wave, a woman in a red coat " * 100)[:4000], MARA, JON, **PIER)
    assert time.monotonic() - began < 2


def test_a_style_it_cannot_write_and_a_text_too_long_are_refused() -> None:
    with pytest.raises(BadInput, match="haiku"):
        expand("pier", style="haiku")
    request: dict[str, Any] = {"job": "j", "attempt": 1, "provider": "grammar", "draft": "pier", "style": "sketch"}
    with pytest.raises(BadInput, match="10"):
        EXPANDER.expand(protocol.ExpandPrompt(**request, max_length=10))


# --- parts, locks, variants ----------------------------------------------------------------------------------------


def request(draft: str = "", *subjects: dict[str, str], **more: Any) -> protocol.Expanded:
    fields = more.pop("fields", {})
    return EXPANDER.expand(protocol.ExpandPrompt("job", 1, "grammar", draft, "sketch", fields, subjects, **more))


def test_the_caption_comes_in_three_parts_that_join_to_it() -> None:
    found = request("@mara and @jon walk, push in", MARA, JON, fields={**PIER, "size": "wide shot"})
    shot, place, subjects = found.parts
    assert (shot.kind, place.kind, subjects.kind) == ("shot", "place", "subjects")
    assert (shot.text, place.text) == ("wide shot, push in.", "pier, night, rain.")
    assert found.text == f"{shot.text} {place.text} {subjects.text}" and found.negative == ""


def test_variants_tell_what_was_left_open_and_repeat_themselves() -> None:
    texts = [request("@mara waits", MARA, fields=PIER, variant=number).text for number in range(1, 30)]
    assert len(set(texts)) == 27, "three sizes, angles and moves"
    assert texts[:27] == [request("@mara waits", MARA, fields=PIER, variant=number).text for number in range(1, 28)]
    assert texts[27] == texts[0]
    assert all("pier, night, rain." in text for text in texts)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 60), st.sampled_from(FORM.words["size"]), st.sampled_from(FORM.words["move"]))
def test_no_variant_goes_against_a_field(variant: int, size: str, move: str) -> None:
    found = request("@mara and @jon", MARA, JON, fields={"size": size, "move": move, **PIER}, variant=variant)
    read = FORM.parse(found.text)
    assert (read.size, read.move, read.location, read.time, read.weather) == (size, move, "pier", "night", "rain")


def test_two_whom_nobody_placed_change_sides_and_who_was_placed_stays() -> None:
    fields = {"size": "wide shot", "angle": "eye level", "move": "static", **PIER}
    first, second = (request("@mara and @jon", MARA, JON, fields=fields, variant=number).text for number in (1, 2))
    assert [one.kind for one in FORM.parse(first).people] == ["woman", "man"]
    assert [one.kind for one in FORM.parse(second).people] == ["man", "woman"]
    told = request("@mara and @jon", {**MARA, "side": "left"}, JON, fields=fields, variant=2)
    assert told.text == first and any("no other variant" in note for note in told.notes)


def test_a_variant_takes_no_size_that_hides_what_is_done() -> None:
    sizes = {
        FORM.parse(request("@mara kneels", MARA, fields=PIER, variant=number).text).size for number in range(1, 20)
    }
    assert sizes == {"medium shot", "wide shot"}


def test_a_locked_part_stays_and_the_others_fit_it() -> None:
    locked = (protocol.PromptPart("shot", "close-up, low angle, pan left."),)
    found = request("@mara dances", MARA, fields={**PIER, "size": "wide shot"}, locked=locked, variant=3)
    assert found.parts[0].text == "close-up, low angle, pan left."
    assert FORM.parse(found.text).people[0].action == "standing", "dancing is not seen in a close-up"
    assert found.warnings == ()


def test_a_locked_part_in_other_words_stays_and_is_warned_of() -> None:
    locked = (protocol.PromptPart("subjects", "A zeppelin over the harbour."),)
    found = request("@mara dances", MARA, fields=PIER, locked=locked)
    assert found.text.endswith("pier, night, rain. A zeppelin over the harbour.")
    (warning,) = found.warnings
    assert "zeppelin" in warning


def test_light_of_the_shot_before_goes_on_where_nothing_tells_it() -> None:
    before = {"prompt": "wide shot, static. pier, dusk, fog. nobody."}
    found = request("@mara waits", MARA, fields={"location": "pier"}, before=before)
    assert found.parts[1].text == "pier, dusk, fog." and any("shot before" in note for note in found.notes)
    assert request("@mara waits", MARA, fields=PIER, before=before).parts[1].text == "pier, night, rain."


def test_what_is_worn_in_this_shot_speaks_before_the_usual_clothes() -> None:
    changed = {**MARA, "description": MARA["description"] + ", in a red dress, hair tied back", "worn": "Change 2"}
    found = FORM.parse(request("@mara waits", changed, fields=PIER).text).people[0]
    assert (found.garment, found.colour, found.style, found.hair) == ("dress", "red", "tied", "black")


def test_the_styles_words_for_other_writers_name_every_word_of_the_form() -> None:
    told = load_style(ASSETS / "prompts", "sketch").instruction.replace("\n", " ")
    for name, words in FORM.words.items():
        for word in words:
            assert word in told or word in ("eye level", "average", "usual", "middle"), (name, word)
    FORM.parse(load_style(ASSETS / "prompts", "sketch").example)


@pytest.mark.parametrize(
    ("draft", "people"),
    [
        ("a hiker on the mountain path", 1),
        ("two climbers in a snowstorm", 2),
        ("passengers on the ferry deck", 2),
        ("两个登山的人在山上", 2),
        ("屋顶上一男一女", 2),
        ("穿橙色夹克的人走在雪山上", 1),
        ("两个男人在甲板上争吵", 2),
        ("站台上没有一个人", 0),
        ("not a soul on the beach", 0),
    ],
)
def test_people_without_a_name_are_counted(draft: str, people: int) -> None:
    assert len(caption(draft).people) == people


def test_two_told_by_object_pronouns_alone_are_there() -> None:
    assert [one.kind for one in caption("the rain falls on him and on her").people] == ["man", "woman"]


def test_two_chinese_nouns_after_one_counter_are_two_people() -> None:
    assert [one.kind for one in caption("一个女人男人在码头").people] == ["woman", "man"]


def test_somebody_who_is_renamed_looks_the_same() -> None:
    def told(name: str) -> str:
        subject = {"name": name, "kind": "character", "description": "a woman", "looks_by": "1024"}
        return expand(f"{name} walks", subject).text

    assert len({told(name) for name in ("@mara", "@anna", "@nora", "@jo")}) == 1
