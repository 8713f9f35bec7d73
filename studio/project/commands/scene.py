"""Edits of scenes."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.errors import BadValue, Refused
from studio.project import headings, naming
from studio.project.changes import Changes
from studio.project.commands import values
from studio.project.commands.removal import remove
from studio.project.commands.rows import current_cut, need, ordered_ids, ranks_for, the_film
from studio.project.entities import Event, Scene, Shot

TEXTS = {"heading": values.LINE, "location": values.LINE, "time": values.WORD, "weather": values.WORD}
FIELDS = (*TEXTS, "story_day", "number", "revision", "sequence")


def add_scene(
    session: Session,
    heading: str,
    location: str = "",
    time: str = "",
    weather: str = "",
    at: int | None = None,
    *,
    number: str = "",
    story_day: int = 1,
    sequence: str = "",
) -> Changes:
    """A scene at place `at` (from 0; the end by default), numbered after the last, or 12A between 12 and 13.

    Where neither location, time nor weather is given, they are what the heading says.
    """
    if not (location or time or weather):
        said = headings.read(values.text(heading, "heading", values.LINE))
        location, time, weather = said.location, said.time[: values.WORD], said.weather[: values.WORD]
    ids = ordered_ids(session, Scene)
    place = len(ids) if at is None else values.whole(at, "place of the scene", 0, len(ids))
    numbers = [need(session, Scene, one).number for one in ids]
    if not number:
        before = numbers[place - 1] if place else None
        number = naming.next_scene_number(before, numbers[place] if place < len(ids) else None, numbers)
    scene = Scene(rank=ranks_for(session, Scene, place)[0], number="")
    _fill(session, scene, {"heading": heading, "location": location, "time": time, "weather": weather,
                           "number": number, "story_day": story_day, "sequence": sequence})
    session.add(scene)
    return Changes.of(created=[("scene", scene.id)])


def edit_scene(session: Session, scene: str, **fields: object) -> Changes:
    """Change heading, location, time, weather, story_day, number, revision or sequence."""
    row = need(session, Scene, scene)
    if the_film(session).numbers_locked and {"number", "sequence"} & set(fields):
        raise Refused("The numbers are locked, so a scene keeps its own.", "Unlock the numbers first.")
    _fill(session, row, fields)
    shots = session.scalars(select(Shot.id).where(Shot.scene_id == scene)).all()
    return Changes.of(scene=[scene], shot=shots)


def move_scene(session: Session, scene: str, to_place: int) -> Changes:
    """Put a scene at place `to_place` (from 0) among the scenes; its events in the current cut go along as a block."""
    row = need(session, Scene, scene)
    others = [one for one in ordered_ids(session, Scene) if one != scene]
    place = values.whole(to_place, "place of the scene", 0, len(others))
    row.rank = ranks_for(session, Scene, place, moving={scene})[0]
    cut = current_cut(session)
    query = (
        select(Event.id, Shot.scene_id).join(Shot, Shot.id == Event.shot_id).where(Event.cut_id == cut.id)
        .order_by(Event.rank, Event.id)
    )
    rows = session.execute(query).all()
    moving = [one.id for one in rows if one.scene_id == scene]
    staying = [one.scene_id for one in rows if one.scene_id != scene]
    if moving:
        ranks = ranks_for(session, Event, _event_place(staying, others, place), Event.cut_id == cut.id,
                          count=len(moving), moving=set(moving))
        for one, rank in zip(moving, ranks, strict=True):
            need(session, Event, one).rank = rank
    return Changes.of(scene=[scene], event=moving)


def remove_scene(session: Session, scene: str) -> Changes:
    """Remove a scene without shots."""
    row = need(session, Scene, scene)
    if session.scalar(select(Shot.id).where(Shot.scene_id == scene)):
        raise Refused(f"Scene {row.number} has shots.", "Move or remove its shots first.")
    remove(session, row)
    return Changes.of(scene=[scene])


def _event_place(staying: list[str], scenes: list[str], place: int) -> int:
    """Where a block goes among the events that stay: after the last one of the scenes before it."""
    before = set(scenes[:place])
    return max((index + 1 for index, one in enumerate(staying) if one in before), default=0)


def _fill(session: Session, scene: Scene, fields: dict[str, object]) -> None:
    values.known_fields(fields, FIELDS, "scene")
    for name, limit in TEXTS.items():
        if name in fields:
            setattr(scene, name, values.text(fields[name], name, limit).strip())
    if "story_day" in fields:
        scene.story_day = values.whole(fields["story_day"], "story day", 0, 100_000)
    for name in ("revision", "sequence"):
        if name in fields:
            setattr(scene, name, values.text(fields[name], name, values.WORD).strip())
    if "number" in fields:
        scene.number = _free_number(session, scene, fields["number"])


def _free_number(session: Session, scene: Scene, value: object) -> str:
    number = values.text(value, "scene number", 12).strip().upper()
    if not number or not all(one.isalnum() and one.isascii() for one in number):
        raise BadValue(f"{number!r} cannot be a scene's number.", "Use digits and letters, as in 12 or 12A.")
    same = select(Scene.id).where(Scene.number == number, Scene.id != scene.id)
    with session.no_autoflush:
        if session.scalar(same):
            raise BadValue(f"There is a scene {number} already.", "Give it another number.")
    return number
