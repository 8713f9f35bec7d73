"""Edits of shots: added, changed, duplicated, omitted, approved, chosen for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from model_runtime.mentions import name_key
from studio.errors import BadValue, NotFound, Refused
from studio.project import trimming
from studio.project.changes import Changes
from studio.project.commands import following, values
from studio.project.commands.event import (
    approved_note,
    event_alone,
    place_after_scene,
    place_before,
    rank_after,
    split_point,
    write_span,
)
from studio.project.commands.numbers import change_scene, free_number, number_shot
from studio.project.commands.removal import remove
from studio.project.commands.rows import RANK_STEP, current_cut, editable_event, film_rate, need, ranks_for, the_film
from studio.project.entities import (
    Cut,
    Event,
    Job,
    Panel,
    PromptExpansion,
    Scene,
    Shot,
    ShotReference,
    ShotSubject,
    ShotView,
    Subject,
    Take,
)
from studio.project.fed import accepted_prompts, present_fed
from studio.project.trimming import Span

LONG_TEXTS = ("prompt", "action", "dialogue", "notes")
WORDS = ("size", "angle", "lens", "height", "move")
FIELDS = (*LONG_TEXTS, *WORDS, "frames", "scene", "number")
MOST_SUBJECTS = 8


def add_shot(
    session: Session,
    scene: str | None = None,
    frames: int = 48,
    prompt: str = "",
    size: str = "",
    angle: str = "",
    move: str = "",
    action: str = "",
    dialogue: str = "",
    subjects: Sequence[str] = (),
    after: str | None = None,
    *,
    before: str | None = None,
    lens: str = "",
    height: str = "",
    notes: str = "",
) -> Changes:
    """A shot at the end of a scene (by default the last one), or after or before a shot, with its event in the
    current cut."""
    if after and before:
        raise BadValue("A shot cannot be put both after one and before one.", "Name one of the two.")
    left, right = need(session, Shot, after) if after else None, need(session, Shot, before) if before else None
    home = need(session, Scene, scene) if scene else _default_scene(session, left or right)
    if any(one is not None and one.scene_id != home.id for one in (left, right)):
        raise BadValue("The shot beside it is in another scene.", "Name a shot of the same scene.")
    shot = Shot(scene_id=home.id, number=0, frames=values.frames(frames, film_rate(session)))
    given = {"prompt": prompt, "size": size, "angle": angle, "move": move, "action": action, "dialogue": dialogue,
             "lens": lens, "height": height, "notes": notes}
    for name, value in given.items():
        setattr(shot, name, _text(name, value))
    cast = [(one, "", "", "") for one in subjects]
    number_shot(session, shot, left, right)
    session.add(shot)
    session.flush()
    _cast(session, shot, cast)
    event = _event_for(session, shot, left, right)
    return Changes.of(created=[("shot", shot.id), ("event", event.id)])


def edit_shot(session: Session, shot: str, **fields: object) -> Changes:
    """Change prompt, size, angle, lens, height, move, action, dialogue, notes, frames, scene or number.

    A new length goes to the shot's event too, where it has one event that showed the whole of it. A shot moved to
    another scene takes a number there.
    """
    values.known_fields(fields, FIELDS, "shot")
    row = need(session, Shot, shot)
    for name in (*LONG_TEXTS, *WORDS):
        if name in fields:
            setattr(row, name, _text(name, fields[name]))
    if "frames" in fields:
        _set_length(session, row, values.frames(fields["frames"], film_rate(session)))
    if "scene" in fields:
        change_scene(session, row, str(fields["scene"]))
    if "number" in fields:
        row.number, row.suffix = free_number(session, row, fields["number"]), ""
    return Changes.of(shot=[shot])


def duplicate_shot(session: Session, shot: str) -> Changes:
    """A copy after the shot: its fields, subjects, references and accepted prompt, without its takes and panels."""
    old = need(session, Shot, shot)
    copy = _copy(session, old, old, old.frames)
    event = _event_for(session, copy, old)
    return Changes.of(created=[("shot", copy.id), ("event", event.id)])


def duplicate_shots(session: Session, shots: Sequence[str]) -> Changes:
    """Copies of several shots, in their order, together after the last of them; each stays in its scene.

    The copy of a shot of another scene than the last one's stands after that shot.
    """
    olds = _in_cut_order(session, shots)
    last = {old.scene_id: old for old in olds}
    made = Changes()
    for old in olds:
        copy = _copy(session, old, last[old.scene_id], old.frames)
        event = _event_for(session, copy, last[old.scene_id])
        last[old.scene_id] = copy
        made |= Changes.of(created=[("shot", copy.id), ("event", event.id)])
    return made


def split_shot(session: Session, event: str, at: int) -> Changes:
    """Two shots: the second begins `at` frames into the event, right after it, and lasts what is left of it.

    It takes a number between, and has the fields, subjects, references and accepted prompt of the first. Takes, panels
    and jobs stay with the first, because they were made for it: the second begins empty. Where the event was all the
    cut showed of the shot, that is planned for the frames it keeps.
    """
    row = editable_event(session, event)
    shot, frames = need(session, Shot, row.shot_id), row.frames
    span, _ = trimming.split(Span.of(row), split_point(row, at), moves=row.framing_start != row.framing_end)
    alone = event_alone(session, shot.id) is row and (row.shot_in, row.speed_num, row.speed_den) == (0, 1, 1)
    copy = _copy(session, shot, shot, frames - at)
    write_span(session, row, span)
    if alone:
        shot.frames = at
    second = Event(cut_id=row.cut_id, shot_id=copy.id, rank=rank_after(session, row), frames=frames - at)
    session.add(second)
    following.shared_out(session, event, second.id, at)
    return Changes.of(shot=[shot.id], event=[event], created=[("shot", copy.id), ("event", second.id)])


def omit_shot(session: Session, shot: str) -> Changes:
    """Take a shot out of the film and keep it: its number is never given again, its events wait in their places."""
    return omit_shots(session, [shot])


def restore_shot(session: Session, shot: str) -> Changes:
    return omit_shots(session, [shot], False)


def omit_shots(session: Session, shots: Sequence[str], omit: bool = True) -> Changes:
    """Omit several shots, or bring them back. Of several, approved ones are left alone and counted in the note."""
    rows = [need(session, Shot, shot) for shot in dict.fromkeys(shots)]
    kept = [row for row in rows if len(rows) < 2 or not row.approved]
    changes = Changes(note=approved_note(len(rows) - len(kept)))
    for row in kept:
        row.omitted = values.truth(omit, "Omit")
    events = session.scalars(select(Event.id).where(Event.shot_id.in_([row.id for row in kept]))).all()
    return changes | Changes.of(shot=[row.id for row in kept], scene=[row.scene_id for row in kept], event=events)


def remove_shot(session: Session, shot: str) -> Changes:
    """Remove a shot that nothing was made for; any other can be omitted.

    Sound that followed it stays where it was in the film and follows what stands there afterwards.
    """
    row = need(session, Shot, shot)
    for entity in (Take, Panel, Job):
        if session.scalar(select(entity.id).where(entity.shot_id == shot)):
            raise Refused("This shot has takes, panels or jobs, which are never thrown away.", "Omit the shot instead.")
    if the_film(session).numbers_locked:
        raise Refused("The numbers are locked, so a shot is not removed.", "Omit the shot; its number stays taken.")
    frozen = select(Cut.name).join(Event, Event.cut_id == Cut.id).where(Event.shot_id == shot, Cut.frozen).limit(1)
    if (name := session.scalar(frozen)) is not None:
        raise Refused(f"The earlier cut {name!r} shows this shot and stays as it is.", "Omit the shot instead.")
    events = session.scalars(select(Event.id).where(Event.shot_id == shot)).all()
    following.left_behind(session, current_cut(session).id, events)
    remove(session, row)
    return Changes.of(shot=[shot])


def approve_shot(session: Session, shot: str, approved: bool = True) -> Changes:
    """An approved shot is left alone by every bulk action and every import until the approval is taken away."""
    return approve_shots(session, [shot], approved)


def approve_shots(session: Session, shots: Sequence[str], approved: bool = True) -> Changes:
    for shot in shots:
        need(session, Shot, shot).approved = values.truth(approved, "Approved")
    return Changes.of(shot=shots)


def choose_take(session: Session, shot: str, take: str | None) -> Changes:
    """The take the shot shows; None: none."""
    row = need(session, Shot, shot)
    before = row.chosen_take_id
    if take is not None and need(session, Take, take).shot_id != shot:
        raise BadValue("That take belongs to another shot.", "Choose a take of this shot.")
    row.chosen_take_id = take
    return Changes.of(shot=[shot], take=filter(None, (before, take)))


def choose_panel(session: Session, shot: str, panel: str | None) -> Changes:
    row = need(session, Shot, shot)
    before = row.chosen_panel_id
    if panel is not None and need(session, Panel, panel).shot_id != shot:
        raise BadValue("That panel belongs to another shot.", "Choose a panel of this shot.")
    row.chosen_panel_id = panel
    return Changes.of(shot=[shot], panel=filter(None, (before, panel)))


def keep_as_is(session: Session, shot: str) -> Changes:
    """Take the marks *out of date* and *pages changed* away: today's fields count as those the take was fed."""
    row = need(session, Shot, shot)
    row.pages_changed = ""
    row.kept_fed = json.dumps(present_fed(session, [shot])[shot], sort_keys=True, ensure_ascii=False)
    return Changes.of(shot=[shot])


