"""The options of a wish, and how they become one: files imported, takes and panels found by what people call them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from studio.cli import door
from studio.errors import BadValue, NotFound, StudioError
from studio.generation.wish import USUAL_STRENGTH, Bridge, Extend, Inpaint, Redo, Restyle, Wish, Work
from studio.open_project import OpenProject
from studio.project import queries

FRAME_RANGE = re.compile(r"(?P<source>.+):(?P<first>\d+)-(?P<last>\d+)", re.ASCII)
FILES = ("first_frame", "last_frame", "guide", "mask")
WORKS = ("extend", "bridge", "redo", "mask", "restyle")


def _file(name: str, help_text: str) -> Any:
    return click.option(name, type=click.Path(path_type=Path), metavar="FILE", help=help_text)


OPTIONS = (
    click.option("--steps", default=0, metavar="N", help="Drawing steps; 0 for the engine's own number."),
    click.option("--guidance", default=0.0, metavar="G", help="How closely the prompt is kept to; 0: its own."),
    _file("--first-frame", "The picture the take begins with."),
    _file("--last-frame", "The picture the take ends with."),
    click.option("--no-panel", is_flag=True, help="Do not begin with the shot's chosen panel."),
    _file("--guide", "A clip, or for a still a picture, of lines, grey shapes or a playblast to follow."),
    click.option("--guide-strength", type=float, metavar="0..1",
                 help="How closely the guide is followed; by default 1."),
    click.option("--no-references", is_flag=True, help="Send no pictures of the shot's subjects."),
    click.option("--reference-guidance", default=0.0, metavar="G",
                 help="How closely those pictures are kept to; 0: the engine's own."),
    click.option("--loop", is_flag=True, help="The end leads back to the beginning."),
    click.option("--extend", metavar="TAKE", help="The take and more of it; by default as much as the shot lacks."),
    click.option("--head", is_flag=True, help="Extend before its beginning."),
    click.option("--tail", is_flag=True, help="Extend after its end (the default)."),
    click.option("--by", type=int, metavar="FRAMES", help="Film frames to extend by at least."),
    click.option("--bridge", metavar="TAKE,TAKE", help="A clip from the end of one take to the beginning of another."),
    click.option("--redo", metavar="TAKE:FIRST-LAST", help="The take with these frames of the shot, from 0, redrawn."),
    _file("--mask", "The chosen take, or with --still the chosen panel, redrawn where this picture is light."),
    click.option("--inpaint", metavar="TAKE", help="The take or panel to redraw where the mask is light."),
    click.option("--restyle", metavar="TAKE", help="The take, or with --still the panel, drawn anew from the prompt."),
    click.option("--strength", type=float, metavar="0..1",
                 help=f"How freely it is restyled; by default {USUAL_STRENGTH:g}."),
    click.option("--stop-at", default=0, metavar="STEP",
                 help="Hold after this step to look at it; go on with: shotwright continue."),
)  # fmt: skip


def wish_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@contextmanager
def wished(project: OpenProject, shot: str, plain: Wish, asked: dict[str, Any]) -> Iterator[Wish]:
    """`plain` with everything the options ask for. Files they name enter the film with the first job of the wish;
    where the block ends without one, nothing of them stays."""
    try:
        yield _wish(project, shot, plain, asked)
    finally:
        project.media.drop_staged()


def _wish(project: OpenProject, shot: str, plain: Wish, asked: dict[str, Any]) -> Wish:
    work = _work(project, shot, plain.kind, asked)
    staged = {name: door.stage_file(project, asked[name], name) for name in FILES if asked[name]}
    hashes = {name: found.hash for name, found in staged.items()}
    return replace(
        plain,
        first_frame=hashes.get("first_frame"),
        last_frame=hashes.get("last_frame"),
        guide=hashes.get("guide"),
        steps=asked["steps"],
        guidance=asked["guidance"],
        use_panel=not asked["no_panel"],
        guide_strength=1.0 if asked["guide_strength"] is None else asked["guide_strength"],
        loop=asked["loop"],
        references=not asked["no_references"],
        reference_guidance=asked["reference_guidance"],
        stop_at=asked["stop_at"],
        work=replace(work, mask=hashes["mask"]) if isinstance(work, Inpaint) else work,
        imported=tuple((found, purpose) for purpose, found in staged.items()),
    )


# --- work on takes -----------------------------------------------------------------------------------------------


def _work(project: OpenProject, shot: str, kind: str, asked: dict[str, Any]) -> Work | None:
    """The work without its mask, which is read after everything that is refused sooner."""
    # An empty word is asked for too, as where a script's variable is empty: it is refused, not passed over.
    wished = [name for name in WORKS if asked[name] is not None]
    if len(wished) > 1:
        raise BadValue(f"--{wished[0]} and --{wished[1]} are two wishes.", "Give one of them.")
    _check_belonging(asked)
    if not wished:
        return None
    match wished[0]:
        case "extend":
            if asked["head"] and asked["tail"]:
                raise BadValue("A take is extended at one end at a time.", "Give --head or --tail.")
            take, by = find_source(project, shot, asked["extend"]), _longer_by(asked["by"])
            return Extend(take, "head" if asked["head"] else "tail", by)
        case "bridge":
            return _bridge(project, shot, asked["bridge"])
        case "redo":
            return _redo(project, shot, asked["redo"])
        case "mask":
            named = _chosen(project, shot, kind) if asked["inpaint"] is None else asked["inpaint"]
            return Inpaint(find_source(project, shot, named, kind), mask="")
    strength = USUAL_STRENGTH if asked["strength"] is None else asked["strength"]
    return Restyle(find_source(project, shot, asked["restyle"], kind), strength)


def _check_belonging(asked: dict[str, Any]) -> None:
    """Options that say something of another one, without it."""
    belongs = {"head": "extend", "tail": "extend", "by": "extend", "inpaint": "mask", "strength": "restyle",
               "guide_strength": "guide"}  # fmt: skip
    for name, to in belongs.items():
        if asked[name] is not None and asked[name] is not False and asked[to] is None:
            raise BadValue(f"--{name.replace('_', '-')} says nothing without --{to}.", f"Give --{to} with it.")
    if asked["no_references"] and asked["reference_guidance"]:
        raise BadValue("--reference-guidance says nothing with --no-references.", "Leave one of them out.")


def _longer_by(by: int | None) -> int:
    if by is not None and by < 1:
        raise BadValue(f"A take cannot be extended by {by} frames.", "Give 1 frame or more.")
    return by or 0


def _bridge(project: OpenProject, shot: str, text: str) -> Bridge:
    names = [one.strip() for one in text.split(",")]
    if len(names) != 2 or not all(names):
        raise BadValue(f"{text[:60]!r} does not name two takes.", "Write them as 1_0010/2,1_0020/1.")
    before, after = (find_source(project, shot, name) for name in names)
    return Bridge(before, after)


def _redo(project: OpenProject, shot: str, text: str) -> Redo:
    found = FRAME_RANGE.fullmatch(text.strip())
    if found is None:
        raise BadValue(f"{text[:60]!r} is no range of a take.", "Write it as 2:12-23: frames 12 to 23 of take 2.")
    return Redo(find_source(project, shot, found["source"]), int(found["first"]), int(found["last"]))


def _chosen(project: OpenProject, shot: str, kind: str) -> str:
    card = project.ask(queries.shot_card, shot)
    found = card.chosen_panel if kind == "still" else card.chosen_take
    if found is None:
        what = "panel" if kind == "still" else "take"
        raise StudioError(f"{card.number} has no chosen {what} to redraw.", "Generate one, or name one with --inpaint.")
    return str(found)


def find_source(project: OpenProject, shot: str, text: str, kind: str = "clip") -> str:
    """The id of a take, or of a panel for a still: by id, by its number in the shot, or as SHOT/TAKE.

    For a clip another shot's number alone is its chosen take.
    """
    other, _, name = text.strip().rpartition("/")
    home = door.find_shot(project, other) if other else shot
    cards: tuple[Any, ...] = project.ask(queries.panel_cards if kind == "still" else queries.take_cards, home)
    for card in cards:
        names = {card.id, str(card.number), getattr(card, "name", "")}
        if name in names:
            return str(card.id)
    if not other and kind == "clip":
        if name in project.ask(queries.takes_by_id, [name]):
            return name
        if (chosen := _chosen_of(project, name)) is not None:
            return chosen
    number = project.ask(queries.shot_card, home).number
    what = "panel" if kind == "still" else "take"
    known = ", ".join(str(card.number) for card in cards) or "none"
    raise NotFound(f"{number} has no {what} {name[:60]!r}.", f"Its {what}s: {known}. Of another shot: 1_0020/1.")


def _chosen_of(project: OpenProject, text: str) -> str | None:
    """The chosen take of a shot named by its number or id, not by its place: a bare digit is a take."""
    if text.isdigit():
        return None
    try:
        card = project.ask(queries.shot_card, door.find_shot(project, text))
    except NotFound:
        return None
    return None if card.chosen_take is None else str(card.chosen_take)
