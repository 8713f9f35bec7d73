"""A subject's new @name put in place of the old one wherever the film's texts say it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import String, cast, or_, select
from sqlalchemy.orm import Session

from studio.project.changes import Changes
from studio.project.commands.rows import need
from studio.project.entities import Film, Note, PromptExpansion, Shot, ShotSubject, Subject, Take, WardrobeChange
from studio.project.fed import cause, present_fed
from studio.project.mentions import names, renamed

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
    for shot in session.scalars(select(Shot).where(Shot.kept_fed.contains("@"))):
        _keep(shot, _in(json.loads(shot.kept_fed), old, new))
    return changes


def as_drawn(session: Session, name: str) -> list[str]:
    """Shots whose chosen take was fed with this name and is not out of date."""
    query = select(Shot.id, Take.fed, Shot.kept_fed).join(Take, Take.id == Shot.chosen_take_id)
    rows = [row for row in session.execute(query.where(Take.fed.contains("@"))) if _says(row.fed, name)]
    present = present_fed(session, [row.id for row in rows])
    return [row.id for row in rows if not cause(row.fed, row.kept_fed, present[row.id])]


def keep_as_drawn(session: Session, shots: Iterable[str]) -> None:
    """Another name changes nothing that is seen, so it makes no take out of date."""
    for shot, fed in present_fed(session, shots).items():
        _keep(need(session, Shot, shot), fed)


def _says(fed: str, name: str) -> bool:
    said = json.loads(fed)
    return any(names(text, name) for text in (*said, *said.values()))


def _keep(shot: Shot, fed: dict[str, str]) -> None:
    kept = json.dumps(fed, sort_keys=True, ensure_ascii=False)
    if kept != shot.kept_fed:
        shot.kept_fed = kept


def _rename(row: Any, fields: tuple[str, ...], old: str, new: str) -> bool:
    said = {field: getattr(row, field) for field in fields}
    now = {field: _in(value, old, new) for field, value in said.items()}
    for field, value in now.items():
        # Only what differs is set: a column that was set counts as changed in the journal.
        if value != said[field]:
            setattr(row, field, value)
    return now != said


def _in(value: Any, old: str, new: str) -> Any:
    """In a text, or in every text of a list, a part or fed fields as the film stores them."""
    if isinstance(value, str):
        return renamed(value, old, new)
    if isinstance(value, list):
        return [_in(one, old, new) for one in value]
    if isinstance(value, dict):
        return {_in(name, old, new): _in(one, old, new) for name, one in value.items()}
    return value
