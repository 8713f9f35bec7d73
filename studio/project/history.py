"""The undo journal: every edit as the columns it changed, kept in the film and written in the same commit.

A step is one `OpenProject.run`. Going back compares each column with what the step left there: where something not
undoable (a finished job) has written since, the column is left alone and the user is told. A row the step added is
removed only when nothing outside the journal hangs on it; otherwise the whole step stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, delete, event, insert, inspect, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from studio.errors import Refused
from studio.project.changes import Changes
from studio.project.entities import Base, JournalChange, JournalStep

KEPT_STEPS = 1_000
"""Steps kept; older ones are forgotten."""

Row = dict[str, Any]
Command = TypeVar("Command", bound=Callable[..., Changes])

_STEPS: Table = JournalStep.__table__  # type: ignore[assignment]
_CHANGES: Table = JournalChange.__table__  # type: ignore[assignment]
_LAST_DONE = select(_STEPS.c.text).where(~_STEPS.c.undone).order_by(_STEPS.c.id.desc()).limit(1)
_FIRST_UNDONE = select(_STEPS.c.text).where(_STEPS.c.undone).order_by(_STEPS.c.id).limit(1)


def outside_undo(command: Command) -> Command:
    """Marks a command whose edits are history and no step of the user's: takes, panels and jobs that were made."""
    command.outside_undo = True  # type: ignore[attr-defined]
    return command


def is_outside_undo(command: Callable[..., Any]) -> bool:
    return getattr(command, "outside_undo", False)


def step_text(command: Callable[..., Any]) -> str:
    """`move_event` is told as *Move event*."""
    words = getattr(command, "__name__", "edit").strip("_").replace("_", " ")
    return words[:1].upper() + words[1:]


class Journal:
    """Watches one session for the length of one command.

    `onto`: the id of an earlier step that the edits become a part of.
    """

    def __init__(self, session: Session, text: str, *, undoable: bool, onto: int | None = None) -> None:
        self._session, self._text, self._undoable, self._onto = session, text, undoable, onto
        self._changes: list[Row] = []
        self._touched: dict[str, set[str]] = {}
        event.listen(session, "before_flush", self._before_flush)
        event.listen(session, "after_flush", self._after_flush)
        event.listen(session, "do_orm_execute", _refuse_unseen_writes)

    def finish(self) -> Changes:
        """Write the step beside the edits it tells of; called once, before the commit. Returns all it saw change."""
        self._session.flush()
        if self._undoable and self._changes:
            connection = self._session.connection()
            step = _begin_step(connection, self._text) if self._onto is None else _standing(connection, self._onto)
            connection.execute(insert(_CHANGES), [{"step_id": step, **one} for one in self._changes])
        return _changes(self._touched)

    def _before_flush(self, session: Session, _context: UOWTransaction, _instances: Any) -> None:
        with session.no_autoflush:
            for row in session.deleted:
                self._note(row, before=_whole(row), after=None)
            for row in session.dirty:
                if session.is_modified(row, include_collections=False):
                    self._note(row, *_changed(row))

    def _after_flush(self, session: Session, _context: UOWTransaction) -> None:
        for row in session.new:
            self._note(row, before=None, after=_whole(row))

    def _note(self, row: Any, before: Row | None, after: Row | None) -> None:
        if before == after:
            return
        kind = row.__tablename__
        self._changes.append({"kind": kind, "row_id": row.id, "before": before, "after": after})
        _touch(self._touched, kind, row.id, _whole(row))


def undo_text(session: Session) -> str:
    return session.scalar(_LAST_DONE) or ""


def redo_text(session: Session) -> str:
    return session.scalar(_FIRST_UNDONE) or ""


def newest_step(session: Session) -> int | None:
    """The id of the step that an undo would take back."""
    return session.scalar(select(JournalStep.id).where(~JournalStep.undone).order_by(JournalStep.id.desc()))


def undo(session: Session) -> Changes:
    """Take back the newest step; nothing touched when there is none."""
    return _travel(session, back=True)


def redo(session: Session) -> Changes:
    """Do the step again that was taken back last."""
    return _travel(session, back=False)


def _travel(session: Session, *, back: bool) -> Changes:
    connection = session.connection()
    way = (~_STEPS.c.undone, _STEPS.c.id.desc()) if back else (_STEPS.c.undone, _STEPS.c.id)
    step = connection.execute(select(_STEPS).where(way[0]).order_by(way[1]).limit(1)).first()
    if step is None:
        return Changes()
    query = select(_CHANGES).where(_CHANGES.c.step_id == step.id).order_by(_CHANGES.c.id)
    changes = [_Change(row, back) for row in connection.execute(query)]
    if back:
        changes.reverse()
    if blocked := _blocking(connection, changes):
        _forget(connection, [step.id])
        return Changes(note=f"“{step.text}” stays as it is: {blocked}")
    touched: dict[str, set[str]] = {}
    try:
        with connection.begin_nested():
            notes = list(dict.fromkeys(filter(None, (one.apply(connection, touched) for one in changes))))
    except IntegrityError:
        # A step that stayed has taken a name this one would bring back.
        _forget(connection, [step.id])
        return Changes(note=f"“{step.text}” stays as it is: something else has taken its place by now.")
    connection.execute(update(_STEPS).where(_STEPS.c.id == step.id).values(undone=back))
    created = [(one.kind, one.row_id) for one in changes if one.before is None]
    return _changes(touched) | Changes(created=tuple(created), note=" ".join(notes))


