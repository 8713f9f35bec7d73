"""Exports from the window, without the window."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import opentimelineio as otio
import pytest
from pytestqt.qtbot import QtBot

from studio.open_project import OpenProject
from studio.project import cut_queries, queries
from studio.project.commands import cut, trim
from studio.ui.background import Background
from studio.ui.exports import Exports
from tests.builders import a_project, a_shot


@pytest.fixture
def project(tmp_path: Path, qtbot: QtBot) -> Iterator[OpenProject]:
    with closing(a_project(tmp_path)) as opened:
        yield opened


@pytest.fixture
def exports(project: OpenProject) -> Iterator[Exports]:
    with closing(Background()) as background:
        yield Exports(project, background)


def length(out: Path) -> int:
    return round(otio.adapters.read_from_file(str(out)).duration().value)


def test_an_earlier_cut_is_exported_beside_the_current_one(
    project: OpenProject, exports: Exports, qtbot: QtBot, tmp_path: Path
) -> None:
    a_shot(project, frames=48)
    project.run(cut.save_cut, "Shorter")
    project.run(trim.trim_tail, project.ask(queries.event_cards)[0].id, -12)
    old = next(one.id for one in project.ask(cut_queries.cut_cards) if not one.current)
    for name, which in (("old.otio", old), ("now.otio", None)):
        with qtbot.waitSignal(exports.finished):
            exports.export("otio", tmp_path / name, which)
    assert (length(tmp_path / "old.otio"), length(tmp_path / "now.otio")) == (48, 36)


def test_what_other_programs_will_not_show_is_told_in_passing(
    project: OpenProject, exports: Exports, qtbot: QtBot, tmp_path: Path
) -> None:
    a_shot(project)
    with qtbot.waitSignal(exports.ended) as told:
        exports.export("otio", tmp_path / "film.otio")
    assert told.args == [f"Wrote {tmp_path / 'film.otio'}. Other programs will not show all of it: missing shots."]


def test_a_cut_that_is_gone_is_told_and_nothing_is_written(exports: Exports, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(exports.failed):
        exports.export("otio", tmp_path / "film.otio", "cut_of_nobody")
    assert not exports.running and not (tmp_path / "film.otio").exists()
