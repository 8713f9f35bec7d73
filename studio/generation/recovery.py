"""Jobs taken up again: after closing, after a crash, after a failure, and later than they were planned."""

from __future__ import annotations

import shutil
import typing

from model_runtime import protocol
from studio.errors import BadValue, Refused
from studio.generation.delivery import finished_in
from studio.generation.rows import JobRows
from studio.generation.wish import Wish, Work
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import JobState
from studio.project.job_queries import jobs_over
from studio.project.recipe import Recipe

UNDER_WAY = (JobState.RUNNING, JobState.WAITING, JobState.INTERRUPTED)


def recover(project: OpenProject, rows: JobRows) -> list[tuple[str, Recipe, protocol.Finished]]:
    """(job, its recipe, what it made) for every job whose files are complete and not taken in yet.

    The other jobs that were under way become interrupted: they go on as soon as the runtime is ready. One that was
    given up for being lost twice at one place stays so.
    """
    complete = []
    for card in project.ask(queries.live_jobs):
        if card.state not in UNDER_WAY:
            continue
        finished = finished_in(project.media.job_folder(card.id))
        if finished is not None:
            try:
                complete.append((card.id, rows.recipe(card.id), finished))
            except BadValue as error:
                rows.fail(card.id, error)
        elif card.state is not JobState.INTERRUPTED:
            rows.keep(card.id, state=JobState.INTERRUPTED, sentence="")  # it may have waited for space
    return complete


def clear_leftovers(project: OpenProject) -> None:
    """Remove the folders of jobs that ended and whose files were taken in or are not wanted.

    A failed job's folder stays for its trace; one that no row names stays too, for what it may hold.
    """
    if not project.media.jobs.is_dir():
        return
    folders = {folder.name: folder for folder in project.media.jobs.iterdir()}
    for job in project.ask(jobs_over, folders):
        if folders[job].is_dir() and not folders[job].is_symlink():
            shutil.rmtree(folders[job], ignore_errors=True)


def check_engine(recipe: Recipe, ready: protocol.Ready) -> None:
    """Refuse a job whose engine is not what it was when the job was planned: its recipe would not be true."""
    engine = next((one for one in ready.engines if one.id == recipe.engine), None)
    if engine is None:
        raise Refused(f"There is no engine named {recipe.engine!r} any more.", "Choose another engine.")
    if not engine.available:
        raise Refused(f"{engine.id} cannot draw here: {engine.reason}", engine.hint)
    if engine.weights != recipe.weights:
        raise Refused(f"The model file of {engine.id} changed since this job was queued.", "Retry the job.")


def wish_again(recipe: Recipe, stop_at: int = 0) -> Wish:
    """The wish a job was made from, its seed included, so that a retry draws the same picture of the shot as it is.

    `stop_at`: of the job's request; where a drawing pauses to be looked at is no part of how its take is made.
    """
    return Wish(
        kind="still" if recipe.kind == "still" else "clip",
        engine=recipe.engine,
        seed=recipe.seed,
        first_frame=recipe.first_frame["hash"] if recipe.first_frame else None,
        last_frame=recipe.last_frame["hash"] if recipe.last_frame else None,
        guide=recipe.guide["hash"] if recipe.guide else None,
        steps=recipe.steps,
        guidance=recipe.guidance,
        use_panel=False,
        guide_strength=recipe.guide_strength,
        loop=recipe.loop,
        references=any(one.get("subject") for one in recipe.references),
        reference_guidance=recipe.reference_guidance,
        stop_at=stop_at,
        work=_work_again(recipe),
    )


def _work_again(recipe: Recipe) -> Work | None:
    if recipe.work is None:
        return None
    kinds: dict[str, type[Work]] = {kind.task: kind for kind in typing.get_args(Work)}
    fields = {name: value for name, value in recipe.work.items() if name not in ("name", "task")}
    try:
        return kinds[str(recipe.work.get("task"))](**fields)
    except (KeyError, TypeError):
        raise BadValue("What this take was made from cannot be read.", "Wish for it anew.") from None
