"""Jobs taken up again at the next opening of their film."""

from __future__ import annotations

from typing import Any

import pytest

from model_runtime import protocol, safe_files
from studio.errors import NoSpaceLeft, ProjectError
from studio.generation.queue import JobQueue
from studio.generation.recovery import wish_again
from studio.generation.wish import Wish
from studio.open_project import OpenProject
from studio.project.cards import JobState
from studio.project.recipe import Recipe
from tests.builders import a_picture
from tests.fakes import SLATE, FakeRuntime, engine
from tests.generation.conftest import Bench, Submit, alter


def test_a_job_that_ran_at_closing_goes_on_at_the_next_opening(bench: Bench, submit: Submit) -> None:
    job = submit()
    bench.frames.progress(2)
    bench.close()
    bench.open_again()
    assert bench.card(job).state is JobState.INTERRUPTED
    bench.frames.greet()
    assert (bench.frames.wish.job, bench.frames.wish.attempt, bench.frames.wish.resume) == (job, 2, True)


def test_a_job_that_ran_at_a_crash_is_interrupted_at_the_next_opening(bench: Bench, submit: Submit) -> None:
    job = submit()
    bench.queue._intake.close()
    bench.project.close()
    bench.open_again()
    assert bench.card(job).state is JobState.INTERRUPTED


def test_files_finished_while_nobody_listened_are_taken_in(bench: Bench, submit: Submit, qtbot: Any) -> None:
    job = submit()
    bench.queue.close()
    bench.frames.deliver()
    bench.project.close()
    bench.open_again()
    with qtbot.waitSignal(bench.queue.idle):
        pass
    assert bench.card(job).state is JobState.DONE and len(bench.takes()) == 1


def test_folders_of_ended_jobs_are_cleared_and_unknown_ones_kept(bench: Bench, submit: Submit) -> None:
    job = submit()
    bench.frames.say(protocol.Cancelled(job, 1))
    bench.close()
    for name in (job, "job_of-nobody"):
        safe_files.make_folder(bench.folder / "jobs" / name)
    bench.open_again()
    assert not (bench.folder / "jobs" / job).exists() and (bench.folder / "jobs" / "job_of-nobody").is_dir()


def test_a_film_open_for_looking_takes_no_wishes(bench: Bench) -> None:
    with_eyes = OpenProject.open(bench.folder, writable=False)
    queue = JobQueue(with_eyes, FakeRuntime())
    queue.recover()
    with pytest.raises(ProjectError, match="reading only"):
        queue.submit(bench.shots[0])
    queue.close()
    with_eyes.close()


def test_a_job_planned_for_another_model_file_is_not_drawn_under_a_false_recipe(bench: Bench, submit: Submit) -> None:
    submit(0)
    stale, other = submit(1), submit(1, Wish(engine="slate"))
    bench.frames.lose()
    bench.frames.offered = (engine(weights="newer"), SLATE)
    bench.frames.greet()
    card = bench.card(stale)
    assert card.state is JobState.FAILED and "changed since this job was queued" in card.sentence
    assert bench.frames.wish.job == other


def test_a_finished_job_whose_recipe_cannot_be_read_does_not_keep_the_film_closed(
    bench: Bench, submit: Submit, qtbot: Any
) -> None:
    broken, other = submit(0), submit(1)
    bench.queue.close()
    bench.frames.deliver()
    bench.project.close()
    alter(bench.folder, broken, "recipe", "no recipe")
    bench.open_again()
    assert bench.card(broken).state is JobState.FAILED and bench.card(broken).sentence and bench.card(broken).hint
    bench.frames.greet()
    assert bench.frames.wish.job == other


def test_a_film_on_a_full_disk_is_opened_and_its_job_goes_on_once_there_is_space(
    bench: Bench, submit: Submit, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = submit()
    bench.queue._intake.close()
    bench.project.close()
    full, run = [True], OpenProject.run

    def run_or_refuse(project: OpenProject, command: Any, *args: Any, **facts: Any) -> Any:
        if full:
            raise NoSpaceLeft("There is no space left for the film.", "Free some space and try again.")
        return run(project, command, *args, **facts)

    monkeypatch.setattr(OpenProject, "run", run_or_refuse)
    bench.open_again()
    assert bench.card(job).state is JobState.RUNNING and bench.queue.busy
    full.clear()
    bench.queue._pay()
    assert bench.card(job).state is JobState.INTERRUPTED
    bench.frames.greet()
    assert (bench.frames.wish.job, bench.frames.wish.attempt) == (job, 2)


def test_a_file_that_was_staged_at_a_crash_is_cleared_away_at_the_next_opening(bench: Bench) -> None:
    media = bench.project.media
    media.stage_picture(a_picture(bench.folder.parent / "first.png"))
    staged = list(media.media.glob(f"*{safe_files.TEMPORARY_MARK}*"))
    bench.close()
    assert len(staged) == 2 and all(one.is_file() for one in staged), "closing alone does not know of it"
    bench.open_again()
    assert not any(one.exists() for one in staged)


def test_a_retry_sends_references_only_where_they_were_wanted() -> None:
    mask = {"hash": "a" * 64, "name": "a.png", "purpose": "mask", "subject": "", "view": "", "dropped": "no"}
    picture = {**mask, "purpose": "identity", "subject": "@mara"}
    assert not wish_again(Recipe(references=(mask,))).references
    assert wish_again(Recipe(references=(mask, picture))).references
