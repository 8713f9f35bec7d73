"""What a film that was closed, or left by a crash, still has to say about its jobs."""

from __future__ import annotations

import shutil

from model_runtime import protocol
from studio.generation.intake import finished_in
from studio.generation.plan import Wish
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import JobCard, JobState
from studio.project.commands import job as jobs
from studio.project.recipe import Recipe

UNDER_WAY = (JobState.RUNNING, JobState.WAITING, JobState.INTERRUPTED)


def recover(project: OpenProject) -> list[tuple[str, Recipe, protocol.Finished]]:
    """(job, what was asked, what it made) for every job whose files are complete and not taken in yet.

    The other jobs that were under way become interrupted: they go on as soon as the runtime is ready. One that was
    given up for being lost twice at one place stays so.
    """
    complete = []
    for card in project.ask(queries.live_jobs):
        if card.state not in UNDER_WAY:
            continue
        finished = finished_in(project.media.jobs / card.id)
        if finished is not None:
            complete.append((card.id, recipe_of(project, card.id), finished))
        elif card.state is not JobState.INTERRUPTED:
            project.run(jobs.set_job, card.id, state=JobState.INTERRUPTED)
    return complete


def clear_leftovers(project: OpenProject) -> None:
    """Remove the folders of jobs that ended and whose files were taken in or are not wanted.

    A failed job's folder stays for its trace; one that no row names stays too, for what it may hold.
    """
    if not project.media.jobs.is_dir():
        return
    ended = {card.id for card in project.ask(queries.job_cards) if _is_over(card)}
    for folder in project.media.jobs.iterdir():
        if folder.name in ended and folder.is_dir() and not folder.is_symlink():
            shutil.rmtree(folder, ignore_errors=True)


def _is_over(card: JobCard) -> bool:
    return card.state in (JobState.DONE, JobState.CANCELLED)


def recipe_of(project: OpenProject, job: str) -> Recipe:
    return Recipe.from_json(project.ask(queries.job_request, job)[0])


def wish_again(project: OpenProject, job: str) -> Wish:
    """The wish a job was made from, its seed included, so that a retry draws the same picture of the shot as it is."""
    recipe = recipe_of(project, job)
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
    )
