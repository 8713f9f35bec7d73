"""What a film needs and has not, or has broken: the answer to `shotwright check`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from model_runtime import safe_files
from studio.errors import StudioError
from studio.project import kept_panels, store
from studio.project.entities import Event, Panel, Reference, ScriptRevision, SoundClip, Take
from studio.project.media_names import is_name

FILES: tuple[tuple[Any, str, str], ...] = (
    (Take, "media", "take"),
    (Take, "latents", "saved progress of a take"),
    (Take, "original", "original of a take"),
    (Panel, "picture", "panel"),
    (Panel, "original", "original of a panel"),
    (Reference, "name", "reference"),
    (Reference, "original", "original of a reference"),
    (SoundClip, "media", "sound clip"),
    (SoundClip, "original", "original of a sound clip"),
    (ScriptRevision, "source", "script"),
)
"""Every column that names a file in media/. Panels kept by earlier cuts name theirs in a list."""


@dataclass(frozen=True)
class Problem:
    """One thing that is missing or broken, in words; `file` relative to the film, empty where it is none."""

    sentence: str
    hint: str
    file: str = ""


@dataclass(frozen=True)
class CheckReport:
    """`files` that were looked at, and every problem found. Nothing was changed."""

    files: int
    problems: tuple[Problem, ...]

    def __bool__(self) -> bool:
        """Whether the film is whole."""
        return not self.problems

    def to_json(self) -> dict[str, Any]:
        return {"files": self.files, "problems": [vars(one) for one in self.problems]}


def check_film(folder: Path, on_file: Callable[[int, int], None] = lambda done, total: None) -> CheckReport:
    """Look at the database, every row that points somewhere, and every file's content. Reads only."""
    try:
        opened = store.open_film(folder, writable=False)
    except StudioError as error:
        return CheckReport(0, (Problem(error.sentence, error.hint),))
    try:
        with store.told(opened.folder), opened.session() as session:
            problems = list(_database(session))
            wanted = _wanted(session)
    except StudioError as error:
        return CheckReport(0, (Problem(error.sentence, error.hint),))
    finally:
        opened.close()
    for done, (name, what) in enumerate(sorted(wanted.items()), 1):
        if (problem := _file(opened.folder, name, what)) is not None:
            problems.append(problem)
        on_file(done, len(wanted))
    return CheckReport(len(wanted), tuple(problems))


def _database(session: Session) -> Iterator[Problem]:
    connection = session.connection()
    backup = f"Put a whole copy of {store.DATABASE} in its place; everything in media/ is untouched."
    for row in connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars():
        if row != "ok":
            yield Problem(f"The film file is broken: {row}.", backup, store.DATABASE)
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(20):
        yield Problem(f"A row of {row[0]} points at a {row[2]} that is not there.", backup, store.DATABASE)
    for row in session.execute(select(Take.id, Take.recipe).where(Take.origin == "generated")):
        if not _is_json(row.recipe):
            yield Problem(f"The recipe of the take {row.id} cannot be read.", "Its movie may still carry it.")


def _wanted(session: Session) -> dict[str, str]:
    """What each file is for, by name."""
    wanted: dict[str, str] = {}
    for entity, column, what in FILES:
        for name in session.scalars(select(getattr(entity, column)).where(getattr(entity, column) != "")):
            wanted.setdefault(name, what)
    for kept in session.scalars(select(Event.kept_panels).where(Event.kept_panels.is_not(None))):
        for name in kept_panels.pictures(kept):
            wanted.setdefault(name, "panel of an earlier cut")
    return wanted


def _file(folder: Path, name: str, what: str) -> Problem | None:
    if not is_name(name):
        return Problem(f"A {what} names a file outside the media folder: {name[:80]!r}.", "The film file was altered.")
    path, file = folder / "media" / name, f"media/{name}"
    if path.is_symlink():
        return Problem(f"The file of a {what} is a link to another place.", "Put the file itself there.", file)
    if not path.is_file():
        return Problem(f"The file of a {what} is missing.", "Bring it back from a copy of the film.", file)
    try:
        # Saved progress is named by its movie.
        whole = name.endswith(".safetensors") or safe_files.sha256(path) == name.partition(".")[0]
    except OSError as error:
        return Problem(f"The file of a {what} cannot be read: {error.strerror}.", "Check the disk.", file)
    return None if whole else Problem(f"The file of a {what} is broken: its content changed.",
                                      "Bring it back from a copy of the film.", file)


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
