"""Edits of subjects: characters, props, locations and looks, with their views and wardrobe changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from model_runtime.mentions import name_key
from studio.errors import BadValue, Refused
from studio.project.changes import Changes
from studio.project.commands import values
from studio.project.commands.reference import find_reference
from studio.project.commands.removal import remove
from studio.project.commands.renaming import as_drawn, keep_as_drawn, rename_in_texts
from studio.project.commands.rows import need, ordered_ids, ranks_for
from studio.project.entities import (
    Reference,
    Scene,
    Shot,
    ShotView,
    Subject,
    SubjectView,
    WardrobeChange,
    WardrobeException,
)
from studio.project.wardrobe import ASPECTS
from studio.project.words import counted

KINDS = ("character", "prop", "location", "look")
VIEWS = ("", "front", "side", "back", "face", "detail")
LAST_DAY = 100_000


def add_subject(
    session: Session, name: str, kind: str, description: str = "", references: Sequence[str] = ()
) -> Changes:
    """A subject with a name nobody else has, whatever case and accents; `references` are its views, by id or hash."""
    clean = free_name(session, name)
    row = Subject(
        rank=ranks_for(session, Subject, len(ordered_ids(session, Subject)))[0],
        name=clean,
        name_key=name_key(clean),
        kind=values.one_of(kind, "kind of subject", KINDS),
        description=values.text(description, "description", values.DESCRIPTION).strip(),
    )
    session.add(row)
    views = add_pictures(session, row, [find_reference(session, one) for one in references])
    return Changes.of(created=[("subject", row.id)]) | views


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
    """A new @name, put in place of the old one in every text of the film: of shots, prompts, notes, descriptions.

    It makes no chosen take out of date that was not.
    """
    row = need(session, Subject, subject)
    clean = free_name(session, name, row.id)
    drawn = as_drawn(session, row.name)
    changes = rename_in_texts(session, row.name, clean)
    row.name, row.name_key = clean, name_key(clean)
    session.flush()
    keep_as_drawn(session, drawn)
    return changes | Changes.of(subject=[subject])


def remove_subject(session: Session, subject: str) -> Changes:
    """Remove a subject from the film and from every shot. Takes keep what they were made with in their recipes."""
    remove(session, need(session, Subject, subject))
    return Changes.of(subject=[subject])


# --- views -------------------------------------------------------------------------------------------------------


def add_view(session: Session, subject: str, reference: str, view: str = "", wardrobe: str | None = None) -> Changes:
    """One more picture of a subject, by a reference's id or hash: of all its changes, or of one.

    A picture the subject has already is not added twice: nothing is created then, and the note says so.
    """
    row = need(session, Subject, subject)
    return add_pictures(session, row, [find_reference(session, reference)], view, wardrobe)


def add_pictures(
    session: Session, subject: Subject, references: Sequence[Reference], view: str = "", wardrobe: str | None = None
) -> Changes:
    """Views of a subject, in order, at its end; those of a content it has already are counted in the note."""
    kind = values.one_of(view, "view", VIEWS)
    worn = _own_change(session, subject.id, wardrobe)
    session.flush()
    wanted = {one.hash: one for one in references}
    for hash_ in _hashes(session, subject.id):
        wanted.pop(hash_, None)
    same = SubjectView.subject_id == subject.id
    end = len(ordered_ids(session, SubjectView, same))
    ranks = ranks_for(session, SubjectView, end, same, count=len(wanted))
    rows = [SubjectView(subject_id=subject.id, reference_id=one.id, wardrobe_id=worn, rank=rank, view=kind)
            for one, rank in zip(wanted.values(), ranks, strict=True)]
    session.add_all(rows)
    made = Changes.of(subject=[subject.id], created=[("subject_view", row.id) for row in rows])
    return made | Changes(note=_already(subject, len(references) - len(rows)))


def edit_view(session: Session, subject_view: str, /, **fields: object) -> Changes:
    """Change what a picture shows: view, wardrobe (a change's id, or None for whatever is worn), subject.

    A picture given to another subject comes last there, of no change unless one is named; shots send it as usual
    again. Refused where that subject has it already.
    """
    values.known_fields(fields, ("view", "wardrobe", "subject"), "picture of a subject")
    row = need(session, SubjectView, subject_view)
    touched = [row.subject_id]
    if "subject" in fields and fields["subject"] != row.subject_id:
        _give(session, row, need(session, Subject, str(fields["subject"])))
        touched.append(row.subject_id)
    if "view" in fields:
        row.view = values.one_of(fields["view"], "view", VIEWS)
    if "wardrobe" in fields:
        row.wardrobe_id = _own_change(session, row.subject_id, fields["wardrobe"])
    return Changes.of(subject=touched, subject_view=[subject_view])


def move_view(session: Session, view: str, place: int) -> Changes:
    """To `place` (from 0) among the subject's pictures: they are sent in this order."""
    row = need(session, SubjectView, view)
    place = values.whole(place, "place", 0, 1_000_000)
    same = SubjectView.subject_id == row.subject_id
    row.rank = ranks_for(session, SubjectView, place, same, moving=[view])[0]
    return Changes.of(subject=[row.subject_id], subject_view=[view])


def remove_view(session: Session, view: str) -> Changes:
    """Remove a picture from a subject; the reference itself stays in the film."""
    row = need(session, SubjectView, view)
    remove(session, row)
    return Changes.of(subject=[row.subject_id], subject_view=[view])


def _give(session: Session, row: SubjectView, subject: Subject) -> None:
    reference = need(session, Reference, row.reference_id)
    if reference.hash in _hashes(session, subject.id):
        raise Refused(f"@{subject.name} has this picture already.", "Remove it here instead.")
    same = SubjectView.subject_id == subject.id
    row.rank = ranks_for(session, SubjectView, len(ordered_ids(session, SubjectView, same)), same)[0]
    row.subject_id, row.wardrobe_id = subject.id, None
    for sent in session.scalars(select(ShotView).where(ShotView.view_id == row.id)).all():
        session.delete(sent)


def _hashes(session: Session, subject: str) -> set[str]:
    query = select(Reference.hash).join(SubjectView, SubjectView.reference_id == Reference.id)
    return set(session.scalars(query.where(SubjectView.subject_id == subject)))


def _already(subject: Subject, number: int) -> str:
    if not number:
        return ""
    which = "That picture is" if number == 1 else f"{counted(number, 'picture')} are"
    return f"{which} in @{subject.name} already and not added twice."


def _own_change(session: Session, subject: str, wardrobe: object) -> str | None:
    if wardrobe is None:
        return None
    row = need(session, WardrobeChange, str(wardrobe))
    if row.subject_id != subject:
        raise BadValue("That wardrobe change belongs to another subject.", "Choose one of this subject.")
    return row.id


# --- wardrobe ----------------------------------------------------------------------------------------------------


def add_wardrobe(
    session: Session, subject: str, story_day: int, name: str = "", description: str = "", aspect: str = "clothes",
    last_day: int | None = None,
) -> Changes:  # fmt: skip
    """Change 1, 2, ... of a character: other clothes, other hair, or a state (wet, wounded), worn from a story day on.

    Until the next change of the same aspect, or to the end of `last_day`.
    """
    need(session, Subject, subject)
    last = session.scalar(select(func.max(WardrobeChange.number)).where(WardrobeChange.subject_id == subject)) or 0
    row = WardrobeChange(subject_id=subject, number=last + 1, story_day=1)
    _describe(row, {"name": name, "description": description, "aspect": aspect, "story_day": story_day,
                    "last_day": last_day})
    session.add(row)
    return Changes.of(subject=[subject], created=[("wardrobe_change", row.id)])


def edit_wardrobe(session: Session, wardrobe: str, **fields: object) -> Changes:
    """Change name, description, aspect, story_day or last_day (None: until the next change)."""
    values.known_fields(fields, ("name", "description", "aspect", "story_day", "last_day"), "wardrobe change")
    row = need(session, WardrobeChange, wardrobe)
    _describe(row, fields)
    return Changes.of(subject=[row.subject_id], wardrobe_change=[wardrobe])


def remove_wardrobe(session: Session, wardrobe: str) -> Changes:
    """With its exceptions and its pictures' places; the references stay in the film."""
    row = need(session, WardrobeChange, wardrobe)
    remove(session, row)
    return Changes.of(subject=[row.subject_id], wardrobe_change=[wardrobe])


def wear(session: Session, wardrobe: str, *, scene: str | None = None, shot: str | None = None) -> Changes:
    """An exception: this change is worn in the scene, or the shot, whatever the story day says. It takes the place of
    another change of the same aspect that was said to be worn there."""
    row = need(session, WardrobeChange, wardrobe)
    place = _place(session, scene, shot)
    changes = _forget(session, _exceptions(session, row, place, other_changes=True))
    return changes | _except(session, row, scene, shot, worn=True)


def dont_wear(session: Session, wardrobe: str, *, scene: str | None = None, shot: str | None = None) -> Changes:
    """An exception: this change is not worn in the scene, or the shot; what else the days say is."""
    row = need(session, WardrobeChange, wardrobe)
    place = _place(session, scene, shot)
    changes = _forget(session, _exceptions(session, row, place, other_changes=False))
    return changes | _except(session, row, scene, shot, worn=False)


def remove_exception(session: Session, exception: str) -> Changes:
    """As the scene, or the story day, says again."""
    row = need(session, WardrobeException, exception)
    subject = need(session, WardrobeChange, row.wardrobe_id).subject_id
    return _forget(session, [row]) | Changes.of(subject=[subject])


def _describe(row: WardrobeChange, fields: dict[str, object]) -> None:
    if "name" in fields:
        row.name = values.text(fields["name"], "name", values.LINE).strip()
    if "description" in fields:
        row.description = values.text(fields["description"], "description", values.DESCRIPTION).strip()
    if "aspect" in fields:
        row.aspect = values.one_of(fields["aspect"], "aspect of a wardrobe", ASPECTS)
    row.story_day = values.whole(fields.get("story_day", row.story_day), "story day", 0, LAST_DAY)
    last = fields.get("last_day", row.last_day)
    row.last_day = None if last is None else values.whole(last, "last story day", 0, LAST_DAY)
    if row.last_day is not None and row.last_day < row.story_day:
        raise BadValue(f"A change worn from story day {row.story_day} cannot end with day {row.last_day}.",
                       f"Give {row.story_day} or later, or none.")


def _place(session: Session, scene: str | None, shot: str | None) -> str:
    if (scene is None) == (shot is None):
        raise BadValue("An exception is for one scene or for one shot.", "Name one of the two.")
    return need(session, Scene, scene).id if scene is not None else need(session, Shot, shot or "").id


def _exceptions(
    session: Session, change: WardrobeChange, place: str, *, other_changes: bool
) -> list[WardrobeException]:
    """What was said of the change there; with `other_changes`, what other one of its aspect was to be worn too."""
    said = WardrobeChange.id == change.id
    if other_changes:
        said |= (WardrobeChange.aspect == change.aspect) & WardrobeException.worn
    query = select(WardrobeException).join(WardrobeChange, WardrobeChange.id == WardrobeException.wardrobe_id)
    there = (WardrobeException.scene_id == place) | (WardrobeException.shot_id == place)
    return list(session.scalars(query.where(there, WardrobeChange.subject_id == change.subject_id, said)))


def _forget(session: Session, rows: Iterable[WardrobeException]) -> Changes:
    gone = list(rows)
    for row in gone:
        session.delete(row)
    return Changes.of(
        wardrobe_exception=[row.id for row in gone], wardrobe_change=[row.wardrobe_id for row in gone],
        scene=[row.scene_id for row in gone if row.scene_id], shot=[row.shot_id for row in gone if row.shot_id],
    )  # fmt: skip


def _except(session: Session, row: WardrobeChange, scene: str | None, shot: str | None, *, worn: bool) -> Changes:
    made = WardrobeException(wardrobe_id=row.id, scene_id=scene, shot_id=shot, worn=worn)
    session.add(made)
    return Changes.of(
        subject=[row.subject_id], wardrobe_change=[row.id], scene=filter(None, [scene]), shot=filter(None, [shot]),
        created=[("wardrobe_exception", made.id)],
    )  # fmt: skip


def free_name(session: Session, name: object, own: str | None = None) -> str:
    """`name` without its @ where no other subject than `own` has it; BadValue otherwise."""
    clean = values.subject_name(name)
    same = session.scalars(select(Subject).where(Subject.name_key == name_key(clean))).first()
    if same is not None and same.id != own:
        raise BadValue(f"There is a subject @{same.name} already.",
                       "Choose another name; case and accents make no difference.")
    return clean
