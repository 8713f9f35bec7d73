"""Which pictures an engine is sent of a shot, in which order and how large it reads them, and why others are not."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model_runtime.mentions import names
from model_runtime.protocol import EngineInfo, Reference
from studio.project.cards import BriefGiven, BriefSubject, BriefView, ShotBrief

IDENTITY = "identity"
OF_THE_WHOLE = ("look", "composition")
"""Purposes of a shot's own references that say something of the whole picture; the others are frames, guide or mask."""
LEFT_OUT = "Left out by you"

Picture = Mapping[str, Any]
"""As a recipe keeps it: hash, name (in media/), purpose, subject and view; `dropped`: why it was not sent."""


@dataclass(frozen=True)
class SentPicture:
    """A reference picture the engine is sent."""

    place: int
    """1 for the first it reads; 0: no reference but a frame or a guide."""
    view_id: str
    """The subject's view, or the reference the shot was given of its own."""
    subject: str
    """With its @; empty: of the whole picture."""
    view: str
    """front, side, back, face or detail; empty: not said"""
    purpose: str
    """identity, look or composition"""
    picture: Path
    """In media/; the file's name alone where the budget belongs to no open film."""
    hash: str
    width: int
    height: int
    read_width: int
    """The size the engine reads it at."""
    read_height: int


@dataclass(frozen=True)
class DroppedPicture:
    """A reference picture the engine is not sent, and why."""

    view_id: str
    subject: str
    view: str
    purpose: str
    picture: Path
    hash: str
    width: int
    height: int
    reason: str
    """`Over the 8 pictures sketch reads`; no full stop."""
    expected: bool = False
    """Nothing that has to be told with every take: left out by the user, or views to spare."""

    @property
    def left_out(self) -> bool:
        """The user's own doing: it can be brought back."""
        return self.reason == LEFT_OUT


@dataclass(frozen=True)
class Budget:
    sent: tuple[SentPicture, ...] = ()
    """In the order they are sent."""
    dropped: tuple[DroppedPicture, ...] = ()
    given: tuple[SentPicture, ...] = ()
    """What else of the shot's own is used: first frame, last frame, guide."""
    engine: str = ""
    """Empty: it is not known yet which engines there are."""
    most: int = 0
    """Reference pictures the engine takes."""

    def within(self, media: Path) -> Budget:
        """The same with every picture's whole path."""
        return dataclasses.replace(
            self,
            sent=tuple(dataclasses.replace(one, picture=media / one.picture) for one in self.sent),
            given=tuple(dataclasses.replace(one, picture=media / one.picture) for one in self.given),
            dropped=tuple(dataclasses.replace(one, picture=media / one.picture) for one in self.dropped),
        )

    @property
    def pictures(self) -> tuple[SentPicture | DroppedPicture, ...]:
        """Those that are sent, in order, then those that are not."""
        return (*self.sent, *self.dropped)

    def of(self, subject: str) -> int:
        """How many pictures of a subject, named with its @, are sent."""
        return sum(one.subject == subject for one in self.sent)

    def in_recipe(self) -> tuple[Picture, ...]:
        """Those that are sent, in order, then those that are not."""
        return (*map(_kept, self.sent), *({**_kept(one), "dropped": one.reason} for one in self.dropped))

    def notes(self) -> tuple[str, ...]:
        """What is not sent and why, one sentence for each reason, but for what everybody expects."""
        counts = Counter(one.reason for one in self.dropped if not one.expected)
        return tuple(
            f"{count} reference picture{' is' if count == 1 else 's are'} not sent: {_lower(reason)}."
            for reason, count in counts.items()
        )


def understands(engine: EngineInfo, kind: str) -> bool:
    """Whether an engine can be shown subjects of this kind by pictures."""
    return engine.references > 0 and (not engine.reference_kinds or kind in engine.reference_kinds)


def reference_budget(brief: ShotBrief, engine: EngineInfo, prompt: str | None) -> Budget:
    """What of the shot's pictures the engine is sent. `prompt`: None where it is still to be written.

    In the shot's own order where it has one: then whatever stands first is sent first. Otherwise every subject gets
    its first picture before any gets its second, and they are sent subject by subject.
    """
    wanted, dropped = _wanted(brief, engine, prompt)
    ranked = _ranked(wanted, brief.pictures.order)
    kept, too_many = ranked[: engine.references], ranked[engine.references :]
    dropped += [_dropped(one, f"Over the {engine.references} pictures {engine.id} reads") for one in too_many]
    in_order = sorted(kept, key=lambda one: (_place(one, brief.pictures.order), wanted.index(one)))
    sent = tuple(_sent(place, one, engine) for place, one in enumerate(in_order, 1))
    return Budget(sent, tuple(dropped), engine=engine.id, most=engine.references)


def sent_references(pictures: Sequence[Picture]) -> tuple[Reference, ...]:
    """What the runtime is asked for, from what a recipe keeps."""
    return tuple(
        Reference(one["hash"], one["name"], one["purpose"], one["subject"]) for one in pictures if "dropped" not in one
    )


