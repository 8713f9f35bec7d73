"""Longer prompts, what is sent of a shot and who writes, from the command line; the words runtime is the real one."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from model_runtime import keys
from studio.settings import Settings
from tests.builders import a_picture
from tests.calls import call, everything


def proposed(film: Path, shot: object = 1) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = call("expansions", film, "--shot", shot, "--json").ok().json
    return found


# --- texts ---------------------------------------------------------------------------------------------------------


def test_a_text_is_written_longer_without_any_film() -> None:
    assert call("expand", "a man waits on the pier at night").ok().out.startswith("medium shot, static. pier, night")
    told = call("expand", "a zeppelin over the pier", "--json").ok().json
    assert told["unknown"] == ["zeppelin"] and told["style"] == "sketch" and told["parts"]


def test_whom_a_text_names_is_told_by_the_films_gallery(board: Path) -> None:
    assert "woman" in call("expand", "@mara waits", "--film", board).ok().out
    assert "yellow raincoat" in call("expand", "@mara waits", "--film", board).out


@pytest.mark.parametrize(
    "words",
    [(), ("a pier", "--shot", 1), ("a pier", "--accept"), ("--shot", 1), (" ",), ("--scene", 1, "--all")],
)
def test_what_is_not_clear_is_refused(words: tuple[object, ...]) -> None:
    call("expand", *words).refused()


# --- shots ---------------------------------------------------------------------------------------------------------


def test_a_shots_text_is_proposed_accepted_and_refused(board: Path) -> None:
    said = call("expand", "--film", board, "--shot", 1).ok().out
    assert said.startswith("1_0010: ") and "shotwright accept-expansion" in said
    (card,) = proposed(board)
    assert (card["state"], card["used"], card["variant"], card["draft"]) == ("proposed", False, 1, "@mara walks")
    call("accept-expansion", board, 1).ok()
    assert proposed(board)[0]["used"]
    call("undo", board).ok()
    assert not proposed(board)[0]["used"]
    assert "keeps its draft" in call("refuse-expansion", board, card["id"]).ok().out
    assert proposed(board)[0]["state"] == "refused"


def test_refusing_the_prompt_in_use_tells_which_one_is_used_instead(board: Path) -> None:
    call("expand", "--film", board, "--shot", 1, "--accept").ok()
    call("expand", "--film", board, "--shot", 1, "--accept").ok()
    newest, before = proposed(board)
    assert newest["used"]
    told = call("refuse-expansion", board, newest["id"]).ok().out
    assert "accepted before" in told and proposed(board)[1]["used"] and "draft" not in told
    assert "keeps its draft" in call("refuse-expansion", board, before["id"]).ok().out


def test_a_scene_is_written_and_accepted_in_one_step(board: Path) -> None:
    told = call("expand", "--film", board, "--scene", 1, "--accept", "--json").ok().json
    assert [one["number"] for one in told] == ["1_0010", "1_0020"] and all(one["used"] for one in told)
    call("undo", board).ok()
    assert not proposed(board, 1)[0]["used"] and not proposed(board, 2)[0]["used"] and proposed(board, 3) == []


def test_the_next_variant_follows_and_a_part_is_edited(board: Path) -> None:
    for _ in range(2):
        call("expand", "--film", board, "--shot", 1).ok()
    assert [one["variant"] for one in proposed(board)] == [2, 1]
    call("edit-expansion", board, 1, "--part", 1, "--text", "close-up, static.").ok()
    call("edit-expansion", board, 1, "--part", 2, "--lock").ok()
    newest = proposed(board)[0]
    assert newest["text"].startswith("close-up, static.") and newest["parts"][1]["locked"]
    call("edit-scene", board, 1, "--location", "park").ok()
    call("expand", "--film", board, "--shot", 1).ok()
    assert proposed(board)[0]["parts"][1] == {**newest["parts"][1], "state": "proposed"}
    call("edit-expansion", board, 1, "--part", 9, "--lock").refused("no part 9")
    call("edit-expansion", board, 1, "--part", 1).refused("--text")


def test_what_cannot_be_written_is_told_by_name_and_the_film_stays(board: Path) -> None:
    before = everything(board)
    call("expand", "--film", board, "--shot", 9).refused("no shot '9'")
    call("expand", "--film", board, "--shot", 1, "--with", "nobody").refused("nobody")
    call("expand", "--film", board, "--shot", 1, "--style", "crayon").refused("crayon")
    call("expand", "--film", board, "--shot", 1, "--variant", 0).refused("variant 0")
    call("accept-expansion", board, 1).refused("No longer prompt")
    assert everything(board) == before


@pytest.mark.parametrize("word", ["9" * 5000, "\udcff\udcfe", "", "%s", "1_0010/"])
def test_a_name_nobody_has_is_one_sentence(board: Path, word: str) -> None:
    before = everything(board)
    for words in (("accept-expansion", board, word), ("refuse-expansion", board, word),
                  ("edit-expansion", board, word, "--part", 1, "--lock"), ("expansions", board, "--shot", word),
                  ("expand", "--film", board, "--shot", word), ("expand", "--film", board, "--scene", word),
                  ("references", board, "--shot", 1, "--leave-out", word), ("remove-writer", word),
                  ("expand", "--film", board, "--shot", 1, "--style", word or "-")):  # fmt: skip
        call(*words).refused()
    assert everything(board) == before


# --- references ----------------------------------------------------------------------------------------------------


def budget(film: Path, *words: object) -> dict[str, Any]:
    found: dict[str, Any] = call("references", film, "--shot", 1, *words, "--json").ok().json
    return found


def test_the_budget_is_told_and_changed_for_one_shot(board: Path, tmp_path: Path) -> None:
    pictures = [a_picture(tmp_path / f"{name}.png", (40, 60), name) for name in "abc"]
    call("edit-subject", board, "@mara", *(word for one in pictures for word in ("--image", one))).ok()
    first = budget(board)
    assert [one["place"] for one in first["sent"]] == [1, 2] and first["most"] == 8
    assert {one["read_width"] for one in first["sent"]} == {64}
    assert first["dropped"][0]["reason"] == "Two views of @mara are enough for sketch"
    assert (board / first["sent"][0]["picture"]).is_file()
    swapped = budget(board, "--order", "3,1")
    assert [one["id"] for one in swapped["sent"]] == [first["dropped"][0]["id"], first["sent"][0]["id"]]
    without = budget(board, "--leave-out", 1)
    assert [one["reason"] for one in without["dropped"]] == ["Left out by you"]
    assert budget(board, "--bring-back", 3)["dropped"][0]["reason"].startswith("Two views")
    assert budget(board, "--as-usual") == first
    said = call("references", board, "--shot", 1).ok().out
    assert said.startswith("1_0010: 2 of at most 8 pictures are sent to sketch.") and "not sent: Two views" in said
    call("references", board, "--shot", 1, "--order", "7").refused("no reference picture '7'")
    call("references", board, "--shot", 1, "--engine", "crayon").refused("crayon")
    assert "no reference pictures" in call("references", board, "--shot", 2).ok().out


# --- prompt writers ------------------------------------------------------------------------------------------------


@pytest.fixture
def in_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keys in a file of this test's own: no desktop keyring is asked."""
    monkeypatch.setattr(keys, "_keyring", lambda: None)
    monkeypatch.setattr(keys, "file_path", lambda: tmp_path / "keys.json")
    return tmp_path / "keys.json"


