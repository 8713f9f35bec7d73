"""Notes on shots and on frames of takes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from studio.errors import BadValue
from studio.project import strokes
from studio.project.changes import Changes
from studio.project.commands import values
from studio.project.commands.removal import remove
from studio.project.commands.rows import need
from studio.project.cut_cards import Stroke
from studio.project.entities import Note, Shot, Take

STATUSES = ("open", "done", "wont")
FIELDS = ("author", "text", "drawing", "status", "answer")


def add_note(
    session: Session,
    shot: str,
    text: str,
    *,
    author: str = "",
    take: str | None = None,
    take_frame: int | None = None,
    drawing: Iterable[Stroke] = (),
) -> Changes:
    """A note on the shot, or on one frame of one of its takes. Raises BadValue where it says and shows nothing."""
    need(session, Shot, shot)
    row = Note(shot_id=shot)
    if take is not None:
        last = _take_of(session, shot, take).frames - 1
        row.take_id = take
        row.take_frame = None if take_frame is None else values.whole(take_frame, "frame of the take", 0, last)
    elif take_frame is not None:
        raise BadValue("A frame is of a take, and none is named.", "Name the take the note is on.")
    _fill(session, row, {"text": text, "author": author, "drawing": drawing})
    session.add(row)
    return Changes.of(shot=[shot], created=[("note", row.id)])


def edit_note(session: Session, note: str, **fields: Any) -> Changes:
    """Change author, text, drawing (its lines), status (open, done, wont) or the take that answers it."""
    values.known_fields(fields, FIELDS, "note")
    row = need(session, Note, note)
    _fill(session, row, fields)
    return Changes.of(note=[note], shot=[row.shot_id])


def remove_note(session: Session, note: str) -> Changes:
    row = need(session, Note, note)
    remove(session, row)
    return Changes.of(note=[note], shot=[row.shot_id])


def _take_of(session: Session, shot: str, take: str) -> Take:
    row = need(session, Take, take)
    if row.shot_id != shot:
        raise BadValue("That take belongs to another shot.", "Choose a take of the note's shot.")
    return row


def _fill(session: Session, row: Note, fields: dict[str, Any]) -> None:
    if "text" in fields:
        row.text = values.text(fields["text"], "note", values.LONG).strip()
    if "author" in fields:
        row.author = values.text(fields["author"], "author", values.LINE).strip()
    if "drawing" in fields:
        row.drawing = strokes.written(fields["drawing"])
    if "status" in fields:
        row.status = values.one_of(fields["status"], "status of a note", STATUSES)
    if "answer" in fields:
        answer = fields["answer"]
        row.answer_id = None if answer is None else _take_of(session, row.shot_id, answer).id
    if not row.text and not row.drawing:
        raise BadValue("The note says nothing.", "Write or draw something.")
