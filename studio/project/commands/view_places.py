"""Where a picture of a subject stands: among its others, under a wardrobe change, with another subject."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.project.changes import Changes
from studio.project.commands.rows import need
from studio.project.commands.subject import edit_view, move_view
from studio.project.entities import SubjectView


def place_view(session: Session, view: str, subject: str, wardrobe: str | None, place: int) -> Changes:
    """Put a view at `place` (from 0) among those of a subject that show the same change (None: those of no change).

    It may come from another change, or from another subject, which has it no longer then.
    """
    row = need(session, SubjectView, view)
    given = {"subject": subject} if row.subject_id != subject else {}
    changes = edit_view(session, view, **given, wardrobe=wardrobe)
    session.flush()
    others = session.scalars(
        select(SubjectView)
        .where(SubjectView.subject_id == subject, SubjectView.id != view)
        .order_by(SubjectView.rank, SubjectView.id)
    ).all()
    beside = [at for at, one in enumerate(others) if one.wardrobe_id == wardrobe]
    last = beside[-1] + 1 if beside else len(others)
    return changes | move_view(session, view, beside[max(0, place)] if place < len(beside) else last)
