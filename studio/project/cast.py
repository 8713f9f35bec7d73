"""Who is in which shot, and what they wear there: subjects dressed by story day, with exceptions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from studio.project.cards import BriefSubject, BriefView
from studio.project.entities import Reference, Scene, Shot, ShotSubject, Subject, SubjectView, WardrobeChange
from studio.project.entities import WardrobeException as Exception_

# Made once: a statement takes longer to put together than to run, and these are run for every shot that is looked at.
_CHANGES = select(WardrobeChange.id, WardrobeChange.subject_id, WardrobeChange.story_day, WardrobeChange.number,
                  WardrobeChange.name, WardrobeChange.description)
_EXCEPTIONS = select(Exception_.scene_id, Exception_.shot_id, Exception_.wardrobe_id, WardrobeChange.subject_id).join(
    WardrobeChange, WardrobeChange.id == Exception_.wardrobe_id)
_VIEWS = select(SubjectView.id, SubjectView.subject_id, SubjectView.wardrobe_id, SubjectView.view, Reference.hash,
                Reference.name, Reference.width, Reference.height).join(
    Reference, Reference.id == SubjectView.reference_id).order_by(SubjectView.rank, SubjectView.id)
_IN_SHOTS = (
    select(ShotSubject.shot_id, ShotSubject.side, ShotSubject.facing, ShotSubject.action,
           Subject.id, Subject.name, Subject.kind, Subject.description, Shot.scene_id, Scene.story_day)
    .join(Subject, Subject.id == ShotSubject.subject_id).join(Shot, Shot.id == ShotSubject.shot_id)
    .join(Scene, Scene.id == Shot.scene_id).order_by(ShotSubject.rank, ShotSubject.id)
)
_IN_SOME = _IN_SHOTS.where(ShotSubject.shot_id.in_(bindparam("shots", expanding=True)))


class Cast:
    """Reads the gallery once, then answers for any number of shots without asking again."""

    def __init__(self, session: Session, shots: Iterable[str] | None = None) -> None:
        self._changes: dict[str, list[Any]] = defaultdict(list)
        for change in session.execute(_CHANGES):
            self._changes[change.subject_id].append(change)
        self._exceptions = {
            (row.scene_id or row.shot_id, row.subject_id): row.wardrobe_id
            for row in session.execute(_EXCEPTIONS)
        }
        self._views: dict[str, list[Any]] = defaultdict(list)
        for view in session.execute(_VIEWS):
            self._views[view.subject_id].append(view)
        self._in_shot = self._read_shots(session, shots)
        self._known: dict[tuple[Any, ...], BriefSubject] = {}
        """Subjects as they were dressed already: in most shots they look as in the one before."""

    def of(self, shot: str) -> tuple[BriefSubject, ...]:
        return tuple(self._dressed(row) for row in self._in_shot.get(shot, ()))

    def _read_shots(self, session: Session, shots: Iterable[str] | None) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = defaultdict(list)
        every = shots is None
        for row in session.execute(_IN_SHOTS if every else _IN_SOME, {} if every else {"shots": list(shots or ())}):
            found[row.shot_id].append(row)
        return found

    def _dressed(self, row: Any) -> BriefSubject:
        worn = self._worn(row) if row.id in self._changes else None
        look = (row.id, worn.id if worn is not None else None, row.side, row.facing, row.action)
        if look not in self._known:
            self._known[look] = self._as_seen(row, worn)
        return self._known[look]

    def _as_seen(self, row: Any, worn: Any) -> BriefSubject:
        parts = (row.description, worn.description if worn is not None else "")
        views = [one for one in self._views.get(row.id, ()) if one.wardrobe_id in (None, worn.id if worn else None)]
        return BriefSubject(
            id=row.id,
            name=f"@{row.name}",
            kind=row.kind,
            description=", ".join(filter(None, parts)),
            side=row.side,
            facing=row.facing,
            action=row.action,
            views=tuple(BriefView(one.id, one.hash, one.name, one.view, one.width, one.height) for one in views),
            worn=(f"Change {worn.number}" + (f", {worn.name}" if worn.name else ""),) if worn is not None else (),
        )

    def _worn(self, row: Any) -> Any:
        """A shot's exception, else its scene's, else the last change begun by the scene's story day."""
        changes = self._changes.get(row.id, ())
        named = self._exceptions.get((row.shot_id, row.id)) or self._exceptions.get((row.scene_id, row.id))
        if named:
            return next((one for one in changes if one.id == named), None)
        begun = [one for one in changes if one.story_day <= row.story_day]
        return max(begun, key=lambda one: (one.story_day, one.number), default=None)
