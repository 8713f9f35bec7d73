"""Reading the sound of a cut, and its markers."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.project.commands.rows import current_cut, film_rate, need
from studio.project.cut_cards import LaneCard, MarkerCard, SoundCard
from studio.project.entities import Cut, Lane, Marker, SoundClip
from studio.project.media_names import film_folder, in_media
from studio.project.sound_files import samples_in
from studio.project.sound_places import Places
from studio.project.sound_trimming import Stretch


def lane_cards(session: Session, cut: str | None = None) -> tuple[LaneCard, ...]:
    """The lanes of a cut (the current one by default), topmost first."""
    rows = session.scalars(select(Lane).where(Lane.cut_id == _cut(session, cut).id).order_by(Lane.rank, Lane.id)).all()
    alone = any(row.solo for row in rows)
    return tuple(
        LaneCard(
            id=row.id,
            name=row.name,
            follows=row.follows,
            gain=row.gain,
            mute=row.mute,
            solo=row.solo,
            audible=not row.mute and (row.solo or not alone),
        )
        for row in rows
    )


def sound_cards(session: Session, cut: str | None = None) -> tuple[SoundCard, ...]:
    """The sound clips of a cut (the current one by default), by lane and time. Those of omitted shots are left out."""
    version = _cut(session, cut)
    query = select(SoundClip, Lane.rank).join(Lane, Lane.id == SoundClip.lane_id).where(Lane.cut_id == version.id)
    rows = session.execute(query).all()
    if not rows:
        return ()  # a silent film of ten thousand events is not counted through for nothing
    places, rate, folder = Places(session, version), film_rate(session), film_folder(session.info)
    found = []
    for row, rank in rows:
        frame = places.film_frame(row)
        if frame is None:
            continue
        media = in_media(folder, row.media)
        card = SoundCard(
            id=row.id,
            lane=row.lane_id,
            name=row.name,
            media=media,
            film_frame=frame,
            frames=Stretch(frame, row.source_start, row.source_length).frames(rate),
            source_start=row.source_start,
            source_length=row.source_length,
            source_samples=samples_in(media),
            gain=row.gain,
            event=row.event_id,
        )
        found.append((rank, row.lane_id, frame, row.id, card))
    return tuple(card for *_, card in sorted(found, key=lambda one: one[:4]))


def marker_cards(session: Session, cut: str | None = None) -> tuple[MarkerCard, ...]:
    """The markers of a cut (the current one by default) in order of time."""
    mine = Marker.cut_id == _cut(session, cut).id
    rows = session.scalars(select(Marker).where(mine).order_by(Marker.film_frame, Marker.id))
    return tuple(MarkerCard(row.id, row.film_frame, row.name) for row in rows)


def _cut(session: Session, cut: str | None) -> Cut:
    return need(session, Cut, cut) if cut else current_cut(session)
