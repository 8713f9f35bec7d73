"""Short ideas as people write them, each with what its picture must show: `ideas.toml`, fixed before measuring."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

IDEAS_FILE = Path(__file__).with_name("ideas.toml")
HELD_OUT, FREE = "held-out", "free"


@dataclass(frozen=True)
class Idea:
    origin: str
    """HELD_OUT: of a held-out scene, made by `idea_templates.py`; FREE: written by hand."""
    language: str
    """en or zh"""
    text: str
    truth: Mapping[str, str]
    """The right answers by attribute, of what the idea tells."""

    @property
    def group(self) -> str:
        """What it is counted with."""
        return (
            "held-out scenes"
            if self.origin == HELD_OUT
            else "English ideas"
            if self.language == "en"
            else "Chinese ideas"
        )


def load_ideas(path: Path = IDEAS_FILE) -> list[Idea]:
    content = tomllib.loads(path.read_text("utf-8"))
    return [Idea(each["origin"], each["language"], each["text"], each["truth"]) for each in content["idea"]]
