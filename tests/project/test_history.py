"""Undo and redo: any edits in any order, takes arriving in between, restarts in between."""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update

from studio.errors import Refused, StudioError
from studio.open_project import OpenProject
from studio.project import history, queries
from studio.project.cards import JobState
from studio.project.commands import (
    arrivals,
    cut,
    event,
    expansion,
    film,
    job,
    marker,
    note,
    panel,
    reference,
    scene,
    shot,
    shot_pictures,
    sound,
    subject,
    take,
    trim,
)
from studio.project.cut_cards import Stroke
from studio.project.entities import Base, JournalChange, JournalStep, Shot
from studio.project.media import Imported
from studio.project.prompt_cards import PromptPart
from tests.builders import a_job, a_panel, a_project, a_reference, a_scene, a_shot, a_subject, a_take

JOURNAL = {"journal_step", "journal_change"}
FORWARD_ONLY = {"film.source_frames"}


def everything(project: OpenProject) -> dict[str, Any]:
    """Every row of the film but the journal's, by table and id."""

    def read(session: Any) -> dict[str, Any]:
        return {
            table.name: {
                row.id: {column: value for column, value in row._mapping.items()
                         if f"{table.name}.{column}" not in FORWARD_ONLY}
                for row in session.execute(select(table))
            }
            for table in Base.metadata.sorted_tables
            if table.name not in JOURNAL
        }

    return project.ask(read)


def imported(kind: str, content: int) -> Imported:
    """As if a file had been brought in."""
    name = f"{content % 10}" * 64
    ending = {"picture": "png", "clip": "mp4", "sound": "wav"}[kind]
    return Imported(name, f"{name}.{ending}", f"{name}.{ending}", f"{kind}.{ending}", kind, 16, 9, frames=5 + content)


def unbroken(project: OpenProject) -> bool:
    return project.ask(lambda s: s.execute(text("PRAGMA foreign_key_check")).all()) == []


def generated(project: OpenProject) -> set[str]:
    return {row for row, take in everything(project)["take"].items() if take["origin"] == "generated"}


