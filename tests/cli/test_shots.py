"""Changing what is on the board, and taking it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.calls import call, everything


def shots(film: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = call("shots", film, "--json").ok().json
    return found


def states(film: Path) -> list[str]:
    return [shot["state"] for shot in shots(film)]


def test_a_shot_says_what_is_named_and_keeps_the_rest(board: Path) -> None:
    call("edit-shot", board, "--shot", 1, "--size", "wide shot", "--frames", 24, "--prompt", "").ok()
    found = shots(board)[0]
    assert (found["size"], found["frames"], found["prompt"]) == ("wide shot", 24, "")
    assert found["subjects"] == ["@mara"]
    call("edit-shot", board, "--shot", "1_0020", "--subject", "@mara:left", "--scene", 2, "--action", "runs").ok()
    moved = next(shot for shot in shots(board) if shot["action"] == "runs")
    assert (moved["scene"], moved["subjects"]) == ("2", ["@mara"])
    call("undo", board).ok()
    assert shots(board)[1]["subjects"] == [] and shots(board)[1]["scene"] == "1"


def test_a_scene_is_changed_and_put_elsewhere_in_one_step(board: Path) -> None:
    before = shots(board)
    call("edit-scene", board, "2", "--heading", "INT. CABIN - NIGHT", "--place", 1).ok()
    assert [shot["scene"] for shot in shots(board)] == ["2", "1", "1"]
    call("undo", board).ok()
    assert shots(board) == before


def test_shots_are_omitted_and_restored(board: Path) -> None:
    assert call("omit", board, "1_0010", "2_0010").ok().out == "Omitted 1_0010, 2_0010.\n"
    assert states(board) == ["omitted", "empty", "omitted"]
    assert call("restore", board, "1_0010", "2_0010").ok().out == "Restored 1_0010, 2_0010.\n"
    assert states(board) == ["empty", "empty", "empty"]


def test_approved_shots_are_left_alone_by_what_is_done_to_many(board: Path) -> None:
    call("approve", board, 1).ok()
    assert call("omit", board, 1, 2).ok().out == "Omitted 1_0020.\n1 approved shot was left alone.\n"
    assert states(board) == ["approved", "omitted", "empty"]
    call("approve", board, 1, "--off").ok()
    assert states(board)[0] == "empty"


def test_copies_stand_after_the_last_of_them(board: Path) -> None:
    assert call("duplicate", board, 1, 2).ok().out == "Made 1_0030, 1_0040.\n"
    assert [shot["number"] for shot in shots(board)] == ["1_0010", "1_0020", "1_0030", "1_0040", "2_0010"]


def test_a_shot_that_is_out_of_date_is_kept_as_it_is(taken: Path) -> None:
    call("edit-shot", taken, "--shot", 1, "--size", "close-up").ok()
    assert states(taken)[0] == "out_of_date"
    call("keep", taken, 1).ok()
    assert states(taken)[0] == "has_takes"


def test_undo_and_redo_name_the_edit(board: Path) -> None:
    call("omit", board, 1).ok()
    assert call("undo", board).ok().out == "Took back: Omit shot.\n"
    assert states(board)[0] == "empty"
    assert call("redo", board).ok().out == "Made again: Omit shot.\n"
    assert states(board)[0] == "omitted"


def test_a_new_film_has_nothing_to_take_back(film: Path) -> None:
    call("undo", film).refused("no edit to take back")
    call("redo", film).refused("Nothing was taken back")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("edit-shot", "--shot", "1"), "--action"),
        (("edit-shot", "--shot", "1", "--frames", "0"), "0 frames"),
        (("edit-shot", "--shot", "1", "--number", "20"), "20"),
        (("edit-shot", "--shot", "1", "--action", "x", "--subject", "@nobody"), "@nobody"),
        (("edit-shot", "--shot", "1", "--scene", "9"), "'9'"),
        (("edit-scene", "1"), "--heading"),
        (("edit-scene", "1", "--heading", "A", "--place", "3"), "place 3"),
        (("edit-scene", "7", "--heading", "A"), "'7'"),
        (("omit", "1", "9"), "'9'"),
        (("keep", "nothing"), "'nothing'"),
        (("duplicate", "1", ""), "''"),
    ],
)
def test_what_the_board_cannot_be_is_refused_and_nothing_changes(
    board: Path, words: tuple[str, ...], named: str
) -> None:
    before = everything(board)
    call(words[0], board, *words[1:]).refused(named)
    assert everything(board) == before
