"""The commands about what stands in the cut and the small notes on it: events, retime, flop, hold, reframe, …"""

from __future__ import annotations

import dataclasses
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from studio.cli import door, named
from studio.cli.talk import as_json, counted, say, say_columns, say_json
from studio.errors import BadValue
from studio.open_project import OpenProject
from studio.project import cut_queries, queries, trimming
from studio.project.commands import event as event_commands
from studio.project.commands import trim as trim_commands
from studio.project.cut_cards import EventCard, Rect
from studio.project.timing import FrameRate

LEAST_PART = 1000
"""A speed is kept as a fraction with at most this under the line."""
EASES = ("in", "out", "both")
SPEED = re.compile(r"(?P<number>\d{1,6}(\.\d{1,6})?)(/(?P<under>\d{1,6})|(?P<percent> ?%))?", re.ASCII)

off_option = click.option("--off", is_flag=True, help="Take it back.")


@click.command()
@door.film_argument
@click.option("--cut", metavar="CUT", help="A saved cut by its name, number or id; else the current one.")
@as_json
def events(film: Path, cut: str | None, as_json: bool) -> None:
    """List what a cut shows, in order: event, first film frame, length, take, what is done with it."""
    with door.opened(film) as project:
        cards = project.ask(cut_queries.event_cards, door.find_cut(project, cut) if cut is not None else None)
        rate = project.ask(queries.film_card).rate
    if as_json:
        say_json([event_facts(place, card, rate) for place, card in enumerate(cards, 1)])
        return
    rows = [(place, name, card.film_frame, card.frames, card.take_name, card.name, described(card, rate), card.id)
            for place, (name, card) in enumerate(zip(named.event_names(cards), cards, strict=True), 1)]
    say_columns(("place", "event", "from", "frames", "take", "name", "notes", "id"), rows)


def event_facts(place: int, card: EventCard, rate: FrameRate) -> dict[str, Any]:
    """An event as JSON shows it; `place` is 1 for the first of the cut."""
    held = trimming.held_frames(card, rate)
    return {
        "id": card.id, "place": place, "shot": card.shot, "number": card.shot_number, "name": card.name,
        "film_frame": card.film_frame, "frames": card.frames, "take": card.take,
        "take_in": card.take_in if card.take else None, "panels": [panel.panel for panel in card.panels],
        "speed": [card.speed_num, card.speed_den], "hold": card.hold, "flop": card.flop,
        "framing_start": card.framing_start, "framing_end": card.framing_end, "ease": card.ease,
        "grade": None if card.grade is None else dataclasses.asdict(card.grade),
        "held_before": held.before, "held_after": held.after,
    }  # fmt: skip


def described(card: EventCard, rate: FrameRate) -> str:
    """What is done with the event's pictures, in words; empty where it is shown as it is."""
    told = [
        "Flopped." if card.flop else "",
        f"Its {card.hold} frame is held." if card.hold else "",
        _speed_in_words(Fraction(card.speed_num, card.speed_den)),
        "Reframed." if card.framing_start or card.framing_end else "",
        "Graded." if card.grade else "",
        trimming.held_frames(card, rate).words,
    ]
    return " ".join(filter(None, told))


def say_length(project: OpenProject, event: str) -> None:
    """After an edit: how long the event lasts and what is done with it."""
    card, rate = named.event_card(project, event), project.ask(queries.film_card).rate
    say(f"{card.shot_number} lasts {counted(card.frames, 'frame')} now. {described(card, rate)}".strip())


def _speed_in_words(speed: Fraction) -> str:
    if speed == 1:
        return ""
    if speed == -1:
        return "Plays backwards."
    return f"Plays {'backwards ' if speed < 0 else ''}at {float(abs(speed) * 100):.4g}% speed."


@click.command(epilog=named.EVENT)
@door.film_argument
@named.event_argument
@click.option("--speed", metavar="PERCENT", help="50% is half as fast; 0.5 and 1/2 are the same.")
@click.option("--reverse", is_flag=True, help="Backwards; without --speed, the other way round than now.")
def retime(film: Path, event: str, speed: str | None, reverse: bool) -> None:
    """Play what an event shows at another speed, or backwards; its length follows."""
    if speed is None and not reverse:
        raise BadValue("A speed or a direction must be named.", "Give --speed 50%, or --reverse.")
    pace = None if speed is None else read_speed(speed)
    with door.opened(film, writable=True) as project:
        found = named.find_event(project, event)
        wanted = Fraction(found.speed_num, found.speed_den) if pace is None else pace
        wanted = -wanted if reverse else wanted
        project.run(trim_commands.retime_event, found.id, wanted.numerator, wanted.denominator)
        say_length(project, found.id)


def read_speed(text: str) -> Fraction:
    """`50%`, `0.5` or `1/2`, above 0. Raises BadValue for anything else."""
    found = SPEED.fullmatch(text.strip())
    speed = Fraction(0)
    if found is not None and int(found["under"] or 1):
        speed = Fraction(found["number"]) / int(found["under"] or 1) / (100 if found["percent"] else 1)
    kept = speed.limit_denominator(LEAST_PART)
    if not kept:
        raise BadValue(f"{text[:40]!r} is no speed.", "Write 50%, 0.5 or 1/2; --reverse plays backwards.")
    return kept