class Hands:
    """Does one edit out of three numbers, as far as the film allows it."""

    def __init__(self, project: OpenProject) -> None:
        self.project = project

    def edit(self, kind: int, a: int, b: int) -> None:
        edits = [self.add_scene, self.add_shot, self.add_shot, self.edit_shot, self.move_event, self.trim, self.split,
                 self.cast, self.omit, self.approve, self.duplicate, self.remove_shot, self.scene, self.rename,
                 self.remove_subject, self.choose, self.star, self.write_note, self.save_cut, self.hear, self.film,
                 self.panels, self.dress, self.mark, self.show, self.send, self.decide, self.give]
        # Where the film says no, nothing has changed.
        with contextlib.suppress(StudioError):
            edits[kind % len(edits)](a, b)

    def pick(self, query: Callable[..., Any], a: int) -> Any:
        cards = self.project.ask(query)
        return cards[a % len(cards)] if cards else None

    def rows(self, entity: Any, a: int) -> str:
        ids = self.project.ask(lambda s: list(s.scalars(select(entity.id).order_by(entity.id))))
        return str(ids[a % len(ids)]) if ids else ""

    def shot(self, a: int) -> str:
        card = self.pick(queries.shot_cards, a)
        return card.id if card else ""

    def event(self, a: int) -> str:
        card = self.pick(queries.event_cards, a)
        return card.id if card else ""

    def add_scene(self, a: int, b: int) -> None:
        self.project.run(scene.add_scene, f"Scene {b}", at=a % (len(self.project.ask(queries.scene_cards)) + 1))

    def add_shot(self, a: int, b: int) -> None:
        names = [s.name for s in self.project.ask(queries.subject_cards)][: b % 3]
        self.project.run(shot.add_shot, frames=1 + b, prompt=f"@mara {a}", subjects=names, after=self.shot(a) or None)

    def edit_shot(self, a: int, b: int) -> None:
        self.project.run(shot.edit_shot, self.shot(a), prompt=f"@mara and @jon {b}", frames=1 + b, size=f"size {b}")

    def events(self, a: int, b: int) -> list[str]:
        cards = self.project.ask(queries.event_cards)
        return [card.id for card in cards[a % (len(cards) + 1) :: 1 + b % 3]]

    def move_event(self, a: int, b: int) -> None:
        place = b % max(1, len(self.project.ask(queries.event_cards)))
        if a % 3:
            self.project.run(event.move_event, self.event(a), place)
        elif b % 4:
            self.project.run(event.move_events, self.events(a, b), place)
        else:
            self.project.run(event.remove_events, self.events(a, b))

    def trim(self, a: int, b: int) -> None:
        one, command = self.event(a), (trim.trim_head, trim.trim_tail, trim.roll_cut, trim.slip_event)[b % 4]
        if a % 3:
            self.project.run(command, one, b // 4 - 3)
        elif b % 2:
            self.project.run(trim.set_lengths, dict.fromkeys(self.events(a, b), 1 + b))
        else:
            self.project.run(trim.retime_event, one, b // 4 - 3, 1 + b % 5)

    def split(self, a: int, b: int) -> None:
        self.project.run(shot.split_shot if a % 3 == 0 else event.split_event, self.event(a), 1 + b % 5)

    def cast(self, a: int, b: int) -> None:
        names = [s.name for s in self.project.ask(queries.subject_cards)]
        self.project.run(shot.set_shot_subjects, self.shot(a), [(n, "left", "", f"act {b}") for n in names[b % 2 :]])

    def omit(self, a: int, b: int) -> None:
        shots = [card.id for card in self.project.ask(queries.shot_cards)][a :: 1 + b % 4]
        self.project.run(shot.omit_shots, shots, bool(b % 2))

    def approve(self, a: int, b: int) -> None:
        self.project.run(shot.approve_shot, self.shot(a), bool(b % 2))

    def duplicate(self, a: int, b: int) -> None:
        shots = [card.id for card in self.project.ask(queries.shot_cards)][a :: 1 + b % 4]
        self.project.run(shot.duplicate_shots, shots[:3])

    def remove_shot(self, a: int, _b: int) -> None:
        self.project.run(shot.remove_shot, self.shot(a))

    def scene(self, a: int, b: int) -> None:
        one = self.pick(queries.scene_cards, a)
        if one and b % 3 == 0:
            self.project.run(scene.move_scene, one.id, b % len(self.project.ask(queries.scene_cards)))
        elif one and b % 3 == 1:
            self.project.run(scene.edit_scene, one.id, time=f"time {b}", story_day=b)
        elif one:
            self.project.run(scene.remove_scene, one.id)

    def rename(self, a: int, b: int) -> None:
        if a % 3 == 0:
            self.project.run(subject.add_subject, ("@mara", "@jon", "@ada")[b % 3], "character")
        else:
            one = self.pick(queries.subject_cards, a)
            self.project.run(subject.rename_subject, one.id if one else "", ("@mara", "@jon", "@ada", "@eve")[b % 4])

    def remove_subject(self, a: int, _b: int) -> None:
        one = self.pick(queries.subject_cards, a)
        self.project.run(subject.remove_subject, one.id if one else "")

    def choose(self, a: int, b: int) -> None:
        one = self.shot(a)
        takes = [t.id for t in self.project.ask(queries.take_cards, one)] if one else []
        self.project.run(shot.choose_take, one, takes[b % len(takes)] if takes and b % 4 else None)

    def star(self, a: int, b: int) -> None:
        self.project.run(take.star_take if b % 2 else take.reject_take, self.rows(take.Take, a))

    def write_note(self, a: int, b: int) -> None:
        old = self.rows(note.Note, a)
        if old and b % 3 == 0:
            self.project.run(note.remove_note, old)
        elif old and b % 3 == 1:
            drawn = Stroke("pencil", ((0, b / 30),), 0.01, "#00FF00")
            self.project.run(note.edit_note, old, status="done", drawing=[drawn])
        else:
            self.project.run(note.add_note, self.shot(a), f"note {b}")

    def save_cut(self, a: int, b: int) -> None:
        if b % 3 == 0:
            self.project.run(cut.save_cut, f"Cut {a}")
        elif b % 3 == 1:
            self.project.run(cut.make_current, self.rows(cut.Cut, a))
        else:
            self.project.run(cut.remove_cut, self.rows(cut.Cut, a))

    def hear(self, a: int, b: int) -> None:
        clip = self.rows(sound.SoundClip, a)
        if clip and b % 2:
            self.project.run(sound.edit_sound, clip, gain=-float(b % 9), film_frame=b)
        else:
            self.project.run(sound.add_sound, self.rows(sound.Lane, a), media=f"{'0' * 64}.wav", film_frame=b,
                             source_length=48000)

    def film(self, a: int, b: int) -> None:
        if b % 3 == 0:
            self.project.run(film.renumber)
        else:
            self.project.run(film.set_film, title=f"Film {a}", rate=("24", "25", "29.97")[b % 3])

    def panels(self, a: int, b: int) -> None:
        old = self.rows(take.Panel, a)
        if old and b % 3 == 0:
            self.project.run(panel.remove_panel, old)
        elif old and b % 3 == 1:
            self.project.run(panel.edit_panel, old, frames=1 + b, framing_start=[0, 0, 0.5, 0.5])
        elif old and b % 7 == 3:
            self.project.run(panel.set_strokes, old, [Stroke("arrow", ((0, 0), (b / 30, 1)), 0.01, "#FF0000")])
        elif old and b % 5 == 2:
            self.project.run(panel.new_version, old, imported("picture", b))
        elif b % 5 == 3:
            self.project.run(take.import_take, self.shot(a), imported("clip", b))
        else:
            self.project.run(panel.add_panels, self.shot(a), [imported("picture", b), imported("picture", b + 1)])

    def dress(self, a: int, b: int) -> None:
        one = self.pick(queries.subject_cards, a)
        worn, said = self.rows(subject.WardrobeChange, a), self.rows(subject.WardrobeException, a)
        if said and b % 5 == 4:
            self.project.run(subject.remove_exception, said)
        elif worn and b % 3 == 1:
            self.project.run(subject.wear if b % 2 else subject.dont_wear, worn, shot=self.shot(b))
        elif worn and b % 7 == 3:
            self.project.run(subject.edit_wardrobe, worn, aspect=("clothes", "hair")[b % 2], last_day=b or None)
        elif worn and b % 7 == 5:
            self.project.run(subject.remove_wardrobe, worn)
        else:
            self.project.run(subject.add_wardrobe, one.id if one else "", b, description="as @mara likes it")

    def show(self, a: int, b: int) -> None:
        one, view = self.pick(queries.subject_cards, a), self.rows(subject.SubjectView, a)
        if view and b % 5 == 0:
            self.project.run(subject.move_view, view, b % 4)
        elif view and b % 5 == 1:
            self.project.run(subject.edit_view, view, view=subject.VIEWS[b % 6], subject=one.id)
        elif view and b % 5 == 2:
            self.project.run(subject.remove_view, view)
        else:
            files = [imported("picture", b), imported("picture", b + a)]
            self.project.run(arrivals.add_views, one.id if one else "", files)

    def send(self, a: int, b: int) -> None:
        views = [view.id for one in self.project.ask(queries.subject_cards) for view in one.views]
        if b % 4 == 0:
            self.project.run(shot_pictures.reset_views, self.shot(a))
        elif b % 4 == 1:
            self.project.run(shot_pictures.order_views, self.shot(a), views[b % 3 :: -1])
        else:
            self.project.run(shot_pictures.leave_out, self.shot(a), views[b % len(views)] if views else "", b % 3 > 0)

    def decide(self, a: int, b: int) -> None:
        one = self.rows(expansion.PromptExpansion, a)
        if b % 5 < 2:
            state = ("accepted", "refused", "proposed", "edited")[b % 4]
            self.project.run(expansion.decide_part, one, b % 3, state, f"@mara {b}" if state == "edited" else None)
        elif b % 5 == 2:
            self.project.run(expansion.lock_part, one, b % 3, bool(b % 2))
        else:
            self.project.run(expansion.accept_expansion if b % 2 else expansion.refuse_expansion, one)

    def give(self, a: int, b: int) -> None:
        given = self.rows(reference.ShotReference, a)
        if given and b % 3 == 0:
            self.project.run(reference.take_reference_away, given)
        else:
            files, purpose = [imported("picture", b)], ("look", "first_frame", "guide")[b % 3]
            self.project.run(arrivals.give_pictures, self.shot(a), files, purpose, b)

    def mark(self, a: int, b: int) -> None:
        old = self.rows(marker.Marker, a)
        if old and b % 2:
            self.project.run(marker.remove_marker, old)
        else:
            self.project.run(marker.add_marker, b, f"marker {a}")


# Shrinking a film of twenty edits takes minutes; a failing example names its edits as it is.
QUICK = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck),
                 phases=(Phase.explicit, Phase.reuse, Phase.generate))

