"""The commands that cut the film: events, trim, split, move; and its versions: cuts, save-cut, compare-cuts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from studio.cli import door
from studio.cli.talk import as_json, counted, say, say_columns, say_json
from studio.errors import BadValue, NotFound
from studio.open_project import OpenProject
from studio.project import queries, trimming
from studio.project.changes import Changes
from studio.project.commands import cut as cut_commands
from studio.project.commands import event as event_commands
from studio.project.commands import shot as shot_commands
from studio.project.commands import trim as trim_commands
from studio.project.cut_cards import EventCard
from studio.project.timing import FrameRate

event_option = click.option("--event", required=True, metavar="EVENT", help=(
    "An event of the current cut: its place counted from 1, its id, or the number of a shot that the cut shows once."))

TRIMS: dict[str, Callable[..., Changes]] = {
    "head": trim_commands.trim_head, "tail": trim_commands.trim_tail, "roll": trim_commands.roll_cut,
    "slip": trim_commands.slip_event,
}  # fmt: skip


# --- events ------------------------------------------------------------------------------------------------------


@click.command()
@door.film_argument
@click.option("--cut", metavar="CUT", help="A saved cut by its name, number or id; else the current one.")
@as_json
def events(film: Path, cut: str | None, as_json: bool) -> None:
    """List what a cut shows, in order: place, shot, first film frame, length, take."""
    with door.opened(film) as project:
        cards = project.ask(queries.event_cards, door.find_cut(project, cut) if cut else None)
        rate = project.ask(queries.film_card).rate
    if as_json:
        say_json([event_facts(place, card, rate) for place, card in enumerate(cards, 1)])
        return
    rows = [(place, card.shot_number, card.film_frame, card.frames, card.take_name, _notes(card, rate))
            for place, card in enumerate(cards, 1)]
    say_columns(("place", "shot", "from", "frames", "take", "notes"), rows)


def event_facts(place: int, card: EventCard, rate: FrameRate) -> dict[str, Any]:
    """An event as JSON shows it; `place` is 1 for the first of the cut."""
    held = trimming.held_frames(card, rate)
    return {
        "id": card.id, "place": place, "shot": card.shot, "number": card.shot_number, "film_frame": card.film_frame,
        "frames": card.frames, "take": card.take, "take_in": card.take_in if card.take else None,
        "panels": [panel.panel for panel in card.panels], "speed": [card.speed_num, card.speed_den],
        "hold": card.hold, "flop": card.flop, "held_before": held.before, "held_after": held.after,
    }  # fmt: skip


@click.command()
@door.film_argument
@event_option
@click.option("--head", type=int, metavar="FRAMES", help="Its beginning, later (+) or earlier (-).")
@click.option("--tail", type=int, metavar="FRAMES", help="Its end, later or earlier.")
@click.option("--roll", type=int, metavar="FRAMES", help="The cut after it, later or earlier; the film stays as long.")
@click.option("--slip", type=int, metavar="FRAMES", help="What is seen in it, later or earlier; the cuts stay.")
def trim(film: Path, event: str, **by: int | None) -> None:
    """Move one edge of an event, or what is seen in it, by film frames."""
    wanted = [(name, frames) for name, frames in by.items() if frames is not None]
    if len(wanted) != 1:
        raise BadValue("A trim moves one thing.", "Give one of --head, --tail, --roll and --slip.")
    ((name, frames),) = wanted
    with door.opened(film, writable=True) as project:
        found = find_event(project, event)
        changes = project.run(TRIMS[name], found.id, frames)
        after, rate = _event(project, found.id), project.ask(queries.film_card).rate
    say(f"{after.shot_number} lasts {counted(after.frames, 'frame')} now. {_notes(after, rate)}".strip())
    if changes.note:
        say(changes.note)


@click.command()
@door.film_argument
@event_option
@click.option("--at", required=True, type=int, metavar="FRAMES", help="Frames the first part keeps.")
@click.option("--two-shots", is_flag=True, help="Make the rest a shot of its own; the takes stay with the first.")
def split(film: Path, event: str, at: int, two_shots: bool) -> None:
    """Make two events of one."""
    with door.opened(film, writable=True) as project:
        found = find_event(project, event)
        command = shot_commands.split_shot if two_shots else event_commands.split_event
        second = _event(project, project.run(command, found.id, at).new("event"))
    say(f"Split {found.shot_number} after {counted(at, 'frame')}; the rest is {second.shot_number} ({second.id}).")


@click.command()
@door.film_argument
@click.option("--event", "events", multiple=True, required=True, metavar="EVENT",
              help="An event of the current cut, as in trim; may be repeated.")
@click.option("--to", required=True, type=int, metavar="PLACE", help="The place the first of them has then, from 1.")
@click.option("--scene", metavar="S", help="A scene their shots join, by its number, id or place.")
def move(film: Path, events: tuple[str, ...], to: int, scene: str | None) -> None:
    """Put events together at another place of the cut."""
    with door.opened(film, writable=True) as project:
        found = [find_event(project, event).id for event in events]
        joined = door.find_scene(project, scene) if scene is not None else None
        if to < 1:
            raise BadValue(f"There is no place {to} in the cut.", "Places are counted from 1.")
        project.run(event_commands.move_events, found, to - 1, scene=joined)
    say(f"Moved {counted(len(set(found)), 'event')} to place {to}.")


# --- versions ----------------------------------------------------------------------------------------------------


@click.command()
@door.film_argument
@as_json
def cuts(film: Path, as_json: bool) -> None:
    """List the versions of the film's cut, the newest first."""
    with door.opened(film) as project:
        cards = project.ask(queries.cut_cards)
    if as_json:
        say_json([
            {"id": card.id, "number": card.number, "name": card.name, "current": card.current, "frozen": card.frozen,
             "made_at": card.made_at, "events": card.events, "frames": card.frames}
            for card in cards
        ])  # fmt: skip
        return
    rows = [(card.number, card.name, card.events, card.frames, "current" if card.current else "") for card in cards]
    say_columns(("number", "name", "events", "frames", ""), rows)


