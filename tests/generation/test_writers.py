"""Prompt writers: kept in the settings without their keys, checked, asked for models, tried, found on this machine."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from model_runtime import keys, protocol
from studio.errors import BadValue, NotFound, StudioError
from studio.generation.expansion import Expansion
from studio.generation.writers import (
    FoundServer,
    OfferedModel,
    PromptWriter,
    Tried,
    Writers,
    drop_writer,
    free_id,
    keep_writer,
    prompt_writer,
    prompt_writers,
    providers,
)
from studio.settings import Settings
from tests.fakes import FakeRuntime

OLLAMA = PromptWriter("ollama", "Ollama", "openai", "http://127.0.0.1:11434/v1", "qwen", sees=True, seconds=90)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.json")


@pytest.fixture
def words(qapp: Any) -> FakeRuntime:
    made = FakeRuntime(serve="words")
    made.start()
    made.greet()
    return made


@pytest.fixture
def in_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keys in a file of this test's own: no desktop keyring is asked."""
    monkeypatch.setattr(keys, "_keyring", lambda: None)
    monkeypatch.setattr(keys, "file_path", lambda: tmp_path / "keys.json")
    return tmp_path / "keys.json"


def test_a_writer_is_kept_changed_and_taken_off(settings: Settings, tmp_path: Path) -> None:
    keep_writer(settings, OLLAMA)
    keep_writer(settings, PromptWriter("claude", "Claude", "claude"))
    keep_writer(settings, dataclasses.replace(OLLAMA, model="gemma", seconds=30))
    read = prompt_writers(Settings(tmp_path / "settings.json"))
    assert [(one.id, one.model, one.seconds) for one in read] == [("ollama", "gemma", 30), ("claude", "", 60)]
    assert providers(settings) == (("grammar", "Film grammar"), ("ollama", "Ollama"), ("claude", "Claude"))
    settings["expander"] = "ollama"
    drop_writer(settings, "Ollama")
    assert settings["expander"] == "grammar" and [one.id for one in prompt_writers(settings)] == ["claude"]
    with pytest.raises(NotFound, match="ollama"):
        prompt_writer(settings, "ollama")


@pytest.mark.parametrize(
    "changes",
    [
        {"title": " "},
        {"id": "grammar"},
        {"id": "../keys"},
        {"adapter": "telnet"},
        {"base_url": "ftp://somewhere"},
        {"base_url": "localhost:11434"},
        {"base_url": "http://"},
        {"base_url": "https://me:secret@service.org/v1"},
        {"base_url": "https://service.org/v1?key=secret"},
        {"seconds": 0},
        {"seconds": float("nan")},
        {"model": "m" * 300},
        {"title": "Claude"},
    ],
)
def test_what_cannot_be_a_writer_is_refused_and_the_settings_stay(settings: Settings, changes: dict[str, Any]) -> None:
    keep_writer(settings, PromptWriter("claude", "Claude", "claude"))
    with pytest.raises(BadValue) as refused:
        keep_writer(settings, dataclasses.replace(OLLAMA, **changes))
    assert "secret" not in str(refused.value) and len(prompt_writers(settings)) == 1


def test_a_broken_writer_in_the_file_is_passed_over(settings: Settings) -> None:
    settings["prompt_writers"] = [{"id": "x"}, {"id": "a", "title": "A", "adapter": "openai", "new": 1}]
    assert [one.id for one in prompt_writers(settings)] == ["a"]


def test_an_id_is_made_of_the_title_and_never_taken(settings: Settings) -> None:
    keep_writer(settings, OLLAMA)
    assert free_id(settings, "Ollama") == "ollama-2" and free_id(settings, "智谱") == "writer"
    assert free_id(settings, "Grammar") == "grammar-2" and free_id(settings, "Café à côté") == "cafe-a-cote"


