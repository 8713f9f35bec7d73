"""What a shot was given of its own completes a wish, gives way to it, and is dropped in words where nothing uses it."""

from __future__ import annotations

import pytest

from studio.generation.material import File, Material
from studio.generation.plan import outline, plan
from studio.generation.shot_given import with_given
from studio.generation.wish import Extend, Wish
from studio.project.cards import BriefGiven
from tests.fakes import SKETCH, engine
from tests.generation.briefs import PANEL, a_brief, ready

FIRST, GUIDE = "b" * 64, "c" * 64


def given(purpose: str, content: str = FIRST, kind: str = "picture", strength: int = 100) -> BriefGiven:
    ending = "png" if kind == "picture" else "mp4"
    return BriefGiven(f"given_{purpose}", content, f"{content}.{ending}", purpose, strength, kind)


def test_the_shots_first_frame_is_used_before_its_panel() -> None:
    material = Material({FIRST: File(f"{FIRST}.png", 1, 1280, 720)})
    brief = a_brief(given=(given("first_frame"),), chosen_panel=PANEL)
    made = plan(outline(brief, Wish(), ready(), material), "text")
    assert made.recipe.first_frame is not None and made.recipe.first_frame["hash"] == FIRST
    assert made.request.given[0].file.hash == FIRST


def test_a_frame_the_wish_names_wins_and_the_shots_own_is_told() -> None:
    own = "d" * 64
    material = Material({one: File(f"{one}.png", 1, 1280, 720) for one in (FIRST, own)})
    made = plan(outline(a_brief(given=(given("first_frame"),)), Wish(first_frame=own), ready(), material), "text")
    assert made.recipe.first_frame is not None and made.recipe.first_frame["hash"] == own
    assert made.recipe.references[-1]["dropped"] == "Another first frame was chosen for this take"
    assert any("another first frame was chosen" in note for note in made.notes)


def test_a_retry_names_the_same_frame_and_nothing_is_told_of_it() -> None:
    found = with_given(a_brief(given=(given("first_frame"),)), Wish(first_frame=FIRST), SKETCH)
    assert found.wish.first_frame == FIRST and found.dropped == () and len(found.used) == 1


def test_a_guide_is_followed_as_strongly_as_the_shot_says_unless_the_wish_does() -> None:
    brief = a_brief(given=(given("guide", GUIDE, "clip", 60),))
    assert with_given(brief, Wish(), SKETCH).wish.guide_strength == 0.6
    assert with_given(brief, Wish(guide_strength=0.9), SKETCH).wish.guide_strength == 0.9


@pytest.mark.parametrize(
    ("purpose", "wish", "info", "reason"),
    [
        ("first_frame", Wish("still"), SKETCH, "A still has no first frame"),
        ("last_frame", Wish(), engine(tasks=("clip",)), "sketch takes no last frame"),
        ("guide", Wish(), SKETCH, "A guide for motion is a clip"),
        ("mask", Wish(), SKETCH, "A mask is given with the part that is to be redrawn"),
        ("first_frame", Wish(work=Extend("take_a")), SKETCH, "Work on a take goes by the take"),
    ],
)
def test_what_cannot_be_used_is_dropped_with_its_reason(purpose: str, wish: Wish, info, reason: str) -> None:
    found = with_given(a_brief(given=(given(purpose),)), wish, info)
    assert found.wish == wish and [one.reason for one in found.dropped] == [reason] and found.used == ()


def test_of_two_first_frames_the_first_is_used() -> None:
    two = (given("first_frame"), given("first_frame", "d" * 64))
    found = with_given(a_brief(given=two), Wish(), SKETCH)
    assert found.wish.first_frame == FIRST and [one.hash for one in found.used] == [FIRST]
    assert found.dropped[0].reason == "The shot has another first frame before it"