def used(given: BriefGiven) -> SentPicture:
    """A reference of the shot's own that goes beside the references, as a frame or a guide."""
    return SentPicture(0, given.id, "", "", given.purpose, Path(given.name), given.hash, 0, 0, 0, 0)


def not_used(given: BriefGiven, reason: str) -> DroppedPicture:
    """A reference of the shot's own that the engine, or this wish, makes no use of."""
    return _dropped(_Wanted(given.id, given.hash, given.name, "", "", given.purpose, 0, 0), reason)


# --- choosing ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Wanted:
    id: str
    hash: str
    name: str
    subject: str
    view: str
    purpose: str
    width: int
    height: int


def _wanted(brief: ShotBrief, engine: EngineInfo, prompt: str | None) -> tuple[list[_Wanted], list[DroppedPicture]]:
    """Every picture that may be sent, in its usual order, and those that cannot be whatever their number."""
    wanted: list[_Wanted] = []
    dropped: list[DroppedPicture] = []
    for subject in brief.subjects:
        some, others = _of_subject(subject, brief, engine, prompt)
        wanted += some
        dropped += others
    for given in brief.given:
        if given.purpose not in OF_THE_WHOLE:
            continue
        if given.purpose in engine.purposes and engine.references:
            wanted.append(_Wanted(given.id, given.hash, given.name, "", "", given.purpose, 0, 0))
        else:
            dropped.append(not_used(given, f"{engine.id} reads no picture for {_THE[given.purpose]}"))
    return wanted, dropped


_THE = {"look": "the look", "composition": "the composition"}


def _of_subject(
    subject: BriefSubject, brief: ShotBrief, engine: EngineInfo, prompt: str | None
) -> tuple[list[_Wanted], list[DroppedPicture]]:
    pictures = [_of_view(subject, view) for view in subject.views]
    if reason := _reason(subject, engine, prompt):
        return [], [_dropped(one, reason) for one in pictures]
    left_out = [one for one in pictures if one.id in brief.pictures.left_out]
    shown = [one for one in pictures if one.id not in brief.pictures.left_out]
    shown.sort(key=lambda one: _place(one, brief.pictures.order))
    most = engine.views or len(shown)
    enough = f"{_counted(most)} of {subject.name} {'is' if most == 1 else 'are'} enough for {engine.id}"
    spare = [_dropped(one, enough, expected=True) for one in shown[most:]]
    return shown[:most], [*(_dropped(one, LEFT_OUT, expected=True) for one in left_out), *spare]


def _of_view(subject: BriefSubject, view: BriefView) -> _Wanted:
    return _Wanted(view.id, view.hash, view.name, subject.name, view.view, IDENTITY, view.width, view.height)


def _reason(subject: BriefSubject, engine: EngineInfo, prompt: str | None) -> str:
    """Why none of a subject's pictures can be sent; empty where they can."""
    if not engine.references:
        return f"{engine.id} reads no reference pictures"
    if not understands(engine, subject.kind):
        known = " and ".join(f"{kind}s" for kind in engine.reference_kinds)
        return f"{engine.id} is shown {known} by pictures, no {subject.kind}s"
    if prompt is not None and not names(prompt, subject.name):
        return f"The prompt does not name {subject.name}"
    return ""


def _ranked(wanted: list[_Wanted], order: Mapping[str, int]) -> list[_Wanted]:
    """Those that come first when not all fit."""
    if any(one.id in order for one in wanted):
        return sorted(wanted, key=lambda one: _place(one, order))
    columns: dict[str, list[_Wanted]] = {}
    for one in wanted:
        columns.setdefault(one.subject or one.id, []).append(one)
    return list(_in_turn(list(columns.values())))


def _in_turn(columns: Sequence[Sequence[_Wanted]]) -> Iterator[_Wanted]:
    for number in range(max(map(len, columns), default=0)):
        yield from (column[number] for column in columns if number < len(column))


def _place(one: _Wanted, order: Mapping[str, int]) -> int:
    """Views without a place of their own follow those that have one."""
    return order.get(one.id, 1 << 30)


# --- telling -----------------------------------------------------------------------------------------------------


def _sent(place: int, one: _Wanted, engine: EngineInfo) -> SentPicture:
    wide, high = engine.reference_size
    return SentPicture(
        place, one.id, one.subject, one.view, one.purpose, Path(one.name), one.hash, one.width, one.height,
        wide or one.width, high or one.height,
    )  # fmt: skip


def _dropped(one: _Wanted, reason: str, *, expected: bool = False) -> DroppedPicture:
    return DroppedPicture(
        one.id, one.subject, one.view, one.purpose, Path(one.name), one.hash, one.width, one.height, reason, expected
    )


def _kept(one: SentPicture | DroppedPicture) -> dict[str, str]:
    return {
        "hash": one.hash, "name": one.picture.name, "purpose": one.purpose, "subject": one.subject, "view": one.view,
    }  # fmt: skip


_NUMBERS = {1: "One view", 2: "Two views", 3: "Three views", 4: "Four views"}


def _counted(views: int) -> str:
    return _NUMBERS.get(views, f"{views} views")


def _lower(reason: str) -> str:
    return reason[:1].lower() + reason[1:]
