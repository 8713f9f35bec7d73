"""@names: what names somebody, renaming everywhere at once, and what a person should know about names."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from model_runtime import mentions as rule
from studio.errors import BadValue
from studio.open_project import OpenProject
from studio.project import gallery_queries, queries
from studio.project.commands import expansion, film, note, shot, subject
from studio.project.expansion_queries import expansion_card
from studio.project.gallery_cards import MentionProblem
from studio.project.mentions import renamed
from studio.project.prompt_cards import PromptPart
from tests.builders import a_reference, a_scene, a_shot, a_subject, a_take


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("(@mara), @Mara's coat and @MARA.", ["@mara", "@Mara", "@MARA"]),
        ("mail jon@mara.com or a.@mara, @@mara", []),
        ("@mara-ann is not @mara- but @mara_b", ["@mara-ann", "@mara", "@mara_b"]),
        ("@mara走进来，他对@jon说", ["@mara", "@jon"]),
        ("@美咲 走进来", ["@美咲"]),
        ("مرحبا @ليلى.", ["@ليلى"]),
        ("🎬@mara🎬", ["@mara"]),
        (unicodedata.normalize("NFD", "@José-Luis, é@mara"), [unicodedata.normalize("NFD", "@José-Luis")]),
    ],
)
def test_what_names_somebody(text: str, named: list[str]) -> None:
    assert rule.mentions(text) == named


def test_accents_and_case_make_no_difference() -> None:
    assert rule.names("ask @JOSE", "@José") and rule.names(unicodedata.normalize("NFD", "ask @José"), "@jose")
    assert not rule.names("ask @josef", "@José")


@pytest.mark.parametrize("name", ["@mara-", "@mara走", "@走mara 1"])
def test_a_name_no_text_could_say_is_refused(project: OpenProject, name: str) -> None:
    with pytest.raises(BadValue):
        project.run(subject.add_subject, name, "prop")


# --- renaming ----------------------------------------------------------------------------------------------------

words = st.sampled_from(["@mara", "@Mara", "@MÁRA", "@maramba", "@mara-ann", "jon@mara.com", "@jon", "@@mara", "and",
                         "“@mara”", "走@mara走", "\n", " ", ",", "@mara-", "@mara.", "@nora"])  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(words, max_size=12).map("".join) | st.lists(words, max_size=12).map(" ".join))
def test_renaming_leaves_no_old_mention_and_touches_nothing_else(text: str) -> None:
    after = renamed(text, "@mara", "@Nora")
    assert not rule.names(after, "@mara")
    before = [rule.name_key(one) for one in rule.mentions(text)]
    assert [rule.name_key(one) for one in rule.mentions(after)] == ["nora" if one == "mara" else one for one in before]
    # What stands between the names stands there still.
    assert rule.NAME.sub(lambda one: "-" * one[0].endswith("-"), after) == rule.NAME.sub(
        lambda one: "-" * one[0].endswith("-"), text
    )


@settings(max_examples=80, deadline=None)
@given(st.lists(words, max_size=12).map("".join) | st.lists(words, max_size=12).map(" ".join))
def test_a_new_chinese_name_does_not_write_on_into_what_follows(text: str) -> None:
    text = re.sub(r"(\w)@", r"\1 @", text)
    after = renamed(text, "@mara", "@马拉")
    before = [rule.name_key(one) for one in rule.mentions(text)]
    assert [rule.name_key(one) for one in rule.mentions(after)] == ["马拉" if one == "mara" else one for one in before]


def test_a_new_name_stands_everywhere_at_once_and_goes_with_one_undo(project: OpenProject) -> None:
    mara, jon = a_subject(project), a_subject(project, "@jon", description="waits for @Mara; jon@mara.com")
    project.run(subject.add_wardrobe, mara, 1, "the coat of @mara", description="as @mara likes it")
    one = a_shot(project, prompt="@Mara and @maramba", action="@mara walks", dialogue="Ask @mara.", notes="@mára?")
    project.run(shot.set_shot_subjects, one, [("@mara",), ("@jon", "", "", "looks at @mara")])
    project.run(film.edit_film, style_notes="@mara never smiles")
    said = project.run(note.add_note, one, "where is @mara?").new("note")
    parts = (PromptPart("caption", "@mara walks on."), PromptPart("negative", "two @mara"))
    made = project.run(
        expansion.propose_expansion,
        one,
        draft="@mara walks",
        provider="grammar",
        parts=parts,
        warnings=("@mara is lost",),
    ).new("prompt_expansion")
    project.run(expansion.decide_part, made, 0, "edited", "@mara walks on, slowly.")

    def told() -> str:
        card, brief = project.ask(expansion_card, made), project.ask(queries.shot_brief, one)
        notes = project.ask(lambda s: s.get(note.Note, said).text)
        return repr((card, brief, project.ask(queries.subject_cards), notes))

    before = told()
    assert before.lower().count("@mara") > 20
    changes = project.run(subject.rename_subject, mara, "@Nora")
    assert not rule.names(told(), "@mara") and "@maramba" in told() and "jon@mara.com" in told()
    assert (one in changes["shot"], made in changes["prompt_expansion"], jon in changes["subject"]) == (True,) * 3
    assert project.ask(expansion_card, made).parts[0] == PromptPart(
        "caption", "@Nora walks on, slowly.", "edited", False, "@Nora walks on."
    )
    project.undo()
    assert told() == before


def test_another_name_makes_no_take_out_of_date_and_hides_none_that_is(project: OpenProject) -> None:
    mara = a_subject(project)
    fresh, old, other = (a_shot(project, prompt="@mara\nwalks", subjects=("@mara",)) for _ in range(3))
    for one in (fresh, old, other):
        a_take(project, one)
    project.run(shot.edit_shot, old, size="close-up")
    project.run(shot.edit_shot, other, size="close-up")
    project.run(shot.keep_as_is, other)
    project.run(subject.rename_subject, mara, "@nora")
    told = {card.id: card.cause for card in project.ask(queries.shot_cards)}
    assert (told[fresh], told[other], "size changed" in told[old]) == ("", "", True)
    project.run(shot.edit_shot, fresh, action="runs")
    assert "action changed" in project.ask(queries.shot_card, fresh).cause


# --- what a person should know -----------------------------------------------------------------------------------


def problems(project: OpenProject, *shots: str) -> list[tuple[str, str, str]]:
    found = project.ask(gallery_queries.mention_problems, list(shots) or None)
    return [(one.kind, one.name, one.shot) for one in found]


def only(project: OpenProject, *shots: str) -> MentionProblem:
    (found,) = project.ask(gallery_queries.mention_problems, list(shots) or None)
    return found


@pytest.fixture
def mara(project: OpenProject) -> str:
    made = a_subject(project)
    project.run(subject.add_view, made, a_reference(project))
    return made


def test_who_nobody_knows_is_told_with_whom_may_be_meant(project: OpenProject, mara: str) -> None:
    one = a_shot(project, prompt="@mara meets @marra at @9pm", subjects=("@mara",))
    found = only(project)
    assert (found.kind, found.name, found.shot) == ("unknown", "@marra", one)
    assert found.sentence == "Shot 1_0010 names @marra, who is nobody in this film. Did you mean @mara?"
    project.run(shot.edit_shot, one, prompt="@mara meets @zoë")
    assert only(project, one).sentence.endswith("Add a subject of that name, or take it out.")


def test_who_is_named_without_a_picture_is_told_once(project: OpenProject) -> None:
    jon = a_subject(project, "@jon")
    one = a_shot(project, prompt="@jon waits", subjects=("@jon",))
    two = a_shot(project, prompt="@jon goes", subjects=("@jon",))
    assert problems(project) == [("bare", "@jon", one)]
    assert problems(project, two) == [("bare", "@jon", two)]
    assert "in 2 shots" in only(project).sentence
    project.run(subject.add_view, jon, a_reference(project))
    assert problems(project) == []


def test_who_is_there_and_not_named_or_named_and_not_there(project: OpenProject, mara: str) -> None:
    jon = a_subject(project, "@jon")
    project.run(subject.add_view, jon, a_reference(project, "jon"))
    one = a_shot(project, prompt="@jon waits", subjects=("@mara",))
    assert problems(project) == [("uncast", "@jon", one), ("unnamed", "@mara", one)]
    project.run(shot.edit_shot, one, action="@mara looks at @JON")
    assert problems(project, one) == [("uncast", "@jon", one)]
    project.run(shot.set_shot_subjects, one, ["@mara", "@jon"])
    assert problems(project) == []


def test_the_accepted_prompt_counts_and_not_the_draft(project: OpenProject, mara: str) -> None:
    one = a_shot(project, prompt="@mara walks", subjects=("@mara",))
    made = project.run(expansion.propose_expansion, one, draft="", provider="grammar", text="A woman walks.")
    assert problems(project) == []
    project.run(expansion.accept_expansion, made.new("prompt_expansion"))
    assert problems(project) == [("unnamed", "@mara", one)]
    assert "accepted prompt" in only(project).sentence


def test_fields_alone_name_everybody_and_omitted_shots_nobody(project: OpenProject, mara: str) -> None:
    one = a_shot(project, action="walk", subjects=("@mara",))
    assert problems(project) == []
    project.run(shot.edit_shot, one, prompt="@nobody", action="")
    project.run(shot.omit_shot, one)
    assert problems(project) == []


def test_who_is_in_no_shot_is_told_of_the_film_only(project: OpenProject, mara: str) -> None:
    one = a_shot(project)
    assert problems(project) == [("unused", "@mara", "")]
    assert problems(project, one) == []
    project.run(film.edit_film, style_notes="like @zoe")
    assert problems(project) == [("unknown", "@zoe", ""), ("unused", "@mara", "")]


def test_problems_are_asked_for_in_as_many_questions_whatever_the_film_holds(project: OpenProject, mara: str) -> None:
    asked: list[str] = []
    event.listen(project._store.database, "before_cursor_execute", lambda *args: asked.append(args[2]))

    def count() -> int:
        asked.clear()
        problems(project)
        return len(asked)

    a_shot(project, prompt="@jon", subjects=("@mara",))
    before = count()
    for _ in range(4):
        a_scene(project)
        a_shot(project, prompt="@jon and @zoe", subjects=("@mara",))
    assert count() == before
