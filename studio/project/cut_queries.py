"""Reading a cut: its events with what each shows, its versions, and in what two of them differ.

Each query asks the database a fixed number of times, however many rows there are.
"""

from __future__ import annotations

from collections import defaultdict, namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from studio.project import cut_differences, grade, kept_panels, strokes
from studio.project.changes import Changes
from studio.project.commands.rows import need, scheme_of, the_film
from studio.project.cut_asks import asks_of
from studio.project.cut_cards import CutCard, CutDifference, EventCard, PanelShown, Rect, ShotInCut
from studio.project.entities import Cut, Event, Film, Panel, Shot, Take
from studio.project.media_names import film_folder, in_media, poster_path
from studio.project.panel_times import panels_in
from studio.project.timing import FrameRate, is_drop, timecode
from studio.project.trimming import Span, take_start


def event_cards(session: Session, cut: str | None = None) -> tuple[EventCard, ...]:
    """The events of a cut (the current one by default) in order. Omitted shots are not in the current cut."""
    film = the_film(session)
    return tuple(_read(session, film, need(session, Cut, cut or film.current_cut_id or "")))


def event_cards_again(
    session: Session, known: Sequence[EventCard], changes: Changes, cut: str | None = None
) -> tuple[EventCard, ...]:
    """What `event_cards` says now, from what it said before the `changes`: only events they touched are read anew.

    For whoever keeps the cards of a cut, which may be ten thousand, and hears of every edit.
    """
    film = the_film(session)
    row = need(session, Cut, cut or film.current_cut_id or "")
    order = _order(session, row)
    before = {card.id: card for card in known}
    touched = _touched(session, known, changes)
    stale = [one for one, shot in order if one not in before or one in changes["event"] or shot in touched]
    if len(stale) > _FEW or changes["film"]:
        return tuple(_read(session, film, row))
    fresh = {card.id: card for card in _read(session, film, row, stale)} if stale else {}
    return tuple(_placed([fresh.get(one) or before[one] for one, _ in order]))


def shot_in_cut(session: Session, shot: str, cut: str | None = None) -> ShotInCut:
    """Where a cut (the current one by default) shows a shot. For looking at one shot of a film of ten thousand: only
    the lengths of the others are looked at."""
    film = the_film(session)
    row = need(session, Cut, cut or film.current_cut_id or "")
    ask, connection = asks_of(row), session.connection()
    own = connection.execute(ask.of_shot, {"cut": row.id, "shot": shot}).all()
    if not own:
        return ShotInCut()
    before = connection.execute(ask.before, _place(row, own[0])).all()
    other = connection.execute(ask.of_other_scene_before, {**_place(row, own[0]), "scene": own[0].scene_id}).all()
    cards = {card.id: card for card in _read(session, film, row, [one.id for one in (*own, *before)])}
    placed = [replace(cards[one.id], film_frame=_frames_before(session, row, one)) for one in own]
    ends = placed[0].film_frame
    just_before = replace(cards[before[0].id], film_frame=ends - before[0].frames) if before else None
    scene_frame = _frames_before(session, row, other[0]) + other[0].frames if other else 0
    return ShotInCut(tuple(placed), scene_frame, just_before)


def cut_cards(session: Session) -> tuple[CutCard, ...]:
    """Every version of the film, the newest first."""
    current = the_film(session).current_cut_id
    hidden = case((Cut.frozen, Event.waits), else_=Shot.omitted)
    query = select(Event.cut_id, func.count().label("events"), func.sum(Event.frames).label("frames"))
    query = query.join(Shot, Shot.id == Event.shot_id).join(Cut, Cut.id == Event.cut_id).where(~hidden)
    shown = {row.cut_id: row for row in session.execute(query.group_by(Event.cut_id))}
    return tuple(
        CutCard(
            id=row.id,
            number=row.number,
            name=row.name,
            current=row.id == current,
            frozen=row.frozen,
            made_at=row.made_at,
            events=shown[row.id].events if row.id in shown else 0,
            frames=shown[row.id].frames if row.id in shown else 0,
        )
        for row in session.scalars(select(Cut).order_by(Cut.number.desc(), Cut.id))
    )