def test_models_trials_and_servers_are_asked_of_the_words_runtime(settings: Settings, words: FakeRuntime) -> None:
    told: list[Any] = []
    writers = Writers(settings, Expansion(words))
    writers.ask_models(OLLAMA, told.append)
    writers.try_writer(OLLAMA, told.append)
    writers.find_servers(told.append)
    models, trial, find = words.sent
    assert isinstance(models, protocol.AskModels) and models.writer == OLLAMA.as_message()
    assert isinstance(trial, protocol.TryWriter) and isinstance(find, protocol.FindServers)
    words.say(protocol.Models(models.job, 1, (protocol.ModelInfo("qwen", sees=True),)))
    words.say(protocol.Tried(trial.job, 1, "It answered.", 0.4))
    words.say(protocol.Servers(find.job, 1, (protocol.ServerInfo("Ollama", "http://127.0.0.1:11434/v1"),)))
    assert told == [
        (OfferedModel("qwen", sees=True),), Tried("It answered.", 0.4),
        (FoundServer("Ollama", "http://127.0.0.1:11434/v1"),),
    ]  # fmt: skip


def test_a_failure_is_told_with_its_way_out(settings: Settings, words: FakeRuntime) -> None:
    told: list[Any] = []
    Writers(settings, Expansion(words)).try_writer(OLLAMA, told.append)
    words.say(protocol.Failed(words.sent[0].job, 1, "key", "The key was refused.", "Give another one."))  # type: ignore[union-attr]
    assert isinstance(told[0], StudioError)
    assert (told[0].sentence, told[0].hint) == ("The key was refused.", "Give another one.")


def test_a_key_is_handed_over_and_lies_in_no_setting(settings: Settings, in_file: Path) -> None:
    writers = Writers(settings, None)
    writers.keep(OLLAMA)
    assert not writers.has_key("ollama")
    assert str(in_file) in writers.keep_key("ollama", " sk-planted\n") == writers.where_keys_go()
    assert writers.has_key("ollama") and "planted" not in settings.path.read_text()
    with pytest.raises(BadValue) as refused:
        writers.keep_key("ollama", "sk planted")
    assert "planted" not in str(refused.value)
    writers.remove("ollama")
    assert not writers.has_key("ollama") and writers.all() == ()


def test_a_writer_whose_key_the_keyring_holds_on_to_stays_on_the_list(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def holds_on(_writer: str) -> None:
        raise keys.NotForgotten

    monkeypatch.setattr(keys, "forget", holds_on)
    writers = Writers(settings, None)
    writers.keep(OLLAMA)
    with pytest.raises(StudioError, match="keyring"):
        writers.remove("ollama")
    assert [one.id for one in writers.all()] == ["ollama"]


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"base_url": "https://elsewhere.org/v1"}, False),
        ({"base_url": ""}, False),
        ({"adapter": "claude"}, False),
        ({"base_url": "https://API.service.org/v2"}, True),
        ({"model": "other", "seconds": 30.0}, True),
    ],
)
def test_a_key_never_goes_to_another_host_than_it_was_given_for(
    settings: Settings, in_file: Path, changes: dict[str, Any], kept: bool
) -> None:
    writers, one = Writers(settings, None), PromptWriter("mine", "Mine", "openai", "https://api.service.org/v1")
    writers.keep(one)
    writers.keep_key("mine", "sk-planted")
    assert writers.keep(dataclasses.replace(one, **changes)) is not kept
    assert writers.has_key("mine") is kept


def test_a_writer_without_a_key_has_none_to_forget(settings: Settings, in_file: Path) -> None:
    writers = Writers(settings, None)
    writers.keep(OLLAMA)
    assert not writers.keep(dataclasses.replace(OLLAMA, base_url="http://studio.lan:11434/v1"))


def test_a_refused_change_leaves_the_key(settings: Settings, in_file: Path) -> None:
    writers = Writers(settings, None)
    writers.keep(OLLAMA)
    writers.keep(PromptWriter("claude", "Claude", "claude"))
    writers.keep_key("ollama", "sk-planted")
    with pytest.raises(BadValue):
        writers.keep(dataclasses.replace(OLLAMA, title="Claude", base_url="https://elsewhere.org"))
    assert writers.has_key("ollama")


def test_a_writer_stays_with_its_host_where_the_keyring_holds_on_to_the_key(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def holds_on(_writer: str) -> None:
        raise keys.NotForgotten

    monkeypatch.setattr(keys, "read", lambda _writer: keys.Secret("sk-planted"))
    monkeypatch.setattr(keys, "forget", holds_on)
    writers = Writers(settings, None)
    writers.keep(OLLAMA)
    with pytest.raises(StudioError, match="keyring"):
        writers.keep(dataclasses.replace(OLLAMA, base_url="https://elsewhere.org/v1"))
    assert writers.all() == (OLLAMA,)
