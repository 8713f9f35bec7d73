"""A subject's new @name put in place of the old one wherever the film's texts say it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String, cast, or_, select
from sqlalchemy.orm import Session

from studio.project.changes import Changes
from studio.project.entities import Film, Note, PromptExpansion, Shot, ShotSubject, Subject, WardrobeChange
from studio.project.mentions import renamed

_SAID_IN: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Film, ("style_notes",)),
    (Shot, ("prompt", "action", "dialogue", "notes")),
    (ShotSubject, ("action",)),
    (Note, ("text",)),
    (Subject, ("description",)),
    (WardrobeChange, ("name", "description")),
    (PromptExpansion, ("draft", "text", "negative", "parts", "warnings")),
)
"""Where people and prompt writers name subjects. Recipes and frozen records tell what was, and stay."""


def rename_in_texts(session: Session, old: str, new: str) -> Changes:
    """Emails and longer names stay. Only rows that say the name are changed."""
    changes = Changes()
    for entity, fields in _SAID_IN:
        says_some = or_(*(cast(getattr(entity, field), String).contains("@") for field in fields))
        touched = [row for row in session.scalars(select(entity).where(says_some)) if _rename(row, fields, old, new)]
        changes |= Changes.of(**{entity.__tablename__: [row.id for row in touched]})
    return changes


def _rename(row: Any, fields: tuple[str, ...], old: str, new: str) -> bool:
    said = {field: getattr(row, field) for field in fields}
    now = {field: _in(value, old, new) for field, value in said.items()}
    for field, value in now.items():
        # Only what differs is set: a column that was set counts as changed in the journal.
        if value != said[field]:
            setattr(row, field, value)
    return now != said


def _in(value: Any, old: str, new: str) -> Any:
    """In a text, or in every text of a list or a part as the film stores it."""
    if isinstance(value, str):
        return renamed(value, old, new)
    if isinstance(value, list):
        return [_in(one, old, new) for one in value]
    if isinstance(value, dict):
        return {name: _in(one, old, new) for name, one in value.items()}
    return value
