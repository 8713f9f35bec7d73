"""Drawings stopped to be looked at: held lists them, continue draws some to their end, cancel gives some up."""

from __future__ import annotations

from pathlib import Path

import click

from studio import app
from studio.cli import door
from studio.cli.draw import draw, say_made
from studio.cli.talk import as_json, counted, inside, say, say_columns, say_json
from studio.errors import Refused
from studio.generation import recovery
from studio.generation.held import held_jobs
from studio.generation.rows import JobRows
from studio.project import queries
from studio.project.cards import JobState
from studio.project.commands import job as job_commands


@click.command()
@door.film_argument
@as_json
def held(film: Path, as_json: bool) -> None:
    """List the drawings that were stopped to be looked at."""
    with door.opened(film) as project:
        jobs = held_jobs(JobRows(project), project.media)
    cards = [job.card for job in jobs]
    shown = {job.card.id: inside(job.preview, film) if job.preview else "" for job in jobs}
    if as_json:
        say_json([
            {"id": card.id, "shot": card.shot, "number": card.shot_number, "kind": card.kind, "engine": card.engine,
             "step": card.step, "steps": card.steps, "preview": shown[card.id] or None}
            for card in cards
        ])  # fmt: skip
    elif not cards:
        say("Nothing is held.")
    else:
        rows = [(card.id, card.shot_number, f"{card.step} of {card.steps}", shown[card.id]) for card in cards]
        say_columns(("job", "shot", "step", "preview"), rows)


@click.command("continue")
@door.film_argument
@click.argument("jobs", nargs=-1, required=True, metavar="JOB...")
@click.option("--keep-others", is_flag=True, help="Keep what else is held of the same shots; else it is cancelled.")
def continue_(film: Path, jobs: tuple[str, ...], keep_others: bool) -> None:
    """Draw held jobs to their end, from where they were stopped. Ends when they are done."""
    chosen = list(dict.fromkeys(jobs))
    with app.build(film) as studio:

        def go_on() -> list[str]:
            studio.queue.go_on(chosen, cancel_others=not keep_others)
            return chosen

        say_made(studio, draw(studio, go_on))


@click.command()
@door.film_argument
@click.argument("jobs", nargs=-1, required=True, metavar="JOB...")
def cancel(film: Path, jobs: tuple[str, ...]) -> None:
    """Give up jobs that are held, or wait in the queue, with what was saved of them."""
    chosen = list(dict.fromkeys(jobs))
    with door.opened(film, writable=True) as project:
        for card in [project.ask(queries.job_card, job) for job in chosen]:
            if card.state in job_commands.OVER:
                raise Refused(f"Job {card.id} of {card.shot_number} is over already.", "Leave it out.")
        project.run(job_commands.set_state_of_jobs, chosen, JobState.CANCELLED)
        recovery.clear_leftovers(project)
    say(f"Cancelled {counted(len(chosen), 'job')}.")
