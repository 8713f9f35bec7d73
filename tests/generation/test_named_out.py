"""@names an engine does not read are said by what the subject looks like, once in full and briefly after that."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_runtime.mentions import mentions
from studio.generation.named_out import as_read
from studio.project.cards import BriefSubject
from tests.generation.briefs import MARA

WOMAN = dataclasses.replace(MARA, description="a woman with black hair in a yellow raincoat")
JON = BriefSubject("subject_jon", "@jon", "character", "man in a dark coat")
LIN = BriefSubject("subject_lin", "@lin", "character", "女人，黑色长发")
ADA = BriefSubject("subject_ada", "@ada", "character", "A man, brown-haired. Dark coat and a red scarf.")
NOBODY = BriefSubject("subject_old_cat", "@old_cat", "prop", "")


@pytest.mark.parametrize(
    ("prompt", "read"),
    [
        ("@mara waits. Then @Mara runs.",
         "A woman with black hair in a yellow raincoat waits. Then the woman runs."),
        ("@mara, a woman with black hair in a yellow raincoat, waits.",
         "A woman with black hair in a yellow raincoat, waits."),
        ("Rain. @jon, man in a dark coat, sees @mara; @mara_young does not.",
         "Rain. Man in a dark coat, sees a woman with black hair in a yellow raincoat; @mara_young does not."),
        ("@old_cat sleeps, @zed does not; write to mail@jon.com",
         "Old cat sleeps, @zed does not; write to mail@jon.com"),
        ("@jon, @jon and @jon-", "Man in a dark coat, the man and the man-"),
        ("@mara, a woman with black hair, waits. @mara in this shot: hood down.",
         "A woman with black hair, waits. The woman in this shot: hood down."),
        ("@mara with @jon in tow", "A woman with black hair in a yellow raincoat with man in a dark coat in tow"),
        ("@MÁRA waits", "A woman with black hair in a yellow raincoat waits"),
        ("@lin，一位黑色长发的女人，在雨中等待。@lin奔跑。", "一位黑色长发的女人，在雨中等待。女人奔跑。"),
        ("他对@lin说", "他对女人，黑色长发说"),
        ("Rain. @ada waits.", "Rain. A man, brown-haired, dark coat and a red scarf waits."),
        ("nobody at all", "nobody at all"),
    ],
)  # fmt: skip
def test_names_are_said_in_words(prompt: str, read: str) -> None:
    assert as_read(prompt, (WOMAN, JON, LIN, ADA, NOBODY), "wan", {"@mara"}) == read


def test_whoever_is_shown_by_pictures_keeps_the_name_where_the_style_ties_the_two_together() -> None:
    caption = "wide shot. pier. @mara woman with black hair, left. @jon man in a dark coat, right. @jon."
    assert as_read(caption, (WOMAN, JON), "sketch", {"@mara"}) == (
        "wide shot. pier. @mara woman with black hair, left. man in a dark coat, right. the man."
    )


NAMES_OF_CAST = ("@mara", "@jon", "@lin", "@old_cat")
NAMES = st.sampled_from(["@mara", "@jon", "@lin", "@old_cat", "@zed"])
PIECES = st.lists(
    NAMES | st.sampled_from([" ", ", ", ". ", "，", "a woman", "waits", "mail@jon.com", "雨"]), max_size=12
)


@settings(max_examples=150, deadline=None)
@given(PIECES, st.sets(NAMES), st.sampled_from(["sketch", "wan"]))
def test_no_name_is_left_but_of_those_shown_and_of_strangers(pieces: list[str], shown: set[str], style: str) -> None:
    text = " ".join(pieces)
    read = as_read(text, (WOMAN, JON, LIN, NOBODY), style, shown)
    kept = {"@zed", *(shown if style == "sketch" else ())}
    before = [one for one in mentions(text) if one in kept or one not in NAMES_OF_CAST]
    assert mentions(read) == before
    if not mentions(text):
        assert read == text
