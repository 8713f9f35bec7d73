"""@names an engine does not read are said by what the subject looks like, once in full and briefly after that."""

from __future__ import annotations

import dataclasses

import pytest

from studio.generation.named_out import as_read
from studio.project.cards import BriefSubject
from tests.generation.briefs import MARA

WOMAN = dataclasses.replace(MARA, description="a woman with black hair in a yellow raincoat")
JON = BriefSubject("subject_jon", "@jon", "character", "man in a dark coat")
NOBODY = BriefSubject("subject_old_cat", "@old_cat", "prop", "")


@pytest.mark.parametrize(
    ("prompt", "read"),
    [
        ("@mara waits. Then @Mara runs.",
         "A woman with black hair in a yellow raincoat waits. Then the woman runs."),
        ("@mara, a woman with black hair in a yellow raincoat, waits.",
         "a woman with black hair in a yellow raincoat, waits."),
        ("Rain. @jon, man in a dark coat, sees @mara; @mara_young does not.",
         "Rain. man in a dark coat, sees a woman with black hair in a yellow raincoat; @mara_young does not."),
        ("@old_cat sleeps, @zed does not; write to mail@jon.com",
         "Old cat sleeps, @zed does not; write to mail@jon.com"),
        ("@jon, @jon and @jon-", "Man in a dark coat, the man and the man-"),
        ("nobody at all", "nobody at all"),
    ],
)  # fmt: skip
def test_names_are_said_in_words(prompt: str, read: str) -> None:
    assert as_read(prompt, (WOMAN, JON, NOBODY), "wan", {"@mara"}) == read


def test_whoever_is_shown_by_pictures_keeps_the_name_where_the_style_ties_the_two_together() -> None:
    caption = "wide shot. pier. @mara woman with black hair, left. @jon man in a dark coat, right. @jon."
    assert as_read(caption, (WOMAN, JON), "sketch", {"@mara"}) == (
        "wide shot. pier. @mara woman with black hair, left. man in a dark coat, right. the man."
    )
