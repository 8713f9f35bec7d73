"""The film's folder and database: made, opened, locked, upgraded, closed; every bad file refused in words.

One process writes a film, held to it by a lock, over exactly one connection: SQLite before 3.51.3 can damage a WAL
file with two. Readers open the file read-only beside it. Where nothing can be written, or an older schema must be
read, a copy in the user's cache folder is opened instead.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import os
import shutil
import socket
import sqlite3
import struct
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from filelock import FileLock, Timeout
from platformdirs import user_cache_path
from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from model_runtime import safe_files
from studio.errors import BadValue, NoSpaceLeft, ProjectError, StudioError
from studio.project import migrations
from studio.project.commands import values
from studio.project.naming import SCHEMES
from studio.project.timing import FilmTimecode, FrameRate

DATABASE = "project.sqlite"
APPLICATION_ID = 0x53687457
"""`ShtW`, in the header of every film file."""
FOLDERS = ("media", "jobs", "cache", "backups", "exports")

LOCK = ".project.lock"
LOCK_HOLDER = ".project.lock.json"
QUICK_CHECK_BYTES = 32 << 20
"""Files up to this size are read through at opening; `shotwright check` reads the larger ones."""

_open_here: Counter[Path] = Counter()
"""Film files this process has open. Their headers are not read again: on POSIX systems closing any descriptor of a
file drops the locks SQLite holds on it (sqlite.org/howtocorrupt.html, 2.2)."""


@dataclass(frozen=True)
class FilmSettings:
    """What is asked once, at *New film*. Raises BadValue for anything a film cannot have."""

    title: str
    rate: FrameRate
    aspect: str = "16:9"
    width: int = 1920
    height: int = 1080
    start_timecode: str = "01:00:00:00"
    numbering: str = "tens"

    def __post_init__(self) -> None:
        if not values.text(self.title, "title", values.LINE).strip():
            raise BadValue("The film has no title.", "Give it one.")
        values.aspect(self.aspect)
        values.side(self.width, "width")
        values.side(self.height, "height")
        # Kept as it is shown everywhere, whichever of its forms it was typed in.
        object.__setattr__(self, "start_timecode", FilmTimecode.of(self.start_timecode, self.rate).at(0))
        values.one_of(self.numbering, "numbering", SCHEMES)


@dataclass
class Store:
    """An open film file. `close` lets go of everything."""

    folder: Path
    database: Engine
    writable: bool
    lock: FileLock | None
    copied_to: Path | None = None
    """Where the copy lies that is really open, for a film that cannot be read in its place."""
    after_a_kill: bool = False
    """Whether the last writer ended without closing: what it owed the film beside the database may be missing."""

    def __post_init__(self) -> None:
        _open_here[self.folder / DATABASE] += 1

    def session(self) -> Session:
        """A database session for one action; knows the folder its media lie in."""
        return Session(self.database, expire_on_commit=False, info={"folder": self.folder})

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of connection and lock."""
        try:
            if self.writable:
                with told(self.folder), self.database.connect() as connection:
                    connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            self.database.dispose()
            _open_here[self.folder / DATABASE] -= 1
            self._let_go()

    def _let_go(self) -> None:
        if self.lock is not None:
            (self.folder / LOCK_HOLDER).unlink(missing_ok=True)
            self.lock.release()
            self.lock = None
        if self.copied_to is not None:
            shutil.rmtree(self.copied_to.parent, ignore_errors=True)


def create(folder: Path, begin: Callable[[Session], object] = lambda session: None) -> Store:
    """A film file in `folder`, which is made where missing, with what `begin` puts into it: both or neither."""
    folder = _absolute(folder)
    if folder.exists() and not folder.is_dir():
        raise ProjectError(f"{folder} is a file, so no film can be made in it.", "Name a folder that does not exist.")
    if (folder / DATABASE).exists():
        raise ProjectError(f"There is a film in {folder} already.", "Open it, or name another folder.")
    try:
        for name in FOLDERS:
            safe_files.make_folder(folder / name)
        if not can_write(folder):
            raise PermissionError(13, os.strerror(13), str(folder))
    except OSError as error:
        raise _cannot_write(folder, error) from error
    lock = _lock(folder)
    try:
        with told(folder):
            _make_file(folder, begin)
            return Store(folder, _database(folder / DATABASE, writable=True), True, lock)
    except BaseException:
        _unlock(folder, lock)
        raise


def open_film(folder: Path, *, writable: bool) -> Store:
    """The film in `folder`. Raises ProjectError, with the file untouched, when it cannot be used."""
    folder = _absolute(folder)
    version = checked_version(folder)
    return _open_to_write(folder, version) if writable else _open_to_read(folder, version)


