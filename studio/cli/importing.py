"""Files on their way into the film: import, import-take, and how every other command brings files in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import click

from studio.cli import door
from studio.cli.progress import Show, show
from studio.cli.talk import counted, say
from studio.errors import BadValue
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.changes import Changes
from studio.project.commands import arrivals, take
from studio.project.incoming import IncomingFile, incoming
from studio.project.media import Imported
from studio.project.media_reader import Reader

files_argument = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
PARTS = 100


@click.command("import")
@door.film_argument
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE|FOLDER...")
@click.option("--scene", metavar="S", help="The scene's number, id or place; without one, the last.")
def import_(film: Path, files: tuple[Path, ...], scene: str | None) -> None:
    """Make one shot of each picture or movie, and of each one in a folder."""
    found = incoming(files)
    usable = [one for one in found.files if one.kind != "sound"]
    left_out = [f"{words}." for words in found.others]
    left_out += [f"{one.path.name} is a sound; bring it in with shotwright add-sound."
                 for one in found.files if one.kind == "sound"]
    heading = next((path.absolute().name for path in files if path.is_dir()), "")
    with door.opened(film, writable=True) as project:
        home = door.find_scene(project, scene) if scene is not None else None
        made = bring(project, usable, lambda read: project.run(arrivals.add_shots_of, read, home, heading), left_out)
    say(f"Added {counted(sum(kind == 'shot' for kind, _ in made.created), 'shot')}.")
    for words in left_out:
        say(f"Left out: {words}")


@click.command()
@door.film_argument
@click.argument("file", type=click.Path(path_type=Path))
@door.shot_option()
def import_take(film: Path, file: Path, shot: str) -> None:
    """Bring a movie in as a take of a shot, at the film's rate and size."""
    with door.opened(film, writable=True) as project:
        wanted = door.find_shot(project, shot)
        made = bring(project, named_as("clip", [file]), lambda found: project.run(take.import_take, wanted, found[0]))
        card = project.ask(queries.take_card, made.new("take"))
    say(f"Brought in take {card.name} ({card.id}), {counted(card.frames, 'frame')}.")
    if made.note:
        say(made.note)


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


def named_as(kind: str, files: Sequence[Path]) -> list[IncomingFile]:
    """Named to be of this kind; whether they are is seen when they are read."""
    return [IncomingFile(file, kind) for file in files]


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
            staged = _stage(project, file, readers[file.kind])
        except BadValue as error:
            if left_out is None:
                raise
            left_out.append(error.sentence)
            progress.end(key, "left out")
        else:
            progress.end(key, "read")
            yield staged


def _tell(progress: Show, key: str, part: float) -> None:
    progress.update(key, int(part * PARTS), PARTS, f"{part:.0%}")


def _stage(project: OpenProject, file: IncomingFile, reader: Reader) -> Imported:
    film, media = project.ask(queries.film_card), project.media
    if file.kind == "clip":
        return media.stage_clip(file.path, film.rate, (film.width, film.height), reader)
    return (media.stage_sound if file.kind == "sound" else media.stage_picture)(file.path, reader)