@click.command()
@door.film_argument
@click.option("--name", default="", help="Name of the version to go on in.")
def save_cut(film: Path, name: str) -> None:
    """Keep the current cut as it is, and go on in a copy of it."""
    with door.opened(film, writable=True) as project:
        kept = next(card for card in project.ask(queries.cut_cards) if card.current)
        project.run(cut_commands.save_cut, name)
        now = next(card for card in project.ask(queries.cut_cards) if card.current)
    say(f"{kept.name} is kept as it was; the current cut is {now.name} ({now.id}).")


@click.command()
@door.film_argument
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="[AFTER]", required=False)
@as_json
def compare_cuts(film: Path, before: str, after: str | None, as_json: bool) -> None:
    """Say what the cut AFTER shows differently than BEFORE; without AFTER, the current one. Name, number or id."""
    with door.opened(film) as project:
        old = door.find_cut(project, before)
        new = door.find_cut(project, after) if after else project.ask(queries.film_card).current_cut
        found = project.ask(queries.compare_cuts, old, new)
    if as_json:
        say_json([
            {"shot": one.shot, "number": one.shot_number, "kind": one.kind, "words": one.words,
             "film_frame_before": one.film_frame_before, "film_frame_after": one.film_frame_after}
            for one in found
        ])  # fmt: skip
    elif not found:
        say("Both show the same.")
    else:
        say_columns(("shot", "difference"), [(one.shot_number, one.words) for one in found])


# --- finding -----------------------------------------------------------------------------------------------------


def find_event(project: OpenProject, text: str) -> EventCard:
    """An event of the current cut by its id, the number of its shot, or its place from 1. Raises NotFound, and
    BadValue where the cut shows the shot more than once."""
    cards, wanted = project.ask(queries.event_cards), text.strip()
    named = [card for card in cards if wanted == card.id or wanted.upper() == card.shot_number.upper()]
    if len(named) > 1:
        places = ", ".join(str(place) for place, card in enumerate(cards, 1) if card in named)
        raise BadValue(f"The cut shows {named[0].shot_number} more than once.", f"Name a place: {places}.")
    if not named and wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(cards):
        named = [cards[int(wanted) - 1]]
    if not named:
        raise NotFound(f"There is no event {wanted[:60]!r} in the current cut.", "See: shotwright events FILM")
    return named[0]


def _event(project: OpenProject, event: str) -> EventCard:
    return next(card for card in project.ask(queries.event_cards) if card.id == event)


def _notes(card: EventCard, rate: FrameRate) -> str:
    return trimming.held_frames(card, rate).words
