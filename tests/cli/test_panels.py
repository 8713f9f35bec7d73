"""Panels from the command line: listed, given a length and a move, taken from frames of takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_movie, a_picture
from tests.calls import call, everything


@pytest.fixture
def drawn(taken: Path, tmp_path: Path) -> Path:
    """The board with two panels on its second shot."""
    call("add-panel", taken, *(a_picture(tmp_path / f"{one}.png", colour=one) for one in "ab"), "--shot", 2).ok()
    return taken


def panels(film: Path, shot: object = 2) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = call("panels", film, "--shot", shot, "--json").ok().json
    return found


def test_panels_are_listed_with_what_they_are(drawn: Path) -> None:
    first, second = panels(drawn)
    assert (first["number"], first["chosen"], first["frames"], first["origin"]) == (1, True, 3, "imported")
    assert not second["chosen"] and (drawn / second["file"]).is_file()
    assert "3 frames" in call("panels", drawn, "--shot", 2).ok().out
    assert call("panels", drawn, "--shot", 3).ok().out == "2_0010 has no panel yet.\n"


def test_a_panel_gets_a_length_a_move_and_a_place_in_one_step(drawn: Path) -> None:
    call("edit-panel", drawn, 2, "--shot", 2, "--frames", 4, "--from", "0,0,0.5,0.5", "--to", "0.5,0,0.5,0.5",
         "--place", 1).ok()
    first = panels(drawn)[0]
    assert (first["number"], first["frames"], first["framing_end"]) == (2, 4, [0.5, 0, 0.5, 0.5])
    call("edit-panel", drawn, 2, "--shot", 2, "--frames", 0, "--whole").ok()
    assert panels(drawn)[0]["frames"] is None and panels(drawn)[0]["framing_start"] is None


def test_a_panel_is_chosen_and_taken_off(drawn: Path) -> None:
    assert call("choose", drawn, "--shot", 2, "--panel", 2).ok().out == "1_0020: panel 2 is chosen.\n"
    call("remove-panel", drawn, 2, "--shot", 2).ok()
    assert [(one["number"], one["chosen"]) for one in panels(drawn)] == [(1, True)]


def test_a_frame_of_a_take_becomes_a_panel_of_its_shot_or_another(drawn: Path) -> None:
    call("use-frame", drawn, "1_0010", "--frame", 4).ok()
    picked, = panels(drawn, 1)
    assert (picked["origin"], picked["take_frame"]) == ("picked", 4)
    call("use-frame", drawn, "1_0010/1", "--frame", 0, "--shot", 2, "--choose").ok()
    assert panels(drawn)[-1]["chosen"]


def test_the_next_shot_begins_with_the_last_frame_of_a_take(drawn: Path) -> None:
    take = call("takes", drawn, "--shot", 1, "--json").json[0]
    said = call("next-first-frame", drawn, take["id"]).ok().out
    assert said == f"1_0020 begins with the last frame of take {take['name']} now.\n"
    assert (panels(drawn)[-1]["chosen"], panels(drawn)[-1]["take_frame"]) == (True, take["frames"] - take["tail"] - 1)


def test_an_empty_panel_and_a_new_version_of_one(drawn: Path, tmp_path: Path) -> None:
    call("blank-panel", drawn, "--shot", 2, "--at", 1).ok()
    assert [(one["number"], one["origin"]) for one in panels(drawn)] == [(3, "drawn"), (1, "imported"), (2, "imported")]
    changed = a_picture(tmp_path / "changed.png", colour="changed")
    assert "Panel 1 of 1_0020 has a new version" in call("new-version", drawn, 1, changed, "--shot", 2).ok().out
    assert [(one["number"], one["chosen"]) for one in panels(drawn)][2] == (4, True)
    assert "shows that picture already" in call("new-version", drawn, 4, changed, "--shot", 2).ok().out


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("edit-panel", "1", "--shot", "2"), "--frames"),
        (("edit-panel", "3", "--shot", "2", "--frames", "4"), "no panel '3'"),
        (("edit-panel", "1", "--shot", "2", "--frames", "-2"), "-2"),
        (("edit-panel", "1", "--shot", "2", "--from", "0,0"), "'0,0'"),
        (("edit-panel", "1", "--shot", "2", "--whole", "--to", "0,0,1,1"), "--whole"),
        (("edit-panel", "1", "--shot", "2", "--frames", "4", "--place", "3"), "place 3"),
        (("blank-panel", "--shot", "2", "--at", "9"), "place 9"),
        (("new-version", "9", "gone.png", "--shot", "2"), "'9'"),
        (("new-version", "1", "gone.png", "--shot", "2"), "gone.png"),
        (("remove-panel", "1", "--shot", "1"), "has no panel"),
        (("choose", "--shot", "2"), "--take"),
        (("choose", "--shot", "2", "--panel", "9"), "'9'"),
        (("use-frame", "1_0010", "--frame", "999"), "frame 999"),
        (("use-frame", "1_0020", "--frame", "0"), "no chosen take"),
        (("use-frame", "1", "--frame", "0"), "of which shot"),
        (("next-first-frame", "2_0010"), "no chosen take"),
    ],
)
def test_what_no_panel_can_be_is_refused_and_nothing_changes(
    drawn: Path, words: tuple[str, ...], named: str
) -> None:
    before = everything(drawn)
    call(words[0], drawn, *words[1:]).refused(named)
    assert everything(drawn) == before


def test_after_the_last_shot_there_is_none_to_begin(board: Path, tmp_path: Path) -> None:
    call("import-take", board, a_movie(tmp_path / "last.mp4", 12, (192, 108)), "--shot", 3).ok()
    call("next-first-frame", board, "2_0010").refused("no shot after")
