"""The gallery from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_picture
from tests.calls import call, everything


def subjects(film: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = call("subjects", film, "--json").ok().json
    return found


def test_a_subject_is_changed_and_gets_pictures_in_one_step(board: Path, tmp_path: Path) -> None:
    said = call("edit-subject", board, "@MARA", "--name", "@ada", "--description", "a tall woman", "--image",
                a_picture(tmp_path / "ada.png")).ok().out
    assert said.endswith("@ada is a character with 1 picture, in 1 shot.\n")
    (found,) = subjects(board)
    assert (found["name"], found["description"], found["shots"]) == ("@ada", "a tall woman", 1)
    assert (board / found["pictures"][0]).is_file()
    assert call("shots", board, "--json").json[0]["prompt"] == "@ada walks"
    call("undo", board).ok()
    assert subjects(board)[0]["name"] == "@mara" and subjects(board)[0]["pictures"] == []


def test_the_gallery_is_listed_and_a_subject_removed(board: Path) -> None:
    assert "woman in a yellow raincoat" in call("subjects", board).ok().out
    call("remove-subject", board, "@mara").ok()
    assert call("subjects", board).ok().out == "The gallery is empty.\n"
    assert call("shots", board, "--json").json[0]["subjects"] == []


def test_a_frame_of_a_take_is_a_picture_of_a_subject(taken: Path) -> None:
    call("grab-reference", taken, "1_0010", "--frame", 2, "--subject", "@mara").ok()
    assert len(subjects(taken)[0]["pictures"]) == 1


def test_a_picture_named_twice_is_one_view(board: Path, tmp_path: Path) -> None:
    one = a_picture(tmp_path / "one.png")
    said = call("add-subject", board, "@jon", "--kind", "character", "--image", one, "--image", one).ok().out
    assert "with 1 picture." in said and "not added twice" in said


def test_what_is_amiss_with_names_is_told_of_the_film_and_of_a_shot(board: Path) -> None:
    call("edit-shot", board, "--shot", 1, "--prompt", "@mara meets @marra").ok()
    call("edit-shot", board, "--shot", 2, "--prompt", "mail@mara.org").ok()
    told = call("names", board, "--json").ok().json
    assert [(one["kind"], one["name"]) for one in told] == [("unknown", "@marra"), ("bare", "@mara")]
    assert "Did you mean @mara?" in call("names", board, "--shot", 1).ok().out
    assert call("names", board, "--shot", 2).ok().out == "Every name is somebody, and everybody is named.\n"


def test_the_film_notes_are_written_with_the_other_fields_in_one_step(board: Path) -> None:
    call("edit-film", board, "--notes", "soft morning light", "--title", "Dawn").ok()
    assert call("film-settings", board, "--json").json["notes"] == "soft morning light"
    assert call("film-settings", board).ok().out.endswith("Notes: soft morning light\n")
    call("undo", board).ok()
    told = call("film-settings", board, "--json").json
    assert (told["notes"], told["title"] == "Dawn") == ("", False)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("edit-subject", "@mara"), "--name"),
        (("edit-subject", "@nobody", "--kind", "prop"), "@nobody"),
        (("edit-subject", "@mara", "--kind", "actor"), "actor"),
        (("edit-subject", "@mara", "--kind", "prop", "--name", "two words"), "two words"),
        (("edit-subject", "@mara", "--image", "gone.png"), "gone.png"),
        (("remove-subject", "@nobody"), "@nobody"),
        (("grab-reference", "1_0010", "--frame", "99", "--subject", "@mara"), "frame 99"),
        (("grab-reference", "1_0010", "--frame", "1", "--subject", "@nobody"), "@nobody"),
    ],
)
def test_what_no_subject_can_be_is_refused_and_nothing_changes(
    taken: Path, words: tuple[str, ...], named: str
) -> None:
    before = everything(taken)
    call(words[0], taken, *words[1:]).refused(named)
    assert everything(taken) == before
