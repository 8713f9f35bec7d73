"""Markers: named points of the current cut."""

from __future__ import annotations

from sqlalchemy.orm import Session

from studio.project.changes import Changes
from studio.project.commands import values
from studio.project.commands.removal import remove
from studio.project.commands.rows import current_cut, film_rate, need, refuse_frozen
from studio.project.entities import Cut, Marker


def add_marker(session: Session, film_frame: int, name: str = "") -> Changes:
    row = Marker(cut_id=current_cut(session).id, film_frame=_frame(session, film_frame))
    row.name = values.text(name, "name of the marker", values.LINE).strip()
    session.add(row)
    return Changes.of(cut=[row.cut_id], created=[("marker", row.id)])


def edit_marker(session: Session, marker: str, **fields: object) -> Changes:
    """Change film_frame or name."""
    values.known_fields(fields, ("film_frame", "name"), "marker")
    row = _editable(session, marker)
    if "film_frame" in fields:
        row.film_frame = _frame(session, fields["film_frame"])
    if "name" in fields:
        row.name = values.text(fields["name"], "name of the marker", values.LINE).strip()
    return Changes.of(marker=[marker], cut=[row.cut_id])


def remove_marker(session: Session, marker: str) -> Changes:
    row = _editable(session, marker)
    remove(session, row)
    return Changes.of(marker=[marker], cut=[row.cut_id])


def _editable(session: Session, marker: str) -> Marker:
    row = need(session, Marker, marker)
    refuse_frozen(need(session, Cut, row.cut_id))
    return row


def _frame(session: Session, value: object) -> int:
    return values.whole(value, "frame of the cut", 0, 24 * 3600 * film_rate(session).nominal)
