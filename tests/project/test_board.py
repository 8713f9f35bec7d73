"""The board: what the commands do to it and what the queries say of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from studio.errors import BadValue, NotFound, Refused, StudioError
from studio.interchange import shown_cut
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import JobState, ShotState
from studio.project.commands import cut, film, job, marker, note, scene, shot, sound, subject, take
from studio.project.commands import event as events
from studio.project.commands.values import LONG
from tests.builders import a_job, a_panel, a_reference, a_scene, a_shot, a_subject, a_take


def numbers(project: OpenProject) -> list[str]:
    return [card.number for card in project.ask(queries.shot_cards)]


def lengths(project: OpenProject) -> list[int]:
    return [card.frames for card in project.ask(queries.event_cards)]


def card(project: OpenProject, one: str) -> Any:
    return project.ask(queries.shot_card, one)


def refused(
    project: OpenProject, kind: type[StudioError], command: Callable[..., Any], *args: Any, **fields: Any
) -> str:
    """The sentence of the refusal, after nothing has changed."""
    before = project.ask(queries.shot_cards), project.ask(queries.film_card), project.undo_text()
    with pytest.raises(kind) as told:
        project.run(command, *args, **fields)
    assert told.value.hint
    assert (project.ask(queries.shot_cards), project.ask(queries.film_card), project.undo_text()) == before
    return told.value.sentence


# --- shots -------------------------------------------------------------------------------------------------------


def test_a_shot_comes_with_its_event(project: OpenProject) -> None:
    one = a_shot(project, frames=30)
    shown = project.ask(queries.event_cards)
    assert [(card.shot, card.frames, card.film_frame) for card in shown] == [(one, 30, 0)]
    assert project.ask(queries.film_card).frames == 30


def test_shots_are_put_at_the_end_of_their_scene_or_after_another(project: OpenProject) -> None:
    first, second = a_scene(project), a_scene(project)
    one = a_shot(project, scene=first)
    a_shot(project, scene=second)
    a_shot(project, scene=first)
    a_shot(project, after=one)
    assert numbers(project) == ["1_0010", "1_0015", "1_0020", "2_0010"]


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"prompt": "x" * 20_000}, "prompt has 20,000 characters"),
        ({"frames": 0}, "0 frames"),
        ({"frames": -3}, "-3 frames"),
        ({"frames": 10_000_000}, "10,000,000 frames"),
        ({"frames": 2.5}, "not a whole number"),
        ({"size": "x" * 100}, "size"),
        ({"action": "a\0b"}, "action"),
        ({"prompt": "\ud800"}, "prompt"),
        ({"prompt": None}, "prompt"),
        ({"subjects": ("@nobody",)}, "@nobody"),
        ({"after": "shot_missing"}, "shot_missing"),
        ({"scene": "scene_missing"}, "scene_missing"),
    ],
)
def test_a_shot_that_cannot_be_is_refused(project: OpenProject, fields: dict[str, Any], named: str) -> None:
    a_shot(project)
    assert named in refused(project, StudioError, shot.add_shot, **fields)


def test_an_empty_shot_emoji_and_chinese_are_fine(project: OpenProject) -> None:
    a_scene(project)
    one = project.run(shot.add_shot).new("shot")
    project.run(shot.edit_shot, one, prompt="一艘渡轮 ⛴️ in the rain", dialogue="“Wait!”")
    assert card(project, one).prompt == "一艘渡轮 ⛴️ in the rain"
    assert project.run(shot.edit_shot, one, prompt="x" * LONG)


def test_a_shot_needs_a_scene(project: OpenProject) -> None:
    assert "no scene" in refused(project, Refused, shot.add_shot)


def test_fields_nobody_knows_are_refused(project: OpenProject) -> None:
    one = a_shot(project)
    assert "'colour'" in refused(project, BadValue, shot.edit_shot, one, colour="red")


def test_the_length_of_a_shot_goes_to_the_event_that_showed_all_of_it(project: OpenProject) -> None:
    one = a_shot(project, frames=48)
    project.run(shot.edit_shot, one, frames=60)
    assert lengths(project) == [60]
    project.run(events.edit_event, project.ask(queries.event_cards)[0].id, shot_in=5)
    project.run(shot.edit_shot, one, frames=70)
    assert lengths(project) == [60]


def test_a_duplicate_keeps_fields_and_subjects_and_leaves_takes(project: OpenProject) -> None:
    a_subject(project)
    one = a_shot(project, prompt="@mara waits", subjects=("@mara",))
    a_shot(project)
    a_take(project, one)
    copy = project.run(shot.duplicate_shot, one).new("shot")
    made = card(project, copy)
    assert [one.id for one in project.ask(queries.shot_cards)][1] == copy
    assert (made.number, made.prompt) == ("1_0015", "@mara waits")
    assert (made.subjects, made.takes) == (("@mara",), 0)


def test_an_omitted_shot_is_not_in_the_cut_and_keeps_its_number(project: OpenProject) -> None:
    one, two = a_shot(project, frames=10), a_shot(project, frames=20)
    project.run(shot.omit_shot, two)
    assert (lengths(project), card(project, two).state) == ([10], ShotState.OMITTED)
    a_shot(project, frames=30)
    assert numbers(project) == ["1_0010", "1_0020", "1_0030"]
    project.run(shot.restore_shot, two)
    assert lengths(project) == [10, 20, 30]
    assert one == project.ask(queries.find_shot, "1")


def test_a_shot_with_takes_is_omitted_and_not_removed(project: OpenProject) -> None:
    one = a_shot(project)
    a_take(project, one)
    assert "never thrown away" in refused(project, Refused, shot.remove_shot, one)


def test_a_shot_is_found_by_number_id_and_place(project: OpenProject) -> None:
    ids = [a_shot(project) for _ in range(3)]
    assert project.ask(queries.find_shot, "1_0020") == ids[1]
    assert project.ask(queries.find_shot, ids[2]) == ids[2]
    assert project.ask(queries.find_shot, " 3 ") == ids[2]
    for text in ("4", "0", "-1", "", "1_0099", "²"):
        with pytest.raises(NotFound, match="1_0010"):
            project.ask(queries.find_shot, text)


# --- numbers -----------------------------------------------------------------------------------------------------


def test_locked_numbers_stay_and_later_shots_go_between(project: OpenProject) -> None:
    one, two = a_shot(project), a_shot(project)
    project.run(film.lock_numbers)
    a_shot(project, after=one)
    a_shot(project, after=one)
    assert numbers(project) == ["1_0010", "1_0012", "1_0015", "1_0020"]
    refused(project, Refused, film.renumber)
    refused(project, Refused, film.set_film, numbering="plain")
    refused(project, Refused, shot.edit_shot, two, number=40)
    refused(project, Refused, shot.remove_shot, two)
    refused(project, Refused, scene.edit_scene, card(project, one).scene, number="9")


def test_numbers_follow_the_board_only_when_asked(project: OpenProject) -> None:
    for _ in range(3):
        a_shot(project)
    last = project.ask(queries.event_cards)[2].id
    project.run(events.move_event, last, 0)
    assert numbers(project) == ["1_0030", "1_0010", "1_0020"]
    project.run(film.renumber)
    assert numbers(project) == ["1_0010", "1_0020", "1_0030"]


def test_the_scheme_changes_only_what_is_shown(project: OpenProject) -> None:
    a_shot(project), a_shot(project)
    shown = {}
    for one in ("plain", "letters", "show", "tens"):
        project.run(film.set_film, numbering=one, show="AGM")
        shown[one] = numbers(project)[1]
    assert shown == {"plain": "1-2", "letters": "1B", "show": "AGM_001_0020", "tens": "1_0020"}


def test_a_start_timecode_is_kept_as_it_is_shown_however_it_was_typed(project: OpenProject) -> None:
    project.run(film.set_film, start_timecode="9:0:0:5")
    assert project.ask(queries.film_card).start_timecode == "09:00:00:05"
    project.run(film.set_film, rate="59.94", start_timecode="09:00:00.05")
    assert project.ask(queries.film_card).start_timecode == "09:00:00;05"


@pytest.mark.parametrize(
    "fields",
    [{"rate": "12"}, {"width": 0}, {"width": 161}, {"width": 10**6}, {"aspect": "wide"}, {"aspect": "0:0"},
     {"start_timecode": "soon"}, {"numbering": "roman"}, {"title": ""}, {"title": "x" * 500}, {"speed": 1}],
)
def test_settings_a_film_cannot_have_are_refused(project: OpenProject, fields: dict[str, Any]) -> None:
    refused(project, BadValue, film.set_film, **fields)


def test_letters_that_read_like_a_scene_are_pointed_out(project: OpenProject) -> None:
    a_shot(project), a_scene(project), a_scene(project, at=1)
    assert project.run(film.set_film, numbering="letters").note == "1A is also the number of a scene."
    assert project.run(film.set_film, numbering="tens").note == ""


# --- scenes ------------------------------------------------------------------------------------------------------


def test_a_scene_moves_with_its_events(project: OpenProject) -> None:
    scenes = [a_scene(project) for _ in range(3)]
    for one in scenes:
        a_shot(project, scene=one), a_shot(project, scene=one)
    project.run(scene.move_scene, scenes[2], 0)
    assert [one[0] for one in numbers(project)] == ["3", "3", "1", "1", "2", "2"]
    assert [one.number for one in project.ask(queries.scene_cards)] == ["3", "1", "2"]
    project.run(scene.move_scene, scenes[2], 2)
    assert [one[0] for one in numbers(project)] == ["1", "1", "2", "2", "3", "3"]


def test_a_scene_between_two_is_numbered_with_a_letter(project: OpenProject) -> None:
    a_scene(project), a_scene(project)
    a_scene(project, at=1)
    assert [one.number for one in project.ask(queries.scene_cards)] == ["1", "1A", "2"]
    first = project.ask(queries.scene_cards)[0].id
    assert "1A already" in refused(project, BadValue, scene.edit_scene, first, number="1a")


# --- events ------------------------------------------------------------------------------------------------------


def test_dragging_moves_an_event_and_nothing_else(project: OpenProject) -> None:
    for frames in (10, 20, 30, 40):
        a_shot(project, frames=frames)
    ids = [one.id for one in project.ask(queries.event_cards)]
    project.run(events.move_event, ids[0], 2)
    assert lengths(project) == [20, 30, 10, 40]
    project.run(events.move_event, ids[3], 0)
    assert lengths(project) == [40, 20, 30, 10]
    assert sorted(one.frames for one in project.ask(queries.shot_cards)) == [10, 20, 30, 40]


def test_a_thousand_moves_into_one_gap_still_find_room(project: OpenProject) -> None:
    for frames in (10, 20, 30):
        a_shot(project, frames=frames)
    ids = [one.id for one in project.ask(queries.event_cards)]
    for _ in range(40):
        project.run(events.move_event, ids[2], 1)
        project.run(events.move_event, ids[1], 1)
    assert lengths(project) == [10, 20, 30]


def test_a_card_dropped_in_another_scene_joins_it(project: OpenProject) -> None:
    first, second = a_scene(project), a_scene(project)
    a_shot(project, scene=first)
    moved = a_shot(project, scene=second)
    last = project.ask(queries.event_cards)[1].id
    project.run(events.move_event, last, 0, scene=first)
    assert numbers(project) == ["1_0020", "1_0010"]
    assert card(project, moved).scene == first


def test_splitting_shows_what_was_shown(project: OpenProject) -> None:
    one = a_shot(project, frames=48)
    a_take(project, one)
    first = project.ask(queries.event_cards)[0]
    second = project.run(events.split_event, first.id, 20).new("event")
    shown = project.ask(queries.event_cards)
    assert [(e.id, e.frames, e.take_in, e.film_frame) for e in shown] == [(first.id, 20, 0, 0), (second, 28, 20, 20)]
    assert project.ask(queries.film_card).frames == 48
    refused(project, BadValue, events.split_event, second, 28)


def test_small_notes_need_no_generating(project: OpenProject) -> None:
    a_shot(project)
    one = project.ask(queries.event_cards)[0].id
    framing = [0, 0, 0.5, 0.5]
    project.run(events.edit_event, one, flop=True, hold="last", speed_num=-1, framing_start=framing, ease="both")
    shown = project.ask(queries.event_cards)[0]
    assert (shown.flop, shown.hold, shown.speed_num) == (True, "last", -1)
    for bad in ({"speed_num": 0}, {"hold": "middle"}, {"flop": 1}, {"framing_end": [0, 0, 0, float("nan")]}):
        refused(project, BadValue, events.edit_event, one, **bad)


def test_sound_follows_its_event_and_music_stays(project: OpenProject) -> None:
    a_shot(project, frames=10), a_shot(project, frames=20)
    lane = project.ask(lambda s: [row.id for row in s.query(sound.Lane).order_by(sound.Lane.rank)])
    name = f"{'0' * 64}.wav"
    followed = project.run(sound.add_sound, lane[0], media=name, film_frame=12, source_length=48000).new("sound_clip")
    locked = project.run(sound.add_sound, lane[2], media=name, film_frame=12, source_length=48000).new("sound_clip")
    second = project.ask(queries.event_cards)[1].id
    places = project.ask(lambda s: {one: (row.event_id, row.start) for one in (followed, locked)
                                    if (row := s.get(sound.SoundClip, one))})
    assert places == {followed: (second, 2), locked: (None, 12)}
    project.run(events.remove_events, [second])
    kept = project.ask(lambda s: s.get(sound.SoundClip, followed))
    assert (kept.event_id, kept.start) == (None, 12)


# --- cuts --------------------------------------------------------------------------------------------------------


def test_an_earlier_cut_is_frozen_and_stays_as_it_was(project: OpenProject) -> None:
    one = a_shot(project, frames=10)
    a_shot(project, frames=20)
    old = project.ask(queries.film_card).current_cut
    project.run(marker.add_marker, 5, "turn")
    new = project.run(cut.save_cut, "Fine cut").new("cut")
    assert project.ask(queries.film_card).cut_name == "Fine cut"
    project.run(shot.omit_shot, one)
    assert lengths(project) == [20]
    before = project.ask(queries.event_cards, old)
    assert [card.frames for card in before] == [10, 20]
    refused(project, Refused, events.edit_event, before[0].id, frames=5)
    project.run(cut.make_current, old)
    refused(project, Refused, events.edit_event, project.ask(queries.event_cards, new)[0].id, frames=5)
    assert [card.frames for card in project.ask(queries.event_cards, new)] == [20]
    project.run(cut.remove_cut, new)
    project.undo()
    assert [card.frames for card in project.ask(queries.event_cards, new)] == [20]


# --- subjects ----------------------------------------------------------------------------------------------------


def test_names_that_differ_by_case_or_accent_are_one(project: OpenProject) -> None:
    a_subject(project, "@José")
    assert "@José already" in refused(project, BadValue, subject.add_subject, "@jose", "prop")
    assert project.ask(queries.subject_named, "@JOSE").name == "@José"


@pytest.mark.parametrize("name", ["", "@", "@two words", "@9lives", "@a@b", "@" + "x" * 41, "@semi;colon"])
def test_names_that_cannot_be_are_refused(project: OpenProject, name: str) -> None:
    refused(project, BadValue, subject.add_subject, name, "prop")


def test_renaming_reaches_every_text(project: OpenProject) -> None:
    mara = a_subject(project)
    one = a_shot(project, prompt="@Mara and @maramba; mail@mara.org", dialogue="Ask @mara.", subjects=("@mara",))
    project.run(subject.rename_subject, mara, "@Nora")
    made = card(project, one)
    assert (made.prompt, made.dialogue) == ("@Nora and @maramba; mail@mara.org", "Ask @Nora.")
    assert made.subjects == ("@Nora",)


def test_wardrobe_follows_the_story_day_with_exceptions(project: OpenProject) -> None:
    mara = a_subject(project)
    first, second = a_scene(project, story_day=1), a_scene(project, story_day=4)
    one, two = (a_shot(project, scene=s, subjects=("@mara",)) for s in (first, second))
    coat = project.run(subject.add_wardrobe, mara, 1, description="yellow raincoat").new("wardrobe_change")
    wet = project.run(subject.add_wardrobe, mara, 3, description="wet hair").new("wardrobe_change")

    def worn(shot_id: str) -> str:
        return project.ask(queries.shot_brief, shot_id).subjects[0].description.split(", ")[-1]

    assert [worn(one), worn(two)] == ["yellow raincoat", "wet hair"]
    project.run(subject.wear, coat, scene=second)
    assert worn(two) == "yellow raincoat"
    project.run(subject.wear, wet, shot=two)
    assert worn(two) == "wet hair"
    project.run(subject.remove_wardrobe, wet)
    assert worn(two) == "yellow raincoat"


def test_a_shot_keeps_its_subjects_in_order(project: OpenProject) -> None:
    a_subject(project), a_subject(project, "@jon")
    one = a_shot(project)
    project.run(shot.set_shot_subjects, one, [("@jon", "left", "right", "waits"), ("@mara",)])
    told = project.ask(queries.shot_brief, one).subjects
    placed = [(s.name, s.side, s.facing, s.action) for s in told]
    assert placed == [("@jon", "left", "right", "waits"), ("@mara", "", "", "")]
    refused(project, BadValue, shot.set_shot_subjects, one, [("@jon",), ("@JON",)])
    refused(project, NotFound, shot.set_shot_subjects, one, [("@ada",)])
    project.run(shot.set_shot_subjects, one, ["@jon"])
    assert card(project, one).subjects == ("@jon",)
    project.run(shot.set_shot_subjects, one, [("@mara", "right", "", "")])
    assert card(project, one).subjects == ("@mara",)


# --- takes, panels, jobs -----------------------------------------------------------------------------------------


def test_the_first_take_is_chosen_and_later_ones_are_not(project: OpenProject) -> None:
    one = a_shot(project)
    takes = [a_take(project, one) for _ in range(3)]
    told = project.ask(queries.take_cards, one)
    assert [t.state for t in told] == ["chosen", "none", "none"]
    assert [t.name for t in told] == ["v001", "v002", "v003"]
    assert [t.reel for t in told] == ["1_0010_v001", "1_0010_v002", "1_0010_v003"]
    project.run(shot.choose_take, one, takes[2])
    assert project.ask(queries.event_cards)[0].take == takes[2]
    a_take(project, one)
    assert card(project, one).chosen_take == takes[2]


def test_the_first_panel_is_chosen_and_stands_for_the_shot(project: OpenProject) -> None:
    one = a_shot(project)
    first = a_panel(project, one)
    a_panel(project, one, seed=8)
    made = card(project, one)
    assert (made.chosen_panel, made.panels, made.state) == (first, 2, ShotState.HAS_PANELS)
    assert made.picture is not None and made.picture.is_file()
    assert project.ask(queries.shot_brief, one).chosen_panel.name == made.picture.name


def test_every_take_has_its_own_stretch_of_timecode_even_side_by_side(project: OpenProject) -> None:
    one, two = a_shot(project, frames=48), a_shot(project, frames=24)
    jobs = [a_job(project, one), a_job(project, two), a_job(project, one)]
    told = [project.ask(lambda s, j=j: s.get(job.Job, j)) for j in jobs]
    assert [(t.take_number, t.source_start, t.source_frames) for t in told] == [(1, 0, 50), (1, 50, 26), (2, 76, 50)]
    assert project.ask(queries.shot_brief, one).next_timecode == "00:00:05:06"


@pytest.mark.parametrize(("before", "after"), [("24", "48"), ("48", "24"), ("29.97", "25"), ("24", "59.94")])
def test_a_changed_rate_gives_no_source_timecode_again(project: OpenProject, before: str, after: str) -> None:
    project.run(film.set_film, rate=before)
    one = a_shot(project, frames=40)
    for _ in range(13):
        a_job(project, one)
    last = project.ask(queries.shot_brief, one).next_timecode
    project.run(film.set_film, rate=after)
    first = project.ask(queries.shot_brief, one).next_timecode
    assert last[:8] < first[:8] < "00:01:00"


def test_source_timecode_begins_again_after_a_day(project: OpenProject) -> None:
    one = a_shot(project, frames=48)
    day = 24 * 3600 * 24

    def almost_used(session: Any) -> Any:
        film.the_film(session).source_frames = day - 10
        return film.Changes()

    project.run(almost_used)
    assert project.ask(queries.shot_brief, one).next_timecode == "00:00:00:00"
    first, second = a_job(project, one), a_job(project, one)
    starts = [project.ask(lambda s, j=j: s.get(job.Job, j).source_start) for j in (first, second)]
    assert starts == [0, 50]


def test_a_delivery_told_twice_is_one_take(project: OpenProject) -> None:
    one = a_shot(project)
    made = a_take(project, one)
    told = project.ask(queries.take_card, made)
    name = project.ask(lambda s: s.get(take.Take, made).job_id)
    project.run(take.record_take, name, media=told.media.name, frames=told.frames, width=160, height=90)
    assert len(project.ask(queries.take_cards, one)) == 1
    assert project.ask(queries.job_card, name).state is JobState.DONE


def test_a_take_never_changes(project: OpenProject) -> None:
    made = a_take(project, a_shot(project))

    def tamper(session: Any) -> Any:
        session.get(take.Take, made).seed = 5
        session.flush()

    with pytest.raises(RuntimeError, match="never changes"):
        project.run(tamper)
    project.run(take.star_take, made)
    assert project.ask(queries.take_card, made).starred


def test_a_chosen_take_is_not_rejected(project: OpenProject) -> None:
    one = a_shot(project)
    first, second = a_take(project, one), a_take(project, one)
    refused(project, BadValue, take.reject_take, first)
    project.run(take.star_take, second)
    project.run(take.reject_take, second)
    told = project.ask(queries.take_card, second)
    assert (told.rejected, told.starred, told.state) == (True, False, "rejected")


def test_media_names_that_point_elsewhere_are_refused(project: OpenProject) -> None:
    name = a_job(project, a_shot(project))
    for bad in ("../../etc/passwd", "/etc/passwd", "a.mp4", f"{'0' * 64}.mp4/x", f"{'A' * 64}.mp4"):
        refused(project, StudioError, take.record_take, name, media=bad, frames=1, width=2, height=2)


def test_states_in_their_order(project: OpenProject) -> None:
    one = a_shot(project)

    def state() -> ShotState:
        return card(project, one).state

    seen = [state()]
    a_panel(project, one)
    seen.append(state())
    a_take(project, one)
    seen.append(state())
    project.run(shot.approve_shot, one)
    seen.append(state())
    project.run(shot.edit_shot, one, action="run")
    seen.append(state())
    project.run(shot.omit_shot, one)
    seen.append(state())
    name = a_job(project, one)
    seen.append(state())
    project.run(job.set_job, name, state=JobState.RUNNING)
    seen.append(state())
    project.run(job.set_job, name, state=JobState.FAILED, sentence="No memory.")
    seen.append(state())
    order = "empty has_panels has_takes approved out_of_date omitted queued running failed"
    assert seen == order.split()


def test_a_failure_is_shown_until_something_newer_is_wished(project: OpenProject) -> None:
    one = a_shot(project)
    name = a_job(project, one)
    project.run(job.set_job, name, state=JobState.FAILED)
    assert card(project, one).state is ShotState.FAILED
    again = a_job(project, one)
    assert card(project, one).state is ShotState.QUEUED
    project.run(job.set_job, again, state=JobState.CANCELLED)
    assert card(project, one).state is ShotState.EMPTY


def test_the_queue_is_kept_in_order_and_can_be_changed(project: OpenProject) -> None:
    jobs = [a_job(project, a_shot(project)) for _ in range(4)]
    project.run(job.move_job, jobs[3], 1)
    assert [j.id for j in project.ask(queries.live_jobs)] == [jobs[3], *jobs[:3]]
    assert project.ask(queries.next_queued).id == jobs[3]
    project.run(job.set_job, jobs[3], state=JobState.RUNNING, attempt=1)
    assert [j.place for j in project.ask(queries.live_jobs)] == [0, 1, 2, 3]
    project.run(job.set_job, jobs[0], lost_step=3, lost_count=1)
    assert [project.ask(queries.losses, jobs[0], step) for step in (3, 4)] == [1, 0]


# --- out of date -------------------------------------------------------------------------------------------------


def test_what_fed_the_picture_and_changed_is_named(project: OpenProject) -> None:
    mara = a_subject(project)
    one = a_shot(project, prompt="rain", action="walk", subjects=("@mara",))
    made = a_take(project, one)

    def cause() -> str:
        assert card(project, one).cause == project.ask(queries.take_card, made).out_of_date
        return str(card(project, one).cause)

    assert cause() == ""
    project.run(shot.edit_shot, one, action="run")
    assert cause() == "action changed from “walk” to “run”"
    project.run(subject.edit_subject, mara, description="a woman in red")
    assert "@mara changed from" in cause()
    project.run(shot.keep_as_is, one)
    assert (cause(), card(project, one).state) == ("", ShotState.HAS_TAKES)
    project.run(scene.edit_scene, card(project, one).scene, weather="clear")
    assert "weather changed from “rain” to “clear”" in cause()
    for _ in range(4):
        project.undo()
    assert cause() == ""


def test_what_does_not_feed_the_picture_marks_nothing(project: OpenProject) -> None:
    one = a_shot(project)
    a_take(project, one)
    project.run(shot.edit_shot, one, dialogue="Hello", notes="check", frames=60)
    project.run(note.add_note, one, "darker")
    project.run(scene.edit_scene, card(project, one).scene, heading="EXT. PIER", revision="blue")
    assert card(project, one).state is ShotState.HAS_TAKES


def test_a_new_picture_of_a_subject_and_another_rate_mark_takes(project: OpenProject) -> None:
    mara = a_subject(project)
    one = a_shot(project, subjects=("@mara",))
    a_take(project, one)
    project.run(subject.add_view, mara, a_reference(project))
    assert card(project, one).cause == "@mara pictures changed"
    project.undo()
    project.run(film.set_film, rate="25")
    assert card(project, one).cause == "rate changed from “24” to “25”"


# --- questions ---------------------------------------------------------------------------------------------------


def test_no_query_asks_once_for_each_row(project: OpenProject) -> None:
    a_subject(project)
    asked = []
    event.listen(project._store.database, "before_cursor_execute", lambda *args: asked.append(args[2]))

    def count(query: Callable[..., Any], *args: Any) -> int:
        asked.clear()
        project.ask(query, *args)
        return len(asked)

    one = a_shot(project, subjects=("@mara",))
    every = (queries.film_card, queries.scene_cards, queries.shot_cards, queries.event_cards, queries.subject_cards,
             queries.job_cards, queries.live_jobs, queries.take_names, shown_cut.gather)

    def fill() -> None:
        a_take(project, one), a_panel(project, one), a_job(project, one)

    fill()
    before = [count(query) for query in every] + [count(queries.take_cards, one)]
    for _ in range(4):
        a_take(project, a_shot(project, subjects=("@mara",)))
        a_scene(project)
        fill()
    assert [count(query) for query in every] + [count(queries.take_cards, one)] == before


def test_a_record_of_one_shot_is_the_record_of_the_board(project: OpenProject) -> None:
    ids = [a_shot(project) for _ in range(3)]
    a_take(project, ids[1])
    every = project.ask(queries.shot_cards)
    assert tuple(card(project, one) for one in ids) == every
    assert project.ask(queries.shot_cards, [ids[2], ids[0]]) == (every[0], every[2])
