"""Takes and generated panels arriving, and what the user says of them."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studio.errors import BadValue
from studio.project import naming
from studio.project.cards import JobState
from studio.project.changes import Changes
from studio.project.commands import values
from studio.project.commands.job import end, give_source_frames, next_take_number
from studio.project.commands.removal import remove
from studio.project.commands.rows import film_rate, need, ordered_ids, ranks_for, scheme_of, the_film
from studio.project.entities import Job, Panel, Scene, Shot, Take
from studio.project.history import outside_undo
from studio.project.media_names import checked_name
from studio.project.recipe import Recipe
from studio.project.timing import FrameRate


@outside_undo
def record_take(
    session: Session, job: str, *, media: str, frames: int, width: int, height: int, latents: str = ""
) -> Changes:
    """A finished clip becomes a take and its job is done, in one commit. Chosen only where the shot had no take chosen.

    Told twice, as after a crash between file and row, it records the take once.
    """
    row = need(session, Job, job)
    known = session.scalars(select(Take).where(Take.job_id == job)).first()
    if known is not None:
        end(row, JobState.DONE)
        return Changes.of(job=[job], take=[known.id])
    recipe = Recipe.from_json(row.recipe)
    rate = _rate(recipe)
    number = row.take_number
    if session.scalar(select(Take.id).where(Take.shot_id == row.shot_id, Take.number == number)):
        number = next_take_number(session, row.shot_id)
    take = Take(
        shot_id=row.shot_id,
        number=number,
        media=checked_name(media),
        latents=checked_name(latents) if latents else "",
        frames=values.whole(frames, "number of frames", 1, 10_000_000),
        rate_num=rate.num,
        rate_den=rate.den,
        width=width,
        height=height,
        head=recipe.head,
        tail=recipe.tail,
        origin="generated",
        engine=recipe.engine,
        weights=recipe.weights,
        seed=recipe.seed,
        recipe=row.recipe,
        fed=_fed_text(recipe),
        reel=recipe.reel,
        source_start=row.source_start,
        job_id=job,
    )
    session.add(take)
    _end_well(row)
    return _first_is_chosen(session, take) | Changes.of(job=[job])


@outside_undo
def record_panel(session: Session, job: str, *, media: str, width: int, height: int) -> Changes:
    """A finished still becomes a panel and its job is done, in one commit. Chosen only where no panel was."""
    row = need(session, Job, job)
    known = session.scalars(select(Panel).where(Panel.job_id == job)).first()
    if known is not None:
        end(row, JobState.DONE)
        return Changes.of(job=[job], panel=[known.id])
    panel = _panel(session, row.shot_id, checked_name(media), width, height, "generated")
    panel.job_id, panel.recipe = job, row.recipe
    _end_well(row)
    return _panel_chosen(session, panel) | Changes.of(job=[job])


@outside_undo
def import_take(
    session: Session,
    shot: str,
    *,
    media: str,
    frames: int,
    width: int,
    height: int,
    original: str = "",
    rate: FrameRate | None = None,
) -> Changes:
    """A clip of somebody else's becomes a take of the shot, with its own stretch of timecode.

    A file that came in is history, like a generated one: undo never takes a take away.
    """
    need(session, Shot, shot)
    rate = rate or film_rate(session)
    number = next_take_number(session, shot)
    take = Take(
        shot_id=shot,
        number=number,
        media=checked_name(media),
        original=checked_name(original) if original else "",
        frames=values.whole(frames, "number of frames", 1, 10_000_000),
        rate_num=rate.num,
        rate_den=rate.den,
        width=width,
        height=height,
        origin="imported",
        reel=naming.reel(shown_number(session, shot), number),
        source_start=give_source_frames(session, frames),
    )
    session.add(take)
    return _first_is_chosen(session, take)


def import_panel(
    session: Session, shot: str, *, picture: str, width: int, height: int, original: str = "", origin: str = "imported"
) -> Changes:
    """A picture becomes the shot's last panel: drawn, imported, or picked from a take."""
    need(session, Shot, shot)
    kind = values.one_of(origin, "origin of a panel", ("drawn", "imported", "picked"))
    panel = _panel(session, shot, checked_name(picture), width, height, kind)
    panel.original = checked_name(original) if original else ""
    return _panel_chosen(session, panel)


