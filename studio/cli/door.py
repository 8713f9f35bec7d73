"""Opening a film for one command, and finding what its words mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from studio import app
from studio.cli.talk import say
from studio.errors import BadValue, NotFound
from studio.open_project import OpenProject
from studio.project import cut_queries, queries
from studio.project.changes import Changes
from studio.project.commands import arrivals
from studio.project.commands import film as film_commands
from studio.project.commands import panel as panel_commands
from studio.project.commands import reference as reference_commands
from studio.project.commands import scene as scene_commands
from studio.project.commands import shot as shot_commands
from studio.project.commands import sound as sound_commands
from studio.project.commands import subject as subject_commands
from studio.project.commands import trim as trim_commands
from studio.project.cut_cards import CutCard
from studio.project.media import Imported

PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp")

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

film_argument = click.argument("film", type=click.Path(path_type=Path))


def shot_option(required: bool = True) -> Decorator:
    return click.option("--shot", required=required, metavar="SHOT",
                        help="The shot's number as shown, its id, or its place on the board counted from 1.")


@contextmanager
def opened(film: Path, *, writable: bool = False) -> Iterator[OpenProject]:
    """The film's project, closed again whatever happens."""
    app.core()
    project = OpenProject.open(film, writable=writable)
    try:
        yield project
    finally:
        project.close()


def find_shot(project: OpenProject, text: str) -> str:
    shot: str = project.ask(queries.find_shot, text)
    return shot


def find_scene(project: OpenProject, text: str) -> str:
    """The id of the scene with this number or id, else at this place from 1."""
    scenes = project.ask(queries.scene_cards)
    for scene in scenes:
        if text in (scene.number, scene.id):
            return str(scene.id)
    if len(text) < 10 and text.isdecimal() and 1 <= int(text) <= len(scenes):
        return str(scenes[int(text) - 1].id)
    known = ", ".join(scene.number for scene in scenes) or "none yet"
    raise NotFound(f"The film has no scene {text!r}.", f"Its scenes are: {known}. Add one with shotwright add-scene.")


def find_cut(project: OpenProject, text: str) -> str:
    """The id of the cut with this name, number or id. Raises NotFound, and BadValue where it could be several."""
    cuts: tuple[CutCard, ...] = project.ask(cut_queries.cut_cards)
    wanted = text.strip().casefold()
    found = [cut.id for cut in cuts if wanted == cut.id.casefold()] or [
        cut.id for cut in cuts if wanted in (cut.name.casefold(), str(cut.number))]
    if len(found) > 1:
        raise BadValue(f"The film has {len(found)} cuts called {text.strip()[:60]!r}.",
                       f"Name one by its id: {', '.join(found)}.")
    if found:
        return found[0]
    known = ", ".join(f"{cut.number} ({cut.name})" for cut in reversed(cuts))
    raise NotFound(f"The film has no cut {text[:60]!r}.", f"Its cuts are: {known}.")


def output_size(text: str) -> tuple[int, int]:
    """`1920x1080` as (1920, 1080)."""
    parts = text.lower().replace("×", "x").split("x")
    if len(parts) != 2 or not all(part.strip().isdecimal() for part in parts):
        raise BadValue(f"{text[:40]!r} is no picture size.", "Write width x height, such as 1920x1080.")
    return int(parts[0]), int(parts[1])


def import_picture(project: OpenProject, file: Path) -> Imported:
    """The file in the film's media folder; what it was converted from is said. No row names it yet."""
    return _told(project.media.import_picture(file))


def stage_file(project: OpenProject, file: Path, purpose: str) -> Imported:
    """The file beside the film's media folder, for a wish that may be refused; what it was converted from is said.

    A guide is a clip, or a picture to guide a still.
    """
    if purpose == "guide" and not is_picture(file):
        # At the film's own rate, so that a frame of the guide is a frame of the shot.
        return _told(project.media.stage_clip(file, project.ask(queries.film_card).rate))
    return _told(project.media.stage_picture(file))


