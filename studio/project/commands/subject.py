"""Edits of subjects: characters, props, locations and looks, with their views and wardrobe changes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studio.errors import BadValue
from studio.project.changes import Changes
from studio.project.commands import values
from studio.project.commands.reference import find_reference
from studio.project.commands.removal import remove
from studio.project.commands.rows import RANK_STEP, need, ordered_ids, ranks_for
from studio.project.entities import (
    PromptExpansion,
    Scene,
    Shot,
    Subject,
    SubjectView,
    WardrobeChange,
    WardrobeException,
)

KINDS = ("character", "prop", "location", "look")
VIEWS = ("", "front", "side", "back", "face", "detail")
_SAID_IN = ("prompt", "action", "dialogue", "notes")


def add_subject(
    session: Session, name: str, kind: str, description: str = "", references: Sequence[str] = ()
) -> Changes:
    """A subject with a name nobody else has, whatever case and accents; `references` are its views, by id or hash."""
    clean = free_name(session, name)
    row = Subject(
        rank=ranks_for(session, Subject, len(ordered_ids(session, Subject)))[0],
        name=clean,
        name_key=values.name_key(clean),
        kind=values.one_of(kind, "kind of subject", KINDS),
        description=values.text(description, "description", values.DESCRIPTION).strip(),
    )
    session.add(row)
    for place, reference in enumerate(references):
        view = SubjectView(subject_id=row.id, reference_id=find_reference(session, reference).id,
                           rank=RANK_STEP * (place + 1))
        session.add(view)
    return Changes.of(created=[("subject", row.id)])


def edit_subject(session: Session, subject: str, **fields: object) -> Changes:
    """Change its kind or description; its name with `rename_subject`."""
    values.known_fields(fields, ("kind", "description"), "subject")
    row = need(session, Subject, subject)
    if "kind" in fields:
        row.kind = values.one_of(fields["kind"], "kind of subject", KINDS)
    if "description" in fields:
        row.description = values.text(fields["description"], "description", values.DESCRIPTION).strip()
    return Changes.of(subject=[subject])


def rename_subject(session: Session, subject: str, name: str) -> Changes:
    """A new @name, put in place of the old one in every shot's texts and accepted prompts."""
    row = need(session, Subject, subject)
    clean = free_name(session, name, row.id)
    said = re.compile(rf"(?<![\w@.])@{re.escape(row.name)}(?![\w-])", re.IGNORECASE)
    touched = []
    mentions = Shot.prompt.contains("@") | Shot.action.contains("@") | Shot.dialogue.contains("@")
    for shot in session.scalars(select(Shot).where(mentions | Shot.notes.contains("@"))).all():
        for field in _SAID_IN:
            setattr(shot, field, said.sub(f"@{clean}", getattr(shot, field)))
        touched.append(shot.id)
    for text in session.scalars(select(PromptExpansion).where(PromptExpansion.text.contains("@"))).all():
        text.text = said.sub(f"@{clean}", text.text)
    row.name, row.name_key = clean, values.name_key(clean)
    return Changes.of(subject=[subject], shot=touched)


def remove_subject(session: Session, subject: str) -> Changes:
    """Remove a subject from the film and from every shot. Takes keep what they were made with in their recipes."""
    remove(session, need(session, Subject, subject))
    return Changes.of(subject=[subject])


def add_view(
    session: Session, subject: str, reference: str, view: str = "", wardrobe: str | None = None
) -> Changes:
    """One more picture of a subject, of all its changes or of one."""
    need(session, Subject, subject)
    if wardrobe is not None and need(session, WardrobeChange, wardrobe).subject_id != subject:
        raise BadValue("That wardrobe change belongs to another subject.", "Choose one of this subject.")
    same = SubjectView.subject_id == subject
    row = SubjectView(
        subject_id=subject,
        reference_id=find_reference(session, reference).id,
        wardrobe_id=wardrobe,
        rank=ranks_for(session, SubjectView, len(ordered_ids(session, SubjectView, same)), same)[0],
        view=values.one_of(view, "view", VIEWS),
    )
    session.add(row)
    return Changes.of(subject=[subject], created=[("subject_view", row.id)])


def remove_view(session: Session, view: str) -> Changes:
    """Remove a picture from a subject; the reference itself stays in the film."""
    row = need(session, SubjectView, view)
    remove(session, row)
    return Changes.of(subject=[row.subject_id], subject_view=[view])


def add_wardrobe(session: Session, subject: str, story_day: int, name: str = "", description: str = "") -> Changes:
    """Change 1, 2, ... of a character, worn from a story day on."""
    need(session, Subject, subject)
    last = session.scalar(select(func.max(WardrobeChange.number)).where(WardrobeChange.subject_id == subject)) or 0
    row = WardrobeChange(
        subject_id=subject,
        number=last + 1,
        name=values.text(name, "name", values.LINE).strip(),
        description=values.text(description, "description", values.DESCRIPTION).strip(),
        story_day=values.whole(story_day, "story day", 0, 100_000),
    )
    session.add(row)
    return Changes.of(subject=[subject], created=[("wardrobe_change", row.id)])


def edit_wardrobe(session: Session, wardrobe: str, **fields: object) -> Changes:
    values.known_fields(fields, ("name", "description", "story_day"), "wardrobe change")
    row = need(session, WardrobeChange, wardrobe)
    if "name" in fields:
        row.name = values.text(fields["name"], "name", values.LINE).strip()
    if "description" in fields:
        row.description = values.text(fields["description"], "description", values.DESCRIPTION).strip()
    if "story_day" in fields:
        row.story_day = values.whole(fields["story_day"], "story day", 0, 100_000)
    return Changes.of(subject=[row.subject_id], wardrobe_change=[wardrobe])


def wear(session: Session, wardrobe: str, *, scene: str | None = None, shot: str | None = None) -> Changes:
    """An exception: this change is worn in the scene, or the shot, whatever the story day says."""
    row = need(session, WardrobeChange, wardrobe)
    if (scene is None) == (shot is None):
        raise BadValue("An exception is for one scene or for one shot.", "Name one of the two.")
    place = need(session, Scene, scene).id if scene else need(session, Shot, shot or "").id
    column = WardrobeException.scene_id if scene else WardrobeException.shot_id
    others = select(WardrobeException).join(WardrobeChange, WardrobeChange.id == WardrobeException.wardrobe_id)
    for old in session.scalars(others.where(column == place, WardrobeChange.subject_id == row.subject_id)).all():
        session.delete(old)
    session.add(WardrobeException(wardrobe_id=wardrobe, scene_id=scene, shot_id=shot))
    return Changes.of(subject=[row.subject_id], wardrobe_change=[wardrobe])


def remove_wardrobe(session: Session, wardrobe: str) -> Changes:
    row = need(session, WardrobeChange, wardrobe)
    remove(session, row)
    return Changes.of(subject=[row.subject_id], wardrobe_change=[wardrobe])


def free_name(session: Session, name: object, own: str | None = None) -> str:
    """`name` without its @ where no other subject than `own` has it; BadValue otherwise."""
    clean = values.subject_name(name)
    same = session.scalars(select(Subject).where(Subject.name_key == values.name_key(clean))).first()
    if same is not None and same.id != own:
        raise BadValue(f"There is a subject @{same.name} already.",
                       "Choose another name; case and accents make no difference.")
    return clean
