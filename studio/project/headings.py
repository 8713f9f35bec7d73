"""What a scene heading says by the screenwriter's custom: where, when, and what the weather is.

`EXT. PIER - NIGHT, RAIN` is a pier, at night, in the rain. Everything is taken as it is written, in lower case; whether
an engine knows the word is for the prompt to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WHERE = re.compile(r"^\s*(?:(?:int|ext|i/e|int\.?\s*/\s*ext|ext\.?\s*/\s*int)\b\.?\s*/?)+\s*[-:.]?\s*", re.IGNORECASE)
_DASH = re.compile(r"\s+[-–—]+\s+")
_TIMES = frozenset((
    "day", "night", "dawn", "dusk", "morning", "evening", "noon", "afternoon", "midnight", "sunrise", "sunset",
    "continuous", "later", "twilight",
))  # fmt: skip


@dataclass(frozen=True)
class Heading:
    location: str = ""
    time: str = ""
    weather: str = ""


def read(text: str) -> Heading:
    """Empty parts where the heading says nothing of them; all of them where it is no heading of this form."""
    inside = _WHERE.match(text)
    parts = [part.strip(" .") for part in _DASH.split(text[inside.end() if inside else 0 :]) if part.strip(" .")]
    if not parts or (inside is None and len(parts) < 2):
        return Heading()
    time, weather = "", ""
    if len(parts) > 1:
        said = [word.strip() for word in parts[-1].split(",") if word.strip()]
        if said and _is_time(said[0]):
            time, weather = said[0], ", ".join(said[1:])
            parts = parts[:-1]
    if inside is None and not time:
        return Heading()
    return Heading(" ".join(parts).lower(), time.lower(), weather.lower())


def _is_time(words: str) -> bool:
    return any(word in _TIMES for word in re.findall(r"[a-z]+", words.lower()))
