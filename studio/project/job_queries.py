"""Reading the queue: cards of jobs, and what the board needs to know of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from studio.project.cards import JobCard, JobState
from studio.project.commands.rows import need, scheme_of, the_film
from studio.project.entities import Job, Panel, Scene, Shot, Take, new_id

LIVE = tuple(one.value for one in (JobState.QUEUED, JobState.PAUSED, JobState.RUNNING, JobState.WAITING,
                                   JobState.INTERRUPTED))
WAITS = (JobState.QUEUED.value, JobState.PAUSED.value, JobState.INTERRUPTED.value)
RUNS = (JobState.RUNNING.value, JobState.WAITING.value)
IN_LINE = (JobState.QUEUED.value, JobState.PAUSED.value)

# Made once: a statement takes longer to put together than to run, and these are run after every report of a runtime.
_JOBS: Any = (
    select(
        Job.id, Job.shot_id, Job.kind, Job.engine, Job.state, Job.attempt, Job.step, Job.steps, Job.sentence,
        Job.hint, Job.made_at, Job.ended_at, Shot.number, Shot.suffix, Scene.number.label("scene"),
        Scene.sequence, Take.id.label("take"), Panel.id.label("panel"),
    )
    .join(Shot, Shot.id == Job.shot_id).join(Scene, Scene.id == Shot.scene_id)
    .outerjoin(Take, Take.job_id == Job.id).outerjoin(Panel, Panel.job_id == Job.id)
    .order_by(Job.rank, Job.id)
)
_NAMED_JOBS = _JOBS.where(Job.id.in_(bindparam("ids", expanding=True)))
_IN_STATES = _JOBS.where(Job.state.in_(bindparam("states", expanding=True)))
_FAILED = Job.state == JobState.FAILED.value
_LAST_FAILED = _JOBS.where(_FAILED, Job.made_at.in_(
    select(func.max(Job.made_at)).where(Job.shot_id.in_(select(Job.shot_id).where(_FAILED))).group_by(Job.shot_id)))
_LIVE_BY_SHOT = select(Job.id, Job.shot_id, Job.state).where(Job.state.in_(LIVE)).order_by(
    Job.rank.desc(), Job.id.desc())
_ENDED_BADLY = select(Job.shot_id, Job.ended_at).where(_FAILED)
_OF_SHOTS = select(Job.shot_id, Job.made_at, Job.ended_at, Job.state).where(
    Job.shot_id.in_(bindparam("shots", expanding=True)))
_PLACES = select(Job.id).where(Job.state.in_(IN_LINE)).order_by(Job.rank, Job.id)
_NEXT = select(Job.id).where(
    Job.state == JobState.QUEUED.value, Job.runtime == bindparam("runtime")).order_by(Job.rank, Job.id).limit(1)


def job_cards(session: Session, ids: Iterable[str] | None = None) -> tuple[JobCard, ...]:
    """Every job, or those named, in queue order."""
    if ids is None:
        return _job_cards(session, _JOBS)
    return _job_cards(session, _NAMED_JOBS, ids=list(ids))


def job_card(session: Session, job: str) -> JobCard:
    need(session, Job, job)
    return job_cards(session, [job])[0]


def live_jobs(session: Session) -> tuple[JobCard, ...]:
    """Jobs that are queued, paused, running, waiting or interrupted, in queue order."""
    return _job_cards(session, _IN_STATES, states=list(LIVE))


def jobs_in_state(session: Session, *states: JobState) -> tuple[JobCard, ...]:
    """In queue order."""
    return _job_cards(session, _IN_STATES, states=[one.value for one in states])


def last_failures(session: Session) -> tuple[JobCard, ...]:
    """Failed jobs after which nothing was wished of their shot any more, in queue order."""
    return _job_cards(session, _LAST_FAILED)


def shots_of_jobs(session: Session, jobs: Iterable[str]) -> set[str]:
    return set(session.scalars(select(Job.shot_id).where(Job.id.in_(list(jobs)))))


def jobs_over(session: Session, jobs: Iterable[str]) -> set[str]:
    """Of these jobs the ones that are done or cancelled."""
    over = (JobState.DONE.value, JobState.CANCELLED.value)
    return set(session.scalars(select(Job.id).where(Job.id.in_(list(jobs)), Job.state.in_(over))))


def next_queued(session: Session, runtime: str = "frames") -> JobCard | None:
    """The job this runtime draws next."""
    found = session.scalar(_NEXT, {"runtime": runtime})
    return job_card(session, found) if found else None


def job_request(session: Session, job: str) -> tuple[str, str]:
    """A job's recipe and its request, both as JSON text."""
    row = need(session, Job, job)
    return row.recipe, row.request


def losses(session: Session, job: str, step: int) -> int:
    """How often the runtime was lost at this very step of the job so far."""
    row = need(session, Job, job)
    return row.lost_count if row.lost_step == step else 0


def new_job_id(_session: Session | None = None) -> str:
    return new_id("job")


def live_by_shot(session: Session) -> dict[str, Any]:
    """The job a shot's card tells of: the running one, else the next in line."""
    rows = session.execute(_LIVE_BY_SHOT).all()
    found: dict[str, Any] = {}
    for row in rows:
        if row.shot_id not in found or found[row.shot_id].state not in RUNS:
            found[row.shot_id] = row
    return found


def failed_shots(session: Session) -> set[str]:
    """Shots whose last ended job failed and that nobody has wished anything of since."""
    last: dict[str, str] = {}
    for row in session.execute(_ENDED_BADLY):
        last[row.shot_id] = max(row.ended_at, last.get(row.shot_id, ""))
    for other in session.execute(_OF_SHOTS, {"shots": list(last)}) if last else ():
        later_done = other.state == JobState.DONE.value and other.ended_at > last.get(other.shot_id, "~")
        if later_done or other.made_at > last.get(other.shot_id, "~"):
            last.pop(other.shot_id, None)
    return set(last)


def queue_places(session: Session) -> dict[str, int]:
    return {one: place for place, one in enumerate(session.scalars(_PLACES), 1)}


def _job_cards(session: Session, query: Any, **given: list[str]) -> tuple[JobCard, ...]:
    scheme, in_line = scheme_of(the_film(session)), queue_places(session)
    return tuple(
        JobCard(
            id=row.id,
            shot=row.shot_id,
            shot_number=scheme.shot(row.scene, row.sequence, row.number, row.suffix),
            kind=row.kind,
            engine=row.engine,
            state=JobState(row.state),
            attempt=row.attempt,
            step=row.step,
            steps=row.steps,
            place=in_line.get(row.id, 0),
            sentence=row.sentence,
            hint=row.hint,
            take=row.take,
            panel=row.panel,
            made_at=row.made_at,
            ended_at=row.ended_at,
        )
        for row in session.connection().execute(query, given)
    )
