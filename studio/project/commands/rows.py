"""What several commands need of the tables: finding rows by id, and room in an order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.errors import NotFound, Refused
from studio.project.entities import Base, Cut, Event, Film, Shot
from studio.project.naming import Scheme
from studio.project.timing import FrameRate

RANK_STEP = 1 << 20
"""Room left between two neighbours, so that a move changes one row."""

Row = TypeVar("Row", bound=Base)

_FILM = select(Film)


def need(session: Session, entity: type[Row], row_id: str) -> Row:
    """The row with this id, or NotFound naming it."""
    found = session.get(entity, row_id) if isinstance(row_id, str) else None
    if found is None:
        word = entity.__tablename__.replace("_", " ")
        raise NotFound(f"There is no {word} {str(row_id)[:60]!r} in this film.", "It may have been removed.")
    return found


def the_film(session: Session) -> Film:
    return session.scalars(_FILM).one()


def film_rate(session: Session) -> FrameRate:
    return rate_of(the_film(session))


def rate_of(film: Film) -> FrameRate:
    return FrameRate(film.rate_num, film.rate_den)


def scheme_of(film: Film) -> Scheme:
    return Scheme(film.numbering, film.title, film.show, film.episode)


def current_cut(session: Session) -> Cut:
    return need(session, Cut, the_film(session).current_cut_id or "")


def unseen(frozen: bool) -> Any:
    """Of a cut's events joined with their shots, those it does not show. Of a frozen cut, those of shots that were
    omitted when it was frozen: it stays as it was."""
    return Event.waits if frozen else Shot.omitted


def editable_event(session: Session, event_id: str) -> Event:
    event = need(session, Event, event_id)
    refuse_frozen(need(session, Cut, event.cut_id))
    return event


def refuse_frozen(cut: Cut) -> Cut:
    if cut.frozen:
        raise Refused(f"The cut {cut.name!r} is an earlier version and frozen.", "Edit the current cut instead.")
    return cut


def ordered_ids(session: Session, entity: Any, *where: Any) -> list[str]:
    return list(session.scalars(select(entity.id).where(*where).order_by(entity.rank, entity.id)))


def ranks_for(
    session: Session, entity: Any, place: int, *where: Any, count: int = 1, moving: Collection[str] = ()
) -> list[int]:
    """Ranks for `count` rows put at `place` (from 0) among the rows `where` says, those `moving` left out.

    Neighbours are set apart again when there is no room between them.
    """
    rows = session.execute(select(entity.id, entity.rank).where(*where).order_by(entity.rank, entity.id)).all()
    others = [row for row in rows if row.id not in moving]
    place = max(0, min(place, len(others)))
    low = others[place - 1].rank if place else None
    high = others[place].rank if place < len(others) else None
    if high is None:
        start = low if low is not None else 0
        return [start + RANK_STEP * (one + 1) for one in range(count)]
    if low is None:
        return [high - RANK_STEP * (count - one) for one in range(count)]
    if high - low > count:
        return [low + (high - low) * (one + 1) // (count + 1) for one in range(count)]
    return _set_apart(session, entity, [row.id for row in others], place, count)


def _set_apart(session: Session, entity: Any, ids: Sequence[str], place: int, count: int) -> list[int]:
    by_id = {row.id: row for row in session.scalars(select(entity).where(entity.id.in_(ids)))}
    for index, one in enumerate(ids):
        by_id[one].rank = RANK_STEP * (index + 1 + (count if index >= place else 0))
    return [RANK_STEP * (place + 1 + one) for one in range(count)]
