"""The commands about the gallery: subjects, edit-subject, remove-subject, grab-reference. add-subject is in film.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from studio.cli import door, named
from studio.cli.importing import bring, named_as
from studio.cli.panels import frame_picture
from studio.cli.talk import as_json, counted, inside, say, say_columns, say_json
from studio.errors import BadValue
from studio.project import queries
from studio.project.commands import arrivals
from studio.project.commands import subject as subject_commands


@click.command()
@door.film_argument
@as_json
def subjects(film: Path, as_json: bool) -> None:
    """List the gallery: who and what returns, with pictures and in how many shots."""
    with door.opened(film) as project:
        cards = project.ask(queries.subject_cards)
    if as_json:
        say_json([
            {"id": one.id, "name": one.name, "kind": one.kind, "description": one.description, "shots": one.shots,
             "pictures": [inside(picture, film) for picture in one.pictures]}
            for one in cards
        ])  # fmt: skip
    elif not cards:
        say("The gallery is empty.")
    else:
        rows = [(one.name, one.kind, counted(one.shots, "shot"), counted(len(one.pictures), "picture"), one.description)
                for one in cards]
        say_columns(("name", "kind", "in", "shown by", "description"), rows)


@click.command()
@door.film_argument
@click.argument("name", metavar="@NAME")
@click.option("--name", "new_name", metavar="@NAME", help="Another name; it is changed in every shot's texts too.")
@click.option("--kind", help="character, prop, location or look.")
@click.option("--description", help="What it looks like, in words.")
@click.option("--image", "images", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
              help="One more reference picture; may be repeated.")
def edit_subject(film: Path, name: str, new_name: str | None, images: tuple[Path, ...], **fields: Any) -> None:
    """Change a subject of the gallery, or give it more pictures. What is not named stays."""
    given = {key: value for key, value in fields.items() if value is not None}
    if not given and new_name is None and not images:
        raise BadValue("Nothing about the subject is changed.", "Give --name, --kind, --description or --image.")
    with door.opened(film, writable=True) as project:
        found = project.ask(queries.subject_named, name)
        if images:
            bring(project, named_as("picture", images),
                  lambda read: project.run(door.edit_subject, found.id, given, new_name, read))
        else:
            project.run(door.edit_subject, found.id, given, new_name, ())
        now = next(one for one in project.ask(queries.subject_cards) if one.id == found.id)
    say(f"{now.name} is a {now.kind} with {counted(len(now.pictures), 'picture')}, in {counted(now.shots, 'shot')}.")


@click.command()
@door.film_argument
@click.argument("name", metavar="@NAME")
def remove_subject(film: Path, name: str) -> None:
    """Remove a subject from the gallery and from every shot. Takes keep what they were made with."""
    with door.opened(film, writable=True) as project:
        found = project.ask(queries.subject_named, name)
        project.run(subject_commands.remove_subject, found.id)
    say(f"Removed {found.name}, which was in {counted(found.shots, 'shot')}.")


@click.command(epilog=named.TAKE)
@door.film_argument
@named.take_argument
@click.option("--frame", required=True, type=int, help="Which one, from 0 at the take's first.")
@click.option("--subject", required=True, metavar="@NAME", help="The subject it shows.")
def grab_reference(film: Path, take: str, frame: int, subject: str) -> None:
    """Make a frame of a take a reference picture of a subject."""
    with door.opened(film, writable=True) as project:
        found = named.find_take(project, take)
        shown = project.ask(queries.subject_named, subject)
        with frame_picture(project, found, frame) as picture:
            project.run(arrivals.add_views, shown.id, [picture])
    say(f"Frame {frame} of take {found.name} is a picture of {shown.name} now.")
