"""What a character wears: one change of each aspect, by exception or by story day, and which pictures go with it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.errors import BadValue, NotFound
from studio.open_project import OpenProject
from studio.project import queries, wardrobe
from studio.project.cards import BriefSubject
from studio.project.commands import scene, shot, subject
from studio.project.gallery_queries import worn_by_scene
from tests.builders import a_reference, a_scene, a_shot, a_subject, a_take

DAYS = range(8)


@dataclass(frozen=True)
class Change:
    id: str
    number: int
    aspect: str
    story_day: int
    last_day: int | None


@st.composite
def changes(draw: st.DrawFn) -> list[Change]:
    found = []
    for number in range(1, draw(st.integers(0, 6)) + 1):
        first = draw(st.sampled_from(DAYS))
        last = draw(st.none() | st.integers(first, max(DAYS)))
        found.append(Change(f"c{number}", number, draw(st.sampled_from(wardrobe.ASPECTS)), first, last))
    return found


says = st.dictionaries(st.sampled_from([f"c{number}" for number in range(1, 7)]), st.booleans(), max_size=4)


@settings(max_examples=60, deadline=None)
@given(changes(), st.sampled_from(DAYS), says, says)
def test_one_change_of_each_aspect_is_worn_and_the_nearer_word_counts(
    all_of_them: list[Change], day: int, by_scene: dict[str, bool], by_shot: dict[str, bool]
) -> None:
    found = wardrobe.worn(all_of_them, day, by_scene, by_shot)
    assert [one.aspect for one in found] == [one for one in wardrobe.ASPECTS if one in {two.aspect for two in found}]
    for aspect in wardrobe.ASPECTS:
        of_it = [one for one in all_of_them if one.aspect == aspect]
        worn = next((one for one in found if one.aspect == aspect), None)
        if any(by_shot.get(one.id) for one in of_it):
            assert worn is not None and by_shot[worn.id]
            continue
        assert worn is None or by_shot.get(worn.id) is not False
        there = [one for one in of_it if by_scene.get(one.id) and by_shot.get(one.id) is not False]
        if there:
            assert worn in there
            continue
        for one in of_it:
            said = by_shot.get(one.id, by_scene.get(one.id))
            begun = one.story_day <= day and (one.last_day is None or day <= one.last_day)
            if begun and said is not False:
                assert worn is not None and (worn.story_day, worn.number) >= (one.story_day, one.number)
            elif one is worn:
                raise AssertionError("worn although it is not its day")


# --- through the door --------------------------------------------------------------------------------------------


@pytest.fixture
def mara(project: OpenProject) -> str:
    return a_subject(project)


def a_change(project: OpenProject, of: str, day: int, name: str = "", **fields: object) -> str:
    return project.run(subject.add_wardrobe, of, day, name, **fields).new("wardrobe_change")


def seen(project: OpenProject, one: str) -> BriefSubject:
    return project.ask(queries.shot_brief, one).subjects[0]


def a_shot_on(project: OpenProject, day: int) -> tuple[str, str]:
    home = a_scene(project, story_day=day)
    return home, a_shot(project, scene=home, subjects=("@mara",))


def test_clothes_hair_and_state_are_worn_together_and_described(project: OpenProject, mara: str) -> None:
    a_change(project, mara, 1, "coat", description="a yellow raincoat")
    a_change(project, mara, 2, "wet", description="dripping wet", aspect="state", last_day=2)
    a_change(project, mara, 2, "short", description="short hair", aspect="hair")
    told = [seen(project, a_shot_on(project, day)[1]) for day in (1, 2, 3)]
    assert [one.worn for one in told] == [
        ("Change 1, coat",),
        ("Change 1, coat", "Change 3, short", "Change 2, wet"),
        ("Change 1, coat", "Change 3, short"),
    ]
    assert told[1].description == ("a woman in a yellow raincoat, a yellow raincoat, short hair, dripping wet")


def test_after_its_last_day_the_change_before_is_worn_again(project: OpenProject, mara: str) -> None:
    a_change(project, mara, 1, "coat")
    dress = a_change(project, mara, 3, "dress", last_day=4)
    worn = [seen(project, a_shot_on(project, day)[1]).worn for day in (2, 3, 4, 5)]
    assert worn == [("Change 1, coat",), ("Change 2, dress",), ("Change 2, dress",), ("Change 1, coat",)]
    project.run(subject.edit_wardrobe, dress, last_day=None)
    assert seen(project, a_shot_on(project, 9)[1]).worn == ("Change 2, dress",)


def test_a_shot_may_differ_from_its_scene_and_go_back(project: OpenProject, mara: str) -> None:
    coat, dress = a_change(project, mara, 1, "coat"), a_change(project, mara, 5, "dress")
    home, one = a_shot_on(project, 1)
    project.run(subject.wear, dress, scene=home)
    assert seen(project, one).worn == ("Change 2, dress",)
    said = project.run(subject.dont_wear, dress, shot=one).new("wardrobe_exception")
    assert seen(project, one).worn == ("Change 1, coat",)
    project.run(subject.dont_wear, coat, shot=one)
    assert seen(project, one).worn == ()
    project.run(subject.remove_exception, said)
    assert seen(project, one).worn == ("Change 2, dress",)
    for _ in range(3):
        project.undo()
    assert seen(project, one).worn == ("Change 2, dress",)


def test_one_place_says_one_thing_of_each_aspect(project: OpenProject, mara: str) -> None:
    coat, dress = a_change(project, mara, 1, "coat"), a_change(project, mara, 1, "dress")
    wet = a_change(project, mara, 9, "wet", aspect="state")
    home, _ = a_shot_on(project, 1)
    for one in (coat, wet, dress):
        project.run(subject.wear, one, scene=home)
    project.run(subject.dont_wear, wet, scene=home)
    card = project.ask(queries.subject_card, mara)
    said = {(change.name, one.worn, one.place) for change in card.wardrobe for one in change.exceptions}
    assert said == {("dress", True, "1"), ("wet", False, "1")}
    assert project.ask(worn_by_scene, mara) == {home: (dress,)}


def views(project: OpenProject, one: str) -> list[str]:
    return [view.view for view in seen(project, one).views]


def test_clothes_with_a_figure_of_their_own_stand_where_the_general_figure_stood(
    project: OpenProject, mara: str
) -> None:
    for kind in ("front", "face", "back", "detail"):
        project.run(subject.add_view, mara, a_reference(project, kind), kind)
    _, one = a_shot_on(project, 1)
    coat = a_change(project, mara, 1, "coat")
    shoes = project.run(subject.add_view, mara, a_reference(project, "shoes"), "detail", coat).new("subject_view")
    assert views(project, one) == ["front", "face", "back", "detail", "detail"]
    side = project.run(subject.add_view, mara, a_reference(project, "side"), "side", coat).new("subject_view")
    assert views(project, one) == ["side", "face", "detail", "detail"]
    assert {shoes, side} <= {view.id for view in seen(project, one).views}
    project.run(scene.edit_scene, project.ask(queries.shot_brief, one).scene.id, story_day=0)
    assert views(project, one) == ["front", "face", "back", "detail"]


def test_new_hair_with_a_face_of_its_own_stands_where_the_general_face_stood(project: OpenProject, mara: str) -> None:
    for kind in ("face", "front"):
        project.run(subject.add_view, mara, a_reference(project, kind), kind)
    hair = a_change(project, mara, 1, "short", aspect="hair")
    own = project.run(subject.add_view, mara, a_reference(project, "short"), "face", hair).new("subject_view")
    _, one = a_shot_on(project, 1)
    assert [(view.view, view.id == own) for view in seen(project, one).views] == [("face", True), ("front", False)]


def test_takes_tell_what_is_worn_instead(project: OpenProject, mara: str) -> None:
    _, one = a_shot_on(project, 1)
    a_take(project, one)
    dress = a_change(project, mara, 1, "the wedding dress", description="a white dress")
    assert cause(project, one) == "@mara wears Change 1, the wedding dress"
    project.run(shot.keep_as_is, one)
    assert cause(project, one) == ""
    a_take(project, a_shot_on(project, 1)[1])
    project.run(subject.dont_wear, dress, shot=one)
    assert cause(project, one) == ""
    two = project.ask(queries.shot_cards)[-1].id
    project.run(subject.dont_wear, dress, shot=two)
    assert cause(project, two) == "@mara no longer wears Change 1, the wedding dress"
    project.undo()
    project.run(subject.edit_wardrobe, dress, description="a grey dress")
    assert cause(project, two).startswith("@mara changed from “a woman in a yellow raincoat, a white")


def cause(project: OpenProject, one: str) -> str:
    return project.ask(queries.shot_card, one).cause


@pytest.mark.parametrize(
    "wrong", [{"aspect": "mood"}, {"last_day": 0}, {"story_day": -1}, {"story_day": "1"}, {"name": 3}, {"number": 2}]
)
def test_changes_that_cannot_be_are_refused(project: OpenProject, mara: str, wrong: dict[str, object]) -> None:
    coat = a_change(project, mara, 1, "coat")
    before = project.ask(queries.subject_card, mara)
    with pytest.raises(BadValue):
        project.run(subject.edit_wardrobe, coat, **wrong)
    assert project.ask(queries.subject_card, mara) == before


def test_an_exception_is_for_one_place_that_is_there(project: OpenProject, mara: str) -> None:
    coat = a_change(project, mara, 1)
    home, one = a_shot_on(project, 1)
    for places, error in (({}, BadValue), ({"scene": home, "shot": one}, BadValue), ({"shot": "shot_x"}, NotFound)):
        with pytest.raises(error):
            project.run(subject.wear, coat, **places)