edits = st.tuples(st.integers(0, 27), st.integers(0, 6), st.integers(0, 30))


def a_film(folder: str) -> OpenProject:
    project = a_project(Path(folder))
    a_subject(project)
    one, _ = a_shot(project, subjects=("@mara",)), a_shot(project)
    for variant in (1, 2):
        parts = (PromptPart("caption", "@mara walks."), PromptPart("place", "A pier."), PromptPart("negative", "text"))
        project.run(expansion.propose_expansion, one, draft="", provider="grammar", parts=parts, variant=variant)
    return project


@QUICK
@given(st.lists(edits, min_size=1, max_size=18), st.integers(0, 17))
def test_undo_leads_back_through_every_state_and_redo_forth_again(steps: list[Any], restart: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = a_film(folder)
        hands, seen = Hands(project), [everything(project)]
        for step in steps:
            hands.edit(*step)
            if (now := everything(project)) != seen[-1]:
                seen.append(now)
            if len(seen) == restart:
                project.close()
                project = OpenProject.open(project.folder)
                hands.project = project
        for back, state in enumerate(reversed(seen[:-1])):
            assert not project.undo().note
            assert everything(project) == state
            if back == restart:
                project.close()
                project = OpenProject.open(project.folder)
        for state in seen[1:]:
            project.redo()
            assert everything(project) == state
        assert project.redo_text() == ""
        project.close()


@QUICK
@given(st.lists(st.tuples(edits, st.integers(0, 9), st.integers(0, 6)), min_size=1, max_size=14))
def test_takes_that_arrive_in_between_are_never_lost(steps: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = a_film(folder)
        hands, takes = Hands(project), set()
        for edit, arrives, a in steps:
            hands.edit(*edit)
            one = hands.shot(a)
            if arrives < 4 and one:
                takes.add(a_take(project, one))
            elif arrives == 4 and one:
                a_panel(project, one, seed=a)
            elif arrives == 5 and project.undo_text():
                project.undo()
                if one := hands.shot(a):
                    takes.add(a_take(project, one))
        before = everything(project)
        went_back = 0
        while project.undo_text():
            went_back += 1
            project.undo()
            assert unbroken(project)
            assert generated(project) == takes
        assert went_back
        while project.redo_text():
            project.redo()
            assert unbroken(project)
        after = everything(project)
        assert generated(project) == takes <= set(before["take"])
        assert after["job"] == before["job"]
        project.close()


# --- single rules ------------------------------------------------------------------------------------------------


def test_one_run_is_one_step_and_has_a_name(project: OpenProject) -> None:
    a_scene(project)
    assert project.undo_text() == "Add scene"
    project.undo()
    assert (project.undo_text(), project.redo_text()) == ("", "Add scene")
    assert not project.undo()


def test_a_new_edit_forgets_what_was_undone(project: OpenProject) -> None:
    a_scene(project), a_scene(project)
    project.undo()
    a_scene(project, "Other")
    assert project.redo_text() == ""
    assert [card.heading for card in project.ask(queries.scene_cards)] == ["EXT. PIER - NIGHT", "Other"]


def test_a_take_arriving_leaves_what_was_undone_to_be_done_again(project: OpenProject) -> None:
    one = a_shot(project)
    project.run(shot.edit_shot, one, action="run")
    project.undo()
    a_take(project, one)
    assert project.redo_text() == "Edit shot"
    project.redo()
    assert project.ask(queries.shot_card, one).action == "run"


def test_undo_keeps_what_a_job_wrote_and_says_so(project: OpenProject) -> None:
    one = a_shot(project)
    first = a_take(project, one)
    project.run(shot.choose_take, one, None)
    second = a_take(project, one)
    changes = project.undo()
    assert "chosen take" in changes.note
    assert project.ask(queries.shot_card, one).chosen_take == second != first


def test_a_shot_with_a_take_by_now_is_not_undone(project: OpenProject) -> None:
    a_scene(project)
    one = a_shot(project)
    a_take(project, one)
    changes = project.undo()
    assert changes.note == "“Add shot” stays as it is: the shot has a job by now."
    assert len(project.ask(queries.shot_cards)) == len(project.ask(queries.event_cards)) == 1
    assert project.undo_text() == "Add scene"


def test_a_removed_subject_comes_back_with_all_that_went_with_it(project: OpenProject) -> None:
    mara = a_subject(project)
    one = a_shot(project, subjects=("@mara",))
    project.run(subject.add_view, mara, a_reference(project), "front")
    worn = project.run(subject.add_wardrobe, mara, 1, description="coat").new("wardrobe_change")
    project.run(subject.wear, worn, shot=one)
    before = everything(project)
    changes = project.run(subject.remove_subject, mara)
    assert mara in changes["subject"] and one in changes["shot"]
    assert project.ask(queries.shot_card, one).subjects == ()
    project.undo()
    assert everything(project) == before


def test_undo_reports_every_row_it_touched(project: OpenProject) -> None:
    one = a_shot(project)
    heard: list[Any] = []
    project.changed.connect(heard.append)
    project.undo()
    assert one in heard[-1]["shot"]
    back = project.redo()
    assert ("shot", one) in back.created
    assert len(heard) == 2


def test_only_changed_columns_are_kept(project: OpenProject) -> None:
    one = a_shot(project)
    project.run(shot.edit_shot, one, action="run", size="wide")
    last = project.ask(lambda s: s.scalars(select(JournalChange).order_by(JournalChange.id.desc())).first())
    assert (last.kind, last.before, last.after) == ("shot", {"action": "walk"}, {"action": "run"})


def test_an_edit_that_changes_nothing_is_no_step(project: OpenProject) -> None:
    one = a_shot(project)
    project.run(shot.edit_shot, one, action="walk")
    assert project.undo_text() == "Add shot"


def test_a_thousand_steps_are_kept(project: OpenProject, monkeypatch: pytest.MonkeyPatch) -> None:
    assert history.KEPT_STEPS == 1_000
    monkeypatch.setattr(history, "KEPT_STEPS", 5)
    one = a_shot(project)
    for index in range(9):
        project.run(shot.edit_shot, one, action=f"action {index}")
    steps, orphans = project.ask(lambda s: (
        s.query(JournalStep).count(),
        s.query(JournalChange).filter(JournalChange.step_id.not_in(select(JournalStep.id))).count()))
    assert (steps, orphans) == (5, 0)
    while project.undo_text():
        project.undo()
    assert project.ask(queries.shot_card, one).action == "action 3"


def test_slices_of_one_edit_are_undone_together(project: OpenProject) -> None:
    before = everything(project)
    a_scene(project)
    step = project.newest_step()
    assert step is not None
    one = project.run_on(step, shot.add_shot).new("shot")
    a_scene(project, "Of another step")
    project.run_on(step, shot.edit_shot, one, action="run")
    full = everything(project)
    project.undo()
    assert project.undo_text() == "Add scene" and project.newest_step() == step
    project.undo()
    assert everything(project) == before and project.newest_step() is None
    with pytest.raises(Refused, match="undone meanwhile"):
        project.run_on(step, scene.add_scene, "Late")
    assert everything(project) == before
    project.redo(), project.redo()
    assert everything(project) == full


def test_timecode_once_given_is_not_given_again_after_an_undo(project: OpenProject) -> None:
    one = a_shot(project)
    project.run(take.import_take, one, imported("clip", 40))
    project.undo()
    a_take(project, one)
    project.redo()
    starts = sorted((card.timecode, card.frames) for card in project.ask(queries.take_cards, one))
    assert starts == [("00:00:01:21", 50)] and project.redo_text() == ""


def test_jobs_and_takes_are_no_steps(project: OpenProject) -> None:
    one = a_shot(project)
    name = a_job(project, one)
    project.run(job.set_job, name, state=JobState.RUNNING)
    a_take(project, one)
    assert project.undo_text() == "Add shot"


def test_an_edit_past_the_journal_is_a_fault(project: OpenProject) -> None:
    a_shot(project)

    def unseen(session: Any) -> Any:
        session.execute(update(Shot).values(action="gone"))

    with pytest.raises(RuntimeError, match="mapped rows"):
        project.run(unseen)


def test_an_edit_that_fails_leaves_nothing(project: OpenProject) -> None:
    before = everything(project)

    def fails(session: Any) -> Any:
        reference.record_reference(session, "0" * 64, f"{'0' * 64}.png")
        session.flush()
        raise ValueError("in the middle")

    with pytest.raises(ValueError, match="in the middle"):
        project.run(fails)
    assert everything(project) == before
    assert project.undo_text() == ""


def test_the_journal_is_plain_json(project: OpenProject) -> None:
    a_shot(project)
    rows = project.ask(lambda s: s.execute(text("SELECT before, after FROM journal_change")).all())
    assert rows and all(json.loads(row.after or row.before) for row in rows)
