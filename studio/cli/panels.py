"""The commands about the panels of a shot: panels, add-panel, edit-panel, new-version, use-frame, …"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from studio.cli import door, named
from studio.cli.events import read_rect
from studio.cli.importing import bring, files_argument, named_as
from studio.cli.talk import as_json, counted, inside, say, say_columns, say_json
from studio.errors import BadValue, Refused
from studio.open_project import OpenProject
from studio.project import cut_queries, queries
from studio.project.cards import PanelCard, TakeCard
from studio.project.commands import panel as panel_commands
from studio.project.media import Imported

panel_argument = click.argument("panel", metavar="PANEL")

PANEL = "PANEL is the panel's number in its shot, or its id."


@click.command()
@door.film_argument
@door.shot_option()
@as_json
def panels(film: Path, shot: str, as_json: bool) -> None:
    """List the panels of a shot, in order."""
    with door.opened(film) as project:
        found = door.find_shot(project, shot)
        cards, number = project.ask(queries.panel_cards, found), project.ask(queries.shot_card, found).number
    if as_json:
        say_json([_facts(card, film) for card in cards])
    elif not cards:
        say(f"{number} has no panel yet.")
    else:
        rows = [(card.number, "chosen" if card.chosen else "", card.origin,
                 "" if card.frames is None else counted(card.frames, "frame"),
                 counted(len(card.strokes), "line") if card.strokes else "", inside(card.picture, film), card.id)
                for card in cards]
        say_columns(("panel", "", "came", "length", "drawn", "file", "id"), rows)


def _facts(card: PanelCard, film: Path) -> dict[str, Any]:
    return {
        "id": card.id, "shot": card.shot, "number": card.number, "chosen": card.chosen, "origin": card.origin,
        "file": inside(card.picture, film), "frames": card.frames, "framing_start": card.framing_start,
        "framing_end": card.framing_end, "drawn_lines": len(card.strokes), "take": card.take,
        "take_frame": card.take_frame,
    }  # fmt: skip


@click.command()
@door.film_argument
@files_argument
@door.shot_option()
@click.option("--at", type=int, metavar="N", help="The place of the first one among the panels, from 1; else the end.")
def add_panel(film: Path, files: tuple[Path, ...], shot: str, at: int | None) -> None:
    """Add pictures to a shot as its panels; several share its length."""
    with door.opened(film, writable=True) as project:
        wanted = door.find_shot(project, shot)
        place = None if at is None else _place(project, wanted, at, more=1)
        bring(project, named_as("picture", files),
              lambda found: project.run(panel_commands.add_panels, wanted, found, at=place))
        card = project.ask(queries.shot_card, wanted)
    say(f"Added {counted(len(files), 'panel')} to shot {card.number}, which has {card.panels} now.")


@click.command(epilog=PANEL)
@door.film_argument
@panel_argument
@door.shot_option()
@click.option("--frames", type=int, help="How long it is shown, in film frames; 0 takes its own length away.")
@click.option("--from", "start", metavar="L,T,W,H",
              help="What is seen when it begins: left, top, width, height as parts of the picture.")
@click.option("--to", "end", metavar="L,T,W,H", help="What is seen when it ends; by default the same.")
@click.option("--whole", is_flag=True, help="Show the whole picture again.")
@click.option("--place", type=int, help="Its place among the panels of the shot, from 1.")
def edit_panel(
    film: Path, panel: str, shot: str, frames: int | None, start: str | None, end: str | None, whole: bool,
    place: int | None,
) -> None:  # fmt: skip
    """Give a panel a length, a move over its picture, or another place."""
    given: dict[str, Any] = {} if frames is None else {"frames": frames or None}
    if whole and (start or end):
        raise BadValue("--whole shows all of the picture, and a part is named too.", "Give one or the other.")
    if start is not None or end is not None:
        first = read_rect(start) if start is not None else None
        given |= {"framing_start": first, "framing_end": read_rect(end) if end is not None else first}
    elif whole:
        given |= {"framing_start": None, "framing_end": None}
    if not given and place is None:
        raise BadValue("Nothing about the panel is changed.", "Give --frames, --from, --to, --whole or --place.")
    with door.opened(film, writable=True) as project:
        wanted = door.find_shot(project, shot)
        found = named.panel_of(project, wanted, panel)
        to = None if place is None else _place(project, wanted, place)
        project.run(door.edit_panel, found.id, given, to)
        number = project.ask(queries.shot_card, wanted).number
    say(f"Changed panel {found.number} of {number}.")


@click.command(epilog=PANEL)
@door.film_argument
@panel_argument
@door.shot_option()
def remove_panel(film: Path, panel: str, shot: str) -> None:
    """Take a panel off the board. Its picture stays in the film."""
    with door.opened(film, writable=True) as project:
        wanted = door.find_shot(project, shot)
        found = named.panel_of(project, wanted, panel)
        project.run(panel_commands.remove_panel, found.id)
        number = project.ask(queries.shot_card, wanted).number
    say(f"Took panel {found.number} off {number}.")


@click.command()
@door.film_argument
@door.shot_option()
@click.option("--at", type=int, metavar="N", help="Its place among the panels, from 1; else the end.")
def blank_panel(film: Path, shot: str, at: int | None) -> None:
    """Add an empty panel to draw on."""
    with door.opened(film, writable=True) as project:
        wanted, card = door.find_shot(project, shot), project.ask(queries.film_card)
        place = None if at is None else _place(project, wanted, at, more=1)
        try:
            picture = project.media.stage_blank(card.width, card.height)
            with project.media.keeping([picture]):
                made = project.run(panel_commands.new_blank, wanted, picture, place).new("panel")
        finally:
            project.media.drop_staged()
        number = project.ask(queries.shot_card, wanted).number
    say(f"Added an empty panel to {number} ({made}).")


@click.command(epilog=PANEL)
@door.film_argument
@panel_argument
@click.argument("file", type=click.Path(path_type=Path))
@door.shot_option()
def new_version(film: Path, panel: str, file: Path, shot: str) -> None:
    """Put a changed picture in the place of a panel, chosen; the old one stays beside it."""
    with door.opened(film, writable=True) as project:
        wanted = door.find_shot(project, shot)
        found = named.panel_of(project, wanted, panel)
        made = bring(project, named_as("picture", [file]),
                     lambda read: project.run(panel_commands.new_version, found.id, read[0]))
        number = project.ask(queries.shot_card, wanted).number
    same = f"Panel {found.number} of {number} shows that picture already."
    say(f"Panel {found.number} of {number} has a new version ({made.new('panel')})." if made.created else same)


# --- frames of takes -----------------------------------------------------------------------------------------------


@click.command(epilog=named.TAKE)
@door.film_argument
@named.take_argument
@click.option("--frame", required=True, type=int, help="Which one, from 0 at the take's first.")
@click.option("--shot", metavar="SHOT", help="The shot that gets it; else the take's own.")
@click.option("--choose", is_flag=True, help="Motion of that shot begins with it from now on.")
def use_frame(film: Path, take: str, frame: int, shot: str | None, choose: bool) -> None:
    """Make a frame of a take a panel."""
    with door.opened(film, writable=True) as project:
        found = named.find_take(project, take)
        home = found.shot if shot is None else door.find_shot(project, shot)
        number = _pick(project, found, frame, home, choose=choose)
    say(f"Frame {frame} of take {found.name} is a panel of {number} now.")


@click.command(epilog=named.TAKE)
@door.film_argument
@named.take_argument
def next_first_frame(film: Path, take: str) -> None:
    """Let the shot after a take's begin with the last frame of the take."""
    with door.opened(film, writable=True) as project:
        found = named.find_take(project, take)
        order = list(dict.fromkeys(event.shot for event in project.ask(cut_queries.event_cards)))
        if found.shot not in order[:-1]:
            raise Refused("There is no shot after that take's in the cut.", "Add one first: shotwright add-shot")
        following = order[order.index(found.shot) + 1]
        number = _pick(project, found, max(0, found.frames - found.tail - 1), following, choose=True)
    say(f"{number} begins with the last frame of take {found.name} now.")


def _pick(project: OpenProject, take: TakeCard, frame: int, shot: str, *, choose: bool) -> str:
    """The number of the shot that has the frame as a panel now."""
    with frame_picture(project, take, frame) as picture:
        project.run(panel_commands.pick_frame, shot, picture, take.id, frame, choose=choose)
    number: str = project.ask(queries.shot_card, shot).number
    return number


@contextmanager
def frame_picture(project: OpenProject, take: TakeCard, frame: int) -> Iterator[Imported]:
    """One frame of a take as a picture, which stays in the film where the block ends well."""
    if not 0 <= frame < take.frames:
        raise BadValue(f"Take {take.name} has no frame {frame:,}.", f"Its frames are 0 to {take.frames - 1:,}.")
    try:
        picture = project.media.stage_frame(take.media.name, frame)
        with project.media.keeping([picture]):
            yield picture
    finally:
        project.media.drop_staged()


def _place(project: OpenProject, shot: str, number: int, *, more: int = 0) -> int:
    """A place among the panels of a shot, from 0; `more`: of those that come."""
    card = project.ask(queries.shot_card, shot)
    return named.place(number, card.panels + more, f"among the panels of {card.number}")