class _Change:
    """One row of a step, read in the direction of travel: from `before` to `after`."""

    def __init__(self, row: Any, back: bool) -> None:
        self.kind, self.row_id = row.kind, row.row_id
        self.table = Base.metadata.tables[row.kind]
        self.before, self.after = (row.after, row.before) if back else (row.before, row.after)

    def apply(self, connection: Connection, touched: dict[str, set[str]]) -> str:
        """Change the row; returns a sentence where something was left alone."""
        present = self._present(connection)
        if self.before is None and self.after is not None:
            if present is None:
                connection.execute(insert(self.table).values(**self.after))
            _touch(touched, self.kind, self.row_id, self.after)
            return ""
        if present is None:
            return ""
        _touch(touched, self.kind, self.row_id, present)
        if self.after is None:
            connection.execute(delete(self.table).where(self.table.c.id == self.row_id))
            return ""
        return self._apply_columns(connection, present, touched)

    def _apply_columns(self, connection: Connection, present: Row, touched: dict[str, set[str]]) -> str:
        assert self.before is not None and self.after is not None
        forward = {name for name in self.after if self.table.c[name].info.get("forward_only")}
        free = {name: value for name, value in self.after.items() if present[name] == self.before[name]}
        # What such a count has given out is never given out again.
        free |= {name: max(self.after[name], present[name]) for name in forward}
        if free:
            connection.execute(update(self.table).where(self.table.c.id == self.row_id).values(**free))
            _touch(touched, self.kind, self.row_id, present | free)
        left = [name for name in self.after if name not in free and present[name] != self.after[name]]
        if not left:
            return ""
        names = " and ".join(name.removesuffix("_id").replace("_", " ") for name in left)
        return f"The {names} of a {self.kind.replace('_', ' ')} was set by something else since and stays."

    def _present(self, connection: Connection) -> Row | None:
        found = connection.execute(select(self.table).where(self.table.c.id == self.row_id)).first()
        return dict(found._mapping) if found else None


def _blocking(connection: Connection, changes: list[_Change]) -> str:
    """Why a step cannot be gone through: something that is not in it hangs on a row it would remove."""
    going: dict[str, dict[str, None]] = {}
    for one in changes:
        if one.after is None:
            going.setdefault(one.kind, {})[one.row_id] = None
    let_go = {(one.kind, one.row_id, column) for one in changes if one.before and one.after for column in one.after}
    for kind, ids in going.items():
        for column in _links_to(Base.metadata.tables[kind]):
            what = column.table.name
            for row in _hanging(connection, column, list(ids)):
                if row not in going.get(what, ()) and (what, row, column.key) not in let_go:
                    what = what.replace("_", " ")
                    return f"the {kind.replace('_', ' ')} has a {what} by now."
    return ""


def _hanging(connection: Connection, column: Any, ids: list[str]) -> Iterator[str]:
    """Rows whose link is to one of these; asked for in stretches that SQLite takes."""
    for start in range(0, len(ids), 500):
        some = column.in_(ids[start : start + 500])
        yield from connection.execute(select(column.table.c.id).where(some)).scalars()


def _links_to(table: Table) -> Iterator[Any]:
    for other in Base.metadata.tables.values():
        for key in other.foreign_keys:
            if key.column.table is table:
                yield key.parent


def _begin_step(connection: Connection, text: str) -> int:
    undone = connection.execute(select(_STEPS.c.id).where(_STEPS.c.undone)).scalars().all()
    step = JournalStep(text=text)
    values = {"text": text, "undone": False, "made_at": step.made_at}
    key = connection.execute(insert(_STEPS).values(**values)).inserted_primary_key
    assert key is not None
    old = select(_STEPS.c.id).order_by(_STEPS.c.id.desc()).offset(KEPT_STEPS + len(undone))
    _forget(connection, [*undone, *connection.execute(old).scalars()])
    return int(key[0])


def _standing(connection: Connection, step: int) -> int:
    """`step`, or Refused where it was taken back by now: what would belong to it has nothing to stand on."""
    if connection.execute(select(_STEPS.c.undone).where(_STEPS.c.id == step)).scalar() is not False:
        raise Refused("What this belongs to was undone meanwhile.", "Do it again.")
    return step


def _forget(connection: Connection, steps: Iterable[int]) -> None:
    gone = list(steps)
    for start in range(0, len(gone), 500):
        some = gone[start : start + 500]
        connection.execute(delete(_CHANGES).where(_CHANGES.c.step_id.in_(some)))
        connection.execute(delete(_STEPS).where(_STEPS.c.id.in_(some)))


def _whole(row: Any) -> Row:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


def _changed(row: Any) -> tuple[Row, Row]:
    """The changed columns before and after."""
    before: Row = {}
    after: Row = {}
    state = inspect(row)
    for column in row.__table__.columns:
        # Only what was set has a state from before: asking every column of ten thousand rows takes seconds.
        seen = state.attrs[column.key].load_history() if column.key in state.committed_state else None
        if seen is None or not seen.has_changes():
            continue
        before[column.key] = seen.deleted[0] if seen.deleted else None
        after[column.key] = seen.added[0] if seen.added else None
    return before, after


def _touch(touched: dict[str, set[str]], kind: str, row_id: str, row: Row) -> None:
    """The row, and the rows it is part of: a card shows more than its own table."""
    touched.setdefault(kind, set()).add(row_id)
    for column in Base.metadata.tables[kind].columns:
        if column.info.get("owner") and row.get(column.key):
            owner = next(iter(column.foreign_keys)).column.table.name
            touched.setdefault(owner, set()).add(row[column.key])


def _changes(touched: dict[str, set[str]]) -> Changes:
    return Changes({kind: frozenset(ids) for kind, ids in touched.items()})


def _refuse_unseen_writes(state: ORMExecuteState) -> None:
    """A bulk update or delete would pass the journal by."""
    if state.is_update or state.is_delete:
        raise RuntimeError("an edit must change mapped rows, or undo would not see it")

