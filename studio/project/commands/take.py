"""Takes arriving, generated panels too, and what the user says of takes."""

from __future__ import annotations

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.errors import BadValue
from studio.project import naming
from studio.project.cards import JobState
from studio.project.changes import Changes
from studio.project.commands import values
from studio.project.commands.job import end, give_source_frames, next_take_number
from studio.project.commands.panel import first_is_chosen, open_shot, put_panel, shown_number
from studio.project.commands.rows import film_rate, need
from studio.project.entities import Job, Panel, Shot, Take
from studio.project.history import outside_undo
from studio.project.media import Imported
from studio.project.media_names import checked_name, is_name
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
    shot = need(session, Shot, row.shot_id)
    panel = put_panel(session, shot, picture=media, width=width, height=height, origin="generated")
    panel.job_id, panel.recipe = job, row.recipe
    _end_well(row)
    return first_is_chosen(session, shot, [panel]) | Changes.of(job=[job])


def import_take(session: Session, shot: str, imported: Imported) -> Changes:
    """A clip somebody brought becomes a take of the shot, with a stretch of source timecode and a reel of its own.

    It was not drawn from the shot's fields, so it is never out of date. What its working copy shows otherwise than
    the file is told in `Changes.note`. Undo takes it back as any edit; its file stays in media/, and its timecode is
    not given again. Refused for an approved shot.
    """
    row = open_shot(session, shot)
    changes = _first_is_chosen(session, _imported_take(session, row, imported))
    return changes | Changes(note=" ".join(imported.notes))


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


def _end_well(row: Job) -> None:
    row.sentence, row.hint = "", ""
    end(row, JobState.DONE)


def _first_is_chosen(session: Session, take: Take) -> Changes:
    shot = need(session, Shot, take.shot_id)
    if shot.chosen_take_id is None:
        shot.chosen_take_id = take.id
    return Changes.of(shot=[shot.id], created=[("take", take.id)])


def _imported_take(session: Session, shot: Shot, imported: Imported) -> Take:
    if imported.kind != "clip":
        raise BadValue(f"{imported.original_name} is a {imported.what} and no movie.", "Bring a movie.")
    rate, number = imported.rate or film_rate(session), next_take_number(session, shot.id)
    frames = values.whole(imported.frames, "number of frames", 1, 10_000_000)
    take = Take(
        shot_id=shot.id,
        number=number,
        media=checked_name(imported.name),
        original=imported.original if is_name(imported.original) else "",
        frames=frames,
        rate_num=rate.num,
        rate_den=rate.den,
        width=imported.width,
        height=imported.height,
        origin="imported",
        reel=naming.reel(shown_number(session, shot.id), number),
        source_start=give_source_frames(session, frames),
    )
    session.add(take)
    return take


def _fed_text(recipe: Recipe) -> str:
    return json.dumps(dict(recipe.fed), sort_keys=True, ensure_ascii=False) if recipe.fed else ""


def _rate(recipe: Recipe) -> FrameRate:
    num, _, den = recipe.rate.partition("/")
    try:
        return FrameRate(int(num), int(den or 1))
    except ValueError:
        raise BadValue(f"{recipe.rate[:40]!r} in the recipe is no frame rate.", "Generate the shot again.") from None
