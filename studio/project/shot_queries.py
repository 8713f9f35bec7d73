"""Reading the board: cards of shots with their states, and finding a shot by what a person calls it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from studio.errors import NotFound
from studio.project import strokes
from studio.project.cards import ShotCard, ShotState
from studio.project.commands.rows import need, scheme_of, the_film
from studio.project.entities import Event, Panel, Scene, Shot, ShotSubject, Take
from studio.project.fed import COLUMNS, Feeding, cause
from studio.project.job_queries import RUNS, WAITS, failed_shots, live_by_shot, queue_places
from studio.project.media_names import checked_name, film_folder, in_media, posters


class ShotPlace(NamedTuple):
    """What the board must know of every shot before it reads the cards it shows."""

    id: str
    scene: str
    frames: int
    omitted: bool


class EventPlace(NamedTuple):
    """One event of the current cut, as much as is needed to say where another goes."""

    event: str
    shot: str
    scene: str
    omitted: bool


_PLACES = select(Shot.id, Shot.scene_id, Shot.frames, Shot.omitted)

# Made once: a statement takes longer to put together than to run, and these are run for every card.
_IDS: Any = bindparam("ids", expanding=True)
_SHOTS: Any = (
    select(
        Shot.id, Shot.number, Shot.suffix, Shot.scene_id, Shot.dialogue, Shot.frames, Shot.approved, Shot.omitted,
        Shot.chosen_take_id, Shot.chosen_panel_id, Shot.pages_changed, Shot.kept_fed, Scene.number, Scene.sequence,
        Take.fed, Take.media, Panel.picture, Panel.arrows, *COLUMNS,
    )
    .join(Scene, Scene.id == Shot.scene_id).outerjoin(Take, Take.id == Shot.chosen_take_id)
    .outerjoin(Panel, Panel.id == Shot.chosen_panel_id)
)
_SOME_SHOTS = _SHOTS.where(Shot.id.in_(_IDS))
_TAKES: Any = select(Take.shot_id, func.count()).group_by(Take.shot_id)
_PANELS: Any = select(Panel.shot_id, func.count()).group_by(Panel.shot_id)
_TAKES_OF, _PANELS_OF = _TAKES.where(Take.shot_id.in_(_IDS)), _PANELS.where(Panel.shot_id.in_(_IDS))
_FIRST_IN_CUT = select(Event.shot_id, func.min(Event.rank)).where(
    Event.cut_id == bindparam("cut"), Event.shot_id.in_(_IDS)).group_by(Event.shot_id)
_BY_SCENE = select(Shot.id).join(Scene, Scene.id == Shot.scene_id).where(Shot.id.in_(_IDS)).order_by(
    Scene.rank, Shot.number, Shot.suffix)


def board_order(session: Session, most: int | None = None) -> list[ShotPlace]:
    """Every shot in board order: as the current cut shows them; those it does not show last, by scene and number.

    With `most` only so many from the start, in a moment however many there are.
    """
    return _Board(session).order(most)


def cut_order(session: Session) -> list[EventPlace]:
    """Every event of the current cut in order, those of omitted shots included."""
    query = select(Event.id, Event.shot_id, Shot.scene_id, Shot.omitted).join(Shot, Shot.id == Event.shot_id)
    rows = session.execute(query.where(Event.cut_id == the_film(session).current_cut_id).order_by(Event.rank, Event.id))
    return [EventPlace._make(row) for row in rows]


def shots_with(session: Session, subjects: Iterable[str]) -> set[str]:
    """The shots any of these subjects is in."""
    return set(session.scalars(select(ShotSubject.shot_id).where(ShotSubject.subject_id.in_(list(subjects)))))


def shot_cards(session: Session, ids: Iterable[str] | None = None) -> tuple[ShotCard, ...]:
    """In board order: all shots, or those named. Unknown ids are left out."""
    board, wanted = _Board(session), None if ids is None else list(set(ids))
    cards = board.cards(wanted)
    order = [place.id for place in board.order()] if wanted is None else board.in_order(wanted)
    return tuple(cards[one] for one in order)


def shot_card(session: Session, shot: str) -> ShotCard:
    found = shot_cards(session, [shot])
    if not found:
        need(session, Shot, shot)
    return found[0]


def find_shot(session: Session, text: str) -> str:
    """The id of a shot named by its number as shown, its id, or its place on the board from 1. Raises NotFound."""
    wanted = text.strip()
    board = _Board(session)
    numbers = dict(board.numbers())
    for shot, number in numbers.items():
        if wanted == shot or wanted.upper() == number.upper():
            return shot
    order = board.order()
    if len(wanted) < 10 and wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(order):
        return order[int(wanted) - 1].id
    has = f"The board has {len(order)} shots; name one by its number, as in {numbers[order[0].id]}." if order else (
        "The board is empty; add a shot first: shotwright add-shot")
    raise NotFound(f"There is no shot {wanted[:60]!r} in this film.", has)


_ORDER = (ShotState.FAILED, ShotState.RUNNING, ShotState.QUEUED, ShotState.OMITTED, ShotState.OUT_OF_DATE,
          ShotState.PAGES_CHANGED, ShotState.APPROVED, ShotState.HAS_TAKES, ShotState.HAS_PANELS, ShotState.EMPTY)


def shot_state(
    *, failed: bool, running: bool, queued: bool, omitted: bool, out_of_date: bool, pages_changed: bool,
    approved: bool, takes: bool, panels: bool
) -> ShotState:
    """The badge of a shot to which several may apply: the first of this order."""
    applies = (failed, running, queued, omitted, out_of_date, pages_changed, approved, takes, panels, True)
    return _ORDER[applies.index(True)]


class _Board:
    """What the cards of many shots share, read once."""

    def __init__(self, session: Session) -> None:
        self._session, self._film = session, the_film(session)
        self._scheme, self._folder = scheme_of(self._film), film_folder(session.info)
        self._posters = posters(self._folder)

    def order(self, most: int | None = None) -> list[ShotPlace]:
        """Shots where the current cut first shows them, then the others by scene and number."""
        shown = _PLACES.join(Event, Event.shot_id == Shot.id).where(Event.cut_id == self._film.current_cut_id)
        places: dict[str, ShotPlace] = {}
        connection = self._session.connection()
        for row in connection.execute(shown.order_by(Event.rank, Event.id).limit(most)).all():
            if row[0] not in places:
                places[row[0]] = ShotPlace._make(row)
        if most is None and len(places) < (self._session.scalar(select(func.count(Shot.id))) or 0):
            others = _PLACES.join(Scene, Scene.id == Shot.scene_id).order_by(Scene.rank, Shot.number, Shot.suffix)
            for row in connection.execute(others).all():
                places.setdefault(row[0], ShotPlace._make(row))
        return list(places.values())

    def in_order(self, ids: list[str]) -> list[str]:
        """Some shots in board order, without reading where all the others stand."""
        given = {"ids": ids, "cut": self._film.current_cut_id}
        first = dict(self._session.execute(_FIRST_IN_CUT, given).all())
        rows = self._session.scalars(_BY_SCENE, {"ids": ids})
        return sorted(rows, key=lambda one: (one not in first, first.get(one, 0)))

    def numbers(self) -> Sequence[tuple[str, str]]:
        query = select(Shot.id, Shot.number, Shot.suffix, Scene.number.label("scene"), Scene.sequence)
        rows = self._session.execute(query.join(Scene, Scene.id == Shot.scene_id))
        return [(row.id, self._scheme.shot(row.scene, row.sequence, row.number, row.suffix)) for row in rows]

    def cards(self, ids: list[str] | None) -> dict[str, ShotCard]:
        """By id. Columns are taken by place, not by name: ten times as fast, and a film may have 10,000 shots."""
        feeding = Feeding(self._session, ids)
        takes, panels = dict(self._rows(_TAKES, _TAKES_OF, ids)), dict(self._rows(_PANELS, _PANELS_OF, ids))
        live, failed = live_by_shot(self._session), failed_shots(self._session)
        in_line = queue_places(self._session)
        cards = {}
        for row in self._rows(_SHOTS, _SOME_SHOTS, ids):
            (one, number, suffix, scene, dialogue, frames, approved, omitted, chosen_take, chosen_panel, pages_changed,
             kept, scene_number, sequence, fed, take_media, panel_picture, arrows, *fields) = row
            subjects, job = feeding.cast.of(one), live.get(one)
            why = cause(fed, kept, feeding.fed(one, fields)) if fed else ""
            state = shot_state(
                failed=one in failed,
                running=job is not None and job.state in RUNS,
                queued=job is not None and job.state in WAITS,
                omitted=omitted,
                out_of_date=bool(why),
                pages_changed=bool(pages_changed),
                approved=approved,
                takes=one in takes,
                panels=one in panels,
            )
            prompt, size, angle, _lens, _height, move, action = fields[:7]
            cards[one] = ShotCard(
                id=one,
                number=self._scheme.shot(scene_number, sequence, number, suffix),
                scene=scene,
                scene_number=scene_number,
                prompt=prompt,
                action=action,
                dialogue=dialogue,
                size=size,
                angle=angle,
                move=move,
                frames=frames,
                state=state,
                cause=why or pages_changed,
                approved=approved,
                omitted=omitted,
                takes=takes.get(one, 0),
                panels=panels.get(one, 0),
                chosen_take=chosen_take,
                chosen_panel=chosen_panel,
                picture=self._picture(take_media, panel_picture),
                subjects=tuple([subject.name for subject in subjects]),
                job=job.id if job is not None else None,
                queue_place=in_line.get(job.id, 0) if job is not None else 0,
                strokes=strokes.read(arrows) if arrows and not take_media else (),
            )
        return cards

    def _picture(self, take_media: str | None, panel_picture: str | None) -> Path | None:
        if take_media:
            return self._posters / f"{checked_name(take_media)[:64]}.jpg"
        return in_media(self._folder, panel_picture) if panel_picture else None

    def _rows(self, every: Any, some: Any, ids: list[str] | None) -> Sequence[Any]:
        """Through the connection: nothing of it becomes a mapped row."""
        connection = self._session.connection()
        return (connection.execute(every) if ids is None else connection.execute(some, {"ids": ids})).all()
