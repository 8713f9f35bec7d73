"""Where shots of a scene meet, who is in both, and where a subject returns."""

import numpy as np
import pytest

from studio.continuity import joins, seeing
from studio.continuity.joins import Standing
from studio.open_project import OpenProject
from studio.project import cut_queries
from studio.project.commands import event, shot
from studio.project.grade import Grade
from tests.builders import a_panel, a_project, a_scene, a_shot, a_subject, a_take


@pytest.fixture
def project(tmp_path, qapp):
    made = a_project(tmp_path, width=192, height=108)
    yield made
    made.close()


def mara_in(project: OpenProject, **fields: str) -> str:
    made = a_shot(project, frames=8, size="medium shot", subjects=("@mara",))
    project.run(shot.set_shot_subjects, made, [("@mara", fields.get("side", ""), "", "")])
    return made


def test_two_shots_with_pictures_meet_and_one_without_stands_between_none(project: OpenProject) -> None:
    first, empty, last = (a_shot(project, frames=8) for _ in range(3))
    a_take(project, first, movie=True), a_take(project, last, movie=True)
    assert project.ask(joins.joins) == ()
    a_panel(project, empty)
    found = project.ask(joins.joins)
    assert [(one.last.event.shot, one.first.event.shot) for one in found] == [(first, empty), (empty, last)]
    assert found[0].last.event_frame == 7 and found[0].first.event_frame == 0


def test_scenes_do_not_meet_and_one_scene_can_be_asked_for(project: OpenProject) -> None:
    for heading in ("EXT. PIER - NIGHT", "INT. KITCHEN - DAY"):
        scene = a_scene(project, heading)
        for _ in range(2):
            a_panel(project, a_shot(project, frames=8))
    found = project.ask(joins.joins)
    assert len(found) == 2
    assert [one.first.event.scene for one in project.ask(joins.joins, scene)] == [scene]


def test_who_is_in_both_shots_stands_where_the_shots_say_and_on_the_other_side_of_a_flop(project: OpenProject) -> None:
    a_subject(project)
    for side in ("left", "right"):
        a_panel(project, mara_in(project, side=side))
    (join,) = project.ask(joins.joins)
    (shared,) = join.people
    assert (shared.before, shared.after) == (Standing("left", "medium shot"), Standing("right", "medium shot"))
    project.run(event.edit_event, join.first.event.id, flop=True)
    (join,) = project.ask(joins.joins)
    assert join.people[0].after.side == "left"


def test_a_subject_is_seen_once_in_every_shot_it_is_in(project: OpenProject) -> None:
    subject = a_subject(project)
    shots = [mara_in(project, side="left") for _ in range(3)]
    other = a_shot(project, frames=8)
    for one in (*shots, other):
        a_panel(project, one)
    project.run(event.add_event, shots[0])
    assert [one.moment.event.shot for one in project.ask(joins.appearances, subject)] == shots


def test_a_picture_is_seen_as_the_cut_shows_it(project: OpenProject) -> None:
    for _ in range(2):
        a_take(project, a_shot(project, frames=8), movie=True)
    (join,) = project.ask(joins.joins)
    plain = seeing.picture(join.first, 16 / 9)
    assert plain.shape == (seeing.HEIGHT, 640, 3)
    project.run(event.edit_event, join.first.event.id, grade=Grade(slope=(1.5, 1.0, 0.5)))
    (join,) = project.ask(joins.joins)
    graded = seeing.picture(join.first, 16 / 9).mean((0, 1))
    assert graded[0] == pytest.approx(1.5 * plain[..., 0].mean(), abs=4)
    assert graded[2] == pytest.approx(0.5 * plain[..., 2].mean(), abs=4)
    assert np.abs(seeing.picture(join.first.ungraded, 16 / 9).astype(int) - plain).max() <= 1


def test_the_same_pictures_have_the_same_key_wherever_they_stand(project: OpenProject) -> None:
    shots = [a_shot(project, frames=8) for _ in range(3)]
    for one in shots:
        a_panel(project, one)
    before = project.ask(joins.joins)
    project.run(event.move_event, project.ask(cut_queries.event_cards)[2].id, 0)
    after = project.ask(joins.joins)
    assert before[0].key in {one.key for one in after} and before[0].key != before[1].key
