"""What is said of takes and panels, and what they were made of: choose, star, reject, info."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from studio.cli import door, named
from studio.cli.talk import as_json, inside, say, say_columns, say_json
from studio.errors import BadValue
from studio.project import queries, take_info
from studio.project.commands import shot as shot_commands
from studio.project.commands import take as take_commands

off_option = click.option("--off", is_flag=True, help="Take it back.")


@click.command()
@door.film_argument
@door.shot_option()
@click.option("--take", metavar="TAKE", help="By its number in the shot, or its id.")
@click.option("--panel", metavar="PANEL", help="By its number in the shot, or its id.")
def choose(film: Path, shot: str, take: str | None, panel: str | None) -> None:
    """Choose the take a shot shows, or the panel it shows without one and begins motion with."""
    if (take is None) == (panel is None):
        raise BadValue("One thing is chosen at a time.", "Give --take or --panel.")
    with door.opened(film, writable=True) as project:
        wanted = door.find_shot(project, shot)
        if take is not None:
            found = named.take_of(project, wanted, take)
            project.run(shot_commands.choose_take, wanted, found.id)
            what = f"take {found.name}"
        else:
            chosen = named.panel_of(project, wanted, str(panel))
            project.run(shot_commands.choose_panel, wanted, chosen.id)
            what = f"panel {chosen.number}"
        number = project.ask(queries.shot_card, wanted).number
    say(f"{number}: {what} is chosen.")


@click.command(epilog=named.TAKE)
@door.film_argument
@named.take_argument
@off_option
def star(film: Path, take: str, off: bool) -> None:
    """Give a take a star."""
    with door.opened(film, writable=True) as project:
        found = named.find_take(project, take)
        project.run(take_commands.star_take, found.id, not off)
    say(f"Take {found.name} has {'no star' if off else 'a star'} now.")


@click.command(epilog=named.TAKE)
@door.film_argument
@named.take_argument
@off_option
def reject(film: Path, take: str, off: bool) -> None:
    """Reject a take. It stays in the film."""
    with door.opened(film, writable=True) as project:
        found = named.find_take(project, take)
        project.run(take_commands.reject_take, found.id, not off)
    say(f"Take {found.name} is {'not rejected any more' if off else 'rejected'}.")


@click.command(epilog=named.TAKE)
@door.film_argument
@named.take_argument
@click.option("--against", metavar="TAKE", help="Another take: what differs in how the two were made.")
@as_json
def info(film: Path, take: str, against: str | None, as_json: bool) -> None:
    """Tell everything a take was made from, and what differs from another."""
    with door.opened(film) as project:
        found = named.find_take(project, take)
        other = None if against is None else named.find_take(project, against)
        number = project.ask(queries.shot_card, found.shot).number
        subjects = {one.id: one.name for one in project.ask(queries.subject_cards)}
        rate = project.ask(queries.film_card).rate
    rows = take_info.take_rows(found, rate, lambda one: subjects.get(one, ""))
    differences = None if other is None else take_info.differences(found, other)
    if as_json:
        facts: dict[str, Any] = {"id": found.id, "shot": found.shot, "number": number, "name": found.name,
                                 "file": inside(found.media, film), "out_of_date": found.out_of_date,
                                 "info": {row.label: row.value for row in rows}}
        say_json(facts | ({} if other is None else {"against": other.id, "differences": differences}))
        return
    say(f"Take {found.name} of {number}")
    if found.out_of_date:
        say(f"Out of date: {found.out_of_date}")
    say_columns(("input", "value"), [(row.label, row.value) for row in rows])
    if other is not None and differences is not None:
        say(f"What differs from take {other.name}:" if differences else f"Take {other.name} was made from the same.")
        for one in differences:
            say(take_info.in_sentence(one))
