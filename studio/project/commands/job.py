"""The rows of the queue: recorded, moved on, put elsewhere in line. All of it outside undo."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from studio.errors import BadValue, NotFound
from studio.project.cards import JobState
from studio.project.changes import Changes
from studio.project.commands import values
from studio.project.commands.reference import record_imported
from studio.project.commands.rows import RANK_STEP, film_rate, need, ranks_for, the_film
from studio.project.entities import Film, Job, Shot, Take, now
from studio.project.history import outside_undo
from studio.project.media import Imported
from studio.project.recipe import Recipe
from studio.project.timing import FrameRate, frames_in_24_hours, timecode

MAY_MAKE_A_TAKE = tuple(one.value for one in JobState if one not in (JobState.FAILED, JobState.CANCELLED))
WAITING = (JobState.QUEUED.value, JobState.PAUSED.value)
OVER = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)
NUMBERS = ("attempt", "step", "steps", "lost_step", "lost_count")
TEXTS = ("sentence", "hint", "trace")

# Made once: a statement takes longer to put together than to run.
_LAST_TAKE = select(func.max(Take.number)).where(Take.shot_id == bindparam("shot"))
_LAST_JOB = select(func.max(Job.take_number)).where(
    Job.shot_id == bindparam("shot"), Job.state.in_(MAY_MAKE_A_TAKE))


@outside_undo
def record_job(
    session: Session,
    job: str,
    *,
    shot: str,
    recipe: str,
    request: str,
    retry_of: str | None = None,
    state: str = JobState.QUEUED,
    runtime: str = "frames",
    imported: Iterable[tuple[Imported, str]] = (),
) -> Changes:
    """A wish joins the end of the queue. A clip is given its take number and its stretch of source timecode now,
    so that no two jobs write the same into their movies.

    `imported`: files that were brought for this wish, with their purposes: they are in the film from here on.
    """
    made_of = Recipe.from_json(recipe)
    need(session, Shot, shot)
    if session.get(Job, job) is not None:
        raise BadValue(f"There is a job {job} already.", "Take a fresh id.")
    last = session.scalar(select(func.max(Job.rank))) or 0
    row = Job(
        id=job,
        shot_id=shot,
        rank=last + RANK_STEP,
        kind=values.one_of(made_of.kind, "kind of job", ("clip", "still")),
        engine=made_of.engine,
        runtime=runtime,
        state=JobState(state).value,
        steps=made_of.steps,
        recipe=recipe,
        request=request,
        retry_of=need(session, Job, retry_of).id if retry_of else None,
    )
    if row.kind == "clip":
        row.take_number = next_take_number(session, shot)
        row.source_frames = made_of.frames
        row.source_start = give_source_frames(session, made_of.frames)
    session.add(row)
    changes = Changes.of(shot=[shot], created=[("job", row.id)])
    for found, purpose in imported:
        changes |= record_imported(session, found, purpose)
    return changes


@outside_undo
def set_job(session: Session, job: str, **facts: object) -> Changes:
    """What became of a job: state, attempt, step, steps, sentence, hint, trace, lost_step, lost_count."""
    values.known_fields(facts, ("state", *NUMBERS, *TEXTS), "job")
    row = need(session, Job, job)
    for name in NUMBERS:
        if name in facts:
            setattr(row, name, values.whole(facts[name], name.replace("_", " "), -1, 1_000_000))
    for name in TEXTS:
        if name in facts:
            setattr(row, name, values.text(facts[name], name, 100_000))
    if "state" in facts:
        _set_state(row, JobState(str(facts["state"])))
    return Changes.of(job=[job], shot=[row.shot_id])


@outside_undo
def let_go_job(session: Session, job: str, *, request: str) -> Changes:
    """A held job goes to the end of the queue with a request that does not stop again."""
    row = need(session, Job, job)
    if row.state != JobState.HELD.value:
        raise BadValue("That job is not held.", "Only a held job can be continued.")
    row.request, row.sentence, row.hint = request, "", ""
    row.rank = (session.scalar(select(func.max(Job.rank))) or 0) + RANK_STEP
    _set_state(row, JobState.QUEUED)
    return Changes.of(job=[job], shot=[row.shot_id])


@outside_undo
def set_state_of_jobs(session: Session, jobs: Iterable[str], state: str) -> Changes:
    """One state for many jobs, in one commit: a pause of a long queue is one short wait."""
    rows = [need(session, Job, job) for job in jobs]
    for row in rows:
        _set_state(row, JobState(state))
    return Changes.of(job=[row.id for row in rows], shot=[row.shot_id for row in rows])


@outside_undo
def move_job(session: Session, job: str, place: int) -> Changes:
    """Put a waiting job at `place` among those that wait, 1 being the next to start."""
    row = need(session, Job, job)
    waiting = Job.state.in_(WAITING)
    ids = list(session.scalars(select(Job.id).where(waiting).order_by(Job.rank, Job.id)))
    if job not in ids:
        raise NotFound("That job does not wait in the queue.", "Only waiting jobs can be moved.")
    place = values.whole(place, "place in the queue", 1, len(ids))
    row.rank = ranks_for(session, Job, place - 1, waiting, moving={job})[0]
    return Changes.of(job=ids)


def end(row: Job, state: JobState) -> None:
    _set_state(row, state)


def next_take_number(session: Session, shot: str) -> int:
    """After every take of the shot and every job that may still make one."""
    highest = [session.scalar(query, {"shot": shot}) or 0 for query in (_LAST_TAKE, _LAST_JOB)]
    return max(highest) + 1


def next_source_start(session: Session, frames: int = 0) -> int:
    """First frame of the next free stretch of source timecode, which begins again after 24 hours.

    A stretch never runs over midnight: the frames before it are left out.
    """
    film, day = the_film(session), frames_in_24_hours(film_rate(session))
    start = film.source_frames % day
    return 0 if start + frames > day else start


def give_source_frames(session: Session, frames: int) -> int:
    start = next_source_start(session, frames)
    film, day = the_film(session), frames_in_24_hours(film_rate(session))
    skipped = (start - film.source_frames) % day
    film.source_frames += skipped + frames
    return start


def source_frames_at(film: Film, rate: FrameRate) -> int:
    """The film's count of given source timecode on the clock of another rate: no label given so far comes again."""
    old = FrameRate(film.rate_num, film.rate_den)
    days, frame = divmod(film.source_frames, frames_in_24_hours(old))
    hours, minutes, seconds = (int(one) for one in timecode(frame, old)[:8].split(":"))
    begun = (hours * 60 + minutes) * 60 + seconds + (1 if frame else 0)
    return days * frames_in_24_hours(rate) + min(begun * rate.nominal, frames_in_24_hours(rate))


def _set_state(row: Job, state: JobState) -> None:
    if state is JobState.RUNNING and not row.started_at:
        row.started_at = now()
    row.ended_at = now() if state in OVER else ""
    row.state = state.value
