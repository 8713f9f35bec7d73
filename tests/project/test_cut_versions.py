"""Reading a cut and its versions: what events carry, what a frozen one keeps, in what two of them differ."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import event as events_of_sqlalchemy
from sqlalchemy import text
from sqlalchemy.orm import Session

from studio.errors import Refused
from studio.open_project import OpenProject
from studio.project import kept_panels, migrations, queries, store
from studio.project.changes import Changes
from studio.project.commands import cut, event, panel, scene, shot, trim
from studio.project.cut_cards import CutCard, EventCard, PanelShown, Stroke
from studio.project.shown import shown_at
from studio.project.timing import FrameRate
from tests.builders import a_panel, a_project, a_scene, a_shot, a_take

LINE = Stroke("pencil", ((0.1, 0.1), (0.5, 0.5)), 0.01, "#E8A33D")


def cards(project: OpenProject, version: str | None = None) -> list[EventCard]:
    return list(project.ask(queries.event_cards, version))


def versions(project: OpenProject) -> list[CutCard]:
    return list(project.ask(queries.cut_cards))


def shows(project: OpenProject, version: str | None = None) -> list[Any]:
    """Every picture in turn, and how the events are called."""
    shown = cards(project, version)
    pictures = [shown_at(card, FrameRate(24), frame) for card in shown for frame in range(card.frames)]
    return [*pictures, *((card.shot, card.film_frame, card.name) for card in shown)]


def differences(project: OpenProject, before: str, after: str) -> list[tuple[str, str, str]]:
    found = project.ask(queries.compare_cuts, before, after)
    return [(one.shot_number, one.kind, one.words) for one in found]


QUICK = settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck),
                 phases=(Phase.explicit, Phase.reuse, Phase.generate))


def edit(project: OpenProject, kind: int, a: int, b: int) -> None:
    shown = cards(project)
    card = shown[a % len(shown)]
    edits: list[Callable[[], Any]] = [
        lambda: project.run(event.split_event, card.id, b) if card.frames > b else None,
        lambda: project.run(event.move_event, card.id, b % len(shown)),
        lambda: project.run(event.add_event, card.shot, 0),
        lambda: project.run(trim.trim_head, card.id, -b),
        lambda: project.run(trim.retime_event, card.id, -b, 3),
        lambda: project.run(event.edit_event, card.id, framing_end=[0, 0, 1 / b, 1 / b], shows="panels"),
        lambda: project.run(shot.omit_shot, card.shot) if len(shown) > 3 else None,
        lambda: project.run(shot.choose_take, card.shot, None),
    ]
    edits[kind]()


def some_shots(folder: str) -> OpenProject:
    """Four shots: without anything, with a take, with a panel, with a take."""
    project = a_project(Path(folder))
    for place in range(4):
        one = a_shot(project, frames=12)
        if place % 2:
            a_take(project, one)
        elif place:
            a_panel(project, one)
    return project


# --- what an event carries ---------------------------------------------------------------------------------------


def test_an_event_carries_all_it_shows(project: OpenProject) -> None:
    one = a_shot(project, frames=24)
    made = a_take(project, one, head=3, rate="25/1")
    first = cards(project)[0]
    project.run(event.edit_event, first.id, shot_in=2, framing_start=[0, 0, 0.5, 0.5], ease="in", name="wink")
    card = cards(project)[0]
    assert (card.take, card.take_head, card.take_rate, card.shot_in) == (made, 3, FrameRate(25), 2)
    assert (card.take_in, card.take_phase) == (5, FrameRate(25).fraction * 2 / 24 - 2)
    assert (card.framing_start, card.framing_end, card.ease, card.name) == ((0, 0, 0.5, 0.5), None, "in", "wink")
    assert card.panels == ()


def test_an_event_before_its_takes_head_says_so_and_is_held_there(project: OpenProject) -> None:
    one = a_shot(project, frames=24)
    a_take(project, one, head=3)
    project.run(trim.trim_head, cards(project)[0].id, -10)
    assert cards(project)[0].take_in == -7
    assert shows(project)[0].take_frame == 0 and shows(project)[0].held


def test_without_a_take_the_chosen_panel_stands_with_its_lines(project: OpenProject) -> None:
    one = a_shot(project, frames=24)
    first, second = a_panel(project, one), a_panel(project, one, seed=2)
    project.run(panel.set_strokes, second, [LINE])
    assert [(shown.panel, shown.frames) for shown in cards(project)[0].panels] == [(first, 24)]
    project.run(shot.choose_panel, one, second)
    card = cards(project)[0]
    assert [(shown.panel, shown.strokes) for shown in card.panels] == [(second, (LINE,))]
    assert (card.picture, card.panel) == (card.panels[0].picture, second)
    project.run(event.edit_event, card.id, panel=first)
    assert cards(project)[0].panels[0].panel == first


def test_panels_with_lengths_play_in_turn_and_the_last_one_holds(project: OpenProject) -> None:
    one = a_shot(project, frames=24)
    made = [a_panel(project, one, seed=seed) for seed in range(3)]
    for panel_id, frames in ((made[0], 6), (made[2], 10)):
        project.run(panel.edit_panel, panel_id, frames=frames)
    assert [(shown.panel, shown.frames) for shown in cards(project)[0].panels] == [(made[0], 6), (made[2], 18)]
    project.run(panel.edit_panel, made[2], frames=90)
    assert [shown.frames for shown in cards(project)[0].panels] == [1, 23]
    project.run(event.edit_event, cards(project)[0].id, speed_num=-1, shot_in=23)
    assert [(shown.panel, shown.frames) for shown in cards(project)[0].panels] == [(made[2], 23), (made[0], 1)]


def test_an_event_can_show_the_panels_of_a_shot_that_has_takes(project: OpenProject) -> None:
    one = a_shot(project, frames=24)
    a_take(project, one)
    shown = a_panel(project, one)
    project.run(event.edit_event, cards(project)[0].id, shows="panels")
    card = cards(project)[0]
    assert (card.take, card.media, card.take_frames, card.panel) == (None, None, 0, shown)


def test_a_cut_is_read_in_as_many_questions_whatever_is_in_it(project: OpenProject) -> None:
    asked: list[str] = []
    events_of_sqlalchemy.listen(project._store.database, "before_cursor_execute", lambda *args: asked.append(args[2]))

    def count() -> int:
        asked.clear()
        old = versions(project)[-1].id
        project.ask(queries.event_cards), project.ask(queries.event_cards, old)
        project.ask(queries.compare_cuts, old, project.ask(queries.film_card).current_cut)
        return len(asked)

    project.run(cut.save_cut)
    a_shot(project)
    before = count()
    for seed in range(4):
        one = a_shot(project)
        project.run(panel.edit_panel, a_panel(project, one, seed=seed), frames=5)
        a_take(project, a_shot(project)), a_scene(project)
    project.run(cut.save_cut)
    assert count() == before


@QUICK
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 7), st.integers(1, 8)), min_size=1, max_size=14))
def test_only_what_an_edit_touched_need_be_read_again(doings: list[tuple[int, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = some_shots(folder)
        known, heard = cards(project), [Changes()]
        project.changed.connect(lambda changes: heard.append(heard.pop() | changes))
        for kind, a, b in doings:
            if kind < 8:
                edit(project, kind, a, b)
            elif kind == 8:
                project.run(cut.make_current, project.run(cut.save_cut) and versions(project)[-1].id)
            elif project.undo_text() != "Add shot":
                project.undo()
            if b % 2:
                known = project.ask(queries.event_cards_again, known, heard[0])
                heard[0] = Changes()
                assert list(known) == cards(project)
        project.close()


def test_a_removed_panel_and_a_renamed_scene_are_read_again(project: OpenProject) -> None:
    one = a_shot(project, frames=24)
    drawn = a_panel(project, one)
    known = cards(project)
    renamed = project.run(scene.edit_scene, known[0].scene, number="7")
    known = list(project.ask(queries.event_cards_again, known, renamed))
    assert (known[0].shot_number, known[0].panels[0].panel) == ("7_0010", drawn)
    known = list(project.ask(queries.event_cards_again, known, project.run(panel.remove_panel, drawn)))
    assert (known, known[0].panels) == (cards(project), ())


# --- versions ----------------------------------------------------------------------------------------------------


def test_versions_are_listed_the_newest_first_with_what_they_show(project: OpenProject) -> None:
    one, two = a_shot(project, frames=10), a_shot(project, frames=20)
    project.run(shot.omit_shot, one)
    project.run(cut.save_cut, "Fine cut")
    project.run(shot.restore_shot, one)
    fine, first = versions(project)
    assert (fine.name, fine.number, fine.current, fine.frozen, fine.events, fine.frames) == (
        "Fine cut", 2, True, False, 2, 30)
    assert (first.name, first.current, first.frozen, first.events, first.frames) == ("Cut 1", False, True, 1, 20)
    assert [card.shot for card in cards(project, first.id)] == [two]


def test_a_frozen_cut_shows_what_it_showed_whatever_is_chosen_later(project: OpenProject) -> None:
    taken, drawn, bare = (a_shot(project, frames=10) for _ in range(3))
    a_take(project, taken), a_panel(project, drawn)
    old = versions(project)[0].id
    before = shows(project)
    project.run(cut.save_cut)
    project.run(shot.choose_take, taken, a_take(project, taken))
    a_take(project, drawn), a_take(project, bare)
    project.run(shot.choose_panel, drawn, a_panel(project, drawn, seed=9))
    assert shows(project, old) == before != shows(project)
    assert differences(project, old, versions(project)[0].id) == [
        ("1_0010", "take", "take v002 instead of take v001"),
        ("1_0020", "take", "take v001 instead of a panel"),
        ("1_0030", "take", "take v001 instead of a missing-shot card"),
    ]


def test_a_frozen_cut_keeps_its_panels_whatever_becomes_of_the_board(project: OpenProject) -> None:
    drawn, timed, bare = (a_shot(project, frames=10) for _ in range(3))
    one, first, second = a_panel(project, drawn), a_panel(project, timed), a_panel(project, timed, seed=9)
    project.run(panel.edit_panel, first, frames=4, framing_end=(0.1, 0.1, 0.5, 0.5))
    project.run(panel.edit_panel, second, frames=6)
    old, before = versions(project)[0].id, shows(project)
    project.run(cut.save_cut)
    project.run(panel.set_strokes, one, [LINE])
    project.run(panel.edit_panel, one, framing_start=(0, 0, 0.5, 0.5))
    project.run(panel.edit_panel, first, frames=9, framing_end=None)
    project.run(shot.edit_shot, timed, frames=5)
    project.run(panel.remove_panel, second)
    a_panel(project, bare)
    assert shows(project, old) == before
    project.run(panel.remove_panel, one)
    assert shows(project, old) == before
    while project.undo_text():
        project.undo()
    while project.redo_text():
        project.redo()
    assert shows(project, old) == before


def test_a_version_that_is_gone_on_with_shows_the_board_again(project: OpenProject) -> None:
    drawn, bare = a_shot(project, frames=10), a_shot(project, frames=10)
    one = a_panel(project, drawn)
    old = versions(project)[0].id
    project.run(cut.save_cut)
    project.run(panel.set_strokes, one, [LINE])
    two = a_panel(project, bare)
    project.run(cut.make_current, old)
    assert [(card.panel, card.panels[0].strokes) for card in cards(project)] == [(one, (LINE,)), (two, ())]


def test_panels_that_were_altered_in_the_film_file_are_not_shown(tmp_path: Path) -> None:
    whole = PanelShown("panel_a", tmp_path / "media" / f"{'a' * 64}.png", 12, None, (0.0, 0.0, 0.5, 0.5), (LINE,))
    kept = kept_panels.written([whole])
    outside = {**kept[0], "picture": "../../secret.png"}
    assert kept_panels.read([*kept, outside, {}, 7, {**kept[0], "frames": "x"}], tmp_path) == (whole,)


def test_a_version_that_is_gone_on_with_is_as_it_was_and_follows_later_choices(project: OpenProject) -> None:
    one, two = a_shot(project, frames=10), a_shot(project, frames=10)
    a_take(project, one)
    old, before = versions(project)[0].id, shows(project)
    new = project.run(cut.save_cut).new("cut")
    project.run(cut.make_current, old)
    assert shows(project) == before == shows(project, new)
    a_take(project, two)
    project.run(shot.choose_take, one, a_take(project, one))
    assert [card.take_name for card in cards(project)] == ["v002", "v001"]
    assert [card.take_name for card in cards(project, new)] == ["v001", ""]


def test_a_shot_that_an_earlier_cut_shows_is_omitted_and_not_removed(project: OpenProject) -> None:
    one = a_shot(project)
    project.run(cut.save_cut)
    with pytest.raises(Refused, match="earlier cut 'Cut 1' shows this shot"):
        project.run(shot.remove_shot, one)
    project.run(cut.remove_cut, versions(project)[1].id)
    assert project.run(shot.remove_shot, one)


# --- differences -------------------------------------------------------------------------------------------------


def test_every_kind_of_difference_is_told_in_words(project: OpenProject) -> None:
    shots = [a_shot(project, frames=24) for _ in range(6)]
    for one in shots[:3]:
        a_take(project, one)
    old = versions(project)[0].id
    new = project.run(cut.save_cut).new("cut")
    ids = [card.id for card in cards(project)]
    project.run(trim.trim_tail, ids[0], -12)
    project.run(trim.slip_event, ids[1], -3)
    project.run(event.edit_event, ids[1], flop=True, hold="last", name="wink")
    project.run(trim.retime_event, ids[2], -1)
    project.run(event.move_event, ids[3], 0)
    project.run(event.remove_events, [ids[4]])
    added = a_shot(project, frames=30)
    assert differences(project, old, new) == [
        ("1_0040", "moved", "moved to the head of the cut"),
        ("1_0010", "length", "12 frames shorter"),
        ("1_0020", "other", "begins 3 frames later in the shot, holds its last frame, flopped, called “wink”"),
        ("1_0030", "other", "played backwards"),
        ("1_0050", "removed", "taken out, 24 frames"),
        ("1_0070", "added", "added, 30 frames"),
    ]
    assert [one[1] for one in differences(project, new, old)] == [
        "length", "other", "other", "moved", "added", "removed"]
    assert added in {one.shot for one in project.ask(queries.compare_cuts, old, new)}


def test_a_second_showing_of_a_shot_is_told_apart_from_the_first(project: OpenProject) -> None:
    one = a_shot(project, frames=24)
    a_take(project, one), a_shot(project)
    old = versions(project)[0].id
    new = project.run(cut.save_cut).new("cut")
    project.run(event.add_event, one, 0)
    project.run(event.edit_event, cards(project)[0].id, shot_in=9, frames=5)
    assert differences(project, old, new) == [("1_0010", "added", "added, 5 frames")]
    assert differences(project, new, old) == [("1_0010", "removed", "taken out, 5 frames")]


@QUICK
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(1, 8)), max_size=12))
def test_a_cut_differs_in_nothing_from_its_fresh_copy(doings: list[tuple[int, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = some_shots(folder)
        for doing in doings:
            edit(project, *doing)
        old, before = project.ask(queries.film_card).current_cut, shows(project)
        new = project.run(cut.save_cut).new("cut")
        assert differences(project, old, new) == differences(project, new, old) == []
        assert shows(project, old) == shows(project, new) == before
        project.run(cut.make_current, old)
        assert shows(project) == before
        project.close()


# --- films of the first schema -----------------------------------------------------------------------------------


def test_a_film_of_the_first_schema_opens_with_its_cut_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(migrations, "SCHEMA", 1)
        store.create(tmp_path / "film", lambda session: [session.execute(text(row)) for row in OLD_FILM]).close()
    project = OpenProject.open(tmp_path / "film")
    assert [(card.frames, card.shot_in, card.speed_num, card.film_frame) for card in cards(project)] == [(30, 4, 2, 0)]
    project.run(event.split_event, cards(project)[0].id, 7)
    assert [(card.frames, card.shot_in) for card in cards(project)] == [(7, 4), (23, 18)]
    assert [path.name.rpartition("-")[2] for path in (tmp_path / "film" / "backups").iterdir()] == ["1.sqlite"]
    project.close()


def test_undo_brings_an_event_back_that_was_removed_under_the_first_schema(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = {"id": "event_b", "cut_id": "cut_a", "shot_id": "shot_a", "rank": 2, "shows": "", "take_id": None,
           "panel_id": None, "shot_in": 3, "frames": 12, "speed_num": 1, "speed_den": 1, "hold": "", "flop": True,
           "framing_start": None, "framing_end": None, "ease": "", "name": "again"}
    change = "INSERT INTO journal_change (step_id, kind, row_id, before) VALUES (1, 'event', 'event_b', :before)"

    def fill(session: Session) -> None:
        for one in (*OLD_FILM, "INSERT INTO journal_step VALUES (1, 'Remove events', 0, '')"):
            session.execute(text(one))
        session.execute(text(change), {"before": json.dumps(row)})

    with monkeypatch.context() as older:
        older.setattr(migrations, "SCHEMA", 1)
        store.create(tmp_path / "film", fill).close()
    project = OpenProject.open(tmp_path / "film")
    project.undo()
    back = cards(project)[1]
    assert (back.id, back.shot_in, back.frames, back.flop, back.name) == ("event_b", 3, 12, True, "again")
    assert (back.shot_in_part, back.framing_first, back.framing_frames) == (0, 0, 0)
    project.redo()
    assert [card.id for card in cards(project)] == ["event_a"]
    project.close()


OLD_FILM = (
    "INSERT INTO film (id, title, rate_num, rate_den, aspect, width, height, start_timecode, numbering, numbers_locked,"
    " show, episode, current_cut_id, source_frames, made_at) VALUES ('film_a', 'Old', 24, 1, '16:9', 160, 90,"
    " '01:00:00:00', 'tens', 0, '', '', 'cut_a', 0, '')",
    "INSERT INTO cut (id, number, name, frozen, made_at) VALUES ('cut_a', 1, 'Cut 1', 0, '')",
    "INSERT INTO scene (id, rank, number, revision, sequence, heading, location, time, weather, story_day)"
    " VALUES ('scene_a', 1, '1', '', '', 'EXT. PIER', '', '', '', 1)",
    "INSERT INTO shot (id, scene_id, number, suffix, frames, prompt, size, angle, lens, height, move, action, dialogue,"
    " notes, approved, omitted, pages_changed, kept_fed, made_at) VALUES ('shot_a', 'scene_a', 10, '', 48, '', '', '',"
    " '', '', '', '', '', '', 0, 0, '', '', '')",
    "INSERT INTO event (id, cut_id, shot_id, rank, shows, shot_in, frames, speed_num, speed_den, hold, flop, ease,"
    " name) VALUES ('event_a', 'cut_a', 'shot_a', 1, '', 4, 30, 2, 1, '', 0, '', '')",
)
