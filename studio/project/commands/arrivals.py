"""Files that arrive together: one step for all of them, whatever they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.errors import BadValue
from studio.project import naming
from studio.project.changes import Changes
from studio.project.commands import values
from studio.project.commands.event import place_after_scene
from studio.project.commands.panel import add_panels, new_panel, open_shot
from studio.project.commands.reference import give_reference, record_all
from studio.project.commands.rows import RANK_STEP, current_cut, film_rate, need, ranks_for
from studio.project.commands.scene import add_scene
from studio.project.commands.sound import open_lane
from studio.project.commands.subject import add_pictures, add_subject
from studio.project.commands.take import import_take
from studio.project.entities import Event, Panel, Reference, Scene, Shot, Subject
from studio.project.media import Imported

SECONDS = 2
"""How long a shot is planned for that shows one picture."""
MOST_SHOTS = 5_000


def refuse_early(
    session: Session, *, shot: str | None = None, panel: str | None = None, lane: str | None = None,
    subject: str | None = None,
) -> None:  # fmt: skip
    """Raises what bringing files to these would raise, before the files are read."""
    if panel is not None:
        shot = need(session, Panel, panel).shot_id
    if shot is not None:
        open_shot(session, shot)
    if lane is not None:
        open_lane(session, lane)
    if subject is not None:
        need(session, Subject, subject)


def add_to_shot(session: Session, shot: str, files: Sequence[Imported]) -> Changes:
    """Pictures become panels of the shot, in order; movies become takes. Refused for an approved shot."""
    pictures = [one for one in files if one.kind == "picture"]
    changes = add_panels(session, shot, pictures) if pictures else Changes()
    for one in files:
        if one.kind != "picture":
            changes |= import_take(session, shot, one)
    return changes


def add_shots_of(session: Session, files: Sequence[Imported], scene: str | None = None, heading: str = "") -> Changes:
    """One shot for each file, in order, at the end of a scene (by default the last): a picture becomes its panel, a
    movie its take, and its length the shot's.

    In a film without scenes they make the first one, under `heading`.
    """
    if not 1 <= len(files) <= MOST_SHOTS:
        raise BadValue(f"{len(files):,} files cannot become shots at once.", f"Bring 1 to {MOST_SHOTS:,}.")
    home, changes = _scene(session, scene, heading)
    shots = _shots(session, home, files)
    events, panels = _events(session, home, shots), _panels(session, shots, files)
    made = [("shot", one.id) for one in shots] + [("event", one.id) for one in events]
    changes |= Changes.of(scene=[home.id], created=[*made, *(("panel", one.id) for one in panels)])
    for shot, one in zip(shots, files, strict=True):
        if one.kind != "picture":
            changes |= import_take(session, shot.id, one)
    return changes


def add_subject_of(
    session: Session, files: Sequence[Imported], name: str, kind: str, description: str = ""
) -> Changes:
    """A subject comes into the film together with its pictures, in one step."""
    made = add_subject(session, name, kind, description)
    session.flush()
    return made | add_views(session, made.new("subject"), files)


def add_views(
    session: Session, subject: str, files: Sequence[Imported], view: str = "", wardrobe: str | None = None
) -> Changes:
    """Pictures become references and views of a subject, in order, of all its changes or of one.

    Those it has already are not added twice and counted in the note.
    """
    row = need(session, Subject, subject)
    given, known = record_all(session, files, "identity")
    session.flush()
    return given | add_pictures(session, row, [need(session, Reference, one) for one in known], view, wardrobe)


def give_pictures(
    session: Session, shot: str, files: Sequence[Imported], purpose: str, strength: int = 100
) -> Changes:
    """Pictures become references of the shot's own, in order, for one purpose; see `give_reference`."""
    recorded, known = record_all(session, files, purpose)
    session.flush()
    changes = recorded
    for one in dict.fromkeys(known):
        changes |= give_reference(session, shot, one, purpose, strength)
    return changes


def _scene(session: Session, scene: str | None, heading: str) -> tuple[Scene, Changes]:
    if scene is not None:
        return need(session, Scene, scene), Changes()
    last = session.scalars(select(Scene).order_by(Scene.rank.desc(), Scene.id.desc()).limit(1)).first()
    if last is not None:
        return last, Changes()
    made = add_scene(session, heading[: values.LINE].strip() or "Scene 1")
    return need(session, Scene, made.new("scene")), made


def _shots(session: Session, home: Scene, files: Sequence[Imported]) -> list[Shot]:
    still = SECONDS * film_rate(session).nominal
    used = [(row.number, row.suffix) for row in session.execute(
        select(Shot.number, Shot.suffix).where(Shot.scene_id == home.id))]
    highest, shots = max(used, default=(0, "")), []
    for one in files:
        highest = naming.next_number([highest])
        name = PurePath(one.original_name).name[: values.LINE]
        shots.append(Shot(scene_id=home.id, number=highest[0], frames=one.frames or still, notes=name))
    session.add_all(shots)
    return shots


def _panels(session: Session, shots: Sequence[Shot], files: Sequence[Imported]) -> list[Panel]:
    """The only panel of each shot that is made of a picture, chosen."""
    panels = []
    for shot, one in zip(shots, files, strict=True):
        if one.kind == "picture":
            panels.append(new_panel(shot, one, "imported", 1, RANK_STEP))
            shot.chosen_panel_id = panels[-1].id
    session.add_all(panels)
    return panels


def _events(session: Session, home: Scene, shots: Sequence[Shot]) -> list[Event]:
    cut = current_cut(session)
    place = place_after_scene(session, cut.id, shots[0], None)
    ranks = ranks_for(session, Event, place, Event.cut_id == cut.id, count=len(shots))
    events = [Event(cut_id=cut.id, shot_id=shot.id, rank=rank, frames=shot.frames)
              for shot, rank in zip(shots, ranks, strict=True)]
    session.add_all(events)
    return events
