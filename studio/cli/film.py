"""The commands that make a film and put scenes, shots and subjects on its board: new, edit-film, shots, add-…"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from studio import app
from studio.cli import door
from studio.cli.talk import as_json, counted, say, say_columns, say_json
from studio.errors import BadValue
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import ShotCard
from studio.project.commands import scene as scene_commands
from studio.project.commands import subject as subject_commands
from studio.project.store import FilmSettings
from studio.project.timing import FrameRate

KINDS = ("character", "prop", "location", "look")
SMALL_WORDS = frozenset(("a", "an", "and", "at", "by", "in", "of", "on", "the", "to"))


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", default="", help="The film's name; without one, the folder's.")
@click.option("--rate", default="24", show_default=True, help="Frames a second: 23.976, 24, 25, 29.97, 30, 48 ...")
@click.option("--aspect", default="16:9", show_default=True, help="Shape of the delivered picture.")
@click.option("--size", default="1920x1080", show_default=True, help="Output size in pixels.")
@click.option("--start", default="01:00:00:00", show_default=True, help="Timecode of the first frame.")
@click.option("--numbering", default="tens", show_default=True, help="tens, plain, letters or show.")
def new(folder: Path, title: str, rate: str, aspect: str, size: str, start: str, numbering: str) -> None:
    """Make an empty film in the folder DIR."""
    width, height = door.output_size(size)
    settings = FilmSettings(
        title=title or title_from(folder), rate=FrameRate.parse(rate), aspect=aspect, width=width, height=height,
        start_timecode=start, numbering=numbering,
    )
    app.core()
    OpenProject.create(folder, settings).close()
    say(f"Made the film {settings.title} in {folder}.")


@click.command()
@door.film_argument
@as_json
def film_settings(film: Path, as_json: bool) -> None:
    """Tell what the film is: rate, shape, size, length."""
    with door.opened(film) as project:
        card = project.ask(queries.film_card)
    if as_json:
        say_json({
            "id": card.id, "title": card.title, "rate": str(card.rate), "aspect": card.aspect, "width": card.width,
            "height": card.height, "start": card.start_timecode, "numbering": card.numbering, "scenes": card.scenes,
            "shots": card.shots, "frames": card.frames, "cut": card.current_cut, "cut_name": card.cut_name,
            "notes": card.style_notes,
        })  # fmt: skip
        return
    say(f"{card.title}: {counted(card.scenes, 'scene')}, {counted(card.shots, 'shot')}")
    say(f"{card.cut_name}: {counted(card.frames, 'frame')} at {card.rate.shown} from {card.start_timecode}")
    say(f"{card.aspect}, {card.width}x{card.height}, numbered in {card.numbering}")
    if card.style_notes:
        say(f"Notes: {card.style_notes}")


@click.command()
@door.film_argument
@click.option("--title", help="The film's name.")
@click.option("--rate", help="Frames a second. Lengths stay as many frames; older takes become out of date.")
@click.option("--aspect", help="Shape of the delivered picture.")
@click.option("--size", help="Output size in pixels, such as 1920x1080.")
@click.option("--start", "start_timecode", help="Timecode of the first frame.")
@click.option("--numbering", help="How numbers are shown: tens, plain, letters or show.")
@click.option("--notes", help="The film notes every prompt writer reads: look, light, what never changes.")
def edit_film(film: Path, size: str | None, notes: str | None, **fields: Any) -> None:
    """Change what the film was made with, and its notes. What is not named stays."""
    given = {name: value for name, value in fields.items() if value is not None}
    if size is not None:
        given["width"], given["height"] = door.output_size(size)
    if not given and notes is None:
        raise BadValue("Nothing about the film is changed.", "Name a field, such as --title or --size.")
    with door.opened(film, writable=True) as project:
        changes = project.run(door.edit_film, given, notes)
        card = project.ask(queries.film_card)
    say(f"{card.title}: {card.aspect}, {card.width}x{card.height} at {card.rate.shown}.")
    if changes.note:
        say(changes.note)


def title_from(folder: Path) -> str:
    """`the-last-ferry` as `The Last Ferry`."""
    words = folder.absolute().name.replace("-", " ").replace("_", " ").split()
    shown = [word if n and word in SMALL_WORDS else word[:1].upper() + word[1:] for n, word in enumerate(words)]
    return " ".join(shown) or "Untitled"


@click.command()
@door.film_argument
@as_json
def shots(film: Path, as_json: bool) -> None:
    """List the board: number, scene, length, state, chosen take and prompt of every shot."""
    with door.opened(film) as project:
        cards = project.ask(queries.shot_cards)
        names = project.ask(queries.take_names)
    if as_json:
        say_json([shot_facts(place, card) for place, card in enumerate(cards, 1)])
        return
    rows = [(place, card.number, card.scene_number, card.frames, card.state.replace("_", " "),
             names.get(card.chosen_take or "", ""), card.prompt or card.action) for place, card in enumerate(cards, 1)]
    say_columns(("place", "number", "scene", "frames", "state", "take", "prompt"), rows)


def shot_facts(place: int, card: ShotCard) -> dict[str, Any]:
    """A shot as JSON shows it; `place` is 1 for the first on the board."""
    return {
        "id": card.id, "number": card.number, "place": place, "scene": card.scene_number, "scene_id": card.scene,
        "prompt": card.prompt, "frames": card.frames, "state": card.state.value, "cause": card.cause,
        "chosen_take": card.chosen_take, "chosen_panel": card.chosen_panel, "takes": card.takes,
        "panels": card.panels, "size": card.size, "angle": card.angle, "move": card.move, "action": card.action,
        "dialogue": card.dialogue, "subjects": list(card.subjects), "approved": card.approved,
    }


@click.command()
@door.film_argument
@click.option("--heading", required=True, help="The scene's heading, such as 'EXT. PIER - NIGHT'.")
@click.option("--location", default="", help="pier, street, kitchen, forest, station ...")
@click.option("--time", default="", help="day, dawn, dusk, night ...")
@click.option("--weather", default="", help="clear, rain, snow, fog ...")
@click.option("--story-day", default=1, show_default=True, help="Which day of the story it is: wardrobe goes by it.")
def add_scene(film: Path, heading: str, location: str, time: str, weather: str, story_day: int) -> None:
    """Add a scene at the end of the film."""
    with door.opened(film, writable=True) as project:
        changes = project.run(
            scene_commands.add_scene, heading, location=location, time=time, weather=weather, story_day=story_day
        )
        made = changes.new("scene")
        number = next(one.number for one in project.ask(queries.scene_cards) if one.id == made)
    say(f"Added scene {number} ({made}).")


@click.command()
@door.film_argument
@click.option("--prompt", default="", help="What the shot shows, in your own words; @names stand for subjects.")
@click.option("--scene", default=None, metavar="S", help="Its scene's number, id or place; without one, the last.")
@click.option("--frames", default=48, show_default=True, help="Length in film frames.")
@click.option("--size", default="", help="extreme wide shot, wide shot, medium shot, close-up ...")
@click.option("--angle", default="", help="eye level, high angle, low angle, over-the-shoulder ...")
@click.option("--move", default="", help="static, pan left, tilt up, push in, pull out, truck right ...")
@click.option("--action", default="", help="What happens: @mara sits, waves, opens a door, drives ...")
@click.option("--dialogue", default="", help="What is said.")
@click.option("--subject", "subjects", multiple=True, metavar="@NAME[:SIDE[:FACING[:ACTION]]]",
              help="Who is in the shot, and if you like where, facing where, doing what; may be repeated.")
@click.option("--after", metavar="SHOT", help="Put it after this shot.")
@click.option("--before", metavar="SHOT", help="Put it before this shot.")
def add_shot(
    film: Path, scene: str | None, subjects: tuple[str, ...], after: str | None, before: str | None, **fields: Any
) -> None:
    """Add a shot at the end of a scene, or beside another."""
    placed = [placing(text) for text in subjects]
    with door.opened(film, writable=True) as project:
        where = door.find_scene(project, scene) if scene is not None else None
        beside = {"after": after, "before": before}
        fields |= {side: door.find_shot(project, shot) for side, shot in beside.items() if shot is not None}
        changes = project.run(door.add_shot, where, placed, fields)
        card = project.ask(queries.shot_card, changes.new("shot"))
    say(f"Added shot {card.number} ({card.id}), {counted(card.frames, 'frame')}.")


def placing(text: str) -> tuple[str, str, str, str]:
    """`@mara:left:right:running` as (name, side, facing, action); what is left out is empty."""
    name, *rest = (part.strip() for part in text.split(":"))
    if len(rest) > 3 or not name:
        raise BadValue(f"{text[:60]!r} does not say who stands where.", "Write @name:side:facing:action.")
    side, facing, action = (*rest, "", "", "")[:3]
    return name, side, facing, action


@click.command()
@door.film_argument
@click.argument("name", metavar="@NAME")
@click.option("--kind", required=True, help="character, prop, location or look.")
@click.option("--description", default="", help="What it looks like, in words.")
@click.option("--image", "images", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
              help="A reference picture; may be repeated.")
def add_subject(film: Path, name: str, kind: str, description: str, images: tuple[Path, ...]) -> None:
    """Add a character, prop, location or look to the gallery."""
    if kind not in KINDS:
        raise BadValue(f"A subject cannot be a {kind[:40]!r}.", f"It is one of {', '.join(KINDS)}.")
    with door.opened(film, writable=True) as project:
        project.ask(subject_commands.free_name, name)
        pictures = [door.import_picture(project, image) for image in images]
        changes = project.run(door.add_subject, name, kind, description, pictures)
        made = changes.new("subject")
    views = sum(kind == "subject_view" for kind, _ in changes.created)
    say(f"Added {name} ({made}) with {counted(views, 'picture')}.")
    if changes.note:
        say(changes.note)
