"""Panels of a shot, clips brought in as takes, and files that arrive together."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.errors import BadValue, NotFound, Refused, StudioError
from studio.open_project import OpenProject
from studio.project import queries, strokes
from studio.project.cards import PanelCard
from studio.project.commands import arrivals, cut, event, film, panel, shot, take
from studio.project.cut_cards import Stroke
from studio.project.media import Imported
from studio.project.timing import FrameRate
from tests.builders import a_panel, a_scene, a_shot, a_subject, a_take

ARROW = Stroke("arrow", ((0.1, 0.2), (0.9, 0.8)), 0.01, "#E8A33D")


def a_file(content: int = 0, kind: str = "picture", **fields: Any) -> Imported:
    name = f"{content:064x}"
    ending = {"picture": "png", "clip": "mp4", "sound": "wav"}[kind]
    given = {"width": 160, "height": 90, "frames": 30 if kind == "clip" else 0, "samples": 9_000}
    return Imported(name, f"{name}.{ending}", f"{name}.{ending}", f"file {content}.{ending}", kind, **given | fields)


def panels(project: OpenProject, shot_id: str) -> tuple[PanelCard, ...]:
    return project.ask(queries.panel_cards, shot_id)


def add(project: OpenProject, shot_id: str, *contents: int, **where: Any) -> list[str]:
    made = project.run(panel.add_panels, shot_id, [a_file(one) for one in contents], **where)
    return [one for kind, one in made.created if kind == "panel"]


def refused(project: OpenProject, kind: type[StudioError], command: Any, *args: Any, **kwargs: Any) -> str:
    step = project.newest_step()
    with pytest.raises(kind) as told:
        project.run(command, *args, **kwargs)
    assert project.newest_step() == step and told.value.hint
    return told.value.sentence


# --- panels ------------------------------------------------------------------------------------------------------


def test_one_picture_has_no_length_of_its_own_and_is_chosen(project: OpenProject) -> None:
    one = a_shot(project)
    first, second = add(project, one, 1), add(project, one, 2)
    assert [(card.id, card.frames, card.chosen, card.number) for card in panels(project, one)] == [
        (first[0], None, True, 1), (second[0], None, False, 2)]


@given(st.integers(1, 5_000), st.integers(1, 300))
def test_shares_of_a_length_are_even_and_add_up(frames: int, count: int) -> None:
    shares = panel.even_shares(frames, count)
    assert len(shares) == count and sum(shares) == max(frames, count)
    assert max(shares) - min(shares) <= 1 and min(shares) >= 1 and shares == sorted(shares, reverse=True)


def test_pictures_go_between_those_that_are_there(project: OpenProject) -> None:
    one = a_shot(project, frames=48)
    first = add(project, one, 1, 2)
    between = add(project, one, 3, 4, at=1)
    assert [card.id for card in panels(project, one)] == [first[0], *between, first[1]]
    refused(project, BadValue, panel.add_panels, one, [a_file(5)], at=9)


def test_only_pictures_become_panels(project: OpenProject) -> None:
    one = a_shot(project)
    assert refused(project, BadValue, panel.add_panels, one, [a_file(1, "clip")]) == (
        "file 1.mp4 is a movie and no picture.")
    refused(project, BadValue, panel.add_panels, one, [])
    refused(project, BadValue, panel.add_panels, one, [a_file(1)], origin="generated")
    refused(project, BadValue, panel.add_panels, one, [a_file(place) for place in range(panel.MOST_AT_ONCE + 1)])


def test_approved_shots_are_left_alone_by_files(project: OpenProject) -> None:
    one = a_shot(project)
    old, = add(project, one, 1)
    project.run(shot.approve_shot, one)
    for command, arguments in ((panel.add_panels, (one, [a_file(2)])), (panel.new_version, (old, a_file(2))),
                               (take.import_take, (one, a_file(3, "clip"))),
                               (arrivals.add_to_shot, (one, [a_file(2)]))):
        assert "is approved" in refused(project, Refused, command, *arguments)


def test_a_new_version_takes_the_place_of_the_old(project: OpenProject) -> None:
    one = a_shot(project, frames=20)
    first, second = add(project, one, 1, 2)
    shown = project.ask(queries.event_cards)[0].id
    project.run(panel.edit_panel, second, framing_start=[0, 0, 0.5, 0.5])
    project.run(panel.set_strokes, second, [ARROW])
    project.run(event.edit_event, shown, panel=second)
    before = panels(project, one)
    made = project.run(panel.new_version, second, a_file(3))
    new = made.new("panel")
    cards = {card.id: card for card in panels(project, one)}
    assert list(cards) == [first, second, new]
    made_of = cards[new].chosen, cards[new].frames, cards[new].strokes, cards[new].origin
    assert made_of == (True, 10, (ARROW,), "drawn")
    assert cards[new].framing_start == (0, 0, 0.5, 0.5) and cards[second].frames is None
    assert shown in made["event"] and project.ask(queries.event_cards)[0].panels[-1].panel == new
    project.undo()
    assert panels(project, one) == before


def test_frozen_cuts_keep_the_panel_they_showed(project: OpenProject) -> None:
    one = a_shot(project)
    first, = add(project, one, 1)
    project.run(event.edit_event, project.ask(queries.event_cards)[0].id, panel=first)
    old = project.ask(queries.film_card).current_cut
    project.run(cut.save_cut, "Second")
    new = project.run(panel.new_version, first, a_file(2)).new("panel")
    assert project.ask(queries.event_cards, old)[0].panel == first
    assert project.ask(queries.event_cards)[0].panel == new


def test_the_same_picture_is_no_new_version(project: OpenProject) -> None:
    one = a_shot(project)
    first, = add(project, one, 1)
    step = project.newest_step()
    assert not project.run(panel.new_version, first, a_file(1)) and project.newest_step() == step


def test_a_picked_frame_remembers_its_take(project: OpenProject) -> None:
    one, two = a_shot(project), a_shot(project)
    source = a_take(project, one)
    project.run(panel.pick_frame, two, a_file(1), source, 7)
    card, = panels(project, two)
    assert (card.origin, card.take, card.take_frame, card.chosen) == ("picked", source, 7, True)
    refused(project, BadValue, panel.pick_frame, two, a_file(2), source, 5_000)


def test_an_empty_picture_to_draw_on_becomes_a_panel(project: OpenProject) -> None:
    one = a_shot(project)
    imported = project.media.stage_blank(160, 90)
    with project.media.keeping([imported]):
        project.run(panel.new_blank, one, imported)
    card, = panels(project, one)
    assert card.origin == "drawn" and card.picture.is_file()


def test_a_panel_taken_off_is_forgotten_everywhere(project: OpenProject) -> None:
    one = a_shot(project)
    ids = [add(project, one, place)[0] for place in range(3)]
    project.run(shot.choose_panel, one, ids[1])
    shown = project.ask(queries.event_cards)[0].id
    project.run(event.edit_event, shown, panel=ids[1])
    before = panels(project, one), project.ask(queries.event_cards)
    project.run(panel.remove_panel, ids[1])
    assert project.ask(queries.shot_card, one).chosen_panel == ids[0]
    assert project.ask(queries.event_cards)[0].panel == ids[0]
    project.undo()
    assert (panels(project, one), project.ask(queries.event_cards)) == before
    for left in ids:
        project.run(panel.remove_panel, left)
    assert project.ask(queries.shot_card, one).chosen_panel is None


def test_a_generated_panel_can_be_taken_off_and_comes_back(project: OpenProject) -> None:
    one = a_shot(project)
    made = a_panel(project, one)
    before = panels(project, one)
    project.run(panel.remove_panel, made)
    assert panels(project, one) == () and before[0].picture.is_file()
    project.undo()
    assert panels(project, one) == before


def test_panels_have_lengths_and_framings_of_their_own(project: OpenProject) -> None:
    one = a_shot(project)
    first, second = add(project, one, 1, 2)
    project.run(panel.edit_panel, first, frames=7, framing_end=[0.1, 0.1, 0.5, 0.5])
    project.run(panel.move_panel, first, 1)
    assert [(card.id, card.frames, card.framing_end) for card in panels(project, one)] == [
        (second, 24, None), (first, 7, (0.1, 0.1, 0.5, 0.5))]
    project.run(panel.edit_panel, first, frames=None, framing_end=None)
    assert (panels(project, one)[1].frames, panels(project, one)[1].framing_end) == (None, None)
    for bad in ({"frames": 0}, {"framing_start": [0, 0, 0, 0]}, {"arrows": []}):
        refused(project, BadValue, panel.edit_panel, first, **bad)


# --- drawn lines -------------------------------------------------------------------------------------------------

parts = st.floats(-1, 2, allow_nan=False)
drawn = st.builds(Stroke, st.just("pencil"), st.lists(st.tuples(parts, parts), min_size=1, max_size=5).map(tuple),
                  st.floats(0.0005, 0.25), st.just("#0A0B0C"))


@given(st.lists(drawn, max_size=4))
def test_lines_are_read_as_they_were_written(some: list[Stroke]) -> None:
    once = strokes.read(strokes.written(some))
    assert len(once) == len(some) and strokes.read(strokes.written(once)) == once
    for before, after in zip(some, once, strict=True):
        assert abs(before.points[0][0] - after.points[0][0]) < 1e-4 and after.colour == before.colour


@pytest.mark.parametrize(
    "bad",
    [
        Stroke("circle", ((0, 0), (1, 1)), 0.01, "#FFFFFF"),
        Stroke("arrow", ((0, 0),), 0.01, "#FFFFFF"),
        Stroke("pencil", (), 0.01, "#FFFFFF"),
        Stroke("pencil", ((0, 9),), 0.01, "#FFFFFF"),
        Stroke("pencil", ((0, float("nan")),), 0.01, "#FFFFFF"),
        Stroke("pencil", ((0, 0),), 0, "#FFFFFF"),
        Stroke("pencil", ((0, 0),), 0.01, "red"),
        Stroke("pencil", ((0, 0),) * (strokes.MOST_POINTS + 1), 0.01, "#FFFFFF"),
    ],
)
def test_lines_that_cannot_be_drawn_are_refused(project: OpenProject, bad: Stroke) -> None:
    one = a_shot(project)
    first, = add(project, one, 1)
    refused(project, BadValue, panel.set_strokes, first, [bad])


def test_lines_come_and_go_by_undo(project: OpenProject) -> None:
    one = a_shot(project)
    first, = add(project, one, 1)
    project.run(panel.set_strokes, first, [ARROW])
    project.run(panel.set_strokes, first, [])
    assert panels(project, one)[0].strokes == ()
    project.undo()
    assert panels(project, one)[0].strokes == (ARROW,)


def test_what_was_altered_so_that_it_is_no_line_is_not_shown() -> None:
    line = strokes.written([ARROW])
    assert line is not None
    for bad in (None, "lines", [1], [{}], [{**line[0], "points": [[0]]}], [{**line[0], "width": "wide"}]):
        assert strokes.read(bad) == ()
    assert strokes.read([{"kind": "x"}, *line]) == (ARROW,)


# --- clips brought in --------------------------------------------------------------------------------------------


def test_a_clip_brought_in_is_a_take_with_its_own_timecode(project: OpenProject) -> None:
    one = a_shot(project)
    clips = [a_file(place, "clip", rate=FrameRate(24), notes=(f"note {place}.",)) for place in range(2)]
    told = [project.run(take.import_take, one, clip).note for clip in clips]
    cards = project.ask(queries.take_cards, one)
    assert [(c.origin, c.number, c.frames, c.timecode) for c in cards] == [
        ("imported", 1, 30, "00:00:00:00"), ("imported", 2, 30, "00:00:01:06")]
    assert told == ["note 0.", "note 1."] and project.ask(queries.shot_card, one).chosen_take == cards[0].id
    refused(project, BadValue, take.import_take, one, a_file(9))


def test_a_clip_brought_in_is_never_out_of_date(project: OpenProject) -> None:
    one = a_shot(project)
    project.run(take.import_take, one, a_file(1, "clip"))
    project.run(shot.edit_shot, one, action="something else", size="close-up")
    project.run(film.set_film, rate="25")
    assert project.ask(queries.take_cards, one)[0].out_of_date == ""


def test_a_clip_brought_in_is_undone_like_any_edit(project: OpenProject) -> None:
    one = a_shot(project)
    project.run(take.import_take, one, a_file(1, "clip"))
    before = project.ask(queries.take_cards, one)
    project.undo()
    assert project.ask(queries.take_cards, one) == () and project.ask(queries.shot_card, one).chosen_take is None
    project.redo()
    assert project.ask(queries.take_cards, one) == before


# --- together ----------------------------------------------------------------------------------------------------


def test_pictures_and_movies_for_one_shot_are_one_step(project: OpenProject) -> None:
    one = a_shot(project, frames=10)
    project.run(arrivals.add_to_shot, one, [a_file(1), a_file(2, "clip"), a_file(3)])
    assert [card.frames for card in panels(project, one)] == [5, 5]
    assert len(project.ask(queries.take_cards, one)) == 1
    project.undo()
    assert panels(project, one) == () and project.ask(queries.take_cards, one) == ()
    refused(project, BadValue, arrivals.add_to_shot, one, [a_file(1), a_file(2, "sound")])


def test_files_on_the_board_follow_the_shots_of_their_scene(project: OpenProject) -> None:
    first, second = a_scene(project), a_scene(project, "INT. CABIN")
    old, later = a_shot(project, scene=first), a_shot(project, scene=second)
    files = [a_file(1), a_file(2, "clip"), a_file(3)]
    made = project.run(arrivals.add_shots_of, files, first)
    new = [one for kind, one in made.created if kind == "shot"]
    cards = project.ask(queries.shot_cards)
    assert [card.id for card in cards] == [old, *new, later]
    assert [card.number for card in cards[:4]] == ["1_0010", "1_0020", "1_0030", "1_0040"]
    assert [card.frames for card in cards[1:4]] == [48, 30, 48]
    assert [(card.panels, card.takes, bool(card.picture)) for card in cards[1:4]] == [
        (1, 0, True), (0, 1, True), (1, 0, True)]
    assert project.ask(queries.shot_brief, new[0]).fields["notes"] == "file 1.png"
    project.undo()
    assert [card.id for card in project.ask(queries.shot_cards)] == [old, later]


def test_a_film_without_scenes_gets_one(project: OpenProject) -> None:
    project.run(arrivals.add_shots_of, [a_file(1)], heading="Ferry board")
    assert [card.heading for card in project.ask(queries.scene_cards)] == ["Ferry board"]
    project.run(arrivals.add_shots_of, [a_file(2)])
    assert len(project.ask(queries.scene_cards)) == 1
    refused(project, NotFound, arrivals.add_shots_of, [a_file(3)], "nowhere")
    refused(project, BadValue, arrivals.add_shots_of, [])


def test_a_picture_is_a_view_of_a_subject_once(project: OpenProject) -> None:
    mara = a_subject(project)
    project.run(arrivals.add_views, mara, [a_file(1), a_file(2), a_file(1)])
    project.run(arrivals.add_views, mara, [a_file(2), a_file(3)])
    names = [path.name[:64] for path in project.ask(queries.subject_cards)[0].pictures]
    assert names == [a_file(place).hash for place in (1, 2, 3)]
