"""The commands about pictures: those of subjects (add-view, edit-view, remove-view), and those one shot is given of its
own (given-references, give-reference, take-reference)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from studio.cli import door, named
from studio.cli.importing import bring, named_as
from studio.cli.talk import as_json, counted, inside, say, say_columns, say_json
from studio.cli.wardrobe import ANY, find_change
from studio.errors import BadValue, NotFound
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.commands import arrivals
from studio.project.commands import reference as reference_commands
from studio.project.commands import subject as subject_commands
from studio.project.gallery_cards import GivenCard, SubjectCard, ViewCard

VIEW = "VIEW is a picture's place among those of the subject, 1 for the first, or its id."
KINDS = "front, side, back, face or detail; none: not said."


@click.command()
@door.film_argument
@click.argument("name", metavar="@NAME")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--view", default="", help=KINDS)
@click.option("--change", metavar="CHANGE", help="The wardrobe change it shows, by its number, name or id.")
def add_view(film: Path, name: str, files: tuple[Path, ...], view: str, change: str | None) -> None:
    """Give a subject more pictures; one it has already is not added twice."""
    with door.opened(film, writable=True) as project:
        found = project.ask(queries.subject_named, name)
        worn = None if change is None else find_change(found, change).id
        made = bring(
            project,
            named_as("picture", files),
            lambda read: project.run(arrivals.add_views, found.id, read, _kind(view), worn),
        )
        now = project.ask(queries.subject_card, found.id)
    if made.note:
        say(made.note)
    say(f"{now.name} is shown by {counted(len(now.views), 'picture')}.")


@click.command(epilog=VIEW)
@door.film_argument
@click.argument("name", metavar="@NAME")
@click.argument("view", metavar="VIEW")
@click.option("--view", "kind", help=KINDS)
@click.option(
    "--change",
    metavar="CHANGE",
    help=f"The wardrobe change it shows, by its number, name or id; {ANY}: whatever is worn.",
)
@click.option("--place", type=int, help="Where it stands among the subject's pictures, 1 for the one sent first.")
@click.option("--subject", metavar="@NAME", help="The other subject it shows.")
def edit_view(
    film: Path, name: str, view: str, kind: str | None, change: str | None, place: int | None, subject: str | None
) -> None:
    """Change what a picture of a subject shows, and the order in which they are sent."""
    if (kind, change, place, subject) == (None, None, None, None):
        raise BadValue("Nothing about the picture is changed.", "Give --view, --change, --place or --subject.")
    if place is not None and place < 1:
        raise BadValue(f"A picture cannot stand at place {place}.", "Give 1 for the first.")
    with door.opened(film, writable=True) as project:
        found = project.ask(queries.subject_named, name)
        shown, home = find_view(found, view), found
        fields: dict[str, Any] = {}
        if subject is not None:
            home = project.ask(queries.subject_named, subject)
            fields["subject"] = home.id
        if kind is not None:
            fields["view"] = _kind(kind)
        if change is not None:
            fields["wardrobe"] = None if change == ANY else find_change(home, change).id
        project.run(door.edit_view, shown.id, fields, None if place is None else place - 1)
        now = project.ask(queries.subject_card, home.id)
    at, card = next((at, one) for at, one in enumerate(now.views, 1) if one.id == shown.id)
    say(f"Picture {at} of {now.name}: {described(card, now)}.")


@click.command(epilog=VIEW)
@door.film_argument
@click.argument("name", metavar="@NAME")
@click.argument("view", metavar="VIEW")
def remove_view(film: Path, name: str, view: str) -> None:
    """Take a picture away from a subject; its file stays in the film."""
    with door.opened(film, writable=True) as project:
        found = project.ask(queries.subject_named, name)
        project.run(subject_commands.remove_view, find_view(found, view).id)
    say(f"{found.name} is shown by {counted(len(found.views) - 1, 'picture')} now.")


def find_view(card: SubjectCard, text: str) -> ViewCard:
    """By its place from 1 or its id. Raises NotFound."""
    wanted = text.strip()
    for place, one in enumerate(card.views, 1):
        if wanted == one.id or (named.COUNT.fullmatch(wanted) and int(wanted) == place):
            return one
    raise NotFound(
        f"{card.name} has no picture {wanted[:60]!r}.",
        f"It has {counted(len(card.views), 'picture')}; see them: shotwright subjects FILM --json",
    )


def described(card: ViewCard, subject: SubjectCard) -> str:
    """`front, Change 2, coat, 64×96`"""
    worn = next((one.title for one in subject.wardrobe if one.id == card.wardrobe), "")
    return ", ".join(filter(None, (card.view, worn, f"{card.width}×{card.height}")))


def _kind(text: str) -> str:
    return "" if text == "none" else text


# --- a shot's own ------------------------------------------------------------------------------------------------


@click.command()
@door.film_argument
@door.shot_option()
@as_json
def given_references(film: Path, shot: str, as_json: bool) -> None:
    """List the pictures and clips a shot was given of its own, beside those of its subjects."""
    with door.opened(film) as project:
        wanted = door.find_shot(project, shot)
        cards, number = project.ask(queries.given_cards, wanted), project.ask(queries.shot_card, wanted).number
    if as_json:
        say_json(
            [
                {
                    "id": one.id,
                    "purpose": one.purpose,
                    "strength": one.strength,
                    "kind": one.kind,
                    "file": inside(one.picture, film),
                }
                for one in cards
            ]
        )
    elif not cards:
        say(f"{number} was given nothing of its own.")
    else:
        say_columns(
            ("place", "purpose", "strength", "kind", "file", "id"),
            [
                (place, in_words(one.purpose), f"{one.strength} %", one.kind, inside(one.picture, film), one.id)
                for place, one in enumerate(cards, 1)
            ],
        )


@click.command()
@door.film_argument
@click.argument("file", type=click.Path(path_type=Path))
@door.shot_option()
@click.option("--purpose", required=True, help="look, composition, first-frame, last-frame, guide or mask.")
@click.option("--strength", type=int, default=100, show_default=True, metavar="PERCENT", help="How much it counts.")
def give_reference(film: Path, file: Path, shot: str, purpose: str, strength: int) -> None:
    """Give a shot a picture of its own, or a clip as its guide: every later take is drawn with it."""
    wish = purpose.strip().replace("-", "_").replace(" ", "_")
    with door.opened(film, writable=True) as project:
        wanted = door.find_shot(project, shot)
        made = _give(project, wanted, file, wish, strength)
        number = project.ask(queries.shot_card, wanted).number
    say(made or f"{number} has a {in_words(wish)} now.")


def _give(project: OpenProject, shot: str, file: Path, purpose: str, strength: int) -> str:
    """What the film has to say to it."""
    try:
        found = door.stage_file(project, file, purpose)
        with project.media.keeping([found]):
            return project.run(arrivals.give_pictures, shot, [found], purpose, strength).note
    finally:
        project.media.drop_staged()


@click.command()
@door.film_argument
@click.argument("given", metavar="PURPOSE|PLACE")
@door.shot_option()
def take_reference(film: Path, given: str, shot: str) -> None:
    """Take away what a shot was given of its own, by its purpose, its place in given-references, or its id."""
    with door.opened(film, writable=True) as project:
        wanted = door.find_shot(project, shot)
        found = find_given(project, wanted, given)
        project.run(reference_commands.take_reference_away, found.id)
        number = project.ask(queries.shot_card, wanted).number
    say(f"{number} has that {in_words(found.purpose)} no longer.")


def find_given(project: OpenProject, shot: str, text: str) -> GivenCard:
    """Raises NotFound, and BadValue where the purpose is that of several."""
    cards, wanted = project.ask(queries.given_cards, shot), text.strip()
    purpose = wanted.lower().replace("-", "_").replace(" ", "_")
    found = [one for place, one in enumerate(cards, 1) if wanted in (one.id, str(place))] or [
        one for one in cards if one.purpose == purpose
    ]
    if len(found) > 1:
        raise BadValue(
            f"The shot has {len(found)} references as its {in_words(purpose)}.",
            "Name one by its place: shotwright given-references FILM --shot SHOT",
        )
    if not found:
        raise NotFound(
            f"The shot was given no {wanted[:60]!r}.",
            "See what it was given: shotwright given-references FILM --shot SHOT",
        )
    return found[0]


def in_words(purpose: str) -> str:
    return purpose.replace("_", " ")
