"""Edits the board makes of several shots at once, each one step of undo."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from studio.project.changes import Changes
from studio.project.commands.event import move_events
from studio.project.commands.shot import approve_shots, duplicate_shots, omit_shots


def copy_shots(session: Session, shots: Sequence[str], to_place: int, *, scene: str | None = None) -> Changes:
    """Copies of shots, together at `to_place` of the current cut (counted as in `move_events`), joining `scene`.

    As with `duplicate_shots` takes and panels stay with the originals.
    """
    copies = duplicate_shots(session, shots)
    events = [one for kind, one in copies.created if kind == "event"]
    return copies | move_events(session, events, to_place, scene=scene)


def restore_shots(session: Session, shots: Sequence[str]) -> Changes:
    """Bring omitted shots back; of several, approved ones are left alone."""
    return omit_shots(session, shots, False)


def take_approval_back(session: Session, shots: Sequence[str]) -> Changes:
    return approve_shots(session, shots, False)
