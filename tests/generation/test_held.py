"""Drawings stopped to be looked at: kept with a picture, the chosen ones continued, the others cancelled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from model_runtime import protocol
from studio.errors import Refused
from studio.generation.wish import Wish
from studio.project.cards import JobState
from tests.builders import a_picture
from tests.generation.conftest import Bench, Submit

HOLD = Wish(stop_at=2, seed=7)


def hold(bench: Bench, job: str, *, preview: bool = True) -> None:
    """What a runtime does at the step it was told to stop at."""
    if preview:
        a_picture(bench.folder / "jobs" / job / "preview.png").rename(preview_of(bench, job))
    bench.frames.say(protocol.Held(job, bench.frames.wish.attempt, 2))


def preview_of(bench: Bench, job: str) -> Path:
    return bench.folder / "jobs" / job / protocol.PREVIEW_FILE


@pytest.fixture
def three(bench: Bench, submit: Submit) -> list[str]:
    """Three held jobs of one shot."""
    jobs = []
    for _ in range(3):
        jobs.append(submit(wish=HOLD))
        assert bench.frames.wish.stop_at == 2
        hold(bench, jobs[-1])
    return jobs


def test_a_held_job_is_over_for_now_and_keeps_its_picture(bench: Bench, three: list[str]) -> None:
    assert [bench.card(job).state for job in three] == [JobState.HELD] * 3
    held = bench.queue.held()
    assert [one.card.id for one in held] == three and bench.ended == three
    assert [one.preview for one in held] == [preview_of(bench, job) for job in three]
    assert bench.card(three[0]).step == 2


def test_the_chosen_goes_on_from_what_was_saved_and_does_not_stop_again(
    bench: Bench, three: list[str], qtbot: Any
) -> None:
    bench.queue.go_on([three[1]], cancel_others=True)
    wish = bench.frames.wish
    assert (wish.job, wish.resume, wish.stop_at, wish.attempt, wish.seed) == (three[1], True, 0, 2, 7)
    assert [bench.card(job).state for job in three] == [JobState.CANCELLED, JobState.RUNNING, JobState.CANCELLED]
    with qtbot.waitSignal(bench.queue.idle):
        bench.frames.finish()
    assert bench.card(three[1]).state is JobState.DONE and len(bench.takes()) == 1
    qtbot.waitUntil(lambda: not (bench.folder / "jobs" / three[0]).exists())


def test_the_others_can_be_kept(bench: Bench, three: list[str]) -> None:
    bench.queue.go_on([three[0], three[2]])
    states = [bench.card(job).state for job in three]
    assert states == [JobState.RUNNING, JobState.HELD, JobState.QUEUED]


def test_held_jobs_of_other_shots_are_left_alone(bench: Bench, three: list[str], submit: Submit) -> None:
    other = submit(1, HOLD)
    hold(bench, other, preview=False)
    bench.queue.go_on([three[0]], cancel_others=True)
    assert bench.card(other).state is JobState.HELD and bench.queue.held()[0].preview is None


def test_nothing_is_done_where_one_of_them_is_not_held(bench: Bench, three: list[str]) -> None:
    bench.queue.cancel(three[2])
    with pytest.raises(Refused, match="is cancelled, not held"):
        bench.queue.go_on([three[0], three[2]])
    assert bench.card(three[0]).state is JobState.HELD


def test_a_held_job_outlives_closing(bench: Bench, three: list[str]) -> None:
    bench.close()
    bench.open_again()
    assert [one.card.id for one in bench.queue.held()] == three and preview_of(bench, three[0]).is_file()
    bench.queue.retry(three[0])
    assert bench.card(three[0]).state is JobState.QUEUED


def test_a_job_interrupted_before_it_was_held_is_still_held_then(bench: Bench, submit: Submit) -> None:
    job = submit(wish=HOLD)
    bench.frames.progress(1)
    bench.frames.lose()
    bench.frames.greet()
    assert (bench.frames.wish.job, bench.frames.wish.attempt, bench.frames.wish.stop_at) == (job, 2, 2)


def test_a_runtime_that_ends_before_that_step_leaves_the_job_interrupted(bench: Bench, submit: Submit) -> None:
    job = submit(wish=HOLD)
    bench.frames.say(protocol.Held(job, 1, 1))
    bench.frames.lose()
    assert bench.card(job).state is JobState.INTERRUPTED
    bench.frames.greet()
    assert (bench.frames.wish.job, bench.frames.wish.resume, bench.frames.wish.stop_at) == (job, True, 2)


def test_a_job_held_while_it_is_being_cancelled_is_cancelled(bench: Bench, submit: Submit) -> None:
    job = submit(wish=HOLD)
    bench.queue.cancel(job)
    hold(bench, job)
    assert bench.card(job).state is JobState.CANCELLED and not bench.queue.held()


def test_what_failed_before_it_was_held_is_held_when_tried_again(bench: Bench, submit: Submit, qtbot: Any) -> None:
    job = submit(wish=HOLD)
    bench.frames.say(protocol.Failed(job, 1, "engine", "No memory is left.", "Close other programs."))
    again = bench.queue.retry(job)
    qtbot.waitUntil(lambda: bench.frames.wish.job == again)
    assert bench.frames.wish.stop_at == 2


def test_a_job_named_twice_goes_on_once(bench: Bench, three: list[str]) -> None:
    bench.queue.go_on([three[0], three[0], three[1]])
    assert [bench.card(job).state for job in three] == [JobState.RUNNING, JobState.QUEUED, JobState.HELD]


def test_a_held_job_says_of_how_many_steps_it_was_stopped(bench: Bench, submit: Submit) -> None:
    job = submit(wish=HOLD)
    bench.frames.say(protocol.Progress(job, 1, "drawing", 2, 8, -1.0))
    bench.frames.say(protocol.Held(job, 1, 2))
    assert (bench.card(job).step, bench.card(job).steps) == (2, 8)


# --- told in the open ----------------------------------------------------------------------------------------------


def test_what_is_done_otherwise_than_asked_is_told_of_its_job(bench: Bench, submit: Submit) -> None:
    noted: list[tuple[str, str]] = []
    bench.queue.noted.connect(lambda job, text: noted.append((job, text)))
    job = submit()
    assert noted == [(job, "25 drawings last 50 frames: a handle of 1 frame at each end.")]
    bench.frames.say(protocol.Notice("info", "mara.png has a palette and is read as RGB.", job))
    bench.frames.say(protocol.Notice("info", "of no job"))
    bench.frames.say(protocol.Notice("info", "of another", "job_x"))
    assert noted[1:] == [(job, "mara.png has a palette and is read as RGB.")]
