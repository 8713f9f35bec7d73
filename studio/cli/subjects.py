"""The commands about the gallery: subjects, edit-subject, remove-subject, grab-reference, names; add-subject is in
film.py, their pictures in views.py, what they wear in wardrobe.py."""

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
from studio.project.gallery_cards import SubjectCard, ViewCard, WardrobeCard


@click.command()
@door.film_argument
@as_json
def subjects(film: Path, as_json: bool) -> None:
    """List the gallery: who and what returns, with pictures, wardrobe, and in how many shots."""
    with door.opened(film) as project:
        cards = project.ask(queries.subject_cards)
    if as_json:
        say_json([subject_facts(one, film) for one in cards])
    elif not cards:
        say("The gallery is empty.")
    else:
        rows = [(one.name, one.kind, counted(one.shots, "shot"), counted(len(one.pictures), "picture"),
                 counted(len(one.wardrobe), "change") if one.wardrobe else "", one.description) for one in cards]
        say_columns(("name", "kind", "in", "shown by", "wardrobe", "description"), rows)


def subject_facts(card: SubjectCard, film: Path) -> dict[str, Any]:
    """A subject as JSON shows it."""
    numbers = {one.id: one.number for one in card.wardrobe}
    return {
        "id": card.id, "name": card.name, "kind": card.kind, "description": card.description, "shots": card.shots,
        "shot_numbers": list(card.shot_numbers), "pictures": [inside(picture, film) for picture in card.pictures],
        "views": [view_facts(place, one, numbers, film) for place, one in enumerate(card.views, 1)],
        "wardrobe": [change_facts(one) for one in card.wardrobe],
    }  # fmt: skip


def view_facts(place: int, card: ViewCard, numbers: dict[str, int], film: Path) -> dict[str, Any]:
    """`place` is 1 for the picture sent first; `change` the number of the change it shows, null for any."""
    return {
        "id": card.id, "place": place, "view": card.view, "change": numbers.get(card.wardrobe or ""),
        "file": inside(card.picture, film), "width": card.width, "height": card.height,
        "original_name": card.original_name, "cut_from": card.cut_from or None,
    }  # fmt: skip


def change_facts(card: WardrobeCard) -> dict[str, Any]:
    return {
        "id": card.id, "number": card.number, "aspect": card.aspect, "name": card.name,
        "description": card.description, "day": card.story_day, "last_day": card.last_day,
        "exceptions": [{"scene": one.place if one.scene else None, "shot": one.place if one.shot else None,
                        "worn": one.worn} for one in card.exceptions],
    }  # fmt: skip


@click.command()
@door.film_argument
@click.argument("name", metavar="@NAME")
@click.option("--name", "new_name", metavar="@NAME", help="Another name; it is changed in every text of the film too.")
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
            made = bring(project, named_as("picture", images),
                         lambda read: project.run(door.edit_subject, found.id, given, new_name, read))
        else:
            made = project.run(door.edit_subject, found.id, given, new_name, ())
        now = project.ask(queries.subject_card, found.id)
    say(f"{now.name} is a {now.kind} with {counted(len(now.pictures), 'picture')}, in {counted(now.shots, 'shot')}.")
    if made.note:
        say(made.note)


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
            made = project.run(arrivals.add_views, shown.id, [picture])
    say(made.note or f"Frame {frame} of take {found.name} is a picture of {shown.name} now.")


@click.command()
@door.film_argument
@door.shot_option(required=False)
@as_json
def names(film: Path, shot: str | None, as_json: bool) -> None:
    """Tell what is amiss with @names: nobody of that name, no picture, not in the shot, not in its prompt, unused."""
    with door.opened(film) as project:
        wanted = None if shot is None else [door.find_shot(project, shot)]
        found = project.ask(queries.mention_problems, wanted)
    if as_json:
        say_json([{"kind": one.kind, "name": one.name, "shot": one.shot or None, "sentence": one.sentence}
                  for one in found])
    elif not found:
        say("Every name is somebody, and everybody is named.")
    for one in () if as_json else found:
        say(one.sentence)
