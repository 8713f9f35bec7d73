"""The one job being drawn: what is heard of it, how it is stopped, and what losing its runtime means."""

from __future__ import annotations

from typing import Any

import pytest

from model_runtime import protocol
from studio.errors import NotFound, ProjectError, Refused, RuntimeFailed
from studio.generation import drawing
from studio.generation.live import JobProgress
from studio.generation.queue import JobQueue
from studio.generation.wish import Wish
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import JobState
from tests.builders import a_picture
from tests.fakes import FakeRuntime
from tests.generation.conftest import Bench, FullDisk, Submit, alter


def test_progress_and_previews_are_passed_on_and_stale_ones_are_not(bench: Bench, submit: Submit) -> None:
    seen: list[JobProgress] = []
    pictures: list[tuple[bytes, ...]] = []
    bench.queue.progressed.connect(lambda _job, progress: seen.append(progress))
    bench.queue.previewed.connect(lambda _job, some: pictures.append(some))
    job = submit()
    bench.frames.progress(3)
    bench.frames.preview()
    assert bench.queue.live(job) == seen[-1]
    assert (seen[-1].stage, seen[-1].done, seen[-1].total) == ("drawing", 3, 4)
    assert pictures[0][0].startswith(b"\xff\xd8")
    bench.frames.say(protocol.Progress(job, 9, "drawing", 4, 4))
    bench.frames.say(protocol.Progress("job_unknown", 1, "drawing", 4, 4))
    bench.frames.say(protocol.Finished(job, 9, ()))
    assert bench.queue.live(job) == seen[-1] and seen[-1].done == 3


def test_no_space_is_waiting_and_not_failed(bench: Bench, submit: Submit) -> None:
    job = submit()
    bench.frames.say(protocol.Waiting(job, 1, "There is no space left."))
    assert (bench.card(job).state, bench.card(job).sentence) == (JobState.WAITING, "There is no space left.")
    bench.frames.progress(1)
    assert (bench.card(job).state, bench.card(job).sentence) == (JobState.RUNNING, "")


def test_a_job_whose_picture_vanished_while_it_waited_says_which(bench: Bench, submit: Submit, qtbot: Any) -> None:
    submit(0)
    picture = bench.project.media.import_picture(a_picture(bench.folder.parent / "pier.png"))
    waiting = submit(1, Wish(first_frame=picture.hash))
    (bench.folder / "media" / picture.name).unlink()
    with qtbot.waitSignal(bench.queue.idle):
        bench.frames.finish()
    card = bench.card(waiting)
    assert card.state is JobState.FAILED and len(bench.frames.of(protocol.Generate)) == 1
    assert card.sentence == f"The first frame of 1_0020 is not in the film's media folder any more: {picture.name}."
    assert card.hint == "Put the file back, or choose another one."
    with pytest.raises(NotFound, match="first frame"):
        bench.queue.retry(waiting)


def test_a_row_that_cannot_be_read_fails_and_the_next_job_starts(bench: Bench, submit: Submit, qtbot: Any) -> None:
    submit(0)
    broken, other = submit(1), submit(1)
    alter(bench.folder, broken, "request", '{"type": "generate"}')
    with qtbot.waitSignal(bench.queue.finished, check_params_cb=lambda job: job == broken):
        bench.frames.finish()
    assert bench.card(broken).state is JobState.FAILED and "cannot be read" in bench.card(broken).sentence
    assert bench.card(broken).hint and bench.frames.wish.job == other


# --- stopping --------------------------------------------------------------------------------------------------------


def test_cancel_before_start_leaves_no_take(bench: Bench, submit: Submit) -> None:
    submit(0)
    waiting = submit(1)
    bench.queue.cancel(waiting)
    assert bench.card(waiting).state is JobState.CANCELLED
    assert not any(isinstance(one, protocol.Cancel) for one in bench.frames.sent)


def test_cancel_while_the_prompt_is_composed_leaves_no_job(bench: Bench, qtbot: Any) -> None:
    job = bench.queue.submit(bench.shots[0])
    with qtbot.waitSignal(bench.queue.idle):
        bench.queue.cancel(job)
    bench.frames.greet()
    assert bench.project.ask(queries.job_cards) == ()


