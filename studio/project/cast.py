"""Who is in which shot, what they wear there, and how the shot sends their pictures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import bindparam, literal, select, true
from sqlalchemy.orm import Session

from model_runtime.mentions import mentions, name_key
from studio.project import wardrobe
from studio.project.cards import BriefSubject, BriefView
from studio.project.entities import Reference, Scene, Shot, ShotSubject, ShotView, Subject, SubjectView, WardrobeChange
from studio.project.entities import WardrobeException as Exception_
from studio.project.gallery_cards import ShotPictures

# Made once: a statement takes longer to put together than to run, and these are run for every shot that is looked at.
_CHANGES = select(WardrobeChange.id, WardrobeChange.subject_id, WardrobeChange.story_day, WardrobeChange.last_day,
                  WardrobeChange.aspect, WardrobeChange.number, WardrobeChange.name, WardrobeChange.description)
_EXCEPTIONS = select(Exception_.scene_id, Exception_.shot_id, Exception_.wardrobe_id, Exception_.worn)
_VIEWS = select(SubjectView.id, SubjectView.subject_id, SubjectView.wardrobe_id, SubjectView.view, Reference.hash,
                Reference.name, Reference.width, Reference.height).join(
    Reference, Reference.id == SubjectView.reference_id).order_by(SubjectView.rank, SubjectView.id)
_CHANGES_OF_SOME = _CHANGES.where(WardrobeChange.subject_id.in_(bindparam("subjects", expanding=True)))
_VIEWS_OF_SOME = _VIEWS.where(SubjectView.subject_id.in_(bindparam("subjects", expanding=True)))
_IN_SHOTS = (
    select(ShotSubject.shot_id, ShotSubject.side, ShotSubject.facing, ShotSubject.action,
           Subject.id, Subject.name, Subject.kind, Subject.description, Subject.rank, Shot.scene_id,
           Scene.story_day)
    .join(Subject, Subject.id == ShotSubject.subject_id).join(Shot, Shot.id == ShotSubject.shot_id)
    .join(Scene, Scene.id == Shot.scene_id).order_by(ShotSubject.rank, ShotSubject.id)
)
_IN_SOME = _IN_SHOTS.where(ShotSubject.shot_id.in_(bindparam("shots", expanding=True)))
_WOULD_BE = select(
    Shot.id.label("shot_id"), literal("").label("side"), literal("").label("facing"), literal("").label("action"),
    Subject.id, Subject.name, Subject.kind, Subject.description, Subject.rank, Shot.scene_id, Scene.story_day,
).select_from(Shot).join(Scene, Scene.id == Shot.scene_id).join(Subject, true()).where(
    Shot.id == bindparam("shot")).order_by(Subject.rank, Subject.id)
"""Every subject of the film as if it were in the shot."""
_SENT = select(ShotView.shot_id, ShotView.view_id, ShotView.rank, ShotView.left_out).order_by(
    ShotView.rank, ShotView.id)
_SENT_IN_SOME = _SENT.where(ShotView.shot_id.in_(bindparam("shots", expanding=True)))

_AS_USUAL = ShotPictures()


class Cast:
    """Reads once what the gallery holds of who is in these shots, then answers without asking again."""

    def __init__(self, session: Session, shots: Iterable[str] | None = None) -> None:
        given = None if shots is None else {"shots": list(shots)}
        self._in_shot: dict[str, list[Any]] = defaultdict(list)
        for there in session.execute(_IN_SHOTS) if given is None else session.execute(_IN_SOME, given):
            self._in_shot[there.shot_id].append(there)
        self._says: dict[str, dict[str, bool]] = defaultdict(dict)
        """By scene or shot: what its exceptions say of changes."""
        for row in session.execute(_EXCEPTIONS):
            self._says[row.scene_id or row.shot_id][row.wardrobe_id] = row.worn
        self._changes: dict[str, list[Any]] = defaultdict(list)
        self._views: dict[str, list[Any]] = defaultdict(list)
        if given is None:
            self._gather(session.execute(_CHANGES), session.execute(_VIEWS))
        else:
            self._read_of(session, {row.id for rows in self._in_shot.values() for row in rows})
        self._sent: dict[str, list[Any]] = defaultdict(list)
        for sends in session.execute(_SENT) if given is None else session.execute(_SENT_IN_SOME, given):
            self._sent[sends.shot_id].append(sends)
        self._known: dict[tuple[Any, ...], BriefSubject] = {}
        """Subjects as they were dressed already: in most shots they look as in the one before."""
        self._by_day: dict[tuple[str, int], tuple[Any, ...]] = {}
        """What they wear where nothing but the story day says so, which is nearly everywhere."""
        self._of: dict[str, tuple[BriefSubject, ...]] = {}

    def of(self, shot: str) -> tuple[BriefSubject, ...]:
        if shot not in self._of:
            self._of[shot] = tuple([self._dressed(row) for row in self._in_shot.get(shot, ())])
        return self._of[shot]

    def named(self, session: Session, shot: str, text: str) -> tuple[BriefSubject, ...]:
        """Subjects that a text names and that are not in the shot, dressed as they would be there."""
        wanted, there = {name_key(one) for one in mentions(text)}, {one.id for one in self.of(shot)}
        if not wanted - {name_key(one.name) for one in self.of(shot)}:
            return ()
        rows = [row for row in session.execute(_WOULD_BE, {"shot": shot})
                if name_key(row.name) in wanted and row.id not in there]  # fmt: skip
        self._read_of(session, {row.id for row in rows} - (self._changes.keys() | self._views.keys()))
        return tuple(self._dressed(row) for row in rows)

    def pictures(self, shot: str) -> ShotPictures:
        """The shot's own order of its subjects' views, and those it leaves out."""
        rows = self._sent.get(shot)
        if not rows:
            return _AS_USUAL
        placed = [row.view_id for row in rows if row.rank is not None]
        left_out = frozenset(row.view_id for row in rows if row.left_out)
        return ShotPictures({view: place for place, view in enumerate(placed)}, left_out)

    def _read_of(self, session: Session, subjects: Collection[str]) -> None:
        if subjects:
            some = {"subjects": list(subjects)}
            self._gather(session.execute(_CHANGES_OF_SOME, some), session.execute(_VIEWS_OF_SOME, some))

    def _gather(self, changes: Iterable[Any], views: Iterable[Any]) -> None:
        for change in changes:
            self._changes[change.subject_id].append(change)
        for view in views:
            self._views[view.subject_id].append(view)

    def _dressed(self, row: Any) -> BriefSubject:
        worn = self._worn(row) if row.id in self._changes else ()
        look = (row.id, tuple([one.id for one in worn]), row.side, row.facing, row.action)
        if look not in self._known:
            self._known[look] = self._as_seen(row, worn)
        return self._known[look]

    def _worn(self, row: Any) -> tuple[Any, ...]:
        scene, shot = self._says.get(row.scene_id), self._says.get(row.shot_id)
        if scene or shot:
            return wardrobe.worn(self._changes[row.id], row.story_day, scene or {}, shot or {})
        day = (row.id, row.story_day)
        if day not in self._by_day:
            self._by_day[day] = wardrobe.worn(self._changes[row.id], row.story_day, {}, {})
        return self._by_day[day]

    def _as_seen(self, row: Any, worn: tuple[Any, ...]) -> BriefSubject:
        views = wardrobe.fitting(self._views.get(row.id, ()), worn)
        return BriefSubject(
            id=row.id,
            name=f"@{row.name}",
            kind=row.kind,
            description=", ".join(filter(None, (row.description, *(one.description for one in worn)))),
            side=row.side,
            facing=row.facing,
            action=row.action,
            views=tuple(BriefView(one.id, one.hash, one.name, one.view, one.width, one.height) for one in views),
            worn=tuple(wardrobe.title(one.number, one.name) for one in worn),
            looks_by=str(row.rank),
        )