def _told(found: Imported) -> Imported:
    for note in found.notes:
        say(note)
    return found


def is_picture(file: Path) -> bool:
    return file.suffix.lower() in PICTURES


def add_subject(session: Any, name: str, kind: str, description: str, pictures: Sequence[Imported]) -> Changes:
    """The subject and its pictures, as one step that one undo takes back."""
    references = [reference_commands.record_imported(session, one, "identity").new("reference") for one in pictures]
    return subject_commands.add_subject(session, name, kind, description, references)


def add_shot(session: Any, scene: str | None, placed: list[tuple[str, str, str, str]], fields: Any) -> Changes:
    """The shot and who stands where in it, as one step that one undo takes back."""
    changes = shot_commands.add_shot(session, scene=scene, **fields)
    return changes | shot_commands.set_shot_subjects(session, changes.new("shot"), placed) if placed else changes


def trim(session: Any, event: str, head: int, tail: int) -> Changes:
    """One or both edges of an event, as one step."""
    changes = trim_commands.trim_head(session, event, head) if head else Changes()
    return changes | trim_commands.trim_tail(session, event, tail) if tail or not head else changes


def edit_subject(
    session: Any, subject: str, fields: Any, name: str | None, pictures: Sequence[Imported]
) -> Changes:
    """A subject's kind, description and name, and more pictures of it, as one step."""
    changes = subject_commands.edit_subject(session, subject, **fields) if fields else Changes()
    if name is not None:
        changes |= subject_commands.rename_subject(session, subject, name)
    return changes | arrivals.add_views(session, subject, pictures) if pictures else changes


def edit_view(session: Any, view: str, fields: Any, place: int | None) -> Changes:
    """What a picture of a subject shows and where it stands (from 0), as one step."""
    changes = subject_commands.edit_view(session, view, **fields) if fields else Changes()
    return changes if place is None else changes | subject_commands.move_view(session, view, place)


def edit_film(session: Any, fields: Any, notes: str | None) -> Changes:
    """What the film was made with and its notes, as one step."""
    changes = film_commands.set_film(session, **fields) if fields else Changes()
    return changes if notes is None else changes | film_commands.edit_film(session, style_notes=notes)


def edit_lane(session: Any, lane: str, fields: Any, place: int | None) -> Changes:
    """A lane's settings and where it stands (from 0), as one step."""
    changes = sound_commands.edit_lane(session, lane, **fields) if fields else Changes()
    return changes if place is None else changes | sound_commands.move_lane(session, lane, place)


def edit_sound(session: Any, clip: str, fields: Any, head: int, tail: int) -> Changes:
    """A sound's place, lane, gain and name, then its edges, as one step."""
    changes = sound_commands.edit_sound(session, clip, **fields) if fields else Changes()
    if head:
        changes |= sound_commands.trim_sound_head(session, clip, head)
    return changes | sound_commands.trim_sound_tail(session, clip, tail) if tail else changes


def edit_panel(session: Any, panel: str, fields: Any, place: int | None) -> Changes:
    """A panel's length and framing and where it stands (from 0), as one step."""
    changes = panel_commands.edit_panel(session, panel, **fields) if fields else Changes()
    return changes if place is None else changes | panel_commands.move_panel(session, panel, place)


def edit_shot(session: Any, shot: str, fields: Any, placed: list[tuple[str, str, str, str]]) -> Changes:
    """What a shot says and who is in it, as one step."""
    changes = shot_commands.edit_shot(session, shot, **fields) if fields else Changes()
    return changes | shot_commands.set_shot_subjects(session, shot, placed) if placed else changes


def edit_scene(session: Any, scene: str, fields: Any, place: int | None) -> Changes:
    """What a scene says and where it stands (from 0), as one step."""
    changes = scene_commands.edit_scene(session, scene, **fields) if fields else Changes()
    return changes if place is None else changes | scene_commands.move_scene(session, scene, place)
