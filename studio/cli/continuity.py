"""The commands about how shots meet: continuity, alike, match, grade."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from studio.cli import door, named
from studio.cli.talk import as_json, say, say_columns, say_json
from studio.continuity import joins, seeing
from studio.continuity.joins import Join
from studio.errors import BadValue, Refused
from studio.project import grade as grades
from studio.project import queries
from studio.project.commands import event as event_commands
from studio.project.grade import Grade, Triple


@click.command()
@door.film_argument
@click.option("--scene", metavar="SCENE", help="Only this one: its number or its id.")
@as_json
def continuity(film: Path, scene: str | None, as_json: bool) -> None:
    """Compare the last frame of each shot with the first of the next in its scene: likeness, colour, exposure."""
    with door.opened(film) as project:
        wanted = None if scene is None else door.find_scene(project, scene)
        found, aspect = project.ask(joins.joins, wanted), project.ask(queries.film_card).picture_aspect
    lamps = [seeing.compare(join, aspect).lamps for join in found]
    if as_json:
        say_json([_facts(join, each) for join, each in zip(found, lamps, strict=True)])
    elif not found:
        say("No two shots with pictures meet yet.")
    else:
        rows = [(join.numbers, *(getattr(each, name).state for name in LAMPS), _worst(each))
                for join, each in zip(found, lamps, strict=True)]
        say_columns(("from", *LAMPS, ""), rows)


LAMPS = ("likeness", "colour", "exposure")


def _facts(join: Join, lamps: Any) -> dict[str, Any]:
    told = {name: getattr(lamps, name) for name in LAMPS}
    return {
        "from": join.last.event.shot_number, "to": join.first.event.shot_number,
        "from_event": join.last.event.id, "to_event": join.first.event.id,
        **{name: {"state": lamp.state, "value": lamp.value, "sentence": lamp.sentence} for name, lamp in told.items()},
    }  # fmt: skip


def _worst(lamps: Any) -> str:
    """The sentences of what does not agree."""
    return " ".join(lamp.sentence for name in LAMPS if (lamp := getattr(lamps, name)).state in ("watch", "no"))


@click.command()
@door.film_argument
@click.argument("name", metavar="@NAME")
@as_json
def alike(film: Path, name: str, as_json: bool) -> None:
    """Compare a subject in all the shots it is in: how much it looks in each as in the others."""
    with door.opened(film) as project:
        subject = project.ask(queries.subject_named, name)
        found, aspect = project.ask(joins.appearances, subject.id), project.ask(queries.film_card).picture_aspect
    seen = [one.lamp for one in seeing.compare_all(found, aspect)]
    if as_json:
        say_json([
            {"shot": one.moment.event.shot, "number": one.moment.event.shot_number, "worn": list(one.worn),
             "state": lamp.state, "value": lamp.value}
            for one, lamp in zip(found, seen, strict=True)
        ])  # fmt: skip
    elif not found:
        say(f"No shot with a picture shows {subject.name} yet.")
    else:
        say_columns(("shot", "worn", "likeness", ""), [
            (one.moment.event.shot_number, ", ".join(one.worn), lamp.state, lamp.sentence)
            for one, lamp in zip(found, seen, strict=True)
        ])  # fmt: skip


@click.command(epilog=named.EVENT)
@door.film_argument
@named.event_argument
def match(film: Path, event: str) -> None:
    """Give an event the colour and exposure of the one before it in its scene; its take stays as it was drawn."""
    with door.opened(film, writable=True) as project:
        found = named.find_event(project, event)
        join = next((one for one in project.ask(joins.joins, found.scene) if one.first.event.id == found.id), None)
        if join is None:
            raise Refused(f"No shot with a picture stands before {found.shot_number} in its scene.",
                          "Name an event that follows another one.")
        kept = grades.kept(seeing.match(join, project.ask(queries.film_card).picture_aspect))
        if kept != found.grade:
            project.run(event_commands.edit_event, found.id, grade=kept)
    before = join.last.event.shot_number
    say(f"{found.shot_number} is matched to {before}." if kept != found.grade else
        f"{found.shot_number} stays as it is: it looks like {before}, or they show too little of the same.")


@click.command(epilog=named.EVENT)
@door.film_argument
@named.event_argument
@click.option("--slope", metavar="R,G,B", help="What each channel is multiplied by; 1 leaves it.")
@click.option("--offset", metavar="R,G,B", help="What is added to each channel, of 1; 0 leaves it.")
@click.option("--power", metavar="R,G,B", help="The power each channel is raised to; 1 leaves it.")
@click.option("--off", is_flag=True, help="Show the take as it was drawn again.")
def grade(film: Path, event: str, slope: str | None, offset: str | None, power: str | None, off: bool) -> None:
    """Grade an event by slope, offset and power of red, green and blue (ASC CDL)."""
    given = {"slope": slope, "offset": offset, "power": power}
    numbers = {name: read_triple(text, name) for name, text in given.items() if text is not None}
    if off == bool(numbers):
        raise BadValue("Nothing about the grade is said, or both to set it and to take it off.",
                       "Give --slope, --offset or --power, or --off.")
    wanted = Grade(**numbers) if numbers else None
    with door.opened(film, writable=True) as project:
        found = named.find_event(project, event)
        project.run(event_commands.edit_event, found.id, grade=wanted)
    say(f"{found.shot_number} is {'shown as it was drawn' if off else 'graded'} now.")


def read_triple(text: str, what: str) -> Triple:
    """`1.1,1,0.9`. Raises BadValue for anything else."""
    try:
        red, green, blue = (float(part) for part in text.split(","))
    except ValueError:
        raise BadValue(f"{text[:40]!r} is no {what}.",
                       "Write three numbers, for red, green and blue: 1.1,1,0.9") from None
    return red, green, blue