def set_shot_subjects(session: Session, shot: str, subjects: Iterable[Sequence[str]]) -> Changes:
    """Who is in the shot, in order: a name, or (name, side, facing, action) with the last three optional."""
    row = need(session, Shot, shot)
    placed = ([one] if isinstance(one, str) else list(one) for one in subjects)
    _cast(session, row, [(*map(str, one), "", "", "")[:4] for one in placed])
    return Changes.of(shot=[shot])


def find_subject(session: Session, name: str) -> Subject:
    """By @name, without regard to case and accents, or by id. Raises NotFound."""
    key = name_key(str(name).strip())
    found = session.scalars(select(Subject).where((Subject.name_key == key) | (Subject.id == name))).first()
    if found is None:
        shown = "@" + str(name).strip().removeprefix("@")[:60]
        raise NotFound(f"There is no subject {shown} in this film.", "Add it first: shotwright add-subject")
    return found


def _default_scene(session: Session, left: Shot | None) -> Scene:
    if left is not None:
        return need(session, Scene, left.scene_id)
    last = session.scalars(select(Scene).order_by(Scene.rank.desc(), Scene.id.desc()).limit(1)).first()
    if last is None:
        raise Refused("The film has no scene for a shot to be in.", "Add a scene first: shotwright add-scene")
    return last


