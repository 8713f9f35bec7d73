"""Which word is which: commands, films, misspellings, and the exit status each gives."""

import re
from pathlib import Path

import click
import pytest

from model_runtime import safe_files
from studio import app, log
from studio.cli import root, run
from studio.errors import StudioError

COMMANDS = tuple(name for name in root.HOMES if name not in root.HIDDEN)
CONTRACT = ("demo", "new", "shots", "add-scene", "add-shot", "add-subject", "generate", "render", "takes", "export",
            "check", "engines", "doctor")
"""What scripts of others rely on, as far as it is built."""


NOT_SAID = ("stale", "slate", "retake", "passport", "denois", "latent", "weights", "checkpoint", "token", "tensor")
"""Words for which the trade has better ones."""


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let `shotwright shots` fail in this way."""

    @click.command()
    def shots() -> None:
        raise error

    monkeypatch.setattr(root.FirstWord, "get_command", lambda self, ctx, name: shots)


def said(capfd: pytest.CaptureFixture[str]) -> list[str]:
    streams = capfd.readouterr()
    assert streams.out == "" and "Traceback" not in streams.err
    return streams.err.splitlines()


def test_help_names_every_command_once_with_its_whole_sentence(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    _, film, rest = capfd.readouterr().out.partition("\nFilm:\n")
    out = film + rest
    assert all(out.count(f"\n  {name} ") == 1 for name in COMMANDS) and "\n  window" not in out
    assert set(CONTRACT) <= set(COMMANDS) and "..." not in out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    out = capfd.readouterr().out
    assert f"shotwright {name}" in out
    assert not {word for word in NOT_SAID if re.search(rf"\b{word}", out.lower())}


@pytest.mark.parametrize(
    "words",
    [["shoots"], ["shots"], ["shots", "film", "--jsn"], ["--frames"], ["add-scene", "film"], ["export", "film", "out"],
     ["add-subject", "film"], ["generate", "film"], ["shots", "film", "more"]],
)
def test_a_wrong_call_is_2_with_a_sentence(words: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert run(words) == 2
    assert said(capfd)[0].endswith((".", "?")) or said(capfd) == []


def test_a_misspelt_command_is_told_the_right_one(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["shoots"]) == 2
    assert "shots" in " ".join(said(capfd))


@pytest.mark.parametrize("value", ["many", "1.5", ""])
def test_a_value_that_cannot_be_used_is_1(value: str, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["add-shot", str(tmp_path), "--frames", value]) == 1
    assert "--frames" in said(capfd)[0]


def test_no_word_at_all_is_the_start_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Path | None] = []
    monkeypatch.setattr(app, "show", lambda film, settings, make_example: shown.append(film))
    assert run([]) == 0
    assert shown == [None]


def test_an_expected_failure_is_its_sentence_and_its_hint(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    failing(monkeypatch, StudioError("The tide is out.", "Wait for it."))
    assert run(["shots"]) == 1
    assert said(capfd) == ["The tide is out.", "Wait for it."]


def test_a_full_disk_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    failing(monkeypatch, safe_files.NoSpace(tmp_path, 5_000_000, 100_000))
    assert run(["shots"]) == 1
    assert "no space left" in said(capfd)[0].lower()


def test_what_the_system_refuses_names_the_file(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    failing(monkeypatch, PermissionError(13, "Permission denied", "/films/a"))
    assert run(["shots"]) == 1
    assert said(capfd)[0] == "/films/a cannot be used: permission denied."


def test_ctrl_c_is_1_with_a_sentence(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    failing(monkeypatch, KeyboardInterrupt())
    assert run(["shots"]) == 1
    assert "Stopped by Ctrl+C." in said(capfd)


def test_a_fault_of_ours_leaves_a_crash_file_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    failing(monkeypatch, ZeroDivisionError("a fault"))
    assert run(["shots"]) == 1
    sentence, hint = said(capfd)
    (crash,) = log.folder().glob("crash-*.txt")
    assert "ZeroDivisionError: a fault" in sentence and str(crash) in hint
    assert "test_words.py" in crash.read_text()
