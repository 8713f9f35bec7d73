"""Which number a shot gets, and when it may get another."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studio.errors import BadValue, Refused
from studio.project import naming
from studio.project.commands import values
from studio.project.commands.rows import need, the_film
from studio.project.entities import Scene, Shot


def number_shot(session: Session, shot: Shot, left: Shot | None, right: Shot | None = None) -> None:
    """The next number of the scene; or one after `left`, or before `right`, and the number that is next to it."""
    with session.no_autoflush:
        others = select(Shot.number, Shot.suffix).where(Shot.scene_id == shot.scene_id, Shot.id != shot.id)
        used = sorted((row.number, row.suffix) for row in session.execute(others))
    if right is not None:
        after = (right.number, right.suffix)
        earlier = [one for one in used if one < after]
        shot.number, shot.suffix = naming.number_between(earlier[-1] if earlier else None, after, used)
        return
    if left is None:
        shot.number, shot.suffix = naming.next_number(used)
        return
    before = (left.number, left.suffix)
    later = [one for one in used if one > before]
    shot.number, shot.suffix = naming.number_between(before, later[0] if later else None, used)


def change_scene(session: Session, shot: Shot, scene: str) -> None:
    """Put the shot in another scene, where it takes the next number. Refused under a lock."""
    if need(session, Scene, scene).id == shot.scene_id:
        return
    if the_film(session).numbers_locked:
        raise Refused("The numbers are locked, so a shot stays in its scene.", "Unlock the numbers first.")
    shot.scene_id = scene
    number_shot(session, shot, None)


def free_number(session: Session, shot: Shot, value: object) -> int:
    """`value` where no other shot of the scene has it, omitted ones included."""
    number = values.whole(value, "shot number", 1, 99_999)
    if the_film(session).numbers_locked:
        raise Refused("The numbers are locked, so a shot keeps its own.", "Unlock the numbers first.")
    same = select(func.count()).where(Shot.scene_id == shot.scene_id, Shot.number == number, Shot.id != shot.id)
    with session.no_autoflush:
        if session.scalar(same):
            raise BadValue(f"Another shot of the scene has the number {number} already.", "Give it another one.")
    return number
