"""A studio killed in the middle of editing: every edit that returned is there, no half one is."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from studio import open_project
from studio.open_project import OpenProject
from studio.project import film_file, queries
from studio.project.check import check_film
from tests.builders import a_project, a_scene, some_settings

EDITOR = """
import sys
from pathlib import Path
from studio.open_project import OpenProject
from studio.project.commands import shot
project = OpenProject.open(Path(sys.argv[1]))
while True:
    print(project.run(shot.add_shot).new("shot"), flush=True)
"""


@pytest.mark.process
@pytest.mark.parametrize("after", [1, 7, 23])
def test_every_edit_that_returned_survives_a_kill(tmp_path: Path, after: int) -> None:
    made = a_project(tmp_path)
    a_scene(made)
    made.close()
    editor = subprocess.Popen([sys.executable, "-c", EDITOR, str(made.folder)], stdout=subprocess.PIPE, text=True)
    assert editor.stdout is not None
    told = [editor.stdout.readline().strip() for _ in range(after)]
    editor.kill()
    rest, _ = editor.communicate()
    told += [one for one in rest.splitlines() if len(one) == len(told[0])]
    again = OpenProject.open(made.folder)
    there = [card.id for card in again.ask(queries.shot_cards)]
    assert there[: len(told)] == told
    assert len(there) <= len(told) + 1
    assert len(again.ask(queries.event_cards)) == len(there)
    again.close()
    assert check_film(made.folder)


def test_a_film_killed_while_its_log_is_folded_in_opens_whole(tmp_path: Path) -> None:
    """The first page of the database counts pages that are still to come: SQLite folds the log in from the first."""
    project = a_project(tmp_path)
    for number in range(60):
        a_scene(project, f"INT. ROOM {number} " + "x" * 150)
    killed, folded = tmp_path / "killed", tmp_path / "folded"
    for copy in (killed, folded):
        shutil.copytree(project.folder, copy)
    project.close()
    with contextlib.closing(sqlite3.connect(folded / "project.sqlite")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with (killed / "project.sqlite").open("r+b") as file:
        file.write((folded / "project.sqlite").read_bytes()[:4096])
    for writable in (False, True):
        again = OpenProject.open(killed, writable=writable)
        assert len(again.ask(queries.scene_cards)) == 60
        again.close()
    assert check_film(killed)


def test_what_a_killed_writer_did_not_come_to_write_is_written_at_the_next_opening(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    a_scene(project, "INT. THE LAST ONE")
    killed = tmp_path / "killed"
    shutil.copytree(project.folder, killed)
    project.close()
    assert film_file.newest(killed) is None
    OpenProject.open(killed).close()
    newest = film_file.newest(killed)
    assert newest is not None and "INT. THE LAST ONE" in newest.read_text("utf-8")


def test_a_film_killed_while_it_is_made_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(open_project, "make_film", killed)
    with pytest.raises(KeyboardInterrupt):
        OpenProject.create(tmp_path / "film", some_settings())
    monkeypatch.undo()
    assert not (tmp_path / "film" / "project.sqlite").exists()
    project = OpenProject.create(tmp_path / "film", some_settings())
    assert project.ask(queries.film_card).title == "A Test Film"
    project.close()
