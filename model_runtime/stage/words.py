"""The words a scene may be told in, read from assets/prompts/sketch.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORDS_FILE = Path(__file__).resolve().parents[2] / "assets" / "prompts" / "sketch.toml"
MARKS = tuple(f"<s{number}>" for number in range(1, 9))
"""The words that stand for subjects shown by reference pictures."""


@dataclass(frozen=True)
class CaptionForm:
    """The sentences of a caption, with the names of its fields in braces."""

    camera: str
    place: str
    nobody: str
    person: str
    thing: str
    marked: str
    person_by_mark: str
    thing_by_mark: str
    hood: str
    hat: str
    glasses: str
    scarf: str


@dataclass(frozen=True)
class Words:
    """Every word the stage can draw, by what it tells, and the form captions take."""

    size: tuple[str, ...]
    angle: tuple[str, ...]
    move: tuple[str, ...]
    location: tuple[str, ...]
    time: tuple[str, ...]
    weather: tuple[str, ...]
    kind: tuple[str, ...]
    build: tuple[str, ...]
    hair: tuple[str, ...]
    style: tuple[str, ...]
    colour: tuple[str, ...]
    garment: tuple[str, ...]
    hat: tuple[str, ...]
    side: tuple[str, ...]
    depth: tuple[str, ...]
    facing: tuple[str, ...]
    action: tuple[str, ...]
    thing: tuple[str, ...]
    motion: tuple[str, ...]
    caption: CaptionForm


@cache
def load_words(path: Path = WORDS_FILE) -> Words:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    lists = {name: tuple(words) for name, words in content["words"].items()}
    return Words(caption=CaptionForm(**content["caption"]), **lists)
