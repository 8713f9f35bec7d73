"""The queue on a real film with a scripted runtime: every report, and every way a job can end."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from model_runtime import protocol, safe_files
from studio.errors import NoSpaceLeft, NotFound, ProjectError, Refused, RuntimeFailed
from studio.generation import intake
from studio.generation.live import JobProgress
from studio.generation.plan import Wish
from studio.generation.queue import JobQueue
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import JobState, ShotState, TakeState
from studio.project.commands import shot
from studio.project.recipe import Recipe
from tests.fakes import SLATE, FakeRuntime, engine
from tests.generation.conftest import Bench, Submit


def test_a_submitted_shot_becomes_a_chosen_take(bench: Bench, submit: Submit, qtbot: Any) -> None:
    job = submit()
    assert bench.card(job).state is JobState.RUNNING
    assert bench.frames.wish.job == job and bench.frames.wish.attempt == 1 and not bench.frames.wish.resume
    bench.frames.say(protocol.Accepted(job, 1))
    bench.frames.progress(2)
    with qtbot.waitSignal(bench.queue.idle):
        finished = bench.frames.finish()
    (take,) = bench.takes()
    movie = next(one for one in finished.files if one.role == "movie")
    assert take.media == bench.folder / "media" / f"{movie.hash}.mp4" and take.media.is_file()
    assert (bench.folder / "media" / f"{movie.hash}.safetensors").is_file()
    assert take.state is TakeState.CHOSEN and take.frames == 50 and (take.head, take.tail) == (1, 1)
    assert Recipe.from_json(take.recipe).prompt == "wide shot, pier, night, Mara waits 0"
    assert bench.project.media.read_recipe(take.media) == take.recipe
    card = bench.card(job)
    assert card.state is JobState.DONE and card.take == take.id and bench.ended == [job]


def test_the_job_folder_is_cleared_once_the_take_is_in_the_film(bench: Bench, submit: Submit, qtbot: Any) -> None:
    job = submit()
    with qtbot.waitSignal(bench.queue.idle):
        bench.frames.finish()
    qtbot.waitUntil(lambda: not (bench.folder / "jobs" / job).exists())


def test_a_still_becomes_a_panel_and_no_take(bench: Bench, submit: Submit, qtbot: Any) -> None:
    submit(wish=Wish("still"))
    with qtbot.waitSignal(bench.queue.idle):
        bench.frames.finish()
    assert bench.takes() == ()
    (panel,) = bench.project.ask(queries.panel_cards, bench.shots[0])
    assert panel.chosen and panel.picture.is_file()
    submit(wish=Wish("clip"))
    given = protocol.InputFile(panel.picture.stem, panel.picture.name, "first frame")
    assert bench.frames.wish.given == (protocol.GivenFrames(given, 0),)


def test_one_job_is_drawn_at_a_time_in_the_order_of_the_queue(bench: Bench, submit: Submit, qtbot: Any) -> None:
    first, second = submit(0), submit(1)
    assert [one.job for one in bench.frames.of(protocol.Generate)] == [first]
    assert bench.card(second).state is JobState.QUEUED
    bench.frames.finish()
    qtbot.waitUntil(lambda: bench.frames.wish.job == second)
    with qtbot.waitSignal(bench.queue.idle):
        bench.frames.finish()
    assert bench.idles == 1 and bench.ended == [first, second]


def test_two_takes_of_a_shot_have_their_own_names_and_timecode(bench: Bench, submit: Submit, qtbot: Any) -> None:
    submit()
    submit()
    bench.frames.finish()
    qtbot.waitUntil(lambda: len(bench.frames.of(protocol.Generate)) == 2)
    with qtbot.waitSignal(bench.queue.idle):
        bench.frames.finish()
    first, second = bench.takes()
    assert (first.reel, second.reel) == ("1_0010_v001", "1_0010_v002")
    assert first.timecode != second.timecode
    assert [one.state for one in (first, second)] == [TakeState.CHOSEN, TakeState.NONE]
    for take in (first, second):
        recipe = Recipe.from_json(take.recipe)
        assert (recipe.reel, recipe.timecode) == (take.reel, take.timecode)


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


def test_a_failed_job_says_why_and_the_next_one_starts(bench: Bench, submit: Submit) -> None:
    first, second = submit(0), submit(1)
    bench.frames.say(protocol.Failed(first, 1, "memory", "Not enough memory.", "Close other programs."))
    card = bench.card(first)
    assert (card.state, card.sentence, card.hint) == (JobState.FAILED, "Not enough memory.", "Close other programs.")
    assert bench.project.ask(queries.shot_card, bench.shots[0]).state is ShotState.FAILED
    assert bench.frames.wish.job == second


def test_a_failed_job_is_retried_by_a_new_job_with_the_same_seed(bench: Bench, submit: Submit, qtbot: Any) -> None:
    job = submit(wish=Wish(seed=77))
    bench.frames.say(protocol.Failed(job, 1, "bug", "A mistake."))
    with qtbot.waitSignal(bench.queue.submitted):
        again = bench.queue.retry(job)
    assert again != job and bench.frames.wish.job == again and bench.frames.wish.seed == 77
    assert bench.card(job).state is JobState.FAILED


def test_no_space_is_waiting_and_not_failed(bench: Bench, submit: Submit) -> None:
    job = submit()
    bench.frames.say(protocol.Waiting(job, 1, "There is no space left."))
    assert (bench.card(job).state, bench.card(job).sentence) == (JobState.WAITING, "There is no space left.")
    bench.frames.progress(1)
    assert (bench.card(job).state, bench.card(job).sentence) == (JobState.RUNNING, "")


# --- stopping ------------------------------------------------------------------------------------------------------


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


# --- pause and order -----------------------------------------------------------------------------------------------


def test_a_paused_queue_finishes_what_runs_and_starts_nothing(bench: Bench, submit: Submit, qtbot: Any) -> None:
    submit(0)
    waiting = submit(1)
    bench.queue.pause()
    assert bench.card(waiting).state is JobState.PAUSED
    with qtbot.waitSignal(bench.queue.idle):
        bench.frames.finish()
    later = submit(0)
    assert bench.card(later).state is JobState.PAUSED and len(bench.frames.of(protocol.Generate)) == 1
    bench.queue.resume()
    assert bench.frames.wish.job == waiting and bench.card(later).state is JobState.QUEUED


def test_a_pause_outlives_closing(bench: Bench, submit: Submit) -> None:
    submit(0)
    waiting = submit(1)
    bench.queue.pause()
    bench.close()
    bench.open_again()
    assert bench.queue.paused and bench.card(waiting).state is JobState.PAUSED


def test_a_waiting_job_is_moved_ahead(bench: Bench, submit: Submit) -> None:
    jobs = [submit(0), submit(1), submit(0)]
    bench.queue.move(jobs[2], 1)
    bench.frames.say(protocol.Failed(jobs[0], 1, "input", "Broken."))
    assert bench.frames.wish.job == jobs[2]


# --- losing the runtime --------------------------------------------------------------------------------------------


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


# --- intake --------------------------------------------------------------------------------------------------------


def test_files_that_are_not_what_was_reported_fail_the_job(bench: Bench, submit: Submit, qtbot: Any) -> None:
    job = submit()
    finished = bench.frames.deliver()
    movie = bench.folder / "jobs" / job / "take.mp4"
    movie.write_bytes(movie.read_bytes()[:-1] + b"x")
    with qtbot.waitSignal(bench.queue.idle):
        bench.frames.say(finished)
    card = bench.card(job)
    assert card.state is JobState.FAILED and "changed after it was written" in card.sentence
    assert bench.takes() == () and not list((bench.folder / "media").glob("*.mp4"))


@pytest.mark.parametrize("name", ["../take.mp4", "/etc/passwd", "..", "", "sub/take.mp4"])
def test_a_file_outside_the_jobs_folder_is_refused(bench: Bench, submit: Submit, qtbot: Any, name: str) -> None:
    job = submit()
    with qtbot.waitSignal(bench.queue.idle):
        bench.frames.say(protocol.Finished(job, 1, (protocol.OutputFile("movie", name, 1, "0" * 64),)))
    assert bench.card(job).state is JobState.FAILED and "no plain file name" in bench.card(job).sentence


def test_a_movie_of_another_length_is_refused(bench: Bench, submit: Submit, qtbot: Any) -> None:
    job = submit()
    wish = bench.frames.wish
    bench.frames.sent[-1] = protocol.Generate(**{**wish.__dict__, "frames": 34})
    with qtbot.waitSignal(bench.queue.idle):
        bench.frames.finish()
    assert "34 frames of 320x180 came instead of 50 frames of 320x180" in bench.card(job).sentence


def test_a_take_can_be_taken_in_again_after_a_crash_before_the_commit(
    bench: Bench, submit: Submit, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files are in media/ already, their row is not: the next opening finds them by what the runtime wrote."""
    job, reached = submit(), []
    with monkeypatch.context() as crash:
        crash.setattr(intake.Intake, "_taken_in", lambda _intake, delivery: reached.append(delivery))
        bench.frames.finish()
        qtbot.waitUntil(lambda: bool(reached))
    assert len(list((bench.folder / "media").glob("*.mp4"))) == 1 and bench.takes() == ()
    bench.queue.close()
    bench.project.close()
    bench.open_again()
    with qtbot.waitSignal(bench.queue.idle):
        pass
    (take,) = bench.takes()
    assert take.media.is_file() and bench.card(job).state is JobState.DONE
    assert bench.frames.sent == []


