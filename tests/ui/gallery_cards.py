"""Cards of a reference gallery for tests of what shows them: no film, no files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from studio.project.cards import SceneCard
from studio.project.gallery_cards import ExceptionCard, SubjectCard, ViewCard, WardrobeCard


def view_card(one: str, subject: str = "s-mara", size: tuple[int, int] = (100, 200), **fields: Any) -> ViewCard:
    given = {"view": "", "wardrobe": None, "original_name": f"{one}.png"} | fields
    return ViewCard(one, subject, f"r-{one}", f"hash-{one}", Path(f"/nowhere/{one}.png"), width=size[0],
                    height=size[1], **given)  # fmt: skip


def change_card(number: int, story_day: int = 1, *exceptions: ExceptionCard, **fields: Any) -> WardrobeCard:
    given = {"aspect": "clothes", "name": "", "description": "", "last_day": None} | fields
    return WardrobeCard(f"c-{number}", "s-mara", number, story_day=story_day, exceptions=exceptions, **given)


def subject_card(name: str = "@mara", count: int = 0, **fields: Any) -> SubjectCard:
    one = f"s-{name.lstrip('@')}"
    shown = tuple(view_card(f"{name.lstrip('@')}-{place}", one) for place in range(count))
    given: dict[str, Any] = {"kind": "character", "description": "", "views": shown, "shots": 0} | fields
    return SubjectCard(one, name, **given)


def scene_card(number: str, story_day: int = 1) -> SceneCard:
    return SceneCard(f"scene-{number}", number, f"EXT. PIER {number}", "", "", "", story_day, 1, 24)
