"""Where takes and pictures stand in the new clip, how long it becomes, and what cannot be."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_runtime.protocol import Generate, GivenFrames
from studio.errors import BadValue, NotFound, Refused, StudioError
from studio.generation.material import File, Material, Source
from studio.generation.plan import Plan, outline, plan
from studio.generation.recovery import wish_again
from studio.generation.wish import Bridge, Extend, Inpaint, Redo, Restyle, Wish
from studio.project.recipe import Recipe
from studio.project.timing import FrameRate
from tests.fakes import LONG, SLATE, engine
from tests.generation.briefs import PANEL, a_brief, ready

FIRST, LAST, GUIDE, MASK = "1" * 64, "2" * 64, "3" * 64, "4" * 64
FILM = FrameRate(24)


def a_take(name: str = "a", frames: int = 50, head: int = 1, tail: int = 1, rate: FrameRate = FILM) -> Source:
    file = File(f"{name * 64}.mp4", frames, 1280, 720)
    return Source(f"take_{name}", f"take {name}", "shot_a", file, head, tail, rate)


PANEL_SOURCE = Source("panel_a", "panel 1", "shot_a", File("d" * 64 + ".png", 1, 1280, 720))


def material(*sources: Source, **files: File) -> Material:
    return Material({one.name.partition(".")[0]: one for one in files.values()}, {one.id: one for one in sources})


def picture(hash_: str, width: int = 1280, height: int = 720) -> File:
    return File(f"{hash_}.png", 1, width, height)


def movie(hash_: str, frames: int) -> File:
    return File(f"{hash_}.mp4", frames, 1280, 720)


def planned(wish: Wish, found: Material, **changes: Any) -> Plan:
    return plan(outline(a_brief(**changes), wish, ready(LONG, SLATE), found), "text")


def spans(request: Generate) -> list[tuple[str, int, int, int]]:
    return [(one.file.name[0], one.first, one.count, one.file_first) for one in request.given]


def check_lengths(made: Plan) -> None:
    request, recipe = made.request, made.recipe
    assert request.skip >= 0 and request.skip + request.frames <= request.engine_frames * request.hold
    assert request.frames == recipe.frames and recipe.head + recipe.tail <= recipe.frames
    numbers = [number for one in request.given for number in range(one.first, one.first + one.count)]
    assert len(numbers) == len(set(numbers)) and all(0 <= one < request.engine_frames for one in numbers)


# --- pictures, loops and guides ------------------------------------------------------------------------------------


def test_first_and_last_frame_stand_at_the_ends_without_handles() -> None:
    found = material(one=picture(FIRST), other=picture(LAST))
    made = planned(Wish(first_frame=FIRST, last_frame=LAST), found, frames=45)
    assert spans(made.request) == [("1", 0, 1, 0), ("2", 24, 1, 0)]
    assert (made.recipe.head, made.recipe.frames) == (0, 50), "nothing is cut between two given ends"
    assert made.recipe.given == () and made.recipe.last_frame is not None


def test_a_picture_of_another_aspect_is_cropped_in_the_open() -> None:
    made = planned(Wish(first_frame=FIRST), material(one=picture(FIRST, 500, 500)))
    assert "The first frame of 500x500 is cropped to the film's 1280x720." in made.notes


def test_a_loop_is_never_cut() -> None:
    made = planned(Wish(loop=True), Material(), frames=37, chosen_panel=PANEL)
    assert made.request.loop and made.recipe.loop and made.request.given[0].file.hash == PANEL.hash
    assert (made.recipe.head, made.recipe.frames, made.request.engine_frames) == (0, 50, 25)


@pytest.mark.parametrize(("frames", "tail"), [(48, 0), (49, 1), (200, 2)])
def test_a_guide_begins_with_the_shot_and_bounds_the_tail(frames: int, tail: int) -> None:
    made = planned(Wish(guide=GUIDE, guide_strength=0.5), material(one=movie(GUIDE, frames)))
    assert (made.recipe.head, made.recipe.tail) == (0, tail) and made.request.guide_strength == 0.5
    check_lengths(made)


@pytest.mark.parametrize("wish", [Wish(guide=GUIDE, last_frame=LAST), Wish(guide=GUIDE, loop=True)])
def test_a_guide_lasts_to_an_end_that_cannot_be_cut(wish: Wish) -> None:
    with pytest.raises(Refused, match="guide has 49 frames, fewer than the 50 of"):
        planned(wish, material(one=movie(GUIDE, 49), other=picture(LAST)))
    assert planned(wish, material(one=movie(GUIDE, 50), other=picture(LAST))).request.frames == 50


def test_a_still_is_guided_by_a_picture() -> None:
    made = planned(Wish("still", guide=GUIDE), material(one=picture(GUIDE)))
    assert made.request.guide is not None and made.request.guide.name == f"{GUIDE}.png"


def test_a_long_shot_is_planned_in_parts_and_says_so() -> None:
    made = planned(Wish(), Material(), frames=480)
    assert made.request.engine_frames * 2 >= 480 and made.recipe.frames >= 480
    assert "Drawn in 15 parts of at most 25 drawings." in made.notes


# --- work on takes -------------------------------------------------------------------------------------------------


def test_an_extended_tail_keeps_the_take_and_adds_what_the_shot_lacks() -> None:
    made = planned(Wish(work=Extend("take_a")), material(a_take()), frames=70)
    assert spans(made.request) == [("a", 0, 25, 0)]
    assert (made.request.engine_frames, made.recipe.head, made.recipe.tail) == (41, 1, 11)
    assert made.recipe.work == {
        "name": "take a extended at its tail", "task": "extend", "take": "take_a", "end": "tail", "frames": 0,
    }  # fmt: skip


def test_an_extension_of_a_take_that_lacks_nothing_is_one_part_more() -> None:
    assert planned(Wish(work=Extend("take_a")), material(a_take())).request.engine_frames == 41
    assert planned(Wish(work=Extend("take_a", frames=5)), material(a_take())).request.engine_frames == 33


def test_an_extended_head_becomes_the_head_handle() -> None:
    made = planned(Wish(work=Extend("take_a", "head", 10)), material(a_take(frames=49, tail=0)))
    assert spans(made.request) == [("a", 8, 25, 0)] and made.request.engine_frames == 33
    assert (made.recipe.head, made.recipe.tail, made.recipe.frames) == (17, 0, 65)


def test_a_shot_that_grew_begins_earlier_in_a_take_extended_at_its_head() -> None:
    made = planned(Wish(work=Extend("take_a", "head")), material(a_take(frames=50, head=1, tail=1)), frames=70)
    # 21 frames are lacking, 16 drawings are added: the shot's last frame is the take's last
    assert made.request.engine_frames == 41 and spans(made.request) == [("a", 16, 25, 0)]
    assert (made.recipe.head, made.recipe.tail, made.recipe.frames) == (12, 0, 82)
    check_lengths(made)


def test_a_bridge_leads_from_the_end_of_one_shot_to_the_beginning_of_another() -> None:
    before, after = a_take("a", 50, 1, 7), a_take("b", 50, 4, 0)
    made = planned(Wish(work=Bridge("take_a", "take_b")), material(before, after), frames=30)
    # 9 drawings up to the 43rd frame of take a, 15 new ones, 9 from the 4th frame of take b on
    assert spans(made.request) == [("a", 0, 9, 13), ("b", 24, 9, 2)]
    assert (made.request.skip, made.recipe.head, made.recipe.tail, made.recipe.frames) == (10, 8, 8, 46)
    check_lengths(made)


def test_a_redone_range_is_widened_to_whole_drawings() -> None:
    made = planned(Wish(work=Redo("take_a", 10, 12)), material(a_take(head=1)))
    assert spans(made.request) == [("a", 0, 5, 0), ("a", 7, 18, 7)]
    assert (made.request.engine_frames, made.recipe.frames, made.recipe.head, made.recipe.tail) == (25, 50, 1, 1)
    assert made.recipe.work is not None and made.recipe.work["name"] == "take a redone from frame 10 to 12"


def test_a_take_that_ends_in_mid_drawing_stays_as_long() -> None:
    made = planned(Wish(work=Redo("take_a", 0, 3)), material(a_take(frames=41, head=0, tail=1)))
    assert (made.request.engine_frames, made.request.frames) == (25, 41)
    assert spans(made.request) == [("a", 2, 19, 2)]
    whole = planned(Wish(work=Restyle("take_a", 0.5)), material(a_take(frames=41)))
    assert spans(whole.request)[0] == ("a", 0, 21, 0) and {one.file_first for one in whole.request.given[1:]} == {20}
    assert sum(one.count for one in whole.request.given) == 25


def test_a_take_and_a_panel_are_redrawn_in_part() -> None:
    found = material(a_take(), PANEL_SOURCE, one=picture(MASK, 640, 360))
    clip = planned(Wish(work=Inpaint("take_a", MASK)), found).request
    assert clip.mask is not None and spans(clip) == [("a", 0, 25, 0)] and clip.strength == 1.0
    still = planned(Wish("still", work=Inpaint("panel_a", MASK)), found).request
    assert spans(still) == [("d", 0, 1, 0)] and (still.engine_frames, still.frames) == (1, 1)


def test_the_panel_is_not_given_to_work_on_a_take() -> None:
    made = planned(Wish(work=Restyle("take_a", 0.4)), material(a_take()), chosen_panel=PANEL)
    assert made.request.strength == 0.4 == made.recipe.strength and made.recipe.first_frame is None


@given(
    st.integers(1, 400), st.integers(0, 8), st.integers(0, 8), st.integers(1, 200),
    st.sampled_from([FILM, FrameRate(60), FrameRate(30000, 1001)]), st.data(),
)  # fmt: skip
def test_any_take_can_be_worked_on_without_losing_a_frame(
    frames: int, head: int, tail: int, shot: int, rate: FrameRate, data: st.DataObject
) -> None:
    one, other = a_take("a", 40 + frames, head, tail, rate), a_take("b", 20 + frames, head, tail, rate)
    first = data.draw(st.integers(0, frames))
    work = data.draw(st.sampled_from([
        Extend("take_a"), Extend("take_a", "head"), Bridge("take_a", "take_b"), Redo("take_a", first, first + 5),
    ]))  # fmt: skip
    made = planned(Wish(work=work), material(one, other), frames=shot, rate=rate)
    check_lengths(made)
    if isinstance(work, Redo):
        assert (made.recipe.frames, made.recipe.head, made.recipe.tail) == (one.file.frames, head, tail)
    elif isinstance(work, Extend):
        assert made.recipe.frames > one.file.frames
    else:
        assert made.recipe.head % made.recipe.hold == 0 and made.recipe.frames >= made.recipe.head + shot


# --- the recipe remembers ------------------------------------------------------------------------------------------

WORKS = [
    Extend("take_a", "head", 12), Bridge("take_a", "take_b"), Redo("take_a", 2, 9), Inpaint("take_a", MASK),
    Restyle("take_a", 0.25), None,
]  # fmt: skip


@pytest.mark.parametrize("work", WORKS)
def test_what_is_tried_again_is_what_was_wished(work: Any) -> None:
    found = material(a_take("a"), a_take("b"), one=picture(MASK), other=movie(GUIDE, 60))
    wish = Wish(work=work, seed=5) if work else Wish(seed=5, guide=GUIDE, guide_strength=0.5, reference_guidance=1.5)
    made = planned(wish, found)
    again = wish_again(Recipe.from_json(made.recipe.to_json()))
    assert again.work == work
    assert planned(again, found).request.given == made.request.given
    assert planned(again, found).recipe == made.recipe


# --- refusals ------------------------------------------------------------------------------------------------------

ALL = material(
    a_take("a"), a_take("b"), a_take("c", 10, 0, 0), a_take("g", 4, 0, 0), a_take("e", 200),
    a_take("f", rate=FrameRate(25)), PANEL_SOURCE, first=picture(FIRST), mask=picture(MASK, 500, 500),
    guide=movie(GUIDE, 20), black=File("8" * 64 + ".png", 1, 1280, 720, marks=False),
)  # fmt: skip
REFUSED = [
    (Wish(guide=GUIDE), Refused, "guide has 20 frames, fewer than the 48 of 1_0040"),
    (Wish(guide=FIRST), Refused, "guide has 1 frame, fewer"),
    (Wish(first_frame=GUIDE), BadValue, "first frame is a movie"),
    (Wish(work=Extend("take_x")), NotFound, "'take_x'"),
    (Wish(work=Extend("panel_a")), Refused, "Panel 1 is a still"),
    (Wish("still", work=Restyle("take_a", 0.5)), Refused, "Take a is a clip"),
    (Wish("still", work=Redo("panel_a", 0, 0)), BadValue, "Panel 1 is no take"),
    (Wish(work=Extend("take_a", frames=-1)), BadValue, "by -1 frames"),
    (Wish(work=Extend("take_a", frames=5000)), Refused, "sketch draws at most"),
    (
        Wish(work=Bridge("take_c", "take_g")),
        Refused,
        "too short to be bridged: 5 drawings lead over, 2 drawings follow",
    ),
    (Wish(work=Redo("take_a", 9, 3)), BadValue, "no frames 9 to 3"),
    (Wish(work=Redo("take_a", 40, 49)), BadValue, "no frames 40 to 49"),
    (Wish(work=Redo("take_a", -1, 3)), BadValue, "no frames -1 to 3"),
    (Wish(work=Inpaint("take_a", MASK)), Refused, "mask of 500x500 does not lie over pictures of 1280x720"),
    (Wish(work=Inpaint("take_a", "8" * 64)), Refused, "The mask marks nothing"),
    (Wish(work=Inpaint("take_a", "9" * 64)), NotFound, "given as mask"),
    (Wish(work=Restyle("take_a", 1.0)), BadValue, "strength of 1 "),
    (Wish(work=Restyle("take_a", -0.1)), BadValue, "strength of -0.1"),
    (Wish(work=Restyle("take_e", 0.5)), Refused, "has 100 drawings; sketch redraws 25 in one go"),
    (Wish(work=Redo("take_f", 0, 3)), Refused, "runs at 25 fps, the film at 24"),
    (Wish(work=Extend("take_a"), first_frame=FIRST), Refused, "A first frame does not go with extending a take"),
    (Wish(work=Redo("take_a", 0, 3), loop=True), Refused, "A loop does not go with redoing a range"),
]


@pytest.mark.parametrize(("wish", "kind", "words"), REFUSED)
def test_what_cannot_be_is_refused_with_a_way_out(wish: Wish, kind: type[StudioError], words: str) -> None:
    with pytest.raises(kind) as refused:
        planned(wish, ALL)
    assert words in refused.value.sentence and refused.value.hint


@pytest.mark.parametrize("work", [work for work in WORKS if work])
def test_an_engine_that_has_not_learned_it_says_so(work: Any) -> None:
    plain = engine(tasks=("clip", "still"))
    with pytest.raises(Refused, match="sketch cannot"):
        outline(a_brief(), Wish(work=work), ready(plain), ALL)


def test_given_frames_count_as_the_wire_counts_them() -> None:
    made = planned(Wish(work=Redo("take_a", 10, 12)), material(a_take()))
    (one, _) = made.request.given
    assert isinstance(one, GivenFrames) and one.file.hash == "a" * 64 and one.file.purpose == "redo"
