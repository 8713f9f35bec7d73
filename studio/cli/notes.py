"""What people write on the film: markers on the cut, notes on shots and on frames of takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from studio.cli import door, named
from studio.cli.sound import at_help, cut_option
from studio.cli.talk import as_json, say, say_columns, say_json
from studio.errors import BadValue
from studio.project import note_queries, queries, sound_queries
from studio.project.cards import NoteCard
from studio.project.commands import marker as marker_commands
from studio.project.commands import note as note_commands
from studio.settings import Settings

MARKER = "MARKER is the marker's id, or its name where no other has that."


# --- markers -------------------------------------------------------------------------------------------------------


@click.command()
@door.film_argument
@cut_option
@as_json
def markers(film: Path, cut: str | None, as_json: bool) -> None:
    """List the markers of the cut."""
    with door.opened(film) as project:
        cards = project.ask(sound_queries.marker_cards, door.find_cut(project, cut) if cut is not None else None)
        labels = named.film_timecode(project)
    if as_json:
        say_json([{"id": one.id, "film_frame": one.film_frame, "name": one.name} for one in cards])
        return
    if not cards:
        say("The cut has no marker.")
        return
    rows = [(one.film_frame, labels.at(one.film_frame), one.name, one.id) for one in cards]
    say_columns(("frame", "timecode", "name", "id"), rows)


@click.command()
@door.film_argument
@click.argument("frame", metavar="FRAME|TIMECODE")
@click.argument("name", default="", metavar="[NAME]")
def add_marker(film: Path, frame: str, name: str) -> None:
    """Mark a frame of the current cut."""
    with door.opened(film, writable=True) as project:
        at = named.film_frame(project, frame)
        made = project.run(marker_commands.add_marker, at, name).new("marker")
    say(f"Marked film frame {at} ({made}).")


@click.command(epilog=MARKER)
@door.film_argument
@click.argument("marker", metavar="MARKER")
@click.option("--at", metavar="FRAME|TIMECODE", help=f"Where it stands. {at_help}")
@click.option("--name", help="Another name.")
def edit_marker(film: Path, marker: str, at: str | None, name: str | None) -> None:
    """Move or rename a marker."""
    given: dict[str, Any] = {} if name is None else {"name": name}
    with door.opened(film, writable=True) as project:
        found = named.find_marker(project, marker)
        if at is not None:
            given["film_frame"] = named.film_frame(project, at)
        if not given:
            raise BadValue("Nothing about the marker is changed.", "Give --at or --name.")
        project.run(marker_commands.edit_marker, found.id, **given)
        now = named.find_marker(project, found.id)
    say(f"The marker {now.name or now.id} stands at film frame {now.film_frame}.")


@click.command(epilog=MARKER)
@door.film_argument
@click.argument("marker", metavar="MARKER")
def remove_marker(film: Path, marker: str) -> None:
    """Remove a marker of the current cut."""
    with door.opened(film, writable=True) as project:
        found = named.find_marker(project, marker)
        project.run(marker_commands.remove_marker, found.id)
    say(f"Removed the marker {found.name or found.id}.")


# --- notes ---------------------------------------------------------------------------------------------------------


@click.command()
@door.film_argument
@door.shot_option(required=False)
@click.option("--open", "only_open", is_flag=True, help="Only those that still wait for an answer.")
@as_json
def notes(film: Path, shot: str | None, only_open: bool, as_json: bool) -> None:
    """List the notes on a shot, or on all of them, and on the frames of their takes; the oldest first."""
    with door.opened(film) as project:
        wanted = door.find_shot(project, shot) if shot is not None else None
        cards = project.ask(note_queries.all_notes) if wanted is None else project.ask(note_queries.note_cards, wanted)
        cards = tuple(card for card in cards if card.status == "open" or not only_open)
        numbers = {one.id: one.number for one in project.ask(queries.shot_cards, [card.shot for card in cards])}
    if as_json:
        say_json([_facts(one, numbers[one.shot]) for one in cards])
        return
    if not cards:
        say("There is no note.")
        return
    rows = [(numbers[one.shot], one.take_name, "" if one.take_frame is None else one.take_frame, one.status,
             one.author, one.text, one.id) for one in cards]
    say_columns(("shot", "take", "frame", "status", "author", "note", "id"), rows)


def _facts(card: NoteCard, number: str) -> dict[str, Any]:
    return {
        "id": card.id, "shot": card.shot, "number": number, "take": card.take, "take_frame": card.take_frame,
        "author": card.author, "text": card.text, "status": card.status, "answer": card.answer,
        "drawn_lines": len(card.strokes), "made_at": card.made_at,
    }  # fmt: skip


@click.command()
@door.film_argument
@click.argument("text")
@door.shot_option()
@click.option("--take", metavar="TAKE", help="The take it is on, by its number in the shot.")
@click.option("--frame", type=int, help="The frame of that take, from 0.")
@click.option("--author", help="Who says it; else the name in the preferences.")
def add_note(film: Path, text: str, shot: str, take: str | None, frame: int | None, author: str | None) -> None:
    """Write a note on a shot, on one of its takes, or on a frame of that."""
    with door.opened(film, writable=True) as project:
        wanted = door.find_shot(project, shot)
        on = None if take is None else named.take_of(project, wanted, take).id
        name = Settings().author() if author is None else author
        made = project.run(note_commands.add_note, wanted, text, author=name, take=on, take_frame=frame).new("note")
        number = project.ask(queries.shot_card, wanted).number
    say(f"Noted on {number} ({made}).")


@click.command()
@door.film_argument
@click.argument("note", metavar="NOTE")
@click.option("--text", help="What it says.")
@click.option("--done", "status", flag_value="done", help="It is done.")
@click.option("--wont", "status", flag_value="wont", help="It will not be done.")
@click.option("--open", "status", flag_value="open", help="It waits again.")
@click.option("--answer", metavar="TAKE", help="The take that answers it, by its number in the shot.")
def edit_note(film: Path, note: str, text: str | None, status: str | None, answer: str | None) -> None:
    """Change a note, by its id: what it says, and what became of it."""
    given: dict[str, Any] = {key: value for key, value in (("text", text), ("status", status)) if value is not None}
    with door.opened(film, writable=True) as project:
        found = named.find_note(project, note)
        if answer is not None:
            given["answer"] = named.take_of(project, found.shot, answer).id
        if not given:
            raise BadValue("Nothing about the note is changed.", "Give --text, --done, --wont, --open or --answer.")
        project.run(note_commands.edit_note, found.id, **given)
    say("The note is changed.")


@click.command()
@door.film_argument
@click.argument("note", metavar="NOTE")
def remove_note(film: Path, note: str) -> None:
    """Remove a note, by its id."""
    with door.opened(film, writable=True) as project:
        project.run(note_commands.remove_note, named.find_note(project, note).id)
    say("The note is removed.")