def test_a_take_that_is_in_media_when_the_film_closes_is_recorded(bench: Bench, submit: Submit) -> None:
    job = submit()
    bench.frames.finish()
    bench.close()
    assert bench.ended == []
    bench.open_again()
    assert bench.card(job).state is JobState.DONE and len(bench.takes()) == 1
    assert not (bench.folder / "jobs" / job).exists()


# --- opening and closing -------------------------------------------------------------------------------------------


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


# --- submitting ----------------------------------------------------------------------------------------------------


def test_an_impossible_wish_is_refused_at_once_where_the_engines_are_known(bench: Bench, submit: Submit) -> None:
    submit()
    bench.project.run(shot.edit_shot, bench.shots[1], frames=96)
    with pytest.raises(Refused, match="at most 50"):
        bench.queue.submit(bench.shots[1])
    assert len(bench.project.ask(queries.job_cards)) == 1
    refusal = bench.queue.refusal(bench.shots[1], Wish())
    assert refusal is not None and "96 frames" in refusal.sentence


def test_an_impossible_wish_is_refused_by_signal_where_they_are_not(bench: Bench, qtbot: Any) -> None:
    bench.project.run(shot.edit_shot, bench.shots[1], frames=96)
    bench.queue.submit(bench.shots[1])
    with qtbot.waitSignal(bench.queue.idle):
        bench.frames.greet()
    assert [(one, "at most 50" in error.sentence) for one, error in bench.refusals] == [(bench.shots[1], True)]


