"""The commands that move the cut: trim, roll, slip, split, move."""

from __future__ import annotations

from pathlib import Path

import click

from studio.cli import door, named
from studio.cli.events import say_length
from studio.cli.talk import counted, say
from studio.errors import BadValue
from studio.project import cut_queries
from studio.project.commands import event as event_commands
from studio.project.commands import shot as shot_commands
from studio.project.commands import trim as trim_commands

by_option = click.option("--by", required=True, type=int, metavar="±N", help="Film frames, later (+) or earlier (-).")


@click.command(epilog=named.EVENT)
@door.film_argument
@named.event_argument
@click.option("--head", type=int, metavar="±N", help="Its beginning, by film frames later (+) or earlier (-).")
@click.option("--tail", type=int, metavar="±N", help="Its end, later or earlier.")
@click.option("--length", type=int, metavar="FRAMES", help="Or the length it has then; its end moves.")
def trim(film: Path, event: str, head: int | None, tail: int | None, length: int | None) -> None:
    """Move the edges of an event; what follows moves along."""
    if head is tail is length is None:
        raise BadValue("A trim moves an edge, and none is named.", "Give --head, --tail or --length.")
    if length is not None and not head is tail is None:
        raise BadValue("A length and an edge are two wishes.", "Give --length alone, or --head and --tail.")
    with door.opened(film, writable=True) as project:
        found = named.find_event(project, event)
        if length is not None:
            changes = project.run(trim_commands.set_lengths, {found.id: length})
        else:
            changes = project.run(door.trim, found.id, head or 0, tail or 0)
        say_length(project, found.id)
    if changes.note:
        say(changes.note)


@click.command(epilog=named.EVENT)
@door.film_argument
@named.event_argument
@by_option
def roll(film: Path, event: str, by: int) -> None:
    """Move the cut after an event: one gets longer, the other shorter, the film stays as long."""
    with door.opened(film, writable=True) as project:
        found = named.find_event(project, event)
        project.run(trim_commands.roll_cut, found.id, by)
        say_length(project, found.id)


@click.command(epilog=named.EVENT)
@door.film_argument
@named.event_argument
@by_option
def slip(film: Path, event: str, by: int) -> None:
    """Move what is seen in an event; the cuts stay where they are."""
    with door.opened(film, writable=True) as project:
        found = named.find_event(project, event)
        project.run(trim_commands.slip_event, found.id, by)
        say_length(project, found.id)


@click.command(epilog=named.EVENT)
@door.film_argument
@named.event_argument
@click.option("--at", required=True, type=int, metavar="FRAMES", help="Frames the first part keeps.")
@click.option("--two-shots", is_flag=True, help="Make the rest a shot of its own; the takes stay with the first.")
def split(film: Path, event: str, at: int, two_shots: bool) -> None:
    """Make two events of one."""
    with door.opened(film, writable=True) as project:
        found = named.find_event(project, event)
        command = shot_commands.split_shot if two_shots else event_commands.split_event
        second = named.event_card(project, project.run(command, found.id, at).new("event"))
    say(f"Split {found.shot_number} after {counted(at, 'frame')}; the rest is {second.shot_number} ({second.id}).")


@click.command(epilog=named.EVENT)
@door.film_argument
@named.events_argument
@click.option("--to", required=True, type=int, metavar="PLACE", help="The place the first of them has then, from 1.")
@click.option("--scene", metavar="S", help="A scene their shots join, by its number, id or place.")
def move(film: Path, events: tuple[str, ...], to: int, scene: str | None) -> None:
    """Put events together at another place of the cut."""
    with door.opened(film, writable=True) as project:
        found = list(dict.fromkeys(named.find_event(project, event).id for event in events))
        joined = door.find_scene(project, scene) if scene is not None else None
        place = named.place(to, len(project.ask(cut_queries.event_cards)) - len(found) + 1, "for them in the cut")
        changes = project.run(event_commands.move_events, found, place, scene=joined)
    say(f"Moved {counted(len(changes['event'] & set(found)), 'event')} to place {to}.")
    if changes.note:
        say(changes.note)
