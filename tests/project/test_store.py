"""Film files that are missing, broken, newer, older, somebody else's, locked, or on a read-only place."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from studio.errors import BadValue, ProjectError
from studio.open_project import OpenProject
from studio.project import migrations, queries, store
from studio.project.entities import Base
from tests.builders import a_project, a_scene, a_shot, some_settings


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A closed film with one shot."""
    made = a_project(tmp_path)
    a_shot(made)
    made.close()
    return made.folder


def content(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


def refused(folder: Path, named: str) -> None:
    """For writing and for looking, with a sentence and a way out, and nothing in the folder changed."""
    before = content(folder) if folder.is_dir() else folder.read_bytes() if folder.exists() else None
    for writable in (True, False):
        with pytest.raises(ProjectError, match=named) as told:
            OpenProject.open(folder, writable=writable)
        assert told.value.hint
    after = content(folder) if folder.is_dir() else folder.read_bytes() if folder.exists() else None
    if isinstance(after, dict) and isinstance(before, dict):
        for name in (".project.lock", "project.sqlite-wal", "project.sqlite-shm"):
            before.pop(name, None), after.pop(name, None)
    assert after == before


def set_header(folder: Path, **pragmas: int) -> None:
    with sqlite3.connect(folder / "project.sqlite") as connection:
        for name, value in pragmas.items():
            connection.execute(f"PRAGMA {name} = {value}")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def test_metadata_and_migrations_agree(project: OpenProject) -> None:
    with project._store.database.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata)
    assert found == []


def test_a_film_file_says_what_it_is_and_keeps_what_was_promised(project: OpenProject) -> None:
    with project._store.database.connect() as connection:
        told = {name: store.pragma(connection, name) for name in (
            "application_id", "user_version", "journal_mode", "synchronous", "foreign_keys")}
    assert told == {"application_id": store.APPLICATION_ID, "user_version": migrations.SCHEMA, "journal_mode": "wal",
                    "synchronous": 2, "foreign_keys": 1}


def test_a_film_is_still_there_after_closing(film: Path) -> None:
    assert not (film / "project.sqlite-wal").exists()
    again = OpenProject.open(film)
    assert len(again.ask(queries.shot_cards)) == 1
    again.close()


def test_a_film_folder_that_is_a_file_or_missing(tmp_path: Path) -> None:
    file = tmp_path / "film.txt"
    file.write_text("hello")
    refused(file, "is a file and no film folder")
    refused(tmp_path / "nothing", "no folder")
    (tmp_path / "empty").mkdir()
    refused(tmp_path / "empty", "project.sqlite is missing")
    with pytest.raises(ProjectError, match="is a file"):
        OpenProject.create(file, some_settings())


def test_a_film_is_not_made_over_another(film: Path) -> None:
    before = (film / "project.sqlite").read_bytes()
    with pytest.raises(ProjectError, match=r"film in .* already"):
        OpenProject.create(film, some_settings())
    assert (film / "project.sqlite").read_bytes() == before


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (lambda path: path.write_bytes(b""), "cut off"),
        (lambda path: path.write_bytes(b"SQLite for"), "cut off"),
        (lambda path: path.write_bytes(b"hello" * 100), "no film file"),
        (lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]), "cut off"),
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), "cut off"),
        (lambda path: path.write_bytes(path.read_bytes()[:4096] + os.urandom(path.stat().st_size - 4096)), "broken"),
    ],
)
def test_a_broken_film_file_is_named_with_the_way_out(film: Path, spoil: Callable[[Path], Any], named: str) -> None:
    spoil(film / "project.sqlite")
    refused(film, named)


def test_a_database_of_another_program(film: Path) -> None:
    set_header(film, application_id=0x12345678)
    refused(film, "another program")


def test_a_newer_film_is_refused_and_untouched(film: Path) -> None:
    set_header(film, user_version=migrations.SCHEMA + 1)
    newer = migrations.SCHEMA + 1
    refused(film, rf"newer Shotwright \(file version {newer}; this one reads up to {migrations.SCHEMA}\)")


def older(folder: Path) -> None:
    """A film file as a program without any schema step would have left it."""
    (folder / "project.sqlite").unlink()
    with sqlite3.connect(folder / "project.sqlite") as connection:
        connection.execute(f"PRAGMA application_id = {store.APPLICATION_ID}")
    connection.close()


def test_an_older_film_is_copied_and_brought_up_to_date(film: Path) -> None:
    older(film)
    opened = store.open_film(film, writable=True)
    with opened.database.connect() as connection:
        assert store.pragma(connection, "user_version") == migrations.SCHEMA
    opened.close()
    (backup,) = (film / "backups").iterdir()
    assert "version-0" in backup.name
    with sqlite3.connect(backup) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (0,)
    copy.close()


def test_an_older_film_is_looked_at_in_a_copy(film: Path) -> None:
    older(film)
    before = (film / "project.sqlite").read_bytes()
    opened = store.open_film(film, writable=False)
    assert opened.copied_to is not None
    opened.close()
    assert not opened.copied_to.exists()
    assert (film / "project.sqlite").read_bytes() == before