def test_an_unknown_shot_is_refused_at_once(bench: Bench) -> None:
    with pytest.raises(NotFound):
        bench.queue.submit("shot_nothing")


def test_a_runtime_that_never_starts_refuses_what_waits_for_it(bench: Bench, qtbot: Any) -> None:
    bench.queue.submit(bench.shots[0])
    bench.frames.lose(given_up=True)
    assert isinstance(bench.refusals[0][1], RuntimeFailed) and bench.idles == 1


def test_render_missing_leaves_approved_omitted_and_drawn_shots_alone(bench: Bench, submit: Submit, qtbot: Any) -> None:
    submit(0)
    with qtbot.waitSignal(bench.queue.idle):
        bench.frames.finish()
    approved, omitted, missing = (bench.add_shot(number) for number in (7, 8, 9))
    bench.project.run(shot.approve_shot, approved, True)
    bench.project.run(shot.omit_shot, omitted)
    bench.shots.append(missing)
    jobs = bench.queue.submit_missing()
    qtbot.waitUntil(lambda: len(bench.project.ask(queries.live_jobs)) == 2)
    assert {bench.card(job).shot for job in jobs} == {bench.shots[1], missing}
    assert bench.queue.submit_missing() == []


def test_render_missing_goes_on_past_a_shot_that_is_refused(bench: Bench, submit: Submit, qtbot: Any) -> None:
    submit(0, Wish("still"))
    bench.project.run(shot.edit_shot, bench.shots[0], frames=96)
    with qtbot.waitSignal(bench.queue.idle):
        bench.frames.finish()
    jobs = bench.queue.submit_missing()
    assert len(jobs) == 1 and [one for one, _error in bench.refusals] == [bench.shots[0]]


