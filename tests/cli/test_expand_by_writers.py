"""Prompts by services somebody set up, start to finish: the real words runtime and a stand-in of the service."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from model_runtime import keys
from tests.calls import call
from tests.writer_stub import ADAPTERS, WriterStub

pytestmark = pytest.mark.process
KEY = "sk-planted-9173"


@pytest.fixture
def stub() -> Iterator[WriterStub]:
    with WriterStub() as one:
        yield one


@pytest.fixture
def in_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keys in a file, where the words runtime, a process of its own, finds them too."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setattr(keys, "_keyring", lambda: None)
    return keys.file_path()


def set_up(stub: WriterStub, case: str, adapter: str = "openai", *more: object) -> str:
    name = case.replace("_", "-")
    call("add-writer", name, "--adapter", adapter, "--base-url", stub.address(case), "--model", "test-1", *more).ok()
    keys.store(name, KEY)
    return name


def proposed(film: Path, shot: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = call("expansions", film, "--shot", shot, "--json").ok().json
    return found


@pytest.fixture
def ferry(board: Path) -> Path:
    """The first shot says what the stand-in's good answer keeps: @mara, and FERRY 7 in quotes."""
    call("edit-shot", board, "--shot", 1, "--prompt", '@mara waits under "FERRY 7"').ok()
    return board


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_a_service_writes_a_prompt_that_waits_to_be_accepted(
    ferry: Path, stub: WriterStub, in_file: Path, adapter: str
) -> None:
    writer = set_up(stub, "good", adapter)
    call("expand", "--film", ferry, "--shot", 1, "--with", writer, "--style", "wan").ok()
    (card,) = proposed(ferry, 1)
    assert "courier in a yellow raincoat" in card["text"] and card["negative"] == "blurry picture, watermark"
    assert (card["state"], card["used"], card["provider"], card["model"]) == ("proposed", False, "good", "test-1")
    assert {one["kind"] for one in card["parts"]} >= {"caption", "camera", "negative"}
    call("accept-expansion", ferry, 1).ok()
    assert proposed(ferry, 1)[0]["used"]


def test_what_lost_a_name_is_marked_and_not_accepted_with_the_others(
    ferry: Path, stub: WriterStub, in_file: Path
) -> None:
    writer = set_up(stub, "lost")
    accepted = ("--style", "wan", "--accept-without-warnings")
    call("expand", "--film", ferry, "--shot", 1, "--with", writer, *accepted).ok()
    (card,) = proposed(ferry, 1)
    assert card["state"] == "proposed" and any("@mara" in one for one in card["warnings"])


def test_a_service_that_fails_is_told_in_words_and_never_shows_the_key(
    ferry: Path, stub: WriterStub, in_file: Path
) -> None:
    for case in ("repeats_key", "unpaid", "model_gone", "malformed", "refusal"):
        writer = set_up(stub, case)
        answer = call("expand", "--film", ferry, "--shot", 1, "--with", writer)
        answer.refused("1_0010")
        assert KEY not in answer.out + answer.err
    assert proposed(ferry, 1) == []
    assert not any(KEY.encode() in one.read_bytes() for one in ferry.rglob("*") if one.is_file())


def test_pictures_go_to_a_writer_that_sees(ferry: Path, stub: WriterStub, in_file: Path, tmp_path: Path) -> None:
    from tests.builders import a_picture

    call("edit-subject", ferry, "@mara", "--image", a_picture(tmp_path / "mara.png", (40, 60))).ok()
    writer = set_up(stub, "good", "openai", "--sees")
    call("expand", "--film", ferry, "--shot", 1, "--with", writer).ok()
    assert "image" in repr(stub.heard[-1].content)


def test_a_writer_is_tried_and_asked_for_its_models(stub: WriterStub, in_file: Path) -> None:
    writer = set_up(stub, "good")
    assert "answered in" in call("try-writer", writer).ok().out
    assert call("models", writer, "--json").ok().json
