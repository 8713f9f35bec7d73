"""README, Makefile and .ci/run say the same, and every command line in the README can be typed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from studio.cli.root import HOMES, shotwright

ROOT = Path(__file__).resolve().parents[2]


def code_lines(path: Path) -> list[str]:
    """The lines of all code blocks, fenced or indented, without comments."""
    text = path.read_text(encoding="utf-8")
    fenced = "\n".join(re.findall(r"^```[^\n]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL))
    rest = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    indented = re.findall(r"^(?: {4}|\t)(.+)$", rest, re.MULTILINE)
    return [line.split("  #")[0].strip().removeprefix("$ ") for line in [*fenced.splitlines(), *indented]]


def targets() -> dict[str, list[str]]:
    """The Makefile's targets with the lines of their recipes."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / "Makefile").read_text().splitlines():
        if match := re.match(r"^([a-z-]+):", line):
            found[match[1]] = []
            last = match[1]
        elif line.startswith("\t"):
            found[last].append(line.strip().lstrip("@"))
    return found


def test_the_readme_needs_two_commands_and_they_are_there() -> None:
    lines = code_lines(ROOT / "README.md")
    assert "make run" in lines and "make test" in lines


def test_every_make_command_of_the_readme_is_a_target() -> None:
    text = (ROOT / "README.md").read_text()
    lines = "\n".join(code_lines(ROOT / "README.md"))
    named = set(re.findall(r"^make (?:PYTHON=\S+ )?([a-z-]+)", lines, re.MULTILINE))
    named |= set(re.findall(r"`make ([a-z-]+)`", text))
    assert named and named <= set(targets())


def test_make_run_ends_with_the_demo_and_make_test_with_the_tests() -> None:
    assert targets()["run"][-1].endswith("shotwright demo")
    command = targets()["test"][-1].split()
    assert command[1:3] == ["-m", "pytest"] and "-m" not in command[3:] and "-k" not in command


def test_ci_calls_the_readmes_test_command() -> None:
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    assert "make test" in lines and any(line.startswith("set -e") for line in lines)


def test_every_command_that_is_only_named_is_there() -> None:
    """`# then: choose, star` and `# also roll, slip` beside a command line."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    told = ", ".join(re.findall(r"(?:#|;) (?:also|then:) (.+)", text)).split(", ")
    commands = {words.split()[0] for words in told if not words.startswith("--")}
    assert len(commands) > 12 and commands <= set(HOMES)


@pytest.mark.parametrize("document", ["README.md", "projects_examples/the-last-ferry/README.md"])
def test_every_command_line_can_be_typed(document: str) -> None:
    lines = [line for line in code_lines(ROOT / document) if line.startswith("shotwright ")]
    for line in lines:
        words = shlex.split(line, comments=True)[1:]
        if words[0] in HOMES:
            command = shotwright.get_command(click.Context(shotwright), words[0])
            assert command is not None
            known = {option for one in command.params for option in one.opts}
            assert {word for word in words if word.startswith("--")} <= known, line
        else:
            assert not words[0].islower() or "/" in words[0] or words[0].startswith("-"), f"{line}: no such command"
