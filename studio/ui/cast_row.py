"""A subject as a shot has it: where it stands, which way it faces, what it does."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CastRow:
    name: str
    kind: str = "character"
    side: str = ""
    facing: str = ""
    action: str = ""
