"""What was drawn becomes a take: checked, moved into media/, recorded; nothing is lost on the way."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from model_runtime import protocol
from studio.errors import Refused
from studio.generation import intake
from studio.project.cards import JobState
from tests.generation.conftest import Bench, FullDisk, Submit


def test_the_job_folder_is_cleared_once_the_take_is_in_the_film(bench: Bench, submit: Submit, qtbot: Any) -> None:
    job = submit()
    with qtbot.waitSignal(bench.queue.idle):
        bench.frames.finish()
    qtbot.waitUntil(lambda: not (bench.folder / "jobs" / job).exists())


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


def test_files_drawn_by_another_model_file_than_planned_are_refused(bench: Bench, submit: Submit, qtbot: Any) -> None:
    job = submit()
    finished = bench.frames.deliver()
    with qtbot.waitSignal(bench.queue.idle):
        bench.frames.say(dataclasses.replace(finished, facts={**finished.facts, "weights": "0ther"}))
    assert bench.card(job).state is JobState.FAILED and "0ther" in bench.card(job).sentence
    assert bench.takes() == () and not list((bench.folder / "media").glob("*.mp4"))


# --- a full disk -----------------------------------------------------------------------------------------------------


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


def test_a_take_that_waits_for_space_can_be_cancelled_and_the_next_job_starts(
    bench: Bench, submit: Submit, qtbot: Any, disk: FullDisk
) -> None:
    job, other = submit(0), submit(1)
    disk.refuses = {"record_take"}
    bench.frames.finish()
    qtbot.waitUntil(lambda: bench.card(job).state is JobState.WAITING)
    bench.queue.cancel(job)
    disk.refuses = set()
    assert bench.card(job).state is JobState.CANCELLED and bench.ended == [job]
    assert bench.frames.wish.job == other
    qtbot.waitUntil(lambda: not (bench.folder / "jobs" / job).exists())
    assert bench.takes() == ()


def test_a_take_on_its_way_into_the_film_is_not_called_over(bench: Bench, submit: Submit, qtbot: Any) -> None:
    job = submit()
    with qtbot.waitSignal(bench.queue.idle):
        bench.frames.finish()
        with pytest.raises(Refused, match="is drawn and on its way into the film"):
            bench.queue.cancel(job)
