"""Edits of the film itself: made, its settings, its numbers."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.errors import Refused
from studio.project import naming
from studio.project.changes import Changes
from studio.project.commands import values
from studio.project.commands.cut import add_cut
from studio.project.commands.job import source_frames_at
from studio.project.commands.rows import scheme_of, the_film
from studio.project.entities import Event, Film, Scene, Shot
from studio.project.store import FilmSettings
from studio.project.timing import FrameRate

FIELDS = ("title", "rate", "aspect", "width", "height", "start_timecode", "numbering", "show", "episode")


def make_film(session: Session, settings: FilmSettings) -> Changes:
    """The film's one row and its first cut with three empty lanes."""
    film = Film(
        title=settings.title.strip(),
        rate_num=settings.rate.num,
        rate_den=settings.rate.den,
        aspect=settings.aspect,
        width=settings.width,
        height=settings.height,
        start_timecode=settings.start_timecode,
        numbering=settings.numbering,
    )
    session.add(film)
    cut = add_cut(session, "Cut 1")
    film.current_cut_id = cut.id
    return Changes.of(created=[("film", film.id), ("cut", cut.id)])


def set_film(session: Session, **fields: object) -> Changes:
    """Change what *New film* asked: title, rate, aspect, width, height, start_timecode, numbering, show, episode.

    A changed rate leaves every length in frames as it is and marks older takes out of date. The numbering only
    changes how numbers are shown, so it stays free under a lock that freezes them.
    """
    values.known_fields(fields, FIELDS, "film")
    film = the_film(session)
    rate = fields.get("rate", FrameRate(film.rate_num, film.rate_den))
    if isinstance(rate, str):
        rate = FrameRate.parse(rate)
    assert isinstance(rate, FrameRate)
    numbering = values.one_of(fields.get("numbering", film.numbering), "numbering", naming.SCHEMES)
    if film.numbers_locked and numbering != film.numbering:
        raise Refused("The numbers are locked, so the numbering stays.", "Unlock the numbers first.")
    settings = FilmSettings(
        title=values.text(fields.get("title", film.title), "title", values.LINE).strip(),
        rate=rate,
        aspect=values.aspect(fields.get("aspect", film.aspect)),
        width=values.side(fields.get("width", film.width), "width"),
        height=values.side(fields.get("height", film.height), "height"),
        start_timecode=str(fields.get("start_timecode", film.start_timecode)),
        numbering=numbering,
    )
    if rate != FrameRate(film.rate_num, film.rate_den):
        film.source_frames = source_frames_at(film, rate)
    film.title, film.aspect, film.start_timecode = settings.title, settings.aspect, settings.start_timecode
    film.rate_num, film.rate_den = rate.num, rate.den
    film.width, film.height, film.numbering = settings.width, settings.height, numbering
    film.show = values.text(fields.get("show", film.show), "show", values.WORD).strip()
    film.episode = values.text(fields.get("episode", film.episode), "episode", values.WORD).strip()
    return _all_numbers(session, film) | Changes(note=" ".join(_confusions(session, film)))


def edit_film(session: Session, *, style_notes: str) -> Changes:
    """The film notes every prompt writer reads: look, light, what never changes. At most 4,000 characters."""
    film = the_film(session)
    film.style_notes = values.text(style_notes, "text of the film notes", values.LONG).strip()
    return Changes.of(film=[film.id])


def lock_numbers(session: Session, locked: bool = True) -> Changes:
    """Freeze every number: later shots take one between, nothing can be renumbered."""
    film = the_film(session)
    film.numbers_locked = values.truth(locked, "Lock numbers")
    return Changes.of(film=[film.id])


def renumber(session: Session) -> Changes:
    """Number the shots of every scene afresh, 0010, 0020, ... in the order of the current cut.

    Omitted shots come last in their scene, so that their numbers stay apart. Reel names of takes that exist keep
    the number they were made under.
    """
    film = the_film(session)
    if film.numbers_locked:
        raise Refused("The numbers are locked, so nothing can be renumbered.", "Unlock the numbers first.")
    first: dict[str, int] = {}
    events = select(Event.shot_id, Event.rank).where(Event.cut_id == film.current_cut_id).order_by(Event.rank)
    for place, (shown, _) in enumerate(session.execute(events).all()):
        first.setdefault(shown, place)
    by_scene: dict[str, list[Shot]] = {}
    for shot in session.scalars(select(Shot)):
        by_scene.setdefault(shot.scene_id, []).append(shot)
    for shots in by_scene.values():
        shots.sort(key=lambda one: (one.omitted, first.get(one.id, len(first)), one.number, one.suffix))
        for place, shot in enumerate(shots):
            shot.number, shot.suffix = naming.STEP * (place + 1), ""
    return _all_numbers(session, film)


def _confusions(session: Session, film: Film) -> list[str]:
    """Shots that read like a scene in the film's scheme, in words."""
    scheme = scheme_of(film)
    rows = session.execute(select(Scene.number, Scene.sequence, Shot.number.label("shot"), Shot.suffix).join(
        Shot, Shot.scene_id == Scene.id)).all()
    shown = [scheme.shot(row.number, row.sequence, row.shot, row.suffix) for row in rows]
    return naming.confusions(film.numbering, session.scalars(select(Scene.number)).all(), shown)


def _all_numbers(session: Session, film: Film) -> Changes:
    """The film, and every scene and shot, whose numbers show otherwise now."""
    shots = session.scalars(select(Shot.id)).all()
    return Changes.of(film=[film.id], scene=session.scalars(select(Scene.id)).all(), shot=shots)
