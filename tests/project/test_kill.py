"""A studio killed in the middle of editing: every edit that returned is there, no half one is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from studio.open_project import OpenProject
from studio.project import queries
from studio.project.check import check_film
from tests.builders import a_project, a_scene

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