def test_a_writer_is_set_up_changed_and_removed(in_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call("add-writer", "Ollama here", "--adapter", "openai", "--base-url", "http://127.0.0.1:11434/v1").ok()
    call("edit-writer", "ollama-here", "--model", "qwen", "--sees", "--default").ok()
    (one,) = call("writers", "--json").ok().json
    assert (one["id"], one["model"], one["sees"], one["default"]) == ("ollama-here", "qwen", True, True)
    assert "Film grammar" in call("writers").ok().out
    monkeypatch.setattr("sys.stdin", io.StringIO("sk-planted\n"))
    assert str(in_file) in call("set-key", "Ollama here").ok().out
    assert json.loads(in_file.read_text()) == {"ollama-here": "sk-planted"}
    assert "planted" not in Settings().path.read_text() + call("writers", "--json").out
    call("remove-writer", "ollama-here").ok()
    assert json.loads(in_file.read_text()) == {} and call("writers", "--json").ok().json == []
    assert Settings()["expander"] == "grammar"


def test_a_writer_that_moves_to_another_host_is_told_to_have_lost_its_key(
    in_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call("add-writer", "Mine", "--adapter", "openai", "--base-url", "https://api.service.org/v1").ok()
    monkeypatch.setattr("sys.stdin", io.StringIO("sk-planted\n"))
    call("set-key", "mine").ok()
    assert "key" not in call("edit-writer", "mine", "--model", "m").ok().out
    assert "Its key was forgotten" in call("edit-writer", "mine", "--base-url", "https://elsewhere.org/v1").ok().out
    assert json.loads(in_file.read_text()) == {}


def test_a_writer_that_cannot_be_is_refused() -> None:
    call("add-writer", "A").refused("--adapter")
    call("add-writer", "A", "--adapter", "telnet").refused("telnet")
    call("add-writer", "A", "--adapter", "openai", "--base-url", "ftp://a").refused("ftp://a")
    call("edit-writer", "nobody", "--model", "m").refused("nobody")
    call("set-key", "nobody").refused("nobody")


def test_a_writer_that_is_not_there_is_told_in_words() -> None:
    call("add-writer", "Gone", "--adapter", "openai", "--base-url", "http://127.0.0.1:9/v1", "--model", "m").ok()
    call("try-writer", "gone").refused()
    call("models", "gone").refused()
    call("expand", "a pier", "--with", "gone").refused()


def test_no_key_is_refused(in_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call("add-writer", "A", "--adapter", "claude").ok()
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    call("set-key", "a").refused("No key")
    assert not in_file.exists()
