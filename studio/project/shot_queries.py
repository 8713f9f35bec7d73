"""Reading the board: cards of shots with their states, and finding a shot by what a person calls it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studio.errors import NotFound
from studio.project.cards import ShotCard, ShotState
from studio.project.cast import Cast
from studio.project.commands.rows import need, scheme_of, the_film
from studio.project.entities import Event, Panel, Scene, Shot, Take
from studio.project.fed import COLUMNS, accepted_texts, cause, fed_of, rate_text
from studio.project.job_queries import RUNS, WAITS, failed_shots, live_by_shot, queue_places
from studio.project.media_names import checked_name, film_folder, in_media, posters


def shot_cards(session: Session, ids: Iterable[str] | None = None) -> tuple[ShotCard, ...]:
    """In board order: as the current cut shows them; shots it does not show come last, by scene and number."""
    wanted = None if ids is None else set(ids)
    return _Board(session).cards(wanted)


def shot_card(session: Session, shot: str) -> ShotCard:
    found = shot_cards(session, [shot])
    if not found:
        need(session, Shot, shot)
    return found[0]


def find_shot(session: Session, text: str) -> str:
    """The id of a shot named by its number as shown, its id, or its place on the board from 1. Raises NotFound."""
    wanted = text.strip()
    board = _Board(session)
    for shot, number in board.numbers():
        if wanted == shot or wanted.upper() == number.upper():
            return shot
    order = board.order
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(order):
        return order[int(wanted) - 1]
    has = f"The board has {len(order)} shots; name one by its number, as in {board.example}." if order else (
        "The board is empty; add a shot first: shotwright add-shot")
    raise NotFound(f"There is no shot {wanted[:60]!r} in this film.", has)


def shot_state(
    *, failed: bool, running: bool, queued: bool, omitted: bool, out_of_date: bool, pages_changed: bool,
    approved: bool, takes: bool, panels: bool
) -> ShotState:
    """The badge of a shot to which several may apply: the first of this order."""
    order = (
        (failed, ShotState.FAILED),
        (running, ShotState.RUNNING),
        (queued, ShotState.QUEUED),
        (omitted, ShotState.OMITTED),
        (out_of_date, ShotState.OUT_OF_DATE),
        (pages_changed, ShotState.PAGES_CHANGED),
        (approved, ShotState.APPROVED),
        (takes, ShotState.HAS_TAKES),
        (panels, ShotState.HAS_PANELS),
    )
    return next((state for applies, state in order if applies), ShotState.EMPTY)


class _Board:
    """What the cards of many shots share, read once."""

    def __init__(self, session: Session) -> None:
        self._session, self._film = session, the_film(session)
        self._scheme, self._folder = scheme_of(self._film), film_folder(session.info)
        self._posters = posters(self._folder)
        first = select(Event.shot_id, func.min(Event.rank).label("rank")).where(
            Event.cut_id == self._film.current_cut_id).group_by(Event.shot_id).subquery()
        placed = select(Shot.id).join(Scene, Scene.id == Shot.scene_id).outerjoin(first, first.c.shot_id == Shot.id)
        self.order: list[str] = list(session.scalars(placed.order_by(
            first.c.rank.is_(None), first.c.rank, Scene.rank, Shot.number, Shot.suffix)))

    @property
    def example(self) -> str:
        return next((number for shot, number in self.numbers() if shot == self.order[0]), "")

    def numbers(self) -> Sequence[tuple[str, str]]:
        query = select(Shot.id, Shot.number, Shot.suffix, Scene.number.label("scene"), Scene.sequence)
        rows = self._session.execute(query.join(Scene, Scene.id == Shot.scene_id))
        return [(row.id, self._scheme.shot(row.scene, row.sequence, row.number, row.suffix)) for row in rows]

    def cards(self, wanted: set[str] | None) -> tuple[ShotCard, ...]:
        places = {one: place for place, one in enumerate(self.order, 1) if wanted is None or one in wanted}
        ids = None if wanted is None else list(places)
        cast, texts = Cast(self._session, ids), accepted_texts(self._session, ids)
        takes, panels = self._counts(Take, ids), self._counts(Panel, ids)
        live, failed = live_by_shot(self._session), failed_shots(self._session)
        in_line, rate = queue_places(self._session), rate_text(self._film)
        cards = []
        for row in sorted(self._session.execute(self._query(ids)), key=lambda one: places[one.id]):
            subjects = cast.of(row.id)
            why = ""
            if row.fed:
                why = cause(row.fed, row.kept_fed, fed_of(row, subjects, texts.get(row.id, ""), rate))
            job = live.get(row.id)
            state = shot_state(
                failed=row.id in failed,
                running=job is not None and job.state in RUNS,
                queued=job is not None and job.state in WAITS,
                omitted=row.omitted,
                out_of_date=bool(why),
                pages_changed=bool(row.pages_changed),
                approved=row.approved,
                takes=row.id in takes,
                panels=row.id in panels,
            )
            cards.append(ShotCard(
                id=row.id,
                place=places[row.id],
                number=self._scheme.shot(row.scene_number, row.sequence, row.number, row.suffix),
                scene=row.scene_id,
                scene_number=row.scene_number,
                prompt=row.prompt,
                action=row.action,
                dialogue=row.dialogue,
                size=row.size,
                angle=row.angle,
                move=row.move,
                frames=row.frames,
                state=state,
                cause=why or row.pages_changed,
                approved=row.approved,
                omitted=row.omitted,
                takes=takes.get(row.id, 0),
                panels=panels.get(row.id, 0),
                chosen_take=row.chosen_take_id,
                chosen_panel=row.chosen_panel_id,
                picture=self._picture(row),
                subjects=tuple(one.name for one in subjects),
                job=job.id if job is not None else None,
                queue_place=in_line.get(job.id, 0) if job is not None else 0,
            ))
        return tuple(cards)

    def _picture(self, row: Any) -> Path | None:
        if row.take_media:
            return self._posters / f"{checked_name(row.take_media)[:64]}.jpg"
        return in_media(self._folder, row.panel_picture) if row.panel_picture else None

    def _query(self, ids: list[str] | None) -> Any:
        query: Any = select(
            Shot.id, Shot.number, Shot.suffix, Shot.scene_id, Shot.dialogue, Shot.frames, Shot.approved, Shot.omitted,
            Shot.chosen_take_id, Shot.chosen_panel_id, Shot.pages_changed, Shot.kept_fed, *COLUMNS,
            Scene.number.label("scene_number"), Scene.sequence, Take.fed, Take.media.label("take_media"),
            Panel.picture.label("panel_picture"),
        ).join(Scene, Scene.id == Shot.scene_id).outerjoin(Take, Take.id == Shot.chosen_take_id)
        query = query.outerjoin(Panel, Panel.id == Shot.chosen_panel_id)
        return query if ids is None else query.where(Shot.id.in_(ids))

    def _counts(self, entity: Any, ids: list[str] | None) -> dict[str, int]:
        query = select(entity.shot_id, func.count()).group_by(entity.shot_id)
        if ids is not None:
            query = query.where(entity.shot_id.in_(ids))
        return dict(self._session.execute(query).all())
