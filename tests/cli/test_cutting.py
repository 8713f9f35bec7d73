"""The cut from the command line: the same edits as in the window, and what is said of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from studio.open_project import OpenProject
from tests.builders import a_take
from tests.calls import call, everything


def shown(film: Path, *words: str) -> list[tuple[str, int, int]]:
    found: list[Any] = call("events", film, "--json", *words).ok().json
    return [(event["number"], event["film_frame"], event["frames"]) for event in found]


@pytest.fixture
def taken(board: Path) -> Path:
    """The board with a take of its first shot, two frames longer than that."""
    project = OpenProject.open(board)
    first = call("shots", board, "--json").json[0]["id"]
    a_take(project, first, width=192, height=108)
    project.close()
    return board


def test_the_cut_is_listed_as_it_is_shown(taken: Path) -> None:
    assert shown(taken) == [("1_0010", 0, 8), ("1_0020", 8, 6), ("2_0010", 14, 5)]
    lines = call("events", taken).ok().out.splitlines()
    assert [line.split()[:4] for line in lines[1:]] == [
        ["1", "1_0010", "0", "8"], ["2", "1_0020", "8", "6"], ["3", "2_0010", "14", "5"]]


def test_a_trim_says_how_long_the_event_is_and_what_is_held(taken: Path) -> None:
    said = call("trim", taken, "--event", "1_0010", "--tail", 5).ok().out
    assert said == "1_0010 lasts 13 frames now. Holds its last frame for 3 frames.\n"
    assert "Holds its last frame" in call("events", taken).ok().out
    call("trim", taken, "--event", 1, "--head", 3).ok()
    call("trim", taken, "--event", 2, "--roll", -2).ok()
    call("trim", taken, "--event", 1, "--slip", 1).ok()
    assert shown(taken) == [("1_0010", 0, 10), ("1_0020", 10, 4), ("2_0010", 14, 7)]
    assert call("events", taken, "--json").json[0]["take_in"] == 2


def test_a_split_makes_two_events_or_two_shots(taken: Path) -> None:
    said = call("split", taken, "--event", "1_0010", "--at", 3).ok().out
    assert said.startswith("Split 1_0010 after 3 frames; the rest is 1_0010 (event_")
    said = call("split", taken, "--event", "1_0020", "--at", 2, "--two-shots").ok().out
    assert "the rest is 1_0030" in said
    assert shown(taken) == [("1_0010", 0, 3), ("1_0010", 3, 5), ("1_0020", 8, 2), ("1_0030", 10, 4), ("2_0010", 14, 5)]
    call("trim", taken, "--event", "1_0010", "--tail", 1).refused("more than once", "1, 2")


def test_events_are_moved_and_join_a_scene(board: Path) -> None:
    call("move", board, "--event", 3, "--event", 2, "--to", 1, "--scene", 2).ok()
    assert [number for number, _, _ in shown(board)] == ["2_0020", "2_0010", "1_0010"]


def test_versions_are_saved_listed_compared_and_shown(taken: Path) -> None:
    assert "Cut 1 is kept as it was; the current cut is Fine cut" in call(
        "save-cut", taken, "--name", "Fine cut").ok().out
    assert call("compare-cuts", taken, "Cut 1").ok().out == "Both show the same.\n"
    call("trim", taken, "--event", 2, "--tail", -1).ok()
    call("move", taken, "--event", 3, "--to", 1).ok()
    assert [card["frames"] for card in call("cuts", taken, "--json").ok().json] == [18, 19]
    assert "Fine cut" in call("cuts", taken).ok().out
    told = [(one["number"], one["kind"], one["words"]) for one in call("compare-cuts", taken, 1, 2, "--json").ok().json]
    assert told == [("2_0010", "moved", "moved to the head of the cut"), ("1_0020", "length", "1 frame shorter")]
    assert "1 frame shorter" in call("compare-cuts", taken, "1").ok().out
    assert shown(taken, "--cut", "1")[2] == ("2_0010", 14, 5)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("trim", "--event", "9", "--tail", "1"), "'9'"),
        (("trim", "--event", "1"), "one of --head"),
        (("trim", "--event", "1", "--head", "1", "--tail", "1"), "one of --head"),
        (("trim", "--event", "1", "--head", "8"), "cannot move by +8"),
        (("trim", "--event", "3", "--roll", "1"), "last one"),
        (("trim", "--event", "2", "--slip", "1"), "nothing under"),
        (("trim", "--event", "1", "--tail", "x"), "'x'"),
        (("split", "--event", "1", "--at", "8"), "split at"),
        (("move", "--event", "1", "--to", "0"), "place 0"),
        (("move", "--event", "1", "--to", "4"), "place of the event"),
        (("compare-cuts", "Rough"), "Rough"),
        (("save-cut", "--name", "x" * 500), "500"),
    ],
)
def test_what_cannot_be_cut_is_refused_and_nothing_changes(board: Path, words: tuple[str, ...], named: str) -> None:
    before = everything(board)
    call(words[0], board, *words[1:]).refused(named)
    assert everything(board) == before
