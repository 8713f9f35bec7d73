"""The commands that bring material in and say what is there beside shots and takes: panels, sounds, markers, notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import click

from studio.cli import door
from studio.cli.progress import Show, show
from studio.cli.talk import as_json, counted, inside, say, say_columns, say_json
from studio.errors import BadValue, NotFound
from studio.open_project import OpenProject
from studio.project import note_queries, queries, sound_queries
from studio.project.changes import Changes
from studio.project.commands import arrivals, marker, note, panel, sound, take
from studio.project.incoming import IncomingFile, incoming
from studio.project.media import Imported
from studio.project.media_reader import Reader

files_argument = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE ...")
cut_option = click.option("--cut", metavar="CUT", help="A saved cut by its name, number or id; else the current one.")
PARTS = 100


@click.command()
@door.film_argument
@files_argument
@door.shot_option()
@click.option("--at", type=int, metavar="N", help="The place of the first one among the panels, from 1; else the end.")
def add_panel(film: Path, files: tuple[Path, ...], shot: str, at: int | None) -> None:
    """Add pictures to a shot as its panels; several share its length."""
    with door.opened(film, writable=True) as project:
        wanted = door.find_shot(project, shot)
        place = None if at is None else _place(project, wanted, at)
        bring(project, _as("picture", files), lambda found: project.run(panel.add_panels, wanted, found, at=place))
        card = project.ask(queries.shot_card, wanted)
    say(f"Added {counted(len(files), 'panel')} to shot {card.number}, which has {card.panels} now.")


@click.command()
@door.film_argument
@click.argument("file", type=click.Path(path_type=Path))
@door.shot_option()
def import_take(film: Path, file: Path, shot: str) -> None:
    """Bring a movie in as a take of a shot, at the film's rate and size."""
    with door.opened(film, writable=True) as project:
        wanted = door.find_shot(project, shot)
        made = bring(project, _as("clip", [file]), lambda found: project.run(take.import_take, wanted, found[0]))
        card = project.ask(queries.take_card, made.new("take"))
    say(f"Brought in take {card.name} ({card.id}), {counted(card.frames, 'frame')}.")
    if made.note:
        say(made.note)


@click.command()
@door.film_argument
@files_argument
@click.option("--scene", metavar="S", help="The scene's number, id or place; without one, the last.")
def add_shots(film: Path, files: tuple[Path, ...], scene: str | None) -> None:
    """Make one shot of each picture or movie, or of each one in a folder."""
    found = incoming(files)
    usable = [one for one in found.files if one.kind != "sound"]
    left_out = [f"{words}." for words in found.others]
    left_out += [f"{one.path.name} is a sound." for one in found.files if one.kind == "sound"]
    heading = next((path.absolute().name for path in files if path.is_dir()), "")
    with door.opened(film, writable=True) as project:
        home = door.find_scene(project, scene) if scene is not None else None
        made = bring(project, usable, lambda read: project.run(arrivals.add_shots_of, read, home, heading), left_out)
    say(f"Added {counted(sum(kind == 'shot' for kind, _ in made.created), 'shot')}.")
    for words in left_out:
        say(f"Left out: {words}")


@click.command()
@door.film_argument
@files_argument
@click.option("--lane", default="", metavar="LANE", help="The lane's name or id; without one, the first.")
@click.option("--at", default=0, show_default=True, metavar="FRAME", help="Film frame the first one starts at.")
def add_sound(film: Path, files: tuple[Path, ...], lane: str, at: int) -> None:
    """Lay sounds on a lane of the current cut, one after the other."""
    with door.opened(film, writable=True) as project:
        home = _find_lane(project, lane)
        made = bring(project, _as("sound", files), lambda found: project.run(sound.add_sounds, home, found, at))
        laid = {one for kind, one in made.created if kind == "sound_clip"}
        last = max(one.film_frame + one.frames for one in project.ask(sound_queries.sound_cards) if one.id in laid)
    say(f"Laid {counted(len(files), 'sound')}, to film frame {last}.")


@click.command()
@door.film_argument
@cut_option
@as_json
def sounds(film: Path, cut: str | None, as_json: bool) -> None:
    """List the sound clips of the cut: lane, where each starts, how long it lasts."""
    with door.opened(film) as project:
        wanted = door.find_cut(project, cut) if cut else None
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
    rows = [(lanes[one.lane].name, one.film_frame, one.frames, f"{one.gain:g} dB", one.name, one.id) for one in cards]
    say_columns(("lane", "frame", "frames", "gain", "name", "id"), rows)


@click.command()
@door.film_argument
@click.argument("frame", type=int)
@click.argument("name", default="")
def add_marker(film: Path, frame: int, name: str) -> None:
    """Mark a film frame of the current cut."""
    with door.opened(film, writable=True) as project:
        made = project.run(marker.add_marker, frame, name).new("marker")
    say(f"Marked film frame {frame} ({made}).")


