"""Proposed prompts: parts accepted, edited, refused and locked, and which one the next takes are drawn from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.errors import BadValue, NotFound, Refused
from studio.open_project import OpenProject
from studio.project import prompt_parts, queries
from studio.project.commands import expansion, shot
from studio.project.commands.expansion import MOST
from studio.project.expansion_queries import expansion_card, expansion_cards, pending_expansions
from studio.project.prompt_cards import PARTS, ExpansionCard, PromptPart
from tests.builders import a_scene, a_shot, a_take

PARTS_OF_IT = (
    PromptPart("shot", "wide shot."),
    PromptPart("caption", "@mara walks."),
    PromptPart("place", "pier."),
    PromptPart("negative", "text"),
)


@pytest.fixture
def one(project: OpenProject) -> str:
    return a_shot(project, prompt="@mara walks")


def proposed(project: OpenProject, of: str, **fields: object) -> str:
    given = {"draft": "@mara walks", "provider": "grammar", "parts": PARTS_OF_IT} | fields
    return project.run(expansion.propose_expansion, of, **given).new("prompt_expansion")


def card(project: OpenProject, made: str) -> ExpansionCard:
    return project.ask(expansion_card, made)


def drawn_from(project: OpenProject, of: str) -> tuple[str | None, str]:
    brief = project.ask(queries.shot_brief, of)
    return brief.expansion, brief.negative


def test_a_long_word_the_engine_does_not_know_does_not_cost_the_text(project: OpenProject, one: str) -> None:
    assert card(project, proposed(project, one, unknown=["字" * 4_000])).unknown == ("字" * 199 + "…",)


# --- parts -------------------------------------------------------------------------------------------------------

kinds = st.sampled_from(tuple(PARTS))
texts = st.text(st.sampled_from("ab .,。走\n"), max_size=8).filter(str.strip)
some_parts = st.lists(st.builds(PromptPart, kinds, texts), max_size=6)
decisions = st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["proposed", "accepted", "refused", "a walk"])),
                     max_size=10)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(some_parts, decisions)
def test_the_text_is_what_the_parts_in_use_come_to_and_every_decision_can_be_taken_back(
    parts: list[PromptPart], hands: list[tuple[int, str]]
) -> None:
    now = list(parts)
    for place, word in hands:
        if place < len(now):
            text = word if " " in word else None
            now[place] = prompt_parts.decided(now[place], "edited" if text else word, text)
    used = [one for one in now if one.in_use and one.kind != "negative"]
    text = prompt_parts.joined(now)
    assert "".join(text.split()) == "".join("".join(one.text for one in used).split())
    assert all(one.text.strip() in text for one in used)
    assert [prompt_parts.decided(one, "proposed").text for one in now] == [one.text for one in parts]
    assert prompt_parts.read(prompt_parts.write(now), "", "") == (tuple(now) or (PromptPart("caption", "", ""),))


def test_parts_keep_their_own_ends_and_chinese_writes_on() -> None:
    def joined(*texts: str) -> str:
        return prompt_parts.joined(PromptPart("caption", text) for text in texts)

    assert joined("wide shot.", "pier.\n", "@mara walks.") == "wide shot. pier.\n@mara walks."
    assert joined("广角镜头。", "码头，", "夜。") == "广角镜头。码头，夜。"
    assert joined("", " ", "pier") == "pier"


def test_a_proposal_changes_nothing_and_is_no_step(project: OpenProject, one: str) -> None:
    before = project.undo_text()
    made = proposed(
        project, one, model="m", style="wan", language="en", variant=2, warnings=["@jon is lost"], unknown=["zeppelin"]
    )
    assert (project.undo_text(), drawn_from(project, one)) == (before, (None, ""))
    told = card(project, made)
    assert (told.text, told.negative, told.state, told.used) == (
        "wide shot. @mara walks. pier.",
        "text",
        "proposed",
        False,
    )
    assert (told.model, told.style, told.variant, told.warnings, told.unknown) == (
        "m",
        "wan",
        2,
        ("@jon is lost",),
        ("zeppelin",),
    )


def test_text_alone_is_one_part_and_a_negative_is_another(project: OpenProject, one: str) -> None:
    made = proposed(project, one, parts=(PromptPart("place", " "),), text="A woman walks.", negative="text")
    assert card(project, made).parts == (PromptPart("caption", "A woman walks."), PromptPart("negative", "text"))


def test_accepting_uses_every_part_that_is_not_refused(project: OpenProject, one: str) -> None:
    made = proposed(project, one)
    project.run(expansion.decide_part, made, 2, "refused")
    project.run(expansion.decide_part, made, 3, "refused")
    assert drawn_from(project, one) == (None, "")
    project.run(expansion.accept_expansion, made)
    assert drawn_from(project, one) == ("wide shot. @mara walks.", "")
    assert (card(project, made).state, card(project, made).used) == ("edited", True)
    project.undo()
    assert (card(project, made).state, drawn_from(project, one)) == ("proposed", (None, ""))


def test_the_last_part_decided_decides_the_whole(project: OpenProject, one: str) -> None:
    made = proposed(project, one)
    for place in range(4):
        assert drawn_from(project, one) == (None, "")
        project.run(expansion.decide_part, made, place, "accepted")
    assert (card(project, made).state, drawn_from(project, one)) == (
        "accepted",
        ("wide shot. @mara walks. pier.", "text"),
    )


def test_an_edited_part_keeps_what_was_proposed(project: OpenProject, one: str) -> None:
    made = proposed(project, one)
    project.run(expansion.accept_expansion, made)
    project.run(expansion.decide_part, made, 1, "edited", "@mara runs.")
    assert drawn_from(project, one)[0] == "wide shot. @mara runs. pier."
    assert card(project, made).parts[1] == PromptPart("caption", "@mara runs.", "edited", proposed="@mara walks.")
    project.run(expansion.decide_part, made, 1, "refused")
    project.run(expansion.decide_part, made, 1, "accepted")
    assert card(project, made).parts[1].state == "edited"
    project.run(expansion.decide_part, made, 1, "edited", "@mara walks.")
    assert (card(project, made).parts[1], card(project, made).state) == (
        PromptPart("caption", "@mara walks.", "accepted"),
        "accepted",
    )
    project.run(expansion.decide_part, made, 1, "proposed")
    assert (card(project, made).state, card(project, made).decided_at, drawn_from(project, one)) == (
        "proposed",
        "",
        (None, ""),
    )


def test_the_one_decided_last_is_used_even_where_the_clock_went_back(
    project: OpenProject, one: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = proposed(project, one), proposed(project, one, parts=(), text="second")
    project.run(expansion.accept_expansion, second)
    project.run(expansion.accept_expansion, first)
    assert [told.used for told in project.ask(expansion_cards, one)] == [False, True]
    monkeypatch.setattr(expansion, "now", lambda: "2001-01-01T00:00:00.000000+00:00")
    project.run(expansion.accept_expansion, second)
    assert drawn_from(project, one)[0] == "second"
    project.undo()
    assert drawn_from(project, one)[0] == "wide shot. @mara walks. pier."


@pytest.mark.parametrize("copied", ["duplicated", "several duplicated", "split"])
def test_the_copy_of_a_shot_is_drawn_from_the_same_prompt_until_the_step_is_undone(
    project: OpenProject, one: str, copied: str
) -> None:
    used, _waiting = proposed(project, one, style="wan", model="qwen"), proposed(project, one, parts=(), text="later")
    project.run(expansion.decide_part, used, 1, "edited", "@mara runs.")
    project.run(expansion.accept_expansion, used)
    before = project.ask(pending_expansions), project.ask(expansion_cards, one)
    if copied == "split":
        (event,) = project.ask(queries.event_cards)
        copy = project.run(shot.split_shot, event.id, 5).new("shot")
    elif copied == "duplicated":
        copy = project.run(shot.duplicate_shot, one).new("shot")
    else:
        copy = project.run(shot.duplicate_shots, [one]).new("shot")
    (told,) = project.ask(expansion_cards, copy)
    assert told.used and replace(told, id=used, shot=one) == card(project, used)
    assert drawn_from(project, copy) == drawn_from(project, one) == ("wide shot. @mara runs. pier.", "text")
    project.undo()
    assert (project.ask(pending_expansions), project.ask(expansion_cards, one)) == before
    with pytest.raises(NotFound):
        card(project, told.id)
    project.redo()
    assert project.ask(expansion_cards, copy) == (told,)


def test_the_copy_of_a_shot_has_nothing_that_was_not_accepted(project: OpenProject, one: str) -> None:
    proposed(project, one)
    assert project.ask(expansion_cards, project.run(shot.duplicate_shot, one).new("shot")) == ()


def test_the_caption_style_an_accepted_prompt_was_written_in_is_told(project: OpenProject, one: str) -> None:
    made = proposed(project, one, style="wan")
    assert project.ask(queries.shot_brief, one).expansion_style == ""
    project.run(expansion.accept_expansion, made)
    assert project.ask(queries.shot_brief, one).expansion_style == "wan"


def test_a_refused_one_stays_in_the_history_and_can_be_taken_back(project: OpenProject, one: str) -> None:
    made = proposed(project, one)
    project.run(expansion.accept_expansion, made)
    project.run(expansion.refuse_expansion, made)
    told = card(project, made)
    assert (told.state, told.draft, told.text, drawn_from(project, one)) == ("refused", "@mara walks", "", (None, ""))
    project.run(expansion.accept_expansion, made)
    assert drawn_from(project, one) == ("wide shot. @mara walks. pier.", "text")


def test_a_prompt_without_text_is_not_accepted(project: OpenProject, one: str) -> None:
    made = proposed(project, one)
    for place in range(3):
        project.run(expansion.decide_part, made, place, "refused")
    with pytest.raises(Refused):
        project.run(expansion.accept_expansion, made)
    assert card(project, made).state == "proposed"


def test_locks_go_with_parts_and_change_no_text(project: OpenProject, one: str) -> None:
    made = proposed(project, one, parts=(PromptPart("caption", "a", locked=True), PromptPart("place", "b")))
    project.run(expansion.lock_part, made, 1)
    project.run(expansion.lock_part, made, 0, False)
    assert [part.locked for part in card(project, made).parts] == [False, True]
    project.run(expansion.decide_part, made, 1, "refused")
    assert not card(project, made).parts[1].locked
    with pytest.raises(Refused):
        project.run(expansion.lock_part, made, 1)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"parts": (PromptPart("mood", "sad"),)}, BadValue),
        ({"parts": (), "text": " "}, BadValue),
        ({"parts": (PromptPart("negative", "text"),)}, BadValue),
        ({"parts": (PromptPart("caption", "x" * MOST), PromptPart("place", "x"))}, BadValue),
        ({"parts": (PromptPart("caption", "x"),) * 61}, BadValue),
        ({"text": "x" * 2_000_000, "parts": ()}, BadValue),
        ({"variant": 0}, BadValue),
    ],
)
def test_what_no_prompt_can_be_is_refused(
    project: OpenProject, one: str, wrong: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        proposed(project, one, **wrong)
    assert project.ask(expansion_cards, one) == ()


@pytest.mark.parametrize(
    ("words", "error"),
    [((9, "accepted"), NotFound), ((-1, "accepted"), NotFound), ((0, "liked"), BadValue), ((0, "edited"), BadValue),
     ((0, "accepted", "x"), BadValue), ((0, "edited", " "), BadValue), ((0, "edited", "x" * (MOST + 1)), BadValue)],
)  # fmt: skip
def test_decisions_that_cannot_be_are_refused(
    project: OpenProject, one: str, words: tuple[object, ...], error: type[Exception]
) -> None:
    made = proposed(project, one)
    before = card(project, made)
    with pytest.raises(error):
        project.run(expansion.decide_part, made, *words)
    assert card(project, made) == before


# --- many shots --------------------------------------------------------------------------------------------------


def test_the_newest_of_each_shot_waits_and_all_are_accepted_in_one_step(project: OpenProject) -> None:
    home = a_scene(project)
    shots = [a_shot(project, scene=home) for _ in range(5)]
    made = [proposed(project, of) for of in shots]
    newer = proposed(project, shots[0], warnings=("@jon is lost",))
    project.run(shot.omit_shot, shots[2])
    project.run(shot.approve_shot, shots[3])
    project.run(expansion.refuse_expansion, made[4])
    other = proposed(project, a_shot(project, scene=a_scene(project)))
    waits = project.ask(pending_expansions, home)
    assert [one.id for one in waits] == [newer, made[1]]
    assert [one.id for one in project.ask(pending_expansions)] == [newer, made[1], other]
    project.run(expansion.accept_expansions, [one.id for one in waits if not one.warnings])
    assert [one.id for one in project.ask(pending_expansions, home)] == [newer]
    project.undo()
    project.run(expansion.accept_expansions, [one.id for one in waits])
    assert [project.ask(queries.shot_brief, of).expansion is not None for of in shots] == [
        True,
        True,
        False,
        False,
        False,
    ]
    project.undo()
    assert all(project.ask(queries.shot_brief, of).expansion is None for of in shots)


def test_nothing_waits_where_another_variant_was_chosen_since(project: OpenProject, one: str) -> None:
    first, second = proposed(project, one), proposed(project, one, variant=2)
    project.run(expansion.refuse_expansion, first)
    assert [told.id for told in project.ask(pending_expansions)] == [second]
    project.run(expansion.accept_expansion, first)
    assert project.ask(pending_expansions) == ()
    third = proposed(project, one, variant=3)
    assert [told.id for told in project.ask(pending_expansions)] == [third]


def test_approved_shots_are_left_alone_where_many_are_accepted(project: OpenProject) -> None:
    shots = [a_shot(project) for _ in range(2)]
    made = [proposed(project, of) for of in shots]
    project.run(shot.approve_shot, shots[0])
    assert "approved" in project.run(expansion.accept_expansions, made).note
    assert [project.ask(queries.shot_brief, of).expansion is not None for of in shots] == [False, True]


def test_another_accepted_prompt_makes_takes_out_of_date(project: OpenProject, one: str) -> None:
    made = proposed(project, one)
    project.run(expansion.accept_expansion, made)
    a_take(project, one)
    assert project.ask(queries.shot_card, one).cause == ""
    project.run(expansion.decide_part, made, 3, "edited", "words, letters")
    assert project.ask(queries.shot_card, one).cause == "keep out changed from “text” to “words, letters”"
    project.run(expansion.decide_part, made, 1, "edited", "@mara runs.")
    assert "accepted prompt changed" in project.ask(queries.shot_card, one).cause