def test_the_estimate_is_what_was_measured_here_and_nothing_before(bench: Bench, submit: Submit, qtbot: Any) -> None:
    assert bench.queue.estimate_text(bench.shots[0], Wish()) == ""
    submit()
    assert bench.queue.estimate_text(bench.shots[0], Wish()) == ""
    with qtbot.waitSignal(bench.queue.idle):
        bench.frames.finish()
    assert bench.queue.estimate_text(bench.shots[0], Wish()) == "about 0:01"
    assert bench.queue.estimate_text(bench.shots[0], Wish("still")) == ""


def test_engines_are_known_once_the_runtime_was_ready(bench: Bench, qtbot: Any) -> None:
    assert bench.queue.engines() == ()
    bench.frames.start()
    with qtbot.waitSignal(bench.queue.engines_changed):
        bench.frames.greet()
    assert [one.id for one in bench.queue.engines()] == ["sketch", "slate"]


def test_a_job_is_never_undone(bench: Bench, submit: Submit) -> None:
    submit()
    before = bench.project.undo_text()
    bench.project.undo()
    assert before and len(bench.project.ask(queries.job_cards)) == 1


# --- what a full disk, an early close and a stop from outside leave behind -----------------------------------------


class FullDisk:
    """Names of commands the disk is too full for, and those it refused so far."""

    def __init__(self) -> None:
        self.refuses: set[str] = set()
        self.refused: list[str] = []


@pytest.fixture
def disk(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> FullDisk:
    disk, run = FullDisk(), bench.project.run

    def run_or_refuse(command: Any, *args: Any, **kwargs: Any) -> Any:
        if command.__name__ in disk.refuses:
            disk.refused.append(command.__name__)
            raise NoSpaceLeft("There is no space left for the film.", "Free some space and try again.")
        return run(command, *args, **kwargs)

    monkeypatch.setattr(bench.project, "run", run_or_refuse)
    monkeypatch.setattr(intake, "SPACE_RETRY_MS", 1)
    bench.queue._later.setInterval(1)
    return disk


@pytest.mark.parametrize("also", [{"set_job"}, set()], ids=["its row cannot be written either", "its row can"])
def test_a_take_the_disk_has_no_room_for_waits_and_arrives(
    bench: Bench, submit: Submit, qtbot: Any, disk: FullDisk, also: set[str]
) -> None:
    job = submit()
    disk.refuses = {"record_take", *also}
    bench.frames.finish()
    qtbot.waitUntil(lambda: disk.refused.count("record_take") > 1)
    assert bench.takes() == () and bench.ended == [] and bench.queue.busy
    assert bench.card(job).state is (JobState.RUNNING if also else JobState.WAITING)
    with qtbot.waitSignal(bench.queue.idle):
        disk.refuses = set()
    assert bench.card(job).state is JobState.DONE and len(bench.takes()) == 1 and bench.ended == [job]


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


def test_a_runtime_told_to_end_from_outside_holds_nothing_for_ever(bench: Bench, submit: Submit) -> None:
    job = submit()
    bench.frames.progress(2)
    bench.frames.say(protocol.Held(job, 1, 2))
    bench.frames.lose()
    assert bench.card(job).state is JobState.INTERRUPTED
    bench.frames.greet()
    assert (bench.frames.wish.job, bench.frames.wish.attempt, bench.frames.wish.resume) == (job, 2, True)


def test_files_drawn_by_another_model_file_than_planned_are_refused(bench: Bench, submit: Submit, qtbot: Any) -> None:
    job = submit()
    finished = bench.frames.deliver()
    with qtbot.waitSignal(bench.queue.idle):
        bench.frames.say(dataclasses.replace(finished, facts={**finished.facts, "weights": "0ther"}))
    assert bench.card(job).state is JobState.FAILED and "0ther" in bench.card(job).sentence
    assert bench.takes() == () and not list((bench.folder / "media").glob("*.mp4"))