@click.command()
@door.film_argument
@cut_option
@as_json
def markers(film: Path, cut: str | None, as_json: bool) -> None:
    """List the markers of the cut."""
    with door.opened(film) as project:
        cards = project.ask(sound_queries.marker_cards, door.find_cut(project, cut) if cut else None)
    if as_json:
        say_json([{"id": one.id, "film_frame": one.film_frame, "name": one.name} for one in cards])
        return
    say_columns(("frame", "name", "id"), [(one.film_frame, one.name, one.id) for one in cards])


@click.command()
@door.film_argument
@click.argument("text")
@door.shot_option()
@click.option("--author", default="", help="Who says it.")
def add_note(film: Path, text: str, shot: str, author: str) -> None:
    """Write a note on a shot."""
    with door.opened(film, writable=True) as project:
        wanted = door.find_shot(project, shot)
        made = project.run(note.add_note, wanted, text, author=author).new("note")
    say(f"Noted ({made}).")


@click.command()
@door.film_argument
@door.shot_option()
@as_json
def notes(film: Path, shot: str, as_json: bool) -> None:
    """List the notes on a shot and on the frames of its takes, oldest first."""
    with door.opened(film) as project:
        cards = project.ask(note_queries.note_cards, door.find_shot(project, shot))
    if as_json:
        say_json([
            {"id": one.id, "take": one.take, "take_frame": one.take_frame, "author": one.author, "text": one.text,
             "status": one.status, "answer": one.answer, "drawn_lines": len(one.strokes)}
            for one in cards
        ])  # fmt: skip
        return
    rows = [(one.status, one.take_name, "" if one.take_frame is None else one.take_frame, one.author, one.text)
            for one in cards]  # fmt: skip
    say_columns(("status", "take", "frame", "author", "note"), rows)


# --- files on their way in -----------------------------------------------------------------------------------------


def bring(
    project: OpenProject,
    files: Sequence[IncomingFile],
    write: Callable[[list[Imported]], Changes],
    left_out: list[str] | None = None,
) -> Changes:
    """Read the files, with progress, then write what is made of them: all or nothing.

    `left_out` takes the sentences about files that cannot be read; without it the first one is raised.
    """
    try:
        with show() as progress, ExitStack() as around:
            staged = list(_staged(project, files, progress, around, left_out))
        if not staged:
            raise BadValue(left_out[0] if left_out else "There is nothing to bring in.", "Name other files.")
        with project.media.keeping(staged):
            return write(staged)
    finally:
        project.media.drop_staged()


def _staged(
    project: OpenProject, files: Sequence[IncomingFile], progress: Show, around: ExitStack, left_out: list[str] | None
) -> Iterator[Imported]:
    readers: dict[str, Reader] = {}
    for file in files:
        key = str(file.path)
        progress.start(key, file.path.name)
        if file.kind not in readers:
            readers[file.kind] = around.enter_context(Reader(file.kind))
        readers[file.kind].watch.on_part = partial(_tell, progress, key)
        try:
            yield _stage(project, file, readers[file.kind])
        except BadValue as error:
            if left_out is None:
                raise
            left_out.append(error.sentence)
        progress.end(key, "read")


def _tell(progress: Show, key: str, part: float) -> None:
    progress.update(key, int(part * PARTS), PARTS, f"{part:.0%}")


def _stage(project: OpenProject, file: IncomingFile, reader: Reader) -> Imported:
    film, media = project.ask(queries.film_card), project.media
    if file.kind == "clip":
        return media.stage_clip(file.path, film.rate, (film.width, film.height), reader)
    return (media.stage_sound if file.kind == "sound" else media.stage_picture)(file.path, reader)


def _as(kind: str, files: Sequence[Path]) -> list[IncomingFile]:
    """Named to be of this kind; whether they are is seen when they are read."""
    return [IncomingFile(file, kind) for file in files]


def _place(project: OpenProject, shot: str, at: int) -> int:
    """A place among the panels, counted from 0, of one counted from 1."""
    card = project.ask(queries.shot_card, shot)
    if not 1 <= at <= card.panels + 1:
        raise BadValue(f"Shot {card.number} has {counted(card.panels, 'panel')}, so there is no place {at} among them.",
                       f"Give 1 to {card.panels + 1}.")
    return at - 1


def _find_lane(project: OpenProject, text: str) -> str:
    lanes = project.ask(sound_queries.lane_cards)
    wanted = text.strip().casefold()
    for lane in lanes:
        if not wanted or wanted in (lane.name.casefold(), lane.id.casefold()):
            return str(lane.id)
    known = ", ".join(lane.name for lane in lanes) or "none"
    raise NotFound(f"The cut has no lane {text[:60]!r}.", f"Its lanes are: {known}.")