def compare_cuts(session: Session, before: str, after: str) -> tuple[CutDifference, ...]:
    """In what the cut `after` differs from `before`, in the order of the film; nothing where they show the same."""
    return cut_differences.between(event_cards(session, before), event_cards(session, after))


def cut_frames(session: Session, cut: Cut) -> int:
    """Length of the cut in film frames."""
    return session.scalar(asks_of(cut).frames, {"cut": cut.id}) or 0


def source_timecode(film: Film, frame: int, rate: FrameRate) -> str:
    """A frame of source timecode; drop-frame where the film's start timecode is and the rate can be."""
    return _timecode(frame, rate.num, rate.den, is_drop(film.start_timecode))


def as_rect(framing: list[float] | None) -> Rect | None:
    if framing is None:
        return None
    left, top, width, height = framing
    return left, top, width, height


_FEW = 400
"""Events named in one question; for more than these everything is read."""


def _read(session: Session, film: Film, cut: Cut, events: Sequence[str] | None = None) -> list[EventCard]:
    folder = film_folder(session.info)
    reader = _Reader(film, folder, _own_lengths(session, cut, folder, events))
    ask, cards, frame = asks_of(cut), [], 0
    # Through the connection and as plain tuples: the unit of work and the names of SQLAlchemy's rows cost as much time
    # as everything else.
    query = ask.events if events is None else ask.some_events
    rows = session.connection().execute(query, _given(cut, events))
    fields = _fields(tuple(rows.keys()))
    for one in map(fields, rows.all()):
        cards.append(reader.card(one, frame))
        frame += one.frames
    return cards


@lru_cache
def _fields(names: tuple[str, ...]) -> Callable[[Iterable[Any]], Any]:
    fields: Any = namedtuple("_Fields", names)  # type: ignore[misc]  # which columns they are is the query's
    make: Callable[[Iterable[Any]], Any] = fields._make
    return make


def _order(session: Session, cut: Cut) -> list[tuple[str, str]]:
    """Event and shot, in order."""
    rows = session.connection().execute(asks_of(cut).order, {"cut": cut.id}).all()
    return [(event, shot) for event, shot in rows]


def _place(cut: Cut, event: Any) -> dict[str, Any]:
    return {"cut": cut.id, "rank": event.rank, "event": event.id}


def _frames_before(session: Session, cut: Cut, event: Any) -> int:
    return session.connection().execute(asks_of(cut).frames_before, _place(cut, event)).scalar_one()


def _touched(session: Session, known: Sequence[EventCard], changes: Changes) -> set[str]:
    """Shots whose events may show something else than before."""
    shots = set(changes["shot"])
    for entity, kind in ((Take, "take"), (Panel, "panel")):
        ids = list(changes[kind])
        for start in range(0, len(ids), _FEW):
            shots.update(session.scalars(select(entity.shot_id).where(entity.id.in_(ids[start : start + _FEW]))))
    scenes, panels = changes["scene"], changes["panel"]
    shots.update(card.shot for card in known if card.scene in scenes)
    # A panel that was removed is known only by the cards that showed it.
    shots.update(card.shot for card in known if panels and any(panel.panel in panels for panel in card.panels))
    return shots


def _placed(cards: list[EventCard]) -> Iterator[EventCard]:
    """Each beginning where the one before ends."""
    frame = 0
    for card in cards:
        if card.film_frame != frame:
            # Not `replace`: after a trim every later card moves, and its constructor sets forty fields one by one.
            moved = object.__new__(EventCard)
            moved.__dict__.update(card.__dict__, film_frame=frame)
            card = moved
        yield card
        frame += card.frames


