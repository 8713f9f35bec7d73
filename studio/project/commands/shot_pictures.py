"""How one shot sends the pictures of its subjects: in an order of its own, some of them left out."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.errors import BadValue
from studio.project.changes import Changes
from studio.project.commands import values
from studio.project.commands.rows import RANK_STEP, need
from studio.project.entities import Shot, ShotSubject, ShotView, SubjectView


def order_views(session: Session, shot: str, views: Sequence[str]) -> Changes:
    """The views sent first, in this order; those not named follow as usual. None named: all as usual.

    Which are left out stays. Raises BadValue for a view named twice, or of nobody in the shot.
    """
    rows = _rows(session, shot)
    wanted = [_view(session, shot, one) for one in views]
    if len(set(wanted)) < len(wanted):
        raise BadValue("A picture is named twice in the order.", "Name each once.")
    for row in rows.values():
        row.rank = None
    for place, view in enumerate(wanted):
        _row(rows, shot, view).rank = RANK_STEP * (place + 1)
    return _settled(session, shot, rows)


def leave_out(session: Session, shot: str, view: str, left_out: bool = True) -> Changes:
    """The view is not sent for this shot, or is sent again; it keeps its place in the shot's order."""
    wanted, rows = values.truth(left_out, "Leave out"), _rows(session, shot)
    _row(rows, shot, _view(session, shot, view)).left_out = wanted
    return _settled(session, shot, rows)


def reset_views(session: Session, shot: str) -> Changes:
    """As usual: no order of its own, nothing left out."""
    rows = _rows(session, shot)
    for row in rows.values():
        row.rank, row.left_out = None, False
    return _settled(session, shot, rows)


def _rows(session: Session, shot: str) -> dict[str, ShotView]:
    need(session, Shot, shot)
    return {row.view_id: row for row in session.scalars(select(ShotView).where(ShotView.shot_id == shot))}


def _view(session: Session, shot: str, view: str) -> str:
    row = need(session, SubjectView, view)
    here = select(ShotSubject.id).where(ShotSubject.shot_id == shot, ShotSubject.subject_id == row.subject_id)
    if session.scalar(here) is None:
        raise BadValue("That picture shows nobody who is in the shot.", "Put the subject in the shot first.")
    return row.id


def _row(rows: dict[str, ShotView], shot: str, view: str) -> ShotView:
    if view not in rows:
        rows[view] = ShotView(shot_id=shot, view_id=view)
    return rows[view]


def _settled(session: Session, shot: str, rows: dict[str, ShotView]) -> Changes:
    """Rows that say something are kept. One that comes and goes at once never was: it would be a step of undo."""
    empty = [row for row in rows.values() if row.rank is None and not row.left_out]
    session.add_all(row for row in rows.values() if row not in empty)
    session.flush()  # what it said is journalled before it goes, so that undo brings that back
    for row in empty:
        if row in session:
            session.delete(row)
    return Changes.of(shot=[shot], shot_view=[row.id for row in rows.values()])
