"""The queue on a real film with a scripted runtime: wishes in, takes out, one after another."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from model_runtime import protocol, safe_files
from studio.errors import NoSpaceLeft, NotFound, Refused, RuntimeFailed
from studio.generation.wish import Extend, Wish
from studio.project import queries
from studio.project.cards import JobState, ShotState, TakeState
from studio.project.commands import shot
from studio.project.recipe import Recipe
from tests.builders import a_picture
from tests.generation.conftest import Bench, FullDisk, Submit


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


# --- pause and order -------------------------------------------------------------------------------------------------


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


def test_what_goes_on_during_a_pause_waits_for_its_end_even_past_closing(bench: Bench, submit: Submit) -> None:
    held = submit(0, Wish(stop_at=2))
    bench.frames.say(protocol.Held(held, 1, 2))
    bench.queue.pause()
    bench.queue.go_on([held])
    assert bench.card(held).state is JobState.PAUSED
    bench.close()
    bench.open_again()
    assert bench.queue.paused and bench.card(held).state is JobState.PAUSED


def test_an_interrupted_job_retried_during_a_pause_waits_for_its_end(bench: Bench, submit: Submit) -> None:
    job = submit()
    for _ in range(2):
        bench.frames.lose()
        bench.frames.greet()
    bench.queue.pause()
    bench.queue.retry(job)
    assert bench.card(job).state is JobState.PAUSED and len(bench.frames.of(protocol.Generate)) == 2


def test_a_pause_the_disk_has_no_room_for_is_none(bench: Bench, submit: Submit, disk: FullDisk) -> None:
    submit(0)
    waiting = submit(1)
    disk.refuses = {"set_state_of_jobs"}
    with pytest.raises(NoSpaceLeft):
        bench.queue.pause()
    assert not bench.queue.paused and bench.card(waiting).state is JobState.QUEUED
    disk.refuses = set()
    bench.queue.pause()
    disk.refuses = {"set_state_of_jobs"}
    with pytest.raises(NoSpaceLeft):
        bench.queue.resume()
    assert bench.queue.paused and bench.card(waiting).state is JobState.PAUSED


# --- submitting ------------------------------------------------------------------------------------------------------


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


def test_what_no_engine_could_draw_is_refused_before_the_runtime_is_started(bench: Bench) -> None:
    with pytest.raises(Refused, match="A still cannot be a loop"):
        bench.queue.submit(bench.shots[0], Wish("still", loop=True))
    assert bench.frames.starts == 0 and not bench.queue.busy


def given(bench: Bench) -> Wish:
    """A wish with a first frame that is staged."""
    staged = bench.project.media.stage_picture(a_picture(bench.folder.parent / "first.png", (320, 180)))
    return Wish(first_frame=staged.hash, imported=((staged, "first_frame"),))


def names_in_media(bench: Bench) -> list[str]:
    return sorted(one.name for one in bench.project.media.media.glob("[!.]*.png"))


def test_a_given_file_comes_with_its_job_and_stays_where_another_job_of_it_is_refused(
    bench: Bench, submit: Submit
) -> None:
    wish = given(bench)
    submit(wish=wish)
    with pytest.raises(Refused):
        bench.queue.submit(bench.shots[0], dataclasses.replace(wish, loop=True, kind="still"))
    bench.project.media.drop_staged()
    ((found, _purpose),) = wish.imported
    assert names_in_media(bench) == sorted({found.name, found.original})
    assert bench.frames.wish.given[0].file.name == found.name
    assert "reference" not in bench.project.undo_text().lower()


def test_a_given_file_stays_out_of_the_film_where_its_job_cannot_be_written(
    bench: Bench, disk: FullDisk, qtbot: Any
) -> None:
    disk.refuses = {"record_job"}
    bench.queue.submit(bench.shots[0], given(bench))
    with qtbot.waitSignal(bench.queue.refused):
        bench.frames.greet()
    assert disk.refused == ["record_job"] and names_in_media(bench) == []
    assert isinstance(bench.refusals[0][1], NoSpaceLeft)
    bench.project.media.drop_staged()
    assert not any(bench.project.media.media.glob("*.png"))


def test_a_disk_too_full_for_a_given_file_refuses_its_wish(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    bench.queue.submit(bench.shots[0], given(bench))

    def full(_source: Path, target: Path) -> None:
        raise safe_files.NoSpace(target.parent, 0, 0)

    monkeypatch.setattr(safe_files, "rename_into", full)
    with qtbot.waitSignal(bench.queue.refused):
        bench.frames.greet()
    bench.project.media.drop_staged()
    assert isinstance(bench.refusals[0][1], NoSpaceLeft) and not any(bench.project.media.media.glob("*.png"))


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


def test_a_chosen_panel_whose_picture_vanished_is_refused_before_a_job_is_queued(
    bench: Bench, submit: Submit, qtbot: Any
) -> None:
    submit(wish=Wish("still"))
    with qtbot.waitSignal(bench.queue.idle):
        bench.frames.finish()
    (panel,) = bench.project.ask(queries.panel_cards, bench.shots[0])
    panel.picture.unlink()
    with qtbot.waitSignal(bench.queue.refused):
        bench.queue.submit(bench.shots[0])
    ((_shot, error),) = bench.refusals
    assert "The first frame of 1_0010 is not in the film's media folder any more" in error.sentence and error.hint
    assert len(bench.project.ask(queries.job_cards)) == 1


def test_a_take_whose_movie_vanished_is_not_worked_on(bench: Bench, submit: Submit, qtbot: Any) -> None:
    submit()
    with qtbot.waitSignal(bench.queue.idle):
        bench.frames.finish()
    (take,) = bench.takes()
    take.media.unlink()
    with pytest.raises(NotFound, match=r"The file of take \S+ is not in the film's media folder any more"):
        bench.queue.submit(bench.shots[0], Wish(work=Extend(take.id)))
