"""Versions of the cut from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.calls import call, everything
from tests.cli.test_cutting import shown


def test_versions_are_saved_listed_compared_and_shown(taken: Path) -> None:
    assert "Cut 1 is kept as it was; the current cut is Fine cut" in call(
        "save-cut", taken, "--name", "Fine cut").ok().out
    assert call("compare-cuts", taken, "Cut 1").ok().out == "Both show the same.\n"
    call("trim", taken, 2, "--tail", -1).ok()
    call("move", taken, 3, "--to", 1).ok()
    assert [card["frames"] for card in call("cuts", taken, "--json").ok().json] == [18, 19]
    assert "Fine cut" in call("cuts", taken).ok().out
    told = [(one["number"], one["kind"], one["words"]) for one in call("compare-cuts", taken, 1, 2, "--json").ok().json]
    assert told == [("2_0010", "moved", "moved to the head of the cut"), ("1_0020", "length", "1 frame shorter")]
    assert "1 frame shorter" in call("compare-cuts", taken, "1").ok().out
    assert shown(taken, "--cut", "1")[2] == ("2_0010", 14, 5)


def test_another_version_is_gone_on_in_named_and_removed(board: Path) -> None:
    call("save-cut", board, "--name", "Longer").ok()
    call("trim", board, 1, "--tail", 4).ok()
    assert "The current cut is Cut 1, 19 frames; Longer is kept as it was." in call("use-cut", board, 1).ok().out
    assert shown(board)[0] == ("1_0010", 0, 8)
    assert "Cut 2 is named Reel A now." in call("rename-cut", board, "longer", "--name", "Reel A").ok().out
    call("remove-cut", board, "reel a").ok()
    assert [card["name"] for card in call("cuts", board, "--json").json] == ["Cut 1"]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("compare-cuts", "Rough"), "Rough"),
        (("compare-cuts", "1", ""), "no cut ''"),
        (("use-cut", "1"), "current cut already"),
        (("use-cut", "7"), "'7'"),
        (("remove-cut", "1"), "current cut"),
        (("rename-cut", "1", "--name", "x" * 500), "500"),
        (("save-cut", "--name", "x" * 500), "500"),
        (("events", "--cut", "Rough"), "Rough"),
    ],
)
def test_what_no_version_can_be_is_refused(board: Path, words: tuple[str, ...], named: str) -> None:
    before = everything(board)
    call(words[0], board, *words[1:]).refused(named)
    assert everything(board) == before


def test_a_word_that_could_mean_two_versions_is_refused_and_an_id_is_not(board: Path) -> None:
    call("save-cut", board, "--name", "Rough").ok()
    call("save-cut", board, "--name", "rough").ok()
    call("rename-cut", board, "2", "--name", "1").ok()
    before = everything(board)
    call("remove-cut", board, "1").refused("2 cuts called '1'")
    assert everything(board) == before
    second = next(card["id"] for card in call("cuts", board, "--json").ok().json if card["number"] == 2)
    call("remove-cut", board, second).ok()
    assert [card["number"] for card in call("cuts", board, "--json").ok().json] == [3, 1]
