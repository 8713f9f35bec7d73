"""The commands that have shots drawn and list what was drawn: generate, render, takes."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

import click

from studio import app
from studio.app import Studio
from studio.cli import door
from studio.cli.progress import show
from studio.cli.talk import as_json, counted, inside, say, say_columns, say_json
from studio.cli.wishing import wish_options, wished
from studio.cli.work import Work
from studio.errors import BadValue, StudioError
from studio.generation.wish import Wish
from studio.project import queries
from studio.project.cards import JobCard, JobState, TakeCard

MOST_TAKES = 100

Kind = Literal["clip", "still"]

engine_option = click.option("--engine", default="sketch", show_default=True, metavar="E",
                             help="What draws; shotwright engines lists them.")


@click.command()
@door.film_argument
@door.shot_option()
@click.option("--still", is_flag=True, help="A panel instead of a take.")
@engine_option
@click.option("--seed", type=int, metavar="N", help="The same seed and inputs draw the same take.")
@click.option("--takes", default=1, show_default=True, metavar="N", help="How many; seeds count up from --seed.")
@wish_options
def generate(film: Path, shot: str, still: bool, engine: str, seed: int | None, takes: int, **asked: Any) -> None:
    """Draw one shot: a take, or with --still a panel. Ends when it is done."""
    if not 1 <= takes <= MOST_TAKES:
        raise BadValue(f"{takes} takes cannot be made at once.", f"Ask for 1 to {MOST_TAKES}.")
    with app.build(film) as studio:
        found = door.find_shot(studio.project, shot)
        with wished(studio.project, found, Wish("still" if still else "clip", engine, seed), asked) as wish:
            wishes = [replace(wish, seed=None if seed is None else seed + n) for n in range(takes)]
            say_made(studio, draw(studio, lambda: [studio.queue.submit(found, wish) for wish in wishes]))


def draw(studio: Studio, submit: Any) -> list[JobCard]:
    """Have jobs drawn and wait for them, with progress."""
    with show() as progress:
        return Work(studio, progress).wait(submit)


def say_made(studio: Studio, jobs: list[JobCard]) -> None:
    film = studio.project.folder
    for job in jobs:
        if job.take:
            take = studio.project.ask(queries.take_card, job.take)
            say(f"Take {take.name} of {job.shot_number}: {inside(take.media, film)}")
        elif job.panel:
            panel = next(one for one in studio.project.ask(queries.panel_cards, job.shot) if one.id == job.panel)
            say(f"Panel {panel.number} of {job.shot_number}: {inside(panel.picture, film)}")
    say_held(studio, [job.id for job in jobs if job.state is JobState.HELD])


def say_held(studio: Studio, jobs: list[str]) -> None:
    """What was stopped to be looked at, and how to go on."""
    film = studio.project.folder
    for held in studio.queue.held():
        if held.card.id in jobs:
            shown = f": {inside(held.preview, film)}" if held.preview else ""
            say(f"Job {held.card.id} of {held.card.shot_number} is held after step {held.card.step}{shown}")
    if jobs:
        say(f"Continue those you like with: shotwright continue {shlex.quote(str(film))} {' '.join(jobs)}")
        say("The others of the shot are cancelled then.")
        say("None of them? shotwright cancel takes the same words.")


@click.command()
@door.film_argument
@click.option("--missing", is_flag=True, help="Shots that have no take (the default).")
@click.option("--out-of-date", is_flag=True, help="Shots whose take no longer fits what they say.")
@click.option("--panels", is_flag=True, help="A panel for every shot without a picture, instead of takes.")
@click.option("--scene", metavar="S", help="Only one scene's shots, by its number, id or place.")
@engine_option
def render(film: Path, missing: bool, out_of_date: bool, panels: bool, scene: str | None, engine: str) -> None:
    """Draw every shot that has no take, or every out-of-date one; approved shots are left alone."""
    if missing and out_of_date:
        raise BadValue("Missing and out-of-date shots are two choices.", "Give --missing or --out-of-date.")
    if out_of_date and (panels or scene is not None):
        raise BadValue("Out-of-date shots are drawn as takes, all over the film.",
                       "Leave --panels and --scene out.")
    kind: Kind = "still" if panels else "clip"
    with app.build(film) as studio:
        home = door.find_scene(studio.project, scene) if scene is not None else None
        missing_ones = partial(missing_jobs, studio, kind=kind, scene=home)
        made = draw(studio, partial(studio.queue.submit_out_of_date if out_of_date else missing_ones, engine))
        if not made:
            without = "no shot is without a picture" if panels else "no shot is without a take"
            say(f"Nothing to draw: {'no shot is out of date' if out_of_date else without}.")
        else:
            say_made(studio, made)


def missing_jobs(studio: Studio, engine: str, kind: Kind = "clip", scene: str | None = None) -> list[str]:
    """A clip for every shot without a take, or a still for every one without a picture; of the film or of a scene.

    Jobs that wait since an earlier time count among them. One that was given up then is tried again: that is what
    running the command again asks for.
    """
    waiting = [card for card in studio.project.ask(queries.live_jobs) if card.kind == kind]
    if scene is not None:
        homes = {card.id: card.scene for card in studio.project.ask(queries.shot_cards, [one.shot for one in waiting])}
        waiting = [card for card in waiting if homes[card.shot] == scene]
    for card in waiting:
        if card.state is JobState.INTERRUPTED and card.sentence:
            studio.queue.retry(card.id)
    return [card.id for card in waiting] + studio.queue.submit_missing(engine, kind, scene)


@click.command()
@door.film_argument
@door.shot_option()
@as_json
def takes(film: Path, shot: str, as_json: bool) -> None:
    """List the takes of a shot."""
    with door.opened(film) as project:
        found = door.find_shot(project, shot)
        cards = project.ask(queries.take_cards, found)
        number = project.ask(queries.shot_card, found).number
    if as_json:
        say_json([take_facts(card, film) for card in cards])
    elif not cards:
        say(f"{number} has no take yet.")
    else:
        rows = [(card.name, card.state, counted(card.frames, "frame"), card.engine, card.seed, card.out_of_date,
                 inside(card.media, film), card.id) for card in cards]
        say_columns(("take", "state", "length", "engine", "seed", "out of date", "file", "id"), rows)


def take_facts(card: TakeCard, film: Path) -> dict[str, Any]:
    """A take as JSON shows it; the recipe as it was when the take was made."""
    return {
        "id": card.id, "file": inside(card.media, film), "state": card.state.value, "recipe": _recipe(card),
        "number": card.number, "name": card.name, "shot": card.shot, "frames": card.frames, "rate": str(card.rate),
        "width": card.width, "height": card.height, "head": card.head, "tail": card.tail, "engine": card.engine,
        "weights": card.weights, "seed": card.seed, "origin": card.origin, "out_of_date": card.out_of_date,
        "reel": card.reel, "timecode": card.timecode, "made_at": card.made_at, "starred": card.starred,
        "rejected": card.rejected, "poster": inside(card.poster, film),
    }


def _recipe(card: TakeCard) -> Any:
    if not card.recipe:
        return None
    try:
        return json.loads(card.recipe)
    except ValueError:
        hint = "Run shotwright check on the film."
        raise StudioError(f"The recipe of take {card.name} cannot be read.", hint) from None
