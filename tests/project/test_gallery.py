"""Subjects and their pictures: added once, described, ordered, given away; how one shot sends them."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from studio.errors import BadValue, NotFound, Refused, StudioError
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.commands import arrivals, film, reference, shot, shot_pictures, subject
from studio.project.commands.event import move_event, remove_events
from studio.project.gallery_cards import ShotPictures, SubjectCard
from studio.project.media import Imported
from tests.builders import a_reference, a_scene, a_shot, a_subject, a_take


def a_view(project: OpenProject, of: str, content: str, view: str = "", wardrobe: str | None = None) -> str:
    added = project.run(subject.add_view, of, a_reference(project, content), view, wardrobe)
    return added.new("subject_view")


def card(project: OpenProject, of: str) -> SubjectCard:
    return project.ask(queries.subject_card, of)


def order(project: OpenProject, of: str) -> list[str]:
    return [one.original_name.partition(".")[0] for one in card(project, of).views]


@pytest.fixture
def mara(project: OpenProject) -> str:
    return a_subject(project)


# --- views -------------------------------------------------------------------------------------------------------


def test_a_view_nobody_knows_is_refused_with_those_there_are(project: OpenProject, mara: str) -> None:
    with pytest.raises(BadValue, match="Use nothing, front, side, back, face or detail"):
        a_view(project, mara, "front", "sideways")


def test_a_picture_a_subject_has_is_not_added_twice_and_the_note_says_so(project: OpenProject, mara: str) -> None:
    a_view(project, mara, "front", "front")
    again = project.run(subject.add_view, mara, a_reference(project, "front", "look"), "side")
    assert (again.note, again.created) == ("That picture is in @mara already and not added twice.", ())
    jon = a_subject(project, "@jon", references=[a_reference(project, "front"), a_reference(project, "front", "look")])
    assert order(project, mara) == order(project, jon) == ["front"]


def test_of_dropped_files_those_that_are_there_are_counted(project: OpenProject, mara: str) -> None:
    coat = project.run(subject.add_wardrobe, mara, 1).new("wardrobe_change")
    files = [imported("1"), imported("2"), imported("1")]
    first = project.run(arrivals.add_views, mara, files, "front", coat)
    assert first.note == "That picture is in @mara already and not added twice."
    assert [(one.view, one.wardrobe) for one in card(project, mara).views] == [("front", coat)] * 2
    assert project.run(arrivals.add_views, mara, files).note == "3 pictures are in @mara already and not added twice."


def imported(digit: str) -> Imported:
    return Imported(digit * 64, f"{digit * 64}.png", "", f"{digit}.png", "picture", 16, 9)


def test_views_are_described_and_moved(project: OpenProject, mara: str) -> None:
    coat = project.run(subject.add_wardrobe, mara, 1).new("wardrobe_change")
    first, _, last = (a_view(project, mara, name) for name in ("one", "two", "three"))
    project.run(subject.edit_view, first, view="face", wardrobe=coat)
    project.run(subject.edit_view, last, view="back")
    assert [(one.view, one.wardrobe) for one in card(project, mara).views] == [
        ("face", coat),
        ("", None),
        ("back", None),
    ]
    project.run(subject.move_view, last, 0)
    project.run(subject.move_view, first, 99)
    assert order(project, mara) == ["three", "two", "one"]
    project.undo()
    project.undo()
    project.run(subject.edit_view, first, wardrobe=None)
    assert (order(project, mara), card(project, mara).views[0].wardrobe) == (["one", "two", "three"], None)


def test_a_view_given_to_another_subject_is_its_last_and_of_no_change(project: OpenProject, mara: str) -> None:
    jon = a_subject(project, "@jon")
    coat = project.run(subject.add_wardrobe, mara, 1).new("wardrobe_change")
    a_view(project, jon, "his")
    hers = a_view(project, mara, "hers", "front", coat)
    one = a_shot(project, subjects=("@mara",))
    project.run(shot_pictures.leave_out, one, hers)
    project.run(subject.edit_view, hers, subject=jon)
    assert (order(project, mara), order(project, jon)) == ([], ["his", "hers"])
    assert card(project, jon).views[1].wardrobe is None
    assert project.ask(queries.shot_brief, one).pictures == ShotPictures()
    same = a_view(project, mara, "hers")
    with pytest.raises(Refused):
        project.run(subject.edit_view, same, subject=jon)
    with pytest.raises(BadValue):
        project.run(subject.edit_view, hers, wardrobe=coat)


@pytest.mark.parametrize("wrong", [{"view": "above"}, {"wardrobe": "gone"}, {"subject": "gone"}, {"place": 1}])
def test_views_that_cannot_be_are_refused(project: OpenProject, mara: str, wrong: dict[str, object]) -> None:
    one = a_view(project, mara, "one")
    with pytest.raises(StudioError):
        project.run(subject.edit_view, one, **wrong)
    assert order(project, mara) == ["one"]


# --- where it is used --------------------------------------------------------------------------------------------


def test_the_shots_of_a_subject_are_in_the_order_of_the_cut(project: OpenProject, mara: str) -> None:
    shots = [a_shot(project, subjects=("@mara",)) for _ in range(3)]
    a_shot(project)
    last = project.ask(queries.event_cards)[2]
    project.run(move_event, last.id, 0)
    project.run(remove_events, [project.ask(queries.event_cards)[1].id])
    told = card(project, mara)
    assert (told.shots, told.shot_numbers) == (3, ("1_0030", "1_0020", "1_0010"))
    assert [one.id for one in project.ask(queries.shots_of, mara)] == [shots[2], shots[1], shots[0]]


def test_the_gallery_is_read_in_as_many_questions_whatever_it_holds(project: OpenProject, mara: str) -> None:
    asked: list[str] = []
    event.listen(project._store.database, "before_cursor_execute", lambda *args: asked.append(args[2]))

    def count() -> int:
        asked.clear()
        project.ask(queries.subject_cards)
        return len(asked)

    before = count()
    for number in range(4):
        one = a_subject(project, f"@one{number}")
        a_view(project, one, f"picture {number}")
        worn = project.run(subject.add_wardrobe, one, 1).new("wardrobe_change")
        project.run(subject.wear, worn, shot=a_shot(project, subjects=(f"@one{number}",)))
    assert count() == before


def test_one_card_is_the_card_of_the_gallery(project: OpenProject, mara: str) -> None:
    jon = a_subject(project, "@jon")
    a_view(project, mara, "mara"), a_view(project, jon, "jon")
    coat = project.run(subject.add_wardrobe, jon, 2, "coat", aspect="hair", last_day=3).new("wardrobe_change")
    a_shot(project, subjects=("@mara", "@jon"))
    project.run(subject.wear, coat, scene=project.ask(queries.scene_cards)[0].id)
    assert project.ask(queries.subject_cards) == (card(project, mara), card(project, jon))
    assert card(project, jon).wardrobe[0].title == "Change 1, coat"


# --- how a shot sends them ---------------------------------------------------------------------------------------


def pictures(project: OpenProject, one: str) -> ShotPictures:
    return project.ask(queries.shot_brief, one).pictures


def test_a_shot_sends_views_in_its_own_order_and_leaves_some_out(project: OpenProject, mara: str) -> None:
    front, side, back = (a_view(project, mara, name) for name in ("front", "side", "back"))
    one = a_shot(project, subjects=("@mara",))
    project.run(shot_pictures.order_views, one, [back, front])
    project.run(shot_pictures.leave_out, one, side)
    project.run(shot_pictures.leave_out, one, back)
    assert pictures(project, one) == ShotPictures({back: 0, front: 1}, frozenset({side, back}))
    copy = project.run(shot.duplicate_shot, one).new("shot")
    assert pictures(project, copy) == pictures(project, one)
    project.run(shot_pictures.leave_out, one, back, False)
    project.run(shot_pictures.order_views, one, [])
    assert pictures(project, one) == ShotPictures({}, frozenset({side}))
    project.run(shot_pictures.reset_views, one)
    assert pictures(project, one) == ShotPictures()
    project.undo()
    project.undo()
    assert pictures(project, one) == ShotPictures({back: 0, front: 1}, frozenset({side}))


def test_only_pictures_of_who_is_in_the_shot_are_ordered_each_once(project: OpenProject, mara: str) -> None:
    jon = a_subject(project, "@jon")
    hers, his = a_view(project, mara, "hers"), a_view(project, jon, "his")
    one = a_shot(project, subjects=("@mara",))
    for views, error in (([his], BadValue), ([hers, hers], BadValue), (["gone"], NotFound)):
        with pytest.raises(error):
            project.run(shot_pictures.order_views, one, views)
    with pytest.raises(BadValue):
        project.run(shot_pictures.leave_out, one, his)
    assert pictures(project, one) == ShotPictures()


def test_what_a_shot_sends_feeds_its_picture(project: OpenProject, mara: str) -> None:
    front, side = a_view(project, mara, "front"), a_view(project, mara, "side")
    one = a_shot(project, subjects=("@mara",))
    a_take(project, one)
    for command, words in ((shot_pictures.leave_out, front), (shot_pictures.order_views, [side])):
        project.run(command, one, words)
        assert project.ask(queries.shot_card, one).cause == "@mara pictures changed"
        project.undo()
    project.run(shot_pictures.order_views, one, [front])
    assert project.ask(queries.shot_card, one).cause == ""


# --- references of a shot's own ----------------------------------------------------------------------------------


def test_what_a_shot_is_given_reaches_planning_with_its_purpose(project: OpenProject) -> None:
    one = a_shot(project)
    look = project.run(reference.give_reference, one, a_reference(project, "look", "look"), "look", 60)
    project.run(reference.give_reference, one, a_reference(project, "first", "first_frame"), "first_frame")
    told = project.ask(queries.shot_brief, one).given
    assert [(given.purpose, given.strength, given.kind) for given in told] == [
        ("look", 60, "picture"),
        ("first_frame", 100, "picture"),
    ]
    assert told[0].name.startswith(told[0].hash)
    project.run(reference.set_strength, look.new("shot_reference"), 20)
    cards = project.ask(queries.given_cards, one)
    assert [(given.purpose, given.strength, given.picture.is_file()) for given in cards] == [
        ("look", 20, True),
        ("first_frame", 100, True),
    ]
    project.run(reference.take_reference_away, cards[0].id)
    assert [given.purpose for given in project.ask(queries.shot_brief, one).given] == ["first_frame"]


def test_a_shot_has_one_first_frame_and_many_looks(project: OpenProject) -> None:
    one = a_shot(project)
    for content in ("a", "b"):
        for purpose in ("first_frame", "look"):
            project.run(reference.give_reference, one, a_reference(project, content, purpose), purpose)
    given = [one.purpose for one in project.ask(queries.given_cards, one)]
    assert sorted(given) == ["first_frame", "look", "look"]
    again = project.run(reference.give_reference, one, a_reference(project, "b", "look"), "look", 5)
    assert "already" in again.note and len(project.ask(queries.given_cards, one)) == 3
    project.undo()
    project.undo()
    project.undo()
    assert [
        given.picture.name[:64] for given in project.ask(queries.given_cards, one) if given.purpose == "first_frame"
    ]


@pytest.mark.parametrize(
    ("purpose", "strength", "kind"), [("identity", 100, "picture"), ("mood", 100, "picture"), ("look", 101, "picture"),
                                      ("look", 100, "clip"), ("guide", 100, "sound")],
)  # fmt: skip
def test_references_a_shot_cannot_have_are_refused(
    project: OpenProject, purpose: str, strength: int, kind: str
) -> None:
    one = a_shot(project)
    name = f"{'a' * 64}.png"
    given = project.run(reference.record_reference, "a" * 64, name, kind=kind, purpose="look").new("reference")
    with pytest.raises(BadValue):
        project.run(reference.give_reference, one, given, purpose, strength)
    assert project.ask(queries.given_cards, one) == ()


def test_a_reference_given_later_makes_takes_out_of_date(project: OpenProject) -> None:
    one = a_shot(project)
    a_take(project, one)
    project.run(reference.give_reference, one, a_reference(project, "g", "guide"), "guide")
    assert project.ask(queries.shot_card, one).cause == "guide reference changed"


# --- the shot before ---------------------------------------------------------------------------------------------


def test_the_shot_before_is_the_one_last_seen_of_the_same_scene(project: OpenProject) -> None:
    home, other = a_scene(project), a_scene(project)
    first = a_shot(project, scene=home, prompt="first", action="waits", notes="n")
    second = a_shot(project, scene=home, prompt="second")
    third = a_shot(project, scene=home, prompt="third")
    between = a_shot(project, scene=other, prompt="elsewhere")

    def before(one: str) -> str | None:
        found = project.ask(queries.shot_brief, one).before
        return found.draft if found else None

    events = {card.shot: card.id for card in project.ask(queries.event_cards)}
    project.run(move_event, events[between], 2)
    assert [before(one) for one in (first, second, third, between)] == [None, "first", "second", None]
    project.run(shot.omit_shot, second)
    assert before(third) == "first"
    told = project.ask(queries.shot_brief, third).before
    assert told is not None and (told.number, told.fields["action"], told.text) == ("1_0010", "waits", "")
    project.run(remove_events, [events[third]])
    assert before(third) is None


def test_the_film_notes_are_in_every_brief(project: OpenProject) -> None:
    one = a_shot(project)
    project.run(film.edit_film, style_notes="  soft light\r\nno red ")
    assert project.ask(queries.shot_brief, one).style_notes == "soft light\nno red"
    assert project.ask(queries.film_card).style_notes == "soft light\nno red"
    with pytest.raises(BadValue):
        project.run(film.edit_film, style_notes="x" * 4_001)
    project.undo()
    assert project.ask(queries.film_card).style_notes == ""


def test_a_new_name_leaves_what_untold_looks_are_chosen_by(project: OpenProject) -> None:
    first, _ = a_subject(project, "@mara"), a_subject(project, "@jon")
    shot = a_shot(project, subjects=("@mara", "@jon"))
    before = [one.looks_by for one in project.ask(queries.shot_brief, shot).subjects]
    project.run(subject.rename_subject, first, "@anna")
    assert [one.looks_by for one in project.ask(queries.shot_brief, shot).subjects] == before
    assert len(set(before)) == 2


def test_who_is_named_in_a_draft_without_being_in_the_shot_is_known_as_they_would_look_there(
    project: OpenProject,
) -> None:
    a_subject(project, "@mara"), a_subject(project, "@jon", description="a man")
    a_subject(project, "@nora", description="a girl")
    made = a_shot(project, prompt="@mara waits for @Jon; jon@mara.com", subjects=("@mara",), action="Nobody comes.")
    brief = project.ask(queries.shot_brief, made)
    assert [(one.name, one.description) for one in brief.named] == [("@jon", "a man")]
    project.run(shot.edit_shot, made, action="@nora laughs.")
    assert [one.name for one in project.ask(queries.shot_brief, made).named] == ["@jon", "@nora"]
    project.run(shot.set_shot_subjects, made, [("@mara",), ("@jon",), ("@nora",)])
    assert project.ask(queries.shot_brief, made).named == ()


def test_sending_a_picture_that_is_sent_anyway_is_no_step(project: OpenProject) -> None:
    one = a_subject(project, references=[a_reference(project)])
    made = a_shot(project, subjects=("@mara",))
    (view,) = next(card.views for card in project.ask(queries.subject_cards) if card.id == one)
    before = project.undo_text()
    project.run(shot_pictures.leave_out, made, view.id, False)
    project.run(shot_pictures.order_views, made, [])
    assert project.undo_text() == before
    project.run(shot_pictures.leave_out, made, view.id)
    project.run(shot_pictures.leave_out, made, view.id, False)
    assert project.ask(queries.shot_brief, made).pictures == ShotPictures()
