"""Which pictures of a shot's subjects an engine is sent, and why the others are not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from model_runtime.protocol import EngineInfo, Reference
from studio.project.cards import BriefSubject, ShotBrief

Picture = Mapping[str, Any]
"""hash, name (in media/), purpose and subject of a reference picture; `dropped`: why it is not sent."""


def understands(engine: EngineInfo, kind: str) -> bool:
    """Whether an engine can be shown subjects of this kind by pictures."""
    return engine.references > 0 and (not engine.reference_kinds or kind in engine.reference_kinds)


def reference_pictures(brief: ShotBrief, engine: EngineInfo, prompt: str) -> tuple[Picture, ...]:
    """Every picture of the shot's subjects: those that are sent, in the order they are, then those that are not.

    Where not all fit, every subject gets its first picture before any gets its second.
    """
    shown: list[BriefSubject] = []
    left_out: list[Picture] = []
    for subject in brief.subjects:
        if reason := _reason(subject, engine, prompt):
            left_out += [{**picture, "dropped": reason} for picture in _pictures(subject)]
        else:
            shown.append(subject)
    in_turn = list(_in_turn(shown))
    fitting = in_turn[: engine.references]
    too_many = f"{engine.id} takes at most {engine.references} reference pictures"
    left_out += [{**picture, "dropped": too_many} for picture in in_turn[engine.references :]]
    order = {subject.name: number for number, subject in enumerate(shown)}
    return (*sorted(fitting, key=lambda picture: order[picture["subject"]]), *left_out)


def sent(pictures: Sequence[Picture]) -> tuple[Reference, ...]:
    return tuple(
        Reference(one["hash"], one["name"], one["purpose"], one["subject"]) for one in pictures if "dropped" not in one
    )


def dropped(pictures: Sequence[Picture]) -> tuple[str, ...]:
    """What is not sent and why, one sentence for each reason."""
    counts = Counter(str(one["dropped"]) for one in pictures if "dropped" in one)
    return tuple(
        f"{count} reference picture{' is' if count == 1 else 's are'} not sent: {reason}."
        for reason, count in counts.items()
    )


def _pictures(subject: BriefSubject) -> list[Picture]:
    return [
        {"hash": hash_, "name": name, "purpose": "identity", "subject": subject.name}
        for hash_, name in zip(subject.references, subject.pictures, strict=True)
    ]


def _in_turn(subjects: Sequence[BriefSubject]) -> Iterator[Picture]:
    columns = [_pictures(subject) for subject in subjects]
    for number in range(max(map(len, columns), default=0)):
        yield from (pictures[number] for pictures in columns if number < len(pictures))


def _reason(subject: BriefSubject, engine: EngineInfo, prompt: str) -> str:
    """Why none of a subject's pictures are sent; empty where they are."""
    if not engine.references:
        return f"{engine.id} takes no reference pictures"
    if not understands(engine, subject.kind):
        known = " and ".join(f"{kind}s" for kind in engine.reference_kinds)
        return f"{engine.id} is shown {known} by pictures, but no {subject.kind}s"
    if not re.search(rf"{re.escape(subject.name)}(?!\w)", prompt, re.IGNORECASE):
        return f"the prompt does not name {subject.name}"
    return ""