def edit_panel(session: Session, panel: str, **fields: Any) -> Changes:
    """Its own length, its framing (start and end rectangle), its arrows."""
    values.known_fields(fields, ("frames", "framing_start", "framing_end", "arrows"), "panel")
    row = need(session, Panel, panel)
    if "frames" in fields:
        length = fields["frames"]
        row.frames = None if length is None else values.frames(length, film_rate(session))
    for name in ("framing_start", "framing_end"):
        if name in fields:
            setattr(row, name, values.frame_rect(fields[name], name.replace("_", " ")))
    if "arrows" in fields:
        row.arrows = fields["arrows"]
    return Changes.of(panel=[panel], shot=[row.shot_id])


def move_panel(session: Session, panel: str, to_place: int) -> Changes:
    """Put a panel at `to_place` (from 0) among those of its shot."""
    row = need(session, Panel, panel)
    same = Panel.shot_id == row.shot_id
    place = values.whole(to_place, "place of the panel", 0, len(ordered_ids(session, Panel, same)) - 1)
    row.rank = ranks_for(session, Panel, place, same, moving={panel})[0]
    return Changes.of(panel=[panel], shot=[row.shot_id])


def remove_panel(session: Session, panel: str) -> Changes:
    """Take a panel off the board. Its picture stays in media/."""
    row = need(session, Panel, panel)
    remove(session, row)
    return Changes.of(panel=[panel], shot=[row.shot_id])


def star_take(session: Session, take: str, starred: bool = True) -> Changes:
    row = need(session, Take, take)
    row.starred = values.truth(starred, "Star")
    row.rejected = row.rejected and not row.starred
    return Changes.of(take=[take], shot=[row.shot_id])


def reject_take(session: Session, take: str, rejected: bool = True) -> Changes:
    """A rejected take stays; a star on it goes. Refused for the chosen one."""
    row = need(session, Take, take)
    if rejected and need(session, Shot, row.shot_id).chosen_take_id == take:
        raise BadValue("The chosen take cannot be rejected.", "Choose another take first.")
    row.rejected = values.truth(rejected, "Reject")
    row.starred = row.starred and not row.rejected
    return Changes.of(take=[take], shot=[row.shot_id])


def shown_number(session: Session, shot: str) -> str:
    """The shot's number as the film's scheme shows it."""
    row = need(session, Shot, shot)
    scene = need(session, Scene, row.scene_id)
    return scheme_of(the_film(session)).shot(scene.number, scene.sequence, row.number, row.suffix)


def _end_well(row: Job) -> None:
    row.sentence, row.hint = "", ""
    end(row, JobState.DONE)


def _first_is_chosen(session: Session, take: Take) -> Changes:
    shot = need(session, Shot, take.shot_id)
    if shot.chosen_take_id is None:
        shot.chosen_take_id = take.id
    return Changes.of(shot=[shot.id], created=[("take", take.id)])


def _panel(session: Session, shot: str, picture: str, width: int, height: int, origin: str) -> Panel:
    same = Panel.shot_id == shot
    last = session.scalar(select(func.max(Panel.number)).where(same)) or 0
    rank = ranks_for(session, Panel, len(ordered_ids(session, Panel, same)), same)[0]
    panel = Panel(shot_id=shot, number=last + 1, rank=rank, picture=picture, width=width, height=height, origin=origin)
    session.add(panel)
    return panel


def _panel_chosen(session: Session, panel: Panel) -> Changes:
    shot = need(session, Shot, panel.shot_id)
    if shot.chosen_panel_id is None:
        shot.chosen_panel_id = panel.id
    return Changes.of(shot=[shot.id], created=[("panel", panel.id)])


def _fed_text(recipe: Recipe) -> str:
    return json.dumps(dict(recipe.fed), sort_keys=True, ensure_ascii=False) if recipe.fed else ""


def _rate(recipe: Recipe) -> FrameRate:
    num, _, den = recipe.rate.partition("/")
    try:
        return FrameRate(int(num), int(den or 1))
    except ValueError:
        raise BadValue(f"{recipe.rate[:40]!r} in the recipe is no frame rate.", "Generate the shot again.") from None
