"""What a shot was given of its own (first frame, last frame, guide) as part of what is wished of it. The wish wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from model_runtime.protocol import EngineInfo
from studio.generation.budget import OF_THE_WHOLE, DroppedPicture, SentPicture, not_used, used
from studio.generation.wish import Wish
from studio.project.cards import BriefGiven, ShotBrief


@dataclass(frozen=True)
class Belongings:
    """A wish with everything its shot was given, and what of that is used and what is not."""

    wish: Wish
    used: tuple[SentPicture, ...] = ()
    dropped: tuple[DroppedPicture, ...] = ()


def with_given(brief: ShotBrief, wish: Wish, engine: EngineInfo) -> Belongings:
    """`wish` completed by the shot's own first frame, last frame and guide where it names none itself."""
    found: dict[str, BriefGiven] = {}
    dropped = []
    for given in brief.given:
        if given.purpose in OF_THE_WHOLE:
            continue
        reason = _reason(given, wish, engine, found)
        if reason:
            dropped.append(not_used(given, reason))
        else:
            found[given.purpose] = given
    return Belongings(replace(wish, **_fields(wish, found)), tuple(map(used, found.values())), tuple(dropped))


def _fields(wish: Wish, found: Mapping[str, BriefGiven]) -> dict[str, Any]:
    fields: dict[str, Any] = {purpose: given.hash for purpose, given in found.items()}
    if "guide" in found and wish.guide_strength == 1.0:
        fields["guide_strength"] = found["guide"].strength / 100
    return fields


def _reason(given: BriefGiven, wish: Wish, engine: EngineInfo, found: Mapping[str, BriefGiven]) -> str:
    """Why it is not used; empty where it is."""
    what = given.purpose.replace("_", " ")
    if given.purpose == "mask":
        return "A mask is given with the part that is to be redrawn"
    if wish.work is not None:
        return "Work on a take goes by the take"
    named = getattr(wish, given.purpose)
    if named and named != given.hash:
        return f"Another {what} was chosen for this take"
    if given.purpose in found:
        return f"The shot has another {what} before it"
    if wish.kind == "still" and given.purpose != "guide":
        return f"A still has no {what}"
    if given.purpose not in engine.tasks:
        return f"{engine.id} takes no {what}"
    if given.purpose == "guide" and wish.kind == "clip" and given.kind == "picture":
        return "A guide for motion is a clip"
    return ""