def test_cancel_of_the_running_job_is_asked_and_then_confirmed(bench: Bench, submit: Submit) -> None:
    job = submit()
    bench.queue.cancel(job)
    bench.queue.cancel(job)
    assert bench.frames.of(protocol.Cancel) == [protocol.Cancel(job, 1)]
    live = bench.queue.live(job)
    assert live is not None and live.stopping >= 2.0
    bench.frames.say(protocol.Cancelled(job, 1))
    assert bench.card(job).state is JobState.CANCELLED and bench.takes() == () and bench.frames.kills == 0


def test_a_cancel_that_is_not_obeyed_is_forced_and_the_others_go_on(
    bench: Bench, submit: Submit, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.generation.live.SHORTEST_PATIENCE_S", 0.01)
    job, other = submit(0), submit(1)
    bench.queue.cancel(job)
    qtbot.waitUntil(lambda: bench.frames.kills == 1)
    assert bench.card(job).state is JobState.CANCELLED
    bench.frames.greet()
    assert bench.frames.wish.job == other


def test_stop_now_kills_at_once(bench: Bench, submit: Submit) -> None:
    job = submit()
    bench.queue.stop_now(job)
    assert bench.frames.kills == 1 and bench.card(job).state is JobState.CANCELLED


def test_a_take_that_finished_before_the_cancel_was_heard_is_kept(bench: Bench, submit: Submit, qtbot: Any) -> None:
    job = submit()
    bench.queue.cancel(job)
    with qtbot.waitSignal(bench.queue.idle):
        bench.frames.finish()
    assert bench.card(job).state is JobState.DONE and len(bench.takes()) == 1
    with pytest.raises(Refused, match="over already"):
        bench.queue.cancel(job)


def test_a_job_whose_end_cannot_be_written_is_not_drawn_again(
    bench: Bench, submit: Submit, qtbot: Any, disk: FullDisk
) -> None:
    first, second = submit(0), submit(1)
    disk.refuses = {"set_job"}
    bench.frames.say(protocol.Cancelled(first, 1))
    qtbot.waitUntil(lambda: len(disk.refused) > 2)
    assert bench.card(first).state is JobState.RUNNING and len(bench.frames.of(protocol.Generate)) == 1
    disk.refuses = set()
    qtbot.waitUntil(lambda: len(bench.frames.of(protocol.Generate)) == 2)
    assert bench.card(first).state is JobState.CANCELLED and bench.frames.wish.job == second


def test_a_job_told_to_stop_stays_stopped_when_the_film_closes_first(bench: Bench, submit: Submit) -> None:
    job = submit()
    bench.queue.cancel(job)
    bench.close()
    bench.open_again()
    assert bench.card(job).state is JobState.CANCELLED


def test_a_film_open_for_looking_stops_nothing(bench: Bench, submit: Submit) -> None:
    job = submit()
    with_eyes = OpenProject.open(bench.folder, writable=False)
    queue = JobQueue(with_eyes, FakeRuntime())
    for stop in (queue.cancel, queue.stop_now):
        with pytest.raises(ProjectError, match="reading only"):
            stop(job)
    assert not queue.busy
    queue.close()
    with_eyes.close()


@pytest.mark.parametrize("stage", ["loading", "decoding"])
def test_the_row_keeps_the_steps_of_the_drawing_and_of_no_other_stage(
    bench: Bench, submit: Submit, qtbot: Any, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    monkeypatch.setattr(drawing, "KEEP_STEP_EVERY_S", 0.0)
    job = submit()
    bench.frames.progress(3)
    qtbot.waitUntil(lambda: bench.card(job).step == 3)
    bench.frames.say(protocol.Progress(job, 1, stage, 1, 1, -1.0))
    qtbot.waitUntil(lambda: not bench.queue._drawing._keep_step.isActive())
    assert (bench.card(job).step, bench.card(job).steps) == (3, 4)
    bench.frames.lose()
    assert (bench.card(job).step, bench.card(job).steps) == (3, 4)


# --- losing the runtime ----------------------------------------------------------------------------------------------


def test_a_lost_job_goes_on_from_its_saved_progress(bench: Bench, submit: Submit, qtbot: Any) -> None:
    job = submit()
    bench.frames.progress(2)
    bench.frames.lose()
    assert bench.card(job).state is JobState.INTERRUPTED and bench.idles == 0
    bench.frames.greet()
    again = bench.frames.wish
    assert (again.job, again.attempt, again.resume) == (job, 2, True)
    with qtbot.waitSignal(bench.queue.idle):
        bench.frames.finish()
    assert len(bench.takes()) == 1 and bench.card(job).attempt == 2


def test_a_job_lost_twice_at_one_place_stays_interrupted_and_says_so(bench: Bench, submit: Submit) -> None:
    job, other = submit(0), submit(1)
    for _ in range(2):
        assert bench.frames.wish.job == job
        bench.frames.progress(3)
        bench.frames.lose()
        bench.frames.greet()
    card = bench.card(job)
    assert card.state is JobState.INTERRUPTED and "2 times while drawing, at step 3 of 4" in card.sentence and card.hint
    assert bench.frames.wish.job == other and bench.ended == [job]
    bench.queue.retry(job)
    bench.frames.say(protocol.Failed(other, 1, "input", "Broken."))
    assert (bench.frames.wish.job, bench.frames.wish.attempt) == (job, 3)


def test_a_job_lost_at_two_places_goes_on(bench: Bench, submit: Submit) -> None:
    job = submit()
    for step in (1, 3):
        bench.frames.progress(step)
        bench.frames.lose()
        bench.frames.greet()
    assert (bench.frames.wish.job, bench.frames.wish.attempt) == (job, 3)


def test_a_job_lost_twice_while_decoding_stays_interrupted_wherever_in_it(bench: Bench, submit: Submit) -> None:
    job = submit()
    for done in (1, 2):
        bench.frames.progress(done, "decoding")
        bench.frames.lose()
        bench.frames.greet()
    assert bench.card(job).sentence == "The runtime was lost 2 times while decoding."


def test_an_interrupted_job_waits_out_a_pause(bench: Bench, submit: Submit) -> None:
    job = submit()
    bench.queue.pause()
    bench.frames.lose()
    bench.frames.greet()
    assert bench.card(job).state is JobState.PAUSED
    bench.queue.resume()
    assert (bench.frames.wish.job, bench.frames.wish.attempt) == (job, 2)


def test_a_single_job_goes_on_when_a_runtime_that_was_given_up_is_started_again(bench: Bench, submit: Submit) -> None:
    job = submit()
    bench.frames.lose(given_up=True)
    bench.queue.resume()
    bench.frames.greet()
    assert (bench.frames.wish.job, bench.frames.wish.attempt) == (job, 2)


def test_a_wish_after_the_runtime_was_given_up_starts_it_again(bench: Bench, submit: Submit) -> None:
    submit(0)
    bench.frames.lose(given_up=True)
    job = submit(1)
    assert bench.card(job).state is JobState.QUEUED and len(bench.frames.of(protocol.Generate)) == 2


def test_a_runtime_that_is_given_up_leaves_the_job_for_later(bench: Bench, submit: Submit) -> None:
    job, other = submit(0), submit(1)
    bench.frames.lose(given_up=True)
    assert isinstance(bench.troubles[0], RuntimeFailed) and bench.idles == 1
    assert bench.card(job).state is JobState.INTERRUPTED and bench.card(other).state is JobState.QUEUED
    bench.queue.resume()
    bench.frames.greet()
    assert bench.frames.wish.job == job


def test_a_runtime_told_to_end_from_outside_holds_nothing_for_ever(bench: Bench, submit: Submit) -> None:
    job = submit()
    bench.frames.progress(2)
    bench.frames.say(protocol.Held(job, 1, 2))
    bench.frames.lose()
    assert bench.card(job).state is JobState.INTERRUPTED
    bench.frames.greet()
    assert (bench.frames.wish.job, bench.frames.wish.attempt, bench.frames.wish.resume) == (job, 2, True)


@pytest.mark.parametrize("held", [True, False], ids=["held", "interrupted"])
def test_a_job_taken_up_again_starts_a_runtime_that_was_given_up(bench: Bench, submit: Submit, held: bool) -> None:
    job = submit(wish=Wish(stop_at=2))
    if held:
        bench.frames.say(protocol.Held(job, 1, 2))
    bench.frames.lose(given_up=True)
    bench.queue.retry(job)
    bench.frames.greet()
    assert (bench.frames.wish.job, bench.frames.wish.attempt) == (job, 2)
