"""From a shot and a wish to recipe and request: what is asked for, and what is refused in words."""

from __future__ import annotations

import dataclasses
import json

import pytest

from model_runtime import protocol
from studio.errors import BadValue, NotFound, Refused, StudioError
from studio.generation.material import File, Material
from studio.generation.plan import SEEDS, Outline, outline, plan, text_request
from studio.generation.wish import Wish
from studio.project.cards import BriefBefore
from studio.project.recipe import Recipe
from studio.project.timing import FrameRate
from tests.fakes import SKETCH, SLATE, engine
from tests.generation.briefs import MARA, PANEL, a_brief, ready

GIVEN = "b" * 64


def outlined(wish: Wish | None = None, material: Material | None = None, **changes: object) -> Outline:
    return outline(a_brief(**changes), wish or Wish(), ready(), material or Material())


def files(*hashes: str, size: tuple[int, int] = (1280, 720), frames: int = 1) -> Material:
    ending = "png" if frames == 1 else "mp4"
    return Material({one: File(f"{one}.{ending}", frames, *size) for one in hashes})


# --- what is asked for ---------------------------------------------------------------------------------------------


def test_a_clip_is_planned_on_twos_with_its_handles() -> None:
    made = plan(outlined(), "wide shot, static. pier, night, rain. nobody.")
    assert (made.request.engine_frames, made.request.hold, made.request.frames) == (25, 2, 50)
    assert (made.recipe.frames, made.recipe.head, made.recipe.tail) == (50, 1, 1)
    assert made.request.rate == (24, 1) and (made.request.width, made.request.height) == (1280, 720)
    assert (made.recipe.native_width, made.recipe.native_height) == (144, 80)


def test_the_request_carries_the_whole_recipe_and_survives_the_wire() -> None:
    made = plan(outlined(), "text")
    assert Recipe.from_json(made.request.recipe) == made.recipe
    assert protocol.decode(protocol.encode(made.request)) == made.request


def test_the_recipe_names_what_determined_the_take() -> None:
    recipe = plan(outlined(Wish(seed=7)), "text").recipe
    assert (recipe.engine, recipe.weights, recipe.seed, recipe.steps, recipe.guidance) == (
        "sketch",
        "feedc0de",
        7,
        4,
        2.5,
    )
    assert (recipe.shot, recipe.scene, recipe.film, recipe.subjects) == ("shot_a", "scene_a", "film_a", (MARA.id,))
    assert (recipe.draft, recipe.prompt) == ("Mara on the pier", "text")
    assert (recipe.reel, recipe.timecode) == ("1_0040_v001", "00:00:00:00")
    assert recipe.made_with == {"shotwright": "0.1.0", "torch": "2.13.0"}
    assert recipe.fed == {"action": "Mara waits"} and recipe.rate == "24/1"


def test_a_seed_is_drawn_here_where_none_is_given() -> None:
    seeds = {plan(outlined(), "text").request.seed for _ in range(8)}
    assert len(seeds) > 1 and all(0 <= seed < SEEDS for seed in seeds)


def test_a_still_is_one_drawing_without_reel_and_timecode() -> None:
    made = plan(outlined(Wish("still"), frames=96), "text")
    assert (made.request.kind, made.request.engine_frames, made.request.frames) == ("still", 1, 1)
    assert (made.recipe.reel, made.recipe.timecode) == ("", "")


def test_a_clip_begins_with_the_chosen_panel() -> None:
    made = plan(outlined(chosen_panel=PANEL), "text")
    panel = protocol.InputFile(PANEL.hash, PANEL.name, "first frame")
    assert made.request.given == (protocol.GivenFrames(panel, 0),)
    assert made.recipe.first_frame is not None and made.recipe.first_frame["hash"] == PANEL.hash
    assert (made.recipe.head, made.recipe.tail) == (0, 2)


def test_the_panel_is_left_out_on_request_for_stills_and_for_engines_that_take_none() -> None:
    for wish in (Wish(use_panel=False), Wish("still"), Wish(engine="slate")):
        assert outlined(wish, chosen_panel=PANEL).arranged.first_frame is None