def _text(name: str, value: object) -> str:
    if name in LONG_TEXTS:
        return values.text(value, name, values.LONG).strip()
    return values.text(value, name, values.WORD).strip()


def _copy(session: Session, old: Shot, left: Shot, frames: int) -> Shot:
    """A shot numbered after `left`, with the fields, subjects, references and accepted prompt of `old`."""
    kept = (*LONG_TEXTS, *WORDS)
    copy = Shot(scene_id=old.scene_id, number=0, frames=frames, **{name: getattr(old, name) for name in kept})
    number_shot(session, copy, left)
    session.add(copy)
    for one in session.scalars(select(ShotSubject).where(ShotSubject.shot_id == old.id)).all():
        session.add(ShotSubject(shot_id=copy.id, subject_id=one.subject_id, rank=one.rank, side=one.side,
                                facing=one.facing, action=one.action, exits=one.exits))
    for given in session.scalars(select(ShotReference).where(ShotReference.shot_id == old.id)).all():
        session.add(ShotReference(shot_id=copy.id, reference_id=given.reference_id, purpose=given.purpose,
                                  rank=given.rank, strength=given.strength))
    for sends in session.scalars(select(ShotView).where(ShotView.shot_id == old.id)).all():
        session.add(ShotView(shot_id=copy.id, view_id=sends.view_id, rank=sends.rank, left_out=sends.left_out))
    _copy_prompt(session, old, copy)
    session.flush()
    return copy


