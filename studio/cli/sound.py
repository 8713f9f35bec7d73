"""The commands about the sound of the cut: lanes, lane, add-lane, remove-lane, sounds, add-sound, edit-sound, …"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from studio.cli import door, named
from studio.cli.importing import bring, files_argument, named_as
from studio.cli.talk import as_json, counted, inside, say, say_columns, say_json
from studio.errors import BadValue
from studio.project import sound_queries
from studio.project.commands import sound as sound_commands

cut_option = click.option("--cut", metavar="CUT", help="A saved cut by its name, number or id; else the current one.")
at_help = "A film frame from 0, or a timecode such as 01:00:02:12."

LANE = "LANE is the lane's name (dialogue, effects, music or another) or its id."
SOUND = "SOUND is the sound's id, or its name where no other has that."


# --- lanes ---------------------------------------------------------------------------------------------------------


@click.command()
@door.film_argument
@cut_option
@as_json
def lanes(film: Path, cut: str | None, as_json: bool) -> None:
    """List the lanes of sound, topmost first, and how each is heard."""
    with door.opened(film) as project:
        wanted = door.find_cut(project, cut) if cut is not None else None
        cards = project.ask(sound_queries.lane_cards, wanted)
        homes = [one.lane for one in project.ask(sound_queries.sound_cards, wanted)]
    if as_json:
        say_json([
            {"id": one.id, "name": one.name, "follows": one.follows, "gain": one.gain, "mute": one.mute,
             "solo": one.solo, "audible": one.audible, "sounds": homes.count(one.id)}
            for one in cards
        ])  # fmt: skip
        return
    rows = [(one.name, homes.count(one.id), f"{one.gain:g} dB", "follows the picture" if one.follows else "locked",
             "mute" if one.mute else "solo" if one.solo else "" if one.audible else "silent beside a solo", one.id)
            for one in cards]
    say_columns(("lane", "sounds", "gain", "moves", "heard", "id"), rows)


@click.command(epilog=LANE)
@door.film_argument
@click.argument("lane", metavar="LANE")
@click.option("--gain", type=float, metavar="DB", help="How loud, in decibels: -96 to 24.")
@click.option("--mute/--unmute", default=None, help="Silence it, or let it be heard.")
@click.option("--solo/--unsolo", default=None, help="Silence the others, or let them be heard.")
@click.option("--follow/--lock", "follows", default=None, help="Its sounds move with the picture, or stay.")
@click.option("--name", help="Another name.")
@click.option("--place", type=int, help="Its place among the lanes, from 1 at the top.")
def lane(film: Path, lane: str, place: int | None, **fields: Any) -> None:
    """Change a lane of the current cut."""
    given = {name: value for name, value in fields.items() if value is not None}
    if not given and place is None:
        raise BadValue("Nothing about the lane is changed.", "Give --gain, --mute, --solo, --lock, --name or --place.")
    with door.opened(film, writable=True) as project:
        found = named.find_lane(project, lane)
        to = None if place is None else named.place(
            place, len(project.ask(sound_queries.lane_cards)), "among the lanes")
        project.run(door.edit_lane, found.id, given, to)
        now = next(one for one in project.ask(sound_queries.lane_cards) if one.id == found.id)
    heard = "is heard" if now.audible else "is not heard"
    say(f"{now.name} {heard}, at {now.gain:g} dB; its sounds {'follow the picture' if now.follows else 'are locked'}.")


@click.command()
@door.film_argument
@click.argument("name")
@click.option("--lock", is_flag=True, help="Its sounds stay at their time; else they move with the picture.")
def add_lane(film: Path, name: str, lock: bool) -> None:
    """Add a lane below the others of the current cut."""
    with door.opened(film, writable=True) as project:
        made = project.run(sound_commands.add_lane, name, not lock).new("lane")
    say(f"Added the lane {name.strip()} ({made}).")


@click.command(epilog=LANE)
@door.film_argument
@click.argument("lane", metavar="LANE")
def remove_lane(film: Path, lane: str) -> None:
    """Remove a lane with its sounds. Their files stay in the film."""
    with door.opened(film, writable=True) as project:
        found = named.find_lane(project, lane)
        project.run(sound_commands.remove_lane, found.id)
    say(f"Removed the lane {found.name}.")


# --- sounds --------------------------------------------------------------------------------------------------------


@click.command()
@door.film_argument
@cut_option
@as_json
def sounds(film: Path, cut: str | None, as_json: bool) -> None:
    """List the sounds of the cut: lane, where each starts, how long it lasts."""
    with door.opened(film) as project:
        wanted = door.find_cut(project, cut) if cut is not None else None
        lanes = {one.id: one for one in project.ask(sound_queries.lane_cards, wanted)}
        cards = project.ask(sound_queries.sound_cards, wanted)
    if as_json:
        say_json([
            {"id": one.id, "lane": lanes[one.lane].name, "name": one.name, "film_frame": one.film_frame,
             "frames": one.frames, "gain": one.gain, "event": one.event, "audible": lanes[one.lane].audible,
             "source_start": one.source_start, "source_length": one.source_length, "file": inside(one.media, film)}
            for one in cards
        ])  # fmt: skip
        return
    if not cards:
        say("The cut has no sound.")
        return
    rows = [(lanes[one.lane].name, one.film_frame, one.frames, f"{one.gain:g} dB", one.name, one.id) for one in cards]
    say_columns(("lane", "frame", "frames", "gain", "name", "id"), rows)


@click.command(epilog=LANE)
@door.film_argument
@files_argument
@click.option("--lane", metavar="LANE", help="Where they go; without one, the topmost lane.")
@click.option("--at", default="0", show_default=True, metavar="FRAME|TIMECODE", help=f"Where they start. {at_help}")
def add_sound(film: Path, files: tuple[Path, ...], lane: str | None, at: str) -> None:
    """Lay sounds on a lane of the current cut, one after the other."""
    with door.opened(film, writable=True) as project:
        home = named.find_lane(project, lane) if lane is not None else named.first_lane(project)
        frame = named.film_frame(project, at)
        made = bring(project, named_as("sound", files),
                     lambda found: project.run(sound_commands.add_sounds, home.id, found, frame))
        laid = {one for kind, one in made.created if kind == "sound_clip"}
        last = max(one.film_frame + one.frames for one in project.ask(sound_queries.sound_cards) if one.id in laid)
    say(f"Laid {counted(len(files), 'sound')} on {home.name}, to film frame {last}.")


@click.command(epilog=SOUND)
@door.film_argument
@click.argument("sound", metavar="SOUND")
@click.option("--at", metavar="FRAME|TIMECODE", help=f"Where it starts. {at_help}")
@click.option("--lane", metavar="LANE", help="Another lane, by its name or id.")
@click.option("--gain", type=float, metavar="DB", help="How loud, in decibels: -96 to 24.")
@click.option("--name", help="Another name.")
@click.option("--head", type=int, default=0, metavar="±N", help="Its beginning, by film frames later or earlier.")
@click.option("--tail", type=int, default=0, metavar="±N", help="Its end, later or earlier.")
def edit_sound(
    film: Path, sound: str, at: str | None, lane: str | None, gain: float | None, name: str | None, head: int, tail: int
) -> None:
    """Move, trim, rename a sound, or make it louder or softer."""
    given: dict[str, Any] = {key: value for key, value in (("gain", gain), ("name", name)) if value is not None}
    with door.opened(film, writable=True) as project:
        found = named.find_sound(project, sound)
        if at is not None:
            given["film_frame"] = named.film_frame(project, at)
        if lane is not None:
            given["lane"] = named.find_lane(project, lane).id
        if not given and not head and not tail:
            raise BadValue("Nothing about the sound is changed.",
                           "Give --at, --lane, --gain, --name, --head or --tail.")
        project.run(door.edit_sound, found.id, given, head, tail)
        now = named.find_sound(project, found.id)
        start = named.film_timecode(project).at(now.film_frame)
    say(f"{now.name or now.id} starts at frame {now.film_frame} ({start}) and lasts {counted(now.frames, 'frame')}, "
        f"at {now.gain:g} dB.")


@click.command(epilog=SOUND)
@door.film_argument
@click.argument("sound", metavar="SOUND")
@click.option("--at", required=True, metavar="FRAME|TIMECODE", help=f"Where the second one starts. {at_help}")
def split_sound(film: Path, sound: str, at: str) -> None:
    """Make two sounds of one; together they are heard as before."""
    with door.opened(film, writable=True) as project:
        found = named.find_sound(project, sound)
        made = project.run(sound_commands.split_sound, found.id, named.film_frame(project, at)).new("sound_clip")
    say(f"Split {found.name or found.id}; the rest is {made}.")


@click.command(epilog=SOUND)
@door.film_argument
@click.argument("sounds", metavar="SOUND...", nargs=-1, required=True)
def remove_sound(film: Path, sounds: tuple[str, ...]) -> None:
    """Take sounds off their lanes. Their files stay in the film."""
    with door.opened(film, writable=True) as project:
        found = list(dict.fromkeys(named.find_sound(project, sound).id for sound in sounds))
        project.run(sound_commands.remove_sounds, found)
    say(f"Took {counted(len(found), 'sound')} off.")
