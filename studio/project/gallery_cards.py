"""Frozen records of the reference gallery: subjects, their views, what they wear, and what one shot is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from studio.project import wardrobe


@dataclass(frozen=True)
class ViewCard:
    """One picture of a subject."""

    id: str
    subject: str
    reference: str
    hash: str
    """SHA-256 of the working copy."""
    picture: Path
    view: str
    """front, side, back, face, detail; empty: not said"""
    wardrobe: str | None
    """The change it shows; None: whatever the subject wears."""
    width: int
    height: int
    original_name: str = ""
    cut_from: str = ""
    """Hash of the picture it was cut out of; empty: of none."""


@dataclass(frozen=True)
class ExceptionCard:
    """A change that is worn, or not, in one scene or shot, whatever the story day says."""

    id: str
    scene: str | None
    shot: str | None
    place: str
    """The scene's or shot's number as shown."""
    worn: bool


@dataclass(frozen=True)
class WardrobeCard:
    id: str
    subject: str
    number: int
    aspect: str
    """clothes, hair or state"""
    name: str
    description: str
    story_day: int
    last_day: int | None
    exceptions: tuple[ExceptionCard, ...] = ()

    @property
    def title(self) -> str:
        """`Change 2, the wedding dress`."""
        return wardrobe.title(self.number, self.name)


@dataclass(frozen=True)
class SubjectCard:
    id: str
    name: str
    """With its @."""
    kind: str
    """character, prop, location or look"""
    description: str
    views: tuple[ViewCard, ...]
    """In the order they are sent."""
    shots: int
    """How many it is in."""
    wardrobe: tuple[WardrobeCard, ...] = ()
    shot_numbers: tuple[str, ...] = ()
    """As shown, in the order of the cut."""

    @property
    def pictures(self) -> tuple[Path, ...]:
        return tuple(view.picture for view in self.views)


@dataclass(frozen=True)
class GivenCard:
    """A reference one shot was given beside its subjects' views: its guide, its composition, its first frame."""

    id: str
    shot: str
    reference: str
    picture: Path
    purpose: str
    """look, composition, first_frame, last_frame, guide or mask"""
    strength: int
    """Per cent."""
    kind: str = "picture"


@dataclass(frozen=True)
class MentionProblem:
    """Something about who is named and who is there that a person should know; nothing is blocked by it."""

    kind: str
    """unknown: a text names nobody of the film; bare: somebody without pictures is named; unnamed: in the shot but not
    in its prompt; uncast: named in the prompt but not in the shot; unused: a subject of the film in no shot at all"""
    name: str
    """With its @."""
    sentence: str
    shot: str = ""
    """Empty: of the whole film."""


@dataclass(frozen=True)
class ShotPictures:
    """How a shot changes which views are sent: its own order, and those it leaves out."""

    order: Mapping[str, int] = field(default_factory=dict)
    """View id to its place; views without one follow in their usual order."""
    left_out: frozenset[str] = frozenset()
