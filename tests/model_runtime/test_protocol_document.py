"""PROTOCOL.md and protocol.py say the same."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from model_runtime import protocol

PAGE = Path(protocol.__file__).with_name("PROTOCOL.md").read_text(encoding="utf-8")
PARTS = {
    one.__name__: one
    for one in (
        protocol.EngineInfo,
        protocol.InputFile,
        protocol.GivenFrames,
        protocol.Reference,
        protocol.OutputFile,
        protocol.CardText,
        protocol.PromptPart,
        protocol.Writer,
        protocol.ModelInfo,
        protocol.ServerInfo,
    )
}
DOCUMENTED = {**protocol.BY_TYPE, **PARTS}


def sections() -> dict[str, str]:
    pieces = re.split(r"^### (\w+)$", PAGE, flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def fields_of(section: str) -> set[str]:
    """Names in backticks at the start of a bullet, before its colon."""
    bullets = re.findall(r"^- (.*)$", section, flags=re.MULTILINE)
    return {name for bullet in bullets for name in re.findall(r"`(\w+)`", re.split(r":| \(", bullet)[0])} | {
        name for bullet in bullets if "(" in bullet and ":" not in bullet for name in re.findall(r"`(\w+)`", bullet)
    }


def test_every_message_and_part_has_its_section_and_no_other_has() -> None:
    assert set(sections()) == set(DOCUMENTED)


@pytest.mark.parametrize("name", sorted(DOCUMENTED))
def test_every_field_is_documented_and_no_other_is(name: str) -> None:
    written = fields_of(sections()[name])
    if name == "EngineInfo":
        written |= {"reason", "hint"}
        assert "`reason` and `hint`" in sections()[name]
    assert written == {field.name for field in dataclasses.fields(DOCUMENTED[name])}


def test_the_page_names_the_version_and_the_limits() -> None:
    assert f"Version {protocol.VERSION}." in PAGE
    assert f"{protocol.MAX_LINE:,} bytes" in PAGE
    assert f"at most {protocol.PREVIEW_PICTURES}, at most {protocol.PREVIEW_BYTES >> 10} kB" in PAGE


def test_down_and_up_are_told_apart() -> None:
    down, up = PAGE.index("## Down"), PAGE.index("## Up")
    for name, kind in protocol.BY_TYPE.items():
        place = PAGE.index(f"### {name}\n")
        assert (down < place < up) == (kind in protocol.Down.__args__)
