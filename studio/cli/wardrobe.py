"""The commands about what characters wear: add-change, edit-change, remove-change, wear."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from studio.cli import door
from studio.cli.talk import say
from studio.errors import BadValue, NotFound
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.commands import subject as subject_commands
from studio.project.gallery_cards import SubjectCard, WardrobeCard

CHANGE = "CHANGE is a wardrobe change by its number, its name, or its id."
ANY = "any"
NEVER = "none"


@click.command()
@door.film_argument
@click.argument("name", metavar="@NAME")
@click.option("--day", "story_day", required=True, type=int, help="The first story day it is worn.")
@click.option("--last-day", type=int, help="The last one; else it is worn until the next change.")
@click.option("--aspect", default="clothes", show_default=True, help="clothes, hair or state (wet, wounded).")
@click.option("--name", "title", default="", help="What it is called, as in 'the wedding dress'.")
@click.option("--description", default="", help="What it looks like, in words.")
def add_change(film: Path, name: str, title: str, **fields: Any) -> None:
    """Add a wardrobe change to a character: other clothes, other hair, or a state."""
    with door.opened(film, writable=True) as project:
        found = project.ask(queries.subject_named, name)
        made = project.run(subject_commands.add_wardrobe, found.id, name=title, **fields).new("wardrobe_change")
        say_change(project, found, made)


@click.command(epilog=CHANGE)
@door.film_argument
@click.argument("name", metavar="@NAME")
@click.argument("change", metavar="CHANGE")
@click.option("--day", "story_day", type=int, help="The first story day it is worn.")
@click.option("--last-day", metavar="DAY", help=f"The last one; {NEVER}: until the next change.")
@click.option("--aspect", help="clothes, hair or state.")
@click.option("--name", "title", help="What it is called.")
@click.option("--description", help="What it looks like, in words.")
def edit_change(film: Path, name: str, change: str, title: str | None, last_day: str | None, **fields: Any) -> None:
    """Change a wardrobe change. What is not named stays."""
    given = {key: value for key, value in (fields | {"name": title}).items() if value is not None}
    if last_day is not None:
        given["last_day"] = _day(last_day)
    if not given:
        raise BadValue(
            "Nothing about the change is changed.", "Give --day, --last-day, --aspect, --name or --description."
        )
    with door.opened(film, writable=True) as project:
        found = project.ask(queries.subject_named, name)
        wanted = find_change(found, change)
        project.run(subject_commands.edit_wardrobe, wanted.id, **given)
        say_change(project, found, wanted.id)


@click.command(epilog=CHANGE)
@door.film_argument
@click.argument("name", metavar="@NAME")
@click.argument("change", metavar="CHANGE")
def remove_change(film: Path, name: str, change: str) -> None:
    """Remove a wardrobe change with its exceptions and its pictures' places; their files stay in the film."""
    with door.opened(film, writable=True) as project:
        found = project.ask(queries.subject_named, name)
        wanted = find_change(found, change)
        project.run(subject_commands.remove_wardrobe, wanted.id)
    say(f"{found.name} has {wanted.title} no longer.")


@click.command(epilog=CHANGE)
@door.film_argument
@click.argument("name", metavar="@NAME")
@click.argument("change", metavar="CHANGE")
@click.option("--scene", metavar="S", help="In this scene, by its number, id or place.")
@door.shot_option(required=False)
@click.option("--not", "is_not", is_flag=True, help="It is not worn there.")
@click.option("--as-usual", is_flag=True, help="As the story day says again.")
def wear(film: Path, name: str, change: str, scene: str | None, shot: str | None, is_not: bool, as_usual: bool) -> None:
    """Say that a change is worn in a scene or a shot, or is not, whatever the story day says. A shot counts before its
    scene."""
    if (scene is None) == (shot is None):
        raise BadValue("An exception is for one scene or for one shot.", "Give --scene or --shot.")
    if is_not and as_usual:
        raise BadValue("Not worn and as usual are two things.", "Give --not or --as-usual.")
    with door.opened(film, writable=True) as project:
        found = project.ask(queries.subject_named, name)
        wanted = find_change(found, change)
        where, place = _place(project, scene, shot)
        if as_usual:
            project.run(subject_commands.remove_exception, _exception(wanted, **where))
        else:
            project.run(subject_commands.dont_wear if is_not else subject_commands.wear, wanted.id, **where)
    if as_usual:
        say(f"In {place} nothing is said of {wanted.title} any more: it is as the story day says.")
    else:
        say(f"{found.name} {'does not wear' if is_not else 'wears'} {wanted.title} in {place}.")


def _place(project: OpenProject, scene: str | None, shot: str | None) -> tuple[dict[str, str], str]:
    """The scene or shot as `wear` takes it, and in words."""
    if scene is None:
        found = door.find_shot(project, shot or "")
        return {"shot": found}, f"shot {project.ask(queries.shot_card, found).number}"
    home = door.find_scene(project, scene)
    return {"scene": home}, f"scene {project.ask(queries.scene_cards, [home])[0].number}"


def find_change(card: SubjectCard, text: str) -> WardrobeCard:
    """By its number, name or id. Raises NotFound, and BadValue where several have that name."""
    wanted = text.strip().casefold()
    found = [one for one in card.wardrobe if wanted in (one.id.casefold(), str(one.number))] or [
        one for one in card.wardrobe if wanted == one.name.casefold()
    ]
    if len(found) > 1:
        raise BadValue(f"{card.name} has {len(found)} changes called {text.strip()[:60]!r}.", "Name one by its number.")
    if not found:
        known = "; ".join(one.title for one in card.wardrobe) or "none yet"
        raise NotFound(
            f"{card.name} has no change {text.strip()[:60]!r}.", f"Its changes: {known}. Add one: shotwright add-change"
        )
    return found[0]


def say_change(project: OpenProject, subject: SubjectCard, change: str) -> None:
    card = next(one for one in project.ask(queries.subject_card, subject.id).wardrobe if one.id == change)
    until = f" to {card.last_day}" if card.last_day is not None else ""
    say(f"{subject.name}: {card.title} ({card.aspect}), from story day {card.story_day}{until}.")


def _exception(change: WardrobeCard, *, scene: str | None = None, shot: str | None = None) -> str:
    for one in change.exceptions:
        if (scene is not None and one.scene == scene) or (shot is not None and one.shot == shot):
            return one.id
    raise NotFound(f"Nothing is said of {change.title} there.", "See: shotwright subjects FILM --json")


def _day(text: str) -> int | None:
    if text.strip() == NEVER:
        return None
    if not text.strip().isascii() or not text.strip().isdigit():
        raise BadValue(f"{text[:40]!r} is no story day.", f"Give a number, or {NEVER}.")
    return int(text)
