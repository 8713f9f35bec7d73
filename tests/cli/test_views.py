"""Pictures of subjects, and those of a shot's own, from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_movie, a_picture
from tests.calls import call, everything


def mara(film: Path) -> dict[str, Any]:
    found: dict[str, Any] = call("subjects", film, "--json").ok().json[0]
    return found


def views(film: Path) -> list[tuple[str, object, str]]:
    return [(one["view"], one["change"], one["original_name"]) for one in mara(film)["views"]]


def given(film: Path, shot: str = "1") -> list[tuple[str, int]]:
    told = call("given-references", film, "--shot", shot, "--json").ok().json
    return [(one["purpose"], one["strength"]) for one in told]


@pytest.fixture
def shown(board: Path, tmp_path: Path) -> Path:
    """@mara with a coat and two pictures."""
    call("add-change", board, "@mara", "--day", 1, "--name", "coat").ok()
    files = [a_picture(tmp_path / f"{name}.png", colour=name) for name in ("front", "face")]
    call("add-view", board, "@mara", *files, "--view", "front").ok()
    return board


def test_pictures_are_added_once_described_and_put_in_order(shown: Path, tmp_path: Path) -> None:
    coat = a_picture(tmp_path / "coat.png", colour="coat")
    said = call("add-view", shown, "@mara", coat, tmp_path / "face.png", "--change", "coat").ok().out
    assert said.splitlines()[-2:] == [
        "That picture is in @mara already and not added twice.",
        "@mara is shown by 3 pictures.",
    ]
    said = call("edit-view", shown, "@mara", 2, "--view", "face", "--change", 1, "--place", 1).ok().out
    assert said == "Picture 1 of @mara: face, Change 1, coat, 160×90.\n"
    call("edit-view", shown, "@mara", mara(shown)["views"][2]["id"], "--change", "any", "--view", "none").ok()
    assert views(shown) == [("face", 1, "face.png"), ("front", None, "front.png"), ("", None, "coat.png")]
    call("remove-view", shown, "@mara", 1).ok()
    assert [one for _, _, one in views(shown)] == ["front.png", "coat.png"]
    call("undo", shown).ok()
    assert len(views(shown)) == 3 and all((shown / one["file"]).is_file() for one in mara(shown)["views"])


def test_a_picture_is_given_to_the_subject_it_shows(shown: Path) -> None:
    call("add-subject", shown, "@jon", "--kind", "character").ok()
    call("edit-view", shown, "@mara", 1, "--subject", "@jon", "--view", "back").ok()
    assert [one for _, _, one in views(shown)] == ["face.png"]
    assert call("subjects", shown, "--json").json[1]["views"][0]["view"] == "back"


def test_a_shot_is_given_references_of_its_own(board: Path, tmp_path: Path) -> None:
    one, two = (a_picture(tmp_path / f"{name}.png", colour=name) for name in ("one", "two"))
    call("give-reference", board, one, "--shot", 1, "--purpose", "first-frame").ok()
    call("give-reference", board, two, "--shot", 1, "--purpose", "first frame").ok()
    call("give-reference", board, one, "--shot", 1, "--purpose", "look", "--strength", 40).ok()
    call("give-reference", board, two, "--shot", 1, "--purpose", "look").ok()
    call("give-reference", board, a_movie(tmp_path / "guide.mp4"), "--shot", 1, "--purpose", "guide").ok()
    assert given(board) == [("first_frame", 100), ("look", 40), ("look", 100), ("guide", 100)]
    assert "first frame" in call("given-references", board, "--shot", 1).ok().out
    call("take-reference", board, "look", "--shot", 1).refused("2 references")
    call("take-reference", board, 2, "--shot", 1).ok()
    call("take-reference", board, "first-frame", "--shot", 1).ok()
    assert given(board) == [("look", 100), ("guide", 100)]
    call("undo", board).ok()
    assert given(board) == [("first_frame", 100), ("look", 100), ("guide", 100)]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("add-view", "@nobody", "face.png"), "@nobody"),
        (("add-view", "@mara", "gone.png"), "gone.png"),
        (("add-view", "@mara", "face.png", "--change", "hat"), "hat"),
        (("add-view", "@mara", "new.png", "--view", "above"), "above"),
        (("edit-view", "@mara", 1), "--view"),
        (("edit-view", "@mara", 3, "--view", "face"), "2 pictures"),
        (("edit-view", "@mara", 1, "--place", 0), "place 0"),
        (("edit-view", "@mara", 1, "--subject", "@nobody"), "@nobody"),
        (("remove-view", "@mara", "gone"), "gone"),
        (("give-reference", "face.png", "--shot", 1, "--purpose", "identity"), "identity"),
        (("give-reference", "face.png", "--shot", 1, "--purpose", "look", "--strength", 101), "strength"),
        (("give-reference", "gone.png", "--shot", 1, "--purpose", "look"), "gone.png"),
        (("give-reference", "face.png", "--shot", 9, "--purpose", "look"), "9"),
        (("take-reference", "look", "--shot", 1), "look"),
    ],
)
def test_what_cannot_be_shown_is_refused_and_nothing_changes(
    shown: Path, tmp_path: Path, words: tuple[object, ...], named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_picture(tmp_path / "new.png", colour="new")
    monkeypatch.chdir(tmp_path)
    before = everything(shown)
    call(words[0], shown, *words[1:]).refused(named)
    assert everything(shown) == before
