"""Reading a cut: its events with what each shows, its versions, and in what two of them differ.

Each query asks the database a fixed number of times, however many rows there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from studio.project import cut_differences, strokes
from studio.project.commands.rows import need, rate_of, scheme_of, the_film, unseen
from studio.project.cut_cards import CutCard, CutDifference, EventCard, PanelShown, Rect
from studio.project.entities import Cut, Event, Film, Panel, Scene, Shot, Take
from studio.project.media_names import checked_name, film_folder, posters
from studio.project.panel_times import panels_in
from studio.project.timing import FrameRate, is_drop, timecode
from studio.project.trimming import Span, take_start


def event_cards(session: Session, cut: str | None = None) -> tuple[EventCard, ...]:
    """The events of a cut (the current one by default) in order. Omitted shots are not in the current cut."""
    film = the_film(session)
    row = need(session, Cut, cut or film.current_cut_id or "")
    folder = film_folder(session.info)
    reader = _Reader(film, folder, _own_lengths(session, row, folder / "media"))
    cards, frame = [], 0
    for one in session.execute(_event_query(row)):
        cards.append(reader.card(one, frame))
        frame += one.frames
    return tuple(cards)


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
    return session.scalar(_shown_events(select(func.coalesce(func.sum(Event.frames), 0)), cut)) or 0


def source_timecode(film: Film, frame: int, rate: FrameRate) -> str:
    """A frame of source timecode; drop-frame where the film's start timecode is and the rate can be."""
    return timecode(frame, rate, drop=rate.can_drop and is_drop(film.start_timecode))


def as_rect(framing: list[float] | None) -> Rect | None:
    if framing is None:
        return None
    left, top, width, height = framing
    return left, top, width, height


class _Reader:
    """Makes the cards of one cut; what they share is worked out once."""

    def __init__(self, film: Film, folder: Path, own_lengths: Mapping[str, list[PanelShown]]) -> None:
        self._film, self._rate, self._scheme = film, rate_of(film), scheme_of(film)
        self._media, self._posters, self._own_lengths = folder / "media", posters(folder), own_lengths
        self._take_rate = cache(FrameRate)

    def card(self, row: Any, frame: int) -> EventCard:
        span = Span.of(row)
        panels = () if row.take else self._panels(row, span)
        return EventCard(
            id=row.id,
            shot=row.shot_id,
            shot_number=self._scheme.shot(row.scene_number, row.sequence, row.number, row.suffix),
            scene=row.scene_id,
            film_frame=frame,
            frames=row.frames,
            panel=panels[0].panel if panels else row.panel,
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
            **self._take(row, span),
        )

    def _take(self, row: Any, span: Span) -> dict[str, Any]:
        if row.take is None:
            return {"take": None, "take_name": "", "media": None, "take_in": 0, "take_frames": 0}
        rate = self._take_rate(row.rate_num, row.rate_den)
        take_in, phase = take_start(span, row.head, rate, self._rate)
        return {
            "take": row.take,
            "take_name": self._scheme.take(row.take_number),
            "media": self._media / checked_name(row.media),
            "take_in": take_in,
            "take_phase": phase,
            "take_frames": row.take_frames,
            "take_head": row.head,
            "take_rate": rate,
            "reel": row.reel,
            "take_timecode": source_timecode(self._film, row.source_start, rate),
        }

    def _panels(self, row: Any, span: Span) -> tuple[PanelShown, ...]:
        """Its own panel; else those of the shot with a length of their own, in order; else the chosen one."""
        timed = [] if row.own_panel else self._own_lengths.get(row.shot_id, [])
        if not timed and row.picture:
            timed = [_panel(row, row.planned, self._media)]
        return panels_in(timed, span, row.planned) if timed else ()

    def _picture(self, row: Any, panels: tuple[PanelShown, ...]) -> Path | None:
        if row.take:
            return self._posters / f"{checked_name(row.media)[:64]}.jpg"
        return panels[0].picture if panels else None


_PANEL = (Panel.picture, Panel.framing_start.label("panel_start"), Panel.framing_end.label("panel_end"), Panel.arrows)


def _panel(row: Any, frames: int, media: Path) -> PanelShown:
    picture = media / checked_name(row.picture)
    return PanelShown(row.panel, picture, frames, as_rect(row.panel_start), as_rect(row.panel_end),
                      strokes.read(row.arrows))


def _event_query(cut: Cut) -> Any:
    """Events in order, each with its shot and the take it shows (its own, else the chosen one); without a take its
    panel."""
    shown_take = case((Event.shows == "panels", None), else_=func.coalesce(Event.take_id, Shot.chosen_take_id))
    panel = func.coalesce(Event.panel_id, Shot.chosen_panel_id)
    columns = select(
        Event.id, Event.frames, Event.shot_in, Event.shot_in_part, Event.speed_num, Event.speed_den, Event.flop,
        Event.hold, Event.name, Event.framing_start, Event.framing_end, Event.framing_first, Event.framing_frames,
        Event.ease, Event.shot_id, Event.panel_id.label("own_panel"), panel.label("panel"), Shot.number, Shot.suffix,
        Shot.scene_id, Shot.action, Shot.dialogue, Shot.frames.label("planned"), Scene.number.label("scene_number"),
        Scene.sequence, Take.id.label("take"), Take.number.label("take_number"), Take.media,
        Take.frames.label("take_frames"), Take.head, Take.reel, Take.source_start, Take.rate_num, Take.rate_den,
        *_PANEL,
    )
    query = _shown_events(columns, cut).join(Scene, Scene.id == Shot.scene_id).outerjoin(Take, Take.id == shown_take)
    query = query.outerjoin(Panel, (Panel.id == panel) & Take.id.is_(None))
    return query.order_by(Event.rank, Event.id)


def _own_lengths(session: Session, cut: Cut, media: Path) -> dict[str, list[PanelShown]]:
    """Panels with a length of their own, by shot and in order, of the shots of which the cut shows no take."""
    bare = select(Event.shot_id).join(Shot, Shot.id == Event.shot_id).where(
        Event.cut_id == cut.id,
        or_(Event.shows == "panels", func.coalesce(Event.take_id, Shot.chosen_take_id).is_(None)))
    query = select(Panel.id.label("panel"), Panel.shot_id, Panel.frames, *_PANEL)
    query = query.where(Panel.frames.is_not(None), Panel.shot_id.in_(bare)).order_by(Panel.rank, Panel.id)
    found = defaultdict(list)
    for row in session.execute(query):
        found[row.shot_id].append(_panel(row, row.frames, media))
    return found


def _shown_events(query: Any, cut: Cut) -> Any:
    shown = (Event.cut_id == cut.id) & ~unseen(cut)
    return query.select_from(Event).join(Shot, Shot.id == Event.shot_id).where(shown)
