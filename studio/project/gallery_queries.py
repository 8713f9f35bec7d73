"""Reading the reference gallery: subjects with their views and wardrobe, where each is used, what a shot is given."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from model_runtime.mentions import name_key
from studio.errors import NotFound
from studio.project import wardrobe
from studio.project.cards import ShotCard
from studio.project.commands.rows import need, scheme_of, the_film
from studio.project.entities import (
    Event,
    Reference,
    Scene,
    Shot,
    ShotReference,
    ShotSubject,
    Subject,
    SubjectView,
    WardrobeChange,
    WardrobeException,
)
from studio.project.gallery_cards import ExceptionCard, GivenCard, SubjectCard, ViewCard, WardrobeCard
from studio.project.media_names import film_folder, in_media
from studio.project.mention_problems import mention_problems
from studio.project.shot_queries import shot_cards, shots_with

__all__ = [
    "given_cards",
    "mention_problems",
    "shots_of",
    "subject_card",
    "subject_cards",
    "subject_named",
    "worn_by_scene",
]

# Made once: a statement takes longer to put together than to run.
_SUBJECTS = select(Subject.id, Subject.name, Subject.kind, Subject.description).order_by(Subject.rank, Subject.id)
_VIEWS = (
    select(
        SubjectView.subject_id,
        SubjectView.id,
        Reference.id.label("reference"),
        Reference.hash,
        Reference.name,
        SubjectView.view,
        SubjectView.wardrobe_id,
        Reference.width,
        Reference.height,
        Reference.original_name,
        Reference.cut_from,
    )
    .join(Reference, Reference.id == SubjectView.reference_id)
    .order_by(SubjectView.rank, SubjectView.id)
)
_CHANGES = select(
    WardrobeChange.subject_id,
    WardrobeChange.id,
    WardrobeChange.number,
    WardrobeChange.aspect,
    WardrobeChange.name,
    WardrobeChange.description,
    WardrobeChange.story_day,
    WardrobeChange.last_day,
).order_by(WardrobeChange.number, WardrobeChange.id)
_EXCEPTIONS: Any = (
    select(
        WardrobeException.wardrobe_id,
        WardrobeException.id,
        WardrobeException.scene_id,
        WardrobeException.shot_id,
        WardrobeException.worn,
        Scene.number.label("scene_number"),
        Scene.sequence,
        Shot.number,
        Shot.suffix,
    )
    .join(WardrobeChange, WardrobeChange.id == WardrobeException.wardrobe_id)
    .outerjoin(Shot, Shot.id == WardrobeException.shot_id)
    .join(Scene, Scene.id == func.coalesce(WardrobeException.scene_id, Shot.scene_id))
    .order_by(Scene.rank, Shot.number, Shot.suffix, WardrobeException.id)
)
_FIRST = (
    select(Event.shot_id, func.min(Event.rank).label("place"))
    .where(Event.cut_id == bindparam("cut"))
    .group_by(Event.shot_id)
    .subquery()
)
_USES: Any = (
    select(ShotSubject.subject_id, Scene.number.label("scene_number"), Scene.sequence, Shot.number, Shot.suffix)
    .join(Shot, Shot.id == ShotSubject.shot_id)
    .join(Scene, Scene.id == Shot.scene_id)
    .outerjoin(_FIRST, _FIRST.c.shot_id == Shot.id)
    .order_by(_FIRST.c.place.is_(None), _FIRST.c.place, Scene.rank, Shot.number, Shot.suffix)
)
_GIVEN = (
    select(
        ShotReference.id,
        ShotReference.reference_id,
        Reference.name,
        ShotReference.purpose,
        ShotReference.strength,
        Reference.kind,
    )
    .join(Reference, Reference.id == ShotReference.reference_id)
    .where(ShotReference.shot_id == bindparam("shot"))
    .order_by(ShotReference.rank, ShotReference.id)
)
_SCENE_DAYS = select(Scene.id, Scene.story_day).order_by(Scene.rank, Scene.id)


def subject_cards(session: Session) -> tuple[SubjectCard, ...]:
    """The gallery in order, each with its views, wardrobe and the shots it is in. Six questions, however many."""
    return _read(session, None)


def subject_card(session: Session, subject: str) -> SubjectCard:
    need(session, Subject, subject)
    return _read(session, subject)[0]


def subject_named(session: Session, name: str) -> SubjectCard:
    """By @name, without regard to case and accents. Raises NotFound."""
    # Half a character, as a terminal in another encoding sends it, is in no name and could not even be asked for.
    key = name_key(name.strip()).encode(errors="replace").decode()
    found = session.scalar(select(Subject.id).where(Subject.name_key == key))
    if found is None:
        raise NotFound(f"There is no subject {name[:60]!r} in this film.", "Add it first: shotwright add-subject")
    return subject_card(session, found)


def given_cards(session: Session, shot: str) -> tuple[GivenCard, ...]:
    """The references a shot was given of its own, in order."""
    need(session, Shot, shot)
    folder = film_folder(session.info)
    return tuple(
        GivenCard(row.id, shot, row.reference_id, in_media(folder, row.name), row.purpose, row.strength, row.kind)
        for row in session.execute(_GIVEN, {"shot": shot})
    )


def shots_of(session: Session, subject: str) -> tuple[ShotCard, ...]:
    """The shots a subject is in, in board order."""
    need(session, Subject, subject)
    return shot_cards(session, shots_with(session, [subject]))


def worn_by_scene(session: Session, subject: str) -> dict[str, tuple[str, ...]]:
    """Every scene in order, with the ids of the changes the subject wears there, whatever single shots say."""
    need(session, Subject, subject)
    changes = session.execute(_CHANGES.where(WardrobeChange.subject_id == subject)).all()
    says: dict[str, dict[str, bool]] = defaultdict(dict)
    for row in session.execute(_EXCEPTIONS.where(WardrobeChange.subject_id == subject)):
        if row.scene_id is not None:
            says[row.scene_id][row.wardrobe_id] = row.worn
    return {
        scene: tuple(one.id for one in wardrobe.worn(changes, day, says.get(scene, {}), {}))
        for scene, day in session.execute(_SCENE_DAYS)
    }


def _read(session: Session, subject: str | None) -> tuple[SubjectCard, ...]:
    views, changes, numbers = _views(session, subject), _changes(session, subject), _numbers(session, subject)
    return tuple(
        SubjectCard(
            id=one.id,
            name=f"@{one.name}",
            kind=one.kind,
            description=one.description,
            views=tuple(views.get(one.id, ())),
            shots=len(numbers.get(one.id, ())),
            wardrobe=tuple(changes.get(one.id, ())),
            shot_numbers=tuple(numbers.get(one.id, ())),
        )
        for one in session.execute(_of(_SUBJECTS, Subject.id, subject))
    )


def _views(session: Session, subject: str | None) -> dict[str, list[ViewCard]]:
    folder, found = film_folder(session.info), defaultdict(list)
    for row in session.execute(_of(_VIEWS, SubjectView.subject_id, subject)):
        found[row.subject_id].append(
            ViewCard(
                row.id,
                row.subject_id,
                row.reference,
                row.hash,
                in_media(folder, row.name),
                row.view,
                row.wardrobe_id,
                row.width,
                row.height,
                row.original_name,
                row.cut_from,
            )
        )
    return found


def _changes(session: Session, subject: str | None) -> dict[str, list[WardrobeCard]]:
    scheme, exceptions = scheme_of(the_film(session)), defaultdict(list)
    for row in session.execute(_of(_EXCEPTIONS, WardrobeChange.subject_id, subject)):
        of_shot = row.shot_id is not None
        place = scheme.shot(row.scene_number, row.sequence, row.number, row.suffix) if of_shot else row.scene_number
        exceptions[row.wardrobe_id].append(ExceptionCard(row.id, row.scene_id, row.shot_id, place, row.worn))
    found: dict[str, list[WardrobeCard]] = defaultdict(list)
    for row in session.execute(_of(_CHANGES, WardrobeChange.subject_id, subject)):
        found[row.subject_id].append(
            WardrobeCard(
                row.id,
                row.subject_id,
                row.number,
                row.aspect,
                row.name,
                row.description,
                row.story_day,
                row.last_day,
                tuple(exceptions.get(row.id, ())),
            )
        )
    return found


def _numbers(session: Session, subject: str | None) -> dict[str, list[str]]:
    """The numbers of the shots each subject is in, as the current cut first shows them; those it does not, last."""
    film = the_film(session)
    scheme, found = scheme_of(film), defaultdict(list)
    # Through the connection and by place: a film of 10,000 shots has 25,000 of these.
    uses = session.connection().execute(_of(_USES, ShotSubject.subject_id, subject), {"cut": film.current_cut_id})
    for one, scene, sequence, number, suffix in uses.all():
        found[one].append(scheme.shot(scene, sequence, number, suffix))
    return found


def _of(statement: Any, column: Any, subject: str | None) -> Any:
    return statement if subject is None else statement.where(column == subject)
