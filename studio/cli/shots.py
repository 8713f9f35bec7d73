"""The commands that change what is on the board: edit-shot, edit-scene, omit, restore, approve, keep, duplicate."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from studio.cli import door, named
from studio.cli.film import placing
from studio.cli.talk import counted, say
from studio.errors import BadValue
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.changes import Changes
from studio.project.commands import board
from studio.project.commands import shot as shot_commands

shots_argument = click.argument("shots", metavar="SHOT...", nargs=-1, required=True)

SHOT = "SHOT is a shot's number as shown, its id, or its place on the board counted from 1."


@click.command()
@door.film_argument
@door.shot_option()
@click.option("--prompt", help="What the shot shows, in your own words; @names stand for subjects.")
@click.option("--frames", type=int, help="Length in film frames.")
@click.option("--size", help="extreme wide shot, wide shot, medium shot, close-up ...")
@click.option("--angle", help="eye level, high angle, low angle, over-the-shoulder ...")
@click.option("--lens", help="24 mm, 50 mm, long lens ...")
@click.option("--height", help="ground level, eye level, overhead ...")
@click.option("--move", help="static, pan left, tilt up, push in, pull out, truck right ...")
@click.option("--action", help="What happens.")
@click.option("--dialogue", help="What is said.")
@click.option("--notes", help="Anything else about the shot.")
@click.option("--scene", metavar="S", help="Another scene, by its number, id or place.")
@click.option("--number", type=int, help="Another number, in tens: 15 stands between 10 and 20.")
@click.option("--subject", "subjects", multiple=True, metavar="@NAME[:SIDE[:FACING[:ACTION]]]",
              help="Who is in the shot from now on; may be repeated.")
def edit_shot(film: Path, shot: str, subjects: tuple[str, ...], scene: str | None, **fields: Any) -> None:
    """Change what a shot says; what is not named stays. An empty text takes a field away."""
    given = {name: value for name, value in fields.items() if value is not None}
    placed = [placing(text) for text in subjects]
    with door.opened(film, writable=True) as project:
        found = door.find_shot(project, shot)
        if scene is not None:
            given["scene"] = door.find_scene(project, scene)
        if not given and not placed:
            raise BadValue("Nothing about the shot is changed.", "Name a field, such as --action or --frames.")
        project.run(door.edit_shot, found, given, placed)
        card = project.ask(queries.shot_card, found)
    say(f"Changed shot {card.number}, {counted(card.frames, 'frame')}.")


@click.command()
@door.film_argument
@click.argument("scene", metavar="SCENE")
@click.option("--heading", help="Its heading, such as 'EXT. PIER - NIGHT'.")
@click.option("--location", help="pier, street, kitchen, forest, station ...")
@click.option("--time", help="day, dawn, dusk, night ...")
@click.option("--weather", help="clear, rain, snow, fog ...")
@click.option("--number", help="Its number in the script.")
@click.option("--story-day", type=int, help="Which day of the story it is.")
@click.option("--place", type=int, help="Its place among the scenes, from 1.")
def edit_scene(film: Path, scene: str, place: int | None, **fields: Any) -> None:
    """Change a scene, or put it elsewhere; SCENE is its number, id or place. What is not named stays."""
    given = {name: value for name, value in fields.items() if value is not None}
    if not given and place is None:
        raise BadValue("Nothing about the scene is changed.", "Name a field, such as --heading or --place.")
    with door.opened(film, writable=True) as project:
        found = door.find_scene(project, scene)
        to = None if place is None else named.place(place, len(project.ask(queries.scene_cards)), "among the scenes")
        project.run(door.edit_scene, found, given, to)
        number = next(one.number for one in project.ask(queries.scene_cards) if one.id == found)
    say(f"Changed scene {number}.")


@click.command(epilog=SHOT)
@door.film_argument
@shots_argument
def omit(film: Path, shots: tuple[str, ...]) -> None:
    """Take shots out of the film and keep them: their numbers are not given again."""
    _run_on(film, shots, "Omitted", shot_commands.omit_shots, one=shot_commands.omit_shot)


@click.command(epilog=SHOT)
@door.film_argument
@shots_argument
def restore(film: Path, shots: tuple[str, ...]) -> None:
    """Bring omitted shots back."""
    _run_on(film, shots, "Restored", board.restore_shots, one=shot_commands.restore_shot)


@click.command(epilog=SHOT)
@door.film_argument
@shots_argument
@click.option("--off", is_flag=True, help="Take the approval away.")
def approve(film: Path, shots: tuple[str, ...], off: bool) -> None:
    """Approve shots: bulk work and imports leave them alone."""
    if off:
        _run_on(film, shots, "Took the approval from", board.take_approval_back)
    else:
        _run_on(film, shots, "Approved", shot_commands.approve_shots, one=shot_commands.approve_shot)


@click.command(epilog=SHOT)
@door.film_argument
@click.argument("shot", metavar="SHOT")
def keep(film: Path, shot: str) -> None:
    """Keep a shot as it is: it is no longer marked out of date, nor its pages as changed."""
    with door.opened(film, writable=True) as project:
        found = door.find_shot(project, shot)
        project.run(shot_commands.keep_as_is, found)
        number = project.ask(queries.shot_card, found).number
    say(f"{number} is kept as it is.")


@click.command(epilog=SHOT)
@door.film_argument
@shots_argument
def duplicate(film: Path, shots: tuple[str, ...]) -> None:
    """Copy shots, without takes and panels, together after the last of them."""
    with door.opened(film, writable=True) as project:
        changes = project.run(shot_commands.duplicate_shots, _found(project, shots))
        made = [one for kind, one in changes.created if kind == "shot"]
        numbers = {card.id: card.number for card in project.ask(queries.shot_cards, made)}
    say(f"Made {', '.join(numbers[one] for one in made)}.")


def _run_on(
    film: Path, shots: tuple[str, ...], done: str, many: Callable[..., Changes],
    one: Callable[..., Changes] | None = None,
) -> None:  # fmt: skip
    """One step for all of them; a single shot is told as one in the film's history."""
    with door.opened(film, writable=True) as project:
        found = _found(project, shots)
        changes = project.run(one, found[0]) if one is not None and len(found) == 1 else project.run(many, found)
        touched = [card.number for card in project.ask(queries.shot_cards, found) if card.id in changes["shot"]]
    say(f"{done} {', '.join(touched)}." if touched else "No shot was changed.")
    if changes.note:
        say(changes.note)


def _found(project: OpenProject, shots: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(door.find_shot(project, shot) for shot in shots))
