"""Markers and notes from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.calls import call, everything


def notes(film: Path, *words: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = call("notes", film, "--json", *words).ok().json
    return found


def test_a_marker_is_set_moved_named_and_removed(board: Path) -> None:
    call("add-marker", board, 12, "Storm").ok()
    call("add-marker", board, "01:00:00:02").ok()
    assert [(one["film_frame"], one["name"]) for one in call("markers", board, "--json").ok().json] == [
        (2, ""), (12, "Storm")]
    assert "01:00:00:12" in call("markers", board).ok().out
    call("edit-marker", board, "storm", "--at", 9, "--name", "Calm").ok()
    assert call("markers", board, "--json").json[1]["film_frame"] == 9
    call("remove-marker", board, "Calm").ok()
    assert len(call("markers", board, "--json").json) == 1


def test_a_note_is_on_a_shot_or_on_a_frame_of_its_take(taken: Path) -> None:
    call("add-note", taken, "Wider, please", "--shot", "2", "--author", "Ada").ok()
    call("add-note", taken, "Her hand", "--shot", "1", "--take", 1, "--frame", 3).ok()
    first, second = notes(taken)
    assert (first["number"], first["text"], first["author"], first["take"]) == (
        "1_0020", "Wider, please", "Ada", None)
    assert (second["number"], second["take_frame"], second["status"]) == ("1_0010", 3, "open") and second["author"]
    assert [one["text"] for one in notes(taken, "--shot", 2)] == ["Wider, please"]
    assert "Her hand" in call("notes", taken).ok().out


def test_a_note_is_answered_and_removed(taken: Path) -> None:
    call("add-note", taken, "Slower", "--shot", "1").ok()
    note = notes(taken)[0]["id"]
    call("edit-note", taken, note, "--done", "--answer", "v001", "--text", "Slower, please").ok()
    found = notes(taken)[0]
    assert (found["status"], found["text"]) == ("done", "Slower, please") and found["answer"].startswith("take_")
    assert notes(taken, "--open") == []
    call("remove-note", taken, note).ok()
    assert notes(taken) == []


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("add-marker", "-1"), "-1"),
        (("add-marker", "soon"), "'soon'"),
        (("add-marker", "999999999"), "999,999,999"),
        (("edit-marker", "Storm", "--at", "3"), "'Storm'"),
        (("remove-marker", "Storm"), "'Storm'"),
        (("add-note", "", "--shot", "1"), "says nothing"),
        (("add-note", "x", "--shot", "9"), "'9'"),
        (("add-note", "x", "--shot", "1", "--take", "4"), "'4'"),
        (("add-note", "x", "--shot", "1", "--take", "1", "--frame", "999"), "999"),
        (("add-note", "x", "--shot", "1", "--frame", "3"), "Name the take"),
        (("edit-note", "note_x", "--done"), "note_x"),
        (("remove-note", "note_x"), "note_x"),
    ],
)
def test_what_cannot_be_written_is_refused_and_nothing_changes(
    taken: Path, words: tuple[str, ...], named: str
) -> None:
    before = everything(taken)
    call(words[0], taken, *(("--", *words[1:]) if words[1].startswith("-") else words[1:])).refused(named)
    assert everything(taken) == before


@pytest.mark.parametrize(("start", "typed"), [("01:00:00:00", "01:00:01:10"), ("01:00:00;00", "01:00:01;10")])
def test_markers_stand_at_the_timecode_the_film_counts_in(tmp_path: Path, start: str, typed: str) -> None:
    film = tmp_path / "film"
    call("new", film, "--size", "192x108", "--rate", "29.97", "--start", start).ok()
    call("add-marker", film, typed, "here").ok()
    assert [one["film_frame"] for one in call("markers", film, "--json").ok().json] == [40]
    assert typed in call("markers", film).ok().out
