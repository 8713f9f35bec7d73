"""Removing a row with everything that belongs to it, row by row, so that the journal can bring all of it back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.errors import Refused
from studio.project.entities import Base


def remove(session: Session, row: Base) -> None:
    """Rows that are part of `row` go with it; links to it are emptied; a row that cannot be without it refuses."""
    session.flush()
    _remove(session, row, set())
    session.flush()


def _remove(session: Session, row: Any, gone: set[str]) -> None:
    if row.id in gone:
        return
    gone.add(row.id)
    for entity, column in _links_to(row):
        for other in session.scalars(select(entity).where(column == row.id)).all():
            _let_go(session, other, column, row, gone)
    session.delete(row)


def _let_go(session: Session, other: Any, column: Any, row: Any, gone: set[str]) -> None:
    if column.info.get("owner"):
        _remove(session, other, gone)
    elif column.nullable:
        setattr(other, column.key, None)
    else:
        what, owner = other.__tablename__.replace("_", " "), row.__tablename__.replace("_", " ")
        raise Refused(f"This {owner} has a {what}, which is never removed.", f"Leave the {owner}, or omit it.")


def _links_to(row: Any) -> Iterator[tuple[Any, Any]]:
    for mapper in Base.registry.mappers:
        for key in mapper.local_table.foreign_keys:
            if key.column.table is row.__table__:
                yield mapper.class_, key.parent
