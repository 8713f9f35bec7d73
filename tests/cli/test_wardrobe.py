"""What characters wear, from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.calls import call, everything


def changes(film: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = call("subjects", film, "--json").ok().json[0]["wardrobe"]
    return found


@pytest.fixture
def dressed(board: Path) -> Path:
    call("add-change", board, "@mara", "--day", 1, "--name", "coat", "--description", "a yellow coat").ok()
    call("add-change", board, "@MARA", "--day", 2, "--last-day", 3, "--aspect", "hair").ok()
    return board


def test_changes_are_added_listed_edited_and_removed(dressed: Path) -> None:
    told = changes(dressed)
    assert [(one["number"], one["aspect"], one["name"], one["day"], one["last_day"]) for one in told] == [
        (1, "clothes", "coat", 1, None),
        (2, "hair", "", 2, 3),
    ]
    said = call("edit-change", dressed, "@mara", "Coat", "--name", "wet", "--aspect", "state", "--last-day", 4).ok()
    assert said.out == "@mara: Change 1, wet (state), from story day 1 to 4.\n"
    call("edit-change", dressed, "@mara", 2, "--last-day", "none").ok()
    assert [one["last_day"] for one in changes(dressed)] == [4, None]
    call("remove-change", dressed, "@mara", told[0]["id"]).ok()
    assert [one["number"] for one in changes(dressed)] == [2]
    call("undo", dressed).ok()
    assert len(changes(dressed)) == 2


def test_a_change_is_worn_or_not_in_a_place_and_as_usual_again(dressed: Path) -> None:
    assert call("wear", dressed, "@mara", 2, "--scene", 1).ok().out == "@mara wears Change 2 in scene 1.\n"
    said = call("wear", dressed, "@mara", "coat", "--shot", 1, "--not").ok().out
    assert said == "@mara does not wear Change 1, coat in shot 1_0010.\n"
    exceptions = [one["exceptions"] for one in changes(dressed)]
    assert exceptions == [
        [{"scene": None, "shot": "1_0010", "worn": False}],
        [{"scene": "1", "shot": None, "worn": True}],
    ]
    call("wear", dressed, "@mara", 2, "--scene", 1, "--as-usual").ok()
    assert [len(one["exceptions"]) for one in changes(dressed)] == [1, 0]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("add-change", "@nobody", "--day", 1), "@nobody"),
        (("add-change", "@mara", "--day", -1), "story day"),
        (("add-change", "@mara", "--day", 3, "--last-day", 2), "day 2"),
        (("add-change", "@mara", "--day", 3, "--aspect", "mood"), "mood"),
        (("edit-change", "@mara", 1), "--day"),
        (("edit-change", "@mara", "hat", "--day", 2), "hat"),
        (("edit-change", "@mara", 1, "--last-day", "soon"), "soon"),
        (("remove-change", "@mara", 9), "9"),
        (("wear", "@mara", 1), "--scene"),
        (("wear", "@mara", 1, "--scene", 1, "--shot", 1), "--scene"),
        (("wear", "@mara", 1, "--scene", 1, "--not", "--as-usual"), "--not"),
        (("wear", "@mara", 1, "--scene", 1, "--as-usual"), "Change 1"),
        (("wear", "@mara", 1, "--shot", "9_0010"), "9_0010"),
    ],
)
def test_what_nobody_can_wear_is_refused_and_nothing_changes(
    dressed: Path, words: tuple[object, ...], named: str
) -> None:
    before = everything(dressed)
    call(words[0], dressed, *words[1:]).refused(named)
    assert everything(dressed) == before