class _Reader:
    """Makes the cards of one cut; what they share is worked out once."""

    def __init__(self, film: Film, folder: Path, own_lengths: Mapping[str, list[PanelShown]]) -> None:
        self._rate, self._scheme = _rate(film.rate_num, film.rate_den), scheme_of(film)
        self._folder, self._own_lengths = str(folder), own_lengths
        self._drop = is_drop(film.start_timecode)

    def card(self, row: Any, frame: int) -> EventCard:
        panels = () if row.take else self._panels(row)
        chosen = row.panel if row.kept_panels is None else None
        return EventCard(
            id=row.id,
            shot=row.shot_id,
            shot_number=self._scheme.shot(row.scene_number, row.sequence, row.number, row.suffix),
            scene=row.scene_id,
            film_frame=frame,
            frames=row.frames,
            panel=panels[0].panel if panels else chosen,
            picture=self._picture(row, panels),
            speed_num=row.speed_num,
            speed_den=row.speed_den,
            flop=row.flop,
            hold=row.hold,
            name=row.name,
            action=row.action,
            dialogue=row.dialogue,
            shot_in=row.shot_in,
            framing_start=as_rect(row.framing_start),
            framing_end=as_rect(row.framing_end),
            ease=row.ease,
            panels=panels,
            shot_in_part=row.shot_in_part,
            framing_first=row.framing_first,
            framing_frames=row.framing_frames,
            grade=grade.read(row.grade) if row.grade else None,
            camera=", ".join(filter(None, (row.size, row.angle, row.move))).capitalize(),
            **self._take(row),
        )

    def _take(self, row: Any) -> dict[str, Any]:
        if row.take is None:
            return {"take": None, "take_name": "", "media": None, "take_in": 0, "take_frames": 0}
        rate = _rate(row.rate_num, row.rate_den)
        take_in, phase = row.head + row.shot_in, _WHOLE
        if row.shot_in_part or rate is not self._rate:
            take_in, phase = take_start(Span.of(row), row.head, rate, self._rate)
        return {
            "take": row.take,
            "take_name": self._scheme.take(row.take_number),
            "media": _media(self._folder, row.media),
            "take_in": take_in,
            "take_phase": phase,
            "take_frames": row.take_frames,
            "take_head": row.head,
            "take_rate": rate,
            "reel": row.reel,
            "take_timecode": _timecode(row.source_start, rate.num, rate.den, self._drop),
        }

    def _panels(self, row: Any) -> tuple[PanelShown, ...]:
        """Those it kept; its own one; those of the shot with a length of their own, in order; else the chosen one."""
        if row.kept_panels is not None:
            return kept_panels.read(row.kept_panels, Path(self._folder))
        timed = [] if row.own_panel else self._own_lengths.get(row.shot_id, [])
        if not timed and row.picture:
            timed = [_panel(row, row.planned, self._folder)]
        return panels_in(timed, Span.of(row), row.planned) if timed else ()

    def _picture(self, row: Any, panels: tuple[PanelShown, ...]) -> Path | None:
        if row.take:
            return _poster(self._folder, row.media)
        return panels[0].picture if panels else None


# A cut is read again after every edit, and almost all of it is as it was: making its paths and timecodes takes longer
# than reading the rows.
_KEPT = 1 << 16
_rate = lru_cache(FrameRate)
_WHOLE = Fraction(0)


@lru_cache(_KEPT)
def _media(folder: str, name: str) -> Path:
    return in_media(Path(folder), name)


@lru_cache(_KEPT)
def _poster(folder: str, name: str) -> Path:
    return poster_path(Path(folder), name)


@lru_cache(_KEPT)
def _timecode(frame: int, num: int, den: int, drop: bool) -> str:
    rate = _rate(num, den)
    return timecode(frame, rate, drop=rate.can_drop and drop)


def _panel(row: Any, frames: int, folder: str) -> PanelShown:
    return PanelShown(row.panel, _media(folder, row.picture), frames, as_rect(row.panel_start), as_rect(row.panel_end),
                      strokes.read(row.arrows))


def _own_lengths(
    session: Session, cut: Cut, folder: Path, events: Sequence[str] | None = None
) -> dict[str, list[PanelShown]]:
    """Panels with a length of their own, by shot and in order, of the shots of which the cut (or what is named of it)
    shows no take."""
    ask = asks_of(cut)
    query = ask.own_lengths if events is None else ask.own_lengths_of
    found = defaultdict(list)
    for row in session.connection().execute(query, _given(cut, events)):
        found[row.shot_id].append(_panel(row, row.frames, str(folder)))
    return found


def _given(cut: Cut, events: Sequence[str] | None) -> dict[str, Any]:
    return {"cut": cut.id} if events is None else {"cut": cut.id, "events": list(events)}
