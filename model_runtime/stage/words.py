"""The words a scene may be told in, read from assets/prompts/sketch.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORDS_FILE = Path(__file__).resolve().parents[2] / "assets" / "prompts" / "sketch.toml"


@dataclass(frozen=True)
class CaptionForm:
    """The sentences of a caption, with the names of its fields in braces."""

    camera: str
    place: str
    nobody: str
    person: str
    hood: str
    scarf: str


@dataclass(frozen=True)
class Words:
    """Every word the stage can draw, by what it tells, and the form captions take."""

    size: tuple[str, ...]
    move: tuple[str, ...]
    location: tuple[str, ...]
    time: tuple[str, ...]
    weather: tuple[str, ...]
    kind: tuple[str, ...]
    hair: tuple[str, ...]
    colour: tuple[str, ...]
    garment: tuple[str, ...]
    side: tuple[str, ...]
    facing: tuple[str, ...]
    action: tuple[str, ...]
    caption: CaptionForm


@cache
def load_words(path: Path = WORDS_FILE) -> Words:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    lists = {name: tuple(words) for name, words in content["words"].items()}
    return Words(caption=CaptionForm(**content["caption"]), **lists)