def checked_version(folder: Path) -> int:
    """The schema version of the film file, after everything its header can tell. Opens nothing for writing."""
    if not folder.exists():
        raise ProjectError(f"There is no folder {folder}.", "Check the name, or make a film with: shotwright new")
    if not folder.is_dir():
        raise ProjectError(f"{folder} is a file and no film folder.", f"Name the folder that holds {DATABASE}.")
    for name in FOLDERS:
        if (folder / name).is_symlink():
            raise ProjectError(f"{folder / name} is a link to another place; a film keeps its files inside its folder.",
                               "Put the folder itself there; links are not followed.")
    path = folder / DATABASE
    if _open_here[path] > 0:
        return migrations.SCHEMA
    if not path.is_file():
        raise ProjectError(f"There is no film in {folder}: {DATABASE} is missing.",
                           "Name a film's folder, or make a film with: shotwright new")
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise ProjectError(f"{path} cannot be read: {error.strerror}.", "Check who may read it.") from error
    return _read_header(path, header)


def can_write(folder: Path) -> bool:
    """Whether files can be made in `folder`; asks the system and makes none."""
    return os.access(folder, os.W_OK | os.X_OK)


def pragma(connection: Any, name: str) -> Any:
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


@contextlib.contextmanager
def told(folder: Path) -> Iterator[None]:
    """What SQLite and the disk say, as a sentence about the film."""
    try:
        yield
    except StudioError:
        raise
    except safe_files.NoSpace as error:
        raise NoSpaceLeft(error.sentence, error.hint) from error
    except (DBAPIError, sqlite3.Error) as error:
        raise _database_failed(folder, str(getattr(error, "orig", error))) from error


def _absolute(folder: Path) -> Path:
    return Path(os.path.abspath(folder))  # noqa: PTH100  a link in the user's path stays as the user wrote it


def _open_to_write(folder: Path, version: int) -> Store:
    if not can_write(folder) or not os.access(folder / DATABASE, os.W_OK):
        raise ProjectError(f"The film in {folder} is on a read-only place, so it cannot be changed.",
                           "Copy the folder to a place you may write to; looking at it works here.")
    lock = _lock(folder)
    try:
        with told(folder):
            after_a_kill = _has_log(folder / DATABASE)
            if version < migrations.SCHEMA:
                _upgrade(folder / DATABASE, version, folder / "backups")
            _check_quickly(folder, folder / DATABASE, writable=True)
            for name in FOLDERS:
                safe_files.make_folder(folder / name)
            database = _database(folder / DATABASE, writable=True)
            return Store(folder, database, True, lock, after_a_kill=after_a_kill)
    except BaseException:
        _unlock(folder, lock)
        raise


def _open_to_read(folder: Path, version: int) -> Store:
    path = folder / DATABASE
    copied_to = None
    with told(folder):
        if version < migrations.SCHEMA or not can_write(folder):
            copied_to = path = _copy_to_cache(folder)
            if version < migrations.SCHEMA:
                _upgrade(path, version, None)
        _check_quickly(folder, path, writable=copied_to is not None)
        return Store(folder, _database(path, writable=False), False, None, copied_to)


def _make_file(folder: Path, begin: Callable[[Session], object]) -> None:
    """Written beside its place and renamed, so that a crash leaves a whole film file or none."""
    temporary = safe_files.temporary_beside(folder / DATABASE)
    try:
        with contextlib.closing(sqlite3.connect(temporary)) as connection:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database = _database(temporary, writable=True)
        try:
            with database.begin() as connection:
                migrations.upgrade(connection, 0)
            with Session(database) as session, session.begin():
                begin(session)
        finally:
            database.dispose()
        safe_files.rename_into(temporary, folder / DATABASE)
    except BaseException:
        for end in ("", "-wal", "-shm"):
            Path(f"{temporary}{end}").unlink(missing_ok=True)
        raise


