"""The commands about versions of the film: cuts, save-cut, use-cut, rename-cut, remove-cut, compare-cuts."""

from __future__ import annotations

from pathlib import Path

import click

from studio.cli import door
from studio.cli.talk import as_json, counted, say, say_columns, say_json
from studio.open_project import OpenProject
from studio.project import cut_queries
from studio.project.commands import cut as cut_commands
from studio.project.cut_cards import CutCard

cut_argument = click.argument("cut", metavar="CUT")


@click.command()
@door.film_argument
@as_json
def cuts(film: Path, as_json: bool) -> None:
    """List the versions of the film's cut, the newest first."""
    with door.opened(film) as project:
        cards = project.ask(cut_queries.cut_cards)
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
        kept = _current(project)
        project.run(cut_commands.save_cut, name)
        now = _current(project)
    say(f"{kept.name} is kept as it was; the current cut is {now.name} ({now.id}).")


@click.command()
@door.film_argument
@cut_argument
def use_cut(film: Path, cut: str) -> None:
    """Go on in another version: CUT is its name, number or id. The one left is kept as it is."""
    with door.opened(film, writable=True) as project:
        left = _current(project)
        project.run(cut_commands.make_current, door.find_cut(project, cut))
        now = _current(project)
    say(f"The current cut is {now.name}, {counted(now.frames, 'frame')}; {left.name} is kept as it was.")


@click.command()
@door.film_argument
@cut_argument
@click.option("--name", required=True, help="Its new name.")
def rename_cut(film: Path, cut: str, name: str) -> None:
    """Give a version another name."""
    with door.opened(film, writable=True) as project:
        found = door.find_cut(project, cut)
        project.run(cut_commands.rename_cut, found, name)
        now = _card(project, found)
    say(f"Cut {now.number} is named {now.name} now.")


@click.command()
@door.film_argument
@cut_argument
def remove_cut(film: Path, cut: str) -> None:
    """Remove a version that is not the current one. Its takes and panels stay."""
    with door.opened(film, writable=True) as project:
        gone = _card(project, door.find_cut(project, cut))
        project.run(cut_commands.remove_cut, gone.id)
    say(f"Removed the cut {gone.name}.")


@click.command()
@door.film_argument
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="[AFTER]", required=False)
@as_json
def compare_cuts(film: Path, before: str, after: str | None, as_json: bool) -> None:
    """Say what the cut AFTER shows differently than BEFORE; without AFTER, the current one. Name, number or id."""
    with door.opened(film) as project:
        old = door.find_cut(project, before)
        new = door.find_cut(project, after) if after is not None else _current(project).id
        found = project.ask(cut_queries.compare_cuts, old, new)
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


def _current(project: OpenProject) -> CutCard:
    return next(card for card in project.ask(cut_queries.cut_cards) if card.current)


def _card(project: OpenProject, cut: str) -> CutCard:
    return next(card for card in project.ask(cut_queries.cut_cards) if card.id == cut)
