"""Lanes and sounds of the cut from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.calls import call, everything
from tests.project.test_media import a_sound


@pytest.fixture
def heard(board: Path, tmp_path: Path) -> Path:
    """The board with half a second of horn on Effects, at the second frame."""
    call("add-sound", board, a_sound(tmp_path / "horn.wav", 0.5), "--lane", "effects", "--at", 1).ok()
    return board


def sounds(film: Path) -> list[tuple[str, str, int, int]]:
    found: list[Any] = call("sounds", film, "--json").ok().json
    return [(one["lane"], one["name"], one["film_frame"], one["frames"]) for one in found]


def lane(film: Path, name: str) -> dict[str, Any]:
    found: list[Any] = call("lanes", film, "--json").ok().json
    return next(one for one in found if one["name"] == name)


def test_sounds_are_laid_one_after_the_other_and_listed(board: Path, tmp_path: Path) -> None:
    files = [a_sound(tmp_path / "horn.wav", 0.5), a_sound(tmp_path / "gull.wav", 0.25)]
    said = call("add-sound", board, *files, "--lane", "music", "--at", "01:00:00:03").ok().out
    assert "Laid 2 sounds on Music, to film frame 21." in said
    assert sounds(board) == [("Music", "horn", 3, 12), ("Music", "gull", 15, 6)]
    assert (board / call("sounds", board, "--json").json[0]["file"]).is_file()
    assert "horn" in call("sounds", board).ok().out


def test_without_a_lane_they_go_to_the_topmost(board: Path, tmp_path: Path) -> None:
    call("add-sound", board, a_sound(tmp_path / "gull.wav", 0.25)).ok()
    assert sounds(board) == [("Dialogue", "gull", 0, 6)]


def test_a_sound_is_moved_trimmed_named_and_made_softer_in_one_step(heard: Path) -> None:
    said = call("edit-sound", heard, "horn", "--at", 4, "--lane", "music", "--gain", -6, "--name", "Fog horn",
                "--head", 2, "--tail", -3).ok().out
    assert "Fog horn starts at frame 6 (01:00:00:06) and lasts 7 frames, at -6 dB." in said
    assert sounds(heard) == [("Music", "Fog horn", 6, 7)]
    call("undo", heard).ok()
    assert sounds(heard) == [("Effects", "horn", 1, 12)]


def test_a_sound_is_split_and_taken_off(heard: Path) -> None:
    call("split-sound", heard, "horn", "--at", 5).ok()
    assert sounds(heard) == [("Effects", "horn", 1, 4), ("Effects", "horn", 5, 8)]
    call("remove-sound", heard, "horn").refused("2 sounds named 'horn'")
    ids = [one["id"] for one in call("sounds", heard, "--json").json]
    call("remove-sound", heard, *ids).ok()
    assert sounds(heard) == []


def test_a_lane_is_silenced_by_itself_or_beside_another(heard: Path) -> None:
    assert "Effects is not heard" in call("lane", heard, "effects", "--mute").ok().out
    call("lane", heard, "effects", "--unmute", "--gain", -3).ok()
    call("lane", heard, "music", "--solo").ok()
    assert (lane(heard, "Effects")["audible"], lane(heard, "Music")["audible"]) == (False, True)
    assert "silent beside a solo" in call("lanes", heard).ok().out
    call("lane", heard, "music", "--unsolo").ok()
    assert (lane(heard, "Effects")["audible"], lane(heard, "Effects")["gain"]) == (True, -3)


def test_lanes_are_added_named_moved_locked_and_removed(heard: Path) -> None:
    call("add-lane", heard, "Wind", "--lock").ok()
    call("lane", heard, "wind", "--name", "Storm", "--place", 1, "--follow").ok()
    assert [one["name"] for one in call("lanes", heard, "--json").json] == ["Storm", "Dialogue", "Effects", "Music"]
    assert lane(heard, "Storm")["follows"] is True and lane(heard, "Effects")["sounds"] == 1
    call("undo", heard).ok()
    assert [one["name"] for one in call("lanes", heard, "--json").json][-1] == "Wind"
    call("remove-lane", heard, "effects").ok()
    assert sounds(heard) == []


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("edit-sound", "horn"), "--at"),
        (("edit-sound", "gull", "--gain", "1"), "'gull'"),
        (("edit-sound", "horn", "--gain", "90"), "90"),
        (("edit-sound", "horn", "--gain", "nan"), "nan"),
        (("edit-sound", "horn", "--lane", "nowhere"), "'nowhere'"),
        (("edit-sound", "horn", "--at", "-4"), "'-4'"),
        (("edit-sound", "horn", "--at", "00:59:00:00"), "before the film begins"),
        (("edit-sound", "horn", "--at", "01:00:00:24"), "does not exist"),
        (("edit-sound", "horn", "--head", "99"), "no further"),
        (("edit-sound", "horn", "--gain", "-3", "--tail", "99"), "no further"),
        (("split-sound", "horn", "--at", "1"), "split at"),
        (("remove-sound", "horn", "gull"), "'gull'"),
        (("lane", "music"), "--gain"),
        (("lane", "nowhere", "--mute"), "Dialogue, Effects, Music"),
        (("lane", "music", "--gain", "loud"), "'loud'"),
        (("lane", "music", "--mute", "--place", "9"), "place 9"),
        (("add-lane", "x" * 300), "300"),
        (("remove-lane", ""), "no lane ''"),
    ],
)
def test_what_no_sound_can_be_is_refused_and_nothing_changes(
    heard: Path, words: tuple[str, ...], named: str
) -> None:
    before = everything(heard)
    call(words[0], heard, *words[1:]).refused(named)
    assert everything(heard) == before


def test_a_name_that_two_lanes_have_is_refused(board: Path) -> None:
    call("add-lane", board, "Effects").ok()
    before = everything(board)
    call("remove-lane", board, "effects").refused("2 lanes named 'effects'")
    assert everything(board) == before