@click.command(epilog=named.EVENT)
@door.film_argument
@named.event_argument
@off_option
def flop(film: Path, event: str, off: bool) -> None:
    """Mirror the picture of an event, left for right."""
    with door.opened(film, writable=True) as project:
        found = named.find_event(project, event)
        project.run(event_commands.edit_event, found.id, flop=not off)
    say(f"{found.shot_number} is {'shown as it is' if off else 'flopped'} now.")


@click.command(epilog=named.EVENT)
@door.film_argument
@named.event_argument
@click.argument("frame", metavar="first|last|off")
def hold(film: Path, event: str, frame: str) -> None:
    """Show only the first or the last frame of an event for all its length; off plays it again."""
    if frame not in ("first", "last", "off"):
        raise BadValue(f"{frame[:40]!r} names no frame to hold.", "Write first, last or off.")
    with door.opened(film, writable=True) as project:
        found = named.find_event(project, event)
        project.run(event_commands.edit_event, found.id, hold="" if frame == "off" else frame)
    say(f"{found.shot_number} plays again." if frame == "off" else f"{found.shot_number} holds its {frame} frame now.")


@click.command(epilog=named.EVENT)
@door.film_argument
@named.event_argument
@click.option("--from", "start", metavar="L,T,W,H",
              help="What is seen at its first frame: left, top, width, height as parts of the picture.")
@click.option("--to", "end", metavar="L,T,W,H", help="What is seen at its last frame; by default the same.")
@click.option("--ease", metavar="in|out|both", help="Begin the move gently, end it gently, or both.")
@click.option("--off", is_flag=True, help="Show the whole picture again.")
def reframe(film: Path, event: str, start: str | None, end: str | None, ease: str | None, off: bool) -> None:
    """Show a part of the picture, or move from one part to another over the event."""
    framing = _framing(start, end, ease, off)
    with door.opened(film, writable=True) as project:
        found = named.find_event(project, event)
        project.run(event_commands.edit_event, found.id, **framing)
    say(f"{found.shot_number} is {'shown whole' if off else 'reframed'} now.")


def _framing(start: str | None, end: str | None, ease: str | None, off: bool) -> dict[str, Any]:
    if off:
        if start or end or ease:
            raise BadValue("--off shows the whole picture, and a part is named too.", "Give one or the other.")
        return {"framing_start": None, "framing_end": None, "ease": ""}
    if start is None and end is None:
        raise BadValue("No part of the picture is named.", "Give --from 0.1,0.1,0.5,0.5, --to, or --off.")
    if ease is not None and ease not in EASES:
        raise BadValue(f"{ease[:40]!r} is no ease.", "Use in, out or both.")
    first = read_rect(start) if start is not None else None
    last = read_rect(end) if end is not None else first
    return {"framing_start": first, "framing_end": last, "ease": ease or ""}


def read_rect(text: str) -> Rect:
    """`0.1,0.2,0.5,0.5`: left, top, width and height as parts of the picture."""
    try:
        left, top, width, height = (float(part) for part in text.split(","))
    except ValueError:
        raise BadValue(f"{text[:60]!r} is no part of the picture.",
                       "Write left, top, width and height from 0 to 1, such as 0.1,0.1,0.5,0.5.") from None
    return left, top, width, height


@click.command()
@door.film_argument
@door.shot_option()
@click.option("--at", type=int, metavar="PLACE", help="Its place in the cut, from 1; without one, the end.")
def add_event(film: Path, shot: str, at: int | None) -> None:
    """Show a shot once more in the current cut."""
    with door.opened(film, writable=True) as project:
        found = door.find_shot(project, shot)
        place = None if at is None else named.place(at, len(project.ask(cut_queries.event_cards)) + 1, "in the cut")
        made = project.run(event_commands.add_event, found, place).new("event")
        number = project.ask(queries.shot_card, found).number
    say(f"The cut shows {number} once more ({made}).")


@click.command(epilog=named.EVENT)
@door.film_argument
@named.events_argument
def remove_event(film: Path, events: tuple[str, ...]) -> None:
    """Take events out of the current cut; their shots stay in the film."""
    with door.opened(film, writable=True) as project:
        found = list(dict.fromkeys(named.find_event(project, event).id for event in events))
        changes = project.run(event_commands.remove_events, found)
        left = {card.id for card in project.ask(cut_queries.event_cards)}
    say(f"Took {counted(len(set(found) - left), 'event')} out of the cut.")
    if changes.note:
        say(changes.note)


@click.command(epilog=named.EVENT)
@door.film_argument
@named.event_argument
@click.argument("name", metavar="NAME")
def name_event(film: Path, event: str, name: str) -> None:
    """Give an event a name of its own; an empty one takes it away."""
    with door.opened(film, writable=True) as project:
        found = named.find_event(project, event)
        project.run(event_commands.edit_event, found.id, name=name)
    named_now = f"is named {name.strip()} in the cut" if name.strip() else "goes by its number"
    say(f"{found.shot_number} {named_now} now.")
