"""The commands about jobs: queue, report, move-job, retry, again. Held ones have a file of their own, held.py."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from studio.cli import door, named
from studio.cli.talk import as_json, say, say_columns, say_json
from studio.errors import BadValue, Refused
from studio.generation import report as reports
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import JobCard, JobState
from studio.project.commands import job as job_commands
from studio.project.job_queries import jobs_in_state, last_failures

NIGHT = 12
MOST_HOURS = 24 * 366
MAY_BE_TRIED = (JobState.FAILED, JobState.CANCELLED, JobState.INTERRUPTED, JobState.HELD)


@click.command()
@door.film_argument
@as_json
def queue(film: Path, as_json: bool) -> None:
    """List the jobs that run, wait, are held or failed, and why."""
    with door.opened(film) as project:
        cards = _standing(project)
    if as_json:
        say_json([job_facts(card) for card in cards])
    elif not cards:
        say("Nothing is in the queue.")
    else:
        rows = [(card.place or "", _name(card), card.state, f"{card.step} of {card.steps}" if card.step else "",
                 f"{card.sentence} {card.hint}".strip(), card.id) for card in cards]
        say_columns(("place", "job", "state", "step", "why", "id"), rows)


def _standing(project: OpenProject) -> list[JobCard]:
    """What runs, waits or goes on by itself, then what is held, then what failed and was not mended since."""
    live = sorted(project.ask(queries.live_jobs), key=_given_up)
    return [*live, *project.ask(jobs_in_state, JobState.HELD), *project.ask(last_failures)]


def _given_up(card: JobCard) -> tuple[bool, bool]:
    """Running ones first; an interrupted one that was given up does not go on by itself, and says so."""
    return card.state is JobState.INTERRUPTED and bool(card.sentence), card.state is not JobState.RUNNING


def job_facts(card: JobCard) -> dict[str, Any]:
    """A job as JSON shows it; `place` is 1 for the next to start, 0 where it does not wait."""
    return {
        "id": card.id, "shot": card.shot, "number": card.shot_number, "kind": card.kind, "engine": card.engine,
        "state": card.state.value, "place": card.place, "step": card.step, "steps": card.steps,
        "sentence": card.sentence, "hint": card.hint, "take": card.take, "panel": card.panel,
        "made_at": card.made_at, "ended_at": card.ended_at,
    }  # fmt: skip


def _name(card: JobCard) -> str:
    return f"{card.shot_number} {'panel' if card.kind == 'still' else 'motion'}"


@click.command()
@door.film_argument
@click.option("--since", default=float(NIGHT), show_default=True, metavar="HOURS", help="How far back.")
@click.option("--all", "ever", is_flag=True, help="As far back as the film knows.")
@as_json
def report(film: Path, since: float, ever: bool, as_json: bool) -> None:
    """Tell what was done, what failed and why, and what is left: the page for the morning."""
    if not 0 < since <= MOST_HOURS:
        raise BadValue(f"{since:g} hours cannot be looked back.", f"Give 1 to {MOST_HOURS:,}, or --all.")
    now = datetime.datetime.now().astimezone()
    with door.opened(film) as project:
        found = reports.report(project.ask(queries.job_cards), None if ever else since, now)
    parts = (("failed", found.failed), ("done", found.done), ("cancelled", found.cancelled))
    if as_json:
        say_json({"left": found.left} | {name: [job_facts(card) for card in cards] for name, cards in parts})
        return
    say(f"{found.words}.")
    _say_ended([(name, card) for name, cards in parts for card in cards], now)


def _say_ended(ended: Sequence[tuple[str, JobCard]], now: datetime.datetime) -> None:
    if ended:
        rows = [(reports.clock(card, now), _name(card), how, f"{card.sentence} {card.hint}".strip(), card.id)
                for how, card in ended]
        say_columns(("ended", "job", "how", "why", "id"), rows)


@click.command()
@door.film_argument
@click.argument("job", metavar="JOB")
@click.argument("place", type=int)
def move_job(film: Path, job: str, place: int) -> None:
    """Put a waiting job elsewhere in line; PLACE 1 is the next to start."""
    with door.opened(film, writable=True) as project:
        found = named.find_job(project, job)
        project.run(job_commands.move_job, found.id, place)
    say(f"{_name(found)} is number {place} in line now.")


@click.command()
@door.film_argument
@click.argument("jobs", nargs=-1, required=True, metavar="JOB...")
def retry(film: Path, jobs: tuple[str, ...]) -> None:
    """Try jobs again that failed, were given up or cancelled. Ends when they are done."""
    from studio import app
    from studio.cli.draw import draw, say_made

    with app.build(film) as studio:
        found = {card.id: card for card in (named.find_job(studio.project, job) for job in jobs)}
        for card in found.values():
            if card.state not in MAY_BE_TRIED:
                raise Refused(f"Job {card.id} of {card.shot_number} has not failed: it is {card.state}.",
                              "Leave it out; generate the shot for another take.")
        say_made(studio, draw(studio, lambda: [studio.queue.retry(job) for job in found]))


@click.command(epilog=named.TAKE)
@door.film_argument
@named.take_argument
def again(film: Path, take: str) -> None:
    """Draw a take once more from exactly what it was made of. Ends when it is done."""
    from studio import app
    from studio.cli.draw import draw, say_made

    with app.build(film) as studio:
        found = named.find_take(studio.project, take)
        say_made(studio, draw(studio, lambda: [studio.queue.run_again(found.id)]))