def test_a_given_first_frame_wins_over_the_panel() -> None:
    one = outlined(Wish(first_frame=GIVEN), files(GIVEN), chosen_panel=PANEL)
    assert one.arranged.first_frame == protocol.InputFile(GIVEN, GIVEN + ".png", "first frame")


def test_a_missing_shot_card_is_told_the_shots_words() -> None:
    made = plan(outlined(Wish(engine="slate"), frames=37, fields={"action": "She waits", "dialogue": "Now."}))
    assert made.request.card == protocol.CardText("1_0040", "She waits", "Now.", "37 frames")
    assert (made.request.engine_frames, made.request.hold, made.request.frames) == (37, 1, 37)


def test_steps_and_guidance_are_the_engines_own_unless_wished() -> None:
    made = plan(outlined(Wish(steps=12, guidance=4.0)), "text")
    assert (made.request.steps, made.request.guidance) == (12, 4.0)


# --- the prompt ----------------------------------------------------------------------------------------------------


def test_the_text_is_asked_with_fields_place_and_subjects() -> None:
    wanted = text_request(outlined())
    assert wanted is not None and wanted.provider == "grammar" and wanted.style == "sketch"
    assert wanted.fields == {
        "size": "wide shot", "move": "static", "action": "Mara waits", "location": "pier", "time": "night",
        "weather": "rain",
    }  # fmt: skip
    assert wanted.subjects[0]["name"] == "@mara" and wanted.subjects[0]["side"] == "left"
    assert wanted.draft == "Mara on the pier" and wanted.max_length == SKETCH.max_prompt


@pytest.mark.parametrize(("reads", "kept"), [(True, "rain, umbrellas"), (False, "")])
def test_what_must_not_be_seen_is_sent_where_the_engine_reads_it_and_told_where_not(reads: bool, kept: str) -> None:
    brief = a_brief(expansion="a pier", negative="rain, umbrellas")
    made = plan(outline(brief, Wish(), ready(engine(negative=reads))))
    assert made.recipe.negative == made.request.negative == kept
    assert any("must not be seen" in note for note in made.notes) is not reads


@pytest.mark.parametrize(
    ("style", "told"),
    [
        ("wan", ["The accepted prompt was written for Wan 2.2; Sketch reads another form."]),
        ("mochi", ["The accepted prompt was written for mochi; Sketch reads another form."]),
        ("sketch", []),
        ("", []),
    ],
)
def test_an_accepted_prompt_written_for_another_engine_is_told(style: str, told: list[str]) -> None:
    brief = a_brief(expansion="a pier", expansion_style=style)
    wan = engine(id="wan", title="Wan 2.2", prompt_style="wan")
    notes = plan(outline(brief, Wish(), ready(engine(), wan))).notes
    assert [note for note in notes if "accepted prompt" in note] == told


def test_a_card_is_drawn_without_a_word_about_the_form_of_its_prompt() -> None:
    brief = a_brief(expansion="a pier", expansion_style="wan")
    assert not any("accepted prompt" in note for note in plan(outline(brief, Wish(engine="slate"), ready())).notes)


def test_what_the_grammar_keeps_out_is_used_with_its_own_text_only() -> None:
    info = engine(negative=True)
    assert plan(outline(a_brief(), Wish(), ready(info)), "a pier", "blur").recipe.negative == "blur"
    accepted = a_brief(expansion="a pier")
    assert plan(outline(accepted, Wish(), ready(info)), "other", "blur").recipe.negative == ""


def test_the_shot_before_wardrobe_and_film_notes_are_told_and_the_crews_notes_are_not() -> None:
    before = BriefBefore("1_0030", {"size": "close-up", "notes": "for the crew"}, "@jon waits", "")
    wearing = dataclasses.replace(MARA, worn=("Change 2, hood down",))
    fields = {"size": "wide shot", "notes": "for the crew"}
    wanted = text_request(outlined(before=before, subjects=(wearing,), style_notes="Grainy.", fields=fields))
    assert wanted is not None and "crew" not in repr(wanted)
    assert wanted.before == {"number": "1_0030", "size": "close-up", "prompt": "@jon waits"}
    assert wanted.subjects[0]["worn"] == "Change 2, hood down" and wanted.style_notes == "Grainy."


