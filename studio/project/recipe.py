"""Recipe: everything that determined a take or a generated panel, as a value, as JSON, and compared in words."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from studio.errors import BadValue

VERSION = 2
"""1: before takes could be extended, bridged, redone, redrawn in part, restyled or looped."""

Given = Mapping[str, Any]
"""A picture or clip the engine was given: hash, name (in media/), purpose."""

_WORDS = {
    "weights": "model file",
    "engine_frames": "drawings",
    "hold": "frames a drawing is held",
    "native_width": "native width",
    "native_height": "native height",
    "first_frame": "first frame",
    "last_frame": "last frame",
    "negative": "negative prompt",
    "shot_number": "shot number",
    "made_with": "made with",
    "guide_strength": "strength of the guide",
    "reference_guidance": "guidance by references",
    "work": "work on a take",
}
_UNTOLD = ("version", "reel", "timecode", "fed", "given", "skip")
"""Not part of a difference in words: of no effect on the picture, or following from the rest."""
_SHORT = 40

WEARS, PICTURES, REFERENCE = " wears", " pictures", " reference"
"""How the names of fed fields end: `@mara wears`, `@mara pictures`, `guide reference`."""


@dataclass(frozen=True)
class Recipe:
    """What the runtime was asked for, complete enough to ask again and get the same bits."""

    version: int = VERSION
    kind: str = "clip"
    """clip or still"""
    engine: str = ""
    weights: str = ""
    film: str = ""
    scene: str = ""
    shot: str = ""
    shot_number: str = ""
    subjects: tuple[str, ...] = ()
    draft: str = ""
    prompt: str = ""
    negative: str = ""
    seed: int = 0
    steps: int = 0
    guidance: float = 0.0
    engine_frames: int = 1
    hold: int = 1
    frames: int = 1
    """Film frames delivered, handles included."""
    skip: int = 0
    """Film frames drawn before the first one delivered."""
    rate: str = "24/1"
    head: int = 0
    tail: int = 0
    width: int = 0
    height: int = 0
    native_width: int = 0
    native_height: int = 0
    first_frame: Given | None = None
    last_frame: Given | None = None
    given: tuple[Given, ...] = ()
    """Drawings given beside those two, with `first`, `count` and `file_first` as on the wire."""
    mask: Given | None = None
    strength: float = 1.0
    loop: bool = False
    guide: Given | None = None
    guide_strength: float = 1.0
    references: tuple[Given, ...] = ()
    """With the subject each shows, and why it was dropped where it was not sent."""
    reference_guidance: float = 0.0
    work: Given | None = None
    """What was done to which take: its name in words, its task, and its fields."""
    reel: str = ""
    timecode: str = ""
    made_with: Mapping[str, str] = field(default_factory=dict)
    fed: Mapping[str, str] = field(default_factory=dict)
    """The shot's fields that fed the picture, by the names of `ShotBrief.fed`."""

    def to_json(self) -> str:
        """Sorted keys, so that the same recipe is the same text."""
        content = dataclasses.asdict(self)
        return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)

    @classmethod
    def from_json(cls, text: str) -> Recipe:
        """Unknown fields are ignored; a newer version, or text that is no recipe, raises BadValue."""
        try:
            content = json.loads(text)
        except (ValueError, RecursionError):
            content = None
        if not isinstance(content, dict) or not isinstance(content.get("version"), int):
            raise BadValue("This is no recipe of a take.", "Choose a movie or picture this program made.")
        if content["version"] > VERSION:
            raise BadValue(f"The recipe is of version {content['version']}; this program reads up to {VERSION}.",
                           "Update the program.")
        known = {one.name: one for one in dataclasses.fields(cls)}
        values = {name: _read(name, content[name], known[name].default) for name in known if name in content}
        return cls(**values)


def difference(a: Recipe, b: Recipe) -> list[str]:
    """What differs between two takes, in words: `seed: 4 and 9`."""
    return [
        f"{_WORDS.get(one.name, one.name.replace('_', ' '))}: {_shown(left)} and {_shown(right)}"
        for one in dataclasses.fields(Recipe)
        if one.name not in _UNTOLD
        and (left := getattr(a, one.name)) != (right := getattr(b, one.name))
    ]


def changes_in_words(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Why a take is out of date: `action changed from “walk” to “run”`. Empty when nothing it was fed changed."""
    added = {one for one in after if _is_subject(one) and not before.get(one)}
    removed = {one for one in before if _is_subject(one) and not after.get(one)}
    causes = [f"{one} was added" for one in sorted(added)] + [f"{one} was removed" for one in sorted(removed)]
    told = added | removed
    changed = [name for name in dict.fromkeys((*before, *after))
               if before.get(name, "") != after.get(name, "") and name.partition(" ")[0] not in told]
    dressed = {name.removesuffix(WEARS) for name in changed if name.endswith(WEARS)}
    # Another change brings its own description and pictures along.
    follows = {f"{one}{what}" for one in dressed for what in ("", PICTURES)}
    causes += [_change(name, before.get(name, ""), after.get(name, "")) for name in changed if name not in follows]
    return "; ".join(causes)


def _is_subject(name: str) -> bool:
    return name.startswith("@") and " " not in name


def _change(name: str, then: str, today: str) -> str:
    if name.endswith((PICTURES, REFERENCE)):
        return f"{name} changed"
    if name.endswith(WEARS):
        return f"{name} {today}" if today else f"{name.removesuffix(WEARS)} no longer wears {then}"
    if not then:
        return f"{name} set to {_quoted(today)}"
    if not today:
        return f"{name} {_quoted(then)} removed"
    return f"{name} changed from {_quoted(then)} to {_quoted(today)}"


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line if len(line) <= _SHORT else line[: _SHORT - 1] + '…'}”"


def _shown(value: Any) -> str:
    if value is None or value == "" or value == ():
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return str(value.get("name") or ", ".join(f"{k} {v}" for k, v in sorted(value.items())))
    if isinstance(value, tuple):
        return ", ".join(_shown(one) for one in value)
    return _quoted(value) if isinstance(value, str) else str(value)


def _read(name: str, value: Any, default: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    kind = type(default) if isinstance(default, (str, int, float)) else None
    if kind is float and isinstance(value, int):
        return float(value)
    if kind is not None and not isinstance(value, kind):
        raise BadValue(f"The recipe's {name} is not as it should be.", "Choose a movie or picture this program made.")
    return value
