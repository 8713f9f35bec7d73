"""Edits of the cut: what they do to the events, and that a drag has shown the same before."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from studio.errors import BadValue, Refused, StudioError
from studio.open_project import OpenProject
from studio.project import queries, sound_queries, trimming
from studio.project.commands import cut, event, film, panel, shot, sound, trim, values
from studio.project.cut_cards import EventCard, SoundCard
from studio.project.shown import ShownFrame, shown_at
from studio.project.timing import FrameRate
from studio.project.trimming import Span
from tests.builders import a_panel, a_project, a_scene, a_shot, a_subject, a_take

RATE = FrameRate(24)


def cards(project: OpenProject) -> list[EventCard]:
    return list(project.ask(queries.event_cards))


def lengths(project: OpenProject) -> list[int]:
    return [card.frames for card in cards(project)]


def numbers(project: OpenProject) -> list[str]:
    return [card.shot_number for card in cards(project)]


def the_film(project: OpenProject) -> list[ShownFrame]:
    """Every picture of the cut in turn."""
    return [shown_at(card, RATE, frame) for card in cards(project) for frame in range(card.frames)]


def some_takes(project: OpenProject, *frames: int, **fields: Any) -> list[EventCard]:
    """Events of shots that have a take each, with four frames of handle at either end."""
    for length in frames:
        one = a_shot(project, frames=length)
        a_take(project, one, frames=length + 8, head=4, tail=4, **fields)
    return cards(project)


def refused(
    project: OpenProject, kind: type[StudioError], command: Callable[..., Any], *args: Any, **fields: Any
) -> str:
    before = cards(project), project.undo_text()
    with pytest.raises(kind) as told:
        project.run(command, *args, **fields)
    assert told.value.hint and (cards(project), project.undo_text()) == before
    return told.value.sentence


# --- trims -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [-9, -4, 1, 23])
def test_a_trimmed_head_is_what_the_drag_showed_and_the_rest_follows(project: OpenProject, by: int) -> None:
    one, two = some_takes(project, 24, 24)
    project.run(trim.trim_head, one.id, by)
    after = cards(project)
    assert after[0] == trimming.shown(one, trimming.trim_head(Span.of(one), by, RATE), RATE)
    assert (after[0].take_in, after[0].frames, after[1].film_frame) == (4 + by, 24 - by, 24 - by)
    assert (after[1].id, after[1].take_in, after[1].frames) == (two.id, two.take_in, two.frames)


@pytest.mark.parametrize("by", [-23, 4, 30])
def test_a_trimmed_end_is_what_the_drag_showed_and_holds_past_the_take(project: OpenProject, by: int) -> None:
    one, _ = some_takes(project, 24, 24)
    project.run(trim.trim_tail, one.id, by)
    after = cards(project)[0]
    assert after == trimming.shown(one, trimming.trim_tail(Span.of(one), by, RATE), RATE)
    assert int(trimming.held_frames(after, RATE)) == max(0, by - 4)


def test_a_roll_moves_one_cut_and_nothing_else(project: OpenProject) -> None:
    one, two, three = some_takes(project, 24, 24, 24)
    omitted = a_shot(project, after=one.shot)
    project.run(shot.omit_shot, omitted)
    project.run(trim.roll_cut, one.id, 5)
    after = cards(project)
    spans = trimming.roll(Span.of(one), Span.of(two), 5, RATE)
    assert [(card.frames, card.take_in) for card in after] == [(29, 4), (19, 9), (24, 4)]
    assert after[0] == trimming.shown(one, spans[0], RATE) and after[2] == three
    refused(project, BadValue, trim.roll_cut, one.id, 19)
    assert "last one" in refused(project, Refused, trim.roll_cut, three.id, 1)


def test_a_slip_changes_what_is_seen_and_not_where(project: OpenProject) -> None:
    one, two = some_takes(project, 24, 24)
    project.run(trim.slip_event, one.id, -3)
    assert (cards(project)[0].take_in, cards(project)[0].frames, cards(project)[1]) == (7, 24, two)
    bare = a_shot(project)
    last = next(card for card in cards(project) if card.shot == bare)
    assert "nothing under this event" in refused(project, Refused, trim.slip_event, last.id, 2)


def test_a_bare_shot_is_planned_for_its_new_length_and_begins_where_it_began(project: OpenProject) -> None:
    one = a_shot(project, frames=48)
    event_id = cards(project)[0].id
    project.run(trim.trim_tail, event_id, -8)
    assert project.ask(queries.shot_card, one).frames == 40
    project.run(trim.trim_head, event_id, 10)
    project.run(trim.set_lengths, {event_id: 33})
    after = cards(project)[0]
    assert (project.ask(queries.shot_card, one).frames, after.frames, after.shot_in) == (33, 33, 0)


def test_a_shot_with_a_take_keeps_its_plan_when_it_is_trimmed(project: OpenProject) -> None:
    one = some_takes(project, 48)[0]
    project.run(trim.trim_tail, one.id, -8)
    assert project.ask(queries.shot_card, one.shot).frames == 48


@pytest.mark.parametrize(("num", "den", "frames"), [(2, 1, 12), (-1, 1, 24), (1, 2, 48), (-3, 2, 16), (1, 1, 24)])
def test_another_speed_keeps_what_is_shown(project: OpenProject, num: int, den: int, frames: int) -> None:
    one = some_takes(project, 24)[0]
    before = {frame.take_frame for frame in the_film(project)}
    project.run(trim.retime_event, one.id, num, den)
    after = cards(project)[0]
    assert after == trimming.shown(one, trimming.retime(Span.of(one), values.speed(num, den)), RATE)
    assert after.frames == frames
    assert {frame.take_frame for frame in the_film(project)} <= before
    assert not trimming.held_frames(after, RATE)


@pytest.mark.parametrize(("num", "den"), [(0, 1), (1, 0), (1001, 1), (1.5, 1), (True, 1)])
def test_a_speed_that_cannot_be_is_refused(project: OpenProject, num: Any, den: Any) -> None:
    one = some_takes(project, 24)[0]
    refused(project, BadValue, trim.retime_event, one.id, num, den)


def test_a_day_and_more_is_no_length(project: OpenProject) -> None:
    one = some_takes(project, 24)[0]
    project.run(trim.trim_tail, one.id, 24 * 3600 * 24 - 24)
    refused(project, BadValue, trim.retime_event, one.id, 1, 2)
    refused(project, BadValue, trim.trim_tail, one.id, 1)
    refused(project, BadValue, trim.set_lengths, {one.id: 0})


def test_taps_set_many_lengths_in_one_step_and_leave_approved_shots(project: OpenProject) -> None:
    one, two, three = some_takes(project, 24, 24, 24)
    project.run(shot.approve_shot, two.shot)
    changes = project.run(trim.set_lengths, {one.id: 10, two.id: 11, three.id: 50})
    assert (lengths(project), changes.note) == ([10, 24, 50], "1 approved shot was left alone.")
    project.run(trim.set_lengths, {two.id: 11})
    assert lengths(project) == [10, 11, 50]
    project.undo(), project.undo()
    assert lengths(project) == [24, 24, 24]


# --- splits ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [{}, {"speed_num": 2}, {"speed_num": 1, "speed_den": 3}, {"speed_num": -2, "speed_den": 3, "shot_in": 20},
     {"hold": "first"}, {"hold": "last"}, {"flop": True, "framing_end": [0.25, 0.25, 0.5, 0.5], "ease": "both"}],
)
def test_no_picture_changes_where_an_event_is_split(project: OpenProject, fields: dict[str, Any]) -> None:
    some_takes(project, 24, 24)
    first = cards(project)[0].id
    project.run(event.edit_event, first, **fields)
    before = the_film(project)
    second = project.run(event.split_event, first, 7).new("event")
    project.run(event.split_event, second, 10)
    assert (lengths(project), the_film(project)) == ([7, 10, 7, 24], before)


def test_panels_in_turn_are_split_where_they_are(project: OpenProject) -> None:
    one = a_shot(project, frames=30)
    made = [a_panel(project, one, seed=seed) for seed in range(3)]
    for panel_id, frames in zip(made, (20, 10, 30), strict=True):
        project.run(panel.edit_panel, panel_id, frames=frames)
    card = cards(project)[0]
    assert [(panel.panel, panel.frames) for panel in card.panels] == list(zip(made, (10, 5, 15), strict=True))
    before = the_film(project)
    project.run(event.split_event, card.id, 12)
    halves = cards(project)
    assert [[panel.frames for panel in half.panels] for half in halves] == [[10, 2], [3, 15]]
    assert [frame.source for frame in the_film(project)] == [frame.source for frame in before]


def test_a_new_framing_moves_over_the_whole_of_a_half(project: OpenProject) -> None:
    first = some_takes(project, 24)[0].id
    project.run(event.edit_event, first, framing_end=[0, 0, 0.5, 0.5])
    project.run(event.split_event, first, 12)
    project.run(event.edit_event, first, framing_start=[0.5, 0.5, 0.5, 0.5])
    assert (the_film(project)[0].framing, the_film(project)[11].framing) == ((0.5, 0.5, 0.5, 0.5), (0, 0, 0.5, 0.5))


def test_an_event_of_one_frame_and_places_outside_cannot_be_split(project: OpenProject) -> None:
    one = some_takes(project, 24)[0].id
    for at in (0, 24, -1, 1.5):
        refused(project, BadValue, event.split_event, one, at)
    project.run(trim.set_lengths, {one: 1})
    refused(project, Refused, event.split_event, one, 1)
    refused(project, Refused, shot.split_shot, one, 1)


def test_many_splits_in_one_place_still_find_room(project: OpenProject) -> None:
    some_takes(project, 120, 24)
    before, first = the_film(project), cards(project)[0].id
    for length in range(119, 60, -1):
        project.run(event.split_event, first, length)
    assert (lengths(project), the_film(project)) == ([61, *[1] * 59, 24], before)


def test_a_split_into_two_shots_leaves_the_take_with_the_first(project: OpenProject) -> None:
    a_subject(project)
    one = a_shot(project, frames=48, subjects=("@mara",), dialogue="Wait.")
    a_shot(project)
    made = a_take(project, one)
    changes = project.run(shot.split_shot, cards(project)[0].id, 30)
    first, second = (project.ask(queries.shot_card, card.shot) for card in cards(project)[:2])
    assert numbers(project) == ["1_0010", "1_0015", "1_0020"]
    assert (lengths(project), first.frames, second.frames) == ([30, 18, 48], 30, 18)
    assert (first.chosen_take, second.chosen_take, second.takes) == (made, None, 0)
    assert (second.subjects, second.dialogue, second.id) == (("@mara",), "Wait.", changes.new("shot"))
    project.undo()
    assert (numbers(project), lengths(project)) == (["1_0010", "1_0020"], [48, 48])


# --- several at once ---------------------------------------------------------------------------------------------


def test_events_from_apart_are_put_together_in_their_order(project: OpenProject) -> None:
    for frames in (10, 20, 30, 40, 50):
        a_shot(project, frames=frames)
    ids = [card.id for card in cards(project)]
    project.run(event.move_events, [ids[4], ids[1], ids[1]], 0)
    assert lengths(project) == [20, 50, 10, 30, 40]
    project.run(event.move_events, [ids[0], ids[1]], 3)
    assert lengths(project) == [50, 30, 40, 20, 10]
    refused(project, BadValue, event.move_events, [ids[0], ids[1]], 4)
    refused(project, BadValue, event.move_events, [], 0)


def test_moved_events_join_a_scene_unless_numbers_are_locked(project: OpenProject) -> None:
    first, second = a_scene(project), a_scene(project)
    a_shot(project, scene=first)
    moved = [a_shot(project, scene=second) for _ in range(2)]
    ids = [card.id for card in cards(project)][1:]
    project.run(film.lock_numbers)
    assert "locked" in refused(project, Refused, event.move_events, ids, 0, scene=first)
    project.run(film.lock_numbers, False)
    project.run(event.move_events, ids, 0, scene=first)
    assert [card.shot for card in cards(project)][:2] == moved
    assert numbers(project) == ["1_0020", "1_0030", "1_0010"]


def test_approved_shots_join_no_other_scene_with_others(project: OpenProject) -> None:
    one, two, three = (a_shot(project, frames=10) for _ in range(3))
    other = a_scene(project, "INT. CABIN - DAY")
    project.run(shot.approve_shot, two)
    ids = [card.id for card in cards(project)]
    changes = project.run(event.move_events, ids[:2], 2, scene=other)
    assert changes.note == "1 approved shot was left alone."
    assert [(card.shot, card.scene == other) for card in cards(project)] == [(two, False), (three, False), (one, True)]
    home = cards(project)[0].scene
    assert project.run(event.move_events, ids[1:], 1, scene=home).note == ""
    assert project.run(event.move_event, ids[1], 2, scene=other).note == ""
    assert cards(project)[2].scene == other
    project.run(shot.approve_shot, one)
    before = cards(project)
    assert project.run(event.move_events, ids[:2], 0, scene=home).note == "2 approved shots were left alone."
    assert cards(project) == before


def test_removing_several_leaves_approved_ones_and_the_shots(project: OpenProject) -> None:
    one, two, three = some_takes(project, 10, 20, 30)
    project.run(shot.approve_shot, two.shot)
    changes = project.run(event.remove_events, [one.id, two.id, three.id])
    assert (lengths(project), changes.note) == ([20], "1 approved shot was left alone.")
    assert len(project.ask(queries.shot_cards)) == 3
    project.run(event.remove_events, [two.id])
    assert lengths(project) == []


def test_copies_of_several_stand_together_after_the_last(project: OpenProject) -> None:
    shots = [a_shot(project, frames=frames) for frames in (10, 20, 30)]
    project.run(shot.duplicate_shots, [shots[1], shots[0]])
    assert lengths(project) == [10, 20, 10, 20, 30]
    assert numbers(project) == ["1_0010", "1_0020", "1_0025", "1_0027", "1_0030"]
    project.undo()
    assert lengths(project) == [10, 20, 30]


def test_omitting_several_leaves_approved_shots_and_one_by_itself_is_meant(project: OpenProject) -> None:
    one, two = a_shot(project, frames=10), a_shot(project, frames=20)
    project.run(shot.approve_shots, [two])
    assert project.run(shot.omit_shots, [one, two]).note == "1 approved shot was left alone."
    assert lengths(project) == [20]
    project.run(shot.omit_shots, [two])
    assert lengths(project) == []
    project.run(shot.approve_shots, [one, two], False)
    project.run(shot.omit_shots, [one, two], False)
    assert lengths(project) == [10, 20]


def test_a_shot_is_put_before_another(project: OpenProject) -> None:
    one, two = a_shot(project, frames=10), a_shot(project, frames=20)
    a_shot(project, before=two, frames=15), a_shot(project, before=one, frames=5)
    assert (numbers(project), lengths(project)) == (["1_0005", "1_0010", "1_0015", "1_0020"], [5, 10, 15, 20])
    refused(project, BadValue, shot.add_shot, before=one, after=two)
    assert "another scene" in refused(project, BadValue, shot.add_shot, before=one, scene=a_scene(project))


# --- sound that follows ------------------------------------------------------------------------------------------


def a_clip(project: OpenProject, film_frame: int, lane: int = 0) -> str:
    lanes = project.ask(sound_queries.lane_cards)
    changes = project.run(sound.add_sound, lanes[lane].id, media=f"{'a' * 64}.wav", film_frame=film_frame,
                          source_length=48_000)
    return changes.new("sound_clip")


def heard(project: OpenProject) -> dict[str, SoundCard]:
    return {card.id: card for card in project.ask(sound_queries.sound_cards)}


def test_clips_stay_with_their_picture_when_a_head_is_trimmed(project: OpenProject) -> None:
    _, two = some_takes(project, 24, 24)
    early, late, music = a_clip(project, 26), a_clip(project, 40), a_clip(project, 40, lane=2)
    changes = project.run(trim.trim_head, two.id, 6)
    assert changes.note == "A sound clip begins with the event now."
    assert [heard(project)[one].film_frame for one in (early, late, music)] == [24, 34, 40]
    assert project.run(trim.trim_head, two.id, -6).note == ""
    assert [heard(project)[one].film_frame for one in (early, late, music)] == [30, 40, 40]


def test_a_roll_leaves_every_clip_where_it_is_and_with_the_event_it_starts_in(project: OpenProject) -> None:
    one, two = some_takes(project, 24, 24)
    places = [3, 20, 24, 27, 40]
    made = [a_clip(project, frame) for frame in places]
    before = heard(project)
    for by in (5, -9, 4):
        project.run(trim.roll_cut, one.id, by)
        assert [heard(project)[clip].film_frame for clip in made] == places
        cut_at = cards(project)[1].film_frame
        assert [heard(project)[clip].event for clip in made] == [one.id if f < cut_at else two.id for f in places]
    assert heard(project) == before


def test_what_followed_a_removed_event_follows_what_stands_there_now(project: OpenProject) -> None:
    one, two, three, four = some_takes(project, 10, 20, 30, 40)
    clip, last = a_clip(project, 15), a_clip(project, 95)
    project.run(event.remove_events, [one.id, two.id])
    assert (heard(project)[clip].film_frame, heard(project)[clip].event) == (5, three.id)
    project.run(event.remove_events, [four.id])
    assert (heard(project)[last].film_frame, heard(project)[last].event) == (65, None)


def test_what_followed_a_removed_shot_stays_where_it_was_in_the_film(project: OpenProject) -> None:
    first, gone, last = (a_shot(project, frames=20) for _ in range(3))
    clip, behind = a_clip(project, 25), a_clip(project, 45)
    before = heard(project)
    project.run(shot.remove_shot, gone)
    assert (heard(project)[clip].film_frame, heard(project)[behind].film_frame) == (25, 25)
    assert [card.shot for card in cards(project)] == [first, last]
    assert heard(project)[clip].event == cards(project)[1].id
    project.undo()
    assert heard(project) == before


def test_clips_go_with_the_half_they_start_in_and_with_their_event_anywhere(project: OpenProject) -> None:
    _, two = some_takes(project, 24, 24)
    early, late = a_clip(project, 25), a_clip(project, 40)
    second = project.run(event.split_event, two.id, 10).new("event")
    assert (heard(project)[early].event, heard(project)[late].event) == (two.id, second)
    project.run(event.move_event, second, 0)
    assert [heard(project)[one].film_frame for one in (early, late)] == [39, 6]


def test_at_another_speed_clips_start_at_the_picture_they_started_at(project: OpenProject) -> None:
    one = some_takes(project, 24)[0]
    clip = a_clip(project, 10)
    project.run(trim.retime_event, one.id, 1, 2)
    assert heard(project)[clip].film_frame == 20
    project.run(trim.retime_event, one.id, 1)
    assert heard(project)[clip].film_frame == 10


# --- any edits in any order --------------------------------------------------------------------------------------


MANY = settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck),
                phases=(Phase.explicit, Phase.reuse, Phase.generate))
steps = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5), st.integers(-12, 30)), min_size=1, max_size=16)


def edit(project: OpenProject, kind: int, a: int, b: int) -> None:
    shown = cards(project)
    one = shown[a % len(shown)].id if shown else ""
    some = [card.id for card in shown[a % 3 :: 2]]
    edits: list[Callable[[], Any]] = [
        lambda: project.run(trim.trim_head, one, b),
        lambda: project.run(trim.trim_tail, one, b),
        lambda: project.run(trim.roll_cut, one, b),
        lambda: project.run(trim.slip_event, one, b),
        lambda: project.run(trim.retime_event, one, b // 4, 1 + a % 3),
        lambda: project.run(event.split_event, one, b),
        lambda: project.run(event.move_events, some, a),
        lambda: project.run(event.remove_events, some[:1]),
        lambda: project.run(shot.split_shot, one, b),
        lambda: project.run(cut.save_cut),
    ]
    try:
        edits[kind]()
    except StudioError as error:
        assert error.sentence and error.hint


@MANY
@given(steps)
def test_a_cut_has_no_hole_and_no_edit_loses_a_clip_or_moves_a_locked_one(doings: list[tuple[int, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = a_project(Path(folder))
        some_takes(project, 10, 20)
        a_shot(project, frames=15), a_shot(project, frames=5)
        made = [a_clip(project, frame, lane) for frame, lane in ((0, 0), (12, 1), (29, 0), (44, 1))]
        music = [a_clip(project, frame, 2) for frame in (7, 33)]
        start, clips = cards(project), len(made) + len(music)
        for doing in doings:
            edit(project, *doing)
            shown = cards(project)
            begins = [sum(card.frames for card in shown[:place]) for place in range(len(shown))]
            assert [card.film_frame for card in shown] == begins
            assert len(the_film(project)) == project.ask(queries.film_card).frames == sum(lengths(project))
            assert len(heard(project)) == clips
            assert sorted(card.film_frame for card in heard(project).values() if is_locked(project, card)) == [7, 33]
        while project.undo_text() not in ("Add sound", ""):
            project.undo()
        assert cards(project) == start
        project.close()


def is_locked(project: OpenProject, card: SoundCard) -> bool:
    return not next(lane for lane in project.ask(sound_queries.lane_cards) if lane.id == card.lane).follows
