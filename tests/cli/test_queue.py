"""The queue from the command line: what stands in it, what was done, and another try."""

from __future__ import annotations

import datetime
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import JobState
from studio.project.commands import job as job_commands
from tests.builders import a_job
from tests.calls import call, everything
from tests.cli.test_draw import Scripted, failed, runtimes, scripted, takes

__all__ = ["runtimes"]


@pytest.fixture
def waiting(board: Path) -> Path:
    """A job that failed on the first shot, one that is held on the second; on that and on the last one waits."""
    with closing(OpenProject.open(board)) as project:
        shots = [card.id for card in project.ask(queries.shot_cards)]
        broken, held = a_job(project, shots[0]), a_job(project, shots[1])
        project.run(job_commands.set_job, held, state=JobState.HELD, step=8)
        for shot in shots[1:]:
            a_job(project, shot)
        why = {"sentence": "The disk was full.", "hint": "Free some."}
        project.run(job_commands.set_job, broken, state=JobState.FAILED, **why)
    return board


def jobs(film: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = call("queue", film, "--json").ok().json
    return found


def test_what_waits_is_held_or_failed_is_listed_with_why(waiting: Path) -> None:
    assert [(one["number"], one["state"], one["place"]) for one in jobs(waiting)] == [
        ("1_0020", "queued", 1), ("2_0010", "queued", 2), ("1_0020", "held", 0), ("1_0010", "failed", 0)]
    assert jobs(waiting)[-1]["sentence"] == "The disk was full."
    assert "The disk was full. Free some." in call("queue", waiting).ok().out


def test_an_empty_queue_says_so(board: Path) -> None:
    assert call("queue", board).ok().out == "Nothing is in the queue.\n"
    assert jobs(board) == []


def test_a_waiting_job_goes_to_another_place(waiting: Path) -> None:
    assert call("move-job", waiting, jobs(waiting)[1]["id"], 1).ok().out == "2_0010 motion is number 1 in line now.\n"
    assert [one["number"] for one in jobs(waiting)[:2]] == ["2_0010", "1_0020"]


def test_the_report_tells_what_ended_and_why_as_far_back_as_asked(waiting: Path) -> None:
    said = call("report", waiting).ok().out
    assert said.startswith("1 failed; 3 jobs still in the queue.\n") and "The disk was full." in said
    told = call("report", waiting, "--json").ok().json
    assert (len(told["failed"]), told["done"], told["left"]) == (1, [], 3)


def test_the_report_looks_no_further_back_than_asked(waiting: Path) -> None:
    ended = datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=20)
    with closing(sqlite3.connect(waiting / "project.sqlite")) as rows, rows:
        rows.execute("update job set ended_at = ? where ended_at != ''", (ended.isoformat(),))
    assert call("report", waiting, "--json").json["failed"] == []
    assert len(call("report", waiting, "--since", 30, "--json").json["failed"]) == 1
    assert len(call("report", waiting, "--all", "--json").json["failed"]) == 1


def test_a_take_is_drawn_again_from_what_it_was_made_of(board: Path, runtimes: list[Scripted]) -> None:
    call("generate", board, "--shot", 1, "--seed", 5).ok()
    call("edit-shot", board, "--shot", 1, "--size", "close-up").ok()
    assert "Take v002 of 1_0010" in call("again", board, "1_0010").ok().out
    first, second = takes(board, 1)
    assert (second["seed"], second["recipe"]["prompt"]) == (5, first["recipe"]["prompt"])


def test_a_failed_job_is_tried_again_with_its_seed(board: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scripted(monkeypatch, failed)
    call("generate", board, "--shot", 1, "--seed", 3).refused("memory")
    (job,) = jobs(board)
    scripted(monkeypatch, None)
    call("retry", board, job["id"]).ok()
    assert [take["seed"] for take in takes(board, 1)] == [3] and jobs(board) == []

@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("move-job", "job_x", "1"), "job_x"),
        (("move-job", "FIRST", "9"), "9"),
        (("move-job", "LAST", "1"), "does not wait"),
        (("report", "--since", "0"), "0 hours"),
        (("report", "--since", "nan"), "nan"),
        (("retry", "job_x"), "job_x"),
        (("retry", "LAST", "FIRST"), "has not failed"),
        (("again", "1_0010"), "no chosen take"),
    ],
)
def test_what_the_queue_cannot_do_is_refused_and_nothing_changes(
    waiting: Path, runtimes: list[Scripted], words: tuple[str, ...], named: str
) -> None:
    ids = {"FIRST": jobs(waiting)[0]["id"], "LAST": jobs(waiting)[-1]["id"]}
    before = everything(waiting)
    call(words[0], waiting, *(ids.get(word, word) for word in words[1:])).refused(named)
    assert everything(waiting) == before