def _database(path: Path, *, writable: bool) -> Engine:
    """One connection, made at once and kept: the only one that writes and checkpoints."""
    mode = "rw" if writable else "ro"
    if writable and not path.exists():
        mode = "rwc"
    # Not as one text: SQLAlchemy would undo the quoting, and SQLite read the name only up to a # or ? in it.
    url = URL.create("sqlite", database=f"file:{quote(os.fsencode(path))}", query={"mode": mode, "uri": "true"})
    database = create_engine(url, poolclass=StaticPool, connect_args={"timeout": 10})

    @event.listens_for(database, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        # Transactions begin where SQLAlchemy says, so that schema changes roll back too.
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        if writable:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
        else:
            connection.execute("PRAGMA query_only = ON")

    @event.listens_for(database, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")

    return database


def _read_header(path: Path, header: bytes) -> int:
    """Everything the first hundred bytes tell (sqlite.org/fileformat.html, 1.3). Returns the schema version."""
    if len(header) < 100 or header[:16] != b"SQLite format 3\0":
        if len(header) < 100 and header[:16] == b"SQLite format 3\0"[: len(header[:16])]:
            raise _broken(path, "it is cut off at its beginning")
        raise ProjectError(f"{path} is no film file of this program.", "Open a folder made with: shotwright new")
    application, version = struct.unpack(">I", header[68:72])[0], struct.unpack(">I", header[60:64])[0]
    if application != APPLICATION_ID:
        raise ProjectError(f"{path} is a database of another program.", "Open a folder made with: shotwright new")
    if version > migrations.SCHEMA:
        raise ProjectError(
            f"The film in {path.parent} was made by a newer Shotwright (file version {version}; this one reads up to "
            f"{migrations.SCHEMA}).",
            "Update the program; the film was not touched.",
        )
    if _has_log(path):
        # The count of pages is ahead of the file while the log is folded in, and stays so where that was killed.
        return int(version)
    page = struct.unpack(">H", header[16:18])[0]
    pages = struct.unpack(">I", header[28:32])[0]
    if path.stat().st_size < pages * (65536 if page == 1 else page):
        raise _broken(path, "it is cut off")
    return int(version)


def _has_log(path: Path) -> bool:
    """Whether edits lie in the write-ahead log: somebody writes the film now, or was killed at it."""
    log = path.with_name(f"{path.name}-wal")
    return log.is_file() and log.stat().st_size > 0


def _check_quickly(folder: Path, path: Path, *, writable: bool) -> None:
    if path.stat().st_size > QUICK_CHECK_BYTES:
        return
    database = _database(path, writable=writable)
    try:
        with database.connect() as connection:
            answer = pragma(connection, "quick_check(1)")
            newer = int(pragma(connection, "user_version"))
    finally:
        database.dispose()
    if answer != "ok":
        raise _broken(folder / DATABASE, str(answer).splitlines()[0][:100])
    if newer > migrations.SCHEMA:
        raise ProjectError(f"The film in {folder} was made by a newer Shotwright.", "Update the program.")


def _upgrade(path: Path, version: int, backups: Path | None) -> None:
    """Bring the file to this program's schema, after a copy of it in `backups`."""
    if backups is not None:
        safe_files.make_folder(backups)
        stamp = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d-%H%M%S")
        _copy_database(path, backups / f"project-{stamp}-version-{version}.sqlite")
    database = _database(path, writable=True)
    try:
        with database.begin() as connection:
            migrations.upgrade(connection, version)
    finally:
        database.dispose()


def _copy_database(source: Path, target: Path) -> None:
    temporary = safe_files.temporary_beside(target)
    with (
        contextlib.closing(sqlite3.connect(f"file:{quote(os.fsencode(source))}?mode=rw", uri=True)) as old,
        contextlib.closing(sqlite3.connect(temporary)) as new,
    ):
        old.backup(new)
    safe_files.rename_into(temporary, target)


def _copy_to_cache(folder: Path) -> Path:
    """The film file and its WAL, copied to a folder of this process in the user's cache."""
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    place = user_cache_path("shotwright") / "looking" / f"{name}-{os.getpid()}"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    try:
        for end in ("", "-wal"):
            if (source := folder / f"{DATABASE}{end}").exists():
                shutil.copyfile(source, place / source.name)
    except OSError as error:
        raise _cannot_write(place, error) from error
    return place / DATABASE


def _lock(folder: Path) -> FileLock:
    """The one writer's lock; who holds it is written beside it. Released by the system when the process dies."""
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise ProjectError(f"The film in {folder} is open for writing {_holder(folder)}.",
                           "Close it there first; looking at it works beside it.") from None
    except OSError as error:
        raise _cannot_write(folder, error) from error
    try:
        with told(folder):
            holder = {"pid": os.getpid(), "host": socket.gethostname()}
            safe_files.write_text(folder / LOCK_HOLDER, json.dumps(holder))
    except BaseException:
        lock.release()
        raise
    return lock


def _unlock(folder: Path, lock: FileLock) -> None:
    (folder / LOCK_HOLDER).unlink(missing_ok=True)
    lock.release()


def _holder(folder: Path) -> str:
    try:
        who = json.loads((folder / LOCK_HOLDER).read_text("utf-8"))
        return f"by process {int(who['pid'])} on {str(who['host'])[:60]}"
    except (OSError, ValueError, TypeError, KeyError):
        return "elsewhere"


def _broken(path: Path, how: str) -> ProjectError:
    copies = sorted((path.parent / "backups").glob("*.sqlite"))
    copy = f"such as backups/{copies[-1].name}" if copies else "from a backup of yours"
    return ProjectError(
        f"The film file {path} is broken: {how}.",
        f"Put a whole copy of {path.name} in its place, {copy}; everything in media/ is untouched.",
    )


def _cannot_write(folder: Path, error: OSError) -> ProjectError:
    return ProjectError(f"{folder} cannot be written to: {error.strerror or error}.",
                        "Choose a folder you may write to.")


def _database_failed(folder: Path, reason: str) -> ProjectError:
    words = reason.lower()
    if "full" in words:
        return NoSpaceLeft(f"There is no space left for the film in {folder}.", "Free some space and try again.")
    if "readonly" in words or "read-only" in words:
        return ProjectError(f"The film in {folder} cannot be written to.", "Copy it to a place you may write to.")
    if "malformed" in words or "not a database" in words or "no such" in words:
        return _broken(folder / DATABASE, reason)
    if "locked" in words:
        return ProjectError(f"The film in {folder} is being used by another program.", "Close it there first.")
    return ProjectError(f"The film file in {folder} failed: {reason}.", "See what is left with: shotwright check")