def test_an_upgrade_that_fails_changes_nothing(film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    older(film)
    before = (film / "project.sqlite").read_bytes()
    real = migrations.upgrade

    def fail(connection: Any, version: int) -> None:
        real(connection, version)
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(migrations, "upgrade", fail)
    with pytest.raises(ProjectError, match="disk I/O error"):
        OpenProject.open(film)
    with sqlite3.connect(film / "project.sqlite") as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
        assert connection.execute("PRAGMA user_version").fetchone() == (0,)
    connection.close()
    assert before


# --- one writer --------------------------------------------------------------------------------------------------


def test_a_second_writer_is_refused_naming_the_first_and_readers_look_on(film: Path) -> None:
    writer = OpenProject.open(film)
    with pytest.raises(ProjectError, match=rf"open for writing by process {os.getpid()}"):
        OpenProject.open(film)
    reader = OpenProject.open(film, writable=False)
    a_shot(writer)
    assert len(reader.ask(queries.shot_cards)) == 2
    with pytest.raises(ProjectError, match="looking only"):
        a_scene(reader)
    reader.close(), writer.close()
    OpenProject.open(film).close()


@pytest.mark.process
def test_a_writer_in_another_process_is_named_and_its_lock_dies_with_it(film: Path) -> None:
    code = (
        "import sys; from studio.open_project import OpenProject; from pathlib import Path\n"
        "project = OpenProject.open(Path(sys.argv[1])); print('open', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen([sys.executable, "-c", code, str(film)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdout is not None and other.stdout.readline() == b"open\n"
    with pytest.raises(ProjectError, match=f"by process {other.pid}"):
        OpenProject.open(film)
    reader = OpenProject.open(film, writable=False)
    assert len(reader.ask(queries.shot_cards)) == 1
    reader.close()
    other.kill()
    other.communicate()
    again = OpenProject.open(film)
    assert len(again.ask(queries.shot_cards)) == 1
    again.close()


# --- read-only places --------------------------------------------------------------------------------------------


@pytest.fixture
def no_writing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Make `folder` read-only. The system lets root write anywhere, so its answer is given here instead."""

    def forbid(folder: Path) -> None:
        real = os.access
        monkeypatch.setattr(os, "access", lambda path, mode, **kw: not (
            mode & os.W_OK and Path(path).is_relative_to(folder)) and real(path, mode, **kw))

    return forbid


def test_a_film_on_a_read_only_place_opens_for_looking(film: Path, no_writing: Callable[[Path], None]) -> None:
    no_writing(film)
    before = content(film)
    with pytest.raises(ProjectError, match="read-only place"):
        OpenProject.open(film)
    looking = OpenProject.open(film, writable=False)
    assert len(looking.ask(queries.shot_cards)) == 1
    assert looking.folder == film
    looking.close()
    assert content(film) == before


def test_edits_still_in_the_log_are_seen_on_a_read_only_place(
    tmp_path: Path, no_writing: Callable[[Path], None]
) -> None:
    made = a_project(tmp_path)
    a_shot(made), a_shot(made)
    left = tmp_path / "left"
    left.mkdir()
    for name in ("project.sqlite", "project.sqlite-wal"):
        shutil.copyfile(made.folder / name, left / name)
    made.close()
    assert (left / "project.sqlite-wal").stat().st_size > 0
    no_writing(left)
    before = content(left)
    looking = OpenProject.open(left, writable=False)
    assert len(looking.ask(queries.shot_cards)) == 2
    looking.close()
    assert content(left) == before


def test_a_film_is_not_made_on_a_read_only_place(tmp_path: Path, no_writing: Callable[[Path], None]) -> None:
    no_writing(tmp_path)
    with pytest.raises(ProjectError, match="cannot be written"):
        OpenProject.create(tmp_path / "film", some_settings())


# --- edits that fail ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "named"),
    [("database or disk is full", "no space left"), ("attempt to write a readonly database", "cannot be written")],
)
def test_a_disk_that_refuses_is_told_in_words(project: OpenProject, reason: str, named: str) -> None:
    a_shot(project)
    before = project.ask(queries.shot_cards)

    def fail(session: Any) -> Any:
        queries.the_film(session).title = "Other"
        session.flush()
        raise sqlite3.OperationalError(reason)

    with pytest.raises(ProjectError, match=named):
        project.run(fail)
    assert (project.ask(queries.shot_cards), project.ask(queries.film_card).title) == (before, "A Test Film")


@pytest.mark.parametrize("fields", [{"title": " "}, {"width": 63}, {"height": 100_000}, {"aspect": "1:100"},
                                    {"start_timecode": "25:00:00:00"}, {"numbering": "roman"}])
def test_a_film_that_cannot_be_is_not_made(tmp_path: Path, fields: dict[str, Any]) -> None:
    with pytest.raises(BadValue):
        OpenProject.create(tmp_path / "film", some_settings(**fields))
    assert not (tmp_path / "film").exists()
