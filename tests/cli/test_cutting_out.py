"""Cutting out from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.calls import call, everything


@pytest.fixture
def shown(board: Path, tmp_path: Path) -> Path:
    """A film whose @mara has one picture: a red block on grey."""
    picture = Image.new("RGB", (160, 120), (120, 130, 140))
    picture.paste((200, 30, 20), (40, 30, 120, 90))
    picture.save(tmp_path / "Mara.png")
    call("add-view", board, "@mara", tmp_path / "Mara.png", "--view", "front").ok()
    return board


def views(film: Path, place: int = 0) -> list[dict]:
    found: list[dict] = call("subjects", film, "--json").ok().json[place]["views"]
    return found


def test_a_region_becomes_one_more_picture_in_one_step(shown: Path) -> None:
    said = call("cut-out", shown, "@mara", "--view", 1, "--region", "40,30,80,60", "--shows", "face").ok().out
    assert said == "@mara has a new picture, 80×60, cut out of Mara.png.\n"
    assert [one["view"] for one in views(shown)] == ["front", "face"]
    call("undo", shown).ok()
    assert [one["view"] for one in views(shown)] == ["front"]


def test_a_thing_without_its_background_is_the_first_picture_of_a_new_subject(shown: Path) -> None:
    call("cut-out", shown, "@mara", "--view", 1, "--region", "30,20,100,80", "--background", "--for", "@box",
         "--new-kind", "prop").ok()
    (view,) = views(shown, 1)
    with Image.open(shown / view["file"]) as picture:
        assert picture.mode == "RGBA" and picture.getpixel((0, 0))[3] == 0
        assert picture.getpixel((picture.width // 2, picture.height // 2)) == (200, 30, 20, 255)


@pytest.mark.parametrize(("words", "told"), [
    (("--view", 1), "Nothing is said of what to cut out"),
    (("--view", 2, "--background"), "@mara has no picture '2'"),
    (("--view", 1, "--region", "a,b"), "'a,b' is no region"),
    (("--view", 1, "--region", "500,0,50,50"), "holds less than 4 × 4 pixels"),
    (("--view", 1, "--background", "--for", "@nobody"), "@nobody"),
    (("--view", 1, "--background", "--new-kind", "prop"), "A new subject has no name"),
])
def test_what_cannot_be_cut_is_refused_and_changes_nothing(shown: Path, words: tuple[object, ...], told: str) -> None:
    before = everything(shown)
    call("cut-out", shown, "@mara", *words).refused(told)
    assert everything(shown) == before
