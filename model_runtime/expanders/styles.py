"""Caption styles: how each engine that reads a prompt likes it written. One file a style in assets/prompts/styles."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from model_runtime.expanders.kept_files import kept
from model_runtime.failures import BadInput

SKETCH = "sketch"
CAPTION, PROSE = "caption", "prose"
"""Forms: one fixed form of few words, or sentences in anybody's words."""

PLAIN_NAME = re.compile(r"[\w-]{1,60}")
PART = re.compile(r"\[([^\]]*)\]")
VALUE = re.compile(r"\{(\w+)\}")

Sentences = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Style:
    id: str
    title: str
    form: str
    """CAPTION or PROSE."""
    languages: tuple[str, ...]
    """en, zh; the first is taken where nothing asks for another."""
    most_words: int
    """Beyond so many words little more is read."""
    instruction: str
    """The style in words, for prompt writers that are asked in words."""
    example: str
    order: tuple[str, ...] = ()
    """Kinds of parts in the order in which prose tells them."""
    speech: bool = False
    """The engine makes sound, so that what is said belongs into its prompt."""
    negative: Mapping[str, str] = field(default_factory=dict)
    """What is kept out of every picture, by language; empty where the engine reads no such text."""
    sentences: Mapping[str, Sentences] = field(default_factory=dict)
    """By language and kind: ways to say the same, the plainest first. `[...]` goes where a value in it is empty."""


def style_names(folder: Path) -> tuple[str, ...]:
    """Ids of the styles in a folder such as assets/prompts, sketch first."""
    names = sorted(file.stem for file in (folder / "styles").glob("*.toml"))
    return tuple(sorted(names, key=lambda name: name != SKETCH))


def load_style(folder: Path, name: str) -> Style:
    """The style `name`, sketch where it is empty. Raises BadInput where there is none of that name."""
    wanted = name or SKETCH
    file = folder / "styles" / f"{wanted}.toml"
    if not PLAIN_NAME.fullmatch(wanted) or not file.is_file():
        known = ", ".join(style_names(folder))
        raise BadInput(f"There is no caption style {wanted[:60]!r}.", f"Choose one of these: {known}.")
    return kept(_read, file)


def _read(file: Path) -> Style:
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    languages = tuple(content["languages"])
    return Style(
        id=file.stem,
        title=content["title"],
        form=content["form"],
        languages=languages,
        most_words=content["most_words"],
        instruction=content["instruction"].strip(),
        example=content["example"].strip(),
        order=tuple(content.get("order", ())),
        speech=content.get("speech", False),
        negative=MappingProxyType(content.get("negative", {})),
        sentences=MappingProxyType({one: _sentences(content[one]) for one in languages if one in content}),
    )


def _sentences(table: Mapping[str, Any]) -> Sentences:
    return MappingProxyType({kind: tuple(ways) for kind, ways in table.items()})


def filled(sentence: str, values: Mapping[str, str]) -> str:
    """The sentence with its values; empty where one that stands outside of `[...]` is missing."""

    def one_part(match: re.Match[str]) -> str:
        return "" if any(not values.get(name) for name in VALUE.findall(match[1])) else match[1]

    plain = PART.sub(one_part, sentence)
    if any(not values.get(name) for name in VALUE.findall(plain)):
        return ""
    return VALUE.sub(lambda match: values[match[1]], plain)