def test_names_are_said_in_words_where_the_style_does_not_tie_them_to_pictures() -> None:
    info = engine(prompt_style="wan", references=0)
    made = plan(outline(a_brief(expansion="@mara waits."), Wish(), ready(info)))
    assert made.recipe.prompt == made.request.prompt == "Woman, black hair, yellow raincoat waits."


def test_an_accepted_expansion_is_used_as_it_is() -> None:
    one = outlined(expansion="the accepted text")
    assert text_request(one) is None and plan(one).recipe.prompt == "the accepted text"


def test_an_engine_that_reads_no_prompt_asks_for_none() -> None:
    assert text_request(outlined(Wish(engine="slate"))) is None


# --- refusals ------------------------------------------------------------------------------------------------------


def test_an_empty_prompt_on_a_shot_with_no_fields_is_refused() -> None:
    with pytest.raises(Refused, match="1_0040 says nothing to draw"):
        outlined(draft="  ", fields={"notes": "later"}, subjects=())
    assert outlined(draft="", subjects=()).wish == Wish()
    assert outlined(Wish(engine="slate"), draft="", fields={}, subjects=()).fit.drawings == 48


REFUSED = [
    (Wish(), {"omitted": True}, Refused, "1_0040 is omitted"),
    (Wish(), {"frames": 96}, Refused, "1_0040: It is 96 frames long; sketch draws at most 50 at 24 fps."),
    (Wish(engine="wan"), {}, NotFound, "'wan'"),
    (Wish(seed=-1), {}, BadValue, "-1"),
    (Wish(seed=SEEDS), {}, BadValue, "seed"),
    (Wish(steps=-3), {}, BadValue, "-3 steps"),
    (Wish(guidance=float("nan")), {}, BadValue, "guidance of nan"),
    (Wish(engine="slate", last_frame=GIVEN), {}, Refused, "slate takes no last frame"),
    (Wish(engine="slate", guide=GIVEN), {}, Refused, "slate takes no guide"),
    (Wish(engine="slate", loop=True), {}, Refused, "slate cannot draw loops"),
    (Wish("still", loop=True), {}, Refused, "A still cannot be a loop"),
    (Wish(guide=GIVEN), {}, NotFound, "guide is not in the film's media folder"),
    (Wish(guide_strength=1.5), {}, BadValue, "strength of 1.5"),
    (Wish(stop_at=4), {}, BadValue, "4 steps cannot be held after step 4"),
    (Wish(stop_at=-1), {}, BadValue, "step -1"),
    (Wish(engine="slate", stop_at=1), {}, Refused, "slate draws in one go"),
    (Wish(steps=1, stop_at=1), {}, Refused, "draws in one go"),
    (Wish(reference_guidance=-1.0), {}, BadValue, "guidance by references of -1"),
    (Wish(first_frame=GIVEN), {}, NotFound, "first frame is not in the film's media folder"),
    (Wish("still", first_frame=GIVEN), {}, Refused, "A still has no first frame"),
]


@pytest.mark.parametrize(("wish", "changes", "kind", "words"), REFUSED)
def test_an_impossible_wish_is_refused_with_a_way_out(
    wish: Wish, changes: dict[str, object], kind: type[StudioError], words: str
) -> None:
    with pytest.raises(kind) as refused:
        outlined(wish, **changes)
    assert words in refused.value.sentence and refused.value.hint


def test_an_engine_that_cannot_draw_here_gives_its_own_reason() -> None:
    away = engine(available=False, reason="its model file is missing.", hint="Install Shotwright again.")
    with pytest.raises(Refused) as refused:
        outline(a_brief(), Wish(), ready(away, SLATE))
    assert "model file is missing" in refused.value.sentence and refused.value.hint == "Install Shotwright again."


def test_a_prompt_longer_than_the_engine_reads_is_refused_with_both_lengths() -> None:
    with pytest.raises(BadValue, match="2,001 characters; sketch reads 2,000"):
        plan(outlined(expansion="x" * 2001))


def test_other_rates_are_planned_exactly() -> None:
    made = plan(outlined(rate=FrameRate(60000, 1001), frames=96), "text")
    assert made.request.rate == (60000, 1001) and made.request.hold == 4 and made.request.frames == 100
    assert json.loads(made.request.recipe)["rate"] == "60000/1001"
