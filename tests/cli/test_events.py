"""What is done with the pictures of an event, without generating."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.calls import call, everything


def event(film: Path, place: int = 1) -> dict[str, Any]:
    found: dict[str, Any] = call("events", film, "--json").ok().json[place - 1]
    return found


def notes(film: Path) -> str:
    return call("events", film).ok().out.splitlines()[1]


def test_the_cut_is_listed_as_it_is_shown(taken: Path) -> None:
    lines = call("events", taken).ok().out.splitlines()
    assert [line.split()[:4] for line in lines[1:]] == [
        ["1", "1_0010", "0", "8"], ["2", "1_0020", "8", "6"], ["3", "2_0010", "14", "5"]]
    assert event(taken)["take"] is not None and event(taken, 2)["take"] is None


@pytest.mark.parametrize(("text", "speed", "frames"), [("50%", [1, 2], 16), ("2", [2, 1], 4), ("4/5", [4, 5], 10)])
def test_a_speed_is_a_percentage_a_number_or_a_fraction_and_the_length_follows(
    taken: Path, text: str, speed: list[int], frames: int
) -> None:
    assert f"lasts {frames} frames now" in call("retime", taken, "1_0010", "--speed", text).ok().out
    assert (event(taken)["speed"], event(taken)["frames"]) == (speed, frames)


def test_reverse_turns_round_what_is_there_and_a_speed_says_which_way(taken: Path) -> None:
    call("retime", taken, 1, "--speed", "200%", "--reverse").ok()
    assert event(taken)["speed"] == [-2, 1] and "Plays backwards at 200% speed." in notes(taken)
    call("retime", taken, 1, "--reverse").ok()
    assert event(taken)["speed"] == [2, 1]
    call("retime", taken, 1, "--speed", "100%").ok()
    assert event(taken)["speed"] == [1, 1]


def test_flop_hold_and_name_come_and_go(taken: Path) -> None:
    call("flop", taken, 1).ok()
    call("hold", taken, 1, "last").ok()
    call("name-event", taken, 1, "Mara turns").ok()
    assert (event(taken)["flop"], event(taken)["hold"], event(taken)["name"]) == (True, "last", "Mara turns")
    assert "Flopped. Its last frame is held." in notes(taken)
    call("flop", taken, 1, "--off").ok()
    call("hold", taken, 1, "off").ok()
    call("name-event", taken, 1, "").ok()
    assert (event(taken)["flop"], event(taken)["hold"], event(taken)["name"]) == (False, "", "")


def test_a_framing_moves_from_one_part_to_another_or_stays(taken: Path) -> None:
    call("reframe", taken, 1, "--from", "0,0,0.5,0.5", "--to", "0.5,0.5,0.5,0.5", "--ease", "both").ok()
    found = event(taken)
    assert (found["framing_start"], found["framing_end"], found["ease"]) == ([0, 0, 0.5, 0.5], [0.5] * 4, "both")
    call("reframe", taken, 1, "--from", "0.1, 0.1, 0.5, 0.5").ok()
    assert event(taken)["framing_end"] == [0.1, 0.1, 0.5, 0.5] and event(taken)["ease"] == ""
    call("reframe", taken, 1, "--to", "0.2,0.2,0.5,0.5").ok()
    assert event(taken)["framing_start"] is None and "Reframed." in notes(taken)
    call("reframe", taken, 1, "--off").ok()
    assert event(taken)["framing_end"] is None


def test_a_shot_is_shown_once_more_and_taken_out_again(board: Path) -> None:
    call("add-event", board, "--shot", "1_0020", "--at", 1).ok()
    assert [one["number"] for one in call("events", board, "--json").json] == ["1_0020", "1_0010", "1_0020", "2_0010"]
    call("remove-event", board, "1_0020:1", "2_0010").ok()
    assert [one["number"] for one in call("events", board, "--json").json] == ["1_0010", "1_0020"]
    assert len(call("shots", board, "--json").json) == 3


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("retime", "1"), "--speed 50%"),
        (("retime", "1", "--speed", "0"), "'0'"),
        (("retime", "1", "--speed", "-50%"), "--reverse"),
        (("retime", "1", "--speed", "fast"), "'fast'"),
        (("retime", "1", "--speed", "nan"), "'nan'"),
        (("retime", "1", "--speed", "1/0"), "'1/0'"),
        (("retime", "1", "--speed", "9999"), "9,999"),
        (("retime", "1", "--speed", "0.00001"), "0.00001"),
        (("hold", "1", "middle"), "'middle'"),
        (("reframe", "1"), "--from"),
        (("reframe", "1", "--from", "0,0,1"), "'0,0,1'"),
        (("reframe", "1", "--from", "0,0,nan,1"), "rectangle"),
        (("reframe", "1", "--from", "0,0,0,1"), "rectangle"),
        (("reframe", "1", "--from", "0,0,1,1", "--ease", "slow"), "'slow'"),
        (("reframe", "1", "--from", "0,0,1,1", "--off"), "--off"),
        (("add-event", "--shot", "1", "--at", "9"), "place 9"),
        (("remove-event", "1", "7"), "'7'"),
        (("name-event", "1", "x" * 300), "300"),
    ],
)
def test_what_an_event_cannot_be_is_refused_and_nothing_changes(
    board: Path, words: tuple[str, ...], named: str
) -> None:
    before = everything(board)
    call(words[0], board, *words[1:]).refused(named)
    assert everything(board) == before
