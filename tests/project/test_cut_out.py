"""Pictures cut out of other pictures: one step, a new reference, the original as it was."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.errors import BadValue, NotFound
from studio.open_project import OpenProject
from studio.project import gallery_queries
from studio.project.commands.cut_out import add_cut_subject, add_cut_view, cut_name
from studio.project.entities import Reference
from studio.project.media import Imported
from tests.builders import a_picture, a_reference, a_subject


def a_cut(project: OpenProject, colour: str = "cut") -> Imported:
    file = a_picture(project.folder / f"{colour}.png", (40, 60), colour)
    made = project.media.stage_made(file.read_bytes(), f"{colour}.png")
    project.media.place([made])
    return made


def references(session: Session) -> dict[str, str]:
    return {row.hash: row.cut_from for row in session.scalars(select(Reference))}


def test_a_cut_is_a_new_view_that_knows_what_it_was_cut_from_and_one_undo_takes_it_back(project: OpenProject) -> None:
    mara, original = a_subject(project), a_reference(project, "mara")
    came_from = project.ask(lambda session: session.get(Reference, original).hash)
    before = project.ask(references)
    made = a_cut(project)
    project.run(add_cut_view, mara, made, came_from, view="face")
    (view,) = project.ask(gallery_queries.subject_card, mara).views
    assert (view.hash, view.cut_from, view.view, view.width, view.height) == (made.hash, came_from, "face", 40, 60)
    assert project.ask(references) == {**before, made.hash: came_from}
    project.undo()
    assert project.ask(references) == before and project.ask(gallery_queries.subject_card, mara).views == ()


def test_the_picture_it_is_cut_from_can_come_with_it(project: OpenProject) -> None:
    made, came = a_cut(project), a_cut(project, "whole")
    changes = project.run(add_cut_subject, "@jon", "prop", made, came.hash, came)
    assert project.ask(references) == {made.hash: came.hash, came.hash: ""}
    card = project.ask(gallery_queries.subject_card, changes.new("subject"))
    assert (card.name, card.kind, [one.hash for one in card.views]) == ("@jon", "prop", [made.hash])
    project.undo()
    assert project.ask(references) == {} and project.ask(gallery_queries.subject_cards) == ()


def test_the_same_cut_again_is_no_second_view_and_the_whole_picture_is_cut_from_nothing(project: OpenProject) -> None:
    mara, made = a_subject(project), a_cut(project)
    project.run(add_cut_view, mara, made, "0" * 64)
    note = project.run(add_cut_view, mara, made, "1" * 64).note
    assert "already" in note and len(project.ask(gallery_queries.subject_card, mara).views) == 1
    whole = a_cut(project, "whole")
    project.run(add_cut_view, mara, whole, whole.hash)
    assert project.ask(references) == {made.hash: "0" * 64, whole.hash: ""}


def test_refused_cuts_change_nothing(project: OpenProject) -> None:
    a_subject(project, "@mara")
    made, step = a_cut(project), project.newest_step()
    with pytest.raises(NotFound):
        project.run(add_cut_view, "nobody", made, "0" * 64)
    with pytest.raises(BadValue, match="@mara already"):
        project.run(add_cut_subject, "@MARA", "character", made, "0" * 64)
    with pytest.raises(BadValue):
        project.run(add_cut_subject, "@jon", "weather", made, "0" * 64)
    assert (project.ask(references), project.newest_step()) == ({}, step)
    assert len(project.ask(gallery_queries.subject_cards)) == 1


@pytest.mark.parametrize(("original", "name"), [
    ("Mara, front.JPG", "Mara, front, cut out.png"), ("frame 12", "frame 12, cut out.png"),
    ("Mara, cut out.png", "Mara, cut out.png"), ("", "Picture, cut out.png"),
    ("1_0010/3. take", "3. take, cut out.png"),
])
def test_a_cut_is_called_by_what_it_was_cut_from(original: str, name: str) -> None:
    assert cut_name(original) == name
