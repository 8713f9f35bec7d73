"""The cut from the command line: edges, splits, places; how an event is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.calls import call, everything


def shown(film: Path, *words: str) -> list[tuple[str, int, int]]:
    found: list[Any] = call("events", film, "--json", *words).ok().json
    return [(event["number"], event["film_frame"], event["frames"]) for event in found]


def test_a_trim_says_how_long_the_event_is_and_what_is_held(taken: Path) -> None:
    said = call("trim", taken, "1_0010", "--tail", "+5").ok().out
    assert said == "1_0010 lasts 13 frames now. Holds its last frame for 3 frames.\n"
    assert "Holds its last frame" in call("events", taken).ok().out
    call("trim", taken, 1, "--head", 3).ok()
    call("roll", taken, 2, "--by", -2).ok()
    call("slip", taken, 1, "--by", 1).ok()
    assert shown(taken) == [("1_0010", 0, 10), ("1_0020", 10, 4), ("2_0010", 14, 7)]
    assert call("events", taken, "--json").json[0]["take_in"] == 2


def test_both_edges_are_one_step_and_a_length_is_another_way_to_say_it(taken: Path) -> None:
    call("trim", taken, "1_0010", "--head", 2, "--tail", -1).ok()
    assert shown(taken)[0] == ("1_0010", 0, 5)
    call("undo", taken).ok()
    assert shown(taken)[0] == ("1_0010", 0, 8)
    call("trim", taken, "1_0010", "--length", 12).ok()
    assert shown(taken)[0] == ("1_0010", 0, 12)


def test_a_split_makes_two_events_or_two_shots(taken: Path) -> None:
    said = call("split", taken, "1_0010", "--at", 3).ok().out
    assert said.startswith("Split 1_0010 after 3 frames; the rest is 1_0010 (event_")
    said = call("split", taken, "1_0020", "--at", 2, "--two-shots").ok().out
    assert "the rest is 1_0030" in said
    assert shown(taken) == [("1_0010", 0, 3), ("1_0010", 3, 5), ("1_0020", 8, 2), ("1_0030", 10, 4), ("2_0010", 14, 5)]


def test_an_event_is_named_by_shot_count_or_id(taken: Path) -> None:
    call("split", taken, "1_0010", "--at", 3).ok()
    call("trim", taken, "1_0010", "--tail", 1).refused("2 times", "1_0010:1, 1_0010:2")
    for name in ("1_0010:2", "1:2", call("events", taken, "--json").json[1]["id"]):
        call("trim", taken, name, "--tail", 1).ok()
    assert shown(taken)[:2] == [("1_0010", 0, 3), ("1_0010", 3, 8)]
    listed = [line.split()[1] for line in call("events", taken).ok().out.splitlines()[1:]]
    assert listed == ["1_0010:1", "1_0010:2", "1_0020", "2_0010"]
    call("omit", taken, "1_0020").ok()
    call("trim", taken, "1_0020", "--tail", 1).refused("does not show 1_0020, which is omitted")


def test_events_are_moved_and_join_a_scene(board: Path) -> None:
    call("move", board, "2_0010", "1_0020", "--to", 1, "--scene", 2).ok()
    assert [number for number, _, _ in shown(board)] == ["2_0020", "2_0010", "1_0010"]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("trim", "9", "--tail", "1"), "'9'"),
        (("trim", "1:2", "--tail", "1"), "once"),
        (("trim", "1:0", "--tail", "1"), "'1:0'"),
        (("trim", "1"), "--head"),
        (("trim", "1", "--head", "1", "--length", "4"), "two wishes"),
        (("trim", "1", "--length", "0"), "0 frames"),
        (("trim", "1", "--head", "8"), "cannot move by +8"),
        (("trim", "1", "--head", "1", "--tail", "-99"), "cannot move by -99"),
        (("trim", "1", "--tail", "x"), "'x'"),
        (("roll", "3", "--by", "1"), "last one"),
        (("slip", "2", "--by", "1"), "nothing under"),
        (("split", "1", "--at", "8"), "split at"),
        (("move", "1", "--to", "0"), "place 0"),
        (("move", "1", "2", "--to", "3"), "Give 1 to 2"),
        (("move", "1", "--to", "1", "--scene", "9"), "'9'"),
    ],
)
def test_what_cannot_be_cut_is_refused_and_nothing_changes(board: Path, words: tuple[str, ...], named: str) -> None:
    before = everything(board)
    call(words[0], board, *words[1:]).refused(named)
    assert everything(board) == before
