"""What a subject wears in a scene or a shot, and why, as its sheet shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studio.project import wardrobe
from studio.project.cards import SceneCard, ShotCard
from studio.project.gallery_cards import ExceptionCard, SubjectCard, WardrobeCard


@dataclass(frozen=True)
class Worn:
    """One place of the film."""

    changes: tuple[WardrobeCard, ...]
    exceptions: tuple[ExceptionCard, ...]
    """What was said of this place, against the story days."""

    @property
    def words(self) -> str:
        worn = ", ".join(one.title for one in self.changes) or "as described"
        return f"{worn}, an exception" if self.exceptions else worn

    @property
    def short(self) -> str:
        """The same where there is little room: `1 blue coat · 2 soaked`."""
        worn = " · ".join(f"{one.number} {one.name}".strip() for one in self.changes) or "as described"
        return f"{worn}, an exception" if self.exceptions else worn


def in_scene(card: SubjectCard, scene: SceneCard) -> Worn:
    return _worn(card, scene.story_day, scene.id, "")


def in_shot(card: SubjectCard, scene: SceneCard, shot: ShotCard) -> Worn:
    return _worn(card, scene.story_day, scene.id, shot.id)


def by_story_day(scenes: Sequence[SceneCard]) -> list[SceneCard]:
    """Scenes of one day in the order of the film."""
    return sorted(scenes, key=lambda one: one.story_day)


def _worn(card: SubjectCard, story_day: int, scene: str, shot: str) -> Worn:
    said = [one for change in card.wardrobe for one in change.exceptions
            if (one.shot == shot if shot else one.scene == scene)]  # fmt: skip
    changes = wardrobe.worn(card.wardrobe, story_day, _says(card, scene=scene), _says(card, shot=shot) if shot else {})
    return Worn(changes, tuple(said))


def _says(card: SubjectCard, *, scene: str = "", shot: str = "") -> dict[str, bool]:
    """Of each change, whether an exception of that scene, or of that shot, has it worn."""
    return {
        change.id: one.worn
        for change in card.wardrobe
        for one in change.exceptions
        if (one.scene == scene if scene else one.shot == shot)
    }
