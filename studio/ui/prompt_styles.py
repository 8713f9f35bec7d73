"""The caption styles a prompt can be written in: what each is called, its languages, how many words it holds."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class PromptStyle:
    title: str
    languages: tuple[str, ...]
    """en, zh"""
    most_words: int
    """0: no limit is known."""


def read_styles(folder: Path) -> Mapping[str, PromptStyle]:
    """By id, in the order of their titles, from `assets/prompts/styles`."""
    found = {}
    for file in sorted(folder.glob("*.toml")):
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        languages = tuple(str(one) for one in told.get("languages", ()))
        found[file.stem] = PromptStyle(str(told.get("title", file.stem)), languages, int(told.get("most_words", 0)))
    return dict(sorted(found.items(), key=lambda pair: pair[1].title.casefold()))