def _copy_prompt(session: Session, old: Shot, copy: Shot) -> None:
    """The prompt `old` is drawn from, as it was decided; what else was proposed for it stays with it."""
    used = accepted_prompts(session, [old.id]).get(old.id)
    if used is not None:
        row = need(session, PromptExpansion, used.id)
        names = (column.key for column in PromptExpansion.__table__.columns)
        kept = {name: getattr(row, name) for name in names if name not in ("id", "shot_id")}
        session.add(PromptExpansion(shot_id=copy.id, **kept))


def _in_cut_order(session: Session, shots: Sequence[str]) -> list[Shot]:
    """Each once, as the current cut shows them first; those it does not show come last, by number."""
    rows = [need(session, Shot, shot) for shot in dict.fromkeys(shots)]
    cut = current_cut(session)
    first = select(Event.shot_id, func.min(Event.rank)).where(Event.cut_id == cut.id).group_by(Event.shot_id)
    ranks: dict[str, int] = dict(session.execute(first.where(Event.shot_id.in_([row.id for row in rows]))).all())
    return sorted(rows, key=lambda row: (row.id not in ranks, ranks.get(row.id, 0), row.number, row.suffix))


def _event_for(session: Session, shot: Shot, left: Shot | None, right: Shot | None = None) -> Event:
    cut = current_cut(session)
    place = place_after_scene(session, cut.id, shot, left)
    if right is not None:
        place = place_before(session, cut.id, right, place)
    rank = ranks_for(session, Event, place, Event.cut_id == cut.id)[0]
    event = Event(cut_id=cut.id, shot_id=shot.id, rank=rank, frames=shot.frames)
    session.add(event)
    return event


def _set_length(session: Session, shot: Shot, frames: int) -> None:
    event = event_alone(session, shot.id)
    if event is not None and event.shot_in == 0 and event.frames == shot.frames:
        event.frames = frames
    shot.frames = frames


def _cast(session: Session, shot: Shot, cast: Sequence[Sequence[str]]) -> None:
    """Make the shot's subjects exactly these, changing only what differs."""
    if len(cast) > MOST_SUBJECTS:
        raise BadValue(f"A shot has at most {MOST_SUBJECTS} subjects, not {len(cast)}.", "Leave some out.")
    wanted = [(find_subject(session, one[0]), one[1:]) for one in cast]
    if len({subject.id for subject, _ in wanted}) < len(wanted):
        raise BadValue("A subject is named twice in one shot.", "Name each once.")
    present = {one.subject_id: one for one in session.scalars(
        select(ShotSubject).where(ShotSubject.shot_id == shot.id)).all()}
    for place, (subject, words) in enumerate(wanted):
        side, facing, action = (values.text(word, name, limit).strip() for word, name, limit in zip(
            words, ("side", "facing", "action"), (values.WORD, values.WORD, values.LINE), strict=True))
        row = present.pop(subject.id, None)
        if row is None:
            row = ShotSubject(shot_id=shot.id, subject_id=subject.id, rank=0)
            session.add(row)
        row.rank, row.side, row.facing, row.action = RANK_STEP * (place + 1), side, facing, action
    for gone in present.values():
        session.delete(gone)
