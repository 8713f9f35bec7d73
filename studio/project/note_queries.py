"""Reading notes: what was said of a shot and of the frames of its takes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, aliased

from studio.project import strokes
from studio.project.cards import NoteCard
from studio.project.commands.rows import need, scheme_of, the_film
from studio.project.entities import Note, Shot, Take

# Made once: a statement takes longer to put together than to run, and the notes of every shot looked at are read.
_ANSWER = aliased(Take)
_NOTES = (
    select(Note, Take.number.label("take_number"), _ANSWER.number.label("answer_number"))
    .outerjoin(Take, Take.id == Note.take_id).outerjoin(_ANSWER, _ANSWER.id == Note.answer_id)
    .order_by(Note.made_at, Note.id)
)
_OF_SHOT = _NOTES.where(Note.shot_id == bindparam("shot"))


def note_cards(session: Session, shot: str) -> tuple[NoteCard, ...]:
    """The notes of a shot, oldest first."""
    need(session, Shot, shot)
    return _cards(session, _OF_SHOT, shot=shot)


def all_notes(session: Session) -> tuple[NoteCard, ...]:
    """The notes of all shots, oldest first."""
    return _cards(session, _NOTES)


def _cards(session: Session, query: Any, **given: str) -> tuple[NoteCard, ...]:
    scheme = scheme_of(the_film(session))
    rows = session.execute(query, given)
    return tuple(
        NoteCard(
            id=row.id,
            shot=row.shot_id,
            take=row.take_id,
            take_name=scheme.take(number) if number else "",
            take_frame=row.take_frame,
            author=row.author,
            text=row.text,
            strokes=strokes.read(row.drawing),
            status=row.status,
            answer=row.answer_id,
            answer_name=scheme.take(answered) if answered else "",
            made_at=row.made_at,
        )
        for row, number, answered in rows
    )


def open_notes(session: Session) -> dict[str, int]:
    """How many notes of each shot are still open; shots without one are left out."""
    query = select(Note.shot_id, func.count()).where(Note.status == "open").group_by(Note.shot_id)
    return dict(session.execute(query).all())
